// Figures of a story beside the lines that they are about: a plate of paper, joined to the middle of what is seen of a
// line by a thin stroke. Set before all names, which keep away from it.
import { svg } from "../dom.ts";
import type { Row } from "../facts/row.ts";
import type { DrawnLine } from "../map/line-drawing.ts";
import { css } from "../map/looks.ts";
import { leaderPlace } from "./places.ts";
import type { Raster } from "./raster.ts";
import { type Look, textNode } from "./text.ts";
import { textWidth } from "./text-width.ts";

/** What is written beside the line of a row. */
export interface LineFigure {
  readonly row: Row;
  readonly text: string;
}

/** Sizes in px: of the letters, of the paper beyond them, and of the dot on the line. */
const SIZE = 13;
const SIDE = 8;
const HEIGHT = 25;
const DOT = 3.4;
const CORNER = 3;

const LOOK: Look = { size: SIZE, weight: 600, haloWidth: 0 };

/** The plate of a figure, null where the line is out of sight or there is no room beside it; its place is taken. */
export function figurePlate(
  raster: Raster<unknown>,
  line: Pick<DrawnLine, "screen">,
  text: string,
): { node: SVGElement; at: [number, number] } | null {
  const width = textWidth(text, LOOK) + 2 * SIDE;
  const longest = [...(line.screen ?? [])].sort((a, b) => b.length - a.length)[0];
  const place = longest && leaderPlace(raster, [...longest], width, HEIGHT);
  if (!place) return null;
  const { box, from, right } = place;
  const middle = (box[1] + box[3]) / 2;
  const [x, y] = from.map((number) => number.toFixed(1));
  const d = `M${x} ${y}L${(right ? box[0] : box[2]).toFixed(1)} ${middle.toFixed(1)}`;
  const paper = { x: box[0].toFixed(1), y: box[1].toFixed(1), width: width.toFixed(1), height: HEIGHT, rx: CORNER };
  const node = svg(
    "g",
    { class: "figure" },
    svg("path", { d, stroke: css("paper"), "stroke-width": 4, fill: "none" }),
    svg("path", { d, stroke: css("ink"), "stroke-width": 1.3, fill: "none" }),
    svg("circle", { cx: x, cy: y, r: DOT, fill: css("paper"), stroke: css("ink"), "stroke-width": 1.6 }),
    svg("rect", { ...paper, fill: css("paper"), stroke: css("ink"), "stroke-width": 1.2 }),
    textNode([text], (box[0] + box[2]) / 2, middle + SIZE * 0.35, { ...LOOK, fill: css("ink") }),
  );
  raster.take([box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3]);
  return { node, at: [(box[0] + box[2]) / 2, middle] };
}
