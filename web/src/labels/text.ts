// Texts of the map as SVG nodes, with a halo that parts them from what they cross.
import { svg } from "../dom.ts";
import { pathData } from "../map/screen-view.ts";
import type { Along, Anchor } from "./places.ts";

/** How a name is set. Sizes in px. */
export interface Look {
  size: number;
  weight?: number;
  spacing?: number;
  serif?: boolean;
  italic?: boolean;
  fill?: string;
  halo?: string;
  haloWidth?: number;
  haloOpacity?: number;
  anchor?: Anchor;
}

/** Px from line to line, as a multiple of the size. */
const LINE_HEIGHT = 1.14;

const lookAttributes = (look: Look) => ({
  class: look.serif ? "serif" : null,
  "font-size": Number(look.size.toFixed(1)),
  "font-weight": look.weight ?? 400,
  "font-style": look.italic ? "italic" : null,
  fill: look.fill,
  stroke: look.halo,
  "stroke-width": look.haloWidth ?? 3,
  "stroke-opacity": look.haloOpacity ?? 0.9,
  "letter-spacing": look.spacing ? look.spacing.toFixed(2) : null,
});

/** A text of one or more lines at a point. */
export function textNode(lines: readonly string[], x: number, y: number, look: Look): SVGTextElement {
  const place = { x: x.toFixed(1), y: y.toFixed(1), "text-anchor": look.anchor ?? "middle" };
  const node = svg("text", { ...place, ...lookAttributes(look) });
  if (lines.length === 1) node.textContent = lines[0];
  else {
    const below = (look.size * LINE_HEIGHT).toFixed(1);
    node.append(...lines.map((text, i) => svg("tspan", { x: place.x, dy: i ? below : 0, text })));
  }
  return node;
}

/** A text along a line: the path that carries it and the text itself. `offset`: px between line and name. */
export function textOnPath(text: string, along: Along, offset: number, look: Look, id: string): SVGElement[] {
  const path = svg("path", { id, fill: "none", d: pathData(along.points.flat()) });
  const dy = along.side > 0 ? -offset : offset + look.size * 0.74;
  const carried = svg("textPath", { href: `#${id}`, startOffset: "50%", "text-anchor": "middle", text });
  return [path, svg("text", { ...lookAttributes(look), dy: dy.toFixed(1) }, carried)];
}

/** The same set straight, turned to the direction of the line: for scripts whose letters join. */
export function textBesidePath(text: string, along: Along, offset: number, look: Look): SVGElement {
  const { points, side } = along;
  const a = points[0];
  const b = points[points.length - 1];
  const middle = points[points.length >> 1];
  const x = (a[0] + b[0] + 2 * middle[0]) / 4;
  const y = (a[1] + b[1] + 2 * middle[1]) / 4;
  const turn = (Math.atan2(b[1] - a[1], b[0] - a[0]) * 180) / Math.PI;
  const node = textNode([text], 0, side > 0 ? -offset - 1 : offset + look.size * 0.8, look);
  node.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${turn.toFixed(1)})`);
  return node;
}
