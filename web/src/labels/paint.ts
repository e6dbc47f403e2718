// Paints land and lines into small canvases, a pixel for each cell of the raster, and reads them back as grids.
import type { DrawnUnit } from "../map/ground-drawing.ts";
import type { DrawnLine } from "../map/line-drawing.ts";
import { DISPUTED, Land, type Size } from "./raster.ts";
import { CELL, LINE_WEIGHT, THIN_LINE, THIN_LINE_WEIGHT, WIDE_LINE } from "./weights.ts";

/** A pixel that is mixed of two units at their border must not pass for a third: green and blue check red. */
const green = (n: number) => (n * 37) % 256;
const blue = (n: number) => (n * 101) % 256;
const paintOf = (n: number) => `rgb(${n},${green(n)},${blue(n)})`;
const NEARLY_OPAQUE = 250;

interface Canvas {
  context: CanvasRenderingContext2D;
  columns: number;
  rows: number;
}

function canvasOf(corner: Size, size: Size): Canvas {
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(size.x / CELL);
  canvas.height = Math.ceil(size.y / CELL);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("the browser has no canvas to measure the map with");
  context.setTransform(1 / CELL, 0, 0, 1 / CELL, -corner.x / CELL, -corner.y / CELL);
  return { context, columns: canvas.width, rows: canvas.height };
}

const pixelsOf = ({ context, columns, rows }: Canvas) => context.getImageData(0, 0, columns, rows).data;

/** Whose land each cell is. @param lakes @param disputed outlines as path data */
export function paintLand(
  corner: Size,
  size: Size,
  units: readonly DrawnUnit[],
  lakes: string,
  disputed: readonly string[],
): Land<DrawnUnit> {
  const canvas = canvasOf(corner, size);
  const { context, columns, rows } = canvas;
  const owners = units.filter((unit) => unit.seen).slice(0, DISPUTED - 1);
  for (const [i, unit] of owners.entries()) {
    context.fillStyle = paintOf(i + 1);
    context.fill(new Path2D(unit.data), "evenodd");
  }
  context.globalCompositeOperation = "destination-out";
  context.fill(new Path2D(lakes), "evenodd");
  context.globalCompositeOperation = "source-over";
  context.fillStyle = paintOf(DISPUTED);
  for (const area of disputed) context.fill(new Path2D(area), "evenodd");
  const pixels = pixelsOf(canvas);
  const cells = new Uint8Array(columns * rows);
  for (let i = 0; i < cells.length; i++) {
    const n = pixels[4 * i];
    if (n === 0) continue;
    const isKnown = n <= owners.length || n === DISPUTED;
    const isPure = pixels[4 * i + 1] === green(n) && pixels[4 * i + 2] === blue(n);
    if (isKnown && isPure && pixels[4 * i + 3] > NEARLY_OPAQUE) cells[i] = n;
  }
  return new Land(cells, owners, columns, rows);
}

/** What a name on each cell would cost for the lines that run there; wide ones cost most. */
export function paintLines(corner: Size, size: Size, lines: readonly DrawnLine[]): Float32Array {
  const canvas = canvasOf(corner, size);
  const { context, columns, rows } = canvas;
  context.globalCompositeOperation = "lighter";
  for (const { data, width } of lines) {
    context.lineWidth = width >= WIDE_LINE ? 2 * CELL : CELL;
    context.strokeStyle = `rgba(255,255,255,${width > THIN_LINE ? LINE_WEIGHT : THIN_LINE_WEIGHT})`;
    context.stroke(new Path2D(data));
  }
  const pixels = pixelsOf(canvas);
  const costs = new Float32Array(columns * rows);
  for (let i = 0; i < costs.length; i++) costs[i] = pixels[4 * i + 3] / 255;
  return costs;
}
