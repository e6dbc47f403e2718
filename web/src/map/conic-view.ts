// How the world lies on a sheet in the conic of the region, for drawings that take Mercator coordinates.
import { type ConicFit, conicBounds, mercatorToConic } from "../geometry/conic.ts";
import { type Box, EQUATOR_KM, type Path } from "../geometry/mercator.ts";
import type { Point } from "../geometry/paths.ts";
import { type Frame, ScreenView, worldWidth } from "./screen-view.ts";

/** The latitude at which Mercator of the zoom that is named has the same scale. */
export const LIKE_LATITUDE = 40;

const zoomOf = (kmPerPixel: number) =>
  Math.log2((EQUATOR_KM * Math.cos((LIKE_LATITUDE * Math.PI) / 180)) / (kmPerPixel * worldWidth(0)));

export class ConicView extends ScreenView {
  override readonly bends = true;
  private readonly fit: ConicFit;

  constructor(fit: ConicFit, frame: Readonly<Frame>) {
    super(zoomOf(fit.kmPerPixel), [0, 0], frame);
    this.fit = fit;
  }

  override sees(box: Readonly<Box>): boolean {
    const { frame } = this;
    const [west, south, east, north] = conicBounds(box);
    const [left, bottom] = this.place(west, south);
    const [right, top] = this.place(east, north);
    return right > frame.x && left < frame.x + frame.width && bottom > frame.y && top < frame.y + frame.height;
  }

  override screen(path: Path, gap: number): Float32Array {
    const points = new Float32Array(path.length);
    const last = path.length - 2;
    let count = 0;
    for (let i = 0; i <= last; i += 2) {
      const [x, y] = this.at(path[i], path[i + 1]);
      const isNear = i > 0 && i < last && Math.hypot(x - points[count - 2], y - points[count - 1]) < gap;
      if (isNear) continue;
      points[count++] = x;
      points[count++] = y;
    }
    return points.subarray(0, count);
  }

  override at(x: number, y: number): Point {
    return this.place(...mercatorToConic(x, y));
  }

  private place(east: number, north: number): Point {
    const { fit, frame } = this;
    return [
      frame.x + frame.width / 2 + (east - fit.x) / fit.kmPerPixel,
      frame.y + frame.height / 2 - (north - fit.y) / fit.kmPerPixel,
    ];
  }
}
