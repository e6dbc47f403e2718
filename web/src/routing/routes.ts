// Answers to "which way": routes with their alternatives, and what is said where there is none. The same answers as
// sco_map/routing/route.py.
import { NETWORK } from "../contract.ts";
import type { Carriage, Texts } from "../facts/types.ts";
import { graphOf } from "./graph.ts";
import type { Charted, Link, Network } from "./links.ts";
import { connected } from "./parts.ts";
import {
  type Complaint,
  type NotThrough,
  type NoWay,
  nearestOn,
  type OffNetwork,
  type Prepared,
  placeCalled,
  placeNamed,
  prepared,
  type Question,
  thingsNamed,
  type Waiting,
} from "./questions.ts";
import { figuresOf, type WayFigures } from "./route.ts";
import { type Stop, waysThrough } from "./search.ts";

/** What a route is asked between: places by id, or by name in any language; `via` may be states and lines, too. */
export interface RouteQuestion extends Question {
  readonly from: string;
  readonly to: string;
  readonly via: readonly string[];
  /** How many ways at most, the best one included. */
  readonly alternatives: number;
}

/** The ways from one place to another, the best first. */
export interface Route {
  readonly question: RouteQuestion;
  readonly ends: readonly [from: string, to: string];
  /** The ids of what was to be passed on the way, and of what was left aside. */
  readonly passed: readonly string[];
  readonly avoided: readonly string[];
  readonly year: number;
  readonly ways: readonly [WayFigures, ...WayFigures[]];
  /** Id and name of the corridor, project or row that it is, where it is one. */
  readonly subject: string | null;
  readonly title: Texts | null;
  /** The times and costs that sources publish for it. */
  readonly carriage: readonly Carriage[];
}

/** Why a question has no answer. */
export interface Refusal {
  readonly complaints: readonly Complaint[];
}

export const isRefusal = (answer: object): answer is Refusal => "complaints" in answer;

/** The best way between two places with alternatives that really differ, or all reasons why there is none. */
export function routeOf(charted: Charted, question: RouteQuestion): Route | Refusal {
  const asked = prepared(charted, question);
  if ("length" in asked) return { complaints: asked };
  const { network, avoided } = asked;
  const complaints: Complaint[] = [];
  const { alternatives } = question;
  if (!(alternatives >= 1 && alternatives <= NETWORK.most_alternatives)) {
    complaints.push({ fault: "alternatives", number: alternatives });
  }
  const passing = question.via.map((value) => stopNamed(charted, value, network));
  const ends = [question.from, question.to].map((value) => placeCalled(charted, value, network));
  complaints.push(...passing.flatMap((stop) => (typeof stop !== "string" && "length" in stop ? stop : [])));
  complaints.push(...ends.filter((end) => typeof end !== "string"));
  if (complaints.length) return { complaints };
  const via = passing.flatMap((stop) => (typeof stop !== "string" && "length" in stop ? [] : [stop]));
  const [from, to] = ends.filter((end) => typeof end === "string");
  const stops: Stop[] = [from, ...via, to];
  complaints.push(...faultsOfStops(asked, stops));
  if (complaints.length) return { complaints };
  const ways = waysThrough(graphOf(network), stops, question.by, alternatives);
  const [best, ...others] = ways.map((way) => figuresOf(charted, way));
  const passed = [...new Set(via.flatMap((stop) => (typeof stop === "string" ? [stop] : stop.ids)))];
  if (!best) return { complaints: [noWay(network, stops, { passed, avoided: avoided.ids })] };
  return {
    question,
    ends: [from, to],
    passed,
    avoided: avoided.ids,
    year: network.year,
    ways: [best, ...others],
    subject: null,
    title: null,
    carriage: [],
  };
}

/** What is to be passed: a place before all, else a state or lines; or complaints. */
function stopNamed(charted: Charted, value: string, network: Network): Stop | readonly Complaint[] {
  return placeNamed(charted, value, network) ?? thingsNamed(charted, [value]);
}

/** What is wrong with the places to pass: the same one twice in a row, or one that no open line touches. */
function faultsOfStops({ whole, network, avoided }: Prepared, stops: readonly Stop[]): Complaint[] {
  const places = stops.filter((stop) => typeof stop === "string");
  const twice = stops.filter((stop, at) => typeof stop === "string" && stop === stops[at - 1]) as string[];
  const off = [...new Set(places)].filter((stop) => !network.touched.has(stop));
  return [
    ...twice.map((place) => ({ fault: "same_place", place }) as const),
    ...off.map((place): Complaint => {
      if (!whole.touched.has(place)) return offNetwork(network, place);
      return { fault: "cut_off", place, year: network.year, avoided: avoided.ids };
    }),
  ];
}

function offNetwork(network: Network, place: string): OffNetwork {
  const link = network.closed.find(({ start, end }) => place === start || place === end);
  const waiting = link ? waitingOf(link) : null;
  return { fault: "off_network", place, year: network.year, near: nearestOn(network, place), waiting };
}

const waitingOf = ({ row, status }: Link): Waiting => ({ row: row.id, status });

/** The first two neighbouring places that no way joins and what would join them; else what no way passes. */
function noWay(
  network: Network,
  stops: readonly Stop[],
  things: Pick<NotThrough, "passed" | "avoided">,
): NoWay | NotThrough {
  const { year } = network;
  const graph = graphOf(network);
  const places = stops.filter((stop) => typeof stop === "string");
  const pairs = places.slice(1).map((stop, at): [string, string] => [places[at], stop]);
  const apart = pairs.find((pair) => !waysThrough(graph, pair, "shortest").length);
  if (!apart) return { fault: "not_through", places: [places[0], places[places.length - 1]], year, ...things };
  const parts = connected(graph);
  const size = (place: string) => new Set(parts.of(place).map((joint) => graph.joints[joint].place)).size;
  const closed = new Set(network.closed);
  const [way = []] = waysThrough(graphOf(network.missing()), apart, "shortest");
  const missing = new Map(way.flatMap(({ link }) => (closed.has(link) ? [[link.row.id, waitingOf(link)]] : [])));
  const sizes = [size(apart[0]), size(apart[1])] as const;
  return { fault: "no_way", places: apart, year, sizes, missing: [...missing.values()], avoided: things.avoided };
}
