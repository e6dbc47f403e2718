// The network of a year: places are nodes, hops are links; says which links are open and which of them are promised.
// The same rules as sco_map/routing/links.py.
import { NETWORK, OPERATING, UNFINISHED } from "../contract.ts";
import { statusOf } from "../facts/filter.ts";
import type { Hop, StateKm } from "../facts/hops.ts";
import { yearOf } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import type { CountedTo, PromisedOpening } from "../facts/types.ts";
import type { World } from "../facts/world.ts";
import { rounded } from "./rounding.ts";

/** What the network is made of: the rows and places of the page. */
export type Charted = Pick<
  World,
  | "rows"
  | "byId"
  | "places"
  | "sources"
  | "breaks"
  | "ports"
  | "enclosed"
  | "countries"
  | "projects"
  | "ways"
  | "vocabulary"
  | "worldviews"
  | "also"
> & { readonly page: { readonly year: number } };

export type Aim = "shortest" | "borders" | "gauges";

export const KINDS: readonly string[] = NETWORK.kinds;
export const DEFAULT_KINDS: readonly string[] = NETWORK.default_kinds;
export const AIMS = NETWORK.aims as readonly Aim[];

const AT_SEA: ReadonlySet<string> = new Set(NETWORK.at_sea);
const TRACK = "track";
const METRES = 1000;

/** A hop as the network has it. */
export interface Link {
  readonly row: Row;
  /** Its place among the hops of the row. */
  readonly number: number;
  readonly start: string;
  readonly end: string;
  readonly km: number;
  /** In whole metres: sums of these are the same on every machine and in every language. */
  readonly metres: number;
  readonly accuracyKm: number;
  /** The states with their km in the order in which the row runs. */
  readonly states: readonly StateKm[];
  /** That of the year. */
  readonly status: string;
  /** Open only as announced. */
  readonly promised: boolean;
  /** Nobody knows since when it has been open, so that in a past year it may not have been. */
  readonly undated: boolean;
  /** On which side of a place it ends: its gauge, the sea, the road, or its kind of pipeline. */
  readonly side: string;
}

export const isAtSea = ({ row }: Pick<Link, "row">): boolean => AT_SEA.has(row.kind);
export const isTrack = ({ row }: Pick<Link, "row">): boolean => row.facts.length_basis === TRACK;

/** Between which lengths the real one is expected to lie. */
export function bandKm(link: Link): [low: number, high: number] {
  const { km } = link;
  if (isAtSea(link)) return [km, km * (1 + NETWORK.sea_share)];
  if (isTrack(link)) return [km * (1 - NETWORK.track_share), km * (1 + NETWORK.track_share)];
  return [km, Math.hypot(km, (2 * link.accuracyKm) / NETWORK.swing_share)];
}

const ROAD = "road";
const SEA = "sea";
const isPipeline = (side: string) => side.endsWith("pipeline");

function sideOf({ kind, facts }: Row): string {
  if (kind === "rail") return String(facts.gauge_mm ?? "");
  return AT_SEA.has(kind) ? SEA : kind;
}

/** Whether going from one side to another changes the gauge. */
export const isBreak = (side: string, other: string): boolean =>
  side !== other && /^\d+$/.test(side) && /^\d+$/.test(other);

/** What is asked of a network: the year (null: that of the facts), promises, kinds, and whose borders count. */
export interface Asked {
  readonly year: number | null;
  readonly promised: boolean;
  readonly kinds: readonly string[];
  readonly worldview: string | null;
}

/** The links of a year, those that are open and those that are not. */
export class Network {
  readonly charted: Charted;
  readonly year: number;
  readonly promised: boolean;
  readonly kinds: readonly string[];
  readonly links: readonly Link[];
  readonly closed: readonly Link[];
  /** The places that an open link touches, in the order of the links. */
  readonly touched: ReadonlySet<string>;

  constructor(
    charted: Charted,
    asked: { readonly year: number; readonly promised: boolean; readonly kinds: readonly string[] },
    links: readonly Link[],
    closed: readonly Link[],
  ) {
    this.charted = charted;
    this.year = asked.year;
    this.promised = asked.promised;
    this.kinds = asked.kinds;
    this.links = links;
    this.closed = closed;
    this.touched = new Set(links.flatMap(({ start, end }) => [start, end]));
  }

  /** Whether traffic can change at a place from one side to another. */
  meets(place: string, side: string, other: string): boolean {
    if (side === other) return true;
    if (isPipeline(side) || isPipeline(other)) return false;
    if (side === SEA || other === SEA) return this.charted.ports.has(place);
    if (side === ROAD || other === ROAD || !side || !other) return true;
    return this.charted.breaks.has(place);
  }

  /** The network without some links, open or not. */
  without(isGone: (link: Link) => boolean): Network {
    const kept = (links: readonly Link[]) => links.filter((link) => !isGone(link));
    return new Network(this.charted, this, kept(this.links), kept(this.closed));
  }

  /** The network with all that it knows of, in which only what is not open counts: for the least that is missing. */
  missing(): Network {
    const links = [...this.links.map((link) => ({ ...link, metres: 0 })), ...this.closed];
    const inOrder = (one: Link, other: Link) => (one.row === other.row ? one.number - other.number : 0);
    links.sort((one, other) => inOrder(one, other) || (one.row.id < other.row.id ? -1 : 1));
    return new Network(this.charted, this, links, []);
  }
}

/** Whether the last announcement is for a year or before. */
function isDue(promises: readonly PromisedOpening[] | undefined, year: number): boolean {
  const due = yearOf(promises?.at(-1)?.opens);
  return due !== null && due <= year;
}

/**
 * The network as of a year. With `promised` what was announced for that year or before, and is neither open nor given
 * up, is open too; with a `worldview` the states are those that it counts the rows to.
 */
export function networkOf(charted: Charted, asked: Asked): Network {
  const year = asked.year ?? charted.page.year;
  const wanted = asked.kinds.length ? asked.kinds : DEFAULT_KINDS;
  const kinds = KINDS.filter((kind) => wanted.includes(kind));
  const rows = charted.rows.filter(({ kind }) => kinds.includes(kind));
  const links: Link[] = [];
  const closed: Link[] = [];
  for (const row of rows.sort((one, other) => (one.id < other.id ? -1 : 1))) {
    // A line of the reader's may say no status: it is taken to be open.
    const status = row.phases.length ? statusOf(row, year) : OPERATING;
    if (status === null) continue;
    const promised = asked.promised && UNFINISHED.has(status) && isDue(row.facts.promises, year);
    const undated = year < charted.page.year && !row.phases[0]?.from && !promised;
    const isOpen = promised || status === OPERATING;
    (isOpen ? links : closed).push(...linksOf(row, asked.worldview, { status, promised, undated }));
  }
  return new Network(charted, { year, promised: asked.promised, kinds }, links, closed);
}

/** The hops of a row as links. */
export function linksOf(
  row: Row,
  worldview: string | null,
  state: Pick<Link, "status" | "promised" | "undated">,
): Link[] {
  const side = sideOf(row);
  return hopsSeenFrom(row, worldview).map(({ from: start, to: end, km, accuracyKm, states }, number) => {
    const metres = Math.round(km * METRES);
    return { row, number, start, end, km, metres, accuracyKm, states, ...state, side };
  });
}

/** The hops of a row with the states as a worldview sees them. */
function hopsSeenFrom(row: Row, worldview: string | null): readonly Hop[] {
  const views = row.facts.views;
  const seen = worldview !== null && views && Object.hasOwn(views, worldview) ? views[worldview] : null;
  return seen ? recounted(row.hops, seen) : row.hops;
}

/** The hops when the states of the whole row, in the order of travel, are these. */
function recounted(hops: readonly Hop[], { countries = [], km_by_country: all = {} }: CountedTo): Hop[] {
  const left = countries.flatMap((code): [string, number][] => (all[code] === undefined ? [] : [[code, all[code]]]));
  return hops.map((hop) => {
    const states: [string, number][] = [];
    let rest = hop.km;
    while (left.length && rest > 0) {
      const [first] = left;
      const km = Math.min(rest, first[1]);
      if (km > 0) states.push([first[0], rounded(km)]);
      rest -= km;
      first[1] -= km;
      if (first[1] <= NETWORK.least_km) left.shift();
    }
    return { ...hop, states };
  });
}
