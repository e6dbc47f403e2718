// Ways side by side: the same figures for each, km by country in one order, and a strip along the distance from the
// start.
import { travelOrder } from "../facts/lengths.ts";
import type { Row } from "../facts/row.ts";
import type { Charted } from "./links.ts";
import { rounded } from "./rounding.ts";
import { type Border, type Break, statesOf, type WayFigures } from "./route.ts";

/** The figures of a way, for a column. */
export interface Figures {
  readonly km: number;
  readonly lowKm: number;
  readonly highKm: number;
  readonly borders: number;
  readonly breaks: number;
  readonly seaKm: number;
  readonly operatingKm: number;
  readonly promisedKm: number;
  readonly undatedKm: number;
}

/** A stretch of a strip, from km to km. */
interface Stretch {
  readonly fromKm: number;
  readonly toKm: number;
}

/** A leg on a strip: one row, one gauge, one status. */
export interface LegStretch extends Stretch {
  readonly row: Row;
  readonly kind: string;
  readonly gaugeMm: number | null;
  readonly status: string;
  readonly promised: boolean;
}

/** A stretch in one state, null for the sea. */
export interface StateStretch extends Stretch {
  readonly country: string | null;
}

/** A way along the distance from its start. */
export interface Strip {
  readonly km: number;
  readonly legs: readonly LegStretch[];
  readonly states: readonly StateStretch[];
  readonly borders: readonly Border[];
  readonly breaks: readonly Break[];
  readonly ports: readonly { readonly place: string; readonly atKm: number }[];
}

/** Two to four ways side by side. */
export interface Comparison {
  readonly columns: readonly Figures[];
  /** The states of all ways in the order of travel, with the km of each way there. */
  readonly countries: readonly { readonly code: string; readonly km: readonly number[] }[];
  readonly strips: readonly Strip[];
  /** The length of the longest: all strips are drawn on one scale. */
  readonly longestKm: number;
}

export function compareWays(charted: Charted, ways: readonly WayFigures[]): Comparison {
  const order = travelOrder(ways.map(({ kmByCountry }) => [...new Set(kmByCountry.map(([code]) => code))]));
  const totals = ways.map(({ kmByCountry }) => {
    const km = new Map<string, number>();
    for (const [code, part] of kmByCountry) km.set(code, rounded((km.get(code) ?? 0) + part));
    return km;
  });
  return {
    columns: ways.map(figures),
    countries: order.map((code) => ({ code, km: totals.map((km) => km.get(code) ?? 0) })),
    strips: ways.map((way) => stripOf(charted, way)),
    longestKm: Math.max(0, ...ways.map(({ km }) => km)),
  };
}

function figures({
  km,
  lowKm,
  highKm,
  borders,
  breaks,
  seaKm,
  kmByStatus,
  promisedKm,
  undatedKm,
}: WayFigures): Figures {
  const operatingKm = new Map(kmByStatus).get("operating") ?? 0;
  return {
    km,
    lowKm,
    highKm,
    borders: borders.length,
    breaks: breaks.length,
    seaKm,
    operatingKm,
    promisedKm,
    undatedKm,
  };
}

export function stripOf({ ports }: Charted, way: WayFigures): Strip {
  const legs: LegStretch[] = [];
  const states: { country: string | null; fromKm: number; toKm: number }[] = [];
  const harbours = new Map<string, number>();
  let gone = 0;
  for (const { row, status, promised, gaugeMm, steps } of way.legs) {
    const fromKm = rounded(gone);
    for (const step of steps) {
      if (ports.has(step.start) && !harbours.has(step.start)) harbours.set(step.start, rounded(gone));
      // What a hop has in no state is at sea, before or after its states: nobody knows, so it is drawn first.
      const inStates = statesOf(step).reduce((sum, [, km]) => sum + km, 0);
      const atSea: readonly [null, number] = [null, rounded(step.link.km - inStates)];
      for (const [country, km] of [atSea, ...statesOf(step)]) {
        if (km <= 0) continue;
        const last = states.at(-1);
        if (last?.country === country) last.toKm = rounded(gone + km);
        else states.push({ country, fromKm: rounded(gone), toKm: rounded(gone + km) });
        gone += km;
      }
    }
    legs.push({ row, kind: row.kind, gaugeMm, status, promised, fromKm, toKm: rounded(gone) });
    const { end } = steps[steps.length - 1];
    if (ports.has(end) && !harbours.has(end)) harbours.set(end, rounded(gone));
  }
  const atKm = [...harbours].map(([place, km]) => ({ place, atKm: km }));
  return { km: way.km, legs, states, borders: way.borders, breaks: way.breaks, ports: atKm };
}
