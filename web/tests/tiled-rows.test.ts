// Rows that are drawn from tiles: which lines and points a canvas gets, how they look, and what is asked for again.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Row } from "../src/facts/row.ts";
import type { Phase } from "../src/facts/types.ts";
import type { World } from "../src/facts/world.ts";
import type { LatLng } from "../src/map/leaflet.ts";
import type { MakeTileLayer, Numbered, TileLine, TilePart } from "../src/map/tile-layer.ts";
import { TiledRows } from "../src/map/tiled-rows.ts";
import { PLAIN } from "../src/page/address.ts";
import { STYLES } from "./vectors.ts";

const LAYER = "own_pipes";
const SIDE = 32;
const FULL = 0xff_00_00_ff;

interface Stroked {
  trace: Trace;
  width: number;
  dash: number[];
  opacity: number;
}

/** A path that remembers its points. */
class Trace {
  readonly points: [number, number][] = [];
  moveTo(x: number, y: number): void {
    this.points.push([x, y]);
  }
  lineTo(x: number, y: number): void {
    this.points.push([x, y]);
  }
}

class Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8ClampedArray(4 * width * height);
  }
}

/** A canvas that keeps what is drawn on it: strokes one by one, and the pixels of points. */
class Canvas {
  width = SIDE;
  height = SIDE;
  strokes: Stroked[] = [];
  put: Uint32Array | null = null;
  drawn: Canvas[] = [];
  transform: number[] = [];
  globalAlpha = 1;
  lineWidth = 1;
  dash: number[] = [];
  readonly canvas = this;

  getContext(): this {
    return this;
  }
  setTransform(...transform: number[]): void {
    this.transform = transform;
  }
  setLineDash(dash: number[]): void {
    this.dash = dash;
  }
  stroke(trace?: Trace): void {
    if (trace) this.strokes.push({ trace, width: this.lineWidth, dash: this.dash, opacity: this.globalAlpha });
  }
  getImageData(_x: number, _y: number, width: number, height: number): Pixels {
    const pixels = new Pixels(width, height);
    new Uint32Array(pixels.data.buffer).fill(FULL);
    return pixels;
  }
  putImageData(pixels: Pixels): void {
    this.put = new Uint32Array(pixels.data.slice().buffer);
  }
  drawImage(canvas: Canvas): void {
    this.drawn.push(canvas);
  }
  resetTransform(): void {}
  scale(): void {}
  beginPath(): void {}
  arc(): void {}
  fill(): void {}
}

Object.assign(globalThis, {
  document: { createElement: () => new Canvas(), documentElement: {} },
  ImageData: Pixels,
  Path2D: Trace,
  getComputedStyle: () => ({ getPropertyValue: () => "#123456" }),
});

const row = (number: number, form: "line" | "point", phases: Phase[] = []) =>
  ({
    id: `${LAYER}__${number}`,
    layer: LAYER,
    kind: form === "line" ? "own_line" : "own_point",
    form,
    facts: {},
    phases,
    status: phases.at(-1)?.status ?? null,
    lineage: [],
  }) as unknown as Row;

const line = (number: number, ...points: [number, number][]): TileLine => ({
  number,
  paths: [points.map(([x, y]) => ({ x, y }))],
  trace: null,
});

const part = (given: Partial<TilePart>): TilePart => ({
  layer: LAYER,
  zoom: 5,
  lines: [],
  points: { numbers: new Uint32Array(), x: new Float32Array(), y: new Float32Array() },
  scale: 1,
  left: 0,
  top: 0,
  ...given,
});

const spots = (...all: [number: number, x: number, y: number][]): TilePart["points"] => ({
  numbers: Uint32Array.from(all, ([number]) => number),
  x: Float32Array.from(all, ([, x]) => x),
  y: Float32Array.from(all, ([, , y]) => y),
});

function drawing(rows: readonly Row[], near: Numbered[] = []) {
  let repaints = 0;
  const opacities: number[] = [];
  const make: MakeTileLayer = () => ({
    addTo: () => {},
    repaint: () => {
      repaints += 1;
    },
    featuresNear: () => near,
    setOpacity: (opacity) => void opacities.push(opacity),
  });
  const world = { rows, styles: STYLES, projects: {} } as unknown as World;
  const tiled = new TiledRows(new Map([[LAYER, new ArrayBuffer(0)]]), make, world, () => false, "plate");
  const paint = (given: Partial<TilePart>, ratio = 1) => {
    const canvas = new Canvas();
    tiled.paint(canvas as unknown as CanvasRenderingContext2D, part(given), ratio);
    return canvas;
  };
  return { tiled, paint, opacities, repaints: () => repaints };
}

const firstOf = ({ strokes }: Canvas) => strokes.map(({ trace }) => trace.points[0]);

const A = line(0, [1, 1], [5, 5]);
const B = line(1, [2, 2], [6, 6]);

test("a canvas gets the lines that are shown, each of its own row", () => {
  const rows = [row(0, "line"), row(1, "line")];
  const { tiled, paint, repaints } = drawing(rows);
  assert.deepEqual(firstOf(paint({ lines: [A, B] })), [], "nothing is shown yet");
  tiled.show(new Set(rows), null);
  assert.equal(repaints(), 1);
  const both = paint({ lines: [A, B] });
  assert.deepEqual(firstOf(both), [
    [1, 1],
    [2, 2],
  ]);
  tiled.show(new Set([rows[1]]), null);
  assert.equal(repaints(), 2);
  const one = paint({ lines: [A, B] });
  assert.deepEqual(firstOf(one), [[2, 2]]);
  assert.equal(one.strokes[0].trace, both.strokes[1].trace, "a filter makes no line again that has been painted");
});

test("rows are found by the number behind the last mark of their id, whatever their order, and some may be missing", () => {
  const rows = [row(7, "line"), row(3, "line")];
  const { tiled, paint } = drawing(rows);
  tiled.show(new Set([rows[1]]), null);
  assert.deepEqual(firstOf(paint({ lines: [line(7, [7, 7]), line(3, [3, 3]), line(5, [5, 5]), line(99, [9, 9])] })), [
    [3, 3],
  ]);
});

test("a tile of a layer that is not drawn here stays empty", () => {
  const { tiled, paint } = drawing([row(0, "line")]);
  tiled.show(new Set([row(0, "line")]), null);
  assert.equal(paint({ layer: "own_else", lines: [A] }).strokes.length, 0);
});

test("points are set as pixels, those that are hidden leave none", () => {
  const rows = [row(0, "point"), row(1, "point")];
  const { tiled, paint } = drawing(rows);
  const points = spots([0, 8, 8], [1, 24, 24]);
  tiled.show(new Set([rows[0]]), null);
  const canvas = paint({ points });
  const [copy] = canvas.drawn;
  const inked = [...(copy.put ?? [])].flatMap((value, at) => (value ? [[at % SIDE, Math.floor(at / SIDE)]] : []));
  assert.ok(inked.length > 0);
  assert.ok(inked.every(([x, y]) => Math.abs(x - 8) <= 4 && Math.abs(y - 8) <= 4));
  tiled.show(new Set(), null);
  assert.equal(paint({ points }).drawn.length, 0);
});

test("a point at the edge of a tile is cut there", () => {
  const rows = [row(0, "point")];
  const { tiled, paint } = drawing(rows);
  tiled.show(new Set(rows), null);
  const [copy] = paint({ points: spots([0, SIDE, 10], [0, -1, 20], [0, -50, -50]) }).drawn;
  const columns = new Set([...(copy.put ?? [])].flatMap((value, at) => (value ? [at % SIDE] : [])));
  assert.ok(columns.has(SIDE - 1) && columns.has(0));
  assert.ok(!columns.has(SIDE / 2), "what lies beyond an edge does not come in at the other one");
});

test("lines are as wide nearby as from afar, though their tile is stretched", () => {
  const rows = [row(0, "line")];
  const { tiled, paint } = drawing(rows);
  tiled.show(new Set(rows), null);
  const plain = paint({ zoom: 9, lines: [A] }, 2);
  const stretched = paint({ zoom: 9, lines: [A], scale: 4, left: -8, top: -12 }, 2);
  assert.deepEqual(plain.transform, [2, 0, 0, 2, 0, 0]);
  assert.deepEqual(stretched.transform, [8, 0, 0, 8, -16, -24]);
  const widths = ({ strokes }: Canvas) => strokes.map(({ width }) => width);
  assert.deepEqual(
    widths(stretched).map((width) => width * 4),
    widths(plain),
  );
});

test("a past year shows the status of that year", () => {
  const phases = [
    { from: "1990", status: "construction" },
    { from: "2000", status: "operating" },
  ] as Phase[];
  const rows = [row(0, "line", phases)];
  const { tiled, paint } = drawing(rows);
  tiled.show(new Set(rows), null);
  const dashes = () => paint({ zoom: 8, lines: [A] }).strokes.map(({ dash }) => dash.length > 0);
  assert.ok(!dashes().includes(true));
  tiled.show(new Set(rows), 1995);
  assert.ok(dashes().includes(true));
  tiled.show(new Set(rows), null);
  assert.ok(!dashes().includes(true));
});

test("what is chosen has a halo under it, until it is chosen no longer", () => {
  const rows = [row(0, "line"), row(1, "point")];
  const { tiled, paint, repaints } = drawing(rows);
  tiled.show(new Set(rows), null);
  const widest = () => Math.max(...paint({ lines: [A] }).strokes.map(({ width }) => width));
  const plain = widest();
  tiled.select([rows[0]]);
  assert.ok(widest() > plain + 5);
  assert.equal(paint({ points: spots([1, 8, 8]) }).strokes.length, 0);
  tiled.select([rows[1]]);
  assert.deepEqual(firstOf(paint({ points: spots([1, 8, 8]) })), [[8, 8]]);
  const before = repaints();
  tiled.select([]);
  assert.equal(repaints(), before + 1);
  tiled.select([{ layer: "rail" } as Row]);
  assert.equal(repaints(), before + 1, "rows that are drawn elsewhere paint nothing here");
  assert.equal(widest(), plain);
});

test("a click finds only what is shown", () => {
  const rows = [row(0, "line"), row(1, "line")];
  const near = [0, 1, 1, 5].map((number) => ({ layer: LAYER, number }));
  const { tiled } = drawing(rows, near);
  tiled.show(new Set([rows[1]]), null);
  assert.deepEqual(tiled.rowsNear({ lat: 0, lng: 0 } as LatLng, 4), [rows[1]]);
});

test("another style or other colours paint again, and the layer steps back as a whole", () => {
  const { tiled, repaints, opacities } = drawing([row(0, "line")]);
  tiled.setLineStyle({ ...PLAIN, colour: "gauge" });
  tiled.restyle();
  tiled.stepBack(0.3);
  assert.equal(repaints(), 2);
  assert.deepEqual(opacities, [0.3]);
});
