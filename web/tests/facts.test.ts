// Phases, selection, filters, sums: the same answers as Python gives for the same rows.
import assert from "node:assert/strict";
import { test } from "node:test";
import type { RangeKey } from "../src/contract.ts";
import {
  applySelection,
  existsIn,
  isCounted,
  membersIn,
  roleOf,
  showsAny,
  statusOf,
  withDescendants,
} from "../src/facts/filter.ts";
import { figureAt, STEPS, scaleOf, shareOf, spread } from "../src/facts/histogram.ts";
import { type Hop, hopsOf } from "../src/facts/hops.ts";
import { kmByCountry, travelOrder, wholeLengths } from "../src/facts/lengths.ts";
import { partiesShown } from "../src/facts/parties.ts";
import { latest, roleIn, statusIn, yearOf, yearOfStatus } from "../src/facts/phases.ts";
import { formatRange, parseRange } from "../src/facts/ranges.ts";
import { haystackOf, lineageOf } from "../src/facts/row.ts";
import {
  emptySelection,
  formatSelection,
  isEverything,
  isOn,
  isSame,
  onTopOf,
  parseSelection,
  restrictions,
  withEye,
  withName,
  without,
} from "../src/facts/selection.ts";
import { kmByYear, totalsOf } from "../src/facts/totals.ts";
import { onceEach } from "../src/facts/tracks.ts";
import type { Facts, Phase, SentHops } from "../src/facts/types.ts";
import { fold } from "../src/words/fold.ts";
import { STYLES, vectors, world } from "./vectors.ts";

interface PhaseVector {
  phases: Phase[];
  year: number | null;
  status: string | null;
  role: string | null;
  opened: number | null;
}

for (const { phases, year, status, role, opened } of vectors<PhaseVector[]>("phases")) {
  test(`status in ${year ?? "the present"} of ${JSON.stringify(phases)}`, () => {
    assert.equal(statusIn(phases, year), status);
    const roles = phases.map((phase) => ({ ...phase, from: phase.from ?? "", role: phase.status }));
    assert.equal(roleIn(roles, year), role);
    assert.equal(yearOfStatus(phases, "operating"), opened);
  });
}

test("the year of a date as exact as it is known", () => {
  for (const [moment, year] of vectors<[string | null, number | null][]>("years")) assert.equal(yearOf(moment), year);
  assert.equal(yearOf(undefined), null);
});

test("nothing is latest in a list that is empty or not there", () => {
  assert.equal(latest([], 2000), null);
  assert.equal(latest(undefined, null), null);
});

// ---------------------------------------------------------------- selection
for (const [query, written] of vectors<[string, string][]>("address")) {
  test(`the address ${JSON.stringify(query)} is written as Python writes it`, () => {
    assert.equal(formatSelection(parseSelection(query)), written);
    assert.equal(formatSelection(parseSelection(written)), written);
  });
}

for (const query of [
  "year=abc",
  "year=",
  "year=1e3",
  "since=20.5",
  "year=99999999999",
  "year=%00",
  "late=yes",
  "q=%20",
]) {
  test(`${query} restricts nothing`, () => {
    assert.ok(isEverything(parseSelection(query)));
  });
}

test("names of the language are no keys of a selection", () => {
  const selection = parseSelection("constructor=1&__proto__=2&toString=3");
  assert.ok(isEverything(selection));
  assert.deepEqual(selection, emptySelection());
});

test("the parts of a selection that restrict anything, and each taken back", () => {
  const selection = parseSelection("country=AAA&kind=rail&year=2000&since=1990&late=1&q=x");
  assert.deepEqual(restrictions(selection), ["country", "kind", "q", "year", "since", "late"]);
  for (const part of restrictions(selection)) {
    const rest = without(selection, part);
    assert.deepEqual(
      restrictions(rest),
      restrictions(selection).filter((other) => other !== part),
    );
  }
  assert.deepEqual(restrictions(emptySelection()), []);
});

test("words of an address win over those of a saved question", () => {
  const whole = onTopOf(parseSelection("kind=road&year=1999"), parseSelection("kind=rail&country=AAA"));
  assert.equal(formatSelection(whole), "country=AAA&kind=road&year=1999");
});

test("equal selections are equal in whatever order they were made", () => {
  assert.ok(isSame(parseSelection("country=B,A&kind=x"), parseSelection("kind=x&country=A&country=B")));
  assert.ok(!isSame(parseSelection("country=A"), parseSelection("country=B")));
});

// ---------------------------------------------------------------- filters
interface SelectionVector {
  query: string;
  worldview: string | null;
  states: Record<string, [string | null, string | null]>;
  counts: Record<string, Record<string, number>>;
  left_out: number;
  km: number;
  countries: number;
  km_by_country: Record<string, number>;
  opened: Record<string, number>;
}

const round = (value: number) => Math.round(value * 100) / 100;

for (const vector of vectors<SelectionVector[]>("selections")) {
  const { query, worldview } = vector;
  test(`${query || "everything"} seen ${worldview ? `from ${worldview}` : "as shown first"}`, () => {
    const known = world();
    known.seenFrom(worldview);
    const selection = parseSelection(query);
    const { rows, counts, leftOut } = applySelection(known.rows, selection, known);
    assert.equal(leftOut, vector.left_out);
    assert.equal(showsAny(known.rows, selection, known), rows.length > 0);
    const states = rows.map((row) => [row.id, [statusOf(row, selection.year), roleOf(row, selection.year)]]);
    assert.deepEqual(Object.fromEntries(states), vector.states);
    for (const [facet, values] of Object.entries(vector.counts)) {
      const found = Object.fromEntries(counts[facet as keyof typeof counts]);
      assert.deepEqual(found, values, facet);
    }
  });

  test(`sums of ${query || "everything"} seen ${worldview ? `from ${worldview}` : "as shown first"}`, () => {
    const known = world();
    known.seenFrom(worldview);
    const { rows } = applySelection(known.rows, parseSelection(query), known);
    const sums = totalsOf(rows.filter((row) => isCounted(row)));
    assert.equal(round(sums.km), vector.km);
    assert.equal(sums.countries, vector.countries);
    const byCountry = kmByCountry(onceEach(rows.filter(isCounted))).countries.map(([code, km]) => [code, round(km)]);
    assert.deepEqual(Object.fromEntries(byCountry), vector.km_by_country);
    const opened = [...kmByYear(rows, 2026).opened].map(([year, km]) => [String(year), round(km)]);
    assert.deepEqual(Object.fromEntries(opened), vector.opened);
  });
}

test("the same rows seen from elsewhere are counted anew", () => {
  const known = world();
  const worldviews = [null, ...new Set(vectors<SelectionVector[]>("selections").map(({ worldview }) => worldview))];
  assert.ok(worldviews.some((worldview) => worldview !== null));
  for (const worldview of [...worldviews, ...worldviews]) {
    known.seenFrom(worldview);
    const other = world();
    other.seenFrom(worldview);
    for (const year of [null, 1995, 2010]) {
      const selection = { ...emptySelection(), year };
      const { counts } = applySelection(known.rows, selection, known);
      assert.deepEqual(counts, applySelection(other.rows, selection, other).counts);
    }
  }
});

test("members of a year", () => {
  const { countries } = world();
  assert.deepEqual(membersIn(countries, 2000), []);
  assert.deepEqual(membersIn(countries, 2010), ["AAA"]);
  assert.deepEqual(membersIn(countries, null), ["AAA", "BBB"]);
});

test("everything on the map exists today, and nothing before it began", () => {
  for (const row of world().rows) assert.ok(existsIn(row, null, 2026));
  const old = world().byId.get("silk__old");
  assert.ok(old && !existsIn(old, 1989, 2026) && existsIn(old, 1990, 2026));
});

test("a tree that bites its tail is walked once", () => {
  assert.deepEqual([...withDescendants(["a"], { a: ["b"], b: ["a", "c"] })].sort(), ["a", "b", "c"]);
  const project = { title: { en: "x" }, layer: "ways" };
  assert.deepEqual(lineageOf("a", { a: { ...project, parent: "b" }, b: { ...project, parent: "a" } }), ["a", "b"]);
  assert.deepEqual(lineageOf("unknown", {}), ["unknown"]);
});

test("a row has from its project what only its number says", () => {
  const port = world().byId.get("silk_far_east__port");
  assert.equal(port?.facts.confidence, "high");
  assert.deepEqual(port?.sources, ["ministry"]);
  assert.deepEqual(port?.lineage, ["silk_far_east", "silk_east", "silk"]);
});

test("a search looks in names, ids, places and sources, not in what is unknown", () => {
  const known = world();
  const own = { id: "x", kind: "rail", licence: "cited" };
  const facts: Facts = { ...own, projects: ["silk", "gone"], places: ["alpha"], sources: ["press"] };
  const project = ["The Silk Way", "Шёлковый путь", "Seidenstrasse", "SR"];
  const place = ["Älpha Town", "আলফা নগর", "阿尔法", "Alphaville", "Чиальфа"];
  const texts = ["x", ...project, ...place, "Line opens", "Daily"];
  assert.equal(haystackOf(facts, known), texts.map(fold).join("\n"));
});

test("names of the language are no projects, places or states", () => {
  const known = world();
  for (const name of ["constructor", "__proto__", "toString"]) {
    assert.equal(known.projects[name], undefined);
    assert.equal(known.places[name], undefined);
    assert.equal(known.countries[name], undefined);
    assert.equal(known.styles.symbol[name], undefined);
  }
});

test("places along lines become symbols, but not where a site is", () => {
  const { places, nodes } = world();
  assert.deepEqual(
    [places.alpha?.at, places.beta?.at],
    [
      [5, 45],
      [6.902, 45],
    ],
    "where the summit was, and at the end of the line",
  );
  assert.deepEqual(
    nodes.map(({ id }) => id),
    ["beta"],
  );
});

// ---------------------------------------------------------------- hops
interface HopVector {
  places: string[];
  countries: string[];
  sent: SentHops;
  hops: Hop[];
}

for (const { places, countries, sent, hops } of vectors<HopVector[]>("hops")) {
  test(`the hops of a line through ${places.join(", ")}`, () => {
    assert.deepEqual(hopsOf(sent, { places, countries }), hops);
  });
}

// ---------------------------------------------------------------- lengths, parties
test("a published length of the whole project is not that of one of its rows", () => {
  const lengths = [
    { km: 100, scope: "all" },
    { km: 40, scope: "segment" },
    { km: 30, scope: "row" },
    { km: 20, scope: "KAZ" },
  ];
  const row = (id: string) => ({ id, form: "line" as const, projects: ["p"] });
  const km = (rows: ReturnType<typeof row>[], of: ReturnType<typeof row> | null) =>
    wholeLengths(lengths, of, rows).map((entry) => entry.km);
  assert.deepEqual(km([row("row")], row("row")), [100, 40, 30]);
  assert.deepEqual(km([row("row"), row("other")], row("row")), [40, 30]);
  assert.deepEqual(km([row("row"), row("other")], null), [100, 40]);
  assert.deepEqual(wholeLengths(undefined, null, []), []);
});

test("states stand in the order of travel where rows do not contradict", () => {
  assert.deepEqual(
    travelOrder([
      ["B", "C"],
      ["A", "B"],
    ]),
    ["A", "B", "C"],
  );
  assert.deepEqual(
    travelOrder([
      ["A", "B"],
      ["B", "A"],
    ]).sort(),
    ["A", "B"],
  );
  assert.deepEqual(travelOrder([]), []);
});

test("what lies in no state is at sea", () => {
  const row = { form: "line" as const, km: 100, countries: ["A"], kmByCountry: { A: 30 } };
  assert.deepEqual(kmByCountry([row]), { total: 100, countries: [["A", 30]], sea: 70 });
  assert.deepEqual(kmByCountry([{ ...row, form: "point" }]), { total: 0, countries: [], sea: 0 });
});

test("an agreement shades its parties from their date on, a document without parties the members of the year", () => {
  const known = { ...world(), styles: STYLES };
  const base = { countries: [], projects: [], lineage: [], layer: "l", kind: "agreement", status: null, role: null };
  const row = { ...base, phases: [], roles: [], date: null, haystack: "" };
  const parties = [
    { country: "AAA", date: "1999", status: "party" },
    { country: "BBB", date: "2010", status: "acceding" },
    { country: "CCC", status: "unknown" },
  ];
  const shades = (year: number | null, facts: { parties?: typeof parties }) =>
    Object.fromEntries(partiesShown([{ ...row, facts }], [], year, known));
  assert.deepEqual(shades(2000, { parties }), { AAA: "full" });
  assert.deepEqual(shades(null, { parties }), { AAA: "full", BBB: "hatch" });
  assert.deepEqual(shades(2010, {}), { AAA: "full" });
  assert.deepEqual(Object.fromEntries(partiesShown([], ["partner"], null, known)), { CCC: "full" });
  assert.equal(partiesShown([], [], null, known).size, 0);
});

// ---------------------------------------------------------------- one rule for a click
test("a name isolates, a second click takes it back, further names add and are taken back", () => {
  assert.deepEqual(withName([], "b"), ["b"]);
  assert.deepEqual(withName(["b"], "b"), []);
  assert.deepEqual(withName(["b"], "a"), ["a", "b"]);
  assert.deepEqual(withName(["a", "b"], "b"), ["a"]);
  assert.deepEqual(withName(["-a", "-b"], "b"), ["b"]);
});

test("the eye hides what is shown and shows what is hidden", () => {
  assert.deepEqual(withEye([], "b"), ["-b"]);
  assert.deepEqual(withEye(["-b"], "b"), []);
  assert.deepEqual(withEye(["-b"], "a"), ["-a", "-b"]);
  assert.deepEqual(withEye(["a", "b"], "b"), ["a"]);
  assert.deepEqual(withEye(["a"], "b"), ["a", "b"]);
  assert.deepEqual(withEye(["b"], "b"), ["-b"]);
});

test("what is above a value shows and hides it, too", () => {
  const line = ["child", "parent"];
  assert.ok(isOn(["parent"], line));
  assert.ok(!isOn(["-parent"], line));
  assert.ok(!isOn(["other"], line));
  assert.deepEqual(withEye(["parent"], "child", line), ["-child", "parent"]);
  assert.deepEqual(withEye(["-parent"], "child", line), []);
  assert.deepEqual(withEye(["-child", "parent"], "child", line), ["parent"]);
});

test("whatever is clicked, the eye of a value does the opposite of what it shows", () => {
  const names = ["a", "b", "c"];
  let seed = 7;
  const random = (most: number) => {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    return seed % most;
  };
  let values: string[] = [];
  for (let i = 0; i < 500; i += 1) {
    const name = names[random(3)];
    if (random(2)) {
      const before = isOn(values, [name]);
      values = withEye(values, name);
      assert.equal(isOn(values, [name]), !before);
    } else values = withName(values, name);
  }
});

// ---------------------------------------------------------------- ranges
test("ranges are read and written as Python does", () => {
  for (const [name, text, written] of vectors<[RangeKey, string, string | null][]>("ranges")) {
    const range = parseRange(name, text);
    assert.equal(range && formatRange(range), written, `${name} ${JSON.stringify(text)}`);
  }
});

test("a slider reaches both ends, never turns back, and its figures are ranges", () => {
  for (const figures of [
    [0.55, 3, 8804.66],
    [1950, 2026, 2000],
    [406, 1422],
    [0, 7],
  ]) {
    const scale = scaleOf(figures);
    assert.ok(scale);
    const reached = Array.from({ length: STEPS + 1 }, (_, step) => figureAt(scale, step));
    assert.equal(reached[0], Math.min(...figures));
    assert.equal(reached[STEPS], Math.max(...figures));
    for (let i = 1; i <= STEPS; i += 1) assert.ok(reached[i] >= reached[i - 1]);
    for (const figure of reached.map((one) => Number(one.toFixed(3)))) {
      assert.ok(parseRange("length", formatRange({ low: figure, high: null, unit: null })));
    }
    assert.equal(shareOf(scale, scale.least), 0);
    assert.equal(shareOf(scale, scale.most), 1);
  }
  assert.equal(scaleOf([5, 5]), null);
  assert.equal(scaleOf([]), null);
});

test("the scale of more figures than a call takes arguments", () => {
  const figures = Array.from({ length: 300_000 }, (_, i) => i + 1);
  assert.deepEqual(scaleOf(figures), { least: 1, most: 300_000, isWide: true });
});

test("every figure is counted once in the spread", () => {
  const figures = [1, 1, 5, 9, 10];
  const scale = scaleOf(figures);
  assert.ok(scale);
  assert.deepEqual(spread(figures, scale, 3), [2, 1, 2]);
});
