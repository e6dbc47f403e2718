// Which part of the world a sheet of a given size shows so that a box is wholly on it. Knows no document.
import { around, type Box } from "./mercator.ts";

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
