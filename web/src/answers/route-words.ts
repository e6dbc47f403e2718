// What an answer about a way says in words: figures, shares, legs with what happens at their ends. Knows no document.
import type { World } from "../facts/world.ts";
import { type Border, type Break, type Cut, isAtSea, type Leg, type Route, type WayFigures } from "../routing/index.ts";
import { countryName, term } from "../words/describe.ts";
import type { Wording } from "../words/wording.ts";
import { nameOfThing } from "./names.ts";

/** The km of a way in a state, or at sea (null), each time that it is entered. */
export type Soil = readonly [country: string | null, km: number];

/** A leg with the borders and breaks of gauge on it, in the order of travel. */
export interface LegWords {
  readonly leg: Leg;
  readonly title: string;
  readonly facts: readonly string[];
  readonly events: readonly LegEvent[];
}

/** What happens on a leg, in words, and at which place a border is crossed. */
export interface LegEvent {
  readonly text: string;
  readonly border: string | null;
}

const placeName = ({ places }: World, say: Wording, id: string): string => say.pick(places[id]?.name) || id;

/** From where to where. */
export const routeTitle = (world: World, say: Wording, stops: readonly string[]): string =>
  say.word("way_asked", {
    from: placeName(world, say, stops[0]),
    to: placeName(world, say, stops[stops.length - 1]),
  });

/** What a way is, in a line: its length with its band, borders and breaks of gauge. */
export function routeDek(say: Wording, way: WayFigures): string {
  const { km, borders, breaks } = way;
  const count = (key: string, n: number) => `${say.number(n)} ${say.counted(key, n)}`;
  const parts = [
    `${say.km(km)} (${bandWords(say, way)})`,
    count("way_borders", borders.length),
    count("way_breaks", breaks.length),
  ];
  return enumerated(say, parts);
}

/** What was to be passed and left aside, and from where a cut is not measured. */
export function askedWords(
  world: World,
  say: Wording,
  found: Pick<Route, "passed" | "avoided"> | Pick<Cut, "removed" | "dropped">,
): string[] {
  const lists: [string, readonly string[]][] =
    "removed" in found
      ? [
          ["says_without", found.removed],
          ["says_dropped", found.dropped],
        ]
      : [
          ["says_through", found.passed],
          ["says_without", found.avoided],
        ];
  return lists.flatMap(([word, ids]) => {
    const names = ids.map((id) => nameOfThing(world, say, id));
    return ids.length ? [say.word(word, { list: say.list(names) })] : [];
  });
}

/** The word that says why no way between the ends of a cut changes; null where some do. */
export function unchangedWord({ links, ends, lost, longer, otherKinds }: Cut): string | null {
  if (!links.length) return otherKinds.length ? "cut_other_kind" : "cut_no_link";
  if (ends.length < 2) return "cut_few_ends";
  return lost.length + longer.length ? null : "cut_nothing";
}

/** Texts one after the other, with the comma of the language between them. */
export const enumerated = (say: Wording, texts: readonly string[]): string =>
  texts.reduce((list, next) => say.word("net_comma", { list, next }));

export const bandWords = (say: Wording, { lowKm, highKm }: WayFigures): string =>
  say.word("way_band", { low: say.number(lowKm), high: say.number(highKm) });

/** What there is to say of a way besides its figures: promises, unknown years, the narrowest place. */
export function remarks(say: Wording, { promisedKm, undatedKm, narrowest }: WayFigures): string[] {
  const texts: string[] = [];
  if (promisedKm) texts.push(say.word("way_promised", { km: say.km(promisedKm) }));
  if (undatedKm) texts.push(say.word("way_undated", { km: say.km(undatedKm) }));
  if (narrowest) {
    const gaps = {
      capacity: say.quantity(narrowest.capacity, narrowest.unit),
      line: say.pick(narrowest.row.title),
      km: say.km(narrowest.knownKm),
    };
    texts.push(say.word("way_narrowest", gaps));
  }
  return texts;
}

/** The km of a way by state in the order of travel, the sea where it is at sea. */
export function soilsOf(way: WayFigures): Soil[] {
  const soils: [string | null, number][] = [];
  const add = (country: string | null, km: number) => {
    const last = soils.at(-1);
    if (km <= 0) return;
    if (last && last[0] === country) last[1] += km;
    else soils.push([country, km]);
  };
  for (const leg of way.legs) {
    const known = leg.states.reduce((sum, [, km]) => sum + km, 0);
    const rest = leg.km - known;
    if (isAtSea(leg) || rest > LEAST_REST_KM) add(null, rest);
    for (const [country, km] of leg.states) add(country, km);
  }
  return soils;
}

/** Km that the states of a leg on land may lack of its length before the rest counts as lying in none. */
const LEAST_REST_KM = 1;

const GAUGE_KIND = "rail";

/** Every leg in words, with the borders and breaks of gauge that lie on it. */
export function legsInWords(world: World, say: Wording, way: WayFigures): LegWords[] {
  let gone = 0;
  const borders = [...way.borders];
  const breaks = [...way.breaks];
  return way.legs.map((leg, at) => {
    gone += leg.km;
    const isLast = at === way.legs.length - 1;
    const isHere = ({ fromStartKm }: Border | Break) => isLast || fromStartKm <= gone + SAME_KM;
    const events: [number, LegEvent][] = [];
    while (borders.length && isHere(borders[0])) {
      const border = borders.shift();
      if (border) events.push([border.fromStartKm, { text: borderWords(world, say, border), border: border.at }]);
    }
    while (breaks.length && isHere(breaks[0])) {
      const found = breaks.shift();
      if (found) events.push([found.fromStartKm, { text: breakWords(world, say, found), border: null }]);
    }
    events.sort(([one], [other]) => one - other);
    return {
      leg,
      title: legTitle(world, say, leg),
      facts: legFacts(world, say, leg),
      events: events.map(([, event]) => event),
    };
  });
}

/** Km that two sums of the same lengths may differ by. */
const SAME_KM = 0.05;

const legTitle = (world: World, say: Wording, { start, end }: Leg): string =>
  say.word("from_to", { from: placeName(world, say, start), to: placeName(world, say, end) });

function legFacts(world: World, say: Wording, leg: Leg): string[] {
  const { km, direction, gaugeMm, row, status } = leg;
  const facts = [say.km(km), say.word(`direction_${direction}`), term(world, say, "kind", row.kind)];
  if (gaugeMm && row.kind === GAUGE_KIND) facts.push(say.word("mm", { n: say.number(gaugeMm) }));
  if (!isAtSea(leg) || status !== "operating") facts.push(term(world, say, "status", status));
  return facts;
}

export function borderWords(
  world: World,
  say: Wording,
  { leaves, enters, at }: Pick<Border, "leaves" | "enters" | "at">,
): string {
  const gaps = { leaves: countryName(world, say, leaves), enters: countryName(world, say, enters) };
  if (!at) return say.word("way_at_border", gaps);
  return say.word("way_at_border_place", { ...gaps, place: placeName(world, say, at) });
}

export const breakWords = (
  world: World,
  say: Wording,
  { place, fromMm, toMm }: Pick<Break, "place" | "fromMm" | "toMm">,
): string =>
  say.word("way_at_break", {
    one: say.number(fromMm),
    other: say.number(toMm),
    place: placeName(world, say, place),
  });

/** A figure of several ways: its name, and the figure of each; null where there is no way. */
export interface FigureLine {
  readonly key: string;
  readonly name: string;
  readonly values: readonly (number | null)[];
  /** The figures as they are shown. */
  readonly texts: readonly string[];
}

/** The figures of ways, one line each, in one order; without those that are nothing for every way. */
export function figureLines(say: Wording, ways: readonly (WayFigures | null)[]): FigureLine[] {
  const km = (value: number) => say.km(value);
  const count = (value: number) => say.number(value);
  const operating = ({ kmByStatus }: WayFigures) => new Map(kmByStatus).get("operating") ?? 0;
  const lines: [string, (way: WayFigures) => number, (value: number) => string, boolean][] = [
    ["length", (way) => way.km, km, true],
    ["borders", (way) => way.borders.length, count, true],
    ["breaks", (way) => way.breaks.length, count, true],
    ["sea", (way) => way.seaKm, km, false],
    ["operating", operating, km, true],
    ["promised", (way) => way.promisedKm, km, false],
    ["undated", (way) => way.undatedKm, km, false],
  ];
  return lines.flatMap(([key, of, write, isAlways]) => {
    const values = ways.map((way) => (way ? of(way) : null));
    if (!isAlways && !values.some(Boolean)) return [];
    const texts = values.map((value) => (value === null ? say.word("way_none") : write(value)));
    return [{ key, name: say.word(`fig_${key}`), values, texts }];
  });
}

/** The figures of two ways with a third text each: by how much the second one has more (+) or less (−). */
export function withDifference(say: Wording, lines: readonly FigureLine[]): FigureLine[] {
  return lines.map((line) => {
    const [one = null, other = null] = line.values;
    if (one === null || other === null) return line;
    const change = other - one;
    const sign = change > 0 ? "+ " : change < 0 ? "− " : "";
    const size = COUNTS.has(line.key) ? say.number(Math.abs(change)) : say.km(Math.abs(change));
    return { ...line, texts: [...line.texts, sign + size] };
  });
}

/** Figures that are no lengths. */
const COUNTS: ReadonlySet<string> = new Set(["borders", "breaks"]);

/** The rows of a way, each once. */
export const rowsOfWay = (way: WayFigures) => [...new Set(way.legs.map(({ row }) => row))];

/** The way of an answer that was chosen by its number, from 1; another number than there are ways means the best. */
export const chosenWay = ({ ways }: Route, number: number): number => (number <= ways.length ? number - 1 : 0);
