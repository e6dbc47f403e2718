// How a row looks: strokes of lines, the same for map, legend, card and print. Colours are variables of the style
// sheet.
import type { Row } from "../facts/row.ts";
import type { ById, Project, Styles, SymbolLook } from "../facts/types.ts";
import { type LineStyle, PLAIN } from "../page/address.ts";

const RAIL = "rail";
const OTHER = "other";
const OPERATING = "operating";

/** A width for pipelines whose capacity nobody knows: that of a very small one. */
const UNKNOWN_CAPACITY = 0.1;

export const css = (token: string): string => `var(--${token.replace(/_/g, "-")})`;

export const layerLook = (styles: Styles, layer: string) => styles.layer[layer] ?? styles.layer.other;

const layerOf = (styles: Styles, layer: string) => (styles.layer[layer] ? layer : OTHER);

/** The colour of a layer's lines. */
export const lineColour = (styles: Styles, layer: string): string => css(`layer-${layerOf(styles, layer)}`);

/** The colour of words about a layer: always readable. */
export const textColour = (styles: Styles, layer: string): string => css(`layer-${layerOf(styles, layer)}-text`);

/** The colour of railways of a gauge in mm. */
export function gaugeColour(styles: Styles, gauge: number | undefined): string {
  const name = String(gauge ?? OTHER);
  return css(`gauge-${styles.gauge.includes(name) ? name : OTHER}`);
}

export const isByGauge = (row: Pick<Row, "kind">, lineStyle: LineStyle): boolean =>
  lineStyle.colour === "gauge" && row.kind === RAIL;

/** The colour of a row's line in a line style. */
export const rowColour = (row: Pick<Row, "kind" | "layer" | "facts">, styles: Styles, lineStyle = PLAIN): string =>
  isByGauge(row, lineStyle) ? gaugeColour(styles, row.facts.gauge_mm) : lineColour(styles, row.layer);

/** The width of a flow in px at zoom 5. */
export const flowWidth = (styles: Styles, capacity: number | undefined): number =>
  styles.flow.least + styles.flow.times * Math.sqrt(capacity || UNKNOWN_CAPACITY);

export const isFlow = (row: Pick<Row, "kind">, styles: Styles, lineStyle: LineStyle): boolean =>
  lineStyle.flow && styles.flow.kinds.includes(row.kind);

type Sized = Pick<Row, "id" | "kind" | "layer" | "lineage" | "facts">;

/** The width that the first fitting entry of the looks gives a row; null when none fits. */
function ownWidth(row: Sized, styles: Styles, projects: ById<Project>): number | null {
  const listed = styles.row_width?.find(({ rows }) => rows.includes(row.id));
  if (listed) return listed.px;
  for (const id of row.lineage) {
    const own = styles.project?.[id];
    if (own?.width && (own.layer ?? projects[id]?.layer) === row.layer) return own.width;
  }
  const { capacity, capacity_unit: unit } = row.facts;
  if (!capacity) return null;
  const steps = (styles.capacity_width ?? []).filter((table) => table.unit === unit).flatMap((table) => table.steps);
  return steps.find(([most]) => capacity < most)?.[1] ?? null;
}

/** The width of a row's line in px at zoom 5, before the factor of the zoom. */
export function baseWidth(row: Sized, styles: Styles, projects: ById<Project>, lineStyle = PLAIN): number {
  if (isFlow(row, styles, lineStyle)) return flowWidth(styles, row.facts.capacity);
  return ownWidth(row, styles, projects) ?? styles.kind[row.kind]?.width ?? layerLook(styles, row.layer).width;
}

/** The factor on every width at a zoom. */
export function zoomFactor(styles: Styles, zoom: number, phone: boolean): number {
  const { steps, phone: small } = styles.zoom_factor;
  const at = steps.findIndex(([below]) => zoom < below);
  if (phone && at === 0) return small;
  return (steps[at] ?? steps[steps.length - 1])[1];
}

/** Dash and gap of a line at sea: multiples of its width, and at least so many px. */
const SHIP: readonly (readonly [number, number])[] = [
  [1.1, 3.4],
  [0.8, 2.6],
];

/** How far a casing stands out on both sides together, for wide lines and for others. */
const CASING_OF_WIDE = 2.4;
const CASING = 1.5;
const WIDE = 2;

/** Lines known to so many km or worse have a soft edge in their own colour instead of the casing: quiet, but seen. */
export const DOUBT_KM = 10;
export const SOFT_EDGE = { width: 4.6, far: 2.6, nearFromZoom: 5, opacity: 0.15 };

/** Statuses of what is not there (any more or yet): its symbol is pale. */
export const NOT_THERE: ReadonlySet<string | null> = new Set([
  "planned",
  "proposed",
  "shelved",
  "cancelled",
  "retired",
  "idle",
]);
export const PALE = 0.55;

/** How far the halo under what is chosen stands out on both sides together, and how strong it is. */
export const HALO_OF_CHOSEN = 9;
export const HALO_OPACITY = 0.22;

/** Whether a row is drawn with a soft edge. */
export const isDoubtful = ({ facts }: Pick<Row, "facts">): boolean => (facts.accuracy_km ?? 0) >= DOUBT_KM;

/** From this zoom on ornaments stand further apart. */
const CLOSE_ZOOM = 7;

const dashes = (pairs: readonly (readonly [number, number])[], width: number) =>
  pairs.map(([times, least]) => Math.max(times * width, least).toFixed(2)).join(" ");

export type StrokePart = "casing" | "line" | "ornament";

export interface Stroke {
  part: StrokePart;
  stroke: string;
  width: number;
  opacity: number;
  cap: "butt" | "round";
  dash: string | null;
  offset?: number | null;
}

export interface Line {
  layer: string;
  kind: string;
  status: string | null;
  width: number;
  zoom?: number;
  ornaments?: boolean;
  /** The colour, when it is not that of the layer. */
  paint?: string | null;
  doubtful?: boolean;
  styles: Styles;
}

/** The strokes of a line, bottom to top. */
export function strokesOf(wanted: Line): Stroke[] {
  const { layer, kind, status, width, zoom = Infinity, ornaments = true, paint = null, doubtful, styles } = wanted;
  const state = styles.status[status ?? OPERATING] ?? {};
  const type = styles.kind[kind] ?? {};
  const colour = state.token ? css(state.token) : (paint ?? lineColour(styles, layer));
  const full = state.width ? Math.min(width, state.width) : width;
  const isShip = type.ornament === "ship";
  const scaled = full * (type.scale ?? 1);
  const wide = isShip ? Math.max(scaled, Math.min(full, 1.5)) : scaled;
  const opacity = state.opacity ?? 1;
  const strokes: Stroke[] = [];
  if (doubtful && !isShip && type.casing !== false) {
    const wider = zoom < SOFT_EDGE.nearFromZoom ? SOFT_EDGE.far : SOFT_EDGE.width;
    const soft = { width: full + wider, opacity: SOFT_EDGE.opacity };
    strokes.push({ part: "casing", stroke: colour, ...soft, cap: "butt", dash: null });
  } else if (type.casing !== false) {
    strokes.push({
      part: "casing",
      stroke: css("casing"),
      width: full + (full > WIDE ? CASING_OF_WIDE : CASING),
      opacity: isShip ? 0.5 : full > 1.4 ? 0.92 : 0.7,
      cap: "round",
      dash: null,
    });
  }
  const ownDash = state.dash ? dashes(state.dash, wide) : null;
  strokes.push({
    part: "line",
    stroke: colour,
    width: wide,
    opacity: opacity * (type.opacity ?? 1),
    cap: state.cap ?? "butt",
    dash: ownDash ?? (isShip ? dashes(SHIP, full) : null),
  });
  const isSeen = zoom >= (type.from_zoom ?? 0) && full >= (type.least_width ?? 0);
  if (!ornaments || !isSeen || state.width) return strokes;
  const isClose = zoom > CLOSE_ZOOM;
  const ornament = { part: "ornament", stroke: colour, opacity, cap: "butt" } as const;
  if (type.ornament === "ticks" && !state.dash) {
    const dash = `1.1 ${isClose ? 16 : 11}`;
    strokes.push({ ...ornament, width: wide + 4.4, opacity: opacity * 0.9, dash, offset: 4 });
  } else if (type.ornament === "beads" && !state.dash) {
    strokes.push({ ...ornament, width: wide + 2.6, cap: "round", dash: `0.1 ${isClose ? 40 : 26}` });
  } else if (type.ornament === "core" && state.cap !== "round") {
    strokes.push({ ...ornament, stroke: css("casing"), width: wide * 0.34, opacity: 1, dash: ownDash });
  }
  return strokes;
}

/** A stroke as attributes of an SVG path. */
export const strokeAttributes = (stroke: Stroke): Record<string, string | number | null> => ({
  stroke: stroke.stroke,
  "stroke-width": stroke.width.toFixed(2),
  "stroke-opacity": stroke.opacity === 1 ? null : stroke.opacity,
  "stroke-linecap": stroke.cap,
  "stroke-dasharray": stroke.dash,
  "stroke-dashoffset": stroke.offset ?? null,
  fill: "none",
  "stroke-linejoin": "round",
});

/** The colour of a symbol: that of a layer, or a colour of its own. */
export const symbolColour = (look: Pick<SymbolLook, "layer" | "token">, styles: Styles): string =>
  look.layer ? lineColour(styles, look.layer) : css(look.token ?? "ink");
