// What the page asks of the network: routes, cuts, promises and comparisons, over the links that the page carries. A
// study of what the map knows, not a timetable. Pure: the same world and the same question give the same answer, which
// Python gives, too (sco_map/routing). docs/routing.md says what the words mean.
import { NETWORK } from "../contract.ts";
import { type Comparison, comparisonOf } from "./compare.ts";
import { type Cut, type CutQuestion, cutOf } from "./cut.ts";
import { graphOf } from "./graph.ts";
import { type LineQuestion, lineOf } from "./lines.ts";
import { AIMS, type Charted, DEFAULT_KINDS } from "./links.ts";
import { type Ledger, type PromisesQuestion, promisesOf } from "./promises.ts";
import { placeNamesOf, prepared, type Question } from "./questions.ts";
import { type Refusal, type Route, type RouteQuestion, routeOf } from "./routes.ts";

export type { Comparison, Figures } from "./compare.ts";
export { sentenceOf } from "./complaints.ts";
export type { Bridge, Cut, CutQuestion, Outlet, Pair } from "./cut.ts";
export { countryOf } from "./homes.ts";
export { type LineWords, lineWords } from "./line-words.ts";
export { type LineQuestion, waysOf } from "./lines.ts";
export {
  AIMS,
  type Aim,
  type Charted,
  DEFAULT_KINDS,
  isAtSea,
  KINDS,
  type Link,
  type Network,
  networkOf,
} from "./links.ts";
export {
  type Announcement,
  type Ledger,
  OUTCOMES,
  type Outcome,
  type PromisesQuestion,
  promisers,
} from "./promises.ts";
export type { Complaint, NoWay, OffNetwork, Question, Unknown, Waiting } from "./questions.ts";
export type { Border, Break, Direction, Leg, Narrowest, WayFigures } from "./route.ts";
export { isRefusal, type Refusal, type Route, type RouteQuestion } from "./routes.ts";
export type { Mark, Soil, Stretch, Strip } from "./strip.ts";

/** A question that asks for nothing in particular: the present, what is open, railways and ships, the shortest way. */
const PLAIN: Question = { year: null, promised: false, kinds: DEFAULT_KINDS, avoid: [], by: AIMS[0], worldview: null };

/** How many ways a route has when nobody says otherwise. */
const ALTERNATIVES = 3;

/**
 * The best way from one place to another, and up to two alternatives that really differ.
 *
 * `from`, `to` and `via` are places by id or by name in any language. What is left out of the question is plain: the
 * year of the facts, without what is promised, over railways, ferries and sea legs, the shortest. Where there is no
 * way, or something of the question is wrong, the answer is a refusal with all reasons (`isRefusal`, `sentenceOf`).
 */
export function route(
  charted: Charted,
  asked: Pick<RouteQuestion, "from" | "to"> & Partial<RouteQuestion>,
): Route | Refusal {
  return routeOf(charted, { ...PLAIN, via: [], alternatives: ALTERNATIVES, ...asked });
}

/**
 * What is lost without the places, states, rows or projects in `avoid`: which pairs of the `ends` (without any:
 * capitals and ports) get longer or lose every way, which states reach which ports over land no more, which capacity is
 * gone; and the single points of failure of the network before. Without `avoid` only these are ranked.
 */
export function cut(charted: Charted, asked: Partial<CutQuestion>): Cut | Refusal {
  return cutOf(charted, { ...PLAIN, ends: [], ...asked });
}

/** The ledger of announced openings, of some projects, states or promisers, or of all, as of a year. */
export function promises(charted: Charted, asked: Partial<PromisesQuestion> = {}): Ledger | Refusal {
  return promisesOf(charted, { projects: [], countries: [], by: null, year: null, ...asked });
}

/**
 * A corridor, a project, one of its ways ("project/way") or a row as a route of one way. A project that names ways is
 * its main line, the first of them (`waysOf` lists all); another one is its rows laid end to end, when they are one
 * chain. With a `year` that one counts instead of the one that the way names.
 */
export function line(charted: Charted, asked: Pick<LineQuestion, "subject"> & Partial<LineQuestion>): Route | Refusal {
  return lineOf(charted, { year: null, promised: false, worldview: null, ...asked });
}

/**
 * Two to four routes or lines side by side: their figures in columns, the km of each in every state, and each along the
 * distance from its start, with gauges, statuses, states, borders, breaks of gauge and ports.
 */
export function compare(routes: readonly Route[]): Comparison | Refusal {
  const { least_compared: least, most_compared: most } = NETWORK;
  const isRight = routes.length >= least && routes.length <= most;
  if (!isRight) return { complaints: [{ fault: "compared", number: routes.length }] };
  const asked = routes.map(questionOf);
  const twice = routes.find((_, at) => asked.indexOf(asked[at]) < at);
  if (twice) return { complaints: [{ fault: "twice", subject: twice.subject, ends: twice.ends, year: twice.year }] };
  return comparisonOf(routes);
}

/** What a route answers, as a text that is the same for the same question. */
function questionOf({ question, subject, ends, passed, avoided, year }: Route): string {
  const { promised, kinds, by, worldview } = question;
  return JSON.stringify([subject, ends, year, promised, kinds, by, worldview, passed, avoided]);
}

/** So many rows are decoded between two looks at the clock. */
const ROWS_AT_ONCE = 40;

/** Look up in steps what every first question looks up, so that the answer comes at once. */
export function* prepare(charted: Charted): Generator<void> {
  for (const [at, { hops }] of charted.rows.entries()) if (hops && at % ROWS_AT_ONCE === 0) yield;
  yield;
  placeNamesOf(charted);
  yield;
  const asked = prepared(charted, PLAIN);
  yield;
  if (!("length" in asked)) graphOf(asked.network);
}
