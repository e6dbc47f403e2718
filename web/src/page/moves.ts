// Moves the map: to the whole region, to what is selected, to a card, out from under the card.
import { element } from "../dom.ts";
import type { Step, Styles } from "../facts/types.ts";
import { reaches } from "../geometry/fit.ts";
import { around, type Box, latitude, longitude, mercatorX, mercatorY } from "../geometry/mercator.ts";
import { boundsFrom, isAnimated, L, type LatLngBounds, type LeafletMap } from "../map/leaflet.ts";
import type { Plate } from "../map/plate.ts";
import { formatView, type MapView } from "./address.ts";
import type { Target } from "./context.ts";
import { isPhone } from "./screen.ts";

/** How near a selection, a line and a point are brought at most. */
const CLOSEST_FIT = 7;
const CLOSEST_LINE = 8.5;
const CLOSEST_POINT = 7;

/** How near the whole region is brought at most on a large screen. */
const CLOSEST_REGION = 5.2;

/** Px that a selection keeps from the edge of the map. */
const EDGE = 90;

/** Px that panels take away beyond their own size. */
const BESIDE_CARD = 24;
const BELOW_TABLE = 20;
const PADDING = { phone: { left: 24, top: 70 }, other: { left: 60, top: 50 }, right: 30, bottom: 40 };

/** On a phone what was opened counts as out of sight when it is nearer to the edge than this share of the map. */
const NEAR_EDGE = -0.12;

/** What takes a smaller share of the map is brought nearer. */
const LEAST_SHARE = 0.3;

const STILL = { animate: false };

/** How long the map flies from one step of a story to the next. */
const FLIGHT_SECONDS = 0.9;

/** What has bounds: rows, and the land of a state or a disputed area. */
type Bounded = Pick<Target, "rows"> & { form?: Target["form"]; id?: string; state?: string | null };

export class Moves {
  private readonly map: LeafletMap;
  private readonly plate: Plate;
  /** The view of the whole region, as it was set last. */
  private whole: string | null = null;
  private readonly region: Styles["region"];

  constructor(map: LeafletMap, plate: Plate, region: Styles["region"]) {
    this.map = map;
    this.plate = plate;
    this.region = region;
  }

  /** The first view: as asked, else that of a step of a story, else the whole region. */
  first(view: MapView | null, step: Step | null): void {
    if (step) this.map.invalidateSize(STILL); // the panel may have taken another width
    if (view) this.map.setView([view.lat, view.lon], view.zoom, STILL);
    else if (step?.extent) this.extent(step.extent, {});
    else this.wholeRegion();
  }

  /** Fly to a part of the map, the whole region without one; at once where the reader has asked for less motion. */
  fly(extent: Step["extent"]): void {
    if (!extent) {
      this.wholeRegion();
      return;
    }
    const [west, south, east, north] = extent;
    const bounds = boundsFrom([south, west, north, east]);
    if (!isAnimated(this.map)) {
      this.extent(extent);
      return;
    }
    this.plate.isFlying = true;
    this.map.once("moveend", () => {
      this.plate.isFlying = false;
    });
    this.map.flyToBounds(bounds, { ...this.paddings(), duration: FLIGHT_SECONDS });
  }

  wholeRegion(): void {
    const { map } = this;
    const [south, west, north, east] = isPhone() ? this.region.phone : this.region.bounds;
    map.invalidateSize(STILL);
    const zoom = map.getBoundsZoom(boundsFrom([south, west, north, east]), false, L.point(0, 0));
    const middle = latitude((mercatorY(south) + mercatorY(north)) / 2);
    map.setView([middle, (west + east) / 2], Math.min(zoom, CLOSEST_REGION), STILL);
    this.whole = this.viewNow();
  }

  /** What the map shows, in Mercator coordinates. */
  seen(): Box {
    const bounds = this.map.getBounds();
    const [west, east] = [bounds.getWest(), bounds.getEast()].map(mercatorX);
    return [west, mercatorY(bounds.getNorth()), east, mercatorY(bounds.getSouth())];
  }

  /** The whole region in Mercator coordinates. */
  wholeBox(): Box {
    const [south, west, north, east] = this.region.bounds;
    return [mercatorX(west), mercatorY(north), mercatorX(east), mercatorY(south)];
  }

  /** Bring a part of the map into sight: west, south, east, north in degrees. */
  extent([west, south, east, north]: readonly [number, number, number, number], paddings = this.paddings()): void {
    this.map.fitBounds(boundsFrom([south, west, north, east]), { ...paddings, ...STILL });
  }

  /** Whether the map shows the whole region as `wholeRegion` set it. */
  get isWhole(): boolean {
    return this.whole !== null && this.whole === this.viewNow();
  }

  private viewNow(): string {
    const { lat, lng } = this.map.getCenter();
    return formatView({ zoom: this.map.getZoom(), lat, lon: lng });
  }

  /** Bring what was chosen into sight when nothing of it is: the land of states, else rows. */
  show(rows: Target["rows"], states: readonly string[]): void {
    const view = this.map.getBounds();
    const lands = states.flatMap((state) => this.boundsOf({ rows: [], form: "country", state }) ?? []);
    const seen = this.seen();
    const isSeen = ({ paths }: Target["rows"][number]) => paths.some((path) => reaches(path, seen));
    if (lands.length ? lands.some((land) => view.intersects(land)) : rows.some(isSeen)) return;
    if (lands.length) this.zoomTo({ rows: [], form: "country", state: states[0] });
    else this.fit(rows);
  }

  /** Put rows into sight; the whole region when they need no less. Whether there was anything to put into sight. */
  fit(rows: Target["rows"]): boolean {
    const bounds = this.boundsOf({ rows });
    if (!bounds) return false;
    const edge = L.point(EDGE, EDGE);
    const far = this.map.getBoundsZoom(boundsFrom(this.region.bounds), false, edge);
    if (this.map.getBoundsZoom(bounds, false, edge) < far) this.wholeRegion();
    else this.map.fitBounds(bounds, { ...this.paddings(), maxZoom: CLOSEST_FIT, ...STILL });
    return true;
  }

  /** Bring a Mercator box into sight, unless it is in sight and large enough to be made out. */
  bring([west, north, east, south]: Readonly<Box>): void {
    const bounds = boundsFrom([latitude(south), longitude(west), latitude(north), longitude(east)]);
    const seen = this.seen();
    const share = Math.max((east - west) / (seen[2] - seen[0]), (south - north) / (seen[3] - seen[1]));
    if (this.map.getBounds().contains(bounds) && share > LEAST_SHARE) return;
    this.map.fitBounds(bounds, { ...this.paddings(), maxZoom: CLOSEST_FIT, ...STILL });
  }

  zoomTo(target: Bounded): void {
    const bounds = this.boundsOf(target);
    const isPoint = target.rows.length === 1 && target.rows[0].form === "point";
    const maxZoom = isPoint ? CLOSEST_POINT : CLOSEST_LINE;
    if (bounds) this.map.fitBounds(bounds, { ...this.paddings(), maxZoom, ...STILL });
  }

  /** Bring what was opened into sight when it is out of it. */
  reveal(target: Bounded): void {
    const bounds = this.boundsOf(target);
    if (bounds && !this.map.getBounds().intersects(bounds)) this.zoomTo(target);
  }

  /** Move the map when what was opened lies under the card. */
  uncover(target: Bounded): void {
    const { map } = this;
    const bounds = this.boundsOf(target);
    if (isPhone()) {
      map.invalidateSize(STILL);
      const isSeen = !bounds || map.getBounds().pad(NEAR_EDGE).contains(bounds);
      if (!isSeen) map.setView(bounds.getCenter(), map.getZoom(), STILL);
      return;
    }
    if (!bounds) return;
    const edge = map.getSize().x - element("card").offsetWidth - 28;
    const west = map.latLngToContainerPoint(bounds.getNorthWest()).x;
    const east = map.latLngToContainerPoint(bounds.getSouthEast()).x;
    if (east <= edge || west <= 40 || east - west >= edge - 60) return;
    map.panBy([Math.min(east - edge, west - 40), 0], STILL);
  }

  /** Bounds in degrees; null when nothing is drawn. */
  boundsOf({ rows, form, id, state }: Bounded): LatLngBounds | null {
    const boxes: Box[] = rows.flatMap((row) => (row.box ? [row.box] : []));
    const { units, disputed } = this.plate.ground;
    const code = form === "country" ? (state ?? rows[0]?.countries[0]) : null;
    if (code) boxes.push(...units.filter((unit) => unit.state === code).map((unit) => unit.box));
    if (form === "area") boxes.push(...disputed.filter((area) => area.id === id).map((area) => area.box));
    if (!boxes.length) return null;
    const [west, north, east, south] = boxes.reduce((a, b) => around(a, b));
    return boundsFrom([latitude(south), longitude(west), latitude(north), longitude(east)]);
  }

  /** Room that panels over the map take away, as Leaflet paddings. */
  private paddings(): { paddingTopLeft?: [number, number]; paddingBottomRight?: [number, number] } {
    const card = element("card");
    const table = element("table");
    const { left, top } = isPhone() ? PADDING.phone : PADDING.other;
    const right = !isPhone() && !card.hidden ? card.offsetWidth + BESIDE_CARD : PADDING.right;
    const bottom = table.hidden ? PADDING.bottom : table.offsetHeight + BELOW_TABLE;
    return { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] };
  }
}
