// Draws the ground: land tinted by standing, the band around the members' union, water, relief, borders, shades.
import { svg } from "../dom.ts";
import type { Shade } from "../facts/parties.ts";
import type { SentArea, SentBoundary } from "../facts/types.ts";
import { mercatorX, mercatorY } from "../geometry/mercator.ts";
import { type ArcKind, boundaryLook, type Ground, type Shape, type Standing, type Unit } from "./ground.ts";
import { css } from "./looks.ts";
import { pathData, pointsData, type ScreenView } from "./screen-view.ts";

export const GROUND_GROUPS = ["graticule", "land", "relief", "shade", "band", "hatch", "water", "borders"] as const;
type Groups = Record<(typeof GROUND_GROUPS)[number], SVGGElement>;

/** Points nearer to each other than so many px are drawn as one; the closer the map, the finer. */
const gapAt = (zoom: number) => (zoom < 4 ? 1.2 : zoom < 6 ? 0.9 : 0.7);
const borderWidthAt = (zoom: number) => (zoom < 5 ? 0.75 : zoom < 6.6 ? 1 : 1.5);
const reliefClassAt = (zoom: number) => (zoom < 5 ? "" : zoom < 6.6 ? " softer" : " softest");

/** Rivers of a higher rank are thin ones. */
const GREAT_RIVER = 4;
const UNKNOWN_RANK = 9;

/** Degrees between two lines of the graticule, and how far it reaches. */
const GRATICULE_STEP = 10;
const MERIDIANS: [number, number] = [0, 200];
const PARALLELS: [number, number] = [-20, 80];

/** In how many pieces a line of the graticule is drawn where it is a curve. */
const BENT_PIECES = 60;

export interface DrawnUnit {
  readonly unit: Unit;
  readonly node: SVGPathElement;
  standing: Standing | null;
  /** Whether it may be seen, and its outline on the screen. */
  seen: boolean;
  data: string;
}

interface DrawnArea {
  readonly area: Shape<SentArea>;
  readonly hatch: SVGPathElement;
  readonly tint: SVGPathElement;
}

interface DrawnBoundary {
  readonly line: Shape<SentBoundary>;
  readonly halo: SVGPathElement;
  readonly dash: SVGPathElement;
}

const DASHED = { fill: "none", stroke: css("dispute"), "stroke-width": 1.1, "stroke-dasharray": "4 2.6" };

function hatchOf(id: string, size: number, turn: number, stroke: Record<string, string | number>): SVGPatternElement {
  const pattern = {
    id,
    width: size,
    height: size,
    patternUnits: "userSpaceOnUse",
    patternTransform: `rotate(${turn})`,
  };
  return svg("pattern", pattern, svg("line", { x1: 0, y1: 0, x2: 0, y2: size, ...stroke }));
}

const bandOf = (width: number, opacity: string) =>
  svg("path", {
    fill: "none",
    stroke: css("band"),
    "stroke-width": width,
    "stroke-opacity": css(opacity),
    "stroke-linejoin": "round",
  });

const river = (width: number, opacity: number | null) =>
  svg("path", { fill: "none", stroke: css("river"), "stroke-width": width, "stroke-opacity": opacity });

export class GroundDrawing {
  readonly ground: Ground;
  readonly units: readonly DrawnUnit[];
  /** Patterns and the clip of the union. */
  readonly defs: SVGDefsElement;
  readonly border = svg("path", { fill: "none", stroke: css("border"), "stroke-opacity": 0.8 });
  readonly lakes = svg("path", {
    fill: css("lake"),
    stroke: css("coast"),
    "stroke-width": 0.5,
    "fill-rule": "evenodd",
  });
  private readonly groups: Groups;
  private readonly areas: readonly DrawnArea[];
  private readonly boundaries: readonly DrawnBoundary[];
  private readonly union = svg("path");
  private readonly bands = [bandOf(13, "band-wide"), bandOf(5, "band-narrow")];
  private readonly graticule = svg("path", { fill: "none", stroke: css("graticule"), "stroke-width": 0.6 });
  private readonly smallRivers = river(0.6, 0.75);
  private readonly greatRivers = river(1.1, null);
  private readonly coast = svg("path", { fill: "none", stroke: css("coast"), "stroke-width": 0.7 });
  private readonly relief: SVGImageElement | null;
  private kinds: ArcKind[] = [];
  private arcData: string[] = [];
  private view: ScreenView | null = null;
  private worldview: string | null = null;
  private year: number | null = null;
  private parties: ReadonlyMap<string, Shade> = new Map();

  constructor(ground: Ground, groups: Groups) {
    this.ground = ground;
    this.groups = groups;
    const clip = svg("clipPath", { id: "union" }, this.union);
    const disputed = { stroke: css("dispute"), "stroke-width": 1.5, "stroke-opacity": 0.5 };
    const partly = { stroke: css("party"), "stroke-width": 3, "stroke-opacity": 0.6 };
    this.defs = svg("defs", {}, clip, hatchOf("hatch", 5, 45, disputed), hatchOf("partly", 7, -45, partly));
    groups.graticule.append(this.graticule);
    this.units = ground.units.map((unit) => {
      const node = svg("path", { "stroke-width": 0.7, "fill-rule": "evenodd" });
      return { unit, node, standing: null, seen: false, data: "" };
    });
    this.areas = ground.disputed.map((area) => ({
      area,
      tint: svg("path", { "fill-rule": "evenodd" }),
      hatch: svg("path", { fill: "url(#hatch)", "fill-rule": "evenodd" }),
    }));
    this.boundaries = ground.boundaries.map((line) => ({
      line,
      halo: svg("path", { fill: "none", stroke: css("halo"), "stroke-width": 2.2, "stroke-opacity": 0.9 }),
      dash: svg("path", DASHED),
    }));
    this.relief = ground.relief ? svg("image", { href: ground.relief.image, preserveAspectRatio: "none" }) : null;
    groups.land.append(...this.units.map(({ node }) => node), ...this.areas.map(({ tint }) => tint));
    groups.hatch.append(...this.areas.map(({ hatch }) => hatch));
    if (this.relief) groups.relief.append(this.relief);
    groups.band.append(svg("g", { "clip-path": "url(#union)" }, ...this.bands));
    groups.water.append(this.smallRivers, this.greatRivers, this.lakes, this.coast);
    groups.borders.append(this.border, ...this.boundaries.flatMap(({ halo, dash }) => [halo, dash]));
    this.setYear(null);
  }

  /** Outlines of the disputed areas on the screen. */
  disputedData(): string[] {
    return this.areas.map(({ hatch }) => hatch.getAttribute("d") ?? "");
  }

  /** Tint the land and say which arcs carry the band, for the members of a year; nothing is projected again. */
  setYear(year: number | null): void {
    this.year = year;
    let changed = false;
    for (const drawn of this.units) {
      const standing = this.ground.standing(drawn.unit.state, year);
      if (standing === drawn.standing) continue;
      changed = true;
      drawn.standing = standing;
      const tint = css(`land-${standing}`);
      drawn.node.setAttribute("fill", tint);
      drawn.node.setAttribute("stroke", tint);
    }
    if (!changed) return;
    this.kinds = this.ground.arcKinds(this.units.map(({ standing }) => standing ?? "other"));
    if (this.view) this.drawBand();
  }

  setWorldview(worldview: string | null): void {
    this.worldview = worldview;
    if (this.view) this.draw(this.view);
  }

  /** Shade states. */
  shade(parties: ReadonlyMap<string, Shade>): void {
    this.parties = parties;
    if (this.view) this.drawShade();
  }

  draw(view: ScreenView): void {
    this.view = view;
    const gap = gapAt(view.zoom);
    this.drawLand(view, gap);
    this.drawBand();
    this.drawShade();
    this.drawWater(view, gap);
    this.drawAreas(view, gap);
    this.drawBoundaries(view, gap);
    this.drawGraticule(view);
    this.drawRelief(view);
  }

  private drawLand(view: ScreenView, gap: number): void {
    const { ground } = this;
    const arcs = ground.arcs.map((arc) => new ScreenArc(arc, view, gap));
    for (const drawn of this.units) {
      drawn.seen = view.sees(drawn.unit.box);
      drawn.data = drawn.seen
        ? drawn.unit.polygons
            .flat()
            .map((ring) => ringData(ring, arcs))
            .join("")
        : "";
      drawn.node.setAttribute("d", drawn.data);
    }
    this.arcData = arcs.map((arc, number) => (view.sees(ground.boxes[number]) ? `M${arc.text(false)}` : ""));
  }

  /** The golden band along the land borders of the members' union, clipped to the union; coast and plain borders. */
  private drawBand(): void {
    const members = this.units.filter(({ standing }) => standing === "member");
    this.union.setAttribute("d", members.map(({ data }) => data).join(""));
    const rim = this.arcData.filter((_, number) => this.kinds[number] === "rim").join("");
    for (const band of this.bands) band.setAttribute("d", rim);
  }

  private drawShade(): void {
    const nodes: SVGPathElement[] = [];
    for (const { unit, data } of this.units) {
      const shade = this.parties.get(unit.state ?? "");
      if (!shade || !data) continue;
      const fill = shade === "hatch" ? "url(#partly)" : css("party");
      const opacity = shade === "hatch" ? 1 : 0.42;
      nodes.push(svg("path", { d: data, fill, "fill-opacity": opacity, "fill-rule": "evenodd" }));
    }
    this.groups.shade.replaceChildren(...nodes);
  }

  private drawWater(view: ScreenView, gap: number): void {
    const { ground } = this;
    const coast = this.arcData.filter((_, number) => this.kinds[number] === "coast");
    this.coast.setAttribute("d", coast.join(""));
    const lakes = ground.lakes.filter(({ box }) => view.sees(box));
    this.lakes.setAttribute("d", lakes.map((lake) => fillData(lake, view, gap)).join(""));
    const rivers = ground.rivers.filter(({ box }) => view.sees(box));
    const isGreat = (shape: Shape) => (shape.rank ?? UNKNOWN_RANK) <= GREAT_RIVER;
    const draw = (shapes: Shape[]) => shapes.map((shape) => lineData(shape, view, gap)).join("");
    this.greatRivers.setAttribute("d", draw(rivers.filter(isGreat)));
    this.smallRivers.setAttribute("d", draw(rivers.filter((shape) => !isGreat(shape))));
  }

  /** Disputed areas are hatched, and tinted where the worldview on borders gives them to another state. */
  private drawAreas(view: ScreenView, gap: number): void {
    for (const { area, hatch, tint } of this.areas) {
      const data = view.sees(area.box) ? fillData(area, view, gap) : "";
      const state = area.counts_to?.[this.worldview ?? "default"];
      const isMoved = this.worldview !== null && state !== area.counts_to?.default;
      hatch.setAttribute("d", data);
      tint.setAttribute("d", isMoved ? data : "");
      tint.setAttribute("fill", css(`land-${this.ground.standing(state, this.year)}`));
    }
  }

  private drawBoundaries(view: ScreenView, gap: number): void {
    const { ground } = this;
    const isPlain = (number: number) => this.kinds[number] !== "coast" && !ground.marked.has(number);
    let plain = this.arcData.filter((_, number) => isPlain(number)).join("");
    for (const { line, halo, dash } of this.boundaries) {
      const look = boundaryLook(line, this.worldview);
      const data = look !== "none" && view.sees(line.box) ? lineData(line, view, gap) : "";
      if (look === "plain") plain += data;
      halo.setAttribute("d", look === "dashed" ? data : "");
      dash.setAttribute("d", look === "dashed" ? data : "");
    }
    this.border.setAttribute("d", plain);
    this.border.setAttribute("stroke-width", String(borderWidthAt(view.zoom)));
  }

  private drawGraticule(view: ScreenView): void {
    const lines: string[] = [];
    const line = (from: [number, number], to: [number, number]) => {
      const pieces = view.bends ? BENT_PIECES : 1;
      const points = Array.from({ length: pieces + 1 }, (_, i) => {
        const [lon, lat] = [0, 1].map((axis) => from[axis] + ((to[axis] - from[axis]) * i) / pieces);
        return view.at(mercatorX(lon), mercatorY(lat));
      });
      lines.push(pathData(points.flat()));
    };
    for (let lon = MERIDIANS[0]; lon <= MERIDIANS[1]; lon += GRATICULE_STEP)
      line([lon, PARALLELS[0]], [lon, PARALLELS[1]]);
    for (let lat = PARALLELS[0]; lat <= PARALLELS[1]; lat += GRATICULE_STEP)
      line([MERIDIANS[0], lat], [MERIDIANS[1], lat]);
    this.graticule.setAttribute("d", lines.join(""));
  }

  private drawRelief(view: ScreenView): void {
    if (!this.relief || !this.ground.relief) return;
    if (view.bends) {
      this.relief.setAttribute("display", "none"); // its picture is Mercator's
      return;
    }
    const [west, south, east, north] = this.ground.relief.bounds;
    const [x0, y0] = view.at(mercatorX(west), mercatorY(north));
    const [x1, y1] = view.at(mercatorX(east), mercatorY(south));
    for (const [name, value] of Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 })) {
      this.relief.setAttribute(name, value.toFixed(1));
    }
    this.groups.relief.setAttribute("class", `plate-relief${reliefClassAt(view.zoom)}`);
  }
}

/** An arc on the screen, written at most once in either direction: units on both sides and the coast share it. */
class ScreenArc {
  private readonly arc: Float64Array;
  private readonly view: ScreenView;
  private readonly gap: number;
  private points: Float32Array | null = null;
  private readonly texts: (string | undefined)[] = [undefined, undefined];

  constructor(arc: Float64Array, view: ScreenView, gap: number) {
    this.arc = arc;
    this.view = view;
    this.gap = gap;
  }

  /** Its points as path data has them. */
  text(isReversed: boolean): string {
    this.points ??= this.view.screen(this.arc, this.gap);
    this.texts[Number(isReversed)] ??= pointsData(this.points, isReversed);
    return this.texts[Number(isReversed)] ?? "";
  }
}

/** A ring of arcs as path data; a point where two arcs meet is written once. */
function ringData(ring: readonly number[], arcs: readonly ScreenArc[]): string {
  let data = "";
  for (const [place, number] of ring.entries()) {
    const text = number < 0 ? arcs[~number].text(true) : arcs[number].text(false);
    const second = text.indexOf("L");
    if (!place) data = `M${text}`;
    else if (second >= 0) data += text.slice(second);
  }
  return `${data}Z`;
}

const lineData = (shape: Shape, view: ScreenView, gap: number) =>
  shape.lines.map((path) => pathData(view.screen(path, gap))).join("");

const fillData = (shape: Shape, view: ScreenView, gap: number) =>
  shape.rings
    .flat()
    .map((ring) => pathData(view.screen(ring, gap), true))
    .join("");
