// @ts-nocheck
// Sets the names on the map: greedy, in order of weight, moved aside or dropped where something stands already.

import { svg } from "../dom.ts";
import { yearOf } from "../facts/phases.ts";
import { statusOf } from "../facts/selection.ts";
import { latitude, mercatorX, mercatorY } from "../geometry/pack.ts";
import { chained, resample, smooth } from "../geometry/paths.ts";
import { css, lineColour, symbolColour, symbolShape, textColour } from "../map/looks.ts";
import { Raster } from "./raster.ts";

const measure = document.createElement("canvas").getContext("2d");
const widths = new Map();
const EARTH_KM = 40075;

/** Sizes, weights and spacing of country names by how large the state is (log of its area). */
export const greatness = (km2) => Math.max(0.75, Math.min(3.2, 1 + (Math.log10(Math.max(km2, 1)) - 5.15) * 1.05));

const GAUGE_CHANGE = "gauge_change";

/** Events gathered by where they took place. */
function eventPlaces(rows) {
  const places = new Map();
  for (const row of rows) {
    if (row.kind !== "event" || row.form !== "point") continue;
    const [x, y] = row.paths[0];
    const key = `${x} ${y}`;
    if (!places.has(key)) places.set(key, { id: row.id, x, y, title: row.title, rows: [] });
    places.get(key).rows.push(row);
  }
  for (const place of places.values()) place.rows.sort((a, b) => (a.date < b.date ? 1 : -1));
  return places.values();
}

export class Labels {
  constructor(plate, world) {
    this.plate = plate;
    this.world = world;
    const style = getComputedStyle(document.documentElement);
    this.sans = style.getPropertyValue("--sans").trim();
    this.serif = style.getPropertyValue("--serif").trim();
    for (const unit of plate.ground.units) unit.area = areaOf(unit, plate.ground);
    this.hits = [];
    this.symbols = [];
  }

  /** The width of a text in px. */
  width(text, size, weight = 400, spacing = 0, serif = false, italic = false) {
    const font = `${italic ? "italic " : ""}${weight} 100px ${serif ? this.serif : this.sans}`;
    const key = font + text;
    let width = widths.get(key);
    if (width === undefined) {
      measure.font = font;
      width = measure.measureText(text).width;
      widths.set(key, width);
    }
    return (width * size) / 100 + spacing * [...text].length;
  }

  /**
   * Draw all symbols and names.
   * @param {{rows: Set<any>, wording: any, reserved: DOMRect[], year: number|null, phone: boolean, frame?: boolean}} view
   */
  draw(view) {
    for (const _ of this.steps(view)); // in one go
  }

  /** The same in steps, so that it can be done in slices; names stand as they were until the last. Newer steps, and lines drawn anew, end older ones. */
  *steps(view) {
    const run = (this.run = (this.run ?? 0) + 1);
    const { linesDrawn } = this.plate;
    for (const _ of this.placing(view)) {
      yield;
      if (this.run !== run || this.plate.linesDrawn !== linesDrawn) return;
    }
  }

  *placing(view) {
    const { plate } = this;
    const map = plate._map;
    this.view = view;
    this.wording = view.wording;
    this.lang = view.wording.lang;
    this.zoom = map.getZoom();
    const corner = map.containerPointToLayerPoint([0, 0]);
    const raster = (this.raster = new Raster(corner, map.getSize()));
    this.nodes = [];
    this.symbolNodes = [];
    this.hits = [];
    this.symbols = [];
    this.paths = 0;
    const held = map.getContainer().getBoundingClientRect();
    for (const rect of view.reserved) {
      const x = rect.left - held.left + corner.x;
      const y = rect.top - held.top + corner.y;
      raster.take([x - 6, y - 6, x + rect.width + 6, y + rect.height + 6]);
    }
    const land = [plate.drawing, corner.x, corner.y, raster.size.x, raster.size.y].join();
    if (this.land?.key === land) raster.reuse(this.land.raster);
    else
      raster.paintLand(
        plate.ground.units,
        plate.lakePath.getAttribute("d"),
        plate.ground.disputed.map((area) => area.node.getAttribute("d")),
      );
    this.land = { key: land, raster };
    yield;
    const shown = plate.lines.filter((row) => plate.visible.has(row) && row.screen);
    raster.paintLines(
      shown.map((row) => ({ data: row.data, weight: row.width > 1.4 ? 1 : 0.35, wide: row.width >= 3 })),
      [],
    );
    const cities = this.citiesInSight();
    this.drawSymbols();
    yield;
    yield* this.drawCountries();
    yield* this.drawLineNames(shown);
    this.drawCities(cities.filter((city) => city.capital || city.rank <= 2));
    this.drawSymbolNames();
    yield;
    this.drawCities(cities.filter((city) => !(city.capital || city.rank <= 2)));
    yield;
    this.drawSeas();
    this.drawRivers();
    if (view.frame) this.drawDegrees();
    plate.groups.symbols.replaceChildren(...this.symbolNodes);
    plate.groups.labels.replaceChildren(...this.nodes);
  }

  /** One text with halo. */
  text(content, x, y, look) {
    const italic = look.italic && (this.lang === "en" || this.lang === "ru");
    const node = svg("text", {
      x: x.toFixed(1),
      y: y.toFixed(1),
      class: look.serif ? "serif" : null,
      "font-size": look.size,
      "font-weight": look.weight ?? 400,
      fill: look.fill,
      stroke: look.halo,
      "stroke-width": look.haloWidth ?? 3,
      "stroke-opacity": look.haloOpacity ?? 0.9,
      "letter-spacing": look.spacing ? look.spacing.toFixed(2) : null,
      "text-anchor": look.anchor ?? "middle",
      "font-style": italic ? "italic" : null,
    });
    const lines = content.split("\n");
    if (lines.length === 1) node.textContent = content;
    else
      lines.forEach((line, i) =>
        node.append(svg("tspan", { x: x.toFixed(1), dy: i ? (look.size * 1.14).toFixed(1) : 0, text: line })),
      );
    this.nodes.push(node);
    return node;
  }

  name(title) {
    return this.wording
      .pick(title)
      .replace(/\s*[(（].*$/, "")
      .trim();
  }

  point(item) {
    return this.plate.at(item.x, item.y);
  }

  // ------------------------------------------------------------ symbols
  drawSymbols() {
    const { plate, zoom, world, raster } = this;
    const { styles } = world;
    const wanted = [];
    const byGauge = plate.manner.colour === "gauge";
    const consider = (kind, x, y, target, title, tone) => {
      const look = styles.symbol[kind];
      if (!look || (zoom < look.from_zoom && !(kind === GAUGE_CHANGE && byGauge))) return;
      const [px, py] = plate.at(x, y);
      if (!raster.isInside([px - 6, py - 6, px + 6, py + 6], -12)) return;
      wanted.push({ look, kind, x: px, y: py, target, title, tone });
    };
    for (const row of world.rows) {
      if (row.form !== "point" || row.kind === "event" || !this.view.rows.has(row)) continue;
      consider(row.kind, row.paths[0][0], row.paths[0][1], row, row.title, statusOf(row, this.view.year));
    }
    for (const place of eventPlaces([...this.view.rows])) consider("event", place.x, place.y, place, place.title, null);
    for (const node of world.nodes)
      if (node.rows.some((row) => this.view.rows.has(row))) consider(node.kind, node.x, node.y, node, node.title, null);
    wanted.sort((a, b) => (a.look.rank ?? 9) - (b.look.rank ?? 9));
    const scale = zoom > 6 ? 1.15 : zoom > 4.6 ? 1 : 0.86;
    for (const wish of wanted) {
      if (wish.kind === "event") {
        this.eventDot(wish, scale);
        continue;
      }
      const box = [wish.x - 4.5, wish.y - 4.5, wish.x + 4.5, wish.y + 4.5];
      if ((wish.look.rank ?? 9) > 1 && raster.isTaken([wish.x - 3, wish.y - 3, wish.x + 3, wish.y + 3])) continue;
      const near = zoom >= (wish.look.near_zoom ?? 99) && wish.look.shape_near;
      const layer =
        wish.look.tone === "row" &&
        (wish.target.layer ?? wish.target.rows.find((row) => this.view.rows.has(row)).layer);
      const node = symbolShape(
        near || wish.look.shape,
        layer ? lineColour(styles, layer) : symbolColour(wish.look, styles),
      );
      node.setAttribute("transform", `translate(${wish.x.toFixed(1)} ${wish.y.toFixed(1)}) scale(${scale})`);
      if (["planned", "proposed", "shelved", "cancelled", "retired", "idle"].includes(wish.tone))
        node.setAttribute("opacity", "0.55");
      this.symbolNodes.push(node);
      raster.take(box);
      this.symbols.push(wish);
    }
  }

  /** An event stands beside the dot of its city and takes no room from names; one of the chosen year is larger. */
  eventDot(wish, scale) {
    const now = wish.target.rows.some((row) => yearOf(row.date) === this.view.year);
    const by = now ? 1 : 0.8;
    wish.x += 6.5 * scale;
    wish.y -= 6.5 * scale;
    const node = symbolShape(wish.look.shape, symbolColour(wish.look, this.world.styles));
    node.setAttribute(
      "transform",
      `translate(${wish.x.toFixed(1)} ${wish.y.toFixed(1)}) scale(${(scale * by).toFixed(2)})`,
    );
    this.symbolNodes.push(node);
    this.symbols.push(wish);
  }

  drawSymbolNames() {
    for (const wish of this.symbols) {
      if (this.zoom < wish.look.name_zoom || wish.kind === "event") continue;
      const water = wish.kind === "dam";
      this.tryPoint(
        this.name(wish.title),
        wish.x,
        wish.y,
        8,
        {
          size: 11.2,
          weight: wish.kind === "gauge_change" ? 600 : 500,
          fill: css(water ? "label-water" : "label"),
          halo: css("halo"),
          haloWidth: 2.8,
          italic: water,
        },
        40,
      );
    }
  }

  /** Set a name beside a point in the best of eight places; false when none is free. */
  tryPoint(content, x, y, gap, look, limit) {
    if (!content) return false;
    const { raster } = this;
    const width = this.width(content, look.size, look.weight ?? 400);
    const height = look.size;
    const places = [
      [gap, height * 0.34, "start"],
      [-gap, height * 0.34, "end"],
      [gap * 0.6, -gap * 0.7, "start"],
      [gap * 0.6, gap * 0.8 + height * 0.62, "start"],
      [-gap * 0.6, -gap * 0.7, "end"],
      [-gap * 0.6, gap * 0.8 + height * 0.62, "end"],
      [0, -gap - 1, "middle"],
      [0, gap + height * 0.75, "middle"],
    ];
    /** @type {any} */
    let best = null;
    places.forEach(([dx, dy, anchor], order) => {
      const left = anchor === "start" ? x + dx : anchor === "end" ? x + dx - width : x + dx - width / 2;
      const box = [left, y + dy - height * 0.78, left + width, y + dy + height * 0.2];
      if (!raster.isInside(box, 3) || raster.isTaken([box[0] + 1, box[1] + 1, box[2] - 1, box[3] - 1])) return;
      const cost = raster.lineCost(box) + order * 0.6;
      if (!best || cost < best.cost) best = { cost, box, x: x + dx, y: y + dy, anchor };
    });
    if (!best || best.cost > limit) return false;
    this.text(content, best.x, best.y, { ...look, anchor: best.anchor });
    raster.take(best.box);
    return true;
  }

  // ------------------------------------------------------------ countries
  *drawCountries() {
    const { plate, raster, zoom, lang } = this;
    const latin = lang === "en" || lang === "ru";
    const territories = raster.territories().filter((t) => t.unit.title || this.world.countries[t.unit.state]);
    territories.sort((a, b) => b.unit.area - a.unit.area || (a.unit.id < b.unit.id ? -1 : 1));
    const points = new Map(plate.ground.countryPoints.map((point) => [point.iso_a3 ?? point.country, point]));
    yield;
    let placed = 0;
    for (const territory of territories) {
      if (++placed % 8 === 0) yield;
      const { unit } = territory;
      const big = greatness(unit.area);
      const member = unit.standing === "member";
      const other = unit.standing === "other";
      if ((zoom < 3.4 && big < 1.6) || (this.view.phone && zoom < 4 && big < 1.5 && !member)) continue;
      const title = this.world.countries[unit.state]?.name ?? unit.title;
      const plain = this.name(title);
      const content = latin ? plain.toLocaleUpperCase(this.wording.locale) : plain;
      let size = Math.max(
        9.6,
        Math.min(22, (7.4 + big * 2.15) * (zoom < 4 ? 0.92 : zoom < 5 ? 1 : zoom < 6.5 ? 1.22 : 1.3)) *
          (other ? 0.9 : 1),
      );
      const spaced = (px) => (latin ? px * (big > 2.2 ? 0.34 : big > 1.4 ? 0.24 : 0.13) : lang === "zh" ? px * 0.2 : 0);
      const weight = member ? 600 : 500;
      const known = points.get(unit.iso_a3) ?? points.get(unit.state);
      const wish = known
        ? plate.at(known.x, known.y)
        : unit.label_lon !== undefined
          ? plate.at(mercatorX(unit.label_lon), mercatorY(unit.label_lat))
          : null;
      const near = zoom < 5 && wish && raster.isInside([wish[0], wish[1], wish[0], wish[1]], 0) ? wish : null;
      const look = {
        weight,
        fill: css(member ? "label" : "label2"),
        halo: css(member ? "halo" : "halo-other"),
        haloWidth: 3,
        haloOpacity: 0.75,
      };
      const set = (at, px, spacing) => {
        const width = this.width(content, px, weight, spacing);
        const box = [at.x - width / 2 - 2, at.y - px * 0.62, at.x + width / 2 + 2, at.y + px * 0.5];
        this.text(content, at.x + spacing / 2, at.y + px * 0.35, { ...look, size: px.toFixed(1), spacing });
        raster.take(box);
        this.hits.push({ box, country: unit.state });
      };
      const place = (px, spacing, avoid = []) =>
        raster.bestPlace(
          territory,
          this.width(content, px, weight, spacing) + 6,
          px * 1.1,
          near ?? this.middle(territory),
          avoid,
        );
      const open = (found) => found && found.cost < 90;
      let spacing = spaced(size);
      let found = place(size, spacing);
      for (const times of [0.85, 0.7]) {
        if (open(found) || size * times < 9.6) break;
        const smaller = place(size * times, spaced(size * times));
        if (smaller && (!found || smaller.cost < found.cost - 14)) {
          found = smaller;
          size *= times;
          spacing = spaced(size);
        }
      }
      if (!found && size > 10) {
        size = 10;
        spacing = latin ? 0.3 : 0;
        found = place(size, spacing);
      }
      if (!found && zoom < 5.6 && (big > 0.95 || unit.standing !== "other" || zoom > 4)) {
        const around = this.overflow(
          content,
          near ?? this.middle(territory),
          Math.min(size, 10.4),
          weight,
          latin ? 0.6 : 0,
          territory,
        );
        if (around) {
          size = Math.min(size, 10.4);
          spacing = latin ? 0.6 : 0;
          found = around;
        }
      }
      if (!found) continue;
      set(found, size, spacing);
      const visibleWidth = (territory.x1 - territory.x0) * 4;
      if (big > 2.9 && visibleWidth > 820) {
        const again = place(size, spacing, [[found.x, found.y, 420]]);
        if (again && again.cost < 60) set(again, size, spacing);
      }
    }
  }

  /** The middle of the visible part of a territory. */
  middle(territory) {
    const { corner } = this.raster;
    return [corner.x + (territory.x0 + territory.x1) * 2, corner.y + (territory.y0 + territory.y1) * 2];
  }

  /** A place for a name larger than its state: around the wish, the middle of the word on the state itself. */
  overflow(content, wish, size, weight, spacing, territory) {
    const { raster } = this;
    const width = this.width(content, size, weight, spacing);
    if (!wish) return null;
    let best = null;
    for (const [dx, dy] of [
      [0, 0],
      [0, -9],
      [0, 9],
      [-12, 0],
      [12, 0],
      [0, -16],
      [0, 16],
      [-22, -6],
      [22, -6],
      [-22, 8],
      [22, 8],
      [0, 24],
      [0, -24],
    ]) {
      const x = wish[0] + dx;
      const y = wish[1] + dy;
      const box = [x - width / 2, y - size * 0.6, x + width / 2, y + size * 0.5];
      if (raster.ownerAt(x, y) !== territory.n || raster.isTaken(box) || !raster.isInside(box, 6)) continue;
      const cost = raster.lineCost([box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2]) + Math.hypot(dx, dy) * 0.1;
      if (cost < 9 && (!best || cost < best.cost)) best = { x, y, cost };
    }
    return best;
  }

  // ------------------------------------------------------------ names along lines
  /** Visible rows gathered under the project whose name they carry. */
  namedLines(shown) {
    const { world, zoom } = this;
    const { styles, projects } = world;
    const groups = new Map();
    for (const row of shown) {
      const id = row.lineage.find((project) => styles.project?.[project]?.name) ?? row.projects[0];
      const project = projects[id];
      if (!project) continue;
      const look = styles.project?.[id] ?? {};
      if (zoom < (look.from_zoom ?? 0)) continue;
      if (!look.name && (zoom < 5 || row.width < 1.3) && zoom < 6.2) continue;
      const key = look.name ? id : `${id} ${row.layer}`;
      if (!groups.has(key)) groups.set(key, { id, look, rows: [], project });
      groups.get(key).rows.push(row);
    }
    const list = [...groups.values()];
    for (const group of list) {
      group.layer = group.look.layer ?? group.project.layer;
      const own = group.rows.filter((row) => row.layer === group.layer);
      if (own.length) group.rows = own;
      group.width = Math.max(...group.rows.map((row) => row.width));
      group.km = group.rows.reduce((sum, row) => sum + row.km, 0);
      group.rank = group.look.rank ?? 5;
    }
    return list.sort((a, b) => a.rank - b.rank || b.width - a.width || b.km - a.km || (a.id < b.id ? -1 : 1));
  }

  *drawLineNames(shown) {
    const { zoom } = this;
    for (const group of this.namedLines(shown)) {
      yield;
      const name = this.wording
        .pick(group.look.name ?? group.project.title)
        .replace(/\s*[(（].*$/, "")
        .trim();
      if (!name || (!group.look.name && [...name].length > 42)) continue;
      const size = group.look.size ?? (zoom > 5.4 ? 11.5 : 11);
      const dead = group.rows.every((row) =>
        ["shelved", "cancelled", "retired"].includes(statusOf(row, this.view.year)),
      );
      const fill = dead
        ? css("label2")
        : this.plate.manner.colour === "gauge" && group.rows[0].kind === "rail"
          ? css("label")
          : textColour(this.world.styles, group.layer);
      const main = group.rows.filter((row) => row.width > group.width - 0.4);
      const branches = group.rows.filter((row) => !main.includes(row));
      const chains = [
        ...chained(
          main.flatMap((row) => row.screen),
          6,
        ),
        ...chained(
          branches.flatMap((row) => row.screen),
          6,
        ),
      ];
      const offset = (group.width * this.plate.factor) / 2 + 3.2;
      const { leader } = group.look;
      if (
        leader &&
        zoom >= (leader.from_zoom ?? 3.6) &&
        zoom <= (leader.to_zoom ?? 6.2) &&
        !this.view.phone &&
        this.leader(group, name, fill, chains)
      )
        continue;
      let placed = 0;
      const ends = [];
      for (const points of chains.slice(0, 6)) {
        const pairs = resample(points, 5);
        for (let more = true; more && placed < (group.look.repeat ?? 1); ) {
          const found = this.alongLine(
            pairs,
            this.width(name, size, 600, 0.2),
            size,
            offset,
            ends,
            group.rank <= 1 ? 260 : 160,
          );
          more = false;
          if (!found) break;
          this.textOnPath(name, found, size, 600, fill, css("halo"), offset, group);
          ends.push(found.middle);
          placed++;
          more = pairs.length * 5 > 900;
        }
      }
    }
  }

  /** Where a name of `length` px fits best along resampled points: straight, free, crossing little. */
  alongLine(pairs, length, size, offset, ends = [], limit = 160, spread = 420) {
    const { raster } = this;
    const need = length * 1.07 + 10;
    const count = pairs.length;
    if (count * 5 < need + 14) return null;
    const line = smooth(pairs, length > 90 ? 11 : 8, 2);
    const run = new Float64Array(count);
    for (let i = 1; i < count; i++)
      run[i] = run[i - 1] + Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
    let best = null;
    let end = 0;
    for (let i = 0; i < count; i += 3) {
      while (end < count && run[end] - run[i] < need) end++;
      if (end >= count) break;
      const a = line[i];
      const b = line[end];
      const middle = line[(i + end) >> 1];
      if (
        !raster.isInside([Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])], 16)
      )
        continue;
      if (ends.some((other) => Math.hypot(other[0] - middle[0], other[1] - middle[1]) < spread)) continue;
      const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
      let turn = 0;
      let away = 0;
      for (let j = i + 8; j <= end; j += 4) {
        let d = Math.abs(Math.atan2(line[j][1] - line[j - 8][1], line[j][0] - line[j - 8][0]) - angle);
        if (d > Math.PI) d = 2 * Math.PI - d;
        if (d > turn) turn = d;
      }
      if (turn > (this.lang === "bn" ? 0.3 : 0.85)) continue;
      for (let j = i; j <= end; j += 2)
        away = Math.max(away, Math.hypot(line[j][0] - pairs[j][0], line[j][1] - pairs[j][1]));
      const basic = turn * 50 + away * 2.4 + Math.abs(Math.sin(angle)) * 30;
      if (best && basic >= best.cost) continue;
      const flipped = Math.cos(angle) < 0;
      const sign = flipped ? -1 : 1;
      const normal = [Math.sin(angle) * sign, -Math.cos(angle) * sign];
      const off = offset + size * 0.36;
      for (const side of [1, -1]) {
        let crossed = 0;
        let blocked = false;
        for (let j = i; j <= end; j += 2) {
          const x = line[j][0] + normal[0] * off * side;
          const y = line[j][1] + normal[1] * off * side;
          const reach = size * 0.46;
          const box = [x - reach, y - reach, x + reach, y + reach];
          if (raster.isTaken(box)) {
            blocked = true;
            break;
          }
          crossed += raster.lineCost([x - 3, y - 3, x + 3, y + 3]);
        }
        if (blocked) continue;
        const cost = basic + crossed * 1.5 + (side < 0 ? 4 : 0);
        if (!best || cost < best.cost) best = { cost, from: i, to: end, side, flipped, normal, off };
      }
    }
    if (!best || best.cost > limit) return null;
    const window = line.slice(best.from, best.to + 1);
    const boxes = window
      .filter((_, i) => i % 2 === 0)
      .map(([x, y]) => {
        const cx = x + best.normal[0] * best.off * best.side;
        const cy = y + best.normal[1] * best.off * best.side;
        const reach = size * 0.5;
        return [cx - reach, cy - reach, cx + reach, cy + reach];
      });
    return {
      points: best.flipped ? window.reverse() : window,
      side: best.side,
      boxes,
      middle: line[(best.from + best.to) >> 1],
    };
  }

  /** Set a text on a path of points. Bengali stands straight along it: letters on a curve lose their joins. */
  textOnPath(content, found, size, weight, fill, halo, offset, group, serif = false) {
    for (const box of found.boxes) {
      this.raster.take(box);
      if (group) this.hits.push({ box, project: group.id });
    }
    if (this.lang === "bn") {
      const a = found.points[0];
      const b = found.points[found.points.length - 1];
      const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
      const middle = found.points[found.points.length >> 1];
      const up = found.side > 0 ? -offset - 1 : offset + size * 0.8;
      const x = (a[0] + b[0] + 2 * middle[0]) / 4;
      const y = (a[1] + b[1] + 2 * middle[1]) / 4;
      const node = this.text(content, 0, up, { size, weight, fill, halo, haloWidth: 3.2, serif });
      node.setAttribute(
        "transform",
        `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${((angle * 180) / Math.PI).toFixed(1)})`,
      );
      return;
    }
    const id = `name${this.paths++}`;
    this.nodes.push(
      svg("path", {
        id,
        fill: "none",
        d: found.points.map(([x, y], i) => `${i ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join(""),
      }),
    );
    const node = svg(
      "text",
      {
        class: serif ? "serif" : null,
        "font-size": size,
        "font-weight": weight,
        fill,
        stroke: halo,
        "stroke-width": serif ? 2.4 : 3.2,
        "stroke-opacity": 0.92,
        "letter-spacing": serif ? 0.5 : 0.2,
        "font-style": serif && (this.lang === "en" || this.lang === "ru") ? "italic" : null,
        dy: (found.side > 0 ? -offset : offset + size * 0.74).toFixed(1),
      },
      svg("textPath", { href: `#${id}`, startOffset: "50%", "text-anchor": "middle", text: content }),
    );
    this.nodes.push(node);
  }

  /** A name beside its short line, joined to it by a thin stroke. */
  leader(group, name, fill, chains) {
    const { raster } = this;
    const points = chains[0];
    if (!points) return false;
    const pairs = resample(points, 5).filter(([x, y]) => raster.isInside([x, y, x, y], 8));
    if (!pairs.length) return false;
    const lines = twoLines(name);
    const size = 12;
    const width = Math.max(...lines.map((line) => this.width(line, size, 600)));
    const height = lines.length * 14;
    let best = null;
    for (const share of [0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92]) {
      const [ax, ay] = pairs[Math.floor((pairs.length - 1) * share)];
      for (const reach of [34, 52, 74, 100, 130, 165, 200]) {
        for (let turn = 0; turn < 16; turn++) {
          const angle = (turn * Math.PI) / 8;
          const x = ax + Math.cos(angle) * reach;
          const y = ay + Math.sin(angle) * reach;
          const right = Math.cos(angle) >= 0;
          const box = right
            ? [x, y - height / 2, x + width, y + height / 2]
            : [x - width, y - height / 2, x, y + height / 2];
          if (!raster.isInside(box, 8) || raster.isTaken([box[0] - 3, box[1] - 2, box[2] + 3, box[3] + 2])) continue;
          const grounds = [0, 0.33, 0.66, 1].flatMap((share) =>
            [box[1], box[3]].map((edge) => raster.ownerAt(box[0] + (box[2] - box[0]) * share, edge)),
          );
          const disputed = grounds.filter((owner) => owner === 255).length;
          const sea = grounds.every((owner) => !owner);
          const cost =
            raster.lineCost([box[0] - 3, box[1] - 3, box[2] + 3, box[3] + 3]) * 4 +
            reach * 0.14 +
            disputed * 20 +
            (right ? 0 : 3) -
            (sea ? 9 : 0);
          if (!best || cost < best.cost) best = { cost, ax, ay, x, y, right, box };
        }
      }
    }
    if (!best || best.cost > 80) return false;
    const { box, right } = best;
    const edge = right ? box[0] - 4 : box[2] + 4;
    const d = `M${best.ax.toFixed(1)} ${best.ay.toFixed(1)}L${edge.toFixed(1)} ${best.y.toFixed(1)}`;
    this.nodes.push(
      svg("path", { d, stroke: css("halo"), "stroke-width": 3, fill: "none" }),
      svg("path", { d, stroke: lineColour(this.world.styles, group.layer), "stroke-width": 1.1, fill: "none" }),
    );
    this.text(lines.join("\n"), right ? box[0] : box[2], box[1] + size * 0.86, {
      size,
      weight: 600,
      fill,
      halo: css("halo"),
      haloWidth: 3.2,
      anchor: right ? "start" : "end",
    });
    raster.take(box);
    this.hits.push({ box, project: group.id });
    return true;
  }

  // ------------------------------------------------------------ cities, water
  citiesInSight() {
    const { zoom, plate } = this;
    const most = zoom < 3.6 ? 2 : zoom < 4.7 ? 3 : zoom < 5.5 ? 4 : zoom < 6.6 ? 5 : 9;
    return plate.ground.cities
      .filter((city) => (city.rank ?? 5) <= most || (city.capital && zoom > 3.4))
      .sort(
        (a, b) => Number(!!b.capital) - Number(!!a.capital) || (a.rank ?? 5) - (b.rank ?? 5) || (a.id < b.id ? -1 : 1),
      );
  }

  drawCities(cities) {
    const { raster } = this;
    for (const city of cities) {
      const [x, y] = this.point(city);
      const box = [x - 3, y - 3, x + 3, y + 3];
      if (!raster.isInside([x - 4, y - 4, x + 4, y + 4], 4) || raster.isTaken([x - 2, y - 2, x + 2, y + 2])) continue;
      const size = city.capital ? 12.5 : city.rank <= 2 ? 12 : 11.2;
      const look = { size, weight: city.capital ? 600 : 400, fill: css("label"), halo: css("halo"), haloWidth: 2.8 };
      if (
        !this.tryPoint(
          this.name(city.title ?? {}),
          x,
          y,
          city.capital ? 6.5 : 5,
          look,
          city.capital ? 44 : city.rank <= 3 ? 18 : 12,
        )
      )
        continue;
      raster.take(box);
      const dot = symbolShape(city.capital ? "capital" : city.rank <= 2 ? "city" : "town", css("label"));
      dot.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
      this.symbolNodes.push(dot);
    }
  }

  drawSeas() {
    const { zoom, raster, lang } = this;
    if (zoom > 7.6) return;
    const sizes = [17, 14, 12, 11, 11];
    const starts = [3, 3, 3.8, 4.3, 5.2];
    for (const sea of plate_seas(this.plate)) {
      const rank = Math.min(4, sea.rank ?? 3);
      if (zoom < starts[rank]) continue;
      const size = sizes[rank] * (zoom < 4 ? 0.95 : zoom < 5 ? 1 : 1.25);
      const name = this.name(sea.title);
      const spacing = lang === "bn" ? 0 : 0.6;
      const lines = (sea.lines ?? 1) > 1 || [...name].length > 18 ? twoLines(name) : [name];
      const [x, y] = this.point(sea);
      const width = Math.max(
        ...lines.map((line) => this.width(line, size, 400, spacing, true, lang === "en" || lang === "ru")),
      );
      const places = [
        [0, 0],
        [0, -16],
        [0, 16],
        [-20, 0],
        [20, 0],
        [0, 34],
        [0, -34],
        [-30, -22],
        [14, -48],
        [-34, 26],
        [30, 30],
        [0, 56],
        [0, -66],
      ];
      for (const [dx, dy, limit] of [2.2, 9].flatMap((most) => places.map(([x, y]) => [x, y, most]))) {
        const height = size * (lines.length * 1.1);
        const box = [x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2];
        if (!raster.isInside(box, 6) || raster.isTaken(box) || raster.lineCost(box) > limit) continue;
        const corners = [
          [box[0], box[1]],
          [box[2], box[1]],
          [box[0], box[3]],
          [box[2], box[3]],
        ].filter(([cx, cy]) => raster.ownerAt(cx, cy)).length;
        if (corners > 1) continue;
        this.text(lines.join("\n"), x + dx, box[1] + size * 0.82, {
          size: size.toFixed(1),
          fill: css("label-water"),
          halo: css("halo-water"),
          haloWidth: 2.4,
          haloOpacity: 0.8,
          italic: true,
          serif: true,
          spacing,
        });
        raster.take(box);
        break;
      }
    }
  }

  drawRivers() {
    if (this.zoom < 4.4) return;
    const named = new Set();
    for (const river of this.plate.ground.rivers) {
      if (!river.title || (river.rank ?? 9) > (this.zoom < 5.6 ? 4 : 9) || !this.plate._inFrame(river.box)) continue;
      const name = this.name(river.title);
      if (named.has(name)) continue;
      const chains = chained(
        river.lines.map((path) => this.plate._screen(path, 0.8)),
        4,
      );
      if (!chains.length) continue;
      const size = this.zoom > 5.6 ? 11.5 : 10.6;
      const found = this.alongLine(resample(chains[0], 5), this.width(name, size, 400, 0.5, true, true), size, 3);
      if (!found) continue;
      named.add(name);
      this.textOnPath(name, found, size, 400, css("label-water"), css("halo"), 3, null, true);
    }
  }

  /** Degree marks along the frame of a printed map. */
  drawDegrees() {
    const { plate, raster } = this;
    const { corner, size } = raster;
    const mark = (content, x, y, anchor) =>
      this.text(content, x, y, { size: 8.5, fill: css("label2"), halo: css("halo"), haloWidth: 2, anchor });
    for (let lon = 0; lon <= 190; lon += 10) {
      const [x] = plate.at(mercatorX(lon), 0.5);
      if (x > corner.x + 20 && x < corner.x + size.x - 20) mark(`${lon}° E`, x, corner.y + 11, "middle");
    }
    for (let lat = 0; lat <= 70; lat += 10) {
      const [, y] = plate.at(0.5, mercatorY(lat));
      if (y > corner.y + 24 && y < corner.y + size.y - 14) mark(`${lat}° N`, corner.x + 5, y - 2, "start");
    }
  }
}

const plate_seas = (plate) =>
  plate.ground.seas.filter((sea) => sea.title).sort((a, b) => (a.rank ?? 9) - (b.rank ?? 9));

/** A name broken into two lines of like length, at a space or after a dash. */
export function twoLines(name) {
  const breaks = [...name.matchAll(/\s+(?![–—-])|[–-](?=\S)/g)].map((match) => [
    match.index,
    match.index + match[0].length,
    /\s/.test(match[0]),
  ]);
  if (!breaks.length) return [name];
  const half = name.length / 2;
  const [from, to, space] = breaks.reduce((a, b) => (Math.abs(b[0] - half) < Math.abs(a[0] - half) ? b : a));
  return [name.slice(0, space ? from : to), name.slice(to)];
}

/** Square km of a unit, from its arcs. */
function areaOf(unit, ground) {
  let area = 0;
  for (const rings of unit.polygons) {
    const ring = rings[0];
    let sum = 0;
    let y = 0;
    let count = 0;
    let lastX = null;
    let lastY = null;
    let firstX = 0;
    let firstY = 0;
    for (const number of ring) {
      const arc = ground.arcs[number < 0 ? ~number : number];
      for (let i = 0; i < arc.length; i += 2) {
        const j = number < 0 ? arc.length - 2 - i : i;
        if (lastX === null) {
          firstX = arc[j];
          firstY = arc[j + 1];
        } else sum += lastX * arc[j + 1] - arc[j] * lastY;
        lastX = arc[j];
        lastY = arc[j + 1];
        y += lastY;
        count++;
      }
    }
    if (lastX !== null) sum += lastX * firstY - firstX * lastY;
    const cosine = Math.cos((latitude(y / Math.max(1, count)) * Math.PI) / 180);
    area += (Math.abs(sum) / 2) * (EARTH_KM * cosine) ** 2;
  }
  return area;
}

/** Measure anew: a font has come that was not there before. */
export const forgetWidths = () => widths.clear();
