// Where a story is, how an address says so, and what an address says beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatInquiry } from "../src/answers/inquiry.ts";
import { formatSelection, parseSelection } from "../src/facts/selection.ts";
import type { Story } from "../src/facts/types.ts";
import { formatAddress, parseAddress } from "../src/page/address.ts";
import { chosenOnly, figuresOf, rowsInFocus } from "../src/stories/shown.ts";
import { besides, formatTold, isLong, sceneOf, stepOf, toldBy } from "../src/stories/told.ts";
import { Wording } from "../src/words/wording.ts";
import { world } from "./vectors.ts";

const text = { en: "Words." };
const question: Story = { id: "late", title: text, text, steps: [{ query: "late=1" }] };
const long: Story = {
  id: "long",
  title: text,
  text,
  steps: [
    { query: "year=2001" },
    { query: "kind=rail&year=2017&from=a&to=b&promised=1", flow: true, extent: [1, 2, 3, 4] },
  ],
};
const stories = [question, long];

test("an address names a story, or a step of it, and nothing else", () => {
  assert.deepEqual(toldBy("late", stories), { story: question, at: 0 });
  assert.deepEqual(toldBy("long/2", stories), { story: long, at: 1 });
  assert.equal(formatTold({ story: long, at: 1 }), "long/2");
  for (const wrong of ["long/3", "long/0", "long/02", "long/x", "long/1/2", "short", "", null]) {
    assert.equal(toldBy(wrong, stories), null, String(wrong));
  }
  assert.deepEqual([isLong(question), isLong(long)], [false, true]);
});

test("a step sets filters, line style and question together", () => {
  const scene = sceneOf(stepOf({ story: long, at: 1 }));
  assert.equal(formatSelection(scene.selection), "kind=rail&year=2017");
  assert.equal(formatInquiry(scene.inquiry), "from=a&to=b&promised=1");
  assert.deepEqual(scene.lineStyle, { colour: null, flow: true, accuracy: false });
});

test("an address says beside a story only what the step does not set", () => {
  const set = parseSelection("kind=rail&year=2017");
  assert.equal(formatSelection(besides(set, set)), "");
  assert.equal(formatSelection(besides(parseSelection("kind=rail&year=2020"), set)), "year=2020");
  assert.equal(formatSelection(besides(parseSelection("kind=rail&year=2017&q=kashgar"), set)), "q=kashgar");
  const view = { lang: "bn", worldview: null, theme: null, view: null, style: null, show: null };
  const address = formatAddress(parseSelection("year=2020"), view, { ...view, lang: "en" }, undefined, "long/2");
  assert.equal(address, "story=long/2&year=2020&lang=bn");
  assert.equal(parseAddress(address).view.story, "long/2");
});

test("rows and whole projects stand out; figures are those of rows that the page has", () => {
  const whole = world();
  const [row] = whole.rows;
  const project = row.lineage[0];
  assert.equal(rowsInFocus({ query: "" }, whole), null);
  assert.deepEqual([...(rowsInFocus({ query: "", lines: [row.id] }, whole) ?? [])], [row]);
  assert.deepEqual([...(rowsInFocus({ query: "", lines: [project] }, whole) ?? [])], whole.rowsOf(project));
  const say = new Wording("ru", { en: {} });
  const figures = [
    { at: row.id, text: { en: "opens 2030", ru: "откроется в 2030 году" } },
    { at: "no_such_row", text },
  ];
  assert.deepEqual(figuresOf({ query: "", figures }, whole, say), [{ row, text: "откроется в 2030 году" }]);
});

test("a story draws the best way alone", () => {
  const path = new Float64Array(4);
  const stroke = (isChosen: boolean) => ({ path, isChosen, look: "open" }) as const;
  const course = { strokes: [stroke(false), stroke(true)], marks: [], box: null };
  assert.deepEqual(chosenOnly(course)?.strokes, [stroke(true)]);
  assert.equal(chosenOnly(null), null);
});
