// The equidistant conic for pictures and paper of the whole region, as sco_map/model/conic.py computes it. Pure.
import { CONIC } from "../contract.ts";
import { type Box, latitude, longitude } from "./mercator.ts";
import type { Point } from "./paths.ts";

const RADIUS_KM = 6378.137;
const FLATTENING = 1 / 298.257223563;
const E2 = FLATTENING * (2 - FLATTENING);
const SERIES = [
  1 - E2 / 4 - (3 * E2 ** 2) / 64 - (5 * E2 ** 3) / 256,
  -((3 * E2) / 8 + (3 * E2 ** 2) / 32 + (45 * E2 ** 3) / 1024),
  (15 * E2 ** 2) / 256 + (45 * E2 ** 3) / 1024,
  (-35 * E2 ** 3) / 3072,
];

const radians = (degrees: number) => (degrees * Math.PI) / 180;

/** The length of a meridian from the equator, for a radius of 1. */
const meridian = (lat: number) =>
  SERIES[0] * lat + SERIES[1] * Math.sin(2 * lat) + SERIES[2] * Math.sin(4 * lat) + SERIES[3] * Math.sin(6 * lat);

/** The radius of a parallel, for a radius of 1. */
const parallel = (lat: number) => Math.cos(lat) / Math.sqrt(1 - E2 * Math.sin(lat) ** 2);

const [SOUTH, NORTH] = [radians(CONIC.south), radians(CONIC.north)];
const CONE = (parallel(SOUTH) - parallel(NORTH)) / (meridian(NORTH) - meridian(SOUTH));
const TIP = meridian(SOUTH) + parallel(SOUTH) / CONE;
const ZERO = TIP - meridian(radians(CONIC.lat));

/** Km east and north of the middle of the projection. */
export function toConic(lon: number, lat: number): Point {
  const rho = TIP - meridian(radians(lat));
  const theta = CONE * radians(lon - CONIC.lon);
  return [rho * Math.sin(theta) * RADIUS_KM, (ZERO - rho * Math.cos(theta)) * RADIUS_KM];
}

/** Km east and north of the middle, from Mercator coordinates. */
export const mercatorToConic = (x: number, y: number): Point => toConic(longitude(x), latitude(y));

/** What lies in the middle of a sheet in km, and how many km a px is. */
export interface ConicFit {
  readonly x: number;
  readonly y: number;
  readonly kmPerPixel: number;
}

/** Points on a side of a box that are looked at to see how far it reaches: its sides are bent. */
const ON_A_SIDE = 16;

/** How far a Mercator box reaches in km: west, south, east, north. */
export function conicBounds([left, top, right, bottom]: Readonly<Box>): Box {
  const bounds: Box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i <= ON_A_SIDE; i++) {
    const share = i / ON_A_SIDE;
    const [across, down] = [left + (right - left) * share, top + (bottom - top) * share];
    for (const [x, y] of [
      mercatorToConic(across, top),
      mercatorToConic(across, bottom),
      mercatorToConic(left, down),
      mercatorToConic(right, down),
    ]) {
      bounds[0] = Math.min(bounds[0], x);
      bounds[1] = Math.min(bounds[1], y);
      bounds[2] = Math.max(bounds[2], x);
      bounds[3] = Math.max(bounds[3], y);
    }
  }
  return bounds;
}

/** The largest drawing of a Mercator box on a sheet. */
export function fittedConic(box: Readonly<Box>, { width, height }: { width: number; height: number }): ConicFit {
  const [west, south, east, north] = conicBounds(box);
  return {
    x: (west + east) / 2,
    y: (south + north) / 2,
    kmPerPixel: Math.max((east - west) / width, (north - south) / height),
  };
}
