// Rows of a reader's large layers, drawn from tiles: which of them are shown, and how they look. Knows no library.
import { statusOf } from "../facts/filter.ts";
import type { Row } from "../facts/row.ts";
import type { World } from "../facts/world.ts";
import { type LineStyle, PLAIN } from "../page/address.ts";
import type { LatLng, LeafletMap } from "./leaflet.ts";
import {
  baseWidth,
  css,
  HALO_OF_CHOSEN,
  HALO_OPACITY,
  isDoubtful,
  lineColour,
  NOT_THERE,
  PALE,
  rowColour,
  type Stroke,
  strokesOf,
  zoomFactor,
} from "./looks.ts";
import {
  type MakeTileLayer,
  type TileLayer,
  type TileLine,
  type TilePainter,
  type TilePart,
  tileLayerMaker,
} from "./tile-layer.ts";

/** The radius of a point in px, and its edge: below each zoom. */
const DOTS: readonly (readonly [number, number, number])[] = [
  [4.5, 1.4, 0],
  [6.5, 2.1, 0.6],
  [Infinity, 3.2, 1],
];

/** The length of a point in px, whose halo is that of a line. */
const UNSEEN = 0.01;

/** How far the corner of a line may reach, in its widths. */
const MITER_LIMIT = 2;

/** Until this zoom lines are hairlines: so many wider ones would take ten times as long. */
const HAIRLINE = { toZoom: 6, width: 0.95 };

/** How a row is drawn: the same object for all that look alike. */
interface Look {
  readonly strokes: readonly Stroke[];
  readonly colour: string;
  readonly opacity: number;
  /** The lines that have been gathered of the tile that is being painted. */
  lines: TileLine[];
  /** Its point, and at which scale that was made. */
  dot: Dot | null;
}

/** The pixels of a point: a square with its middle in the middle. */
interface Dot {
  readonly scale: number;
  readonly side: number;
  readonly pixels: Uint32Array;
}

/** The rows of a layer by their number in the file, which of them are shown, and how they look (0: not known yet). */
interface Rows {
  readonly rows: readonly (Row | undefined)[];
  readonly shown: Uint8Array;
  readonly look: Uint32Array;
}

const PARTS = ["casing", "line", "ornament"] as const;
const FAR_PARTS = ["line"] as const;

/** The share of a colour that is in each of its four parts, the last of which says how much it covers. */
const COVER = 24;

/** The number behind the last mark of the id of a row. */
const numberOf = ({ id }: Row) => Number(id.slice(id.lastIndexOf("__") + 2));

export class TiledRows implements TilePainter {
  /** The layers that are drawn here. */
  readonly layers: ReadonlySet<string>;
  private readonly world: World;
  private readonly isPhone: () => boolean;
  private readonly tiles: TileLayer;
  private readonly layerRows: ReadonlyMap<string, Rows>;
  private selected: ReadonlySet<Row> = new Set();
  private year: number | null = null;
  private lineStyle: LineStyle = PLAIN;
  private zoom = 0;
  /** The looks of now, and the place of each by what it depends on; the first stands for none. */
  private looks: (Look | null)[] = [null];
  private lookNumbers = new Map<string, number>();
  private colours = new Map<string, string>();
  /** The looks of the lines that have been gathered of the tile that is being painted. */
  private gathered: Look[] = [];
  private readonly points = document.createElement("canvas");
  private pixels = new ImageData(1, 1);
  private pixelValues = new Uint32Array(this.pixels.data.buffer);

  constructor(
    archives: ReadonlyMap<string, ArrayBuffer>,
    make: MakeTileLayer,
    world: World,
    isPhone: () => boolean,
    pane: string,
  ) {
    this.layers = new Set(archives.keys());
    this.world = world;
    this.isPhone = isPhone;
    const numbered = new Map<string, (Row | undefined)[]>([...this.layers].map((layer) => [layer, []]));
    for (const row of world.rows) {
      const rows = numbered.get(row.layer);
      if (rows) rows[numberOf(row)] = row;
    }
    this.layerRows = new Map(
      [...numbered].map(([layer, rows]) => {
        const { length } = rows;
        return [layer, { rows, shown: new Uint8Array(length), look: new Uint32Array(length) }];
      }),
    );
    this.tiles = make(archives, this, pane);
  }

  addTo(map: LeafletMap): void {
    this.tiles.addTo(map);
  }

  /** Show exactly these rows, with the statuses of `year`. */
  show(visible: ReadonlySet<Row>, year: number | null): void {
    if (year !== this.year) this.forgetLooks();
    this.year = year;
    for (const { rows, shown } of this.layerRows.values()) {
      for (let number = 0; number < rows.length; number++) {
        const row = rows[number];
        shown[number] = row && visible.has(row) ? 1 : 0;
      }
    }
    this.tiles.repaint();
  }

  setLineStyle(lineStyle: LineStyle): void {
    this.lineStyle = lineStyle;
    this.restyle();
  }

  /** Colours are others now. */
  restyle(): void {
    this.forgetLooks();
    this.colours.clear();
    this.tiles.repaint();
  }

  /** Put a halo under these rows. */
  select(rows: readonly Row[]): void {
    const selected = new Set(rows.filter(({ layer }) => this.layers.has(layer)));
    const isOther = selected.size > 0 || this.selected.size > 0;
    this.selected = selected;
    if (isOther) this.tiles.repaint();
  }

  /** Let all of it step back, or come forward again. */
  stepBack(opacity: number): void {
    this.tiles.setOpacity(opacity);
  }

  /** The visible rows within `reach` px of a position. */
  rowsNear(at: LatLng, reach: number): Row[] {
    const found = new Set<Row>();
    for (const { layer, number } of this.tiles.featuresNear(at, reach)) {
      const row = this.rowOf(layer, number);
      if (row && this.layerRows.get(layer)?.shown[number]) found.add(row);
    }
    return [...found];
  }

  private forgetLooks(): void {
    this.looks = [null];
    this.lookNumbers.clear();
    for (const { look } of this.layerRows.values()) look.fill(0);
  }

  private rowOf(layer: string, number: number): Row | undefined {
    return this.layerRows.get(layer)?.rows[number];
  }

  // ------------------------------------------------------------ one tile
  paint(context: CanvasRenderingContext2D, part: TilePart, ratio: number): void {
    const rows = this.layerRows.get(part.layer);
    if (!rows) return;
    if (part.zoom !== this.zoom) this.forgetLooks();
    this.zoom = part.zoom;
    const scale = part.scale * ratio;
    const [left, top] = [part.left * ratio, part.top * ratio];
    context.setTransform(scale, 0, 0, scale, left, top);
    context.miterLimit = MITER_LIMIT;
    for (const line of part.lines) {
      const look = rows.shown[line.number] ? this.lookOf(rows, line.number) : null;
      if (!look) continue;
      if (this.isSelected(rows, line.number)) strokeHalo(context, look, traceOf(line), part.scale);
      if (!look.lines.length) this.gathered.push(look);
      look.lines.push(line);
    }
    this.strokeLines(context, part.scale);
    for (const look of this.gathered) look.lines = [];
    this.gathered = [];
    const { numbers, x, y } = part.points;
    let hasPoints = false;
    for (let at = 0; at < numbers.length; at++) {
      const number = numbers[at];
      const look = rows.shown[number] ? (this.looks[rows.look[number]] ?? this.lookOf(rows, number)) : null;
      if (!look) continue;
      if (!hasPoints) this.blankPixels(context.canvas);
      hasPoints = true;
      if (this.isSelected(rows, number)) strokeHalo(context, look, spotOf(x[at], y[at]), part.scale);
      this.drawPoint(
        look.dot?.scale === ratio ? look.dot : this.dotOf(look, ratio),
        x[at] * scale + left,
        y[at] * scale + top,
      );
    }
    if (hasPoints) this.putPoints(context);
  }

  private isSelected({ rows }: Rows, number: number): boolean {
    return this.selected.size > 0 && this.selected.has(rows[number] as Row);
  }

  private strokeLines(context: CanvasRenderingContext2D, scale: number): void {
    const isFar = this.zoom <= HAIRLINE.toZoom;
    context.lineJoin = "miter"; // half the time of round ones
    for (const part of isFar ? FAR_PARTS : PARTS) {
      for (const { strokes, lines } of this.gathered) {
        for (const one of strokes) {
          if (one.part !== part) continue;
          const dash = one.dash ? one.dash.split(/[ ,]+/).map(Number) : [];
          const width = isFar ? Math.min(one.width, HAIRLINE.width) : one.width;
          strokeAll(context, lines.map(traceOf), { ...one, colour: this.resolved(one.stroke), dash, width }, scale);
        }
      }
    }
  }

  /** Empty pixels for the points of a tile, as many as it has itself. */
  private blankPixels({ width, height }: HTMLCanvasElement): void {
    if (this.pixels.width !== width || this.pixels.height !== height) {
      this.pixels = new ImageData(width, height);
      this.pixelValues = new Uint32Array(this.pixels.data.buffer);
      this.points.width = width;
      this.points.height = height;
    } else this.pixelValues.fill(0);
  }

  /** Set the pixels of a point, where nothing covers them better already. */
  private drawPoint({ side, pixels }: Dot, x: number, y: number): void {
    const { width, height } = this.pixels;
    const values = this.pixelValues;
    const x0 = Math.round(x - side / 2);
    const y0 = Math.round(y - side / 2);
    const [firstRow, lastRow] = [y0 < 0 ? -y0 : 0, y0 + side > height ? height - y0 : side];
    const [firstColumn, lastColumn] = [x0 < 0 ? -x0 : 0, x0 + side > width ? width - x0 : side];
    for (let row = firstRow; row < lastRow; row++) {
      for (let column = firstColumn; column < lastColumn; column++) {
        const value = pixels[row * side + column];
        const at = (y0 + row) * width + x0 + column;
        if (value >>> COVER > values[at] >>> COVER) values[at] = value;
      }
    }
  }

  private putPoints(context: CanvasRenderingContext2D): void {
    this.points.getContext("2d")?.putImageData(this.pixels, 0, 0);
    context.resetTransform();
    context.drawImage(this.points, 0, 0);
  }

  /** The point of a look. */
  private dotOf(look: Look, scale: number): Dot {
    if (look.dot?.scale === scale) return look.dot;
    const [, radius, edge] = DOTS.find(([below]) => this.zoom < below) ?? DOTS[DOTS.length - 1];
    const side = 2 * Math.ceil((radius + edge / 2) * scale);
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = side;
    const context = canvas.getContext("2d");
    if (context) {
      context.scale(scale, scale);
      context.globalAlpha = look.opacity;
      context.beginPath();
      context.arc(side / scale / 2, side / scale / 2, radius, 0, 2 * Math.PI);
      context.fillStyle = look.colour;
      context.fill();
      context.strokeStyle = this.resolved(css("casing"));
      context.lineWidth = edge;
      if (edge) context.stroke();
    }
    const pixels = context?.getImageData(0, 0, side, side).data.buffer;
    look.dot = { scale, side, pixels: pixels ? new Uint32Array(pixels) : new Uint32Array(side * side) };
    return look.dot;
  }

  // ------------------------------------------------------------ looks
  private lookOf({ rows, look }: Rows, number: number): Look | null {
    const known = this.looks[look[number]];
    const row = rows[number];
    if (known || !row) return known;
    const { styles, projects } = this.world;
    const { layer, kind, form } = row;
    const { zoom, lineStyle } = this;
    const status = statusOf(row, this.year);
    const width = baseWidth(row, styles, projects, lineStyle) * zoomFactor(styles, zoom, this.isPhone());
    const paint = form === "point" ? lineColour(styles, layer) : rowColour(row, styles, lineStyle);
    const doubtful = isDoubtful(row);
    const key = [layer, kind, form, status, width.toFixed(2), paint, doubtful].join();
    let at = this.lookNumbers.get(key);
    if (at === undefined) {
      const strokes = strokesOf({ layer, kind, status, width, zoom, paint, doubtful, styles });
      const opacity = NOT_THERE.has(status) ? PALE : 1;
      at = this.looks.push({ strokes, colour: this.resolved(paint), opacity, lines: [], dot: null }) - 1;
      this.lookNumbers.set(key, at);
    }
    look[number] = at;
    return this.looks[at];
  }

  /** The colour that a variable of the style sheet stands for. */
  private resolved(paint: string): string {
    const known = this.colours.get(paint);
    if (known !== undefined) return known;
    const name = /^var\((--[\w-]+)\)$/.exec(paint)?.[1];
    const colour = name ? getComputedStyle(document.documentElement).getPropertyValue(name).trim() : paint;
    this.colours.set(paint, colour);
    return colour;
  }
}

/** What draws the rows that have tiles; null in a page without. */
export function tiledRows(
  archives: ReadonlyMap<string, ArrayBuffer>,
  world: World,
  isPhone: () => boolean,
  pane: string,
): TiledRows | null {
  const make = tileLayerMaker();
  return make && archives.size ? new TiledRows(archives, make, world, isPhone, pane) : null;
}

interface Pen {
  colour: string;
  opacity: number;
  width: number;
  dash: readonly number[];
  cap: CanvasLineCap;
}

/** The line as the browser keeps it: made once, painted by every filter. */
function traceOf(line: TileLine): Path2D {
  if (line.trace) return line.trace;
  const trace = new Path2D();
  for (const path of line.paths) {
    trace.moveTo(path[0].x, path[0].y);
    for (let i = 1; i < path.length; i++) trace.lineTo(path[i].x, path[i].y);
  }
  line.trace = trace;
  return trace;
}

/** A point as a line that is too short to be seen but for its ends. */
function spotOf(x: number, y: number): Path2D {
  const spot = new Path2D();
  spot.moveTo(x, y);
  spot.lineTo(x + UNSEEN, y);
  return spot;
}

/** Stroke lines one by one: a single path of thousands of lines takes longer. @param scale of the canvas */
function strokeAll(context: CanvasRenderingContext2D, traces: readonly Path2D[], pen: Pen, scale: number): void {
  context.globalAlpha = pen.opacity;
  context.strokeStyle = pen.colour;
  context.lineWidth = pen.width / scale;
  context.lineCap = pen.cap;
  context.setLineDash(pen.dash.map((length) => length / scale));
  for (const trace of traces) context.stroke(trace);
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** Let a line or a point glow that is chosen. */
function strokeHalo(context: CanvasRenderingContext2D, look: Look, trace: Path2D, scale: number): void {
  const width = (look.strokes.find(({ part }) => part === "line")?.width ?? 0) + HALO_OF_CHOSEN;
  context.lineJoin = "round";
  strokeAll(context, [trace], { colour: look.colour, opacity: HALO_OPACITY, width, dash: [], cap: "round" }, scale);
}
