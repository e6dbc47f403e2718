// What the page asks of the libraries that read tiles, which only pages with tiles carry (web/src/tiles/tiles.ts).
import type { LatLng, LeafletMap } from "./leaflet.ts";

/** A point in px of the tile that holds it. */
export interface TilePoint {
  readonly x: number;
  readonly y: number;
}

/** A feature of a layer by its number in the reader's file. */
export interface Numbered {
  readonly layer: string;
  readonly number: number;
}

export type TilePaths = readonly (readonly TilePoint[])[];

/** A line in a tile of the archive: the same object for all that is painted from that tile. */
export interface TileLine {
  readonly number: number;
  readonly paths: TilePaths;
  /** The line as the browser keeps it, once it has been painted. */
  trace: Path2D | null;
}

/** Points side by side, since there may be a hundred thousand of them: the number of each, and where it is. */
export interface TilePoints {
  readonly numbers: Uint32Array;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** What a tile on the screen shows of a layer. */
export interface TilePart {
  readonly layer: string;
  readonly zoom: number;
  readonly lines: readonly TileLine[];
  readonly points: TilePoints;
  /** Px on the screen for one of the lines and points, and where the corner of their tile is. */
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

export interface TilePainter {
  /** Paint those features of a tile that are shown. @param ratio px of the canvas for each px of the screen */
  paint(context: CanvasRenderingContext2D, part: TilePart, ratio: number): void;
}

export interface TileLayer {
  addTo(map: LeafletMap): void;
  /** Paint again what is in sight, at once; what is kept beyond the edges follows. */
  repaint(): void;
  /** The features within `reach` px of a position at the zoom of now, shown or not. */
  featuresNear(at: LatLng, reach: number): Numbered[];
  /** How strong all of it is. */
  setOpacity(opacity: number): void;
}

/** @param archives PMTiles by layer @param pane of the map that holds the tiles */
export type MakeTileLayer = (
  archives: ReadonlyMap<string, ArrayBuffer>,
  painter: TilePainter,
  pane: string,
) => TileLayer;

/** Where the bundle of the tiles puts what makes a layer of them. */
export const TILES_GLOBAL = "scoTiles";

/** What makes a layer of tiles; null in a page that has none. */
export const tileLayerMaker = (): MakeTileLayer | null =>
  (globalThis as { [TILES_GLOBAL]?: MakeTileLayer })[TILES_GLOBAL] ?? null;
