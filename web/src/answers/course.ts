// Where the ways of an answer lie on the map: their strokes, and marks at ends, borders and breaks of gauge. Knows no
// document.
import { around, type Box, boundsOf, mercatorX, mercatorY } from "../geometry/mercator.ts";
import type { Point } from "../geometry/paths.ts";
import { stretch } from "../geometry/stretch.ts";
import type { Course } from "../map/course-drawing.ts";
import { type Charted, isAtSea, type Leg, type Link, type WayFigures } from "../routing/index.ts";

type Stroke = Course["strokes"][number];
type Mark = Course["marks"][number];

/** The Mercator coordinates of a place. */
export function spotOf({ places }: Pick<Charted, "places">, id: string): Point | null {
  const place = places[id];
  return place ? [mercatorX(place.at[0]), mercatorY(place.at[1])] : null;
}

/** The points of a leg in the direction of travel. */
export function pathsOfLeg(charted: Pick<Charted, "places">, { row, start, end }: Leg): number[][] {
  const [from, to] = [spotOf(charted, start), spotOf(charted, end)];
  return from && to ? stretch(row.paths, from, to) : [];
}

const lookOf = (leg: Leg): Stroke["look"] => (leg.promised ? "promised" : isAtSea(leg) ? "sea" : "open");

const strokesOf = (charted: Charted, way: WayFigures, isChosen: boolean): Stroke[] =>
  way.legs.flatMap((leg) => pathsOfLeg(charted, leg).map((path) => ({ path, isChosen, look: lookOf(leg) })));

/** Halfway between two points. */
const middle = ([x, y]: Readonly<Point>, [u, v]: Readonly<Point>): Point => [(x + u) / 2, (y + v) / 2];

/** Marks along a way; `letters` are those of its ends. A border that is crossed at sea has none. */
function marksOf(charted: Charted, { borders, breaks, legs }: WayFigures, letters: readonly string[]): Mark[] {
  const marks: Mark[] = [];
  for (const { at, between, bySea } of borders) {
    const [one, other] = (at ? [at, at] : between).map((id) => spotOf(charted, id));
    if (!bySea && one && other) marks.push({ kind: "border", at: middle(one, other) });
  }
  for (const { place } of breaks) {
    const at = spotOf(charted, place);
    if (at) marks.push({ kind: "break", at });
  }
  for (const [i, id] of [legs[0]?.start, legs.at(-1)?.end].entries()) {
    const at = id ? spotOf(charted, id) : null;
    if (at) marks.push({ kind: "end", at, letter: letters[i] });
  }
  return marks;
}

const boxOf = (strokes: readonly Stroke[]): Box | null =>
  strokes.length ? strokes.map(({ path }) => boundsOf([path])).reduce(around) : null;

/** The way that is chosen of several, in full, and the others behind it. */
export function courseOf(charted: Charted, ways: readonly WayFigures[], chosen: number): Course {
  const others = ways.flatMap((way, at) => (at === chosen ? [] : strokesOf(charted, way, false)));
  const own = ways[chosen] ? strokesOf(charted, ways[chosen], true) : [];
  const marks = ways[chosen] ? marksOf(charted, ways[chosen], ["A", "B"]) : [];
  return { strokes: [...others, ...own], marks, box: boxOf(own) };
}

/** What is taken away: its links, and a cross at each place that is gone itself. */
export function courseOfCut(charted: Charted, links: readonly Link[], places: readonly string[]): Course {
  const strokes = links.flatMap(({ row, start, end }): Stroke[] => {
    const [from, to] = [spotOf(charted, start), spotOf(charted, end)];
    const paths = from && to ? stretch(row.paths, from, to) : [];
    return paths.map((path) => ({ path, isChosen: true, look: "cut" }));
  });
  const marks = places.flatMap((id): Mark[] => {
    const at = spotOf(charted, id);
    return at ? [{ kind: "cut", at }] : [];
  });
  return { strokes, marks, box: boxOf(strokes) };
}
