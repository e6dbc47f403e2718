// Small pictures of lines, symbols and areas for legend, card and print, and the symbols of the map itself.
import { type Attributes, el, svg } from "../dom.ts";
import type { Styles, SymbolLook } from "../facts/types.ts";
import { css, layerLook, lineColour, SOFT_EDGE, strokeAttributes, strokesOf, symbolColour } from "./looks.ts";

/** What a swatch is appended as: a picture, or the flag of an area. */
export type Swatch = SVGSVGElement | HTMLSpanElement;

const HEIGHT = 14;

/** Ornaments stand closer in a swatch than on the map. */
const SHORT_DASHES: Record<string, string | undefined> = { ticks: "1.1 6.6", beads: "0.1 11" };
const FIRST_ORNAMENT_AT = 3.5;

/** A dam has no line of its own: its swatch is one of water with a dam on it. */
const DAM = "dam";

interface LineSwatch {
  layer: string;
  kind?: string;
  status?: string | null;
  width?: number;
  length?: number;
  /** The colour, when it is not that of the layer. */
  colour?: string | null;
  styles: Styles;
}

/** A swatch of a line. */
export function lineSwatch(wanted: LineSwatch): SVGSVGElement {
  const { layer, kind = "", width = 2.4, length = 30, colour = null, styles } = wanted;
  const status = wanted.status ?? "operating";
  const middle = HEIGHT / 2;
  const node = svg("svg", { width: length, height: HEIGHT, class: "swatch", "aria-hidden": "true" });
  const ornament = styles.kind[kind]?.ornament;
  const short = SHORT_DASHES[ornament ?? ""];
  const paintOf = (stroke: string) => {
    if (stroke === css("casing")) return css("paper");
    return colour && !styles.status[status]?.token ? colour : stroke;
  };
  for (const stroke of strokesOf({ layer, kind, status, width, styles })) {
    if (stroke.part === "casing") continue;
    const isShort = stroke.part === "ornament" && short !== undefined;
    const start = stroke.cap === "round" ? stroke.width / 2 : 0;
    const dash = isShort ? short : stroke.dash;
    const attributes = strokeAttributes({ ...stroke, stroke: paintOf(stroke.stroke), dash, offset: null });
    const x1 = isShort ? FIRST_ORNAMENT_AT : start;
    node.append(svg("line", { ...attributes, x1, x2: length, y1: middle, y2: middle }));
  }
  const paint = colour || lineColour(styles, layer);
  if (ornament === "bolt") {
    const d = "M13 2l-3 5.6h3.6L12 12l5-6.2h-3.4L15.6 2z";
    const transform = `translate(${length / 2 - 14} 0)`;
    node.append(svg("path", { d, transform, fill: paint, stroke: css("paper"), "stroke-width": 0.8 }));
  }
  if (ornament === "ring") {
    const look = { fill: css("paper"), stroke: paint, "stroke-width": 1.3 };
    node.append(svg("circle", { cx: length / 2, cy: middle, r: 2.6, ...look }));
  }
  return node;
}

type Piece = ["rect" | "circle" | "path", Attributes];

const outlined = (paint: string, width: number) => ({ fill: css("paper"), stroke: paint, "stroke-width": width });
const solid = (paint: string) => ({ fill: paint, stroke: css("casing"), "stroke-width": 1.2 });
const square = (half: number, rx: number | null = null) => ({
  x: -half,
  y: -half,
  width: 2 * half,
  height: 2 * half,
  rx,
});
const drawn = (d: string, paint: string, width: number): Piece => [
  "path",
  { d, fill: "none", stroke: paint, "stroke-width": width },
];

const ANCHOR = "M0-2.6V2.6M-2.4 .5Q-2.2 2.6 0 2.6 2.2 2.6 2.4 .5M-1.3-1.1H1.3";
const BARS = "M-1.6-4.4V4.4M1.6-4.4V4.4";
const PLANE = "M0-3 .8-.6 3 .8V1.5L.7.9.5 2.2 1.2 2.9H-1.2L-.5 2.2-.7.9-3 1.5V.8L-.8-.6Z";

/** The pieces of each shape around 0, 0. */
const SHAPES: Record<string, ((paint: string) => Piece[]) | undefined> = {
  square: (paint) => [["rect", { ...square(2.9), ...outlined(paint, 1.4) }]],
  anchor: (paint) => [["rect", { ...square(4.2, 1.2), ...outlined(paint, 1.5) }], drawn(ANCHOR, paint, 1)],
  bars: (paint) => [drawn("M-1.6-4.6V4.6M1.6-4.6V4.6", css("casing"), 4.4), drawn(BARS, paint, 1.5)],
  gauge: (paint) => [["circle", { r: 4.6, ...outlined(paint, 1.5) }], drawn("M-2.6-1.1H2.6M-1.5 1.3H1.5", paint, 1.3)],
  diamond: (paint) => [["path", { d: "M0-4.2 4.2 0 0 4.2-4.2 0Z", ...outlined(paint, 1.3) }]],
  triangle: (paint) => [["path", { d: "M-3.6 2.9 0-3.6 3.6 2.9Z", ...solid(paint) }]],
  disc: (paint) => [["circle", { r: 3.2, ...solid(paint) }]],
  trapezium: (paint) => [["path", { d: "M-4.6-2.6H4.6L2.6 3.2H-2.6Z", ...solid(paint) }]],
  ring: (paint) => [["circle", { r: 2.6, ...outlined(paint, 1.4) }]],
  bolt: (paint) => [
    ["rect", { ...square(4, 1), ...outlined(paint, 1.3) }],
    ["path", { d: "M.8-3-1.8.4H.1L-.8 3 1.9-.5H0Z", fill: paint }],
  ],
  plane: (paint) => [
    ["circle", { r: 4.4, ...outlined(paint, 1.3) }],
    ["path", { d: PLANE, fill: paint }],
  ],
  event: (paint) => [["circle", { r: 3.4, fill: paint, stroke: css("paper"), "stroke-width": 1 }]],
  capital: (paint) => [
    ["circle", { r: 3.5, ...outlined(paint, 1.3) }],
    ["circle", { r: 1.4, fill: paint }],
  ],
  city: (paint) => [["circle", { r: 2.4, ...outlined(paint, 1.1) }]],
  town: (paint) => [["circle", { r: 1.9, ...outlined(paint, 1.1) }]],
};

const PLAIN_SHAPE = "ring";

/** A symbol around 0, 0; an unknown shape is drawn as a ring. */
export function symbolShape(shape: string, paint: string): SVGGElement {
  const pieces = SHAPES[shape] ?? SHAPES[PLAIN_SHAPE];
  return svg("g", {}, ...(pieces?.(paint) ?? []).map(([tag, attributes]) => svg(tag, attributes)));
}

function framed(width: number, shape: SVGGElement): SVGSVGElement {
  const viewBox = `${-width / 2} ${-HEIGHT / 2} ${width} ${HEIGHT}`;
  return svg("svg", { width, height: HEIGHT, viewBox, class: "swatch", "aria-hidden": "true" }, shape);
}

/** A symbol of a kind for the legend. */
export function symbolSwatch(kind: string, styles: Styles): SVGSVGElement {
  const look: Partial<SymbolLook> = styles.symbol[kind] ?? {};
  return framed(18, symbolShape(look.shape_near ?? look.shape ?? PLAIN_SHAPE, symbolColour(look, styles)));
}

/** The swatch of a layer in the legend. */
export function layerSwatch(layer: string, styles: Styles): Swatch {
  const look = layerLook(styles, layer);
  const { area, symbol, kind = "", width = look.width } = look.swatch ?? {};
  if (area) return el("span", { class: `flag ${area}` });
  if (symbol === "event") return framed(30, symbolShape("event", css("accent")));
  const pointLook = symbol ? styles.symbol[symbol] : null;
  if (pointLook) return framed(30, symbolShape(pointLook.shape, symbolColour(pointLook, styles)));
  const node = lineSwatch({ layer, kind: kind === DAM ? "" : kind, width, styles });
  if (kind === DAM) {
    const paint = { fill: lineColour(styles, layer), stroke: css("paper"), "stroke-width": 1 };
    node.append(svg("path", { d: "M10 4h10l-2.2 6.4h-5.6z", ...paint }));
  }
  return node;
}

const small = (...children: SVGElement[]) =>
  svg("svg", { width: 18, height: HEIGHT, class: "swatch", "aria-hidden": "true" }, ...children);

/** A line with the ribbon of its accuracy. */
export function ribbonSwatch(): SVGSVGElement {
  const line = { d: "M1 8C6 8 7 5 10 5s4 3 7 3", fill: "none", stroke: css("ink") };
  const ribbon = { "stroke-width": 8, "stroke-opacity": 0.15, "stroke-linecap": "round" };
  return small(svg("path", { ...line, ...ribbon }), svg("path", { ...line, "stroke-width": 1.4 }));
}

/** A line with the soft edge of one that is not known exactly. */
export function softEdgeSwatch(): SVGSVGElement {
  const line = { x1: 0, x2: 18, y1: 7, y2: 7, stroke: css("ink") };
  const edge = { "stroke-width": 2 + SOFT_EDGE.width, "stroke-opacity": SOFT_EDGE.opacity };
  return small(svg("line", { ...line, ...edge }), svg("line", { ...line, "stroke-width": 2 }));
}

/** How disputed borders and areas are drawn. */
export function disputeSwatch(form: "line" | "area"): SVGSVGElement {
  const stroke = { stroke: css("dispute"), "stroke-width": 1.3 };
  if (form === "line")
    return small(svg("line", { x1: 0, x2: 18, y1: 7, y2: 7, ...stroke, "stroke-dasharray": "4 2.4" }));
  const ground = svg("rect", { x: 0.5, y: 1.5, width: 17, height: 11, fill: css("land-member") });
  return small(ground, svg("path", { d: "M0 8 7 1.5M2 13 14 1.5M9 13 18 4.5", ...stroke, "stroke-opacity": 0.6 }));
}

/** A pipeline with an arrow. */
export function flowSwatch(styles: Styles): SVGSVGElement {
  const layer = "gas_pipelines";
  const node = lineSwatch({ layer, width: 3, length: 18, styles });
  const paint = { fill: lineColour(styles, layer), stroke: css("paper"), "stroke-width": 0.8 };
  node.append(svg("path", { d: "M14 7 7 11.5V2.5Z", ...paint }));
  return node;
}
