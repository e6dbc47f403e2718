// @ts-nocheck
// The drawn map: two SVGs in a Leaflet layer, ground and rows, so that a filter repaints the rows only. Projects, thins
// and draws; decides no look and no filter.

import { svg } from "../dom.ts";
import { latest, roleIn } from "../facts/phases.ts";
import { statusOf } from "../facts/selection.ts";
import { boundsOf, mercatorX, mercatorY, projectPath, unpackPath } from "../geometry/pack.ts";
import { distanceTo, isInRing, movedAside, resample } from "../geometry/paths.ts";
import { isPhone } from "../page/screen.ts";
import { baseWidth, css, PLAIN, rowColour, strokeAttributes, strokesOf, zoomFactor } from "./looks.ts";

const PADDING = 0.28;
const TILE = 256;
const EARTH_KM = 40075;
const GROUND = ["graticule", "land", "relief", "shade", "band", "hatch", "water", "borders"];
const ROWS = ["ribbons", "halos", "casings", "lines", "symbols", "labels"];

/** Points of a Mercator path on the screen, those nearer than `gap` px to the one before left out. */
export function onScreen(path, scale, originX, originY, gap) {
  const points = new Float32Array(path.length);
  const last = path.length - 2;
  const least = gap * gap;
  let count = 0;
  let x0 = 0;
  let y0 = 0;
  for (let i = 0; i <= last; i += 2) {
    const x = path[i] * scale - originX;
    const y = path[i + 1] * scale - originY;
    if (i && i < last && (x - x0) * (x - x0) + (y - y0) * (y - y0) < least) continue;
    points[count++] = x0 = x;
    points[count++] = y0 = y;
  }
  return points.subarray(0, count);
}

/** SVG path data of screen points. */
export function pathData(points, closed = false) {
  let data = "";
  for (let i = 0; i < points.length; i += 2)
    data += `${i ? "L" : "M"}${points[i].toFixed(1)} ${points[i + 1].toFixed(1)}`;
  return closed ? `${data}Z` : data;
}

/** Land as shared arcs: its units, and which units lie on either side of each arc. */
export class Ground {
  constructor(packed, world) {
    this.world = world;
    this.arcs = (packed.land?.arcs || []).map((text) => projectPath(unpackPath(text)));
    this.boxes = this.arcs.map((arc) => boundsOf([arc]));
    this.units = (packed.land?.units || []).map((unit, number) => ({
      ...unit,
      number,
      state: unit.country ?? unit.iso_a3 ?? null,
    }));
    this.marked = new Set(packed.land?.marked || []);
    this.sides = this.arcs.map(() => []);
    for (const unit of this.units) {
      const used = unit.polygons.flat(2).map((arc) => (arc < 0 ? ~arc : arc));
      for (const arc of used) this.sides[arc].push(unit.number);
      unit.box = used.reduce(
        (box, arc) => {
          const other = this.boxes[arc];
          return [
            Math.min(box[0], other[0]),
            Math.min(box[1], other[1]),
            Math.max(box[2], other[2]),
            Math.max(box[3], other[3]),
          ];
        },
        [Infinity, Infinity, -Infinity, -Infinity],
      );
    }
    const shapes = (items) =>
      (items || []).map((item) => {
        const lines = (item.geometry.lines || []).map((text) => projectPath(unpackPath(text)));
        const rings = (item.geometry.rings || []).map((polygon) =>
          polygon.map((text) => projectPath(unpackPath(text))),
        );
        return { ...item, lines, rings, box: boundsOf([...lines, ...rings.flat()]) };
      });
    const points = (items) =>
      (items || []).map((item) => {
        const at = projectPath(unpackPath(item.geometry.points));
        return { ...item, x: at[0], y: at[1] };
      });
    this.lakes = shapes(packed.lakes);
    this.rivers = shapes(packed.rivers);
    this.disputed = shapes(packed.disputed);
    this.boundaries = shapes(packed.boundaries);
    this.cities = points(packed.cities);
    const labels = points(packed.labels);
    this.seas = labels.filter((label) => label.kind !== "country");
    this.countryPoints = labels.filter((label) => label.kind === "country");
    this.relief = packed.relief || null;
  }

  /** The standing of a unit: member, partner or other, in a year. */
  standing(unit, year) {
    const roles = this.world.countries[unit.state]?.roles;
    const role = roles?.length ? roleIn(roles, year) : null;
    return role === "member" ? "member" : role ? "partner" : "other";
  }
}

export const Plate = L.Layer.extend({
  initialize(world) {
    this.world = world;
    this.ground = new Ground(world.ground, world);
    this.year = null;
    this.viewpoint = null;
    this.manner = PLAIN;
    this.parties = new Map();
    this.lines = world.rows.filter((row) => row.form === "line");
    const rank = (row) => (world.styles.layer[row.layer] || world.styles.layer.other).rank;
    for (const row of this.lines) row.width = baseWidth(row, world);
    this.lines.sort((a, b) => rank(a) - rank(b) || a.width - b.width || (a.id < b.id ? -1 : 1));
    this.visible = new Set(this.lines);
    this.selected = new Set();
    this.hovered = null;
  },

  onAdd(map) {
    this._map = map;
    this.defs = svg("defs");
    this.groups = {};
    const sheet = (names) =>
      svg(
        "svg",
        { class: "plate leaflet-zoom-animated", "aria-hidden": "true" },
        ...names.map((name) => (this.groups[name] = svg("g", { class: `plate-${name}` }))),
      );
    this.sheets = [sheet(GROUND), sheet(ROWS)];
    this.sheets[0].prepend(this.defs);
    this.getPane("plate").append(...this.sheets);
    this._buildGround();
    this._buildLines();
    this._reset();
  },

  onRemove() {
    for (const sheet of this.sheets) sheet.remove();
  },

  getEvents() {
    return { viewreset: this._reset, moveend: this._moved, zoomanim: this._animate, zoom: this._zooming };
  },

  // ------------------------------------------------------------ view
  _measure() {
    const map = this._map;
    const size = map.getSize();
    const origin = map.getPixelOrigin();
    const from = map.containerPointToLayerPoint(size.multiplyBy(-PADDING)).round();
    this.frame = {
      x: from.x,
      y: from.y,
      width: Math.round(size.x * (1 + 2 * PADDING)),
      height: Math.round(size.y * (1 + 2 * PADDING)),
    };
    this.zoom = map.getZoom();
    this.center = map.getCenter();
    this.scale = TILE * 2 ** this.zoom;
    this.origin = [origin.x, origin.y];
    this.factor = zoomFactor(this.world.styles, this.zoom, isPhone());
  },

  /** Whether a Mercator box may be seen. */
  _inFrame(box) {
    const { frame, scale, origin } = this;
    return (
      box[2] * scale - origin[0] > frame.x &&
      box[0] * scale - origin[0] < frame.x + frame.width &&
      box[3] * scale - origin[1] > frame.y &&
      box[1] * scale - origin[1] < frame.y + frame.height
    );
  },

  _screen(path, gap) {
    return onScreen(path, this.scale, this.origin[0], this.origin[1], gap);
  },

  /** Layer point of Mercator coordinates. */
  at(x, y) {
    return [x * this.scale - this.origin[0], y * this.scale - this.origin[1]];
  },

  _reset() {
    this._measure();
    this._place();
    this._drawGround();
    this._drawLines();
    this.fire("drawn");
  },

  _place() {
    const { frame } = this;
    for (const sheet of this.sheets) {
      sheet.setAttribute("width", frame.width);
      sheet.setAttribute("height", frame.height);
      sheet.setAttribute("viewBox", `${frame.x} ${frame.y} ${frame.width} ${frame.height}`);
      L.DomUtil.setTransform(sheet, L.point(frame.x, frame.y), 1);
    }
  },

  _moved() {
    const map = this._map;
    const size = map.getSize();
    const seen = map.containerPointToLayerPoint([0, 0]);
    const { frame } = this;
    const origin = map.getPixelOrigin();
    const far =
      seen.x < frame.x ||
      seen.y < frame.y ||
      seen.x + size.x > frame.x + frame.width ||
      seen.y + size.y > frame.y + frame.height;
    if (far || this.zoom !== map.getZoom() || origin.x !== this.origin[0] || origin.y !== this.origin[1]) this._reset();
    else this.fire("drawn");
  },

  _animate(event) {
    this._transform(event.center, event.zoom);
  },

  _zooming() {
    this._transform(this._map.getCenter(), this._map.getZoom());
  },

  _transform(center, zoom) {
    if (!this.frame) return;
    const map = this._map;
    const scale = map.getZoomScale(zoom, this.zoom);
    const corner = L.point(this.frame.x + this.origin[0], this.frame.y + this.origin[1]);
    const offset = corner.multiplyBy(scale).subtract(map._getNewPixelOrigin(center, zoom));
    for (const sheet of this.sheets) L.DomUtil.setTransform(sheet, offset, scale);
    this.groups.labels.setAttribute("opacity", scale === 1 ? "1" : "0");
  },

  // ------------------------------------------------------------ ground
  _buildGround() {
    const { groups, ground } = this;
    const clip = svg("clipPath", { id: "union" });
    this.unionPath = svg("path");
    clip.append(this.unionPath);
    const hatch = svg(
      "pattern",
      { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("line", { x1: 0, y1: 0, x2: 0, y2: 5, stroke: css("dispute"), "stroke-width": 1.5, "stroke-opacity": 0.5 }),
    );
    const partly = svg(
      "pattern",
      { id: "partly", width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(-45)" },
      svg("line", { x1: 0, y1: 0, x2: 0, y2: 7, stroke: css("party"), "stroke-width": 3, "stroke-opacity": 0.6 }),
    );
    this.defs.append(clip, hatch, partly);
    this.graticule = svg("path", { fill: "none", stroke: css("graticule"), "stroke-width": 0.6 });
    groups.graticule.append(this.graticule);
    for (const unit of ground.units)
      groups.land.append((unit.node = svg("path", { "stroke-width": 0.7, "fill-rule": "evenodd" })));
    if (ground.relief) {
      this.relief = svg("image", { href: ground.relief.image, preserveAspectRatio: "none" });
      groups.relief.append(this.relief);
    }
    const band = (width, token) =>
      svg("path", {
        fill: "none",
        stroke: css("band"),
        "stroke-width": width,
        "stroke-opacity": css(token),
        "stroke-linejoin": "round",
      });
    this.bands = [band(13, "band-wide"), band(5, "band-narrow")];
    groups.band.append(svg("g", { "clip-path": "url(#union)" }, ...this.bands));
    for (const area of ground.disputed) {
      groups.land.append((area.ground = svg("path", { "fill-rule": "evenodd" })));
      groups.hatch.append((area.node = svg("path", { fill: "url(#hatch)", "fill-rule": "evenodd" })));
    }
    this.riverPaths = [
      svg("path", { fill: "none", stroke: css("river"), "stroke-width": 0.6, "stroke-opacity": 0.75 }),
      svg("path", { fill: "none", stroke: css("river"), "stroke-width": 1.1 }),
    ];
    this.lakePath = svg("path", {
      fill: css("lake"),
      stroke: css("coast"),
      "stroke-width": 0.5,
      "fill-rule": "evenodd",
    });
    this.coast = svg("path", { fill: "none", stroke: css("coast"), "stroke-width": 0.7 });
    groups.water.append(...this.riverPaths, this.lakePath, this.coast);
    this.border = svg("path", { fill: "none", stroke: css("border"), "stroke-opacity": 0.8 });
    groups.borders.append(this.border);
    for (const line of ground.boundaries) {
      line.nodes = [
        svg("path", { fill: "none", stroke: css("halo"), "stroke-width": 2.2, "stroke-opacity": 0.9 }),
        svg("path", { fill: "none" }),
      ];
      groups.borders.append(...line.nodes);
    }
    this.setYear(null);
  },

  /** Tint the land and say which arcs carry the band, for the members of a year; nothing is projected anew. */
  setYear(year) {
    const { ground } = this;
    const first = !this.kinds;
    this.year = year;
    let changed = first;
    for (const unit of ground.units) {
      const standing = ground.standing(unit, year);
      if (standing === unit.standing) continue;
      changed = true;
      unit.standing = standing;
      const tint = css(`land-${standing}`);
      unit.node.setAttribute("fill", tint);
      unit.node.setAttribute("stroke", tint);
    }
    if (!changed) return;
    this.kinds = ground.sides.map((sides) => {
      if (sides.length < 2) return "coast";
      const members = sides.filter((number) => ground.units[number].standing === "member").length;
      return members === 1 ? "rim" : "border";
    });
    if (this.frame) this._drawBand();
  },

  /** The golden band along the land borders of the members' union, clipped to the union. */
  _drawBand() {
    const { ground } = this;
    this.unionPath.setAttribute(
      "d",
      ground.units.map((unit) => (unit.standing === "member" ? unit.data : "")).join(""),
    );
    const rim = this.kinds.map((kind, number) => (kind === "rim" ? this.arcData[number] : "")).join("");
    for (const band of this.bands) band.setAttribute("d", rim);
  },

  /** Draw in another manner: colour by gauge, pipelines as flows. */
  setManner(manner) {
    if (manner.colour === this.manner.colour && manner.flow === this.manner.flow) return;
    this.manner = manner;
    for (const row of this.lines) row.width = baseWidth(row, this.world, manner);
    if (this.frame) this._drawLines();
  },

  /** Shade states: code to "full" or "hatch". @param {Map<string, string>} parties */
  shade(parties) {
    const key = JSON.stringify([...parties]);
    if (key === this.partiesKey) return;
    this.partiesKey = key;
    this.parties = parties;
    if (this.frame) this._drawShade();
  },

  _drawShade() {
    const nodes = [];
    for (const unit of this.ground.units) {
      const manner = this.parties.get(unit.state);
      if (manner && unit.data)
        nodes.push(
          svg("path", {
            d: unit.data,
            fill: manner === "hatch" ? "url(#partly)" : css("party"),
            "fill-opacity": manner === "hatch" ? 1 : 0.42,
            "fill-rule": "evenodd",
          }),
        );
    }
    this.groups.shade.replaceChildren(...nodes);
  },

  setViewpoint(viewpoint) {
    this.viewpoint = viewpoint;
    if (this.frame) this._drawGround();
  },

  _drawGround() {
    this.drawing = (this.drawing ?? 0) + 1;
    const { ground, zoom } = this;
    const gap = zoom < 4 ? 1.2 : zoom < 6 ? 0.9 : 0.7;
    const screens = ground.arcs.map((arc) => this._screen(arc, gap));
    this.screens = screens;
    const ringData = (ring) => {
      let data = "";
      let first = true;
      for (const number of ring) {
        const backward = number < 0;
        const points = screens[backward ? ~number : number];
        const count = points.length;
        for (let i = first ? 0 : 2; i < count; i += 2) {
          const j = backward ? count - 2 - i : i;
          data += `${first && !i ? "M" : "L"}${points[j].toFixed(1)} ${points[j + 1].toFixed(1)}`;
        }
        first = false;
      }
      return `${data}Z`;
    };
    for (const unit of ground.units) {
      const seen = this._inFrame(unit.box);
      const data = seen ? unit.polygons.map((rings) => rings.map(ringData).join("")).join("") : "";
      unit.node.setAttribute("d", data);
      unit.seen = seen;
      unit.data = data;
    }
    let coast = "";
    let border = "";
    this.arcData = ground.arcs.map((_, number) => {
      if (!this._inFrame(ground.boxes[number])) return "";
      const data = pathData(screens[number]);
      if (this.kinds[number] === "coast") coast += data;
      else if (!ground.marked.has(number)) border += data;
      return data;
    });
    this.coast.setAttribute("d", coast);
    this._drawBand();
    this._drawShade();
    const draw = (item) => item.lines.map((path) => pathData(this._screen(path, gap))).join("");
    const fillOf = (item) =>
      item.rings.map((polygon) => polygon.map((ring) => pathData(this._screen(ring, gap), true)).join("")).join("");
    const seen = (items) => items.filter((item) => this._inFrame(item.box));
    this.lakePath.setAttribute("d", seen(ground.lakes).map(fillOf).join(""));
    const rivers = seen(ground.rivers);
    this.riverPaths[0].setAttribute(
      "d",
      rivers
        .filter((river) => (river.rank ?? 9) > 4)
        .map(draw)
        .join(""),
    );
    this.riverPaths[1].setAttribute(
      "d",
      rivers
        .filter((river) => (river.rank ?? 9) <= 4)
        .map(draw)
        .join(""),
    );
    for (const area of ground.disputed) {
      const data = this._inFrame(area.box) ? fillOf(area) : "";
      const state = area.counts_to?.[this.viewpoint ?? "default"];
      area.node.setAttribute("d", data);
      area.ground.setAttribute("d", this.viewpoint && state !== area.counts_to?.default ? data : "");
      area.ground.setAttribute("fill", css(`land-${state ? ground.standing({ state }, this.year) : "other"}`));
    }
    const weight = zoom < 5 ? 0.75 : zoom < 6.6 ? 1 : 1.5;
    let plainBorders = "";
    for (const line of ground.boundaries) {
      const look = this._boundaryLook(line);
      const show = look !== "none" && this._inFrame(line.box);
      const data = show ? draw(line) : "";
      if (look === "plain") plainBorders += data;
      line.nodes[0].setAttribute("d", look === "dashed" ? data : "");
      line.nodes[1].setAttribute("d", look === "dashed" ? data : "");
      line.nodes[1].setAttribute("stroke", css("dispute"));
      line.nodes[1].setAttribute("stroke-width", "1.1");
      line.nodes[1].setAttribute("stroke-dasharray", "4 2.6");
    }
    this.border.setAttribute("d", border + plainBorders);
    this.border.setAttribute("stroke-width", weight);
    this._drawGraticule();
    if (this.relief) {
      const [west, south, east, north] = ground.relief.bounds;
      const [x0, y0] = this.at(mercatorX(west), mercatorY(north));
      const [x1, y1] = this.at(mercatorX(east), mercatorY(south));
      for (const [name, value] of Object.entries({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 }))
        this.relief.setAttribute(name, value.toFixed(1));
      this.groups.relief.setAttribute(
        "class",
        zoom < 5 ? "plate-relief" : zoom < 6.6 ? "plate-relief softer" : "plate-relief softest",
      );
    }
  },

  /** How a boundary line is drawn for the chosen viewpoint: plain, dashed or none. */
  _boundaryLook(line) {
    const seen = (this.viewpoint && line[`class_${this.viewpoint}`]) || line.class;
    return seen === "unrecognized" ? "none" : seen === "international" ? "plain" : "dashed";
  },

  _drawGraticule() {
    let data = "";
    const line = (from, to) => {
      const a = this.at(mercatorX(from[0]), mercatorY(from[1]));
      const b = this.at(mercatorX(to[0]), mercatorY(to[1]));
      data += `M${a[0].toFixed(1)} ${a[1].toFixed(1)}L${b[0].toFixed(1)} ${b[1].toFixed(1)}`;
    };
    for (let lon = 0; lon <= 200; lon += 10) line([lon, -20], [lon, 80]);
    for (let lat = -20; lat <= 80; lat += 10) line([0, lat], [200, lat]);
    this.graticule.setAttribute("d", data);
  },

  // ------------------------------------------------------------ rows
  _buildLines() {
    for (const row of this.lines) {
      row.casing = svg("path", { fill: "none" });
      row.stroke = svg("g");
      this.groups.casings.append(row.casing);
      this.groups.lines.append(row.stroke);
    }
  },

  _drawLines() {
    this.linesDrawn = (this.linesDrawn ?? 0) + 1;
    for (const row of this.lines) {
      row.seen = this._inFrame(row.box);
      row.stale = true;
      if (row.seen && this.visible.has(row)) this._drawLine(row);
      else {
        row.screen = null;
        row.casing.setAttribute("d", "");
        row.stroke.replaceChildren();
      }
    }
    this._drawHalos();
    this._drawRibbons();
  },

  /** Screen points of a row, moved aside when it is one of several parallel strings. */
  _screenOf(row) {
    const paths = row.paths.map((path) => this._screen(path, 0.8));
    const string = row.facts.string ?? 1;
    if (string < 2 || this.zoom < 4.8) return paths;
    const spread = this.zoom < 6 ? 0.6 : 1;
    const aside = Math.floor(string / 2) * (row.width * this.factor + 1.6) * spread * (string % 2 ? -1 : 1);
    return paths.map((points) => movedAside(points, aside));
  },

  _drawLine(row) {
    const status = statusOf(row, this.year);
    const width = row.width * this.factor;
    row.screen = this._screenOf(row);
    row.stale = false;
    const data = row.screen.map((points) => pathData(points)).join("");
    row.data = data;
    const { styles } = this.world;
    const paint = rowColour(row, styles, this.manner);
    const strokes = strokesOf({
      layer: row.layer,
      kind: row.kind,
      status,
      width,
      zoom: this.zoom,
      ornaments: !this.manner.flow || row.kind === "rail",
      paint,
      styles,
    });
    row.drawnStatus = status;
    const nodes = [];
    row.casing.setAttribute("d", "");
    for (const stroke of strokes) {
      const attributes = { ...strokeAttributes(stroke), d: data };
      if (stroke.part === "casing")
        for (const [name, value] of Object.entries(attributes))
          value === null ? row.casing.removeAttribute(name) : row.casing.setAttribute(name, value);
      else nodes.push(svg("path", attributes));
    }
    if (this.manner.flow && status === "operating" && styles.flow.kinds.includes(row.kind))
      nodes.push(this._arrows(row, width, paint));
    row.stroke.replaceChildren(...nodes);
  },

  /** Arrows along a pipeline, the way it runs in the year of the map. */
  _arrows(row, width, paint) {
    const way = latest(row.facts.flows, this.year)?.direction ?? "forward";
    const size = 3.2 + width * 0.75;
    const step = 7;
    const every = Math.round(this.world.styles.flow.every / step);
    let data = "";
    let count = 0;
    for (const points of row.screen) {
      const pairs = resample(points, step);
      for (let i = Math.min(every >> 1, pairs.length >> 1); i + 1 < pairs.length; i += every) {
        if (!i) continue;
        const turned = way === "backward" || (way === "both" && count++ % 2);
        const sign = turned ? -1 : 1;
        const dx = (pairs[i + 1][0] - pairs[i - 1][0]) * sign;
        const dy = (pairs[i + 1][1] - pairs[i - 1][1]) * sign;
        const length = Math.hypot(dx, dy) || 1;
        const ux = (dx / length) * size;
        const uy = (dy / length) * size;
        const [x, y] = pairs[i];
        data += `M${(x + ux).toFixed(1)} ${(y + uy).toFixed(1)}L${(x - ux * 0.7 - uy * 0.8).toFixed(1)} ${(y - uy * 0.7 + ux * 0.8).toFixed(1)}L${(x - ux * 0.7 + uy * 0.8).toFixed(1)} ${(y - uy * 0.7 - ux * 0.8).toFixed(1)}Z`;
      }
    }
    return svg("path", {
      d: data,
      fill: paint,
      stroke: css("casing"),
      "stroke-width": 0.9,
      "stroke-linejoin": "round",
    });
  },

  /** Show exactly these rows, with the statuses of `year`. Only what changes is touched. */
  show(visible, year) {
    const yearChanged = year !== this.year;
    if (yearChanged) this.setYear(year);
    for (const row of this.lines) {
      const on = visible.has(row);
      const was = this.visible.has(row);
      if (
        on &&
        row.seen &&
        (row.stale ||
          !row.screen ||
          (yearChanged && (row.drawnStatus !== statusOf(row, year) || (this.manner.flow && row.facts.flows))))
      )
        this._drawLine(row);
      if (on !== was) {
        const display = on ? null : "none";
        for (const node of [row.casing, row.stroke])
          display ? node.setAttribute("display", display) : node.removeAttribute("display");
      }
    }
    this.visible = visible;
    this._drawHalos();
    if (this.accuracy) this._drawRibbons();
  },

  /** Show or hide how far every line may be off, as a ribbon twice that wide. */
  showAccuracy(on) {
    this.accuracy = on;
    if (this.frame) this._drawRibbons();
  },

  _drawRibbons() {
    const nodes = [];
    if (this.accuracy) {
      const kmPerPixel = (EARTH_KM * Math.cos((this.center.lat * Math.PI) / 180)) / this.scale;
      for (const row of this.lines) {
        if (!row.screen || !this.visible.has(row) || !row.facts.accuracy_km || row.facts.accuracy_basis === "schematic")
          continue;
        const width = (2 * row.facts.accuracy_km) / kmPerPixel;
        if (width < row.width * this.factor + 2) continue;
        nodes.push(
          svg("path", {
            d: row.data,
            fill: "none",
            stroke: rowColour(row, this.world.styles, this.manner),
            "stroke-opacity": 0.13,
            "stroke-width": width.toFixed(1),
            "stroke-linecap": "round",
            "stroke-linejoin": "round",
          }),
        );
      }
    }
    this.groups.ribbons.replaceChildren(...nodes);
  },

  /** Put a halo under these rows. */
  select(rows) {
    this.selected = new Set(rows);
    if (this.frame) this._drawHalos();
  },

  hover(row) {
    if (row === this.hovered) return;
    this.hovered = row;
    this._drawHalos();
  },

  _drawHalos() {
    const nodes = [];
    const rows = new Set([...this.selected, ...(this.hovered ? [this.hovered] : [])]);
    for (const row of rows) {
      if (row.form !== "line" || !row.seen || !this.visible.has(row)) continue;
      if (row.stale || !row.screen) this._drawLine(row);
      const strokes = strokesOf({
        layer: row.layer,
        kind: row.kind,
        status: row.drawnStatus,
        width: row.width * this.factor,
        paint: rowColour(row, this.world.styles, this.manner),
        styles: this.world.styles,
      });
      const line = strokes.find((stroke) => stroke.part === "line");
      nodes.push(
        svg("path", {
          d: row.data,
          fill: "none",
          stroke: line.stroke,
          "stroke-width": row.width * this.factor + (this.selected.has(row) ? 9 : 6),
          "stroke-opacity": 0.22,
          "stroke-linecap": "round",
          "stroke-linejoin": "round",
        }),
      );
    }
    this.groups.halos.replaceChildren(...nodes);
  },

  /** The disputed area at a layer point. */
  disputedAt(point) {
    const x = (point.x + this.origin[0]) / this.scale;
    const y = (point.y + this.origin[1]) / this.scale;
    return this.ground.disputed.find((area) => area.rings.some((polygon) => isInRing(polygon[0], x, y))) ?? null;
  },

  /** The visible line rows within `reach` px of a layer point, nearest first. */
  rowsNear(point, reach) {
    const found = [];
    for (const row of this.lines) {
      if (!row.screen || !this.visible.has(row)) continue;
      const distance = distanceTo(row.screen, point.x, point.y, reach + (row.width * this.factor) / 2);
      if (distance < Infinity) found.push({ row, distance });
    }
    return found.sort((a, b) => a.distance - b.distance).map((hit) => hit.row);
  },
});
