// The part of a path between two points that lie on it or near it. Knows no document.
import type { Path } from "./mercator.ts";
import { type Point, reversed } from "./paths.ts";

/** A point of several paths: which path, behind which of its points, and how far on to the next one. */
interface Spot {
  readonly path: number;
  readonly piece: number;
  readonly share: number;
  readonly at: Point;
}

/** The point of the paths that is nearest to a point. */
function nearestSpot(paths: readonly Path[], [x, y]: Readonly<Point>): Spot | null {
  let best: Spot | null = null;
  let least = Infinity;
  for (const [path, points] of paths.entries()) {
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [ax, ay] = [points[i], points[i + 1]];
      const [dx, dy] = [points[i + 2] - ax, points[i + 3] - ay];
      const square = dx * dx + dy * dy;
      const share = square ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
      const at: Point = [ax + share * dx, ay + share * dy];
      const distance = (at[0] - x) ** 2 + (at[1] - y) ** 2;
      if (distance >= least) continue;
      least = distance;
      best = { path, piece: i / 2, share, at };
    }
  }
  return best;
}

const isBefore = (one: Spot, other: Spot): boolean =>
  (one.path - other.path || one.piece - other.piece || one.share - other.share) <= 0;

/** The points of one path from a spot, or its beginning, to another, or its end. */
function between(points: Path, from: Spot | null, to: Spot | null): number[] {
  const first = from ? 2 * (from.piece + 1) : 0;
  const last = to ? 2 * (to.piece + 1) : points.length;
  return [...(from?.at ?? []), ...points.slice(first, last), ...(to?.at ?? [])];
}

/** What of the paths lies between the points nearest to `start` and to `end`, in that direction. */
export function stretch(paths: readonly Path[], start: Readonly<Point>, end: Readonly<Point>): number[][] {
  const [from, to] = [nearestSpot(paths, start), nearestSpot(paths, end)];
  if (!from || !to) return [];
  if (!isBefore(from, to))
    return stretch(paths, end, start)
      .map((points) => reversed(points))
      .reverse();
  const parts: number[][] = [];
  for (let path = from.path; path <= to.path; path += 1) {
    parts.push(between(paths[path], path === from.path ? from : null, path === to.path ? to : null));
  }
  return parts;
}
