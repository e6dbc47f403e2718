// The network of a page: the same answers as Python gives, on a network that is small enough to see what should come out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { courseBetween } from "../src/geometry/geodesic.ts";
import { Heap } from "../src/routing/heap.ts";
import {
  compare,
  cut,
  DEFAULT_KINDS,
  isRefusal,
  line,
  networkOf,
  promises,
  type RouteQuestion,
  route,
  sentenceOf,
  type WayFigures,
} from "../src/routing/index.ts";
import { rounded } from "../src/routing/rounding.ts";
import { Wording } from "../src/words/wording.ts";
import { type AskedQuestion, answer, type SentWorld, worldOf } from "./network.ts";
import { vectors } from "./vectors.ts";

const { world: sent, cases } = vectors<{
  world: SentWorld;
  cases: { question: AskedQuestion; answer: unknown }[];
}>("network");
const world = worldOf(sent);

for (const { question, answer: expected } of cases) {
  test(`the network answers ${JSON.stringify(question)} as Python does`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(answer(world, question))), expected);
  });
}

function best(from: string, to: string, asked: Partial<RouteQuestion> = {}): WayFigures {
  const found = route(world, { from, to, ...asked });
  assert.ok(!isRefusal(found), "there is a way");
  return found.ways[0];
}

// ---------------------------------------------------------------- links
test("without kinds railways, ferries and sea legs count", () => {
  const asked = { year: null, promised: false, kinds: [], worldview: null };
  assert.deepEqual(networkOf(world, asked).kinds, DEFAULT_KINDS);
  assert.ok(!networkOf(world, asked).links.some(({ row }) => row.kind === "road"));
});

test("a promise opens a link in its year and not before", () => {
  const planned = (year: number, promised: boolean) => {
    const { links } = networkOf(world, { year, promised, kinds: [], worldview: null });
    return links.filter(({ row }) => row.id === "planned").map((link) => link.promised);
  };
  assert.deepEqual(planned(2030, true), [true]);
  assert.deepEqual(planned(2029, true), []);
  assert.deepEqual(planned(2030, false), []);
});

test("in a past year the answer says what may not have been open yet", () => {
  assert.equal(best("x", "c", { year: 1990 }).undatedKm, 100);
  assert.equal(best("x", "c").undatedKm, 0);
});

// ---------------------------------------------------------------- ways
test("places are found by id, by name and without regard to case and accents", () => {
  for (const [from, to] of [
    ["a", "d"],
    ["Alpha", "delta"],
    ["ALPHA", "Délta"],
  ]) {
    assert.equal(best(from, to).km, best("a", "d").km);
  }
});

test("what is wrong is said in the reader's language, with names instead of ids", () => {
  const found = route(world, { from: "a", to: "f" });
  assert.ok(isRefusal(found));
  const said = (lang: "en" | "ru" | "zh" | "bn") =>
    found.complaints.map((complaint) => sentenceOf(complaint, world, new Wording(lang, world.words))).join();
  assert.match(said("en"), /^no way leads from Alpha to Phi in 2026/);
  assert.match(said("ru"), /пути между Alpha и Phi нет/);
  assert.match(said("zh"), /Alpha与Phi之间没有通路/);
  assert.match(said("bn"), /Alpha থেকে Phi পর্যন্ত কোনো পথ নেই/);
});

test("every complaint has words in every language", () => {
  const complaints = cases.flatMap(({ question: { what, ...asked } }) => {
    const found = what === "cut" ? cut(world, asked) : what === "line" ? line(world, asked) : route(world, asked);
    return isRefusal(found) ? found.complaints : [];
  });
  const faults = new Set(complaints.map(({ fault }) => fault));
  assert.ok(faults.size >= 8, [...faults].join());
  for (const lang of ["en", "bn", "ru", "zh"] as const) {
    const say = new Wording(lang, world.words);
    for (const complaint of complaints) assert.doesNotMatch(sentenceOf(complaint, world, say), /net_|\{|undefined/);
  }
});

// ---------------------------------------------------------------- cuts and promises
test("a cut that takes nothing away loses nothing and still ranks the bridges", () => {
  const found = cut(world, {});
  assert.ok(!isRefusal(found));
  assert.deepEqual([found.links.length, found.lost.length, found.longer.length, found.outlets.length], [0, 0, 0, 0]);
  assert.ok(found.bridges.length > 0);
});

test("an announcement slips from the first one of the same, and is late when its year is over", () => {
  const ledger = (year: number) => {
    const found = promises(world, { year });
    assert.ok(!isRefusal(found));
    return found.announcements
      .filter(({ id }) => id === "planned")
      .map(({ slipYears, outcome }) => [slipYears, outcome]);
  };
  assert.deepEqual(ledger(2026), [
    [0, "open"],
    [2, "open"],
  ]);
  assert.deepEqual(ledger(2029), [
    [0, "late"],
    [2, "open"],
  ]);
});

// ---------------------------------------------------------------- side by side
test("routes side by side have one order of states, and strips that add up", () => {
  const asked = [
    ["a", "d"],
    ["a", "c"],
    ["d", "p"],
  ].map(([from, to]) => route(world, { from, to }));
  const routes = asked.flatMap((found) => (isRefusal(found) ? [] : [found]));
  const found = compare(routes);
  assert.ok(!isRefusal(found));
  assert.deepEqual(
    found.countries.map(({ code }) => code),
    ["AAA", "BBB", "CCC", null],
    "in the order of travel, the sea last",
  );
  assert.equal(found.longestKm, Math.max(...routes.map(({ ways: [way] }) => way.km)));
  for (const [at, strip] of found.strips.entries()) {
    assert.equal(found.columns[at].km, strip.km);
    for (const parts of [strip.stretches, strip.soils]) {
      assert.deepEqual([parts[0].fromKm, parts.at(-1)?.toKm], [0, strip.km]);
      for (const [next, { fromKm }] of parts.slice(1).entries()) assert.equal(fromKm, parts[next].toKm);
    }
    assert.equal(rounded(found.countries.reduce((sum, { km }) => sum + km[at], 0)), strip.km);
  }
  assert.deepEqual(
    found.strips[0].marks.filter(({ what }) => what === "port").map(({ place }) => place),
    ["p", "q"],
  );
});

test("one route, or five, cannot be compared", () => {
  const one = route(world, { from: "a", to: "d" });
  assert.ok(!isRefusal(one));
  for (const routes of [[], [one], Array.from({ length: 5 }, () => one)]) {
    const found = compare(routes);
    assert.ok(isRefusal(found));
    const said = found.complaints.map((complaint) => sentenceOf(complaint, world, new Wording("en", world.words)));
    assert.deepEqual(said, [`compare takes 2 to 4 routes or lines, not ${routes.length}`]);
  }
});

test("the same way twice is not a comparison", () => {
  const [one, same] = [route(world, { from: "a", to: "d" }), route(world, { from: "Alpha", to: "d" })];
  assert.ok(!isRefusal(one) && !isRefusal(same));
  const found = compare([one, same]);
  assert.ok(isRefusal(found));
  const said = found.complaints.map((complaint) => sentenceOf(complaint, world, new Wording("en", world.words)));
  assert.deepEqual(said, [
    `compare puts different routes or lines side by side, and Alpha – Delta in ${one.year} is given twice`,
  ]);
});

test("a border is as far from the start as the states before it are long", () => {
  const way = best("a", "d", { by: "gauges" });
  const [first] = way.borders;
  assert.equal(first.fromStartKm, way.kmByCountry[0][1]);
});

// ---------------------------------------------------------------- tools
test("a heap gives what costs least, of equals what came first", () => {
  const heap = new Heap();
  const chance = (seed: number) => (seed * 7919) % 23;
  const things = Array.from({ length: 500 }, (_, at) => ({ first: chance(at), second: chance(at * 3), at }));
  for (const { first, second, at } of things) heap.push(first, second, at);
  const expected = [...things].sort((a, b) => a.first - b.first || a.second - b.second || a.at - b.at);
  assert.deepEqual(
    expected.map(() => heap.pop()),
    expected.map(({ at }) => at),
  );
  assert.equal(heap.size, 0);
});

test("a number between two decimals becomes the even one, as in Python", () => {
  assert.deepEqual(
    [0.125, 0.375, 2.675, -0.125, 1.005].map((value) => rounded(value)),
    [0.12, 0.38, 2.67, -0.12, 1],
  );
  assert.deepEqual(
    [0.5, 1.5, 2.5, -2.5, 384.5].map((value) => rounded(value, 0)),
    [0, 2, 2, -2, 384],
  );
  assert.equal(rounded(0.25, 1), 0.2);
});

test("lengths and directions on the ellipsoid", () => {
  const { km, azimuth } = courseBetween([37.6, 55.75], [131.9, 43.1]);
  // Moscow to Vladivostok, as PROJ has it.
  assert.equal(km.toFixed(5), "6437.30387");
  assert.equal(azimuth.toFixed(6), "59.412530");
  assert.equal(Math.round(courseBetween([0, 0], [0, 1]).km * 1000), 110_574);
  assert.equal(Math.round(courseBetween([0, 0], [-1, 0]).azimuth), -90);
  assert.equal(courseBetween([5, 5], [5, 5]).km, 0);
});
