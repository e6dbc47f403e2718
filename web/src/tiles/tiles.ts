// The tiles of a reader's large layers: the only module that knows the libraries that read and paint them, and a bundle
// of its own, since only pages with such layers carry it.

import type { GridLayer, Map as LeafletMap } from "leaflet";
import { PMTiles, type Source } from "pmtiles";
import { type Feature, GeomType, leafletLayer, type PaintRule } from "protomaps-leaflet";
import { type MakeTileLayer, type Numbered, TILES_GLOBAL, type TilePainter } from "../map/tile-layer.ts";

/** The layer of a tile and its property (sco_map/own/tiles.py). */
const LAYER = "own";
const NUMBER = "n";

/** What is drawn at a zoom comes from tiles of the zoom before, whose sides are twice as long in px. */
const LEVEL_DIFF = 1;

/** Tiles are painted as soon as they are there, those in the middle no earlier than the others. */
const NO_DELAY_MS = 0.01;

/** Tiles that are kept beyond the edges of the map. */
const KEPT_AROUND = 1;

/** Between the ground, which lies in the same pane at the 200 of all drawings, and the lines and names of the map. */
const LEVEL = 201;

/** The parts of the library's layer that its types leave out. */
interface LibraryLayer extends Pick<GridLayer, "addTo" | "setOpacity"> {
  _tiles: Record<string, { el: HTMLElement; current: boolean; coords: unknown }>;
  _map: LeafletMap | null;
  _wrapCoords(coords: unknown): unknown;
  _keyToTileCoords(key: string): unknown;
  _tileCoordsToKey(coords: unknown): string;
  renderTile(coords: unknown, element: HTMLElement, key: string, done?: () => void): Promise<void>;
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

/** Two rules for each layer: one hands over its features, the other says once that all of them have been. */
function rulesOf(layer: string, painter: TilePainter): PaintRule[] {
  const numberOf = (feature: Feature) => feature.props[NUMBER] as number;
  let isOver = true;
  return [
    {
      dataSource: layer,
      dataLayer: LAYER,
      filter: (_, feature) => painter.isShown(numberOf(feature)),
      symbolizer: {
        before: (_, zoom) => painter.begin(layer, zoom),
        draw: (context, paths, _, feature) => {
          painter.draw(context, numberOf(feature), feature.geomType === GeomType.Point, paths);
        },
      },
    },
    {
      dataSource: layer,
      dataLayer: LAYER,
      filter: () => !isOver,
      symbolizer: {
        before: () => {
          isOver = false;
        },
        draw: (context) => {
          isOver = true;
          painter.end(context);
        },
      },
    },
  ];
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
    tileDelay: NO_DELAY_MS,
    paintRules: [...archives.keys()].flatMap((layer) => rulesOf(layer, painter)),
    labelRules: [],
  };
  let made: LibraryLayer | null = null;

  /** The library has to know how near the tiles of each archive go. */
  const start = async (map: LeafletMap) => {
    const closest = async (tiles: PMTiles) => (await tiles.getHeader()).maxZoom;
    const known = await Promise.all(
      Object.entries(sources).map(async ([layer, tiles]) => {
        return [layer, { url: tiles, levelDiff: LEVEL_DIFF, maxDataZoom: await closest(tiles) }] as const;
      }),
    );
    made = leafletLayer({ ...options, sources: Object.fromEntries(known) }) as unknown as LibraryLayer;
    made.addTo(map);
  };

  return {
    addTo: (map) => void start(map),
    repaint: async () => {
      const layer = made;
      if (!layer) return;
      const tiles = Object.entries(layer._tiles).filter(([, { current }]) => current);
      await Promise.all(
        tiles.map(([key, { el }]) => {
          const coords = layer._wrapCoords(layer._keyToTileCoords(key));
          return layer.renderTile(coords, el, layer._tileCoordsToKey(coords));
        }),
      );
    },
    featuresNear: ({ lat, lng }, reach) => {
      if (!made?._map) return [];
      const zoom = made._map.getZoom();
      const brush = reach * 2 ** (LEVEL_DIFF + Math.round(zoom) - zoom);
      const found: Numbered[] = [];
      for (const [layer, picked] of made.queryTileFeaturesDebug(lng, lat, brush)) {
        for (const { feature } of picked) found.push({ layer, number: Number(feature.props[NUMBER]) });
      }
      return found;
    },
    setOpacity: (opacity) => void made?.setOpacity(opacity),
  };
};

Object.assign(globalThis, { [TILES_GLOBAL]: makeTileLayer });
