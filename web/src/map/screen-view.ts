// How the world lies on the screen at one zoom: from Mercator coordinates to screen points and back. Knows no library.
import type { Box, Path } from "../geometry/mercator.ts";
import type { Point } from "../geometry/paths.ts";

/** Pixels of the world at zoom 0, by the custom of web maps. */
const TILE = 256;

/** The world's width in px at a zoom. */
export const worldWidth = (zoom: number): number => TILE * 2 ** zoom;

/** Points of a Mercator path on the screen, those nearer than `gap` px to the one before left out. */
export function onScreen(path: Path, scale: number, origin: Readonly<Point>, gap: number): Float32Array {
  const points = new Float32Array(path.length);
  const last = path.length - 2;
  const least = gap * gap;
  let count = 0;
  let x0 = 0;
  let y0 = 0;
  for (let i = 0; i <= last; i += 2) {
    const x = path[i] * scale - origin[0];
    const y = path[i + 1] * scale - origin[1];
    if (i && i < last && (x - x0) * (x - x0) + (y - y0) * (y - y0) < least) continue;
    points[count++] = x;
    points[count++] = y;
    x0 = x;
    y0 = y;
  }
  return points.subarray(0, count);
}

/** Texts of tenths of a px are made once: the same ones come again in every outline. */
const MOST_KEPT = 1 << 15;
const kept: string[] = Array<string>(2 * MOST_KEPT).fill("");

/** A number of px with one decimal. */
export function tenths(value: number): string {
  const whole = value < 0 ? -Math.round(-10 * value) : Math.round(10 * value);
  const place = whole + MOST_KEPT;
  if (!(place >= 0 && place < kept.length)) return value.toFixed(1);
  if (kept[place] === "") kept[place] = (whole / 10).toFixed(1);
  return kept[place];
}

/** The points of an outline as path data has them, without what begins it. */
export function pointsData(points: Path, isReversed = false): string {
  const last = points.length - 2;
  let data = "";
  for (let i = 0; i <= last; i += 2) {
    const at = isReversed ? last - i : i;
    data += `${i ? "L" : ""}${tenths(points[at])} ${tenths(points[at + 1])}`;
  }
  return data;
}

/** SVG path data of screen points. */
export const pathData = (points: Path, closed = false): string =>
  points.length ? `M${pointsData(points)}${closed ? "Z" : ""}` : closed ? "Z" : "";

export interface Frame {
  x: number;
  y: number;
  width: number;
  height: number;
}

export class ScreenView {
  /** Whether meridians and parallels are curves. */
  readonly bends: boolean = false;
  readonly zoom: number;
  readonly scale: number;
  /** The pixel of the world at the screen's origin. */
  readonly origin: Readonly<Point>;
  /** What is drawn: the part of the map that is seen and a margin around it. */
  readonly frame: Readonly<Frame>;

  constructor(zoom: number, origin: Readonly<Point>, frame: Readonly<Frame>) {
    this.zoom = zoom;
    this.scale = worldWidth(zoom);
    this.origin = origin;
    this.frame = frame;
  }

  /** Whether a Mercator box may be seen. */
  sees(box: Readonly<Box>): boolean {
    const { frame, scale, origin } = this;
    const left = box[0] * scale - origin[0];
    const top = box[1] * scale - origin[1];
    const right = box[2] * scale - origin[0];
    const bottom = box[3] * scale - origin[1];
    return right > frame.x && left < frame.x + frame.width && bottom > frame.y && top < frame.y + frame.height;
  }

  /** Screen points of a Mercator path. */
  screen(path: Path, gap: number): Float32Array {
    return onScreen(path, this.scale, this.origin, gap);
  }

  /** The screen point of Mercator coordinates. */
  at(x: number, y: number): Point {
    return [x * this.scale - this.origin[0], y * this.scale - this.origin[1]];
  }

  /** The Mercator coordinates of a screen point. */
  mercator(x: number, y: number): Point {
    return [(x + this.origin[0]) / this.scale, (y + this.origin[1]) / this.scale];
  }
}
