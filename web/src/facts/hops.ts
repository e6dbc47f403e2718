// Reads the hops of a row: the row cut at its places, with what the row says not repeated (see sco_map/page/hops.py).
import { unpackIntegers } from "../geometry/pack.ts";
import type { Facts, SentHops } from "./types.ts";

/** The km in a state. */
export type StateKm = readonly [code: string, km: number];

/** A stretch of a row between two of its places. */
export interface Hop {
  readonly from: string;
  readonly to: string;
  readonly km: number;
  readonly accuracyKm: number;
  /** The states in the order in which the row runs; legs at sea count to none. */
  readonly states: readonly StateKm[];
}

const HUNDREDTHS = 100;
const TENTHS = 10;

/** The states of a hop with hundredths of a km, as they are listed: the km in the last one may be left out. */
function listed(entry: readonly number[], whole: number): [state: number, km: number][] {
  const states: [number, number][] = [];
  let rest = whole;
  for (let at = 1; at < entry.length; at += 2) {
    const km = entry[at + 1] ?? rest;
    states.push([entry[at], km]);
    rest -= km;
  }
  return states;
}

/** The hops of a row. */
export function hopsOf(sent: SentHops, { places = [], countries = [] }: Pick<Facts, "places" | "countries">): Hop[] {
  const stops = sent.stops ?? places;
  const accuracies = unpackIntegers(sent.accuracy);
  const others = new Map(sent.states?.map((entry) => [entry[0], entry]));
  let here = 0;
  return unpackIntegers(sent.km).map((whole, at) => {
    const entry = others.get(at);
    const states = entry ? listed(entry, whole) : countries.length ? [[here, whole] as const] : [];
    here = states.at(-1)?.[0] ?? here;
    return {
      from: stops[at],
      to: stops[at + 1],
      km: whole / HUNDREDTHS,
      accuracyKm: accuracies[at] / TENTHS,
      states: states.map(([state, km]) => [countries[state], km / HUNDREDTHS] as const),
    };
  });
}
