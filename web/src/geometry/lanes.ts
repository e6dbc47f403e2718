// Sets lines that lie on one another beside each other: finds where they run together on the screen, gives each a lane
// and says by how much every point of a line is moved. Knows no map; the same lines give the same lanes.
import type { Path } from "./mercator.ts";
import type { Point } from "./paths.ts";

/** A line as it takes part: its paths, and what of it goes on in another line where their ends meet. */
export interface Strand {
  readonly paths: readonly Path[];
  /** Strands of one course are joined to one where their ends meet, then those of one family. */
  readonly course: string;
  readonly family: string;
}

/** What the lanes of now depend on, for strands by number. */
export interface Wanted {
  isShown(strand: number): boolean;
  /** Px between the middles of two strokes beside each other; 0 for those that are drawn as one. */
  room(one: number, other: number): number;
}

/** Px between two points at which lines are compared. */
const STEP = 4;

/** Px within which another line counts as a neighbour, and how nearly parallel it runs (cosine of the angle). */
const REACH = 12;
const PARALLEL = 0.8;

/** Lines run together when at so many points they are nearer than so many px: what only crosses stays where it is. */
const NEAR = 5;
const LEAST_POINTS = 8;

/** A neighbour on the wrong side by more than this share of the room both need is let go: the lines cross there. */
const WRONG_SIDE = 0.6;

/** How far moves are evened out along a line, in points to each side, and how often. */
const EVEN = 5;
const PASSES = 2;

/** Over so many px a line goes back to its true end. */
const TAPER = 18;

/** An end nearer than so many px to the middle of another line of its family follows it. */
const ON_LINE = 1.6;

/** Directions are taken over so many points to both sides. */
const TURN = 2;

/** Inside a bend a point that was moved by more than so many px is left out when it has come nearer to its line. */
const LEAST_BEND = 1.2;
const CLEAR = 0.9;

/** How far along a line that is compared, as a multiple of the move: enough for the tightest bends that lines have. */
const HAIRPIN = 7;

/** Points on a straight line are left out, so many in a row at most: many small turns make a bend. */
const MOST_STRAIGHT = 12;

/** Buckets of the grid, a power of two, and how many of them make a row. */
const BUCKETS = 1 << 15;
const COLUMNS = 256;

/** The squares in which neighbours are looked for. */
const NEIGHBOURS = 9;

/** Moves less than this are none. */
const NOTHING = 0.05;

/** Px beyond the frame that are looked at, so that nothing is cut off at its edge. */
const BEYOND = 60;

/** Ends this near to each other in Mercator coordinates meet: about 40 m. */
const SAME_END = 1e6;

/** A path in a chain of paths. */
interface Piece {
  readonly strand: number;
  readonly path: number;
  readonly isReversed: boolean;
}
type Chain = readonly Piece[];

const turned = (chain: Chain): Piece[] => chain.map((piece) => ({ ...piece, isReversed: !piece.isReversed })).reverse();

/** Paths joined where ends of one course meet, then of one family; where more than two meet, the straightest. */
export function chainsOf(strands: readonly Strand[]): Chain[] {
  const single = strands.flatMap(({ paths }, strand) =>
    paths.flatMap((points, path) => (points.length > 3 ? [[{ strand, path, isReversed: false }]] : [])),
  );
  return linked(linked(single, strands, "course"), strands, "family");
}

function linked(chains: readonly Chain[], strands: readonly Strand[], by: "course" | "family"): Chain[] {
  const open: (Chain | null)[] = [...chains];
  const ends = new Map<string, { chain: number; way: Readonly<Point> }[]>();
  for (const [number, chain] of chains.entries()) {
    for (const atStart of [true, false]) {
      const { key, way } = endOf(chain, atStart, strands, by);
      const meeting = ends.get(key);
      if (meeting) meeting.push({ chain: number, way });
      else ends.set(key, [{ chain: number, way }]);
    }
  }
  /** The chain that another has become part of. */
  const partOf = chains.map((_, number) => number);
  const rootOf = (number: number): number => (partOf[number] === number ? number : rootOf(partOf[number]));
  for (const [key, meeting] of ends) {
    let best: { first: number; second: number; straight: number } | null = null;
    for (const [i, one] of meeting.entries()) {
      for (const other of meeting.slice(i + 1)) {
        const [first, second] = [rootOf(one.chain), rootOf(other.chain)];
        const straight = -(one.way[0] * other.way[0] + one.way[1] * other.way[1]);
        if (first !== second && straight > (best?.straight ?? 0)) best = { first, second, straight };
      }
    }
    if (!best) continue;
    const [head, tail] = [open[best.first] ?? [], open[best.second] ?? []];
    const endsHere = endOf(head, false, strands, by).key === key;
    const beginsHere = endOf(tail, true, strands, by).key === key;
    open[best.first] = [...(endsHere ? head : turned(head)), ...(beginsHere ? tail : turned(tail))];
    open[best.second] = null;
    partOf[best.second] = best.first;
  }
  return open.filter((chain) => chain !== null);
}

/** Where a chain begins or ends, under a key for what may be joined there, and its way out of the point. */
function endOf(chain: Chain, atStart: boolean, strands: readonly Strand[], by: "course" | "family") {
  const piece = atStart ? chain[0] : chain[chain.length - 1];
  const points = strands[piece.strand].paths[piece.path];
  const isFirst = atStart !== piece.isReversed;
  const i = isFirst ? 0 : points.length - 2;
  const next = isFirst ? 2 : points.length - 4;
  const [x, y] = [points[i], points[i + 1]];
  const length = Math.hypot(x - points[next], y - points[next + 1]) || 1;
  const way: Point = [(x - points[next]) / length, (y - points[next + 1]) / length];
  const key = `${strands[piece.strand][by]} ${Math.round(x * SAME_END)} ${Math.round(y * SAME_END)}`;
  return { key, way };
}

/** A part of a chain that is drawn, as screen points one after the other. */
interface Run {
  readonly family: string;
  /** Its paths with how many px every point lies from the beginning of the run; what is out of sight has no length. */
  readonly pieces: readonly (Piece & { readonly points: Float32Array; readonly along: Float32Array })[];
  /** Its samples: the first of them and the one after the last. */
  readonly from: number;
  readonly to: number;
}

/** Two runs that are neighbours somewhere. */
interface Pair {
  readonly low: number;
  readonly high: number;
  /** At how many points they run together. */
  near: number;
  /** Positive when they run the same way. */
  same: number;
  /** Positive when the second lies to the right of the first, as the first runs. */
  side: number;
}

/** The screen points of a path of a strand, null where it is out of sight. */
export type ScreenPath = (strand: number, path: number) => Float32Array | null;

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Lines that run together at one view. */
export class Lanes {
  private readonly runs: Run[] = [];
  /** Samples, every few px: where they are, of which run and strand, and which way their run goes there. */
  private readonly xs: number[] = [];
  private readonly ys: number[] = [];
  private readonly runOf: number[] = [];
  private readonly strandOf: number[] = [];
  private readonly tangents: Float32Array;
  /** The same over more samples: across it a sample is moved. */
  private readonly normals: Float32Array;
  /** The neighbours of each sample, one after the other: samples of other runs, and how far right of it they are. */
  private readonly firstMate: Int32Array;
  private mates: number[] = [];
  private asides: number[] = [];
  /** For each run its place from left to right in its bundle, and whether it runs against it. */
  private readonly places: Int32Array;
  private readonly signs: Int8Array;
  /** For both ends of each run the sample of another that it follows, -1 for none. */
  private readonly followed: Int32Array;

  constructor(chains: readonly Chain[], strands: readonly Strand[], frame: Frame, screen: ScreenPath) {
    for (const chain of chains) {
      let pieces: (Piece & { points: Float32Array })[] = [];
      for (const piece of [...chain, null]) {
        const points = piece && screen(piece.strand, piece.path);
        if (points && points.length > 3) {
          pieces.push({ ...piece, points: piece.isReversed ? pointsTurned(points) : points });
          continue;
        }
        if (pieces.length) this.addRun(strands[pieces[0].strand].family, pieces, frame);
        pieces = [];
      }
    }
    this.tangents = this.tangentsOver(TURN);
    this.normals = this.tangentsOver(TURN + 1);
    const grid = new Grid(this.xs, this.ys, REACH);
    this.firstMate = new Int32Array(this.xs.length + 1);
    this.places = new Int32Array(this.runs.length);
    this.signs = new Int8Array(this.runs.length).fill(1);
    this.order(this.meet(grid));
    this.followed = this.endsOnOthers(grid);
  }

  /** The paths of the strands that are moved aside, by strand and path. */
  moved(wanted: Wanted): Map<number, Map<number, Float32Array>> {
    const found = new Map<number, Map<number, Float32Array>>();
    const moves = this.moves(wanted);
    for (const run of this.runs) {
      let isMoved = false;
      for (let i = 2 * run.from; i < 2 * run.to && !isMoved; i++) isMoved = Math.abs(moves[i]) > NOTHING;
      if (!isMoved) continue;
      for (const piece of run.pieces) {
        if (!wanted.isShown(piece.strand)) continue;
        const points = this.movedPiece(run, piece, moves);
        const paths = found.get(piece.strand) ?? new Map<number, Float32Array>();
        found.set(piece.strand, paths.set(piece.path, piece.isReversed ? pointsTurned(points) : points));
      }
    }
    return found;
  }

  private addRun(family: string, pieces: readonly (Piece & { points: Float32Array })[], frame: Frame): void {
    const from = this.xs.length;
    const run = this.runs.length;
    let length = 0;
    const measured = pieces.map((piece) => {
      const { points } = piece;
      const along = new Float32Array(points.length / 2);
      along[0] = length;
      for (let i = 2; i < points.length; i += 2) {
        const ax = points[i - 2];
        const ay = points[i - 1];
        const bx = points[i];
        const by = points[i + 1];
        const added = isNear(frame, ax, ay, bx, by) ? Math.hypot(bx - ax, by - ay) : 0;
        for (let at = (this.xs.length - from) * STEP; added && at <= length + added; at += STEP) {
          const share = (at - length) / added;
          this.xs.push(ax + (bx - ax) * share);
          this.ys.push(ay + (by - ay) * share);
          this.runOf.push(run);
          this.strandOf.push(piece.strand);
        }
        length += added;
        along[i / 2] = length;
      }
      return { ...piece, along };
    });
    this.runs.push({ family, pieces: measured, from, to: this.xs.length });
  }

  /** The direction at each sample, over so many samples to both sides. */
  private tangentsOver(reach: number): Float32Array {
    const { xs, ys } = this;
    const tangents = new Float32Array(2 * xs.length);
    for (const { from, to } of this.runs) {
      for (let k = from; k < to; k++) {
        const a = Math.max(from, k - reach);
        const b = Math.min(to - 1, k + reach);
        const length = Math.hypot(xs[b] - xs[a], ys[b] - ys[a]) || 1;
        tangents[2 * k] = (xs[b] - xs[a]) / length;
        tangents[2 * k + 1] = (ys[b] - ys[a]) / length;
      }
    }
    return tangents;
  }

  /** Find the neighbours of every sample, and which runs go together. */
  private meet(grid: Grid): Pair[] {
    const { xs, ys, runOf, tangents, runs, firstMate } = this;
    const pairs = new Map<number, Pair>();
    const nearest = new Int32Array(runs.length);
    const distances = new Float32Array(runs.length);
    const keyOf = (one: number, other: number) => Math.min(one, other) * runs.length + Math.max(one, other);
    /** The sample that last met each run, and the runs that the sample of now has met. */
    const metBy = new Int32Array(runs.length).fill(-1);
    const met = new Int32Array(runs.length);
    for (let k = 0; k < xs.length; k++) {
      const x = xs[k];
      const y = ys[k];
      const tx = tangents[2 * k];
      const ty = tangents[2 * k + 1];
      const own = runOf[k];
      let count = 0;
      const around = grid.around(x, y);
      for (let i = 0; i < around; i++) {
        const j = grid.found[i];
        const other = runOf[j];
        if (other === own) continue;
        const dx = xs[j] - x;
        const dy = ys[j] - y;
        const distance = dx * dx + dy * dy;
        if (distance > REACH * REACH || Math.abs(tx * tangents[2 * j] + ty * tangents[2 * j + 1]) < PARALLEL) continue;
        if (metBy[other] !== k) {
          metBy[other] = k;
          met[count++] = other;
        } else if (distance >= distances[other]) continue;
        nearest[other] = j;
        distances[other] = distance;
      }
      firstMate[k] = this.mates.length;
      for (let i = 0; i < count; i++) {
        const other = met[i];
        const j = nearest[other];
        const aside = (ys[j] - y) * tx - (xs[j] - x) * ty;
        this.mates.push(j);
        this.asides.push(aside);
        if (other < own) continue;
        const key = keyOf(own, other);
        let pair = pairs.get(key);
        if (!pair) {
          pair = { low: own, high: other, near: 0, same: 0, side: 0 };
          pairs.set(key, pair);
        }
        if (Math.abs(aside) < NEAR) pair.near += 1;
        pair.same += Math.sign(tx * tangents[2 * j] + ty * tangents[2 * j + 1]);
        pair.side += aside;
      }
    }
    firstMate[xs.length] = this.mates.length;
    const together = [...pairs.values()].filter(({ near }) => near >= LEAST_POINTS);
    this.keepOnly(new Set(together.map(({ low, high }) => keyOf(low, high))), keyOf);
    return together.sort((a, b) => b.near - a.near || a.low - b.low || a.high - b.high);
  }

  /** Forget neighbours that are of no pair. */
  private keepOnly(pairs: ReadonlySet<number>, keyOf: (one: number, other: number) => number): void {
    const { firstMate, runOf, mates, asides } = this;
    this.mates = [];
    this.asides = [];
    for (let k = 0; k < runOf.length; k++) {
      const [from, to] = [firstMate[k], firstMate[k + 1]];
      firstMate[k] = this.mates.length;
      for (let m = from; m < to; m++) {
        if (!pairs.has(keyOf(runOf[k], runOf[mates[m]]))) continue;
        this.mates.push(mates[m]);
        this.asides.push(asides[m]);
      }
    }
    firstMate[runOf.length] = this.mates.length;
  }

  /** Give the runs that go together one direction and places from left to right, so that few change sides. */
  private order(pairs: readonly Pair[]): void {
    const { signs, places, runs } = this;
    const bundles = runs.map((_, run) => [run]);
    for (const { low, high, same } of pairs) {
      const [one, other] = [bundles[low], bundles[high]];
      if (one === other) continue;
      const turn = signs[low] * signs[high] * (same < 0 ? -1 : 1);
      for (const run of other) {
        signs[run] *= turn;
        bundles[run] = one;
      }
      one.push(...other);
    }
    /** For each run its neighbours and how far they lie to the right, in the direction of the bundle. */
    const rights = runs.map(() => new Map<number, number>());
    const weights = new Int32Array(runs.length);
    for (const { low, high, side, near } of pairs) {
      rights[low].set(high, side * signs[low]);
      rights[high].set(low, -side * signs[low]);
      weights[low] += near;
      weights[high] += near;
    }
    for (const bundle of new Set(bundles)) {
      const placed: number[] = [];
      for (const run of bundle.sort((a, b) => weights[b] - weights[a] || a - b)) {
        let cost = 0;
        let best = { cost: 0, at: 0 };
        for (const [at, other] of placed.entries()) {
          cost += rights[run].get(other) ?? 0;
          if (cost <= best.cost) best = { cost, at: at + 1 };
        }
        placed.splice(best.at, 0, run);
      }
      for (const [place, run] of placed.entries()) places[run] = place;
    }
  }

  private endsOnOthers(grid: Grid): Int32Array {
    const { xs, ys, runs, runOf } = this;
    const followed = new Int32Array(2 * runs.length).fill(-1);
    const inside = TAPER / STEP;
    for (const [run, { from, to, family }] of runs.entries()) {
      for (const [end, k] of [from, to - 1].entries()) {
        let least = ON_LINE + STEP / 2;
        const around = to > from ? grid.around(xs[k], ys[k]) : 0;
        for (let i = 0; i < around; i++) {
          const j = grid.found[i];
          const other = runs[runOf[j]];
          if (runOf[j] === run || other.family !== family) continue;
          const isInside = j >= other.from + inside && j < other.to - inside;
          const distance = Math.hypot(xs[j] - xs[k], ys[j] - ys[k]);
          if (!isInside || distance >= least) continue;
          least = distance;
          followed[2 * run + end] = j;
        }
      }
    }
    return followed;
  }

  /** By how much every sample is moved: x, y. */
  private moves(wanted: Wanted): Float32Array {
    const { runs, signs, firstMate, followed, normals } = this;
    const count = this.xs.length;
    const shifts = new Float32Array(count);
    const moves = new Float32Array(2 * count);
    const lanes = new Bundle(wanted);
    for (const [run, { from, to }] of runs.entries()) {
      if (firstMate[from] === firstMate[to]) continue;
      for (let k = from; k < to; k++) {
        if (firstMate[k] < firstMate[k + 1]) shifts[k] = this.shift(k, wanted, lanes) * signs[run];
      }
      evened(shifts.subarray(from, to));
      for (let k = from; k < to; k++) {
        moves[2 * k] = -normals[2 * k + 1] * shifts[k];
        moves[2 * k + 1] = normals[2 * k] * shifts[k];
      }
    }
    const free = moves.slice();
    for (const [run, { from, to }] of runs.entries()) {
      const steps = Math.min(TAPER / STEP, (to - from) / 2);
      for (const end of [0, 1]) {
        const j = followed[2 * run + end];
        const [x, y] = j >= 0 && wanted.isShown(this.strandOf[j]) ? [free[2 * j], free[2 * j + 1]] : [0, 0];
        for (let step = 0; step < steps; step++) {
          const k = end ? to - 1 - step : from + step;
          const share = 0.5 - Math.cos((Math.PI * step) / steps) / 2;
          moves[2 * k] = x + (moves[2 * k] - x) * share;
          moves[2 * k + 1] = y + (moves[2 * k + 1] - y) * share;
        }
      }
    }
    return moves;
  }

  /** How far a sample moves to the right of its bundle: all stay as near to where they are as their room lets them. */
  private shift(k: number, wanted: Wanted, lanes: Bundle): number {
    const { runOf, strandOf, signs, places, firstMate, mates, asides } = this;
    const run = runOf[k];
    lanes.begin(places[run], strandOf[k]);
    for (let m = firstMate[k]; m < firstMate[k + 1]; m++) {
      const strand = strandOf[mates[m]];
      if (!wanted.isShown(strand)) continue;
      const place = places[runOf[mates[m]]];
      const at = asides[m] * signs[run];
      const wrong = place > places[run] ? -at : at;
      if (wrong <= WRONG_SIDE * lanes.room(strandOf[k], strand)) lanes.add(place, at, strand);
    }
    return lanes.shift(places[run]);
  }

  /** The points of a piece, moved; those that would turn back inside a bend are left out. */
  private movedPiece({ from, to }: Run, { points, along }: Run["pieces"][number], moves: Float32Array): Float32Array {
    const out: number[] = [];
    const last = along.length - 1;
    let straight = 0;
    const add = (x: number, y: number, at: number, isEnd: boolean) => {
      const k = Math.max(from, Math.min(to - 1, from + Math.floor(at / STEP)));
      const next = Math.min(to - 1, k + 1);
      const share = Math.min(1, at / STEP - (k - from));
      const dx = moves[2 * k] + (moves[2 * next] - moves[2 * k]) * share;
      const dy = moves[2 * k + 1] + (moves[2 * next + 1] - moves[2 * k + 1]) * share;
      if (!isEnd && !this.isClear(from, to, k, x + dx, y + dy, Math.hypot(dx, dy))) return;
      if (isStraight(out, x + dx, y + dy) && straight < MOST_STRAIGHT) {
        out.length -= 2;
        straight += 1;
      } else straight = 0;
      out.push(x + dx, y + dy);
    };
    for (let i = 0; i <= last; i++) {
      const [x, y] = [points[2 * i], points[2 * i + 1]];
      if (i && along[i] - along[i - 1] > STEP) {
        const [ax, ay] = [points[2 * i - 2], points[2 * i - 1]];
        const length = along[i] - along[i - 1];
        for (let at = Math.floor(along[i - 1] / STEP + 1) * STEP; at < along[i]; at += STEP) {
          const share = (at - along[i - 1]) / length;
          add(ax + (x - ax) * share, ay + (y - ay) * share, at, false);
        }
      }
      add(x, y, along[i], i === 0 || i === last);
    }
    return Float32Array.from(out);
  }

  /** Whether a moved point is not nearer to its own line than it was moved. */
  private isClear(from: number, to: number, k: number, x: number, y: number, moved: number): boolean {
    if (moved < LEAST_BEND) return true;
    const reach = Math.ceil((HAIRPIN * moved) / STEP) + 2;
    const least = (CLEAR * moved) ** 2;
    for (let j = Math.max(from, k - reach); j < Math.min(to, k + reach + 1); j++) {
      if ((this.xs[j] - x) ** 2 + (this.ys[j] - y) ** 2 < least) return false;
    }
    return true;
  }
}

const isNear = ({ x, y, width, height }: Frame, ax: number, ay: number, bx: number, by: number) =>
  Math.max(ax, bx) > x - BEYOND &&
  Math.min(ax, bx) < x + width + BEYOND &&
  Math.max(ay, by) > y - BEYOND &&
  Math.min(ay, by) < y + height + BEYOND;

function pointsTurned(points: Float32Array): Float32Array {
  const out = new Float32Array(points.length);
  for (let i = 0; i < points.length; i += 2) {
    out[i] = points[points.length - 2 - i];
    out[i + 1] = points[points.length - 1 - i];
  }
  return out;
}

/** Whether the last of some points lies on the way from the one before it to a further one. */
function isStraight(points: readonly number[], x: number, y: number): boolean {
  const last = points.length - 2;
  if (last < 2) return false;
  const dx = x - points[last - 2];
  const dy = y - points[last - 1];
  const aside = dx * (points[last + 1] - points[last - 1]) - dy * (points[last] - points[last - 2]);
  return Math.abs(aside) < NOTHING * Math.hypot(dx, dy);
}

/**
 * The lines beside each other at one sample after the other: their places from left to right, how far they lie aside,
 * and their strands. The lists are used again for each sample.
 */
class Bundle {
  private readonly wanted: Wanted;
  private readonly rooms = new Map<number, number>();
  private readonly places: number[] = [];
  private readonly asides: number[] = [];
  private readonly strands: number[] = [];
  private readonly offsets: number[] = [];
  private readonly blocks = new Blocks();
  private count = 0;

  constructor(wanted: Wanted) {
    this.wanted = wanted;
  }

  /** Begin with the line of the sample itself. */
  begin(place: number, strand: number): void {
    this.count = 0;
    this.add(place, 0, strand);
  }

  add(place: number, at: number, strand: number): void {
    const { places, asides, strands } = this;
    let i = this.count;
    for (; i > 0 && places[i - 1] > place; i--) {
      places[i] = places[i - 1];
      asides[i] = asides[i - 1];
      strands[i] = strands[i - 1];
    }
    places[i] = place;
    asides[i] = at;
    strands[i] = strand;
    this.count += 1;
  }

  /** Px between the middles of two strokes beside each other, asked for once. */
  room(one: number, other: number): number {
    const key = one * MOST_STRANDS + other;
    let room = this.rooms.get(key);
    if (room === undefined) {
      room = this.wanted.room(one, other);
      this.rooms.set(key, room);
    }
    return room;
  }

  /** How far the line at a place moves to the right. */
  shift(place: number): number {
    const { count, places, asides, strands, offsets, blocks } = this;
    if (count < 2) return 0;
    let own = 0;
    blocks.clear();
    offsets[0] = 0;
    for (let i = 0; i < count; i++) {
      if (i) offsets[i] = offsets[i - 1] + this.room(strands[i - 1], strands[i]);
      if (places[i] === place) own = i;
      blocks.add(asides[i] - offsets[i]);
    }
    return blocks.at(own) + offsets[own];
  }
}

/** More strands than there are: two numbers make one key. */
const MOST_STRANDS = 1 << 22;

/** The values that never fall and are nearest to those that are added: where these fall, their mean. */
class Blocks {
  private readonly sums: number[] = [];
  private readonly counts: number[] = [];
  private length = 0;

  clear(): void {
    this.length = 0;
  }

  add(value: number): void {
    const { sums, counts } = this;
    let sum = value;
    let count = 1;
    let last = this.length - 1;
    while (last >= 0 && sums[last] * count > sum * counts[last]) {
      sum += sums[last];
      count += counts[last];
      last -= 1;
    }
    this.length = last + 1;
    sums[this.length] = sum;
    counts[this.length] = count;
    this.length += 1;
  }

  /** The value in the place of the one that was added as the `number`th. */
  at(number: number): number {
    let block = 0;
    for (let left = number - this.counts[0]; left >= 0; left -= this.counts[block]) block += 1;
    return this.sums[block] / this.counts[block];
  }
}

/** The values that never fall and are nearest to the given ones: where they fall, their mean. */
export function rising(values: readonly number[]): number[] {
  const blocks = new Blocks();
  for (const value of values) blocks.add(value);
  return values.map((_, number) => blocks.at(number));
}

/** Even values out along a line, in place. */
function evened(values: Float32Array): void {
  const sums = new Float64Array(values.length + 1);
  for (let pass = 0; pass < PASSES; pass++) {
    for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i] + values[i];
    for (let i = 0; i < values.length; i++) {
      const from = Math.max(0, i - EVEN);
      const to = Math.min(values.length, i + EVEN + 1);
      values[i] = (sums[to] - sums[from]) / (to - from);
    }
  }
}

/** Points by squares, so that those around another are found quickly. Squares that share a bucket cost only time. */
class Grid {
  private readonly size: number;
  /** The points of each bucket, one bucket after the other. */
  private readonly starts = new Int32Array(BUCKETS + 1);
  private readonly points: Int32Array;
  /** What the last question has found. */
  readonly found: Int32Array;

  constructor(xs: readonly number[], ys: readonly number[], size: number) {
    this.size = size;
    const buckets = new Int32Array(xs.length);
    this.points = new Int32Array(xs.length);
    this.found = new Int32Array(NEIGHBOURS * xs.length);
    for (let k = 0; k < buckets.length; k++) {
      buckets[k] = bucketOf(Math.floor(xs[k] / size), Math.floor(ys[k] / size));
      this.starts[buckets[k] + 1] += 1;
    }
    for (let bucket = 0; bucket < BUCKETS; bucket++) this.starts[bucket + 1] += this.starts[bucket];
    const next = this.starts.slice();
    for (let k = 0; k < buckets.length; k++) {
      this.points[next[buckets[k]]] = k;
      next[buckets[k]] += 1;
    }
  }

  /** Find the points in the square of (x, y) and in the eight around it, and perhaps others. How many there are. */
  around(x: number, y: number): number {
    const { size, starts, points, found } = this;
    const column = Math.floor(x / size);
    const row = Math.floor(y / size);
    let count = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        const bucket = bucketOf(column + dx, row + dy);
        for (let i = starts[bucket]; i < starts[bucket + 1]; i++) found[count++] = points[i];
      }
    }
    return count;
  }
}

const bucketOf = (column: number, row: number): number => (column + row * COLUMNS) & (BUCKETS - 1);
