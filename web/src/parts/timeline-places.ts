// Where what is written along the years finds room: which years are named, and which events. Knows no document.

/** Steps between named years, and the room between two of them, in px. */
const STEPS = [5, 10, 20, 50];
const BETWEEN_YEARS = 9;

/** How many names of events there are at most, how long one may be, and the room between two, in px. */
const MOST_NAMES = 5;
const LONGEST_NAME = 190;
const BETWEEN_NAMES = 8;

/** No name begins closer to the edge than this, in px. */
const EDGE = 2;

/** How far a name that begins or ends at its event reaches beyond it, in px. */
const OVERLAP = 4;

export interface NamedEvent {
  readonly x: number;
  readonly rank: number;
  readonly text: string;
}

export interface PlacedName {
  readonly text: string;
  readonly at: number;
  readonly anchor: "middle" | "end" | "start";
}

type Stretch = readonly [from: number, to: number];

/** Every how many years one is named, so that no name touches the next; `year` and `name` are their widths. */
export const namedEvery = (year: number, name: number): number =>
  STEPS.find((step) => step * year >= name + BETWEEN_YEARS) ?? STEPS[STEPS.length - 1];

/** As many names of events as fit between the edges beside what is taken, the most important first. */
export function placedNames(
  events: readonly NamedEvent[],
  widthOf: (text: string) => number,
  end: number,
  taken: readonly Stretch[],
): PlacedName[] {
  const full = [...taken];
  const isFree = (from: number, to: number) =>
    from > EDGE &&
    to <= end &&
    full.every(([left, right]) => to < left - BETWEEN_NAMES || from > right + BETWEEN_NAMES);
  const placed: PlacedName[] = [];
  for (const { x, text } of events.toSorted((a, b) => a.rank - b.rank || a.x - b.x)) {
    const width = widthOf(text);
    if (placed.length >= MOST_NAMES || width > LONGEST_NAME) continue;
    const places = [
      { from: x - width / 2, at: x, anchor: "middle" },
      { from: x - width + OVERLAP, at: x + OVERLAP, anchor: "end" },
      { from: x - OVERLAP, at: x - OVERLAP, anchor: "start" },
    ] as const;
    const place = places.find(({ from }) => isFree(from, from + width));
    if (!place) continue;
    placed.push({ text, at: place.at, anchor: place.anchor });
    full.push([place.from, place.from + width]);
  }
  return placed;
}

/** Whether a text from one place to another has no event's stem running through it. */
export const isBetweenStems = (from: number, to: number, stems: readonly number[]): boolean =>
  stems.every((x) => x < from - EDGE || x > to + EDGE);
