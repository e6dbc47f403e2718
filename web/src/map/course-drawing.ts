// Draws the ways of an answer over the lines of the map, which step back: the chosen way in full, others thinner, with
// marks at its ends, at borders, at breaks of gauge and at ports.
import { svg } from "../dom.ts";
import type { Box, Path } from "../geometry/mercator.ts";
import type { Point } from "../geometry/paths.ts";
import { css } from "./looks.ts";
import { pathData, type ScreenView } from "./screen-view.ts";

export type MarkKind = "end" | "border" | "break" | "cut";

/** Ways to be drawn, in Mercator coordinates. */
export interface Course {
  readonly strokes: readonly {
    readonly path: Path;
    /** Whether it belongs to the way that is chosen, not to another one. */
    readonly isChosen: boolean;
    /** Open only as announced, or at sea: drawn with gaps. */
    readonly look: "open" | "promised" | "sea" | "cut";
  }[];
  readonly marks: readonly { readonly kind: MarkKind; readonly at: Readonly<Point>; readonly letter?: string }[];
  readonly box: Box | null;
}

/** How far the other lines step back. */
const BEHIND = 0.34;

/** Points nearer to each other than so many px are drawn as one. */
const GAP = 0.8;

const WIDTHS = { chosen: 4.2, other: 2.6 };
const CASING = 3.6;
const DASHES = { open: null, cut: "2 5", promised: "9 6", sea: "1 7" };
const ROUND = { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" };

type Groups = Record<"ribbons" | "casings" | "lines" | "course", SVGGElement>;

export class CourseDrawing {
  private readonly groups: Groups;
  private course: Course | null = null;
  private view: ScreenView | null = null;

  constructor(groups: Groups) {
    this.groups = groups;
  }

  set(course: Course | null): void {
    this.course = course;
    for (const group of [this.groups.ribbons, this.groups.casings, this.groups.lines]) {
      if (course) group.setAttribute("opacity", String(BEHIND));
      else group.removeAttribute("opacity");
    }
    if (this.view) this.draw(this.view);
  }

  draw(view: ScreenView): void {
    this.view = view;
    const { strokes = [], marks = [] } = this.course ?? {};
    const lines = strokes.map((stroke) => ({ ...stroke, d: pathData(view.screen(stroke.path, GAP)) }));
    const others = lines.filter(({ isChosen }) => !isChosen);
    const chosen = lines.filter(({ isChosen }) => isChosen);
    const casing = (d: string, width: number) =>
      svg("path", { d, ...ROUND, stroke: css("casing"), "stroke-width": width + CASING });
    const line = ({ d, look }: (typeof lines)[number], colour: string, width: number) =>
      svg("path", { d, ...ROUND, stroke: colour, "stroke-width": width, "stroke-dasharray": DASHES[look] });
    this.groups.course.replaceChildren(
      ...others.map(({ d }) => casing(d, WIDTHS.other)),
      ...others.map((stroke) => line(stroke, css("ink3"), WIDTHS.other)),
      ...chosen.map(({ d }) => casing(d, WIDTHS.chosen)),
      ...chosen.map((stroke) => line(stroke, css("accent"), WIDTHS.chosen)),
      ...marks.map(({ kind, at, letter }) => {
        const [x, y] = view.at(at[0], at[1]);
        return svg("g", { transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` }, ...markOf(kind, letter));
      }),
    );
  }
}

/** A mark around 0, 0. */
export function markOf(kind: MarkKind, letter = ""): SVGElement[] {
  const outlined = { fill: css("paper"), stroke: css("accent"), "stroke-width": 1.6 };
  if (kind === "border") return [svg("path", { d: "M0-4.6 4.6 0 0 4.6-4.6 0Z", ...outlined })];
  if (kind === "cut") {
    const cross = { d: "M-4-4 4 4M4-4-4 4", fill: "none", "stroke-linecap": "round" };
    return [
      svg("path", { ...cross, stroke: css("casing"), "stroke-width": 5 }),
      svg("path", { ...cross, stroke: css("accent"), "stroke-width": 2.4 }),
    ];
  }
  if (kind === "break") {
    const bars = { d: "M-2.8-1.4H2.8M-1.6 1.4H1.6", fill: "none", stroke: css("accent"), "stroke-width": 1.4 };
    return [svg("circle", { r: 5, ...outlined }), svg("path", bars)];
  }
  const text = {
    text: letter,
    "text-anchor": "middle",
    y: 3.6,
    fill: css("paper"),
    "font-size": 10.5,
    "font-weight": 700,
    stroke: "none",
  };
  return [svg("circle", { r: 8.4, fill: css("accent"), stroke: css("paper"), "stroke-width": 1.6 }), svg("text", text)];
}
