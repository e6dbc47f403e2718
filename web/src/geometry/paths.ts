// Plane geometry on screen points: distances, offsets, resampling, smoothing, joining. Knows no map.
import type { Path } from "./mercator.ts";

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
  const [startX, startY] = first;
  const [endX, endY] = first.slice(-2);
  const [otherStartX, otherStartY] = second;
  const [otherEndX, otherEndY] = second.slice(-2);
  if (isNear(endX, endY, otherStartX, otherStartY, gap)) return [...first, ...second.slice(2)];
  if (isNear(endX, endY, otherEndX, otherEndY, gap)) return [...first, ...reversed(second).slice(2)];
  if (isNear(startX, startY, otherStartX, otherStartY, gap)) return [...reversed(second).slice(0, -2), ...first];
  if (isNear(startX, startY, otherEndX, otherEndY, gap)) return [...second.slice(0, -2), ...first];
  return null;
}

/** Join paths whose ends meet within `gap` px into longer ones, those with the most points first. */
export function chained(paths: readonly Path[], gap: number): number[][] {
  const open = paths.filter((points) => points.length > 3).map((points) => [...points]);
  let a = 0;
  while (a < open.length) {
    let whole: number[] | null = null;
    for (let b = a + 1; b < open.length && !whole; b++) {
      whole = joined(open[a], open[b], gap);
      if (whole) open.splice(b, 1);
    }
    if (whole) open[a] = whole;
    else a += 1;
  }
  return open.sort((one, other) => other.length - one.length);
}
