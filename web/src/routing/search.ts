// The search for the best way through the network: by length, by borders or by breaks of gauge. The same costs, states
// and ties as in sco_map/routing/search.py: the state of a search is the joint at which one has arrived, the state
// whose soil one was on last, and how many of the places to pass are behind; what counts first follows from the aim,
// the others break ties, then the number of links, then the order of ids.
import { NETWORK } from "../contract.ts";
import { changesGauge, type Graph, type Joint, type Step } from "./graph.ts";
import { Heap } from "./heap.ts";
import { type Aim, isBreak } from "./links.ts";
import { type Things, touches } from "./questions.ts";

export type Way = readonly Step[];

/** A place to pass, or what is passed on any link of some rows or in some states. */
export type Stop = string | Things;

const isAt = (stop: Stop, { end, link }: Step): boolean =>
  typeof stop === "string" ? end === stop : touches(link, stop);

/** What counts second, third and last share a number: the last two have so much room below the one above them. */
const THIRD = 2 ** 12;
const SECOND = 2 ** 22;

/** The costs of a stretch, what counts first apart from the rest. */
function costs(by: Aim, metres: number, borders: number, breaks: number, links: number): [number, number] {
  if (by === "borders") return [borders, metres * SECOND + breaks * THIRD + links];
  if (by === "gauges") return [breaks, metres * SECOND + borders * THIRD + links];
  return [metres, borders * SECOND + breaks * THIRD + links];
}

/** What a search has spent on each of its states, and by which step from which other one; kept for the next search. */
class Board {
  readonly size: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly from: Int32Array;
  readonly by: Int32Array;
  readonly done: Uint8Array;
  private readonly reached: number[] = [];

  constructor(size: number) {
    this.size = size;
    this.first = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.second = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.from = new Int32Array(size);
    this.by = new Int32Array(size);
    this.done = new Uint8Array(size);
  }

  /** Whether a state is reached at less cost than before. */
  improves(state: number, first: number, second: number): boolean {
    return first < this.first[state] || (first === this.first[state] && second < this.second[state]);
  }

  reach(state: number, first: number, second: number, from: number, by: number): void {
    if (this.first[state] === Number.POSITIVE_INFINITY) this.reached.push(state);
    this.first[state] = first;
    this.second[state] = second;
    this.from[state] = from;
    this.by[state] = by;
  }

  clear(): void {
    for (const state of this.reached) {
      this.first[state] = Number.POSITIVE_INFINITY;
      this.second[state] = Number.POSITIVE_INFINITY;
      this.done[state] = 0;
    }
    this.reached.length = 0;
  }
}

const boards = new WeakMap<Graph, Board>();

/** An empty board of so many states. */
function boardOf(graph: Graph, size: number): Board {
  const kept = boards.get(graph);
  const board = kept?.size === size ? kept : new Board(size);
  boards.set(graph, board);
  board.clear();
  return board;
}

const NOTHING_BEFORE = -1;

/**
 * The best way through stops in their order, the first and last of them places; null when there is none.
 * `worn` says of links how often they were used before: each time makes them half as long again, for alternatives.
 */
export function bestWay(graph: Graph, stops: readonly Stop[], by: Aim, worn: ReadonlyMap<number, number>): Way | null {
  const { joints, states } = graph;
  const passes = stops.length;
  // The joints, and the beginning as one more; the soils; and the places passed but for the last, which ends the
  // search.
  const begin = joints.length;
  const start = graph.start(String(stops[0]));
  const board = boardOf(graph, (joints.length + 1) * states * passes);
  const heap = new Heap();
  const first = begin * states * passes;
  board.reach(first, 0, 0, NOTHING_BEFORE, NOTHING_BEFORE);
  heap.push(0, 0, first);
  while (heap.size) {
    const state = heap.pop();
    if (board.done[state]) continue;
    board.done[state] = 1;
    const passed = (state % passes) + 1;
    if (passed === passes) return trail(graph, board, state);
    const here = Math.floor(state / passes);
    const soil = here % states;
    const joint: Joint = joints[(here - soil) / states] ?? start;
    for (const step of joint.steps) {
      const used = worn.get(step.number) ?? 0;
      const metres = step.metres + Math.floor((step.metres * used) / 2);
      const borders = step.borders + (soil && step.first && soil !== step.first ? 1 : 0);
      const [one, rest] = costs(by, metres, borders, changesGauge(joint.side, step) ? 1 : 0, 1);
      let behind = passed;
      while (behind < passes && isAt(stops[behind], step)) behind += 1;
      const next = (step.joint * states + (step.last || soil)) * passes + behind - 1;
      const [spent, more] = [board.first[state] + one, board.second[state] + rest];
      if (!board.improves(next, spent, more)) continue;
      board.reach(next, spent, more, state, step.id);
      heap.push(spent, more, next);
    }
  }
  return null;
}

/** The steps that led to a state. */
function trail(graph: Graph, board: Board, state: number): Way {
  const steps: Step[] = [];
  for (let at = state; board.from[at] !== NOTHING_BEFORE; at = board.from[at]) steps.push(graph.steps[board.by[at]]);
  return steps.reverse();
}

/** Up to `most` ways that really differ, the best first. */
export function waysThrough(graph: Graph, stops: readonly Stop[], by: Aim, most = 1): Way[] {
  const found: Way[] = [];
  const worn = new Map<number, number>();
  for (let round = 0; round < (most > 1 ? NETWORK.most_rounds : 1); round += 1) {
    const way = bestWay(graph, stops, by, worn);
    if (!way) break;
    if (!found.length || differs(way, found)) found.push(way);
    if (found.length === most) break;
    for (const { number } of way) worn.set(number, (worn.get(number) ?? 0) + 1);
  }
  const costOf = new Map(found.map((way) => [way, costOfWay(way, by)]));
  const cost = (way: Way) => costOf.get(way) ?? [0, 0];
  return found.sort((one, other) => cost(one)[0] - cost(other)[0] || cost(one)[1] - cost(other)[1]);
}

/** Whether a way is an alternative to those found so far. */
const differs = (way: Way, found: readonly Way[]): boolean =>
  metresOf(way) <= NETWORK.longest_detour * metresOf(found[0]) &&
  found.every((other) => inCommon(way, other) <= NETWORK.most_in_common);

/** What a way costs, but for the number of its links, which does not count here. */
function costOfWay(way: Way, by: Aim): [number, number] {
  let [soil, side, borders, breaks] = [0, "", 0, 0];
  for (const step of way) {
    borders += step.borders + (soil && step.first && soil !== step.first ? 1 : 0);
    soil = step.last || soil;
    breaks += isBreak(side, step.link.side) ? 1 : 0;
    side = step.link.side;
  }
  return costs(by, metresOf(way), borders, breaks, 0);
}

export const metresOf = (way: Way): number => way.reduce((sum, { metres }) => sum + metres, 0);

const endsOf = ({ start, end }: Step): string => (start < end ? `${start} ${end}` : `${end} ${start}`);

/** Which share of a way another one has too; two lines between the same places count as one. */
function inCommon(way: Way, other: Way): number {
  const theirs = new Set(other.map(endsOf));
  const shared = way.filter((step) => theirs.has(endsOf(step))).reduce((sum, { metres }) => sum + metres, 0);
  return shared / Math.max(1, metresOf(way));
}

/** The shortest ways from a place to all joints that can be reached. */
export interface Lengths {
  /** The metres to each place. */
  readonly metres: ReadonlyMap<string, number>;
  /** The numbers of the links that these ways use. */
  readonly links: ReadonlySet<number>;
}

export function lengthsFrom(graph: Graph, place: string): Lengths {
  const { joints } = graph;
  const start = graph.start(place);
  const spent = new Float64Array(joints.length).fill(Number.POSITIVE_INFINITY);
  const by = new Int32Array(joints.length).fill(-1);
  const done = new Uint8Array(joints.length);
  const metres = new Map([[place, 0]]);
  const links = new Set<number>();
  const heap = new Heap();
  const spread = (steps: readonly Step[], sofar: number) => {
    for (const step of steps) {
      const whole = sofar + step.metres;
      if (whole >= spent[step.joint]) continue;
      spent[step.joint] = whole;
      by[step.joint] = step.number;
      heap.push(whole, 0, step.joint);
    }
  };
  spread(start.steps, 0);
  while (heap.size) {
    const joint = heap.pop();
    if (done[joint]) continue;
    done[joint] = 1;
    links.add(by[joint]);
    const there = joints[joint];
    if (!metres.has(there.place)) metres.set(there.place, spent[joint]);
    spread(there.steps, spent[joint]);
  }
  return { metres, links };
}
