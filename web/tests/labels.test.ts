// The label engine: the grid, places for names, what stands on the map; looks of lines and ground.
import assert from "node:assert/strict";
import { test } from "node:test";
import { safeAddress, shortAddress } from "../src/card/source-entries.ts";
import type { Box } from "../src/geometry/mercator.ts";
import { packIntegers } from "../src/geometry/pack.ts";
import type { Point } from "../src/geometry/paths.ts";
import { isAtEnd, lineEnds, lineGroups } from "../src/labels/line-groups.ts";
import { greatness, shortName, twoLines } from "../src/labels/names.ts";
import {
  alongLine,
  besidePoint,
  distanceToBox,
  leaderPlace,
  middleOf,
  onLand,
  onWater,
  overLand,
  reachBeside,
  strangeness,
} from "../src/labels/places.ts";
import { DISPUTED, Land, Raster, Sums, SYMBOL } from "../src/labels/raster.ts";
import { CAPITAL_APART, capitalSymbol, eventPlaces, wantedSymbols } from "../src/labels/symbols.ts";
import { ALONG, BESIDE, CELL, ENDS } from "../src/labels/weights.ts";
import { boundaryLook, Ground } from "../src/map/ground.ts";
import {
  baseWidth,
  css,
  DOUBT_KM,
  flowWidth,
  gaugeColour,
  isDoubtful,
  rowColour,
  strokesOf,
  zoomFactor,
} from "../src/map/looks.ts";
import { type LineStyle, PLAIN } from "../src/page/address.ts";
import { scaleStep } from "../src/parts/scale.ts";
import { STYLES, world } from "./vectors.ts";

const CORNER = { x: 0, y: 0 };
const SIZE = { x: 400, y: 200 };
const COLUMNS = SIZE.x / CELL;
const ROWS = SIZE.y / CELL;

/** A map of land by a rule for cells, and lines by another. */
function rasterOf(owner: (x: number, y: number) => number, line: (x: number, y: number) => number = () => 0) {
  const grid = (rule: (x: number, y: number) => number) =>
    Array.from({ length: COLUMNS * ROWS }, (_, i) => rule(i % COLUMNS, Math.floor(i / COLUMNS)));
  const land = new Land(Uint8Array.from(grid(owner)), ["west", "east"], COLUMNS, ROWS);
  return new Raster(CORNER, SIZE, land, Float32Array.from(grid(line)));
}

const free = () => rasterOf(() => 0);

test("sums over boxes, cut at the edges of the grid", () => {
  const sums = new Sums([1, 2, 3, 4, 5, 6], 3, 2);
  assert.equal(sums.of(0, 0, 3, 2), 21);
  assert.equal(sums.of(1, 0, 2, 2), 7);
  assert.equal(sums.of(-5, -5, 1, 1), 1);
  assert.equal(sums.of(2, 2, 9, 9), 0);
});

test("a box is taken, and with it what overlaps it", () => {
  const raster = free();
  raster.take([10, 10, 30, 20]);
  assert.ok(raster.isTaken([28, 18, 60, 40]));
  assert.ok(!raster.isTaken([36, 24, 60, 40]));
  raster.take([-50, -50, -10, -10]);
  raster.take([390, 190, 900, 900]);
  assert.ok(raster.isTaken([395, 195, 399, 199]));
});

test("inside the map, with a margin", () => {
  const raster = free();
  assert.ok(raster.isInside([10, 10, 390, 190], 5));
  assert.ok(!raster.isInside([4, 10, 390, 190], 5));
  assert.ok(raster.isInside([-3, 10, 20, 20], -5));
});

test("territories are the visible cells of each unit; water and disputed ground are nobody's", () => {
  const raster = rasterOf((x, y) => (y > 40 ? DISPUTED : x < 20 ? 1 : x > 90 ? 2 : 0));
  const [west, east] = raster.land.territories();
  assert.deepEqual([west.owner, west.x0, west.x1, west.y0, west.y1, west.count], ["west", 0, 20, 0, 41, 820]);
  assert.equal(east.owner, "east");
  assert.equal(raster.ownerAt(10, 10), 1);
  assert.equal(raster.ownerAt(10, 190), DISPUTED);
  assert.equal(raster.ownerAt(200, 10), 0);
  assert.equal(raster.ownerAt(-5, 10), 0);
});

// ---------------------------------------------------------------- places
test("a name beside a point stands right of it when all is free", () => {
  const place = besidePoint(free(), [200, 100], 60, 12, 8, 40);
  assert.equal(place?.anchor, "start");
  assert.equal(place?.x, 208);
});

test("a name beside a point gives way to what stands there", () => {
  const raster = free();
  raster.take([204, 80, 300, 120]);
  const place = besidePoint(raster, [200, 100], 60, 12, 8, 40);
  assert.equal(place?.anchor, "end");
  raster.take([100, 60, 300, 140]);
  assert.equal(besidePoint(raster, [200, 100], 60, 12, 8, 40), null);
});

test("a name beside a point crosses no more lines than it may", () => {
  const raster = rasterOf(
    () => 0,
    () => 1,
  );
  assert.equal(besidePoint(raster, [200, 100], 60, 12, 8, 10), null);
  assert.ok(besidePoint(raster, [200, 100], 60, 12, 8, 1000));
});

test("a name at the edge of the map goes to the side where there is room", () => {
  assert.equal(besidePoint(free(), [390, 100], 60, 12, 8, 40)?.anchor, "end");
  assert.equal(besidePoint(free(), [2, 2], 600, 12, 8, 40), null);
});

test("a name is clearly nearer to its own symbol than to any other, or it is left out", () => {
  const at: Point = [200, 100];
  const place = (others: Point[]) => besidePoint(free(), at, 60, 12, 6, 40, others);
  assert.equal(place([])?.anchor, "start");
  const beyond = place([[270, 100]]);
  assert.ok(beyond && strangeness(beyond.box, at, [[270, 100]]) === 0, "it keeps away from a symbol at its end");
  assert.equal(beyond.anchor, "end");
  const around: Point[] = [-66, 66].flatMap((dx) => [-16, 0, 16].map((dy): Point => [200 + dx, 100 + dy]));
  const between = place([...around, [200, 84], [200, 116]]);
  assert.equal(between, null, "there are symbols at all of its places");
});

test("symbols beyond the reach of a name change nothing", () => {
  const at: Point = [200, 100];
  let seed = 11;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 200; round++) {
    const width = 10 + random(120);
    const size = 9 + random(6);
    const gap = 4 + random(6);
    const [across, down] = reachBeside(width, size, gap);
    const others = Array.from({ length: 1 + random(6) }, (): Point => [random(400), random(200)]);
    const near = others.filter(([x, y]) => Math.abs(x - at[0]) <= across && Math.abs(y - at[1]) <= down);
    const place = (points: Point[]) => besidePoint(free(), at, width, size, gap, 40, points);
    assert.deepEqual(place(near), place(others), `round ${round}`);
  }
});

test("how strange a name is to its symbol is how much nearer another one is", () => {
  const box: Box = [10, 0, 50, 12];
  assert.equal(distanceToBox(box, [5, 6]), 5);
  assert.equal(distanceToBox(box, [53, 16]), 5);
  assert.equal(distanceToBox(box, [20, 6]), 0);
  assert.equal(strangeness(box, [5, 6], []), 0);
  assert.equal(strangeness(box, [5, 6], [[60, 6]]), 0);
  assert.equal(strangeness(box, [5, 6], [[52, 6]]), 3 + BESIDE.clearly);
});

test("what a symbol takes does not count where symbols are left aside", () => {
  const raster = free();
  raster.take([100, 100, 108, 108], SYMBOL);
  assert.ok(raster.isTaken([96, 96, 112, 112]));
  assert.ok(!raster.isTaken([96, 96, 112, 112], SYMBOL));
  raster.take([108, 100, 112, 108]);
  assert.ok(raster.isTaken([96, 96, 112, 112], SYMBOL));
});

test("the name of a state stands wholly on it, off its lines", () => {
  const raster = rasterOf(
    (x) => (x < 50 ? 1 : 2),
    (_, y) => (y > 20 && y < 28 ? 1 : 0),
  );
  const [west] = raster.land.territories();
  const place = onLand(raster, west, 80, 12, middleOf(raster, west));
  assert.ok(place && place.x - 40 >= 0 && place.x + 40 <= 200);
  assert.ok(place.y < 20 * CELL || place.y > 28 * CELL, "not on the line");
  assert.equal(onLand(raster, west, 300, 12, middleOf(raster, west)), null, "larger than the state");
});

test("the name of a state is near the wished place, and a second one far from the first", () => {
  const raster = rasterOf(() => 1);
  const [all] = raster.land.territories();
  const place = onLand(raster, all, 40, 12, [100, 60]);
  assert.ok(place && Math.hypot(place.x - 100, place.y - 60) < 12);
  const second = onLand(raster, all, 40, 12, [100, 60], [{ x: place.x, y: place.y, radius: 150 }]);
  assert.ok(second && Math.hypot(second.x - place.x, second.y - place.y) >= 150);
});

test("a name larger than its state stands with its middle on it", () => {
  const raster = rasterOf((x, y) => (Math.abs(x - 50) < 3 && Math.abs(y - 25) < 3 ? 1 : 0));
  const [small] = raster.land.territories();
  const place = overLand(raster, small, 90, 10, middleOf(raster, small));
  assert.ok(place && raster.ownerAt(place.x, place.y) === 1);
  raster.take([0, 0, 400, 200]);
  assert.equal(overLand(raster, small, 90, 10, [200, 100]), null);
});

const level = (y: number, from = 20, to = 380): Point[] =>
  Array.from({ length: (to - from) / ALONG.step + 1 }, (_, i) => [from + i * ALONG.step, y]);

test("a name along a level line stands above it and takes its room", () => {
  const place = alongLine(free(), level(100), { length: 100, size: 12, offset: 4 });
  assert.equal(place?.side, 1);
  assert.ok(place.boxes.every((box) => box[3] < 100 + 6));
  assert.ok(place.points[0][0] < (place.points.at(-1)?.[0] ?? 0));
});

test("a name along a line that runs westward still reads from left to right", () => {
  const place = alongLine(free(), level(100).reverse(), { length: 100, size: 12, offset: 4 });
  assert.ok(place && place.points[0][0] < (place.points.at(-1)?.[0] ?? 0));
});

test("a name along a line goes below it when something is above", () => {
  const raster = free();
  raster.take([0, 60, 400, 96]);
  assert.equal(alongLine(raster, level(100), { length: 100, size: 12, offset: 4 })?.side, -1);
});

test("a line that is too short, too curved or too near to another name carries none", () => {
  const wanted = { length: 100, size: 12, offset: 4 };
  assert.equal(alongLine(free(), level(100, 20, 100), wanted), null);
  const turn = Array.from({ length: 60 }, (_, i): Point => [200 + 40 * Math.cos(i / 8), 100 + 40 * Math.sin(i / 8)]);
  assert.equal(alongLine(free(), turn, wanted), null);
  assert.equal(alongLine(free(), level(100), { ...wanted, others: [[200, 100]] }), null);
  assert.ok(alongLine(free(), level(100), { ...wanted, others: [[200, 100]], apart: 60 }));
});

test("a script whose letters join asks for a straighter line", () => {
  const turned = (t: number): Point => [200 + 250 * Math.sin(t), 100 + 250 * (1 - Math.cos(t))];
  const bow = Array.from({ length: 66 }, (_, i) => turned((i - 33) / 50));
  const wanted = { length: 250, size: 12, offset: 4 };
  assert.ok(alongLine(free(), bow, wanted));
  assert.equal(alongLine(free(), bow, { ...wanted, straight: true }), null);
});

test("a name beside a short line is joined to it, rather at sea than across lines", () => {
  const raster = rasterOf(
    (x) => (x < 50 ? 1 : 0),
    (x) => (x < 50 ? 1 : 0),
  );
  const place = leaderPlace(raster, [190, 100, 210, 100], 60, 28);
  assert.ok(place?.right);
  assert.ok(place.box[0] > 200);
  assert.equal(leaderPlace(raster, [-90, 100, -60, 100], 60, 28), null, "the line is out of sight");
});

test("the name of a sea stands on water, moved aside from what is there", () => {
  const raster = rasterOf((x) => (x < 40 ? 1 : 0));
  const box = onWater(raster, [280, 100], 100, 20) as Box;
  assert.deepEqual(box, [230, 90, 330, 110]);
  raster.take(box);
  const moved = onWater(raster, [280, 100], 100, 20);
  assert.ok(moved && moved[1] !== 90);
  assert.equal(onWater(raster, [60, 100], 100, 20), null, "that is land");
});

test("a great sea is named anywhere on it, but never across land", () => {
  const raster = rasterOf((x) => (x > 48 && x < 52 ? 1 : 0));
  raster.take([60, 20, 190, 200]);
  assert.equal(onWater(raster, [130, 110], 60, 12), null);
  const moved = onWater(raster, [130, 110], 60, 12, true) as Box;
  assert.ok(moved[2] <= 190 && moved[3] <= 24, "in what is free of it");
  raster.take([0, 0, 192, 200]);
  assert.equal(onWater(raster, [130, 110], 60, 12, true), null, "not in the sea beyond the land");
  assert.equal(onWater(free(), [-40, 110], 60, 12, true), null, "nor when its place is out of sight");
});

// ---------------------------------------------------------------- what is named
test("names are short, and long ones are broken where both lines are alike", () => {
  assert.equal(shortName("Trans-Caspian (planned)"), "Trans-Caspian");
  assert.equal(shortName("中吉乌铁路（规划）"), "中吉乌铁路");
  assert.deepEqual(twoLines("China–Kyrgyzstan–Uzbekistan railway"), ["China–Kyrgyzstan–", "Uzbekistan railway"]);
  assert.deepEqual(twoLines("Arabian Sea"), ["Arabian", "Sea"]);
  assert.deepEqual(twoLines("Caspian"), ["Caspian"]);
  assert.deepEqual(twoLines("Baku – Tbilisi"), ["Baku –", "Tbilisi"], "no line begins with a dash");
});

test("the greatness of a state grows with its area, within bounds", () => {
  assert.ok(greatness(17_000_000) > greatness(2_700_000));
  assert.equal(greatness(0), greatness(1));
  assert.ok(greatness(1e12) <= 3.2 && greatness(1) >= 0.75);
});

test("lines are gathered under the project whose name they carry, the most important first", () => {
  const { rows, projects } = world();
  const lines = rows
    .filter((row) => row.form === "line")
    .map((row) => ({ row, width: row.projects[0] === "silk" ? 4 : 1.6, screen: null }));
  const groups = lineGroups(lines, projects, STYLES.project ?? {}, 5.5);
  assert.deepEqual(
    groups.map(({ id, rank }) => [id, rank]),
    [
      ["silk", 1],
      ["gas", 5],
    ],
  );
  assert.deepEqual(
    groups[0].main.map(({ row }) => row.id),
    ["silk__disputed", "silk__old", "silk__rebuilt"],
  );
  assert.deepEqual(
    groups[0].branches.map(({ row }) => row.id),
    ["silk_east__new"],
  );
  assert.deepEqual(
    lineGroups(lines, projects, STYLES.project ?? {}, 4).map(({ id }) => id),
    ["silk"],
  );
});

test("symbols stand from their zoom on, by rank; breaks of gauge at any zoom where gauges are shown", () => {
  const known = world();
  const shown = new Set(known.rows);
  const kinds = (zoom: number, byGauge = false) =>
    wantedSymbols(known, shown, zoom, null, byGauge).map(({ kind }) => kind);
  assert.deepEqual(kinds(3), []);
  assert.deepEqual(kinds(5), ["port", "event"]);
  assert.deepEqual(wantedSymbols(known, new Set(), 9, null, false), []);
  const node = { id: "x", kind: "gauge_change", title: {}, x: 0.5, y: 0.5, rows: known.rows.slice(0, 1) };
  const withBreak = { ...known, rows: known.rows, styles: known.styles, nodes: [node] };
  assert.deepEqual(
    wantedSymbols(withBreak, shown, 3, null, true).map(({ kind }) => kind),
    ["gauge_change"],
  );
  assert.deepEqual(wantedSymbols(withBreak, shown, 3, null, false), []);
});

test("a site with a short name is shown and named before its kind, and before all others", () => {
  const known = world();
  const shown = new Set(known.rows);
  const [port] = wantedSymbols(known, shown, 5, null, false);
  const site = { [port.target.id]: { name: { en: "Short" }, from_zoom: 3 } };
  const named = { rows: known.rows, nodes: known.nodes, styles: { ...known.styles, site } };
  const at = (zoom: number) => wantedSymbols(named, shown, zoom, null, false).map(({ name, isKey }) => [name, isKey]);
  assert.deepEqual(at(2.9), []);
  assert.deepEqual(at(3), [[{ en: "Short" }, true]]);
  assert.deepEqual(at(9)[0], [port.title, false], "from near it has its own name, like every other port");
});

test("a symbol without a name stands for the dot of a capital that it would cover, the nearest one", () => {
  const symbol = (x: number, name: string | null = null, kind = "port") => ({
    kind,
    x,
    y: 50,
    name: name === null ? null : { en: name },
  });
  const [near, nearer, beyond] = [symbol(55), symbol(47), symbol(50 + CAPITAL_APART + 0.1)];
  assert.equal(capitalSymbol([50, 50], [beyond, near, nearer]), nearer);
  assert.equal(capitalSymbol([50, 50], [beyond, near]), near);
  assert.equal(capitalSymbol([50, 50], [beyond]), null);
  assert.equal(capitalSymbol([50, 50], [nearer, symbol(55, "Kuryk")]), null);
  assert.equal(capitalSymbol([50, 50], [symbol(50, null, "event")]), null);
});

test("events of one place are gathered, the latest first", () => {
  const [summit] = world().rows.filter((row) => row.kind === "event");
  const [place, ...others] = eventPlaces([summit, summit]);
  assert.deepEqual(others, []);
  assert.equal(place.rows.length, 2);
});

// ---------------------------------------------------------------- looks
const parts = (line: Partial<Parameters<typeof strokesOf>[0]>) =>
  strokesOf({ layer: "ways", kind: "rail", status: "operating", width: 3, zoom: 6, styles: STYLES, ...line });

test("a line that is not known exactly has a soft edge of its own colour instead of the casing, at sea none", () => {
  const [casing, line] = parts({});
  const [edge, sure] = parts({ doubtful: true });
  assert.deepEqual(sure, line, "the line itself is the same");
  assert.equal(casing.stroke, css("casing"));
  assert.equal(edge.stroke, line.stroke);
  assert.ok(edge.width > casing.width && edge.opacity < 0.3);
  assert.ok(parts({ doubtful: true, zoom: 4 })[0].width < edge.width, "quieter from afar");
  const sea = { kind: "sea", styles: { ...STYLES, kind: { sea: { ornament: "ship" as const } } } };
  assert.deepEqual(parts({ ...sea, doubtful: true }), parts(sea));
  const [{ facts }] = world().rows;
  const isDrawnSo = (km: number | undefined) => isDoubtful({ facts: { ...facts, accuracy_km: km } });
  assert.deepEqual([DOUBT_KM, DOUBT_KM - 0.1, undefined].map(isDrawnSo), [true, false, false]);
});

test("a railway has casing, line and ticks; ticks only from their zoom on and while it runs", () => {
  assert.deepEqual(
    parts({}).map(({ part }) => part),
    ["casing", "line", "ornament"],
  );
  assert.deepEqual(
    parts({ zoom: 5 }).map(({ part }) => part),
    ["casing", "line"],
  );
  assert.deepEqual(
    parts({ status: "construction" }).map(({ part }) => part),
    ["casing", "line"],
  );
  assert.deepEqual(
    parts({ ornaments: false }).map(({ part }) => part),
    ["casing", "line"],
  );
});

test("what is not in use is dashed, pale or thin", () => {
  assert.equal(parts({ status: "planned" })[1].cap, "round");
  assert.equal(parts({ status: "idle" })[1].opacity, 0.5);
  assert.equal(parts({ status: "shelved" })[1].width, 1.2);
  assert.match(parts({ status: "shelved" })[1].stroke, /--shelved/);
  assert.equal(parts({ status: "unknown" })[1].dash, null);
});

test("a river has no casing, a ferry is dashed, an unknown kind and layer are plain", () => {
  assert.deepEqual(
    parts({ kind: "river" }).map(({ part }) => part),
    ["line"],
  );
  assert.ok(parts({ kind: "ferry" })[1].dash);
  assert.match(parts({ kind: "nothing", layer: "nothing" })[1].stroke, /--layer-other/);
});

test("widths: of a listed row, of a project, by capacity, of a layer, of a flow", () => {
  const { byId, projects } = world();
  const width = (id: string, lineStyle: LineStyle = PLAIN) => {
    const row = byId.get(id);
    assert.ok(row);
    return baseWidth(row, STYLES, projects, lineStyle);
  };
  assert.equal(width("silk__plan"), 3);
  assert.equal(width("silk__old"), 4);
  assert.equal(width("gas__trunk"), 1.6);
  assert.equal(width("gas__trunk", { ...PLAIN, flow: true }), flowWidth(STYLES, 15.5));
  assert.equal(width("silk__old", { ...PLAIN, flow: true }), 4);
  const row = {
    id: "x",
    kind: "gas_pipeline",
    layer: "pipes",
    lineage: [],
    facts: { id: "x", kind: "", licence: "", capacity: 10, capacity_unit: "bcm/yr" },
  };
  assert.equal(baseWidth(row, STYLES, {}), 2.2);
});

test("lines by gauge are coloured by it, unknown ones as others; pipelines stay as they are", () => {
  const lineStyle = { ...PLAIN, colour: "gauge" } as const;
  const row = (kind: string, gauge?: number) => ({
    kind,
    layer: "ways",
    facts: { id: "", kind, licence: "", gauge_mm: gauge },
  });
  assert.match(rowColour(row("rail", 1520), STYLES, lineStyle), /gauge-1520/);
  assert.match(rowColour(row("rail", 999), STYLES, lineStyle), /gauge-other/);
  assert.match(rowColour(row("rail"), STYLES, lineStyle), /gauge-other/);
  assert.match(rowColour(row("gas_pipeline", 1520), STYLES, lineStyle), /layer-ways/);
  assert.match(gaugeColour(STYLES, 1435), /gauge-1435/);
});

test("lines grow with the zoom; a phone has its own first step", () => {
  assert.deepEqual(
    [3, 5, 8, 120].map((zoom) => zoomFactor(STYLES, zoom, false)),
    [0.78, 0.95, 1.4, 1.4],
  );
  assert.deepEqual(
    [3, 5].map((zoom) => zoomFactor(STYLES, zoom, true)),
    [0.66, 0.95],
  );
});

// ---------------------------------------------------------------- ground
const arc = (...points: [number, number][]) => {
  let before = [0, 0];
  return packIntegers(
    points.flatMap((point) => {
      const step = [point[0] - before[0], point[1] - before[1]];
      before = point;
      return step;
    }),
  );
};

/** Two states beside each other: the border runs north along 10° east. */
function twoStates(): Ground {
  const border = arc([10_000, 40_000], [10_000, 50_000]);
  const west = arc([10_000, 50_000], [0, 50_000], [0, 40_000], [10_000, 40_000]);
  const east = arc([10_000, 40_000], [30_000, 40_000], [30_000, 50_000], [10_000, 50_000]);
  const units = [
    { id: "aaa", iso_a3: "AAA", polygons: [[[0, 1]]] },
    { id: "bbb", iso_a3: "BBB", polygons: [[[~0, 2]]] },
    { id: "part", country: "AAA", iso_a3: "PPP", polygons: [] },
  ];
  return new Ground({ land: { arcs: [border, west, east], units }, relief: null }, world().countries);
}

test("an arc is coast, border or the rim of the union, by who is on its sides", () => {
  const ground = twoStates();
  assert.deepEqual(ground.sides, [[0, 1], [0], [1]]);
  assert.deepEqual(ground.arcKinds(["member", "other", "other"]), ["rim", "coast", "coast"]);
  assert.deepEqual(ground.arcKinds(["member", "member", "other"]), ["border", "coast", "coast"]);
});

test("the standing of a state in a year, and of a part that counts to a state", () => {
  const ground = twoStates();
  assert.equal(ground.standing("BBB", 2000), "other");
  assert.equal(ground.standing("BBB", 2010), "partner");
  assert.equal(ground.standing("BBB", null), "member");
  assert.equal(ground.standing(null, null), "other");
  assert.equal(ground.units[2].state, "AAA");
});

test("areas are near enough to tell a large state from a small one", () => {
  const [west, east] = twoStates().units;
  assert.ok(Math.abs(west.area - 860_000) < 40_000, `${west.area} km²`);
  assert.ok(Math.abs(east.area / west.area - 2) < 0.05);
});

test("a boundary is drawn as the worldview classes it", () => {
  const line = { class: "disputed", class_in: "international", class_pk: "unrecognized", geometry: {} };
  assert.equal(boundaryLook(line, null), "dashed");
  assert.equal(boundaryLook(line, "in"), "plain");
  assert.equal(boundaryLook(line, "pk"), "none");
  assert.equal(boundaryLook(line, "xx"), "dashed");
});

// ---------------------------------------------------------------- small rules of the parts
test("only web addresses are links", () => {
  assert.equal(safeAddress("https://a.example/x"), "https://a.example/x");
  for (const url of ["javascript:alert(1)", "data:text/html,x", " https://a.example", "//a.example"])
    assert.equal(safeAddress(url), null);
  assert.equal(shortAddress("https://www.a.example/x"), "a.example");
  assert.equal(shortAddress("nothing"), "nothing");
});

test("the scale is a round number of km, true at the middle of the map", () => {
  const { km, width } = scaleStep(0, 4, 170);
  assert.equal(km, 1000);
  assert.ok(Math.abs(width - 1000 / (40_075.016_686 / 4096)) < 1e-9);
  assert.ok(scaleStep(60, 4, 170).km < km);
  assert.equal(scaleStep(0, 20, 1).km, 5);
});

test("the ends of few lines are known, those of many are not asked for", () => {
  const line = { screen: [Float32Array.of(10, 20, 50, 60, 90, 20), Float32Array.of(200, 100, 240, 120)] };
  const ends = lineEnds([line, { screen: null }, { screen: [new Float32Array()] }]);
  assert.deepEqual(ends, [
    [10, 20],
    [90, 20],
    [200, 100],
    [240, 120],
  ]);
  assert.ok(isAtEnd(ends, 90 + ENDS.reach, 20));
  assert.ok(!isAtEnd(ends, 50, 60), "a city halfway is not at an end");
  assert.deepEqual(lineEnds(Array.from({ length: ENDS.fewLines + 1 }, () => line)), []);
});
