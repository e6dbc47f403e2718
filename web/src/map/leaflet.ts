// Leaflet as this page uses it: one place for its types and for the parts of it that are not public.
import type * as Leaflet from "leaflet";

/** The library itself, which the page carries beside this script and folium's script expects as a global. */
export const L = (globalThis as { L?: unknown }).L as typeof Leaflet;

export type LeafletMap = Leaflet.Map;
export type LayerEvents = { [type: string]: Leaflet.LeafletEventHandlerFn };
export type ZoomAnimEvent = Leaflet.ZoomAnimEvent;
export type LatLng = Leaflet.LatLng;
export type LatLngBounds = Leaflet.LatLngBounds;
export type LatLngBoundsExpression = Leaflet.LatLngBoundsExpression;
export type LeafletMouseEvent = Leaflet.LeafletMouseEvent;
export type ScreenPoint = Leaflet.Point;

/** What a layer that draws by itself needs and Leaflet keeps to itself. */
interface MapInside {
  _zoomAnimated: boolean;
  _getNewPixelOrigin(center: LatLng, zoom: number): ScreenPoint;
}

const inside = (map: LeafletMap) => map as unknown as MapInside;

/** The pixel at the corner of the map that a zoom animation moves to. */
export const newPixelOrigin = (map: LeafletMap, center: LatLng, zoom: number): ScreenPoint =>
  inside(map)._getNewPixelOrigin(center, zoom);

/** Zooming is animated where the map can do so and the reader has not asked for less motion. */
export function animateZoom(map: LeafletMap, wanted: boolean): void {
  const animated = wanted && inside(map)._zoomAnimated;
  map.options.zoomAnimation = animated;
  inside(map)._zoomAnimated = animated;
}

/** Whether moves of the map may be seen as moves. */
export const isAnimated = (map: LeafletMap): boolean => inside(map)._zoomAnimated;

/** Degrees as Leaflet takes them: south, west and north, east. */
export const boundsFrom = ([south, west, north, east]: readonly [number, number, number, number]): LatLngBounds =>
  L.latLngBounds([south, west], [north, east]);
