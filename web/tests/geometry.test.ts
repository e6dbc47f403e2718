// Packing, Mercator, plane geometry.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fittedConic, toConic } from "../src/geometry/conic.ts";
import {
  type Box,
  boundsOf,
  latitude,
  longitude,
  mercatorX,
  mercatorY,
  projectPath,
} from "../src/geometry/mercator.ts";
import { packIntegers, unpackIntegers, unpackPath } from "../src/geometry/pack.ts";
import {
  chained,
  distanceTo,
  isInRing,
  joined,
  type Point,
  resample,
  reversed,
  smooth,
} from "../src/geometry/paths.ts";
import { Spots } from "../src/geometry/spots.ts";
import { ConicView, LIKE_LATITUDE } from "../src/map/conic-view.ts";
import { onScreen, pathData, pointsData, ScreenView, tenths } from "../src/map/screen-view.ts";
import { scaleStep } from "../src/parts/scale.ts";
import { fromLetters, inflated } from "../src/squeeze.ts";
import { vectors } from "./vectors.ts";

for (const [value, packed] of vectors<[number, string][]>("integers")) {
  test(`${value} is packed as ${packed}`, () => {
    assert.equal(packIntegers([value]), packed);
    assert.deepEqual(unpackIntegers(packed), [value]);
  });
}

for (const { path, packed } of vectors<{ path: Point[]; packed: string }[]>("paths")) {
  test(`a path of ${path.length} points, ${packed.startsWith(".") ? "coarse" : "fine"}`, () => {
    const degrees = path.flat().map((value) => value / 1000);
    assert.deepEqual([...unpackPath(packed)], degrees);
  });
}

for (const text of ["A B", "é", "A\u0000", "<"]) {
  test(`${JSON.stringify(text)} is not a packed path, and which letter is wrong is said`, () => {
    assert.throws(() => unpackPath(text), /is not a letter of a packed path/);
  });
}

test("nothing is an empty path", () => assert.equal(unpackPath("").length, 0));

for (const [i, [text, packed]] of vectors<[string, string][]>("deflated").entries()) {
  test(`text ${i} that Python deflated comes out again`, async () => assert.equal(await inflated(packed), text));
}

for (const [hex, letters] of vectors<[string, string][]>("letters")) {
  test(`the bytes ${hex || "of nothing"} in letters`, () => {
    assert.equal(Buffer.from(fromLetters(letters)).toString("hex"), hex);
  });
}

test("what was cut or spoilt is refused, not shown", async () => {
  const packed = vectors<[string, string][]>("deflated").at(-1)?.[1] ?? "";
  await assert.rejects(inflated(packed.slice(0, packed.length / 2)));
  await assert.rejects(inflated(packed.replace(/./s, "~")));
});

// ---------------------------------------------------------------- the conic of the region
for (const [lon, lat, [x, y]] of vectors<[number, number, [number, number]][]>("conic")) {
  test(`${lon} E ${lat} N lies in the conic where Python has it`, () => {
    const [east, north] = toConic(lon, lat);
    assert.ok(Math.hypot(east - x, north - y) < 1e-5, `${east} ${north} instead of ${x} ${y}`);
  });
}

test("a box in the conic is as large as fits, wholly on its sheet, and bent", () => {
  const box: Box = [mercatorX(37), mercatorY(58.5), mercatorX(123), mercatorY(16.5)];
  const size = { width: 1300, height: 610 };
  const view = new ConicView(fittedConic(box, size), { x: 0, y: 0, ...size });
  const edge: Point[] = [];
  for (let i = 0; i <= 200; i++) {
    const [x, y] = [box[0] + ((box[2] - box[0]) * i) / 200, box[1] + ((box[3] - box[1]) * i) / 200];
    edge.push(view.at(x, box[1]), view.at(x, box[3]), view.at(box[0], y), view.at(box[2], y));
  }
  const [xs, ys] = [0, 1].map((axis) => edge.map((point) => point[axis]));
  assert.ok(Math.min(...xs) > -1 && Math.max(...xs) < 1301 && Math.min(...ys) > -1 && Math.max(...ys) < 611);
  assert.ok(Math.max(...ys) - Math.min(...ys) > 607);
  const top = [37, 80, 123].map((lon) => view.at(mercatorX(lon), mercatorY(58.5))[1]);
  assert.ok(top[1] > top[0] + 20 && Math.abs(top[0] - top[2]) < 60);
});

test("the conic draws a km along a meridian as long everywhere; Mercator does not", () => {
  const view = new ConicView({ x: 0, y: 0, kmPerPixel: 10 }, { x: 0, y: 0, width: 800, height: 600 });
  const length = (lat: number) => {
    const [a, b] = [lat, lat + 1].map((at) => view.at(mercatorX(100), mercatorY(at)));
    return Math.hypot(a[0] - b[0], a[1] - b[1]);
  };
  assert.ok(Math.abs(length(60) / length(20) - 1) < 0.01);
  const scale = scaleStep(LIKE_LATITUDE, view.zoom, 220);
  assert.ok(Math.abs(scale.km / scale.width - 10) < 1e-9);
});

test("what lies outside the sheet of a conic is not drawn", () => {
  const view = new ConicView({ x: 0, y: 0, kmPerPixel: 5 }, { x: 0, y: 0, width: 400, height: 300 });
  const around = (lon: number, lat: number): Box => [
    mercatorX(lon),
    mercatorY(lat + 1),
    mercatorX(lon + 1),
    mercatorY(lat),
  ];
  assert.ok(view.sees(around(80, 40)));
  assert.ok(!view.sees(around(20, 40)));
  assert.ok(!view.sees(around(80, 10)));
});

// ---------------------------------------------------------------- Mercator
test("degrees to Mercator and back", () => {
  for (const [lon, lat] of [
    [0, 0],
    [66.9, 39.6],
    [-180, -80],
    [180, 80],
  ]) {
    assert.ok(Math.abs(longitude(mercatorX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(latitude(mercatorY(lat)) - lat) < 1e-9);
  }
  assert.equal(mercatorY(0), 0.5);
});

test("a path is projected in place, and its bounds are west, north, east, south", () => {
  const path = projectPath(Float64Array.from([0, 0, 90, 45]));
  const [west, north, east, south] = boundsOf([path]);
  assert.deepEqual([west, east, south], [0.5, 0.75, 0.5]);
  assert.ok(north < south);
  assert.deepEqual(boundsOf([]), [Infinity, Infinity, -Infinity, -Infinity]);
});

// ---------------------------------------------------------------- the plane
test("the distance to a path, its ends and corners, and nothing beyond reach", () => {
  const path = [0, 0, 10, 0, 10, 10];
  assert.equal(distanceTo([path], 5, 3, 5), 3);
  assert.equal(distanceTo([path], 13, 14, 5), 5);
  assert.equal(distanceTo([path], 5, 6, 5), 5, "the second piece is nearer than the first");
  assert.equal(distanceTo([path], -6, 0, 5), Infinity);
  assert.equal(distanceTo([], 0, 0, 5), Infinity);
  assert.equal(distanceTo([[1, 1, 1, 1]], 1, 2, 5), 1, "a piece without length");
});

test("inside and outside a ring", () => {
  const ring = [0, 0, 10, 0, 10, 10, 0, 10];
  assert.ok(isInRing(ring, 5, 5));
  assert.ok(!isInRing(ring, 15, 5));
  assert.ok(!isInRing(ring, -1, -1));
});

test("points at even distances, over corners too", () => {
  assert.deepEqual(resample([0, 0, 10, 0], 4), [
    [0, 0],
    [4, 0],
    [8, 0],
  ]);
  assert.deepEqual(resample([0, 0, 3, 0, 3, 3], 4), [
    [0, 0],
    [3, 1],
  ]);
  assert.deepEqual(resample([1, 2], 4), [[1, 2]]);
  assert.deepEqual(resample([], 4), []);
});

test("smoothing keeps the ends and takes out a spike", () => {
  const pairs: Point[] = [
    [0, 0],
    [1, 0],
    [2, 9],
    [3, 0],
    [4, 0],
  ];
  const smoothed = smooth(pairs, 2, 1);
  assert.deepEqual(
    [smoothed[0], smoothed[4]],
    [
      [0, 0],
      [4, 0],
    ],
  );
  assert.ok(smoothed[2][1] < 2);
  assert.deepEqual(smooth(pairs, 2, 0), pairs);
});

test("a path turned round", () => assert.deepEqual(reversed([1, 2, 3, 4, 5, 6]), [5, 6, 3, 4, 1, 2]));

const WEST = [0, 0, 10, 0];
const EAST = [10, 0, 20, 0];
for (const [how, first, second, whole] of [
  ["end to start", WEST, EAST, [0, 0, 10, 0, 20, 0]],
  ["end to end", WEST, reversed(EAST), [0, 0, 10, 0, 20, 0]],
  ["start to start", reversed(WEST), EAST, [20, 0, 10, 0, 0, 0]],
  ["start to end", EAST, WEST, [0, 0, 10, 0, 20, 0]],
] as const) {
  test(`two paths that meet ${how} are one`, () => {
    assert.deepEqual(joined(first, second, 3), whole);
    assert.deepEqual(chained([first, second], 3), [whole]);
  });
}

test("paths that do not meet stay apart, those with the most points first", () => {
  assert.equal(joined(WEST, [15, 0, 20, 0], 3), null);
  assert.deepEqual(chained([WEST, [50, 0, 60, 0, 70, 0]], 3), [[50, 0, 60, 0, 70, 0], WEST]);
  assert.deepEqual(joined(WEST, [12, 2, 20, 0], 3), [0, 0, 10, 0, 20, 0], "a small gap is bridged");
});

test("pieces in any order and direction make one run", () => {
  const pieces = [
    [20, 0, 30, 0],
    [10, 0, 0, 0],
    [20, 0, 10, 0],
    [40, 0, 30, 0],
  ];
  const [run, ...others] = chained(pieces, 1);
  assert.deepEqual(others, []);
  assert.deepEqual(run[0] < run[8] ? run : reversed(run), [0, 0, 10, 0, 20, 0, 30, 0, 40, 0]);
});

/** The plain way: every path against every other. */
function chainedPlainly(paths: readonly number[][], gap: number): number[][] {
  const open = paths.filter((points) => points.length > 3).map((points) => [...points]);
  for (let a = 0; a < open.length; ) {
    const b = open.findIndex((other, i) => i > a && joined(open[a], other, gap));
    if (b < 0) a += 1;
    else open[a] = joined(open[a], open.splice(b, 1)[0], gap) ?? [];
  }
  return open.sort((one, other) => other.length - one.length);
}

test("paths are chained as if each were compared with every other", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 300; round++) {
    const width = 8 + random(120);
    const paths = Array.from({ length: random(40) }, () =>
      Array.from({ length: 2 * (1 + random(4)) }, () => random(width) - width / 2 + random(4) / 4),
    );
    const gap = [0, 1, 4, 6][random(4)];
    assert.deepEqual(chained(paths, gap), chainedPlainly(paths, gap), `round ${round}`);
  }
});

test("ten times the paths take about ten times the steps, not a hundred times", () => {
  const looks = (count: number) => {
    let reads = 0;
    const paths = Array.from({ length: count }, (_, i) => {
      const points = [20 * i, 0, 20 * i + 10, 0];
      return new Proxy(points, {
        get: (target, key, receiver) => {
          if (key === "0") reads += 1;
          return Reflect.get(target, key, receiver);
        },
      });
    });
    assert.equal(chained(paths, 3).length, count);
    return reads;
  };
  assert.ok(looks(1000) <= 11 * looks(100));
});

test("what is around a point is found, and what was taken away is not", () => {
  const spots = new Spots<string>(10);
  spots.add(-3, 4, "near");
  spots.add(31, 4, "across");
  spots.add(0, 300, "far");
  assert.deepEqual(spots.around(0, 0, 5, 5), ["near"]);
  assert.deepEqual(spots.around(0, 0, 31, 5).sort(), ["across", "near"]);
  spots.delete(-3, 4, "near");
  spots.delete(500, 500, "near");
  assert.deepEqual(spots.around(0, 0, 5, 5), []);
});

test("single points are no runs, and nothing is none", () => {
  assert.deepEqual(chained([[1, 1]], 3), []);
  assert.deepEqual(chained([], 3), []);
});

// ---------------------------------------------------------------- the screen
test("points too near to the one before are left out, the last never", () => {
  assert.deepEqual([...onScreen([0, 0, 0.1, 0, 5, 0, 5.2, 0], 1, [0, 0], 1)], [0, 0, 5, 0, Math.fround(5.2), 0]);
});

test("path data of a line and of a ring", () => {
  assert.equal(pathData([0, 0, 1.26, 2]), "M0.0 0.0L1.3 2.0");
  assert.equal(pathData([0, 0, 1, 2], true), "M0.0 0.0L1.0 2.0Z");
  assert.equal(pathData([]), "");
});

test("a view leads from Mercator to the screen and back, and knows what it sees", () => {
  const view = new ScreenView(1, [100, 50], { x: 0, y: 0, width: 200, height: 100 });
  assert.equal(view.scale, 512);
  assert.deepEqual(view.at(0.5, 0.25), [156, 78]);
  assert.deepEqual(view.mercator(156, 78), [0.5, 0.25]);
  assert.ok(view.sees([0.4, 0.2, 0.5, 0.3]));
  assert.ok(!view.sees([0.8, 0.2, 0.9, 0.3]));
});

test("tenths are those that toFixed writes, halves away from zero, also far from the screen", () => {
  for (let number = -4000; number <= 4000; number++) {
    const value = Math.fround(number / 16);
    if (Math.abs(value) >= 0.05) assert.equal(tenths(value), value.toFixed(1));
  }
  assert.deepEqual([-0.25, 0.25, -0.01, 0].map(tenths), ["-0.3", "0.3", "0.0", "0.0"]);
  assert.deepEqual([1e6, -1e6, Number.NaN].map(tenths), ["1000000.0", "-1000000.0", "NaN"]);
});

test("points are written in either direction", () => {
  assert.equal(pointsData([0, 1, 2, 3, 4, 5]), "0.0 1.0L2.0 3.0L4.0 5.0");
  assert.equal(pointsData([0, 1, 2, 3, 4, 5], true), "4.0 5.0L2.0 3.0L0.0 1.0");
});
