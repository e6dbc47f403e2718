// Which part of the world a sheet of a given size shows so that a box is wholly on it, and what of a path is on it.
// Knows no document.
import { around, type Box, type Path } from "./mercator.ts";

/** Pixels of the world at zoom 0, by the custom of web maps. */
const TILE = 256;

export interface Extent {
  width: number;
  height: number;
}

/** A zoom and the Mercator coordinates of the middle. */
export interface Fit {
  zoom: number;
  x: number;
  y: number;
}

/** The nearest view that shows the whole of a Mercator box with `edge` px around it; never nearer than `closest`. */
export function fitted(box: Readonly<Box>, { width, height }: Extent, edge: number, closest: number): Fit {
  const [left, top, right, bottom] = box;
  const across = Math.max(1, width - 2 * edge) / Math.max(right - left, Number.EPSILON);
  const down = Math.max(1, height - 2 * edge) / Math.max(bottom - top, Number.EPSILON);
  const zoom = Math.min(closest, Math.log2(Math.min(across, down) / TILE));
  return { zoom, x: (left + right) / 2, y: (top + bottom) / 2 };
}

/** The box around several; null when there is none. */
export const wholeOf = (boxes: readonly Readonly<Box>[]): Box | null =>
  boxes.length ? boxes.reduce<Box>((whole, box) => around(whole, box), [...boxes[0]] as Box) : null;

/** Whether any part of a path lies in a box: a point of it, or a piece between two points that crosses the box. */
export function reaches(path: Path, box: Readonly<Box>): boolean {
  for (let i = 0; i < path.length; i += 2) {
    const from = Math.max(0, i - 2);
    if (crosses([path[from], path[from + 1]], [path[i], path[i + 1]], box)) return true;
  }
  return false;
}

/** Whether a straight piece has a part in a box: what each side of the box leaves of it is not empty. */
function crosses(from: readonly number[], to: readonly number[], box: Readonly<Box>): boolean {
  let first = 0;
  let last = 1;
  for (const axis of [0, 1]) {
    const way = to[axis] - from[axis];
    const [low, high] = [box[axis] - from[axis], box[axis + 2] - from[axis]];
    if (way === 0) {
      if (low > 0 || high < 0) return false;
      continue;
    }
    first = Math.max(first, Math.min(low / way, high / way));
    last = Math.min(last, Math.max(low / way, high / way));
  }
  return first <= last;
}
