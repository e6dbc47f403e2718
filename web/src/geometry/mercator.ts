// Web Mercator: the world is 1 wide, x grows eastward and y southward. Paths are flat: x, y, x, y.

/** A flat list of coordinates: x, y, x, y. */
export type Path = Float64Array | Float32Array | readonly number[];

/** West, north, east, south in Mercator coordinates, or left, top, right, bottom on the screen. */
export type Box = [number, number, number, number];

/** The equator in km: at latitude `lat` the world is this times cos(lat) wide. */
export const EQUATOR_KM = 40_075.016_686;

export const NOWHERE: Readonly<Box> = [Infinity, Infinity, -Infinity, -Infinity];

export const mercatorX = (lon: number): number => lon / 360 + 0.5;
export const mercatorY = (lat: number): number =>
  0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
export const longitude = (x: number): number => (x - 0.5) * 360;
export const latitude = (y: number): number => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

/** Degrees to Mercator, in place. */
export function projectPath(path: Float64Array): Float64Array {
  for (let i = 0; i < path.length; i += 2) {
    path[i] = mercatorX(path[i]);
    path[i + 1] = mercatorY(path[i + 1]);
  }
  return path;
}

/** Let a box reach around another one, too. */
export function widen(box: Box, other: Readonly<Box>): void {
  if (other[0] < box[0]) box[0] = other[0];
  if (other[1] < box[1]) box[1] = other[1];
  if (other[2] > box[2]) box[2] = other[2];
  if (other[3] > box[3]) box[3] = other[3];
}

/** The smallest box around two. */
export const around = (a: Readonly<Box>, b: Readonly<Box>): Box => [
  Math.min(a[0], b[0]),
  Math.min(a[1], b[1]),
  Math.max(a[2], b[2]),
  Math.max(a[3], b[3]),
];

/** The bounds of paths. */
export function boundsOf(paths: readonly Path[]): Box {
  const box: Box = [...NOWHERE];
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      if (path[i] < box[0]) box[0] = path[i];
      if (path[i] > box[2]) box[2] = path[i];
      if (path[i + 1] < box[1]) box[1] = path[i + 1];
      if (path[i + 1] > box[3]) box[3] = path[i + 1];
    }
  }
  return box;
}
