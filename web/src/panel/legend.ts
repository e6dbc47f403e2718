// Rows of the key that filter nothing: colours of gauges and parties, widths of flows, what the land and borders mean.
import { el } from "../dom.ts";
import type { Row } from "../facts/row.ts";
import { DOUBT_KM, flowWidth, gaugeColour } from "../map/looks.ts";
import { disputeSwatch, lineSwatch, type Swatch, softEdgeSwatch, symbolSwatch } from "../map/swatches.ts";
import type { Page } from "../page/context.ts";

/** Capacities that the key of the flows shows; 0 stands for unknown. */
const FLOW_STEPS = [60, 30, 10, 0];
const FLOW_UNIT = "bcm/yr";
const FLOW_LAYER = "gas_pipelines";

export const keyRow = (swatch: Swatch, name: string): HTMLElement =>
  el("div", { class: "row key" }, swatch, el("span", { class: "name", text: name }));

export const flag = (name: string): HTMLSpanElement => el("span", { class: `flag ${name}` });

/** What the shades of the land mean while agreements are shown: class of the swatch and words. */
export function partyKey(agreements: readonly Row[], { say, world }: Page): [string, string][] {
  if (!agreements.length) return [];
  const parties = agreements.flatMap((row) => row.facts.parties ?? []);
  if (!parties.length) return [["bound", say.word("bound_members")]];
  const isPartly = parties.some((party) => world.styles.party[party.status] === "hatch");
  const partly: [string, string][] = isPartly ? [["partly", say.word("bound_partly")]] : [];
  return [["bound", say.word("bound")], ...partly, ["", say.word("bound_none")]];
}

/** The key of colours and widths that only some line style have. `isWide`: its rows fit in two columns. */
export function lineStyleKey(
  page: Page,
  agreements: readonly Row[],
): { key: string; isWide: boolean; rows: HTMLElement[] } {
  const { say, world, result, state } = page;
  const { styles } = world;
  const { lineStyle } = state;
  const rails = lineStyle.colour === "gauge" ? result.rows.filter((row) => row.kind === "rail") : [];
  const gauges = [...new Set(rails.map((row) => row.facts.gauge_mm ?? null))].sort((a, b) => (a ?? 9999) - (b ?? 9999));
  const hasFlows = lineStyle.flow && result.rows.some((row) => row.facts.capacity_unit === FLOW_UNIT);
  const widths = hasFlows ? FLOW_STEPS : [];
  const parties = partyKey(agreements, page);
  const rows = [
    ...parties.map(([name, text]) => keyRow(flag(name), text)),
    ...widths.map((capacity) => {
      const swatch = lineSwatch({ layer: FLOW_LAYER, width: flowWidth(styles, capacity), length: 24, styles });
      return keyRow(swatch, capacity ? say.quantity(capacity, FLOW_UNIT) : say.word("capacity_unknown"));
    }),
    ...gauges.map((gauge) => {
      const colour = gaugeColour(styles, gauge ?? undefined);
      const swatch = lineSwatch({ layer: "other", kind: "rail", width: 2.4, length: 24, colour, styles });
      return keyRow(swatch, gauge === null ? say.word("gauge_unknown") : say.word("mm", { n: say.year(gauge) }));
    }),
  ];
  const key = [...gauges, ...parties.map(([name]) => name), ...widths].join();
  return { key, isWide: gauges.length + widths.length > 0, rows };
}

/** What the soft edge of a line means. */
export const softEdge = ({ say }: Pick<Page, "say">): { swatch: SVGSVGElement; name: string } => ({
  swatch: softEdgeSwatch(),
  name: say.word("soft_edge", { n: say.number(DOUBT_KM) }),
});

/** What borders, areas and tints of the land mean. `hasBreaks`: breaks of gauge have a row of their own already. */
export function landKey({ say, world }: Page, hasBreaks: boolean): HTMLElement[] {
  const breaks = keyRow(symbolSwatch("gauge_change", world.styles), say.word("gauge_change"));
  const standings = ["member", "partner", "other"];
  return [
    ...(hasBreaks ? [] : [breaks]),
    keyRow(disputeSwatch("line"), say.word("disputed_border")),
    keyRow(disputeSwatch("area"), say.word("disputed_area")),
    ...standings.map((standing) => keyRow(flag(standing), say.word(`land_${standing}`))),
  ];
}
