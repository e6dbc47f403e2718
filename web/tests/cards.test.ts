// What cards are made from: ways of a corridor, preferred figures, notes for readers, standings, names of sources.
import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceNames } from "../src/card/source-names.ts";
import { LANGUAGES, type Language } from "../src/contract.ts";
import { headlineOf } from "../src/facts/headline.ts";
import { preferredOf } from "../src/facts/preferred.ts";
import { standings } from "../src/facts/standings.ts";
import { partsOfWay, waysOf } from "../src/facts/ways.ts";
import { Wording } from "../src/words/wording.ts";
import { vectors } from "./vectors.ts";

// ---------------------------------------------------------------- ways
const at = (place: string): [number, number] => [place.charCodeAt(0) - 97, 0];
const line = (id: string, km: number, places: string, kmByCountry: Record<string, number> = {}) => ({
  id,
  km,
  places: [...places],
  kmByCountry,
  countries: Object.keys(kmByCountry),
  form: "line" as const,
});
const told = (way: { from: string; to: string; km: number } | null) =>
  way && [way.from, way.to, Math.round(way.km * 10) / 10];

test("the main line of a corridor is its longest way, the rest are branches with their own km", () => {
  const rows = [line("trunk", 200, "ac"), line("on", 300, "cf"), line("spur", 50, "cx"), line("port", 20, "fh")];
  const { main, branches } = waysOf(rows, at);
  assert.deepEqual(told(main), ["a", "h", 520]);
  assert.deepEqual(branches.map(told), [["c", "x", 50]]);
});

test("of two ways between the same places the shorter is the main line, the other a branch", () => {
  const rows = [line("in", 100, "ab"), line("short", 100, "bc"), line("long", 170, "bmc"), line("out", 100, "cd")];
  const { main, branches } = waysOf(rows, at);
  assert.deepEqual(told(main), ["a", "d", 300]);
  assert.deepEqual(branches.map(told), [["b", "c", 170]]);
});

test("a row is cut where another joins it, and a branch goes on over several rows", () => {
  const rows = [line("trunk", 400, "abcde"), line("first", 10, "cy"), line("second", 20, "yz")];
  const { main, branches } = waysOf(rows, at);
  assert.deepEqual(told(main), ["a", "e", 400]);
  assert.deepEqual(branches.map(told), [["c", "z", 30]]);
  assert.equal(branches[0].parts.length, 2);
});

test("the main line runs over what is open; what is planned is a branch until nothing else is there", () => {
  const rows = [line("old", 100, "ab"), line("plan", 900, "bz")];
  const opened = waysOf(rows, at, (row) => row.id === "old");
  assert.deepEqual(told(opened.main), ["a", "b", 100]);
  assert.deepEqual(opened.branches.map(told), [["b", "z", 900]]);
  assert.deepEqual(told(waysOf(rows, at, () => false).main), ["a", "z", 1000]);
});

test("points, rings and rows without places have no main line", () => {
  assert.deepEqual(waysOf([{ ...line("site", 0, "a"), form: "point" as const }], at), { main: null, branches: [] });
  const ring = waysOf([line("one", 10, "ab"), line("two", 10, "bc"), line("three", 10, "ca")], at);
  assert.equal(ring.main, null);
  assert.equal(Math.round(ring.branches.reduce((sum, way) => sum + way.km, 0)), 30);
});

test("the parts of a way carry the share of km that it uses", () => {
  const rows = [line("trunk", 400, "abcde", { AAA: 300, BBB: 100 }), line("off", 900, "cz", { CCC: 900 })];
  const { main } = waysOf(rows, at);
  assert.deepEqual(told(main), ["a", "z", 1100]);
  const parts = partsOfWay(main as NonNullable<typeof main>);
  assert.equal(Math.round(parts.reduce((sum, part) => sum + part.km, 0)), 1100);
  assert.equal(Math.round(parts[0].kmByCountry.AAA), 150);
});

// ---------------------------------------------------------------- preferred figures
const SOURCES = {
  ministry: { quality: "primary", published: "2023" },
  paper: { quality: "press", published: "2024-05" },
  later: { quality: "press", published: "2025-11-03" },
  mirror: { quality: "mirror", published: "2026" },
};
const said = (...list: [number, string?][]) => list.map(([km, source]) => ({ km, source }));
const chosen = (...list: [number, string?][]) => {
  const found = preferredOf(said(...list), SOURCES);
  return found && [found.entry.km, found.reason];
};

test("a primary source is preferred, then the better one, then the latest", () => {
  assert.deepEqual(chosen([1, "paper"], [2, "ministry"], [3]), [2, "primary"]);
  assert.deepEqual(chosen([1, "mirror"], [2, "paper"]), [2, "source"]);
  assert.deepEqual(chosen([1, "paper"], [2, "later"]), [2, "latest"]);
});

test("published figures are preferred as Python prefers them", () => {
  type Figure = [number, string | null, string | null];
  for (const { figures, found } of vectors<{ figures: Figure[]; found: [number, string | null] | null }[]>(
    "preferred",
  )) {
    const sources = Object.fromEntries(
      figures.flatMap(([, quality, published], at) =>
        quality ? [[`s${at}`, { quality, published: published ?? undefined }]] : [],
      ),
    );
    const entries = figures.map(([km], at) => ({ km, source: `s${at}` }));
    const mine = preferredOf(entries, sources);
    assert.deepEqual(mine && [entries.indexOf(mine.entry), mine.reason], found, JSON.stringify(figures));
  }
});

// ---------------------------------------------------------------- headline
test("a whole line has its published length, a part of it or several lines what is on the map", () => {
  const row = (id: string, project: string, km: number, length_basis?: "track") => ({
    ...{ id, km, projects: [project], form: "line" as const, kind: "rail", places: [id], countries: ["AAA"] },
    layer: "ways",
    ...{ phases: [{ status: "operating" }], facts: length_basis ? { length_basis } : {} },
  });
  const rows = [row("a", "silk", 200), row("b", "silk", 234), row("c", "gas", 90, "track"), row("d", "web", 10)];
  const published_lengths = [
    { km: 532, scope: "all", source: "paper" },
    { km: 523, scope: "all", source: "later" },
    { km: 213, scope: "AAA", source: "later" },
  ];
  const project = (form: string) => ({ ...{ title: {}, layer: "ways", kind: "rail" }, form, published_lengths });
  const known = { rows, projects: { silk: project("line"), web: project("corridor") }, sources: SOURCES };
  const [a, b, c, d] = rows;
  assert.deepEqual(headlineOf([a, b], known), { km: 523, basis: "published" });
  assert.deepEqual(headlineOf([a], known), { km: 200, basis: "drawn" });
  assert.deepEqual(headlineOf([c], known), { km: 90, basis: "track" });
  assert.deepEqual(headlineOf([a, b, c], known), { km: 524, basis: null });
  const part = { ...known, projects: { silk: { ...project("line"), partial: true } } };
  assert.deepEqual(headlineOf([a, b], part), { km: 434, basis: "drawn" }, "the file holds a part of it");
  assert.deepEqual(headlineOf([d], known), { km: 523, basis: "published" }, "a corridor of one line");
  assert.deepEqual(headlineOf([], known), { km: 0, basis: null });
});

// ---------------------------------------------------------------- standings
test("states are grouped by their standing in a year, the earliest first", () => {
  const role = (from: string, name: string) => ({ from, role: name });
  const countries: [string, { name: { en: string }; roles: ReturnType<typeof role>[] }][] = [
    ["BBB", { name: { en: "B" }, roles: [role("2004", "observer"), role("2017-06", "member")] }],
    ["AAA", { name: { en: "A" }, roles: [role("2001-06-15", "member")] }],
    ["CCC", { name: { en: "C" }, roles: [] }],
  ];
  const codes = (year: number | null) =>
    Object.fromEntries([...standings(countries, year)].map(([name, list]) => [name, list.map(({ code }) => code)]));
  assert.deepEqual(codes(null), { member: ["AAA", "BBB"] });
  assert.deepEqual(codes(2010), { member: ["AAA"], observer: ["BBB"] });
  assert.deepEqual(codes(1990), {});
});

// ---------------------------------------------------------------- figures and sources
const WORDS = Object.fromEntries(LANGUAGES.map((lang) => [lang, {}])) as Record<Language, Record<string, string>>;
WORDS.en = { unit_bcm: "bcm", cost_value: "USD {n} bn" };
WORDS.zh = { unit_bcm: "亿立方米", unit_bcm_times: "10", cost_value: "{n} 亿美元", cost_value_times: "10" };
WORDS.ru = { unit_bcm: "млрд м³" };
WORDS.bn = { unit_bcm: "বিলিয়ন ঘনমিটার" };

for (const [lang, text] of [
  ["en", "32.5 bcm"],
  ["zh", "325 亿立方米"],
  ["ru", "32,5 млрд м³"],
  ["bn", "৩২.৫ বিলিয়ন ঘনমিটার"],
] as const) {
  test(`a billion cubic metres as ${lang} writes it`, () =>
    assert.equal(new Wording(lang, WORDS).quantity(32.5, "bcm"), text));
}

test("money in the multiple that a language counts in, and an unknown unit as it is", () => {
  assert.equal(new Wording("zh", WORDS).billions(4.7), "47 亿美元");
  assert.equal(new Wording("en", WORDS).billions(4.7), "USD 4.7 bn");
  assert.equal(new Wording("en", WORDS).quantity(3, "GW"), "3 GW");
});

test("a source without a title of its own is called by its address, never by its publisher twice", () => {
  const url = "https://www.trend.az/casia/kyrgyzstan/4126316.html";
  const untitled = { title: "trend.az/casia/kyrgyzstan/4126316.html", publisher: "Trend" };
  assert.deepEqual(sourceNames({ publisher: "Trend", url }), untitled);
  assert.deepEqual(sourceNames({ publisher: "Trend", title: "Trend", url }), untitled);
  assert.deepEqual(sourceNames({ publisher: "Trend", title: "Loan signed", url }), {
    title: "Loan signed",
    publisher: "Trend",
  });
  assert.deepEqual(sourceNames({ publisher: "Trend" }), { title: "Trend", publisher: null });
  assert.ok(sourceNames({ publisher: "T", url: `https://t.az/${"x".repeat(99)}` }).title.endsWith("…"));
});
