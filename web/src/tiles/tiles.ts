// The tiles of a reader's large layers: the only module that knows the libraries that read and keep them, and a bundle
// of its own, since only pages with such layers carry it.

import type { GridLayer, LatLng, Map as LeafletMap } from "leaflet";
import { PMTiles, type Source } from "pmtiles";
import { type Feature, GeomType, leafletLayer, type PreparedTile, type View, type Zxy } from "protomaps-leaflet";
import {
  type MakeTileLayer,
  type Numbered,
  TILES_GLOBAL,
  type TileLine,
  type TilePart,
  type TilePoints,
} from "../map/tile-layer.ts";

/** The layer of a tile and its property (sco_map/own/tiles.py). */
const LAYER = "own";
const NUMBER = "n";

/** What is drawn at a zoom comes from tiles of the zoom before, whose sides are twice as long in px. */
const LEVEL_DIFF = 1;

/** The side of a tile on the screen in px, and how far into it lines beyond its edge may reach. */
const SIDE = 256;
const WIDEST = 16;

/** Tiles that are kept beyond the edges of the map. */
const KEPT_AROUND = 1;

/** Between the ground, which lies in the same pane at the 200 of all drawings, and the lines and names of the map. */
const LEVEL = 201;

/** The parts of the library's layer that its types leave out. */
interface LibraryLayer extends Pick<GridLayer, "addTo" | "setOpacity"> {
  readonly views: ReadonlyMap<string, View>;
  readonly devicePixelRatio: number;
  /** In px of a canvas. */
  readonly tileSize: number;
  readonly _tiles: Readonly<Record<string, { el: HTMLElement; current: boolean; coords: Zxy }>>;
  readonly _map: LeafletMap | null;
  _getTiledPixelBounds(center: LatLng): unknown;
  _pxBoundsToTileRange(bounds: unknown): { contains(coords: Zxy): boolean };
  renderTile(coords: Zxy, element: HTMLElement, key: string, done?: () => void): Promise<void>;
  queryTileFeaturesDebug(lng: number, lat: number, brush: number): Map<string, { feature: Feature }[]>;
}

/** An archive that is here already. */
class InMemory implements Source {
  private readonly key: string;
  private readonly archive: ArrayBuffer;

  constructor(key: string, archive: ArrayBuffer) {
    this.key = key;
    this.archive = archive;
  }

  getKey(): string {
    return this.key;
  }

  async getBytes(offset: number, length: number): Promise<{ data: ArrayBuffer }> {
    return { data: this.archive.slice(offset, offset + length) };
  }
}

/** The lines of the tiles that the library keeps, made once for each feature. */
const made = new WeakMap<Feature, TileLine>();

function lineOf(feature: Feature): TileLine {
  const known = made.get(feature);
  if (known) return known;
  const line = { number: feature.props[NUMBER] as number, paths: feature.geom, trace: null };
  made.set(feature, line);
  return line;
}

function pointsOf(features: readonly Feature[]): TilePoints {
  const count = features.reduce((sum, { geom }) => sum + geom.length, 0);
  const points = { numbers: new Uint32Array(count), x: new Float32Array(count), y: new Float32Array(count) };
  let at = 0;
  for (const { props, geom } of features) {
    for (const [point] of geom) {
      points.numbers[at] = props[NUMBER] as number;
      points.x[at] = point.x;
      points.y[at] = point.y;
      at += 1;
    }
  }
  return points;
}

/** What a tile of the screen shows of a layer. */
function partOf(layer: string, { x, y, z }: Zxy, tile: PreparedTile): TilePart {
  const { scale } = tile;
  const left = tile.origin.x - SIDE * x;
  const top = tile.origin.y - SIDE * y;
  const isHere = ({ bbox }: Feature) =>
    bbox.maxX * scale + left >= -WIDEST &&
    bbox.minX * scale + left <= SIDE + WIDEST &&
    bbox.maxY * scale + top >= -WIDEST &&
    bbox.minY * scale + top <= SIDE + WIDEST;
  const features = (tile.data.get(LAYER) ?? []).filter(isHere);
  const isPoint = ({ geomType }: Feature) => geomType === GeomType.Point;
  const lines = features.filter((feature) => !isPoint(feature)).map(lineOf);
  return { layer, zoom: z, lines, points: pointsOf(features.filter(isPoint)), scale, left, top };
}

const makeTileLayer: MakeTileLayer = (archives, painter, pane) => {
  const sources = Object.fromEntries(
    [...archives].map(([layer, archive]) => [layer, new PMTiles(new InMemory(layer, archive))]),
  );
  const options = {
    pane,
    zIndex: LEVEL,
    attribution: "",
    keepBuffer: KEPT_AROUND,
    paintRules: [],
    labelRules: [],
  };
  let library: LibraryLayer | null = null;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  /** What is on each tile of the screen, so that a filter neither looks for it nor waits for it. */
  const parts = new WeakMap<HTMLElement, readonly TilePart[]>();

  const paint = (layer: LibraryLayer, element: HTMLElement) => {
    const canvas = element as HTMLCanvasElement;
    const context = canvas.getContext("2d");
    const found = parts.get(element);
    if (!context || !found) return;
    const { tileSize, devicePixelRatio } = layer;
    if (canvas.width === tileSize && canvas.height === tileSize) {
      context.resetTransform();
      context.clearRect(0, 0, tileSize, tileSize);
    } else canvas.width = canvas.height = tileSize;
    for (const part of found) painter.paint(context, part, devicePixelRatio);
  };

  /** In place of the library's own, which waits for timers before it paints and has no memory of what it painted. */
  const renderTile = async (coords: Zxy, element: HTMLElement, _: string, done?: () => void) => {
    const layer = library;
    if (!layer) return;
    try {
      const found = await Promise.all(
        [...layer.views].map(async ([id, view]) => partOf(id, coords, await view.getDisplayTile(coords))),
      );
      parts.set(element, found);
    } catch (error) {
      if ((error as Error).name !== "AbortError") throw error; // the map has gone on to another zoom
      return;
    }
    paint(layer, element);
    done?.();
  };

  /** The library has to know how near the tiles of each archive go. */
  const start = async (map: LeafletMap) => {
    const closest = async (tiles: PMTiles) => (await tiles.getHeader()).maxZoom;
    const views = await Promise.all(
      Object.entries(sources).map(async ([layer, tiles]) => {
        return [layer, { url: tiles, levelDiff: LEVEL_DIFF, maxDataZoom: await closest(tiles) }] as const;
      }),
    );
    library = leafletLayer({ ...options, sources: Object.fromEntries(views) }) as unknown as LibraryLayer;
    library.renderTile = renderTile;
    library.addTo(map);
  };

  return {
    addTo: (map) => void start(map),
    repaint: () => {
      const layer = library;
      if (!layer?._map) return;
      clearTimeout(waiting);
      const range = layer._pxBoundsToTileRange(layer._getTiledPixelBounds(layer._map.getCenter()));
      const later: HTMLElement[] = [];
      for (const { el, current, coords } of Object.values(layer._tiles)) {
        if (current && range.contains(coords)) paint(layer, el);
        else if (current) later.push(el);
      }
      waiting = setTimeout(() => later.forEach((el) => void paint(layer, el)));
    },
    featuresNear: ({ lat, lng }, reach) => {
      if (!library?._map) return [];
      const zoom = library._map.getZoom();
      const brush = reach * 2 ** (LEVEL_DIFF + Math.round(zoom) - zoom);
      const found: Numbered[] = [];
      for (const [layer, picked] of library.queryTileFeaturesDebug(lng, lat, brush)) {
        for (const { feature } of picked) found.push({ layer, number: Number(feature.props[NUMBER]) });
      }
      return found;
    },
    setOpacity: (opacity) => void library?.setOpacity(opacity),
  };
};

Object.assign(globalThis, { [TILES_GLOBAL]: makeTileLayer });
