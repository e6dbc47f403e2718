// Routes, corridors and lines side by side: the same figures in columns, km by state, and each along its length. The
// same figures as sco_map/routing/comparison.py.
import { OPERATING } from "../contract.ts";
import type { Carriage } from "../facts/types.ts";
import { isAtSea } from "./links.ts";
import { rounded } from "./rounding.ts";
import type { Narrowest, WayFigures } from "./route.ts";
import type { Route } from "./routes.ts";
import { type Strip, stripOf } from "./strip.ts";

/** The figures of the best way of a route, for a column. */
export interface Figures {
  readonly start: string;
  readonly end: string;
  readonly km: number;
  readonly lowKm: number;
  readonly highKm: number;
  readonly borders: number;
  readonly breaks: number;
  readonly seaKm: number;
  /** How often it goes to sea. */
  readonly seaLegs: number;
  readonly operatingKm: number;
  readonly promisedKm: number;
  readonly notOpenKm: number;
  readonly undatedKm: number;
  readonly narrowest: Narrowest | null;
  /** The times and costs that sources publish. */
  readonly carriage: readonly Carriage[];
}

/** Two to four routes side by side. */
export interface Comparison {
  readonly routes: readonly Route[];
  readonly columns: readonly Figures[];
  /** The km of each route in every state; the states in the order of travel, the sea (null) last. */
  readonly countries: readonly { readonly code: string | null; readonly km: readonly number[] }[];
  /** Each route along its length. */
  readonly strips: readonly Strip[];
  /** The length of the longest: all strips are drawn on one scale. */
  readonly longestKm: number;
}

export function comparisonOf(routes: readonly Route[]): Comparison {
  const strips = routes.map(({ ways: [way] }) => stripOf(way));
  const totals = strips.map(kmByState);
  const codes = new Set(totals.flatMap((km) => [...km.keys()]));
  const hasSea = codes.delete(null);
  const order = hasSea ? [...codes, null] : [...codes];
  return {
    routes,
    columns: routes.map(figuresFor),
    countries: order.map((code) => ({ code, km: totals.map((km) => km.get(code) ?? 0) })),
    strips,
    longestKm: Math.max(0, ...strips.map(({ km }) => km)),
  };
}

/** The km in each state in the order in which they are first reached. */
export function kmByState({ soils }: Strip): Map<string | null, number> {
  const km = new Map<string | null, number>();
  for (const { country, fromKm, toKm } of soils) km.set(country, rounded((km.get(country) ?? 0) + toKm - fromKm));
  return km;
}

function figuresFor({ ways: [way], carriage }: Route): Figures {
  const { km, lowKm, highKm, borders, breaks, seaKm, promisedKm, undatedKm, narrowest, places } = way;
  const statuses = new Map(way.kmByStatus);
  const operatingKm = statuses.get(OPERATING) ?? 0;
  statuses.delete(OPERATING);
  const unfinished = [...statuses.values()].reduce((sum, value) => sum + value, 0);
  return {
    start: places[0],
    end: way.legs[way.legs.length - 1].end,
    km,
    lowKm,
    highKm,
    borders: borders.length,
    breaks: breaks.length,
    seaKm,
    seaLegs: runsAtSea(way),
    operatingKm,
    promisedKm,
    notOpenKm: rounded(Math.max(0, unfinished - promisedKm)),
    undatedKm,
    narrowest,
    carriage,
  };
}

/** How often a way goes to sea: legs right after each other are one. */
const runsAtSea = ({ legs }: WayFigures): number =>
  legs.filter((leg, at) => isAtSea(leg) && !(at > 0 && isAtSea(legs[at - 1]))).length;
