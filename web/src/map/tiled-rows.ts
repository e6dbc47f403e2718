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
  type TilePainter,
  type TilePaths,
  type TilePoint,
  tileLayerMaker,
} from "./tile-layer.ts";

/** The radius of a point in px, and its edge: below each zoom. */
const DOTS: readonly (readonly [number, number, number])[] = [
  [4.5, 1.4, 0],
  [6.5, 2.1, 0.6],
  [Infinity, 3.2, 1],
];

/** Until this zoom lines are hairlines: so many wider ones would take ten times as long. */
const HAIRLINE = { toZoom: 6, width: 0.95 };

/** How a row is drawn: the same object for all that look alike. */
interface Look {
  readonly strokes: readonly Stroke[];
  readonly colour: string;
  readonly opacity: number;
  /** The lines that have been gathered of the tile that is being painted. */
  lines: TilePaths[];
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

const NO_ROWS: Rows = { rows: [], shown: new Uint8Array(), look: new Uint32Array() };

/** Points as lines that are too short to be seen but for their ends. */
const dots = (paths: TilePaths): TilePaths =>
  paths.map(([{ x, y }]) => [
    { x, y },
    { x: x + 0.01, y },
  ]);

/** What is painted on: where a point of the tile is on it. */
interface Sheet {
  readonly scale: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
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
  /** The layer of the tile that is being painted. */
  private layerOfTile = NO_ROWS;
  /** What has been gathered of a tile: lines by look, halos, and points as pixels. */
  private gathered: Look[] = [];
  private halos: [Look, TilePaths][] = [];
  private sheet: Sheet | null = null;
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
      for (const [number, row] of rows.entries()) shown[number] = row && visible.has(row) ? 1 : 0;
    }
    this.repaint();
  }

  setLineStyle(lineStyle: LineStyle): void {
    this.lineStyle = lineStyle;
    this.restyle();
  }

  /** Colours are others now. */
  restyle(): void {
    this.forgetLooks();
    this.colours.clear();
    this.repaint();
  }

  /** Put a halo under these rows. */
  select(rows: readonly Row[]): void {
    const selected = new Set(rows.filter(({ layer }) => this.layers.has(layer)));
    const isOther = selected.size > 0 || this.selected.size > 0;
    this.selected = selected;
    if (isOther) this.repaint();
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

  private repaint(): void {
    void this.tiles.repaint().then(() => performance.mark("sco-tiles-painted"));
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
  begin(layer: string, zoom: number): void {
    this.layerOfTile = this.layerRows.get(layer) ?? NO_ROWS;
    if (zoom !== this.zoom) this.forgetLooks();
    this.zoom = zoom;
    this.gathered = [];
    this.halos = [];
    this.sheet = null;
  }

  isShown(number: number): boolean {
    return this.layerOfTile.shown[number] === 1;
  }

  draw(context: CanvasRenderingContext2D, number: number, isPoint: boolean, paths: TilePaths): void {
    const look = this.lookOf(number);
    if (!look) return;
    if (this.selected.size && this.selected.has(this.layerOfTile.rows[number] as Row)) {
      this.halos.push([look, isPoint ? dots(paths) : paths]);
    }
    if (!isPoint) {
      if (!look.lines.length) this.gathered.push(look);
      look.lines.push(paths);
      return;
    }
    this.sheet ??= this.blankSheet(context);
    for (const path of paths) this.drawPoint(this.sheet, look, path[0]);
  }

  end(context: CanvasRenderingContext2D): void {
    const isFar = this.zoom <= HAIRLINE.toZoom;
    context.lineJoin = "round";
    for (const [look, paths] of this.halos) {
      const width = (look.strokes.find(({ part }) => part === "line")?.width ?? 0) + HALO_OF_CHOSEN;
      strokeAll(context, [paths], { colour: look.colour, opacity: HALO_OPACITY, width, dash: [], cap: "round" });
    }
    context.lineJoin = "miter"; // half the time of round ones
    for (const part of isFar ? FAR_PARTS : PARTS) {
      for (const { strokes, lines } of this.gathered) {
        for (const one of strokes) {
          if (one.part !== part) continue;
          const dash = one.dash ? one.dash.split(/[ ,]+/).map(Number) : [];
          const width = isFar ? Math.min(one.width, HAIRLINE.width) : one.width;
          strokeAll(context, lines, { ...one, colour: this.resolved(one.stroke), dash, width });
        }
      }
    }
    if (this.sheet) this.putPoints(context);
    for (const look of this.gathered) look.lines = [];
    this.gathered = [];
    this.halos = [];
  }

  /** Pixels for the points of a tile, as many as it has itself. */
  private blankSheet(context: CanvasRenderingContext2D): Sheet {
    const { width, height } = context.canvas;
    if (this.pixels.width !== width || this.pixels.height !== height) {
      this.pixels = new ImageData(width, height);
      this.pixelValues = new Uint32Array(this.pixels.data.buffer);
    } else this.pixelValues.fill(0);
    const { a, e, f } = context.getTransform();
    return { scale: a, left: e, top: f, width, height };
  }

  /** Set the pixels of a point, where nothing covers them better already. */
  private drawPoint({ scale, left, top, width, height }: Sheet, look: Look, { x, y }: TilePoint): void {
    const { side, pixels } = this.dotOf(look, scale);
    const values = this.pixelValues;
    const x0 = Math.round(x * scale + left - side / 2);
    const y0 = Math.round(y * scale + top - side / 2);
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
    const { points, pixels } = this;
    points.width = pixels.width;
    points.height = pixels.height;
    points.getContext("2d")?.putImageData(pixels, 0, 0);
    context.save();
    context.resetTransform();
    context.drawImage(points, 0, 0);
    context.restore();
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
  private lookOf(number: number): Look | null {
    const { rows, look } = this.layerOfTile;
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
  dash: number[];
  cap: CanvasLineCap;
}

/** Stroke lines one by one: a single path of thousands of lines takes longer. */
function strokeAll(context: CanvasRenderingContext2D, lines: readonly TilePaths[], pen: Pen): void {
  context.globalAlpha = pen.opacity;
  context.strokeStyle = pen.colour;
  context.lineWidth = pen.width;
  context.lineCap = pen.cap;
  context.setLineDash(pen.dash);
  for (const paths of lines) {
    context.beginPath();
    for (const points of paths) {
      context.moveTo(points[0].x, points[0].y);
      for (let i = 1; i < points.length; i++) context.lineTo(points[i].x, points[i].y);
    }
    context.stroke();
  }
  context.globalAlpha = 1;
  context.setLineDash([]);
}
