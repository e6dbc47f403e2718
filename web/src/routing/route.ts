// The way from one place to another: legs, states, borders, breaks of gauge, ferries, and what rests on promises. The
// same figures as sco_map/routing/route.py.
import type { StateKm } from "../facts/hops.ts";
import type { Row } from "../facts/row.ts";
import { courseBetween } from "../geometry/geodesic.ts";
import type { Step } from "./graph.ts";
import { bandKm, type Charted, isAtSea, isBreak, isTrack } from "./links.ts";
import { rounded } from "./rounding.ts";

export const DIRECTIONS = [
  "north",
  "northeast",
  "east",
  "southeast",
  "south",
  "southwest",
  "west",
  "northwest",
] as const;
/** A link as it is travelled, and between which places. */
export type Travelled = Pick<Step, "link" | "back" | "start" | "end">;

export type Direction = (typeof DIRECTIONS)[number];

/**
 * A stretch of a way over one row in one direction: from where to where, how far and in which direction, and who says
 * so.
 */
export interface Leg {
  readonly row: Row;
  readonly start: string;
  readonly end: string;
  readonly places: readonly string[];
  readonly direction: Direction;
  readonly km: number;
  readonly accuracyKm: number;
  readonly gaugeMm: number | null;
  readonly states: readonly StateKm[];
  readonly status: string;
  readonly promised: boolean;
  readonly lengthBasis: "track" | "drawn";
  readonly capacity: number | null;
  readonly capacityUnit: string | null;
  readonly sources: readonly string[];
  readonly steps: readonly Travelled[];
}

/** A crossing from one state into the next: at the place `at`, or somewhere on the hop `between` two places. */
export interface Border {
  readonly leaves: string;
  readonly enters: string;
  readonly between: readonly [string, string];
  readonly at: string | null;
  readonly bySea: boolean;
  /** How far from the start it is; a crossing by sea where the way reaches land again. */
  readonly fromStartKm: number;
}

/** A place where the gauge changes. */
export interface Break {
  readonly place: string;
  readonly fromMm: number;
  readonly toMm: number;
  readonly fromStartKm: number;
}

/** The leg with the smallest known capacity, and for how many km of the way a capacity in this unit is known. */
export interface Narrowest {
  readonly row: Row;
  readonly capacity: number;
  readonly unit: string;
  readonly knownKm: number;
}

/** One way through the network; from `lowKm` to `highKm` is the band in which its real length is expected. */
export interface WayFigures {
  readonly legs: readonly Leg[];
  readonly km: number;
  readonly lowKm: number;
  readonly highKm: number;
  /** In the order of travel; a state that is entered again appears again. */
  readonly kmByCountry: readonly StateKm[];
  readonly seaKm: number;
  readonly borders: readonly Border[];
  readonly breaks: readonly Break[];
  readonly ferries: readonly Leg[];
  readonly narrowest: Narrowest | null;
  /** The status with the most km first. */
  readonly kmByStatus: readonly (readonly [status: string, km: number])[];
  /** The km that are open only as announced. */
  readonly promisedKm: number;
  /** The km of which nobody knows since when they have been open, when the year is a past one. */
  readonly undatedKm: number;
  /** All places in order. */
  readonly places: readonly string[];
}

/** The states of a step in the order of travel. */
export const statesOf = ({ link, back }: Travelled): readonly StateKm[] =>
  back ? [...link.states].reverse() : link.states;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const kmOf = (steps: readonly Travelled[]): number => sum(steps.map(({ link }) => link.km));

/** Add km to what a key has, rounded at each step as sums of figures with two decimals are. */
function addTo(totals: Map<string, number>, key: string, km: number): void {
  totals.set(key, rounded((totals.get(key) ?? 0) + km));
}

/** A way with everything that is said of it. */
export function figuresOf(charted: Charted, steps: readonly Travelled[]): WayFigures {
  const legs = legsOf(charted, steps);
  const bands = steps.map(({ link }) => bandKm(link));
  const byCountry: [string, number][] = [];
  for (const [code, km] of steps.flatMap(statesOf)) {
    const last = byCountry.at(-1);
    if (last?.[0] === code) last[1] = rounded(last[1] + km);
    else byCountry.push([code, km]);
  }
  const byStatus = new Map<string, number>();
  for (const { link } of steps) addTo(byStatus, link.status, link.km);
  return {
    legs,
    km: rounded(kmOf(steps)),
    lowKm: rounded(sum(bands.map(([low]) => low)), 0),
    highKm: rounded(sum(bands.map(([, high]) => high)), 0),
    kmByCountry: byCountry,
    seaKm: rounded(kmOf(steps.filter(({ link }) => isAtSea(link)))),
    borders: bordersOf(charted, steps),
    breaks: breaksOf(steps),
    ferries: legs.filter(isAtSea),
    narrowest: narrowestOf(steps),
    kmByStatus: [...byStatus].sort(([, one], [, other]) => other - one),
    promisedKm: rounded(sum(legs.filter(({ promised }) => promised).map(({ km }) => km))),
    undatedKm: rounded(kmOf(steps.filter(({ link }) => link.undated))),
    places: [...new Set(legs.flatMap(({ places }) => places))],
  };
}

function legsOf(charted: Charted, steps: readonly Travelled[]): Leg[] {
  const groups: Travelled[][] = [];
  for (const step of steps) {
    const last = groups.at(-1);
    if (last?.[0].link.row === step.link.row && last[0].back === step.back) last.push(step);
    else groups.push([step]);
  }
  return groups.map((group) => legOf(charted, group));
}

/** A leg from the steps over one row. */
function legOf(charted: Charted, steps: readonly Travelled[]): Leg {
  const [{ link, start }] = steps;
  const { row } = link;
  const { end } = steps[steps.length - 1];
  const km = kmOf(steps);
  const states = new Map<string, number>();
  for (const [code, length] of steps.flatMap(statesOf)) addTo(states, code, length);
  return {
    row,
    start,
    end,
    places: [start, ...steps.map((step) => step.end)],
    direction: directionOf(charted, start, end),
    km: rounded(km),
    accuracyKm: km ? rounded(sum(steps.map((step) => step.link.km * step.link.accuracyKm)) / km, 1) : 0,
    gaugeMm: row.facts.gauge_mm ?? null,
    states: [...states],
    status: link.status,
    promised: link.promised,
    lengthBasis: isTrack(link) ? "track" : "drawn",
    capacity: row.facts.capacity ?? null,
    capacityUnit: row.facts.capacity_unit ?? null,
    sources: row.sources,
    steps,
  };
}

const EIGHTH = 45;

/** In which of eight directions one place lies from another. */
export function directionOf({ places }: Charted, start: string, end: string): Direction {
  const [here, there] = [places[start], places[end]];
  const azimuth = here && there ? courseBetween(here.at, there.at).azimuth : 0;
  return DIRECTIONS[(Math.round(azimuth / EIGHTH) + DIRECTIONS.length) % DIRECTIONS.length];
}

/**
 * Every change from one state to the next, with the place where it happens as near as the hops tell. A hop names each
 * of its states once: a state that lies on both sides of a border at its end was left or reached again somewhere
 * between the ends of the hop.
 */
function bordersOf(charted: Charted, steps: readonly Travelled[]): Border[] {
  const borders: Border[] = [];
  const isIn = (code: string, step: Travelled | undefined) => step && statesOf(step).some(([known]) => known === code);
  let [soil, left, bySea, gone] = ["", steps[0].start, false, 0];
  for (const [index, step] of steps.entries()) {
    let within = 0;
    const before = steps[index - 1];
    for (const [number, [code, km]] of statesOf(step).entries()) {
      if (soil && code !== soil) {
        let between: [string, string] = [bySea ? left : step.start, step.start];
        if (number > 0 || (!bySea && isIn(soil, step) && !isIn(code, before))) between = [step.start, step.end];
        else if (isIn(code, before)) between = [before.start, before.end];
        const at = crossingOf(charted, between);
        borders.push({ leaves: soil, enters: code, between, at, bySea, fromStartKm: rounded(gone + within) });
      }
      [soil, bySea, within] = [code, false, within + km];
    }
    gone += step.link.km;
    if (isAtSea(step.link)) bySea = true;
    else left = step.end;
  }
  return borders;
}

const POSTS: ReadonlySet<string | undefined> = new Set(["border_crossing", "pass"]);

/** The place of a crossing: the one both ends are, else the end that is a border crossing or a pass. */
function crossingOf({ places }: Charted, between: readonly [string, string]): string | null {
  if (between[0] === between[1]) return between[0];
  const posts = between.filter((end) => POSTS.has(places[end]?.kind));
  return posts.length === 1 ? posts[0] : null;
}

/** Every change of gauge between neighbouring railways. */
function breaksOf(steps: readonly Travelled[]): Break[] {
  const breaks: Break[] = [];
  let gone = 0;
  for (const [at, { link, end }] of steps.entries()) {
    gone += link.km;
    const side = steps[at + 1]?.link.side ?? "";
    if (!isBreak(link.side, side)) continue;
    breaks.push({ place: end, fromMm: Number(link.side), toMm: Number(side), fromStartKm: rounded(gone) });
  }
  return breaks;
}

/** The smallest known capacity, in the unit that is known for the most km. */
function narrowestOf(steps: readonly Travelled[]): Narrowest | null {
  const known = steps.flatMap(({ link }) => {
    const { capacity, capacity_unit: unit } = link.row.facts;
    return capacity && unit ? [{ row: link.row, km: link.km, capacity, unit }] : [];
  });
  const km = new Map<string, number>();
  for (const link of known) km.set(link.unit, (km.get(link.unit) ?? 0) + link.km);
  const [most] = [...km].sort(([one, its], [other, theirs]) => theirs - its || (one < other ? -1 : 1));
  if (!most) return null;
  const [unit, knownKm] = most;
  const [{ row, capacity }] = known
    .filter((link) => link.unit === unit)
    .sort((one, other) => one.capacity - other.capacity || (one.row.id < other.row.id ? -1 : 1));
  return { row, capacity, unit, knownKm: rounded(knownKm) };
}
