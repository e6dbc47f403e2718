// What is lost without a line, a port, a border point or a state, and where the network hangs by a single link. The
// same answers as sco_map/routing/cut.py.
import { NETWORK } from "../contract.ts";
import type { Row } from "../facts/row.ts";
import { type Graph, graphOf } from "./graph.ts";
import { countryOf } from "./homes.ts";
import { type Charted, KINDS, type Link, type Network } from "./links.ts";
import { Parts, partings } from "./parts.ts";
import { type Complaint, placeCalled, prepared, type Question, type Things } from "./questions.ts";
import { rounded } from "./rounding.ts";
import type { Refusal } from "./routes.ts";
import { type Lengths, lengthsFrom } from "./search.ts";

/** What is taken away (as `avoid`), and the ends between which ways are measured; without any capitals and ports. */
export interface CutQuestion extends Question {
  readonly ends: readonly string[];
}

/** Two ends between which the way gets longer, or is lost (`afterKm` null). */
export interface Pair {
  readonly start: string;
  readonly end: string;
  readonly beforeKm: number;
  readonly afterKm: number | null;
  readonly longerKm: number | null;
}

/**
 * The ports that the places of a state reached over land before, and which of them are lost and left; from those that
 * are `enclosed` no ship reaches the ocean.
 */
export interface Outlet {
  readonly country: string;
  readonly before: readonly string[];
  readonly lost: readonly string[];
  readonly left: readonly string[];
  readonly enclosed: readonly string[];
}

/** A row with links that nothing runs beside; of them the one between two places that parts the most pairs. */
export interface Bridge {
  readonly row: Row;
  readonly between: readonly [string, string];
  /** How many places lie on its smaller side. */
  readonly places: number;
  /** How many pairs of places have no other way. */
  readonly pairs: number;
  /** How many links of the row are such links. */
  readonly links: number;
  readonly countries: readonly string[];
}

/** What taking something away does to the chosen ends. */
export interface Cut {
  readonly question: CutQuestion;
  readonly year: number;
  readonly ends: readonly string[];
  /** The ids of what was taken away. */
  readonly removed: readonly string[];
  /** Ends that were chosen and lie in what is taken away, so that nothing can be measured from them. */
  readonly dropped: readonly string[];
  /** The links that are gone. */
  readonly links: readonly Link[];
  readonly km: number;
  /** Those with the longest detours first. */
  readonly longer: readonly Pair[];
  readonly lost: readonly Pair[];
  readonly outlets: readonly Outlet[];
  /** Rows with a capacity of their own that are gone. */
  readonly capacityGone: readonly { readonly row: Row; readonly capacity: number; readonly unit: string }[];
  /** The kinds of what is taken away, where nothing of it is among those that were asked for. */
  readonly otherKinds: readonly string[];
  /** The single points of failure before anything is taken away. */
  readonly bridges: readonly Bridge[];
}

const before = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export function cutOf(charted: Charted, question: CutQuestion): Cut | Refusal {
  const asked = prepared(charted, question);
  if ("length" in asked) return { complaints: asked };
  const { whole, network, avoided } = asked;
  const named = question.ends.map((end) => placeCalled(charted, end, whole));
  const complaints: Complaint[] = named.filter((end) => typeof end !== "string");
  const own = [...new Set(named.filter((end) => typeof end === "string"))];
  const chosen = named.length ? own : defaultEnds(whole);
  if (own.length === 1 && !complaints.length) complaints.push({ fault: "one_end", place: own[0] });
  const off = chosen.filter((end) => !whole.touched.has(end));
  complaints.push(...off.map((place) => ({ fault: "no_end", place, year: whole.year }) as const));
  if (chosen.length > NETWORK.most_ends) complaints.push({ fault: "too_many_ends", number: chosen.length });
  if (complaints.length) return { complaints };
  const kept = new Set(network.links);
  const links = whole.links.filter((link) => !kept.has(link));
  const staying = chosen.filter((end) => !avoided.places.has(end) && !avoided.countries.has(countryOf(charted, end)));
  const pairs = links.length ? changedPairs(whole, network, new Set(links), staying) : [];
  const longer = pairs.filter(({ afterKm }) => afterKm !== null);
  longer.sort(
    (one, other) =>
      (other.longerKm ?? 0) - (one.longerKm ?? 0) || before(one.start, other.start) || before(one.end, other.end),
  );
  return {
    question,
    year: whole.year,
    ends: staying,
    removed: avoided.ids,
    dropped: own.filter((end) => !staying.includes(end)),
    links,
    km: rounded(links.reduce((sum, { km }) => sum + km, 0)),
    longer,
    lost: pairs.filter(({ afterKm }) => afterKm === null),
    outlets: links.length ? outletsLost(whole, network, avoided) : [],
    capacityGone: capacityOf(links),
    otherKinds: links.length ? [] : kindsBeside(charted, avoided.rows, whole.kinds),
    bridges: bridgesOf(whole),
  };
}

/** The kinds of some rows where all of them are others than were asked for. */
function kindsBeside({ byId }: Charted, rows: ReadonlySet<string>, asked: readonly string[]): string[] {
  const found = new Set([...rows].map((id) => byId.get(id)?.kind));
  return asked.some((kind) => found.has(kind)) ? [] : KINDS.filter((kind) => found.has(kind));
}

/** The capitals and the ports that the open network touches. */
function defaultEnds({ charted, touched }: Network): string[] {
  const capitals = new Set(Object.values(charted.countries).map((country) => country?.capital));
  const isCapital = (id: string) => charted.places[id]?.kind === "city" && capitals.has(charted.places[id]?.name.en);
  return [...touched].filter((id) => charted.ports.has(id) || isCapital(id)).sort();
}

const measured = new WeakMap<Graph, Map<string, Lengths>>();

/** The shortest ways from a place; those of a whole network are kept. */
function keptLengths(graph: Graph, start: string): Lengths {
  const known = measured.get(graph) ?? new Map<string, Lengths>();
  measured.set(graph, known);
  const lengths = known.get(start) ?? lengthsFrom(graph, start);
  known.set(start, lengths);
  return lengths;
}

/** The pairs of ends whose shortest way is longer afterwards or gone. */
function changedPairs(whole: Network, rest: Network, gone: ReadonlySet<Link>, ends: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  const numbers = [...whole.links.keys()].filter((number) => gone.has(whole.links[number]));
  for (const [at, start] of ends.slice(0, -1).entries()) {
    const was = keptLengths(graphOf(whole), start);
    // Ways that use nothing of what is gone are still the shortest ones.
    if (!numbers.some((number) => was.links.has(number))) continue;
    const now = lengthsFrom(graphOf(rest), start).metres;
    for (const end of ends.slice(at + 1)) {
      const [metres, there] = [was.metres.get(end), now.get(end)];
      if (metres === undefined || metres === there) continue;
      const [beforeKm, afterKm] = [metres / 1000, there === undefined ? null : there / 1000];
      pairs.push({ start, end, beforeKm, afterKm, longerKm: afterKm === null ? null : rounded(afterKm - beforeKm) });
    }
  }
  return pairs;
}

/**
 * For each state the ports that none of its places reaches over land any more. That nobody reaches a port that was
 * taken away itself is worth telling only where no other is left, or none from which ships reach the ocean; of states
 * that were taken away nothing is told.
 */
function outletsLost(whole: Network, rest: Network, { places, countries: states }: Things): Outlet[] {
  const [was, now] = [portsReached(whole), portsReached(rest)];
  return [...was.keys()].sort().flatMap((country) => {
    const reached = was.get(country) ?? new Set<string>();
    const before = [...reached].sort();
    const lost = before.filter((port) => !now.get(country)?.has(port));
    const left = before.filter((port) => !lost.includes(port));
    const enclosed = before.filter((port) => whole.charted.enclosed.has(port));
    const isOnOcean = (port: string) => !enclosed.includes(port);
    const isLast = lost.length > 0 && (!left.length || (lost.some(isOnOcean) && !left.some(isOnOcean)));
    const isTold = lost.some((port) => !places.has(port)) || isLast;
    return !states.has(country) && isTold ? [{ country, before, lost, left, enclosed }] : [];
  });
}

const SEA = "sea";

/** For each state the ports that some of its places reach without a leg at sea. */
function portsReached(network: Network): Map<string, Set<string>> {
  const graph = graphOf(network);
  const parts = new Parts(graph, (side) => side !== SEA);
  const ports = new Map<number, Set<string>>();
  const states = new Map<number, Set<string>>();
  for (const [joint, { place, side }] of graph.joints.entries()) {
    if (side === SEA) continue;
    const head = parts.head(joint);
    if (network.charted.ports.has(place)) ports.set(head, (ports.get(head) ?? new Set()).add(place));
    states.set(head, (states.get(head) ?? new Set()).add(countryOf(network.charted, place)));
  }
  const reached = new Map<string, Set<string>>();
  for (const [head, found] of ports) {
    for (const country of states.get(head) ?? []) {
      reached.set(country, new Set([...(reached.get(country) ?? []), ...found]));
    }
  }
  return reached;
}

/** The rows among links whose own capacity is known. */
function capacityOf(links: readonly Link[]): Cut["capacityGone"] {
  const rows = [...new Set(links.map(({ row }) => row))].sort((one, other) => before(one.id, other.id));
  return rows.flatMap((row) => {
    const { capacity, capacity_unit: unit } = row.facts;
    return capacity && unit ? [{ row, capacity, unit }] : [];
  });
}

const ranked = new WeakMap<Network, readonly Bridge[]>();

/** The rows with single points of failure, those whose loss parts the most pairs of places first. */
export function bridgesOf(network: Network): readonly Bridge[] {
  const known = ranked.get(network) ?? ranking(network);
  ranked.set(network, known);
  return known;
}

function ranking(network: Network): Bridge[] {
  const found = partings(graphOf(network)).flatMap(({ link, sides: [one, other] }) => {
    const { row, start, end, states } = link;
    const bridge = { row, between: [start, end] as const, places: Math.min(one, other), pairs: one * other };
    return bridge.places > 1 ? [{ ...bridge, countries: states.map(([code]) => code) }] : [];
  });
  found.sort(
    (one, other) =>
      other.pairs - one.pairs ||
      before(one.row.id, other.row.id) ||
      before(one.between[0], other.between[0]) ||
      before(one.between[1], other.between[1]),
  );
  const worst = new Map<Row, Bridge>();
  for (const bridge of found) {
    const links = found.filter(({ row }) => row === bridge.row).length;
    if (!worst.has(bridge.row)) worst.set(bridge.row, { ...bridge, links });
  }
  return [...worst.values()].slice(0, NETWORK.most_bridges);
}
