// A way along its own length: stretches with kind, status and gauge, the states in order, and what lies where. All
// positions are km from the start of the way; the same values as sco_map/routing/strip.py.
import { NETWORK } from "../contract.ts";
import type { Row } from "../facts/row.ts";
import { isAtSea, isBreak } from "./links.ts";
import { rounded } from "./rounding.ts";
import { statesOf, type Travelled, type WayFigures } from "./route.ts";

/** A part of a way over one row that is the same throughout. */
export interface Stretch {
  readonly fromKm: number;
  readonly toKm: number;
  readonly row: Row;
  readonly status: string;
  readonly promised: boolean;
  readonly gaugeMm: number | null;
}

/** A part of a way inside one state; null is the sea, which belongs to none. */
export interface Soil {
  readonly fromKm: number;
  readonly toKm: number;
  readonly country: string | null;
}

/** Something at one point of a way; a border has no place where none is known. */
export type Mark = { readonly km: number } & (
  | { readonly what: "border"; readonly place: string | null; readonly leaves: string; readonly enters: string }
  | { readonly what: "break_of_gauge"; readonly place: string; readonly fromMm: number; readonly toMm: number }
  | { readonly what: "port"; readonly place: string }
);

/** A way from its start to its end; `places` are the ends of its legs with their km. */
export interface Strip {
  readonly km: number;
  readonly stretches: readonly Stretch[];
  readonly soils: readonly Soil[];
  readonly marks: readonly Mark[];
  readonly places: readonly (readonly [place: string, km: number])[];
}

/** A step with the km from the start of the way to where it begins. */
type Placed = readonly [step: Travelled, km: number];

export function stripOf(way: WayFigures): Strip {
  const steps = way.legs.flatMap((leg) => leg.steps);
  let gone = 0;
  const placed = steps.map((step): Placed => {
    const at = gone;
    gone += step.link.km;
    return [step, at];
  });
  const soils = soilsOf(placed);
  const marks = [...borderMarks(soils, way), ...pointMarks(placed)];
  const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  marks.sort((a, b) => a.km - b.km || order(a.what, b.what) || order(a.place ?? "", b.place ?? ""));
  let sofar = 0;
  const ends = way.legs.map(({ end, steps: of }) => {
    sofar += of.reduce((sum, { link }) => sum + link.km, 0);
    return [end, rounded(sofar)] as const;
  });
  return {
    km: rounded(gone),
    stretches: stretchesOf(placed),
    soils,
    marks,
    places: [[steps[0].start, 0], ...ends],
  };
}

/** The longest parts over one row that are the same throughout. */
function stretchesOf(placed: readonly Placed[]): Stretch[] {
  const stretches: { row: Row; promised: boolean; status: string; from: number; to: number }[] = [];
  for (const [{ link }, from] of placed) {
    const { row, promised, status, km } = link;
    const last = stretches.at(-1);
    if (last?.row === row && last.promised === promised) last.to = from + km;
    else stretches.push({ row, promised, status, from, to: from + km });
  }
  return stretches.map(({ row, promised, status, from, to }) => {
    const gaugeMm = row.kind === "rail" ? (row.facts.gauge_mm ?? null) : null;
    return { fromKm: rounded(from), toKm: rounded(to), row, status, promised, gaugeMm };
  });
}

/** The states in the order of travel; what of a link lies in no state is the sea, at its end. */
function soilsOf(placed: readonly Placed[]): Soil[] {
  const soils: { country: string | null; from: number; to: number }[] = [];
  const add = (country: string | null, from: number, to: number) => {
    const last = soils.at(-1);
    if (last?.country === country) last.to = to;
    else soils.push({ country, from, to });
  };
  for (const [step, start] of placed) {
    let km = start;
    for (const [code, length] of statesOf(step)) {
      add(code, km, km + length);
      km += length;
    }
    const end = start + step.link.km;
    const last = soils.at(-1);
    if (isAtSea(step.link) && end - km > NETWORK.least_km) add(null, km, end);
    else if (last) last.to = end;
  }
  return soils.map(({ country, from, to }) => ({ fromKm: rounded(from), toKm: rounded(to), country }));
}

/** The borders where one state follows another, those at sea in the middle of the sea between the two. */
function borderMarks(soils: readonly Soil[], { borders }: WayFigures): Mark[] {
  const land = soils.filter(({ country }) => country !== null);
  const crossings = land.slice(1).flatMap((soil, at) => (soil.country === land[at].country ? [] : [[land[at], soil]]));
  return crossings.map(([one, other], at) => {
    const { at: place, leaves, enters } = borders[at];
    return { km: rounded((one.toKm + other.fromKm) / 2), what: "border", place, leaves, enters };
  });
}

/** Breaks of gauge, and the ports where land and sea meet. */
function pointMarks(placed: readonly Placed[]): Mark[] {
  const marks: Mark[] = [];
  const port = (place: string, km: number) => marks.push({ km: rounded(km), what: "port", place });
  const [[first], [last, lastKm]] = [placed[0], placed[placed.length - 1]];
  if (isAtSea(first.link)) port(first.start, 0);
  for (const [at, [following, km]] of placed.slice(1).entries()) {
    const [step] = placed[at];
    const [one, other] = [step.link.side, following.link.side];
    if (isBreak(one, other)) {
      const [fromMm, toMm] = [Number(one), Number(other)];
      marks.push({ km: rounded(km), what: "break_of_gauge", place: step.end, fromMm, toMm });
    }
    if (isAtSea(step.link) !== isAtSea(following.link)) port(step.end, km);
  }
  if (isAtSea(last.link)) port(last.end, lastKm + last.link.km);
  return marks;
}
