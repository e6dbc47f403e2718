// The drawn map: two SVGs in a Leaflet layer, ground and rows, so that a filter repaints the rows only. Keeps them in
// step with the view of the map; decides no look and no filter.
import { svg } from "../dom.ts";
import type { Shade } from "../facts/parties.ts";
import type { Row } from "../facts/row.ts";
import type { SentArea } from "../facts/types.ts";
import type { World } from "../facts/world.ts";
import { isInRing, type Point } from "../geometry/paths.ts";
import type { LineStyle } from "../page/address.ts";
import { type Course, CourseDrawing } from "./course-drawing.ts";
import { Ground, type Shape } from "./ground.ts";
import { GROUND_GROUPS, GroundDrawing } from "./ground-drawing.ts";
import { L, type LatLng, type LayerEvents, type LeafletMap, newPixelOrigin, type ZoomAnimEvent } from "./leaflet.ts";
import { LINE_GROUPS, LineDrawing } from "./line-drawing.ts";
import { type Frame, ScreenView } from "./screen-view.ts";
import type { TiledRows } from "./tiled-rows.ts";

/** The share of the map's size that is drawn beyond each edge, so that a short pan draws nothing. */
const PADDING = 0.28;

/** How many times larger or smaller lines may be on the way of a flight. */
const MOST_STRETCHED = 1.7;

export const PANE = "plate";
const PANE_LEVEL = "300";

/** The level of lines and names in the pane, when there are tiles between them and the ground. */
const OVER_TILES = "202";

/** How strong what steps back behind something else still is. */
const BEHIND = 0.34;

const groupsOf = <Name extends string>(names: readonly Name[]) =>
  Object.fromEntries(names.map((name) => [name, svg("g", { class: `plate-${name}` })])) as Record<Name, SVGGElement>;

const sheetOf = (groups: readonly SVGElement[]) =>
  svg("svg", { class: "plate leaflet-zoom-animated", "aria-hidden": "true" }, ...groups);

const inside = (frame: Readonly<Frame>, x: number, y: number, width: number, height: number) =>
  x >= frame.x && y >= frame.y && x + width <= frame.x + frame.width && y + height <= frame.y + frame.height;

export class Plate extends L.Layer {
  readonly ground: Ground;
  readonly groups: Record<(typeof GROUND_GROUPS)[number] | (typeof LINE_GROUPS)[number], SVGGElement>;
  readonly land: GroundDrawing;
  readonly rows: LineDrawing;
  readonly courses: CourseDrawing;
  readonly sheets: readonly [SVGSVGElement, SVGSVGElement];
  /** Counts the drawings of the ground: who keeps something of it knows by it whether it still holds. */
  drawing = 0;
  view: ScreenView | null = null;
  parties: ReadonlyMap<string, Shade> = new Map();
  /** Whether the map flies to another part: then what is drawn is drawn anew on the way. */
  isFlying = false;
  /** The rows that are drawn here; those of large layers of a reader are drawn from tiles. */
  readonly rowsDrawn: readonly Row[];
  private map: LeafletMap | null = null;
  private year: number | null = null;
  private readonly tiled: TiledRows | null;
  private isFocused = false;
  private hasCourse = false;

  /** @param ground that of another plate, which need not be made twice @param tiled rows that are drawn from tiles */
  constructor(
    world: World,
    isPhone: () => boolean,
    ground = new Ground(world.ground, world.countries),
    tiled: TiledRows | null = null,
  ) {
    super();
    this.ground = ground;
    this.tiled = tiled;
    this.rowsDrawn = tiled ? world.rows.filter(({ layer }) => !tiled.layers.has(layer)) : world.rows;
    const groundGroups = groupsOf(GROUND_GROUPS);
    const lineGroups = groupsOf(LINE_GROUPS);
    this.groups = { ...groundGroups, ...lineGroups };
    this.land = new GroundDrawing(this.ground, groundGroups);
    this.rows = new LineDrawing(world, lineGroups, isPhone, this.rowsDrawn);
    this.courses = new CourseDrawing(lineGroups);
    this.sheets = [sheetOf([this.land.defs, ...Object.values(groundGroups)]), sheetOf(Object.values(lineGroups))];
  }

  get lineStyle(): LineStyle {
    return this.rows.lineStyle;
  }

  get lines() {
    return this.rows.lines;
  }

  get border(): SVGPathElement {
    return this.land.border;
  }

  override onAdd(map: LeafletMap): this {
    this.map = map;
    const pane = map.getPane(PANE) ?? map.createPane(PANE);
    pane.style.zIndex = PANE_LEVEL;
    pane.append(...this.sheets);
    if (this.tiled) {
      this.sheets[1].style.zIndex = OVER_TILES;
      this.tiled.addTo(map);
    }
    this.reset();
    return this;
  }

  override onRemove(): this {
    for (const sheet of this.sheets) sheet.remove();
    this.map = null;
    return this;
  }

  override getEvents(): LayerEvents {
    return {
      viewreset: () => this.reset(),
      moveend: () => this.moved(),
      zoom: () => this.zooming(),
      zoomanim: (event) => {
        const { center, zoom } = event as ZoomAnimEvent;
        this.transform(center, zoom);
      },
    };
  }

  /** The screen point of Mercator coordinates. */
  at(x: number, y: number): Point {
    return this.view?.at(x, y) ?? [0, 0];
  }

  setLineStyle(lineStyle: LineStyle): void {
    this.rows.setLineStyle(lineStyle);
    this.tiled?.setLineStyle(lineStyle);
  }

  setWorldview(worldview: string | null): void {
    this.land.setWorldview(worldview);
    this.drawing += 1;
  }

  /** Show exactly these rows, with the statuses and the members of `year`. */
  show(visible: ReadonlySet<Row>, year: number | null): void {
    if (year !== this.year) this.land.setYear(year);
    this.year = year;
    this.rows.show(visible, year);
    this.tiled?.show(visible, year);
  }

  /** Shade states; nothing is drawn when they are shaded so already. */
  shade(parties: ReadonlyMap<string, Shade>): void {
    if (JSON.stringify([...parties]) === JSON.stringify([...this.parties])) return;
    this.parties = parties;
    this.land.shade(parties);
  }

  showAccuracy(on: boolean): void {
    this.rows.showAccuracy(on);
  }

  select(rows: readonly Row[]): void {
    this.rows.select(rows);
    this.tiled?.select(rows);
  }

  /** Let all other lines step back behind these rows; null: none does. */
  focus(rows: ReadonlySet<Row> | null): void {
    this.rows.focus(rows);
    this.isFocused = rows !== null;
    this.stepBack();
  }

  /** Draw ways over the lines, which step back; null: none. */
  setCourse(course: Course | null): void {
    this.courses.set(course);
    this.hasCourse = course !== null;
    this.stepBack();
  }

  private stepBack(): void {
    this.tiled?.stepBack(this.isFocused || this.hasCourse ? BEHIND : 1);
  }

  /** Take the colours of the theme of now, where they are not those of the style sheet by themselves. */
  restyle(): void {
    this.tiled?.restyle();
  }

  hover(row: Row | null): void {
    this.rows.hover(row);
  }

  /** The disputed area at a screen point. */
  disputedAt({ x, y }: { x: number; y: number }): Shape<SentArea> | null {
    if (!this.view) return null;
    const [east, south] = this.view.mercator(x, y);
    const holds = (area: Shape<SentArea>) => area.rings.some(([outer]) => isInRing(outer, east, south));
    return this.ground.disputed.find(holds) ?? null;
  }

  /** The visible line rows within `reach` px of a screen point, nearest first, then those that are drawn from tiles. */
  rowsNear({ x, y }: { x: number; y: number }, reach: number): Row[] {
    const lines = this.rows.rowsNear(x, y, reach);
    const { map, tiled } = this;
    return map && tiled ? [...lines, ...tiled.rowsNear(map.layerPointToLatLng([x, y]), reach)] : lines;
  }

  private reset(): void {
    const { map } = this;
    if (!map) return;
    const size = map.getSize();
    const origin = map.getPixelOrigin();
    const from = map.containerPointToLayerPoint(size.multiplyBy(-PADDING)).round();
    const width = Math.round(size.x * (1 + 2 * PADDING));
    const height = Math.round(size.y * (1 + 2 * PADDING));
    const view = new ScreenView(map.getZoom(), [origin.x, origin.y], { x: from.x, y: from.y, width, height });
    for (const sheet of this.sheets) {
      sheet.setAttribute("width", String(width));
      sheet.setAttribute("height", String(height));
      sheet.setAttribute("viewBox", `${from.x} ${from.y} ${width} ${height}`);
      L.DomUtil.setTransform(sheet as unknown as HTMLElement, from, 1);
    }
    this.draw(view, map.getCenter().lat);
  }

  /** Draw everything for a view, on a map or without one. @param latitude of its middle, in degrees */
  draw(view: ScreenView, latitude: number): void {
    this.view = view;
    this.drawing += 1;
    this.land.draw(view);
    this.rows.draw(view, latitude);
    this.courses.draw(view);
  }

  private moved(): void {
    const { map, view } = this;
    if (!map || !view) return;
    const size = map.getSize();
    const seen = map.containerPointToLayerPoint([0, 0]);
    const origin = map.getPixelOrigin();
    const isHere = origin.x === view.origin[0] && origin.y === view.origin[1] && view.zoom === map.getZoom();
    if (!isHere || !inside(view.frame, seen.x, seen.y, size.x, size.y)) this.reset();
  }

  private zooming(): void {
    const { map, view } = this;
    if (!map || !view) return;
    if (this.isFlying && this.isOutgrown(map, view)) {
      this.reset();
      this.groups.symbols.replaceChildren(); // they belong to the view before
      this.groups.labels.setAttribute("opacity", "0");
    } else this.transform(map.getCenter(), map.getZoom());
  }

  /** Whether what is drawn is too large or too small for the view of now, or does not cover it. */
  private isOutgrown(map: LeafletMap, { frame, origin, zoom }: ScreenView): boolean {
    const scale = map.getZoomScale(map.getZoom(), zoom);
    if (scale > MOST_STRETCHED || scale < 1 / MOST_STRETCHED) return true;
    const { x, y } = map.getSize();
    const middle = map.project(map.getCenter(), map.getZoom());
    const drawn = { x: frame.x + origin[0], y: frame.y + origin[1], width: frame.width, height: frame.height };
    return !inside(drawn, (middle.x - x / 2) / scale, (middle.y - y / 2) / scale, x / scale, y / scale);
  }

  /** Stretch what is drawn to another zoom while the map moves there; names are hidden until they are set again. */
  private transform(center: LatLng, zoom: number): void {
    const { map, view } = this;
    if (!map || !view) return;
    const scale = map.getZoomScale(zoom, view.zoom);
    const corner = L.point(view.frame.x + view.origin[0], view.frame.y + view.origin[1]);
    const offset = corner.multiplyBy(scale).subtract(newPixelOrigin(map, center, zoom));
    for (const sheet of this.sheets) L.DomUtil.setTransform(sheet as unknown as HTMLElement, offset, scale);
    this.groups.labels.setAttribute("opacity", scale === 1 && !this.isFlying ? "1" : "0");
  }
}
