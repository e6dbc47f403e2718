// @ts-nocheck
// How a row looks: strokes of lines and shapes of points, the same for map, legend, card and print. Colours are CSS variables.
import { el, svg } from "../dom.ts";

export const css = (token) => `var(--${token.replace(/_/g, "-")})`;
const layerOf = (styles, layer) => (styles.layer[layer] ? layer : "other");

/** The colour of a layer's lines. */
export const lineColour = (styles, layer) => css(`layer-${layerOf(styles, layer)}`);
/** The colour of words about a layer: always readable. */
export const textColour = (styles, layer) => css(`layer-${layerOf(styles, layer)}-text`);

/** A way to draw: lines coloured by `gauge` instead of by layer, pipelines as `flow`. */
export const PLAIN = { colour: null, flow: false };

/** The manner of drawing of a theme. */
export const mannerOf = (theme) => ({ colour: theme.colour ?? null, flow: !!theme.flow });

/** The colour of a row's line in a manner of drawing. */
export function rowColour(row, styles, manner = PLAIN) {
  if (manner.colour !== "gauge" || row.kind !== "rail") return lineColour(styles, row.layer);
  const gauge = String(row.facts.gauge_mm ?? "other");
  return css(`gauge-${styles.gauge.includes(gauge) ? gauge : "other"}`);
}

/** The width of a row's line in px at zoom 5, before the factor of the zoom. */
export function baseWidth(row, world, manner = PLAIN) {
  const { styles } = world;
  const facts = row.facts;
  if (manner.flow && styles.flow.kinds.includes(row.kind))
    return styles.flow.least + styles.flow.times * Math.sqrt(facts.capacity ?? 0.1);
  for (const { px, rows } of styles.row_width || []) if (rows.includes(row.id)) return px;
  for (const id of row.lineage) {
    const own = styles.project?.[id];
    if (own?.width && (own.layer ?? world.projects[id]?.layer) === row.layer) return own.width;
  }
  for (const table of styles.capacity_width || []) {
    if (table.unit === facts.capacity_unit && facts.capacity)
      for (const [most, width] of table.steps) if (facts.capacity < most) return width;
  }
  return styles.kind[row.kind]?.width ?? styles.layer[layerOf(styles, row.layer)].width;
}

/** The factor on every width at a zoom. */
export function zoomFactor(styles, zoom, phone) {
  const { steps, phone: small } = styles.zoom_factor;
  const at = steps.findIndex(([below]) => zoom < below);
  return phone && at === 0 ? small : steps[at < 0 ? steps.length - 1 : at][1];
}

/** Dashes of a line at sea: times its width on and off, at least so many px. */
const SHIP = [
  [1.1, 3.4],
  [0.8, 2.6],
];
const dashes = (pairs, width) => pairs.map(([times, least]) => Math.max(times * width, least).toFixed(2)).join(" ");

/**
 * The strokes of a line, bottom to top. `part` is casing, line or ornament.
 * @param {{layer: string, kind: string, status: string|null, width: number, zoom?: number, ornaments?: boolean, paint?: string|null, styles: any}} wish
 */
export function strokesOf({ layer, kind, status, width, zoom = 99, ornaments = true, paint = null, styles }) {
  const state = styles.status[status ?? "operating"] || {};
  const type = styles.kind[kind] || {};
  const plain = !state.dash;
  const recedes = !!state.width;
  const colour = state.token ? css(state.token) : (paint ?? lineColour(styles, layer));
  const full = recedes ? Math.min(width, state.width) : width;
  const ship = type.ornament === "ship";
  const wide = ship ? Math.max(full * (type.scale ?? 1), Math.min(full, 1.5)) : full * (type.scale ?? 1);
  const strokes =
    type.casing === false
      ? []
      : [
          {
            part: "casing",
            stroke: css("casing"),
            width: full + (full > 2 ? 2.4 : 1.5),
            opacity: ship ? 0.5 : full > 1.4 ? 0.92 : 0.7,
            cap: "round",
            dash: null,
          },
        ];
  strokes.push({
    part: "line",
    stroke: colour,
    width: wide,
    opacity: (state.opacity ?? 1) * (type.opacity ?? 1),
    cap: state.cap ?? "butt",
    dash: state.dash ? dashes(state.dash, wide) : ship ? dashes(SHIP, full) : null,
  });
  const wanted = ornaments && zoom >= (type.from_zoom ?? 0) && full >= (type.least_width ?? 0) && !recedes;
  if (wanted && type.ornament === "ticks" && plain)
    strokes.push({
      part: "ornament",
      stroke: colour,
      width: wide + 4.4,
      opacity: (state.opacity ?? 1) * 0.9,
      cap: "butt",
      dash: `1.1 ${zoom > 7 ? 16 : 11}`,
      offset: 4,
    });
  if (wanted && type.ornament === "beads" && plain)
    strokes.push({
      part: "ornament",
      stroke: colour,
      width: wide + 2.6,
      opacity: state.opacity ?? 1,
      cap: "round",
      dash: `0.1 ${zoom > 7 ? 40 : 26}`,
    });
  if (wanted && type.ornament === "core" && state.cap !== "round")
    strokes.push({
      part: "ornament",
      stroke: css("casing"),
      width: wide * 0.34,
      opacity: 1,
      cap: "butt",
      dash: state.dash ? dashes(state.dash, wide) : null,
    });
  return strokes;
}

export const strokeAttributes = (stroke) => ({
  stroke: stroke.stroke,
  "stroke-width": stroke.width.toFixed(2),
  "stroke-opacity": stroke.opacity === 1 ? null : stroke.opacity,
  "stroke-linecap": stroke.cap,
  "stroke-dasharray": stroke.dash,
  "stroke-dashoffset": stroke.offset ?? null,
  fill: "none",
  "stroke-linejoin": "round",
});

/** A swatch of a line for legend, card and history. */
export function lineSwatch({
  layer,
  kind = "",
  status = "operating",
  width = 2.4,
  length = 30,
  colour = null,
  styles,
}) {
  const height = 14;
  const middle = height / 2;
  const node = svg("svg", { width: length, height, class: "swatch", "aria-hidden": "true" });
  const strokes = strokesOf({ layer, kind, status, width, styles });
  for (const stroke of strokes) {
    if (stroke.part === "casing") continue;
    const start = stroke.cap === "round" ? stroke.width / 2 : 0;
    const short = { ticks: "1.1 6.6", beads: "0.1 11" }[styles.kind[kind]?.ornament];
    const dash = stroke.part === "ornament" && short ? short : stroke.dash;
    const paint =
      colour && !styles.status[status]?.token && stroke.stroke !== css("casing")
        ? colour
        : stroke.stroke === css("casing")
          ? css("paper")
          : stroke.stroke;
    node.append(
      svg("line", {
        ...strokeAttributes({ ...stroke, stroke: paint, dash, offset: null }),
        x1: stroke.part === "ornament" && short ? 3.5 : start,
        x2: length,
        y1: middle,
        y2: middle,
      }),
    );
  }
  const ornament = styles.kind[kind]?.ornament;
  const paint = colour || lineColour(styles, layer);
  if (ornament === "bolt")
    node.append(
      svg("path", {
        d: "M13 2l-3 5.6h3.6L12 12l5-6.2h-3.4L15.6 2z",
        transform: `translate(${length / 2 - 14} 0)`,
        fill: paint,
        stroke: css("paper"),
        "stroke-width": 0.8,
      }),
    );
  if (ornament === "ring")
    node.append(
      svg("circle", { cx: length / 2, cy: middle, r: 2.6, fill: css("paper"), stroke: paint, "stroke-width": 1.3 }),
    );
  return node;
}

const SHAPES = {
  square: (paint) => [
    ["rect", { x: -2.9, y: -2.9, width: 5.8, height: 5.8, fill: css("paper"), stroke: paint, "stroke-width": 1.4 }],
  ],
  anchor: (paint) => [
    [
      "rect",
      { x: -4.2, y: -4.2, width: 8.4, height: 8.4, rx: 1.2, fill: css("paper"), stroke: paint, "stroke-width": 1.5 },
    ],
    [
      "path",
      {
        d: "M0-2.6V2.6M-2.4 .5Q-2.2 2.6 0 2.6 2.2 2.6 2.4 .5M-1.3-1.1H1.3",
        fill: "none",
        stroke: paint,
        "stroke-width": 1,
      },
    ],
  ],
  bars: (paint) => [
    ["path", { d: "M-1.6-4.6V4.6M1.6-4.6V4.6", stroke: css("casing"), "stroke-width": 4.4 }],
    ["path", { d: "M-1.6-4.4V4.4M1.6-4.4V4.4", stroke: paint, "stroke-width": 1.5 }],
  ],
  gauge: (paint) => [
    ["circle", { r: 4.6, fill: css("paper"), stroke: paint, "stroke-width": 1.5 }],
    ["path", { d: "M-2.6-1.100H2.600M-1.500 1.300H1.500", stroke: paint, "stroke-width": 1.3 }],
  ],
  diamond: (paint) => [
    ["path", { d: "M0-4.2 4.2 0 0 4.2-4.2 0Z", fill: css("paper"), stroke: paint, "stroke-width": 1.3 }],
  ],
  triangle: (paint) => [
    ["path", { d: "M-3.6 2.9 0-3.600 3.600 2.900Z", fill: paint, stroke: css("casing"), "stroke-width": 1.2 }],
  ],
  disc: (paint) => [["circle", { r: 3.2, fill: paint, stroke: css("casing"), "stroke-width": 1.2 }]],
  trapezium: (paint) => [
    ["path", { d: "M-4.6-2.600H4.600L2.600 3.200H-2.600Z", fill: paint, stroke: css("casing"), "stroke-width": 1.2 }],
  ],
  ring: (paint) => [["circle", { r: 2.6, fill: css("paper"), stroke: paint, "stroke-width": 1.4 }]],
  bolt: (paint) => [
    ["rect", { x: -4, y: -4, width: 8, height: 8, rx: 1, fill: css("paper"), stroke: paint, "stroke-width": 1.3 }],
    ["path", { d: "M.8-3-1.8.4H.1L-.8 3 1.900-.500H0Z", fill: paint }],
  ],
  plane: (paint) => [
    ["circle", { r: 4.4, fill: css("paper"), stroke: paint, "stroke-width": 1.3 }],
    [
      "path",
      {
        d: "M0-3 .8-.6 3 .8V1.500L.7.900.500 2.200 1.200 2.900H-1.200L-.500 2.200-.7.900-3 1.500V.8L-.8-.6Z",
        fill: paint,
      },
    ],
  ],
  event: (paint) => [["circle", { r: 3.4, fill: paint, stroke: css("paper"), "stroke-width": 1 }]],
  capital: (paint) => [
    ["circle", { r: 3.5, fill: css("paper"), stroke: paint, "stroke-width": 1.3 }],
    ["circle", { r: 1.4, fill: paint }],
  ],
  city: (paint) => [["circle", { r: 2.4, fill: css("paper"), stroke: paint, "stroke-width": 1.1 }]],
  town: (paint) => [["circle", { r: 1.9, fill: css("paper"), stroke: paint, "stroke-width": 1.1 }]],
};

export const symbolColour = (look, styles) => (look.layer ? lineColour(styles, look.layer) : css(look.token ?? "ink"));

/** A symbol around 0, 0. */
export function symbolShape(shape, paint) {
  const node = svg("g");
  for (const [tag, attributes] of SHAPES[shape](paint)) node.append(svg(tag, attributes));
  return node;
}

/** A symbol of a kind for the legend. */
export function symbolSwatch(kind, styles) {
  const look = styles.symbol[kind] || { shape: "ring" };
  return svg(
    "svg",
    { width: 18, height: 14, viewBox: "-9 -7 18 14", class: "swatch", "aria-hidden": "true" },
    symbolShape(look.shape_near ?? look.shape, symbolColour(look, styles)),
  );
}

/** The swatch of a layer in the legend. */
export function layerSwatch(layer, styles) {
  const look = styles.layer[layerOf(styles, layer)];
  const wish = look.swatch || {};
  if (wish.area) return el("span", { class: `flag ${wish.area}` });
  if (wish.symbol === "event")
    return svg(
      "svg",
      { width: 30, height: 14, viewBox: "-15 -7 30 14", class: "swatch" },
      symbolShape("event", css("accent")),
    );
  if (wish.symbol)
    return svg(
      "svg",
      { width: 30, height: 14, viewBox: "-15 -7 30 14", class: "swatch" },
      symbolShape(styles.symbol[wish.symbol].shape, symbolColour(styles.symbol[wish.symbol], styles)),
    );
  const node = lineSwatch({
    layer,
    kind: wish.kind === "dam" ? "" : (wish.kind ?? ""),
    width: wish.width ?? look.width,
    styles,
  });
  if (wish.kind === "dam")
    node.append(
      svg("path", {
        d: "M10 4h10l-2.200 6.400h-5.600z",
        fill: lineColour(styles, layer),
        stroke: css("paper"),
        "stroke-width": 1,
      }),
    );
  return node;
}

/** A line with the ribbon of its accuracy. */
export const ribbonSwatch = () =>
  svg(
    "svg",
    { width: 18, height: 14, class: "swatch", "aria-hidden": "true" },
    svg("path", {
      d: "M1 8C6 8 7 5 10 5s4 3 7 3",
      fill: "none",
      stroke: css("ink"),
      "stroke-width": 8,
      "stroke-opacity": 0.15,
      "stroke-linecap": "round",
    }),
    svg("path", { d: "M1 8C6 8 7 5 10 5s4 3 7 3", fill: "none", stroke: css("ink"), "stroke-width": 1.4 }),
  );

/** How disputed borders and areas are drawn. */
export function disputeSwatch(form) {
  const node = svg("svg", { width: 18, height: 14, class: "swatch", "aria-hidden": "true" });
  if (form === "line")
    node.append(
      svg("line", {
        x1: 0,
        x2: 18,
        y1: 7,
        y2: 7,
        stroke: css("dispute"),
        "stroke-width": 1.3,
        "stroke-dasharray": "4 2.4",
      }),
    );
  else
    node.append(
      svg("rect", { x: 0.5, y: 1.5, width: 17, height: 11, fill: css("land-member") }),
      svg("path", {
        d: "M0 8 7 1.5M2 13 14 1.5M9 13 18 4.5",
        stroke: css("dispute"),
        "stroke-width": 1.3,
        "stroke-opacity": 0.6,
      }),
    );
  return node;
}
