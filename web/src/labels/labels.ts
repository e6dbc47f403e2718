// Sets symbols and names on the map: one after the other, in order of weight, moved aside or dropped where something
// stands already. How places are found is in places.ts, what they cost in weights.ts.
import { OWN_PREFIX } from "../contract.ts";
import { svg } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import { yearOf } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import type { SentCity, SentLabel, Texts } from "../facts/types.ts";
import type { World } from "../facts/world.ts";
import { type Box, mercatorX, mercatorY } from "../geometry/mercator.ts";
import { chained, type Point, resample } from "../geometry/paths.ts";
import { Spots } from "../geometry/spots.ts";
import type { Shape, Spot } from "../map/ground.ts";
import type { DrawnUnit } from "../map/ground-drawing.ts";
import type { DrawnLine } from "../map/line-drawing.ts";
import { css, isByGauge, lineColour, NOT_THERE, PALE, symbolColour, textColour } from "../map/looks.ts";
import type { Plate } from "../map/plate.ts";
import type { ScreenView } from "../map/screen-view.ts";
import { symbolShape } from "../map/swatches.ts";
import type { Wording } from "../words/wording.ts";
import { figurePlate, type LineFigure } from "./figures.ts";
import { isAtEnd, type LineGroup, lineEnds, lineGroups } from "./line-groups.ts";
import { greatness, shortName, twoLines } from "./names.ts";
import { paintLand, paintLines } from "./paint.ts";
import {
  alongLine,
  besidePoint,
  leaderPlace,
  middleOf,
  onLand,
  onWater,
  overLand,
  type Spot as Place,
  reachBeside,
} from "./places.ts";
import { type Land, Raster, type Size, SYMBOL, type Territory } from "./raster.ts";
import { CAPITAL_APART, capitalSymbol, EVENT, GAUGE_CHANGE, rankOf, type Wanted, wantedSymbols } from "./symbols.ts";
import { type Look, textBesidePath, textNode, textOnPath } from "./text.ts";
import { textWidth } from "./text-width.ts";
import { ALONG, BESIDE, LEADER, ON_LAND, ON_WATER, SMALLEST_SIZE } from "./weights.ts";

/** Px kept free around panels over the map. */
const AROUND_PANELS = 6;

/** Statuses of what is given up: names of such lines are grey. */
const DEAD: ReadonlySet<string | null> = new Set(["shelved", "cancelled", "retired"]);

/** Px by which an event stands right of the dot of its city and above it, and within which it belongs to a dot. */
const EVENT_ASIDE = 6.5;
const EVENT_REACH = 12;

/** Cities of this rank and capitals are named before the symbols, the others after them. */
const GREAT_CITY = 2;
const PLAIN_RANK = 5;
const UNKNOWN_RANK = 9;

/** Letters of a title that still stand on a line; names made for the map may be longer. */
const LONGEST_TITLE = 42;

/** Names along lines are a little larger from this zoom on. */
const LARGER_FROM_ZOOM = 5.4;

const RIVERS_FROM_ZOOM = 4.4;
const EVERY_RIVER_FROM_ZOOM = 5.6;
const GREAT_RIVER = 4;
const RIVER_OFFSET = 3;

/** Px of a cell in which the symbols around a name are looked for. */
const SPOT = 32;

/** Px between the ends of two lines that still count as one, for rows and for rivers. */
const LINE_GAP = 6;
const RIVER_GAP = 4;

/** Px on either side of a degree mark that stay free. */
const DEGREE_ROOM = 4;

/** A very large state in sight over so many px carries its name twice. */
const TWICE_FROM_PX = 820;
const TWICE_FROM_GREATNESS = 2.9;

/** How everything is to be set: what is shown, in whose words, and what must stay free. */
export interface LabelView {
  rows: ReadonlySet<Row>;
  wording: Wording;
  /** Panels over the map, in px of the window. */
  reserved: readonly DOMRect[];
  year: number | null;
  phone: boolean;
  /** Whether degree marks stand along the frame of a printed map. */
  frame?: boolean;
  /** What a story writes beside lines. */
  figures?: readonly LineFigure[];
}

/** A symbol or name that is on the map: what tests and snapshots read. Boxes and points are screen points. */
export interface Placed {
  kind: "country" | "line" | "city" | "symbol" | "sea" | "river" | "degree" | "figure";
  text: string;
  x: number;
  y: number;
  /** In which order it was set: who comes earlier had the choice. */
  order: number;
}

/** A name beside a symbol or the dot of a city, in screen points. */
export interface Named {
  text: string;
  box: Readonly<Box>;
  at: Readonly<Point>;
}

/** A name that can be clicked. */
export interface Hit {
  box: Readonly<Box>;
  project?: string;
  country?: string;
}

interface MapPart {
  corner: Size;
  size: Size;
  /** The corner of the map's container in the window. */
  held: { left: number; top: number };
}

export class Labels {
  hits: readonly Hit[] = [];
  symbols: readonly Wanted[] = [];
  placed: readonly Placed[] = [];
  beside: readonly Named[] = [];
  raster: Raster<DrawnUnit> | null = null;
  private readonly plate: Plate;
  private readonly world: World;
  private readonly mapPart: () => MapPart;
  private run = 0;
  private land: { key: string; land: Land<DrawnUnit> } | null = null;

  constructor(plate: Plate, world: World, mapPart: () => MapPart) {
    this.plate = plate;
    this.world = world;
    this.mapPart = mapPart;
  }

  /** Draw all symbols and names, in steps so that it can be done in slices. What was there before stays until the last;
   * newer steps, and lines that are drawn for another view, end older ones. */
  *steps(view: LabelView): Generator<void> {
    this.run += 1;
    const { run, plate } = this;
    plate.rows.settle();
    const { drawn } = plate.rows;
    if (!plate.view) return;
    const setting = new Setting(plate, this.world, view, plate.view, this.rasterOf(view));
    for (const _ of setting.steps()) {
      yield;
      if (this.run !== run || plate.rows.drawn !== drawn) return;
    }
    this.hits = setting.hits;
    this.symbols = setting.symbols;
    this.placed = setting.placed;
    this.beside = setting.beside;
    this.raster = setting.raster;
    plate.groups.symbols.replaceChildren(...setting.symbolNodes);
    plate.groups.labels.replaceChildren(...setting.nodes);
  }

  private rasterOf(view: LabelView): Raster<DrawnUnit> {
    const { plate } = this;
    const { corner, size, held } = this.mapPart();
    const key = [plate.drawing, corner.x, corner.y, size.x, size.y].join();
    if (this.land?.key !== key) {
      const lakes = plate.land.lakes.getAttribute("d") ?? "";
      this.land = { key, land: paintLand(corner, size, plate.land.units, lakes, plate.land.disputedData()) };
    }
    const raster = new Raster(corner, size, this.land.land, paintLines(corner, size, plate.rows.shown()));
    for (const rect of view.reserved) {
      const x = rect.left - held.left + corner.x;
      const y = rect.top - held.top + corner.y;
      const reach = AROUND_PANELS;
      raster.take([x - reach, y - reach, x + rect.width + reach, y + rect.height + reach]);
    }
    return raster;
  }
}

/** One setting of everything: collects nodes and what can be clicked. */
class Setting {
  readonly nodes: SVGElement[] = [];
  readonly symbolNodes: SVGElement[] = [];
  readonly hits: Hit[] = [];
  readonly symbols: Wanted[] = [];
  private readonly spots = new Spots<Wanted>(SPOT);
  readonly placed: Placed[] = [];
  readonly beside: Named[] = [];
  readonly raster: Raster<DrawnUnit>;
  private readonly plate: Plate;
  private readonly world: World;
  private readonly view: LabelView;
  private readonly screen: ScreenView;
  private readonly zoom: number;
  /** Whether the script of the language has capitals and italics. */
  private readonly isLatin: boolean;
  private readonly lang: string;
  private paths = 0;

  constructor(plate: Plate, world: World, view: LabelView, screen: ScreenView, raster: Raster<DrawnUnit>) {
    this.plate = plate;
    this.world = world;
    this.view = view;
    this.screen = screen;
    this.zoom = screen.zoom;
    this.lang = view.wording.lang;
    this.isLatin = this.lang === "en" || this.lang === "ru";
    this.raster = raster;
  }

  *steps(): Generator<void> {
    yield;
    const inSight = this.citiesInSight();
    const ends = lineEnds(this.plate.rows.shown());
    const isEnd = (city: Spot<SentCity>) => isAtEnd(ends, ...this.screen.at(city.x, city.y));
    const cities = inSight.filter((city) => !isEnd(city));
    if (this.view.frame) this.setDegrees();
    const isGreat = (city: SentCity) => !!city.capital || (city.rank ?? PLAIN_RANK) <= GREAT_CITY;
    this.setSymbols();
    this.setFigures();
    this.setSymbolNames(true);
    this.setSeas(true);
    this.setCities(inSight.filter(isEnd));
    yield;
    yield* this.setCountries();
    yield* this.setLineNames(this.plate.rows.shown());
    this.setCities(cities.filter(isGreat));
    this.setSymbolNames(false);
    yield;
    this.setCities(cities.filter((city) => !isGreat(city)));
    yield;
    this.setSeas(false);
    this.setRivers();
  }

  private name(title: Texts | undefined): string {
    return shortName(this.view.wording.pick(title));
  }

  private note(kind: Placed["kind"], text: string, [x, y]: Readonly<Point>): void {
    this.placed.push({ kind, text, x: Math.round(x), y: Math.round(y), order: this.placed.length });
  }

  private write(kind: Placed["kind"], lines: readonly string[], x: number, y: number, look: Look): void {
    this.nodes.push(textNode(lines, x, y, look));
    this.note(kind, lines.join(" "), [x, y]);
  }

  private setFigures(): void {
    const lines = new Map(this.plate.rows.shown().map((line) => [line.row, line]));
    for (const { row, text } of this.view.figures ?? []) {
      const line = lines.get(row);
      const plate = line && figurePlate(this.raster, line, text);
      if (!plate) continue;
      this.nodes.push(plate.node);
      this.note("figure", text, plate.at);
    }
  }

  // ------------------------------------------------------------ symbols
  private setSymbols(): void {
    const { plate, zoom, world, raster, view } = this;
    const scale = zoom > 6 ? 1.15 : zoom > 4.6 ? 1 : 0.86;
    const byGauge = plate.lineStyle.colour === "gauge";
    for (const wanted of wantedSymbols({ ...world, rows: plate.rowsDrawn }, view.rows, zoom, view.year, byGauge)) {
      const [x, y] = this.screen.at(wanted.x, wanted.y);
      if (!raster.isInside([x, y, x, y], -6)) continue;
      if (wanted.kind === EVENT) this.setEvent({ ...wanted, x, y }, scale);
      else this.setSymbol({ ...wanted, x, y }, scale);
    }
  }

  private setSymbol(symbol: Wanted, scale: number): void {
    const { look, x, y, target } = symbol;
    const { styles } = this.world;
    if (rankOf(look) > 1 && this.raster.isTaken([x - 3, y - 3, x + 3, y + 3])) return;
    const isNear = this.zoom >= (look.near_zoom ?? Infinity) && look.shape_near;
    const isOwn = target.layer?.startsWith(OWN_PREFIX);
    const layer = isOwn || look.tone === "row" ? target.layer : null;
    const shape = symbolShape(isNear || look.shape, layer ? lineColour(styles, layer) : symbolColour(look, styles));
    shape.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${scale})`);
    if (NOT_THERE.has(symbol.status)) shape.setAttribute("opacity", String(PALE));
    this.symbolNodes.push(shape);
    this.raster.take([x - 4.5, y - 4.5, x + 4.5, y + 4.5], SYMBOL);
    this.stand(symbol);
  }

  private stand(symbol: Wanted): void {
    this.symbols.push(symbol);
    this.spots.add(symbol.x, symbol.y, symbol);
  }

  /** An event stands beside the dot of its city and takes no room from names; one of the chosen year is larger. */
  private setEvent(symbol: Wanted, scale: number): void {
    const { year } = this.view;
    const isNow = symbol.target.rows?.some((row) => yearOf(row.date) === year);
    const size = (scale * (isNow ? 1 : 0.8)).toFixed(2);
    const x = symbol.x + EVENT_ASIDE * scale;
    const y = symbol.y - EVENT_ASIDE * scale;
    const shape = symbolShape(symbol.look.shape, symbolColour(symbol.look, this.world.styles));
    shape.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${size})`);
    this.symbolNodes.push(shape);
    this.stand({ ...symbol, x, y });
  }

  /** Set the names of the symbols without which the map cannot be read, or of the others. */
  private setSymbolNames(areKey: boolean): void {
    for (const { kind, name, isKey, x, y } of this.symbols) {
      if (!name || isKey !== areKey) continue;
      const isWater = kind === "dam";
      const fill = css(isWater ? "label-water" : "label");
      const weight = kind === GAUGE_CHANGE ? 600 : 500;
      const italic = isWater && this.isLatin;
      const set = { size: 11.2, weight, fill, halo: css("halo"), haloWidth: 2.8, italic };
      this.setBeside("symbol", this.name(name), [x, y], 8, set, BESIDE.mostForSymbol);
    }
  }

  /** Set a name beside a point in the best of eight places; false when none is free. */
  private setBeside(kind: Placed["kind"], text: string, at: Point, gap: number, look: Look, most: number): boolean {
    if (!text) return false;
    const width = textWidth(text, look);
    const others = this.strangersTo(at, reachBeside(width, look.size, gap));
    const place = besidePoint(this.raster, at, width, look.size, gap, most, others);
    if (!place) return false;
    this.write(kind, [text], place.x, place.y, { ...look, anchor: place.anchor });
    this.beside.push({ text, box: place.box, at });
    this.raster.take(place.box);
    return true;
  }

  /** The symbols around a point that are not at it: an event stands beside the dot of its own city. */
  private strangersTo([x, y]: Readonly<Point>, reach: readonly [number, number]): Point[] {
    const isOther = ({ kind, x: otherX, y: otherY }: Wanted) =>
      Math.hypot(otherX - x, otherY - y) > (kind === EVENT ? EVENT_REACH : 1);
    const around = this.spots.around(x, y, ...reach);
    return around.filter(isOther).map((symbol): Point => [symbol.x, symbol.y]);
  }

  // ------------------------------------------------------------ countries
  private *setCountries(): Generator<void> {
    const { raster, world } = this;
    const known = (unit: DrawnUnit) => unit.unit.title ?? world.countries[unit.unit.state ?? ""];
    const territories = raster.land.territories().filter(({ owner }) => known(owner));
    territories.sort((a, b) => b.owner.unit.area - a.owner.unit.area || (a.owner.unit.id < b.owner.unit.id ? -1 : 1));
    const points = new Map(this.plate.ground.countryPoints.map((point) => [point.unit, point]));
    yield;
    for (const [i, territory] of territories.entries()) {
      if (i % 8 === 7) yield;
      this.setCountry(territory, points.get(territory.owner.unit.id.toUpperCase()) ?? null);
    }
  }

  private setCountry(territory: Territory<DrawnUnit>, point: Spot<SentLabel> | null): void {
    const { raster, zoom, isLatin, view } = this;
    const { unit, standing } = territory.owner;
    const great = greatness(unit.area);
    const isMember = standing === "member";
    const isOther = standing === "other";
    if ((zoom < 3.4 && great < 1.6) || (view.phone && zoom < 4 && great < 1.5 && !isMember)) return;
    const plain = this.name(this.world.countries[unit.state ?? ""]?.name ?? unit.title);
    const text = isLatin ? plain.toLocaleUpperCase(view.wording.locale) : plain;
    const growth = zoom < 4 ? 0.92 : zoom < 5 ? 1 : zoom < 6.5 ? 1.22 : 1.3;
    let size = Math.max(SMALLEST_SIZE, Math.min(22, (7.4 + great * 2.15) * growth) * (isOther ? 0.9 : 1));
    const weight = isMember ? 600 : 500;
    const fill = css(isMember ? "label" : "label2");
    const halo = css(isMember ? "halo" : "halo-other");
    const spaced = (px: number) => (isLatin ? px * spacingOf(great) : this.lang === "zh" ? px * 0.2 : 0);
    const look = (px: number, spacing = spaced(px)): Look => ({ size: px, weight, spacing });
    const wanted = this.wantedSpot(point) ?? middleOf(raster, territory);
    const find = (how: Look, second: Place | null = null) => {
      const avoided = second ? [{ x: second.x, y: second.y, radius: ON_LAND.apart }] : [];
      return onLand(raster, territory, textWidth(text, how) + 6, how.size * 1.1, wanted, avoided);
    };
    let how = look(size);
    let found = find(how);
    for (const times of ON_LAND.smaller) {
      if ((found && found.cost < ON_LAND.good) || size * times < SMALLEST_SIZE) break;
      const smaller = find(look(size * times));
      if (!smaller || (found && smaller.cost >= found.cost - ON_LAND.worthShrinking)) continue;
      found = smaller;
      size *= times;
      how = look(size);
    }
    if (!found && size > 10) {
      how = look(10, isLatin ? 0.3 : 0);
      found = find(how);
    }
    if (!found && zoom < 5.6 && (great > 0.95 || !isOther || zoom > 4)) {
      how = look(Math.min(how.size, 10.4), isLatin ? 0.6 : 0);
      found = overLand(raster, territory, textWidth(text, how), how.size, wanted);
    }
    if (!found) return;
    const set: Look = { ...how, fill, halo, haloWidth: 3, haloOpacity: 0.75 };
    this.setCountryName(text, found, set, unit.state);
    if (great <= TWICE_FROM_GREATNESS || (territory.x1 - territory.x0) * 4 <= TWICE_FROM_PX) return;
    const again = find(how, found);
    if (again && again.cost < ON_LAND.mostForSecond) this.setCountryName(text, again, set, unit.state);
  }

  private setCountryName(text: string, at: Place, look: Look, state: string | null): void {
    const { size, spacing = 0 } = look;
    const half = textWidth(text, look) / 2 + 2;
    const box: Box = [at.x - half, at.y - size * 0.62, at.x + half, at.y + size * 0.5];
    this.write("country", [text], at.x + spacing / 2, at.y + size * 0.35, look);
    this.raster.take(box);
    if (state) this.hits.push({ box, country: state });
  }

  /** Where the name of a state is best, on a map of the whole region and where that is in sight. */
  private wantedSpot(point: Spot<SentLabel> | null): Point | null {
    if (!point || this.zoom >= 5) return null;
    const [x, y] = this.screen.at(point.x, point.y);
    return this.raster.isInside([x, y, x, y], 0) ? [x, y] : null;
  }

  // ------------------------------------------------------------ names along lines
  private *setLineNames(shown: readonly DrawnLine[]): Generator<void> {
    const { projects, styles } = this.world;
    for (const group of lineGroups(shown, projects, styles.project ?? {}, this.zoom)) {
      yield;
      const text = this.name(group.title);
      if (!text || (!group.look.name && [...text].length > LONGEST_TITLE)) continue;
      this.setLineName(group, text);
    }
  }

  private setLineName(group: LineGroup<DrawnLine>, text: string): void {
    const { zoom, plate, view, raster } = this;
    const { look, width } = group;
    const chain = (lines: readonly DrawnLine[]) =>
      chained(
        lines.flatMap(({ screen }) => screen ?? []),
        LINE_GAP,
      );
    const runs = [...chain(group.main), ...chain(group.branches)];
    const fill = this.lineNameColour(group);
    const { leader } = look;
    const isLed = leader && zoom >= (leader.from_zoom ?? 3.6) && zoom <= (leader.to_zoom ?? 6.2) && !view.phone;
    if (isLed && this.setLeader(group, text, fill, runs[0])) return;
    const size = look.size ?? (zoom > LARGER_FROM_ZOOM ? 11.5 : 11);
    const offset = (width * plate.rows.factor) / 2 + 3.2;
    const set: Look = { size, weight: 600, spacing: 0.2, fill, halo: css("halo"), haloWidth: 3.2, haloOpacity: 0.92 };
    const length = textWidth(text, set);
    const most = group.rank <= 1 ? ALONG.mostOfFirstRank : ALONG.most;
    const others: Point[] = [];
    for (const run of runs.slice(0, ALONG.runs)) {
      const pairs = resample(run, ALONG.step);
      const isLong = pairs.length * ALONG.step > ALONG.repeatFrom;
      let more = true;
      while (more && others.length < (look.repeat ?? 1)) {
        const place = alongLine(raster, pairs, { length, size, offset, others, most, straight: this.lang === "bn" });
        if (!place) break;
        this.setAlong("line", text, place, offset, set, group.id);
        others.push(place.middle);
        more = isLong;
      }
    }
  }

  private lineNameColour({ main, branches, layer }: LineGroup<DrawnLine>): string {
    const lines = [...main, ...branches];
    if (lines.every(({ row }) => DEAD.has(statusOf(row, this.view.year)))) return css("label2");
    if (isByGauge(lines[0].row, this.plate.lineStyle)) return css("label");
    return textColour(this.world.styles, layer);
  }

  /** Set a name on a run of a line. Bengali stands straight along it: letters on a curve lose their joins. */
  private setAlong(
    kind: "line" | "river",
    text: string,
    place: NonNullable<ReturnType<typeof alongLine>>,
    offset: number,
    look: Look,
    project: string | null,
  ): void {
    for (const box of place.boxes) {
      this.raster.take(box);
      if (project) this.hits.push({ box, project });
    }
    this.note(kind, text, place.middle);
    if (this.lang === "bn") {
      this.nodes.push(textBesidePath(text, place, offset, { ...look, spacing: 0 }));
      return;
    }
    this.nodes.push(...textOnPath(text, place, offset, look, `name${this.paths}`));
    this.paths += 1;
  }

  /** A name beside its short line, joined to it by a thin stroke; false when there is no room. */
  private setLeader(group: LineGroup, text: string, fill: string, run: readonly number[] | undefined): boolean {
    if (!run) return false;
    const lines = twoLines(text);
    const set: Look = { size: LEADER.size, weight: 600, fill, halo: css("halo"), haloWidth: 3.2 };
    const width = Math.max(...lines.map((line) => textWidth(line, set)));
    const place = leaderPlace(this.raster, run, width, lines.length * LEADER.lineHeight);
    if (!place) return false;
    const { box, right, from, to } = place;
    const d = `M${from[0].toFixed(1)} ${from[1].toFixed(1)}L${to[0].toFixed(1)} ${to[1].toFixed(1)}`;
    const stroke = lineColour(this.world.styles, group.layer);
    this.nodes.push(svg("path", { d, stroke: css("halo"), "stroke-width": 3, fill: "none" }));
    this.nodes.push(svg("path", { d, stroke, "stroke-width": 1.1, fill: "none" }));
    const anchor = right ? "start" : "end";
    this.write("line", lines, right ? box[0] : box[2], box[1] + LEADER.size * 0.86, { ...set, anchor });
    this.raster.take(box);
    this.hits.push({ box, project: group.id });
    return true;
  }

  // ------------------------------------------------------------ cities, water
  private citiesInSight(): Spot<SentCity>[] {
    const { zoom } = this;
    const most = zoom < 3.6 ? 2 : zoom < 4.7 ? 3 : zoom < 5.5 ? 4 : zoom < 6.6 ? 5 : 9;
    const rank = (city: SentCity) => city.rank ?? PLAIN_RANK;
    const isCapital = (city: SentCity) => Number(!!city.capital);
    return this.plate.ground.cities
      .filter((city) => rank(city) <= most || (city.capital && zoom > 3.4))
      .sort((a, b) => isCapital(b) - isCapital(a) || rank(a) - rank(b) || (a.id < b.id ? -1 : 1));
  }

  private setCities(cities: readonly Spot<SentCity>[]): void {
    for (const city of cities) this.setCity(city);
  }

  private setCity(city: Spot<SentCity>): void {
    const { raster } = this;
    const [x, y] = this.screen.at(city.x, city.y);
    if (!raster.isInside([x, y, x, y], 8)) return;
    const symbol = city.capital ? capitalSymbol([x, y], this.symbols) : null;
    if (!symbol && !this.hasRoom(city, x, y)) return;
    const rank = city.rank ?? PLAIN_RANK;
    const isGreat = rank <= GREAT_CITY;
    const size = city.capital ? 12.5 : isGreat ? 12 : 11.2;
    const weight = city.capital ? 600 : 400;
    const look: Look = { size, weight, fill: css("label"), halo: css("halo"), haloWidth: 2.8 };
    const ofTown = rank <= 3 ? BESIDE.mostForCity : BESIDE.mostForTown;
    const most = city.capital ? BESIDE.mostForCapital : ofTown;
    const at: Point = symbol ? [symbol.x, symbol.y] : [x, y];
    if (!this.setBeside("city", this.name(city.title), at, city.capital ? 6.5 : 5, look, most) || symbol) return;
    raster.take([x - 3, y - 3, x + 3, y + 3]);
    const dot = symbolShape(city.capital ? "capital" : isGreat ? "city" : "town", css("label"));
    dot.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    this.symbolNodes.push(dot);
  }

  /** Whether the dot of a city has room. That of a capital stands close to another symbol rather than nowhere. */
  private hasRoom(city: SentCity, x: number, y: number): boolean {
    if (!this.raster.isTaken([x - 2, y - 2, x + 2, y + 2])) return true;
    if (!city.capital || this.raster.isTaken([x - 2, y - 2, x + 2, y + 2], SYMBOL)) return false;
    const reach = [CAPITAL_APART, CAPITAL_APART] as const;
    return this.strangersTo([x, y], reach).every((other) => Math.hypot(other[0] - x, other[1] - y) > CAPITAL_APART);
  }

  /** Set the names of the great seas, which have few places, or of the other waters. */
  private setSeas(areGreat: boolean): void {
    const { zoom } = this;
    if (zoom > ON_WATER.toZoom) return;
    const growth = zoom < 4 ? 0.95 : zoom < 5 ? 1 : 1.25;
    const seas = this.plate.ground.seas.filter((sea) => sea.title);
    seas.sort((a, b) => (a.rank ?? UNKNOWN_RANK) - (b.rank ?? UNKNOWN_RANK));
    for (const sea of seas) {
      const rank = Math.min(ON_WATER.sizes.length - 1, sea.rank ?? 3);
      const isGreat = rank <= ON_WATER.greatRank;
      if (zoom < ON_WATER.fromZoom[rank] || isGreat !== areGreat) continue;
      const full = ON_WATER.sizes[rank] * growth;
      const sizes = (isGreat ? ON_WATER.smaller : [1]).map((times) => full * times);
      if (sizes.some((size) => this.setSea(sea, size, isGreat)) || !isGreat) continue;
      const last = [sizes[sizes.length - 1], Math.max(SMALLEST_SIZE, full * ON_WATER.smallest)];
      last.some((size) => this.setSea(sea, size, true, true));
    }
  }

  /** Set the name of a sea in a size; false when there is no room. */
  private setSea(sea: Spot<SentLabel>, size: number, isGreat: boolean, isLast = false): boolean {
    const { raster, lang } = this;
    const water = { fill: css("label-water"), halo: css("halo-water"), haloWidth: 2.4, haloOpacity: 0.8 };
    const look: Look = { ...water, size, spacing: lang === "bn" ? 0 : 0.6, serif: true, italic: this.isLatin };
    const text = this.name(sea.title);
    const lines = (sea.lines ?? 1) > 1 || [...text].length > ON_WATER.longName ? twoLines(text) : [text];
    const width = Math.max(...lines.map((line) => textWidth(line, look)));
    const at = this.screen.at(sea.x, sea.y);
    const box = onWater(raster, at, width, size * lines.length * 1.1, isGreat, isLast);
    if (!box) return false;
    this.write("sea", lines, (box[0] + box[2]) / 2, box[1] + size * 0.82, look);
    raster.take(box);
    return true;
  }

  private setRivers(): void {
    if (this.zoom < RIVERS_FROM_ZOOM) return;
    const most = this.zoom < EVERY_RIVER_FROM_ZOOM ? GREAT_RIVER : UNKNOWN_RANK;
    const named = new Set<string>();
    for (const river of this.plate.ground.rivers) {
      if (!river.title || (river.rank ?? UNKNOWN_RANK) > most || !this.screen.sees(river.box)) continue;
      const text = this.name(river.title);
      if (!named.has(text) && this.setRiver(river, text)) named.add(text);
    }
  }

  private setRiver(river: Shape, text: string): boolean {
    const [run] = chained(
      river.lines.map((path) => this.screen.screen(path, 0.8)),
      RIVER_GAP,
    );
    if (!run) return false;
    const size = this.zoom > EVERY_RIVER_FROM_ZOOM ? 11.5 : 10.6;
    const water = { fill: css("label-water"), halo: css("halo"), haloWidth: 2.4, haloOpacity: 0.92 };
    const look: Look = { ...water, size, spacing: 0.5, serif: true, italic: this.isLatin };
    const length = textWidth(text, look);
    const wanted = { length, size, offset: RIVER_OFFSET, straight: this.lang === "bn" };
    const place = alongLine(this.raster, resample(run, ALONG.step), wanted);
    if (!place) return false;
    this.setAlong("river", text, place, RIVER_OFFSET, look, null);
    return true;
  }

  /** Degree marks along the frame of a printed map. */
  private setDegrees(): void {
    const { corner, size } = this.raster;
    const look: Look = { size: 8.5, fill: css("label2"), halo: css("halo"), haloWidth: 2 };
    const { wording } = this.view;
    for (let lon = 0; lon <= 190; lon += 10) {
      const [x] = this.screen.at(mercatorX(lon), 0.5);
      if (x <= corner.x + 20 || x >= corner.x + size.x - 20) continue;
      const text = wording.word("degrees_east", { n: wording.number(lon) });
      const half = textWidth(text, look) / 2 + DEGREE_ROOM;
      this.write("degree", [text], x, corner.y + 11, look);
      this.raster.take([x - half, corner.y, x + half, corner.y + 14]);
    }
    for (let lat = 0; lat <= 70; lat += 10) {
      const [, y] = this.screen.at(0.5, mercatorY(lat));
      if (y <= corner.y + 24 || y >= corner.y + size.y - 14) continue;
      const text = wording.word("degrees_north", { n: wording.number(lat) });
      this.write("degree", [text], corner.x + 5, y - 2, { ...look, anchor: "start" });
      this.raster.take([corner.x, y - 11, corner.x + textWidth(text, look) + 2 * DEGREE_ROOM, y + 2]);
    }
  }
}

/** Space between the capitals of a state's name, as a share of their size: the greater the state, the wider. */
const spacingOf = (great: number) => (great > 2.2 ? 0.34 : great > 1.4 ? 0.24 : 0.13);
