// The key of a sheet: only what is on its map, grouped as a reader looks for it. The same for paper, pictures and the
// page inside another.
import { svg } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import type { Row } from "../facts/row.ts";
import { css, flowWidth, gaugeColour, isByGauge, isDoubtful } from "../map/looks.ts";
import { disputeSwatch, layerSwatch, lineSwatch, ribbonSwatch, symbolSwatch } from "../map/swatches.ts";
import type { Page } from "../page/context.ts";
import { partyKey, softEdge } from "../panel/legend.ts";
import { termFirst } from "../words/describe.ts";

export interface KeyRow {
  swatch: SVGSVGElement;
  name: string;
}

export interface KeyGroup {
  title: string;
  rows: KeyRow[];
}

const LENGTH = 26;
const STANDINGS = ["member", "partner", "other"];

/** Capacities whose widths are shown where pipelines are flows, and the layer that they are shown for. */
const FLOWS = { layer: "gas_pipelines", unit: "bcm/yr", steps: [60, 30, 10] };

/** A patch of land: its tint, the golden band inside, or the shade of an agreement. */
function patch(fill: string, edge: string | null, opacity = 1): SVGSVGElement {
  const box = { x: 0.5, y: 1.5, width: 17, height: 11 };
  const node = svg("svg", { width: 18, height: 14, viewBox: "0 0 18 14", class: "swatch", "aria-hidden": "true" });
  node.append(svg("rect", { ...box, fill, "fill-opacity": opacity, stroke: css("border"), "stroke-width": 1 }));
  const inner = { x: 2, y: 3, width: 14, height: 8, fill: "none", "stroke-width": 2, "stroke-opacity": 0.55 };
  if (edge) node.append(svg("rect", { ...inner, stroke: edge }));
  return node;
}

/** What there is to explain: the kinds of the symbols on a map, and the rows whose lines are on it. */
export interface OnMap {
  symbols: ReadonlySet<string>;
  lines: readonly Row[];
}

export function keyGroups(page: Page, { symbols, lines }: OnMap): KeyGroup[] {
  const { say, state } = page;
  const groups: KeyGroup[] = [
    { title: say.word("projects"), rows: layerRows(page, symbols, lines) },
    { title: say.word("status"), rows: statusRows(page, lines) },
    { title: say.word("kind"), rows: kindRows(page, lines) },
    { title: say.word("on_the_map"), rows: [...styleRows(page, lines), ...mapRows(page, symbols)] },
  ];
  if (!state.lineStyle.flow) return groups.filter(({ rows }) => rows.length);
  groups.splice(1, 0, { title: say.word("capacity"), rows: flowRows(page) });
  return groups.filter(({ rows }) => rows.length);
}

/** The layers whose colours are on the map. */
function layerRows({ world, say, state }: Page, symbols: ReadonlySet<string>, lines: readonly Row[]): KeyRow[] {
  const { styles } = world;
  const coloured = new Set(lines.filter((row) => !isByGauge(row, state.lineStyle)).map(({ layer }) => layer));
  return Object.entries(world.layers).flatMap(([id, layer]) => {
    if (!layer || layer.group === "organisation") return [];
    const symbol = styles.layer[id]?.swatch?.symbol;
    if (symbol ? !symbols.has(symbol) : !coloured.has(id)) return [];
    const swatch = layerSwatch(id, styles);
    return swatch instanceof SVGSVGElement ? [{ swatch, name: say.pick(layer.title) }] : [];
  });
}

function statusRows({ world, say, state }: Page, lines: readonly Row[]): KeyRow[] {
  const { styles } = world;
  const used = new Set(lines.map((row) => statusOf(row, state.selection.year)));
  const ids = Object.keys(styles.status).filter((id) => used.has(id));
  return ids.map((id) => ({
    swatch: lineSwatch({ layer: "other", status: id, width: 2.6, length: LENGTH, styles }),
    name: say.words[`short_${id}`] ?? termFirst(world, say, "status", id),
  }));
}

/** Kinds of lines, where there is more than one. */
function kindRows({ world, say }: Page, lines: readonly Row[]): KeyRow[] {
  const { styles } = world;
  const used = new Set(lines.map((row) => row.kind));
  if (used.size < 2) return [];
  const ids = Object.keys(world.vocabulary.kind ?? {}).filter((id) => used.has(id));
  return ids.map((id) => ({
    swatch: lineSwatch({ layer: "other", kind: id, width: 2.2, length: LENGTH, styles }),
    name: termFirst(world, say, "kind", id),
  }));
}

function flowRows({ world, say }: Page): KeyRow[] {
  const { styles } = world;
  const unit = say.words[`unit_${FLOWS.unit}`] ?? FLOWS.unit;
  return FLOWS.steps.map((capacity) => ({
    swatch: lineSwatch({ layer: FLOWS.layer, width: flowWidth(styles, capacity), length: LENGTH, styles }),
    name: `${say.number(capacity)} ${unit}`,
  }));
}

/** What only some ways to draw have: colours of gauges, ribbons of accuracy, shades of agreements. */
function styleRows(page: Page, lines: readonly Row[]): KeyRow[] {
  const { world, say, state, accuracy } = page;
  const { styles } = world;
  const rails = lines.filter((row) => isByGauge(row, state.lineStyle));
  const gauges = [...new Set(rails.map((row) => row.facts.gauge_mm ?? null))].sort((a, b) => (a ?? 9999) - (b ?? 9999));
  const shades = partyKey(page.agreements(), page).filter(([name]) => name);
  return [
    ...gauges.map((gauge) => {
      const colour = gaugeColour(styles, gauge ?? undefined);
      const swatch = lineSwatch({ layer: "other", kind: "rail", width: 2.4, length: LENGTH, colour, styles });
      return { swatch, name: gauge === null ? say.word("gauge_unknown") : say.word("mm", { n: say.year(gauge) }) };
    }),
    ...shades.map(([name, text]) => ({
      swatch: patch(css("party"), null, name === "bound" ? 0.46 : 0.24),
      name: text,
    })),
    ...(lines.some(isDoubtful) ? [softEdge(page)] : []),
    ...(accuracy ? [{ swatch: ribbonSwatch(), name: say.word("show_accuracy") }] : []),
  ];
}

/** Symbols, disputes and what the land means. */
function mapRows({ world, say }: Page, symbols: ReadonlySet<string>): KeyRow[] {
  const { styles } = world;
  const known = Object.keys(styles.symbol).filter((id) => symbols.has(id) && world.vocabulary.kind?.[id]);
  const breaks = symbols.has("gauge_change") && !known.includes("gauge_change");
  return [
    ...known.map((id) => ({ swatch: symbolSwatch(id, styles), name: termFirst(world, say, "kind", id) })),
    ...(breaks ? [{ swatch: symbolSwatch("gauge_change", styles), name: say.word("gauge_change") }] : []),
    { swatch: disputeSwatch("line"), name: say.word("disputed_border") },
    { swatch: disputeSwatch("area"), name: say.word("disputed_area") },
    ...STANDINGS.map((standing) => ({
      swatch: patch(css(`land-${standing}`), standing === "member" ? css("band") : null),
      name: say.word(`land_${standing}`),
    })),
  ];
}
