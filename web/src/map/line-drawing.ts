// Draws the rows that are lines: casings, strokes, arrows, halos under what is chosen, ribbons of accuracy.
import { svg } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import { latest } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import type { World } from "../facts/world.ts";
import { chainsOf, Lanes } from "../geometry/lanes.ts";
import { type Box, EQUATOR_KM } from "../geometry/mercator.ts";
import { distanceTo, resample } from "../geometry/paths.ts";
import { type LineStyle, PLAIN } from "../page/address.ts";
import {
  baseWidth,
  css,
  HALO_OF_CHOSEN,
  HALO_OPACITY,
  isDoubtful,
  isFlow,
  layerLook,
  rowColour,
  strokeAttributes,
  strokesOf,
  zoomFactor,
} from "./looks.ts";
import { pathData, type ScreenView } from "./screen-view.ts";

export const LINE_GROUPS = ["ribbons", "halos", "casings", "lines", "symbols", "course", "labels"] as const;
type Groups = Record<(typeof LINE_GROUPS)[number], SVGGElement>;

/** How far lines step back behind those that stand out. */
const BEHIND = 0.3;

/** Points of a line nearer to each other than so many px are drawn as one. */
const GAP = 0.8;

/** Strings of one pipeline are set beside each other from this zoom on; before, they are drawn as one. */
const STRINGS_FROM_ZOOM = 4.8;

/** Px between lines set beside each other: from the first zoom on, and from the second. */
const ROOM = { far: 0.5, near: 1.4, nearFromZoom: 5.2 };

/** Kinds that lie where they lie: no line beside them moves them. */
const FIXED: ReadonlySet<string> = new Set(["river"]);

/** Px between two points along a line that are looked at for an arrow. */
const ARROW_STEP = 7;

/** How far a halo stands out under what is pointed at. */
const HALO_OF_POINTED = 6;
const ROUND = { "stroke-linecap": "round", "stroke-linejoin": "round" };

type Moved = ReturnType<Lanes["moved"]>;

/** What goes on in what: strings of a project, then lines of a layer; strings of a pipeline apart. */
const strandOf = ({ row, layer }: DrawnLine) => {
  const string = row.facts.string ?? 1;
  return { paths: row.paths, course: `${row.projects[0]} ${string}`, family: `${layer} ${string}` };
};

/** Whether two lines are strings or stretches of one project. */
const areStrings = (one: Row, other: Row): boolean =>
  one.kind === other.kind && one.lineage.some((project) => other.lineage.includes(project));

/** A line row as it is drawn now. */
export class DrawnLine {
  /** Its place among the lines. */
  number = 0;
  readonly row: Row;
  readonly box: Box;
  readonly casing = svg("path", { fill: "none" });
  readonly stroke = svg("g");
  /** In px at zoom 5, before the factor of the zoom. */
  width: number;
  /** Whether it may be seen at the view of now. */
  seen = false;
  /** Its paths as screen points, null while it is not drawn for the view of now. */
  screen: Float32Array[] | null = null;
  /** The same as path data. */
  data = "";
  status: string | null = null;

  constructor(row: Row, box: Box, width: number) {
    this.row = row;
    this.box = box;
    this.width = width;
  }

  get id(): string {
    return this.row.id;
  }

  get layer(): string {
    return this.row.layer;
  }
}

export class LineDrawing {
  readonly lines: readonly DrawnLine[];
  lineStyle: LineStyle = PLAIN;
  /** How often the lines were drawn for another view: names that are being placed then give way. */
  drawn = 0;
  /** The factor of the zoom on every width. */
  factor = 1;
  /** Whether the ribbons of accuracy are shown. */
  accuracy = false;
  private readonly world: World;
  private readonly groups: Groups;
  private readonly byRow: ReadonlyMap<Row, DrawnLine>;
  private readonly isPhone: () => boolean;
  private readonly chains: ReturnType<typeof chainsOf>;
  /** What runs together at the view of now, and what of it is moved aside. */
  private lanes: Lanes | null = null;
  private aside: Moved = new Map();
  /** The rows that it holds for. */
  private settled: ReadonlySet<Row> | null = null;
  private visible: ReadonlySet<Row>;
  private selected: ReadonlySet<Row> = new Set();
  private hovered: Row | null = null;
  private focused: ReadonlySet<Row> | null = null;
  private year: number | null = null;
  private view: ScreenView | null = null;
  private latitude = 0;

  /** @param rows those that are drawn here */
  constructor(world: World, groups: Groups, isPhone: () => boolean, rows: readonly Row[] = world.rows) {
    this.world = world;
    this.groups = groups;
    this.isPhone = isPhone;
    const { styles, projects } = world;
    const rank = ({ row }: DrawnLine) => layerLook(styles, row.layer).rank;
    this.lines = rows
      .flatMap((row) => (row.form === "line" && row.box ? [[row, row.box] as const] : []))
      .map(([row, box]) => new DrawnLine(row, box, baseWidth(row, styles, projects)))
      .sort((a, b) => rank(a) - rank(b) || a.width - b.width || (a.id < b.id ? -1 : 1));
    for (const [number, line] of this.lines.entries()) line.number = number;
    this.chains = chainsOf(this.lines.map(strandOf));
    this.byRow = new Map(this.lines.map((line) => [line.row, line]));
    this.visible = new Set(this.byRow.keys());
    for (const { casing, stroke } of this.lines) {
      groups.casings.append(casing);
      groups.lines.append(stroke);
    }
  }

  /** The lines that are seen now. */
  shown(): DrawnLine[] {
    return this.lines.filter((line) => this.visible.has(line.row) && line.screen);
  }

  /** Draw everything for a view. @param latitude of its middle, in degrees */
  draw(view: ScreenView, latitude: number): void {
    this.view = view;
    this.latitude = latitude;
    this.factor = zoomFactor(this.world.styles, view.zoom, this.isPhone());
    this.drawn += 1;
    this.lanes = null;
    for (const line of this.lines) line.seen = view.sees(line.box);
    this.aside = this.movedAside(this.visible, view);
    this.settled = this.visible;
    for (const line of this.lines) {
      line.screen = null;
      if (line.seen && this.visible.has(line.row)) this.drawLine(line, view);
      else this.clear(line);
    }
    this.drawHalos();
    this.drawRibbons();
  }

  /** Draw in another line style: colour by gauge, pipelines as flows. */
  setLineStyle(lineStyle: LineStyle): void {
    if (lineStyle.colour === this.lineStyle.colour && lineStyle.flow === this.lineStyle.flow) return;
    this.lineStyle = lineStyle;
    const { styles, projects } = this.world;
    for (const line of this.lines) line.width = baseWidth(line.row, styles, projects, lineStyle);
    if (this.view) this.draw(this.view, this.latitude);
  }

  /** Show exactly these rows, with the statuses of `year`. Only what changes is touched. */
  show(visible: ReadonlySet<Row>, year: number | null): void {
    const yearChanged = year !== this.year;
    this.year = year;
    for (const line of this.lines) {
      const on = visible.has(line.row);
      if (on && line.seen && this.view && (!line.screen || (yearChanged && this.changesWithYear(line)))) {
        this.drawLine(line, this.view);
      }
      if (on === this.visible.has(line.row)) continue;
      for (const node of [line.casing, line.stroke]) {
        if (on) node.removeAttribute("display");
        else node.setAttribute("display", "none");
      }
    }
    this.visible = visible;
    this.drawHalos();
    if (this.accuracy) this.drawRibbons();
  }

  /** Give the lines that are shown their lanes: what no longer lies beside others goes back. May wait after `show`. */
  settle(): void {
    const { view, visible, settled } = this;
    if (!view || settled === visible) return;
    this.settled = visible;
    if (this.lines.every(({ row }) => settled?.has(row) === visible.has(row))) return; // only points have changed
    const before = this.aside;
    this.aside = this.movedAside(visible, view);
    let isMoved = false;
    for (const line of this.lines) {
      if (!line.seen || !visible.has(line.row) || isSame(before, this.aside, line.number)) continue;
      this.drawLine(line, view);
      isMoved = true;
    }
    if (!isMoved) return;
    this.drawHalos();
    this.drawRibbons();
  }

  /** Show or hide how far every line may be off, as a ribbon twice that wide. */
  showAccuracy(on: boolean): void {
    this.accuracy = on;
    this.drawRibbons();
  }

  /** Put a halo under these rows. */
  select(rows: readonly Row[]): void {
    this.selected = new Set(rows);
    this.drawHalos();
  }

  /** Let all other lines step back behind these rows; null: none does. */
  focus(rows: ReadonlySet<Row> | null): void {
    this.focused = rows;
    for (const line of this.lines) this.stepBack(line);
  }

  private stepBack({ row, casing, stroke }: DrawnLine): void {
    const opacity = this.focused && !this.focused.has(row) ? BEHIND : null;
    setAttributes(casing, { opacity });
    setAttributes(stroke, { opacity });
  }

  hover(row: Row | null): void {
    if (row === this.hovered) return;
    this.hovered = row;
    this.drawHalos();
  }

  /** The visible rows within `reach` px of a screen point, nearest first. */
  rowsNear(x: number, y: number, reach: number): Row[] {
    const found = this.shown().map((line) => {
      const paths = line.screen ?? [];
      return { row: line.row, distance: distanceTo(paths, x, y, reach + (line.width * this.factor) / 2) };
    });
    const near = found.filter(({ distance }) => distance < Infinity);
    return near.sort((a, b) => a.distance - b.distance).map(({ row }) => row);
  }

  private changesWithYear(line: DrawnLine): boolean {
    if (line.status !== statusOf(line.row, this.year)) return true;
    return this.lineStyle.flow && !!line.row.facts.flows;
  }

  private clear(line: DrawnLine): void {
    line.data = "";
    line.casing.setAttribute("d", "");
    line.stroke.replaceChildren();
  }

  /** The lanes of the lines of now: what is moved beside others, by the numbers of the lines. */
  private movedAside(visible: ReadonlySet<Row>, view: ScreenView): Moved {
    const { lines } = this;
    this.lanes ??= new Lanes(this.chains, lines.map(strandOf), view.frame, (number, path) => {
      const { row, seen } = lines[number];
      return seen && !FIXED.has(row.kind) ? view.screen(row.paths[path], GAP) : null;
    });
    const between = view.zoom < ROOM.nearFromZoom ? ROOM.far : ROOM.near;
    return this.lanes.moved({
      isShown: (number) => visible.has(lines[number].row),
      room: (number, other) => {
        const [a, b] = [lines[number], lines[other]];
        if (view.zoom < STRINGS_FROM_ZOOM && areStrings(a.row, b.row)) return 0;
        return ((a.width + b.width) * this.factor) / 2 + between;
      },
    });
  }

  private screenOf(number: number, view: ScreenView): Float32Array[] {
    const moved = this.aside.get(number);
    return this.lines[number].row.paths.map((path, i) => moved?.get(i) ?? view.screen(path, GAP));
  }

  private drawLine(line: DrawnLine, view: ScreenView): void {
    const { row } = line;
    const { styles } = this.world;
    line.screen = this.screenOf(line.number, view);
    line.data = line.screen.map((points) => pathData(points)).join("");
    line.status = statusOf(row, this.year);
    const width = line.width * this.factor;
    const paint = rowColour(row, styles, this.lineStyle);
    const ornaments = !this.lineStyle.flow || row.kind === "rail";
    const { layer, kind } = row;
    const look = {
      layer,
      kind,
      status: line.status,
      width,
      zoom: view.zoom,
      ornaments,
      paint,
      doubtful: isDoubtful(row),
      styles,
    };
    const nodes: SVGElement[] = [];
    line.casing.setAttribute("d", "");
    for (const stroke of strokesOf(look)) {
      const attributes = { ...strokeAttributes(stroke), d: line.data };
      if (stroke.part === "casing") setAttributes(line.casing, attributes);
      else nodes.push(svg("path", attributes));
    }
    if (line.status === "operating" && isFlow(row, styles, this.lineStyle)) {
      nodes.push(this.arrows(line.screen, row, width, paint));
    }
    line.stroke.replaceChildren(...nodes);
  }

  /** Arrows along a pipeline, the way it runs in the year of the map; one that runs both ways turns every other. */
  private arrows(screen: readonly Float32Array[], row: Row, width: number, paint: string): SVGPathElement {
    const way = latest(row.facts.flows, this.year)?.direction ?? "forward";
    const size = 3.2 + width * 0.75;
    const every = Math.round(this.world.styles.flow.every / ARROW_STEP);
    let data = "";
    let count = 0;
    for (const points of screen) {
      const pairs = resample(points, ARROW_STEP);
      for (let i = Math.min(every >> 1, pairs.length >> 1); i + 1 < pairs.length; i += every) {
        if (!i) continue;
        const turned = way === "backward" || (way === "both" && count % 2 === 1);
        count += 1;
        const [from, to] = turned ? [pairs[i + 1], pairs[i - 1]] : [pairs[i - 1], pairs[i + 1]];
        data += arrowData(pairs[i], to[0] - from[0], to[1] - from[1], size);
      }
    }
    const outline = { stroke: css("casing"), "stroke-width": 0.9, "stroke-linejoin": "round" };
    return svg("path", { d: data, fill: paint, ...outline });
  }

  private drawRibbons(): void {
    const nodes: SVGPathElement[] = [];
    if (this.accuracy && this.view) {
      const kmPerPixel = (EQUATOR_KM * Math.cos((this.latitude * Math.PI) / 180)) / this.view.scale;
      for (const line of this.shown()) {
        const { accuracy_km: km, accuracy_basis: basis } = line.row.facts;
        if (!km || basis === "schematic") continue;
        const width = (2 * km) / kmPerPixel;
        if (width < line.width * this.factor + 2) continue;
        const stroke = rowColour(line.row, this.world.styles, this.lineStyle);
        const look = { fill: "none", stroke, "stroke-opacity": 0.13, "stroke-width": width.toFixed(1), ...ROUND };
        nodes.push(svg("path", { d: line.data, ...look }));
      }
    }
    this.groups.ribbons.replaceChildren(...nodes);
  }

  private drawHalos(): void {
    if (!this.view) return;
    const { styles } = this.world;
    const rows = new Set(this.hovered ? [...this.selected, this.hovered] : this.selected);
    const nodes: SVGPathElement[] = [];
    for (const row of rows) {
      const line = this.byRow.get(row);
      if (!line?.seen || !this.visible.has(row)) continue;
      if (!line.screen) this.drawLine(line, this.view);
      const width = line.width * this.factor;
      const paint = rowColour(row, styles, this.lineStyle);
      const strokes = strokesOf({ layer: row.layer, kind: row.kind, status: line.status, width, paint, styles });
      const stroke = strokes.find(({ part }) => part === "line")?.stroke ?? paint;
      const wide = width + (this.selected.has(row) ? HALO_OF_CHOSEN : HALO_OF_POINTED);
      const look = { fill: "none", stroke, "stroke-width": wide, "stroke-opacity": HALO_OPACITY, ...ROUND };
      nodes.push(svg("path", { d: line.data, ...look }));
    }
    this.groups.halos.replaceChildren(...nodes);
  }
}

/** Whether a line is moved as it was. */
function isSame(before: Moved, now: Moved, number: number): boolean {
  const old = before.get(number);
  const paths = now.get(number);
  if (!old || !paths || old.size !== paths.size) return old === paths;
  return [...paths].every(([path, points]) => {
    const other = old.get(path);
    return other?.length === points.length && points.every((value, i) => value === other[i]);
  });
}

function setAttributes(node: SVGElement, attributes: Record<string, string | number | null>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, String(value));
  }
}

/** An arrow head at a point, along (dx, dy). */
function arrowData([x, y]: [number, number], dx: number, dy: number, size: number): string {
  const length = Math.hypot(dx, dy) || 1;
  const ux = (dx / length) * size;
  const uy = (dy / length) * size;
  const corners = [
    [x + ux, y + uy],
    [x - ux * 0.7 - uy * 0.8, y - uy * 0.7 + ux * 0.8],
    [x - ux * 0.7 + uy * 0.8, y - uy * 0.7 - ux * 0.8],
  ];
  return pathData(corners.flat(), true);
}
