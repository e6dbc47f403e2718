// What a sheet says of itself, and which part of the world it shows.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted, reaches, wholeOf } from "../src/geometry/fit.ts";
import type { Box } from "../src/geometry/mercator.ts";
import { columnHeight } from "../src/parts/columns.ts";
import {
  bordersSentence,
  commonProject,
  endsOf,
  endsSentence,
  sentences,
  sheetWords,
  sourcesOf,
  sourcesSentence,
} from "../src/words/sheet.ts";
import { Wording } from "../src/words/wording.ts";
import { world as sampleWorld } from "./vectors.ts";

const english = {
  full_stop: ".",
  line_from_to: "From {from} to {to}",
  line_ends: "Ends: {list}",
  sources: "Sources",
  sources_more: "{list} and {n} more",
  borders_notice: "de facto",
  borders_seen: "Borders {how}.",
  worldview_cn: "as China sees them",
};
const say = new Wording("en", { en: english, bn: {}, ru: {}, zh: {} });
const chinese = new Wording("zh", { en: english, bn: {}, ru: {}, zh: { full_stop: "。" } });
const line = (...places: string[]) => ({ form: "line" as const, places });
const places = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((id) => [id, named(id)]));

function named(id: string) {
  return { kind: "city", at: [0, 0] as [number, number], name: { en: id.toUpperCase() } };
}

test("the ends of a line in pieces are those that one piece alone has, the start first", () => {
  assert.deepEqual(endsOf([line("b", "c"), line("a", "b")]), ["a", "c"]);
  assert.deepEqual(endsOf([line("c", "x", "d"), line("b", "c"), line("a", "b")]), ["a", "d"]);
});

test("a place that another piece runs through is no end", () => {
  assert.deepEqual(endsOf([line("a", "b", "c"), line("b", "d")]), ["a", "c", "d"]);
});

test("a ring has no ends, nor have sites", () => {
  assert.deepEqual(endsOf([line("a", "b"), line("b", "a")]), []);
  assert.deepEqual(endsOf([{ form: "point", places: ["a"] }]), []);
});

test("two ends are named as from and to, more as a list, many not at all", () => {
  assert.equal(endsSentence([line("a", "b")], places, say), "From A to B");
  assert.equal(endsSentence([line("a", "b", "c"), line("b", "d")], places, say), "Ends: A, C and D");
  const many = ["a", "c", "e"].map((id, i) => line(id, ["b", "d", "f"][i]));
  assert.equal(endsSentence(many, places, say), "");
});

test("a sheet of an answer says its own ends, not those of the rows that it runs over", () => {
  const world = sampleWorld();
  const chosenRows = world.rows.filter(({ form, places }) => form === "line" && places.length > 1).slice(0, 1);
  const ends = endsSentence(chosenRows, world.places, say);
  assert.notEqual(ends, "");
  const nothing = { year: null, worldview: null, chosen: "", dek: "", credits: [], licences: [] };
  const shown = { ...nothing, world, say, chosenRows, sentence: "Xi'an – Poti" };
  assert.ok(sheetWords(shown).selection.endsWith(ends));
  assert.ok(!sheetWords({ ...shown, isAnswer: true }).selection.includes(ends));
});

test("an end without a name leaves the ends out", () => {
  assert.equal(endsSentence([line("a", "unknown")], places, say), "");
});

test("the most cited sources come first, those of the project count once", () => {
  const rows = [
    { sources: ["one", "two"], projects: ["p"] },
    { sources: ["two"], projects: ["p"] },
  ];
  const projects = { p: { title: {}, layer: "l", sources: ["three", "one", "one"] } };
  assert.deepEqual(sourcesOf(rows, projects), ["one", "two", "three"]);
});

test("a source is named by publisher, title and date; collections come last, and what has no address not at all", () => {
  const sources = {
    base: { publisher: "GeoNames", url: "https://g.example", quality: "database" },
    own: { publisher: "This project", title: "Own estimate" },
    text: { publisher: "Trend", title: "A railway", published: "2025-03", url: "https://t.example" },
    bare: { publisher: "KMG", title: "KMG", url: "https://k.example" },
  };
  const sentence = sourcesSentence(["base", "own", "text", "bare", "missing"], sources, say);
  assert.equal(sentence, "Sources: Trend, “A railway”, Mar 2025; KMG; GeoNames");
  assert.equal(sourcesSentence(["own"], sources, say), "");
});

test("of many sources six are named and the others counted", () => {
  const ids = Array.from({ length: 11 }, (_, i) => `s${i}`);
  const sources = Object.fromEntries(ids.map((id) => [id, { publisher: id.toUpperCase(), url: "https://e.example" }]));
  assert.match(sourcesSentence(ids, sources, say), /^Sources: S0; .*S5 and 5 more$/);
});

test("borders are said to be drawn as they are drawn", () => {
  assert.equal(bordersSentence(null, say), "de facto");
  assert.equal(bordersSentence("cn", say), "Borders as China sees them.");
  assert.equal(bordersSentence("xx", say), "Borders XX.");
});

test("a box is fitted into a sheet with its edge, whichever side is the tighter", () => {
  const wide = fitted([0.25, 0.4, 0.75, 0.6], { width: 1100, height: 1000 }, 38, 20);
  assert.equal(wide.zoom, Math.log2(1024 / 0.5 / 256));
  assert.deepEqual([wide.x, wide.y], [0.5, 0.5]);
  const tall = fitted([0.4, 0, 0.6, 1], { width: 1000, height: 512 }, 0, 20);
  assert.equal(tall.zoom, 1);
});

test("a point is brought no nearer than allowed", () => {
  assert.equal(fitted([0.5, 0.5, 0.5, 0.5], { width: 800, height: 600 }, 40, 7).zoom, 7);
});

test("the box around nothing is none, and the one around boxes holds them", () => {
  assert.equal(wholeOf([]), null);
  const boxes: Box[] = [
    [0.1, 0.2, 0.3, 0.4],
    [0.2, 0.1, 0.6, 0.3],
  ];
  assert.deepEqual(wholeOf(boxes), [0.1, 0.1, 0.6, 0.4]);
  assert.deepEqual(boxes[0], [0.1, 0.2, 0.3, 0.4]);
});

test("columns of a key are as high as its groups need, a title never alone at the foot", () => {
  const group = (count: number) => ({ rows: Array.from({ length: count }, () => 0) });
  assert.equal(columnHeight([group(3)], 1, 1), 4);
  assert.equal(columnHeight([group(3), group(3)], 2, 4), 4);
  assert.equal(columnHeight([group(2), group(3)], 2, 4), 4);
});

test("sentences end as the language ends them, and empty ones are left out", () => {
  assert.equal(sentences(["One", "", "two"], say), "One. two.");
  assert.equal(sentences(["一", "二"], chinese), "一。二。");
});

test("what all rows belong to is the nearest project above all of them", () => {
  const rows = [{ lineage: ["west", "corridor", "all"] }, { lineage: ["east", "corridor", "all"] }];
  assert.equal(commonProject(rows), "corridor");
  assert.equal(commonProject([{ lineage: ["west", "corridor"] }]), "west");
  assert.equal(commonProject([...rows, { lineage: ["other"] }]), null);
  assert.equal(commonProject([]), null);
});

test("a path is in a box with a point of it or with a piece that crosses the box, not with what passes it by", () => {
  const box = [0.4, 0.4, 0.6, 0.6] as const;
  assert.equal(reaches([0.5, 0.5], box), true, "a point inside");
  assert.equal(reaches([0.7, 0.5], box), false, "a point beside");
  assert.equal(reaches([0.1, 0.1, 0.9, 0.9], box), true, "through the corners");
  assert.equal(reaches([0.1, 0.5, 0.9, 0.5], box), true, "level, from side to side");
  assert.equal(reaches([0.1, 0.7, 0.9, 0.7], box), false, "level, below");
  assert.equal(reaches([0.5, 0.9, 0.5, 0.7], box), false, "ends before it");
  assert.equal(reaches([0.1, 0.45, 0.45, 0.1], box), false, "past a corner, though the boxes overlap");
  assert.equal(reaches([0.1, 0.1, 0.2, 0.9, 0.55, 0.45], box), true, "with its last point");
  assert.equal(reaches([], box), false);
});
