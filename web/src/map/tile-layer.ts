// What the page asks of the libraries that draw tiles, which only pages with tiles carry (web/src/tiles/tiles.ts).
import type { LatLng, LeafletMap } from "./leaflet.ts";

/** A point in px of the tile that is being painted. */
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

/** Paints one tile of a layer after the other: each of its features that is shown, then what was gathered of them. */
export interface TilePainter {
  begin(layer: string, zoom: number): void;
  isShown(number: number): boolean;
  draw(context: CanvasRenderingContext2D, number: number, isPoint: boolean, paths: TilePaths): void;
  end(context: CanvasRenderingContext2D): void;
}

export interface TileLayer {
  addTo(map: LeafletMap): void;
  /** Paint again what is in sight; done when all of it is. */
  repaint(): Promise<void>;
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
