// The ways of a corridor: its main line, the longest of the shortest ways between two of its ends, and its branches.
// Built from the places along its rows; a corridor is a net, and the sum of its lines is the length of no journey.
import type { RowForm } from "./row.ts";

interface Routed {
  readonly form: RowForm;
  readonly km: number;
  readonly places: readonly string[];
}

interface Counted {
  readonly countries: readonly string[];
  readonly kmByCountry: Readonly<Record<string, number>>;
}

/** A row on a way, and which share of it. */
export interface OnWay<Row> {
  readonly row: Row;
  readonly share: number;
}

export interface Way<Row> {
  readonly from: string;
  readonly to: string;
  readonly km: number;
  readonly parts: readonly OnWay<Row>[];
}

export interface Ways<Row> {
  readonly main: Way<Row> | null;
  /** The rest, the longest first. */
  readonly branches: readonly Way<Row>[];
}

type Position = readonly [longitude: number, latitude: number];

interface Edge<Row> {
  readonly row: Row;
  readonly from: string;
  readonly to: string;
  readonly km: number;
}

type Net<Row> = ReadonlyMap<string, readonly Edge<Row>[]>;

const DEGREE = Math.PI / 180;

/** The angle between two positions: lengths along a row are only compared with each other. */
function apart(one: Position | undefined, other: Position | undefined): number {
  if (!one || !other) return 0;
  const [x, y] = [(other[0] - one[0]) * DEGREE, (other[1] - one[1]) * DEGREE];
  const chord = Math.sin(y / 2) ** 2 + Math.cos(one[1] * DEGREE) * Math.cos(other[1] * DEGREE) * Math.sin(x / 2) ** 2;
  return 2 * Math.asin(Math.min(1, Math.sqrt(chord)));
}

const otherEnd = <Row>(edge: Edge<Row>, place: string) => (edge.from === place ? edge.to : edge.from);

/** Rows cut at the places where others join; the km of a row are shared out by the distances of its places. */
function edgesOf<Row extends Routed>(rows: readonly Row[], at: (place: string) => Position | undefined): Edge<Row>[] {
  const joins = new Map<string, number>();
  for (const row of rows) for (const place of new Set(row.places)) joins.set(place, (joins.get(place) ?? 0) + 1);
  const edges: Edge<Row>[] = [];
  for (const row of rows) {
    const { places } = row;
    const steps = places.slice(1).map((place, i) => apart(at(places[i]), at(place)));
    const whole = steps.reduce((sum, step) => sum + step, 0);
    let [from, way] = [0, 0];
    for (let i = 1; i < places.length; i += 1) {
      way += steps[i - 1];
      if (i < places.length - 1 && (joins.get(places[i]) ?? 0) < 2) continue;
      const share = whole ? way / whole : 1 / (places.length - 1);
      edges.push({ row, from: places[from], to: places[i], km: row.km * share });
      [from, way] = [i, 0];
    }
  }
  return edges.filter((edge) => edge.from !== edge.to);
}

function netOf<Row>(edges: readonly Edge<Row>[]): Net<Row> {
  const net = new Map<string, Edge<Row>[]>();
  for (const edge of edges) {
    for (const place of [edge.from, edge.to]) net.set(place, [...(net.get(place) ?? []), edge]);
  }
  return net;
}

const neighbours = <Row>(net: Net<Row>, place: string) =>
  new Set((net.get(place) ?? []).map((edge) => otherEnd(edge, place)));

/** The shortest ways from a place: for each place it reaches the km, and the edge by which it is reached. */
function shortestFrom<Row>(net: Net<Row>, start: string): Map<string, { km: number; by: Edge<Row> | null }> {
  const found = new Map<string, { km: number; by: Edge<Row> | null }>([[start, { km: 0, by: null }]]);
  const open = new Set([start]);
  while (open.size) {
    const here = [...open].reduce((best, place) => (kmTo(found, place) < kmTo(found, best) ? place : best));
    open.delete(here);
    for (const edge of net.get(here) ?? []) {
      const [there, km] = [otherEnd(edge, here), kmTo(found, here) + edge.km];
      if (km >= kmTo(found, there)) continue;
      found.set(there, { km, by: edge });
      open.add(there);
    }
  }
  return found;
}

const kmTo = (found: ReadonlyMap<string, { km: number }>, place: string) =>
  found.get(place)?.km ?? Number.POSITIVE_INFINITY;

/** The longest of the shortest ways between two ends, in the order of travel; a ring, which has no end, has none. */
function mainEdges<Row>(net: Net<Row>): { from: string; to: string; edges: Edge<Row>[] } | null {
  const ends = [...net.keys()].filter((place) => neighbours(net, place).size === 1);
  let best: { from: string; to: string; km: number } | null = null;
  for (const from of ends) {
    const found = shortestFrom(net, from);
    for (const to of ends) {
      const km = kmTo(found, to);
      if (Number.isFinite(km) && km > (best?.km ?? 0)) best = { from, to, km };
    }
  }
  if (!best) return null;
  const found = shortestFrom(net, best.from);
  const edges: Edge<Row>[] = [];
  let alongTravel = 0;
  for (let place = best.to; place !== best.from; ) {
    const by = found.get(place)?.by;
    if (!by) break;
    edges.unshift(by);
    alongTravel += by.to === place ? by.km : -by.km;
    place = otherEnd(by, place);
  }
  if (alongTravel >= 0) return { from: best.from, to: best.to, edges };
  return { from: best.to, to: best.from, edges: edges.reverse() };
}

function wayOf<Row extends Routed>(from: string, to: string, edges: readonly Edge<Row>[]): Way<Row> {
  const shares = new Map<Row, number>();
  for (const { row, km } of edges) shares.set(row, (shares.get(row) ?? 0) + (row.km ? km / row.km : 0));
  const parts = [...shares].map(([row, share]) => ({ row, share }));
  return { from, to, km: edges.reduce((sum, edge) => sum + edge.km, 0), parts };
}

/** What is left of a net in chains from one junction, end or place of the main line to the next. */
function chains<Row extends Routed>(edges: readonly Edge<Row>[], onMain: ReadonlySet<string>): Way<Row>[] {
  const net = netOf(edges);
  const left = new Set(edges);
  const runsOn = (place: string) => !onMain.has(place) && net.get(place)?.length === 2;
  const follow = (first: Edge<Row>, start: string): Way<Row> => {
    const chain = [first];
    left.delete(first);
    let place = otherEnd(first, start);
    while (runsOn(place)) {
      const next = net.get(place)?.find((edge) => left.has(edge));
      if (!next) break;
      chain.push(next);
      left.delete(next);
      place = otherEnd(next, place);
    }
    return wayOf(start, place, chain);
  };
  const ways: Way<Row>[] = [];
  const starts = [...net.keys()].filter((place) => !runsOn(place));
  for (const start of starts)
    for (const edge of net.get(start) ?? []) if (left.has(edge)) ways.push(follow(edge, start));
  for (const edge of edges) if (left.has(edge)) ways.push(follow(edge, edge.from)); // what is left are rings
  return ways;
}

/** The ways of the lines among `rows`; the main line runs over those that are `open`, or over all when none is. */
export function waysOf<Row extends Routed>(
  rows: readonly Row[],
  at: (place: string) => Position | undefined,
  open: (row: Row) => boolean = () => true,
): Ways<Row> {
  const lines = rows.filter((row) => row.form === "line" && row.places.length > 1 && row.km > 0);
  const edges = edgesOf(lines, at);
  const opened = edges.filter(({ row }) => open(row));
  const found = mainEdges(netOf(opened)) ?? mainEdges(netOf(edges));
  const main = found && wayOf(found.from, found.to, found.edges);
  const used = new Set(found?.edges);
  const onMain = new Set(found?.edges.flatMap(({ from, to }) => [from, to]));
  const branches = chains(
    edges.filter((edge) => !used.has(edge)),
    onMain,
  );
  return { main, branches: branches.sort((a, b) => b.km - a.km) };
}

/** What lies on a way as sums see it: each row with the km of its share, in all and in each state. */
export function partsOfWay<Row extends Routed & Counted>(way: Way<Row>): (Routed & Counted)[] {
  return way.parts.map(({ row, share }) => ({
    form: row.form,
    places: row.places,
    countries: row.countries,
    km: row.km * share,
    kmByCountry: Object.fromEntries(Object.entries(row.kmByCountry).map(([code, km]) => [code, km * share])),
  }));
}
