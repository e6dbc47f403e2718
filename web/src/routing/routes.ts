// Answers to "which way": routes with their alternatives, and what is said where there is none. The same answers as
// sco_map/routing/route.py.
import { NETWORK } from "../contract.ts";
import type { Carriage, Texts } from "../facts/types.ts";
import { graphOf } from "./graph.ts";
import type { Charted, Link, Network } from "./links.ts";
import { connected } from "./parts.ts";
import {
  type Complaint,
  type NoWay,
  nearestOn,
  type OffNetwork,
  placeCalled,
  prepared,
  type Question,
  type Waiting,
} from "./questions.ts";
import { figuresOf, type WayFigures } from "./route.ts";
import { waysThrough } from "./search.ts";

/** What a route is asked between: places by id, or by name in any language. */
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
  /** The ids of the places to pass, the two ends included. */
  readonly stops: readonly string[];
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
  const { network } = asked;
  const complaints: Complaint[] = [];
  const { alternatives } = question;
  if (!(alternatives >= 1 && alternatives <= NETWORK.most_alternatives)) {
    complaints.push({ fault: "alternatives", number: alternatives });
  }
  const named = [question.from, ...question.via, question.to].map((value) => placeCalled(charted, value, network));
  const stops = named.filter((stop) => typeof stop === "string");
  complaints.push(...named.filter((stop) => typeof stop !== "string"));
  if (complaints.length) return { complaints };
  complaints.push(...faultsOfStops(network, stops));
  if (complaints.length) return { complaints };
  const ways = waysThrough(graphOf(network), stops, question.by, alternatives);
  const [best, ...others] = ways.map((way) => figuresOf(charted, way));
  if (!best) return { complaints: [noWay(network, stops)] };
  const ofNothing = { subject: null, title: null, carriage: [] };
  return { question, stops, year: network.year, ways: [best, ...others], ...ofNothing };
}

/** What is wrong with the places to pass: the same one twice in a row, or one that no open line touches. */
function faultsOfStops(network: Network, stops: readonly string[]): Complaint[] {
  const twice = stops.filter((stop, at) => stop === stops[at - 1]);
  const off = [...new Set(stops)].filter((stop) => !network.touched.has(stop));
  return [
    ...twice.map((place) => ({ fault: "same_place", place }) as const),
    ...off.map((place) => offNetwork(network, place)),
  ];
}

function offNetwork(network: Network, place: string): OffNetwork {
  const link = network.closed.find(({ start, end }) => place === start || place === end);
  const waiting = link ? waitingOf(link) : null;
  return { fault: "off_network", place, year: network.year, near: nearestOn(network, place), waiting };
}

const waitingOf = ({ row, status }: Link): Waiting => ({ row: row.id, status });

/** The first two neighbouring places that no way joins, and what would join them. */
function noWay(network: Network, stops: readonly string[]): NoWay {
  const graph = graphOf(network);
  const parts = connected(graph);
  const pairs = stops.slice(1).map((stop, at): [string, string] => [stops[at], stop]);
  const apart = pairs.find((pair) => !waysThrough(graph, pair, "shortest").length) ?? [
    stops[0],
    stops[stops.length - 1],
  ];
  const size = (place: string) => new Set(parts.of(place).map((joint) => graph.joints[joint].place)).size;
  const closed = new Set(network.closed);
  const [way = []] = waysThrough(graphOf(network.missing()), apart, "shortest");
  const missing = new Map(way.flatMap(({ link }) => (closed.has(link) ? [[link.row.id, waitingOf(link)]] : [])));
  return {
    fault: "no_way",
    places: apart,
    year: network.year,
    sizes: [size(apart[0]), size(apart[1])],
    missing: [...missing.values()],
  };
}
