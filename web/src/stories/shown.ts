// What a step of a story shows beyond its filters: which rows stand out, and what is written beside their lines.
import type { Row } from "../facts/row.ts";
import type { Step } from "../facts/types.ts";
import type { World } from "../facts/world.ts";
import type { LineFigure } from "../labels/figures.ts";
import type { Course } from "../map/course-drawing.ts";
import type { Wording } from "../words/wording.ts";

/** The rows that stand out: those that a step names, and those of the projects that it names; null: all alike. */
export function rowsInFocus({ lines = [] }: Step, world: World): ReadonlySet<Row> | null {
  if (!lines.length) return null;
  const rows = lines.flatMap((id) => world.byId.get(id) ?? world.rowsOf(id));
  return new Set(rows);
}

export const figuresOf = ({ figures = [] }: Step, world: World, say: Wording): readonly LineFigure[] =>
  figures.flatMap(({ at, text }) => {
    const row = world.byId.get(at);
    return row ? [{ row, text: say.pick(text) }] : [];
  });

/** Only the way that is chosen: a story tells of one. */
export const chosenOnly = (course: Course | null): Course | null =>
  course && { ...course, strokes: course.strokes.filter(({ isChosen }) => isChosen) };
