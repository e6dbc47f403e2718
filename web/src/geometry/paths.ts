// Plane geometry on screen points: distances, offsets, resampling, smoothing, joining. Knows no map.
import type { Path } from "./mercator.ts";
import { Spots } from "./spots.ts";

export type Point = [number, number];

/** The least distance of (x, y) to paths of screen points, Infinity when beyond `reach`. */
export function distanceTo(paths: readonly Path[], x: number, y: number, reach: number): number {
  let best = reach * reach;
  let found = false;
  for (const points of paths) {
    for (let i = 2; i < points.length; i += 2) {
      const ax = points[i - 2];
      const ay = points[i - 1];
      const bx = points[i];
      const by = points[i + 1];
      if ((ax < x - reach && bx < x - reach) || (ax > x + reach && bx > x + reach)) continue;
      if ((ay < y - reach && by < y - reach) || (ay > y + reach && by > y + reach)) continue;
      const dx = bx - ax;
      const dy = by - ay;
      const square = dx * dx + dy * dy;
      const t = square ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
      const px = ax + t * dx - x;
      const py = ay + t * dy - y;
      const distance = px * px + py * py;
      if (distance <= best) {
        best = distance;
        found = true;
      }
    }
  }
  return found ? Math.sqrt(best) : Infinity;
}

/** Whether a point lies in a ring. */
export function isInRing(ring: Path, x: number, y: number): boolean {
  let inside = false;
  let j = ring.length - 2;
  for (let i = 0; i < ring.length; i += 2) {
    const between = ring[i + 1] > y !== ring[j + 1] > y;
    const crossing = ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i];
    if (between && x < crossing) inside = !inside;
    j = i;
  }
  return inside;
}

/** Points every `step` px along a path. */
export function resample(points: Path, step: number): Point[] {
  if (points.length < 2) return [];
  const out: Point[] = [[points[0], points[1]]];
  let rest = step;
  for (let i = 2; i < points.length; i += 2) {
    let ax = points[i - 2];
    let ay = points[i - 1];
    const bx = points[i];
    const by = points[i + 1];
    let length = Math.hypot(bx - ax, by - ay);
    while (length >= rest && length > 0) {
      const t = rest / length;
      ax += (bx - ax) * t;
      ay += (by - ay) * t;
      out.push([ax, ay]);
      length -= rest;
      rest = step;
    }
    rest -= length;
  }
  return out;
}

/** A running mean over `reach` neighbours on either side, `passes` times; the ends stay where they are. */
export function smooth(pairs: readonly Point[], reach: number, passes: number): Point[] {
  let current: readonly Point[] = pairs;
  for (let pass = 0; pass < passes; pass++) {
    const count = current.length;
    const sumX = new Float64Array(count + 1);
    const sumY = new Float64Array(count + 1);
    for (let i = 0; i < count; i++) {
      sumX[i + 1] = sumX[i] + current[i][0];
      sumY[i + 1] = sumY[i] + current[i][1];
    }
    const next: Point[] = [];
    for (let i = 0; i < count; i++) {
      const half = Math.min(reach, i, count - 1 - i);
      const from = i - half;
      const to = i + half + 1;
      const n = to - from;
      next.push([(sumX[to] - sumX[from]) / n, (sumY[to] - sumY[from]) / n]);
    }
    current = next;
  }
  return [...current];
}

/** A path from its end to its start. */
export function reversed(points: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) out.push(points[i], points[i + 1]);
  return out;
}

const isNear = (ax: number, ay: number, bx: number, by: number, gap: number) => Math.hypot(ax - bx, ay - by) <= gap;

/**
 * Two paths as one when an end of one lies within `gap` px of an end of the other, else null: end to start, end to
 * end, start to start and start to end, the second turned where that is needed. The first keeps its direction.
 */
export function joined(first: readonly number[], second: readonly number[], gap: number): number[] | null {
  const run = new Run(first);
  return run.join(second, gap) ? run.points() : null;
}

/** A path that grows at both of its ends. */
class Run {
  /** What was put before the first path, the nearest to it first; and the first path with what was put behind it. */
  private readonly before: (readonly number[])[] = [];
  private readonly behind: (readonly number[])[];
  start: Point;
  end: Point;

  constructor(first: Path | readonly number[]) {
    this.behind = [[...first]];
    this.start = [first[0], first[1]];
    this.end = [first[first.length - 2], first[first.length - 1]];
  }

  /** Put another path to an end within `gap` px, in the order that `joined` says; false when it is near none. */
  join(second: Path | readonly number[], gap: number): boolean {
    const start: Point = [second[0], second[1]];
    const end: Point = [second[second.length - 2], second[second.length - 1]];
    if (isNear(...this.end, ...start, gap) || isNear(...this.end, ...end, gap)) {
      const isTurned = !isNear(...this.end, ...start, gap);
      this.behind.push((isTurned ? reversed([...second]) : [...second]).slice(2));
      this.end = isTurned ? start : end;
      return true;
    }
    if (!isNear(...this.start, ...start, gap) && !isNear(...this.start, ...end, gap)) return false;
    const isTurned = isNear(...this.start, ...start, gap);
    this.before.push((isTurned ? reversed([...second]) : [...second]).slice(0, -2));
    this.start = isTurned ? end : start;
    return true;
  }

  points(): number[] {
    return [...this.before.reverse(), ...this.behind].flat();
  }
}

/**
 * Join paths whose ends meet within `gap` px into longer ones, those with the most points first. Each path is joined
 * with the first of the others that it meets, as long as there is one; their ends are found by where they are.
 */
export function chained(paths: readonly Path[], gap: number): number[][] {
  const open = paths.filter((points) => points.length > 3);
  const ends = new Spots<number>(gap || 1);
  const atEnds = (i: number, what: (x: number, y: number, i: number) => void) => {
    const points = open[i];
    what(points[0], points[1], i);
    what(points[points.length - 2], points[points.length - 1], i);
  };
  const isTaken = new Uint8Array(open.length);
  const take = (i: number) => {
    isTaken[i] = 1;
    atEnds(i, (x, y) => ends.delete(x, y, i));
  };
  for (let i = 0; i < open.length; i++) atEnds(i, (x, y) => ends.add(x, y, i));
  const runs: number[][] = [];
  for (let i = 0; i < open.length; i++) {
    if (isTaken[i]) continue;
    take(i);
    const run = new Run(open[i]);
    for (;;) {
      const near = [run.start, run.end].flatMap(([x, y]) => ends.around(x, y, gap, gap));
      const next = near.sort((a, b) => a - b).find((other) => run.join(open[other], gap));
      if (next === undefined) break;
      take(next);
    }
    runs.push(run.points());
  }
  return runs.sort((one, other) => other.length - one.length);
}
