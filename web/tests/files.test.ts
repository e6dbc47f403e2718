// CSV, GeoJSON, names of files, addresses, and the state that an address is written from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_INQUIRY } from "../src/answers/inquiry.ts";
import { columnOf } from "../src/contract.ts";
import { statusOf } from "../src/facts/filter.ts";
import { emptySelection, parseSelection } from "../src/facts/selection.ts";
import type { PackedGeometry, Texts } from "../src/facts/types.ts";
import { cellText } from "../src/files/cells.ts";
import { COMMA, csvCell, dialectOf, POINT, toCsv } from "../src/files/csv.ts";
import { geometryOf, licencesOf, toGeoJson } from "../src/files/geojson.ts";
import { fileName } from "../src/files/names.ts";
import { record } from "../src/files/record.ts";
import {
  embeddedAt,
  formatAddress,
  formatLineStyle,
  formatView,
  lineStyleOf,
  PLAIN,
  parseAddress,
  parseLineStyle,
  parseView,
  withStory,
} from "../src/page/address.ts";
import { Later, settled } from "../src/page/later.ts";
import { type Changed, type State, Store } from "../src/page/store.ts";
import { vectors, world } from "./vectors.ts";

for (const [column, value, text] of vectors<[string, unknown, string][]>("cells")) {
  test(`the cell of ${column} for ${JSON.stringify(value)}`, () =>
    assert.equal(cellText(value, columnOf(column)), text));
}

for (const [file, year, dialect] of [
  ["csv", null, POINT],
  ["csv_2011", 2011, POINT],
  ["csv_comma", null, COMMA],
] as const) {
  test(`the table ${file} is that of Python`, () => {
    const known = world();
    const python = vectors<string>(file);
    const ids = python
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(dialect.separator)[0]);
    const rows = ids.flatMap((id) => known.byId.get(id) ?? []);
    assert.equal(rows.length, ids.length);
    assert.equal(toCsv(rows, known, year, dialect), python);
  });
}

test("a cell is quoted where it has to be", () => {
  assert.equal(csvCell('a,"b"'), '"a,""b"""');
  assert.equal(csvCell("a;b"), "a;b");
  assert.equal(csvCell("a\r\nb"), '"a\r\nb"');
});

test("decimals and separators are those of the reader's spreadsheet", () => {
  assert.equal(csvCell(1234.5, undefined, COMMA), "1234,5");
  assert.equal(csvCell("a;b", undefined, COMMA), '"a;b"');
  assert.equal(csvCell("1.5", undefined, COMMA), "1.5", "a text stays as it is");
  for (const locale of ["en-US", "zh-CN", "bn-BD", "de-CH"]) assert.equal(dialectOf(locale), POINT, locale);
  for (const locale of ["ru-RU", "de-DE", "kk-KZ", "uz-UZ", "fr", "en-ZA"])
    assert.equal(dialectOf(locale), COMMA, locale);
});

for (const { packed, geometry } of vectors<{ packed: PackedGeometry; geometry: unknown }[]>("geometries")) {
  test(`a packed ${Object.keys(packed)[0]} is the geometry that was packed, on the grid`, () => {
    const onGrid = JSON.stringify(geometry, (_, value) =>
      typeof value === "number" ? Number(value.toFixed(3)) : value,
    );
    assert.deepEqual(geometryOf(packed), JSON.parse(onGrid));
  });
}

test("GeoJSON has every row, its columns and the statuses of the year", () => {
  const known = world();
  const head = { name: "n", selection: "q=x", as_of: "2026-11", version: "1.2.3", checksum: "c", attribution: "Me" };
  const collection = JSON.parse(toGeoJson(known.rows, known, head, 2011));
  for (const [name, value] of Object.entries(head)) assert.equal(collection[name], value);
  assert.match(collection.geometry, /simplified/i);
  assert.deepEqual(Object.keys(collection.sources), ["ministry", "press"]);
  assert.equal(collection.sources.ministry.url, "https://ways.example/paper");
  assert.deepEqual(collection.licence, licencesOf(known.rows, known.layers, known.licences));
  assert.deepEqual(
    collection.features.map(({ id }: { id: string }) => id),
    known.rows.map((row) => row.id),
  );
  for (const [i, row] of known.rows.entries()) {
    const { properties, geometry } = collection.features[i];
    assert.equal(properties.status, statusOf(row, 2011));
    assert.equal(geometry === null, row.form === "none");
    assert.equal(properties.countries_text, row.countries.join("; ") || null);
    assert.ok("phases_text" in properties && Array.isArray(properties.phases));
  }
});

for (const [query, name] of vectors<[string, string][]>("file_names")) {
  test(`the name of a file for ${query || "everything"}`, () => {
    assert.equal(`${fileName(parseSelection(query), "1.2.3")}.csv`, name);
  });
}

// ---------------------------------------------------------------- addresses
for (const [text, good] of vectors<[string, boolean][]>("viewports")) {
  test(`${text || "nothing"} is ${good ? "a view" : "not a view"} of the map`, () => {
    assert.equal(parseView(text) !== null, good);
  });
}

const DEFAULTS = { lang: "en", worldview: null, theme: null, view: null, style: null, show: null };

test("an address is written with what differs from how the page opens", () => {
  const view = { ...DEFAULTS, lang: "ru", view: "5/41.5/66.2", style: "gauge,flow", show: "place:dostyk" };
  const text = formatAddress(parseSelection("kind=rail"), view, DEFAULTS);
  assert.equal(text, "kind=rail&lang=ru&view=5/41.5/66.2&style=gauge%2Cflow&show=place:dostyk");
  assert.equal(formatAddress(emptySelection(), DEFAULTS, DEFAULTS), "");
  const asked = parseAddress(`#${text}`);
  assert.deepEqual(asked.view, { ...view, story: null });
  assert.deepEqual(asked.selection.kind, ["rail"]);
  assert.equal(asked.embed, false);
  assert.deepEqual(parseAddress(`?${text}`), asked);
});

for (const hash of [
  "#%",
  "#lang=%E0%A4%A",
  "#show=<img>&view=1e999/0/0",
  "#__proto__=1&lang",
  "#&&&==",
  "#view=NaN/NaN/NaN",
]) {
  test(`the address ${hash} does no harm`, () => {
    const { selection, view } = parseAddress(hash);
    assert.deepEqual(selection, emptySelection());
    assert.equal(parseView(view.view), null);
  });
}

test("embedded by address only when it says so", () => {
  assert.ok(parseAddress("#embed=1").embed);
  for (const hash of ["#embed=0", "#embed", "#"]) assert.ok(!parseAddress(hash).embed);
  for (const address of ["", "kind=rail&lang=ru"]) {
    const { embed, selection } = parseAddress(`#${embeddedAt(address)}`);
    assert.deepEqual([embed, selection], [true, parseAddress(address).selection]);
  }
});

test("a view is written with as many decimals as can be seen", () => {
  assert.equal(formatView({ zoom: 5.123456, lat: 41.50001, lon: -0.00001 }), "5.12/41.5/0");
});

test("line style as an address carries them", () => {
  for (const text of ["", "gauge", "flow", "gauge,flow", "gauge,flow,accuracy"])
    assert.equal(formatLineStyle(parseLineStyle(text)), text);
  assert.deepEqual(parseLineStyle("flow,unknown,gauge"), { colour: "gauge", flow: true, accuracy: false });
  assert.deepEqual(parseLineStyle(null), PLAIN);
  assert.deepEqual(lineStyleOf({ flow: false }), PLAIN);
});

test("words beside a saved question win", () => {
  const selection = withStory(parseSelection("year=2005"), { query: "project=wto&year=1999" });
  assert.deepEqual([selection.project, selection.year], [["wto"], 2005]);
});

// ---------------------------------------------------------------- the store
const FIRST: State = {
  selection: emptySelection(),
  lang: "en",
  worldview: null,
  theme: "light",
  lineStyle: PLAIN,
  show: null,
  told: null,
  inquiry: NO_INQUIRY,
};

function listened(): { store: Store; heard: [string[], boolean][] } {
  const store = new Store(FIRST);
  const heard: [string[], boolean][] = [];
  store.listen((changed: Changed, { push }) => heard.push([[...changed].sort(), push]));
  return { store, heard };
}

test("a change is told once, with all that has changed and how", () => {
  const { store, heard } = listened();
  assert.ok(store.set({ selection: parseSelection("kind=rail"), lang: "ru" }, { push: true }));
  assert.deepEqual(heard, [[["lang", "selection"], true]]);
  assert.equal(store.state.lang, "ru");
});

test("what is as it was before is no change", () => {
  const { store, heard } = listened();
  assert.ok(
    !store.set({
      selection: emptySelection(),
      lineStyle: { colour: null, flow: false, accuracy: false },
      theme: "light",
    }),
  );
  assert.deepEqual(heard, []);
});

test("every other part of the state stays as it was", () => {
  const { store } = listened();
  store.set({ worldview: "in" });
  store.set({ theme: "dark" });
  assert.deepEqual(store.state, { ...FIRST, worldview: "in", theme: "dark" });
});

// ---------------------------------------------------------------- work that waits
/** Wait until something has come true, however busy the machine is. */
async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 1));
}

test("jobs run one after the other, generators step by step", { timeout: 20_000 }, async (context) => {
  const later = new Later();
  context.after(() => later.close());
  const done: string[] = [];
  function* steps() {
    done.push("a");
    yield;
    done.push("b");
  }
  later.start([steps, () => done.push("c")]);
  assert.deepEqual(done, [], "not at once");
  await until(() => later.jobs.length === 0);
  assert.deepEqual(done, ["a", "b", "c"]);
});

test("a new start drops what is left of the work before", { timeout: 20_000 }, async (context) => {
  const later = new Later();
  context.after(() => later.close());
  const done: number[] = [];
  later.start([() => done.push(1), () => done.push(2)]);
  later.start([() => done.push(3)]);
  await until(() => later.jobs.length === 0);
  assert.deepEqual(done, [3]);
});

test("only the last of calls in quick succession is carried out", { timeout: 20_000 }, async () => {
  const heard: number[] = [];
  const tell = settled((value: number) => heard.push(value), 5);
  tell(1);
  tell(2);
  await until(() => heard.length > 0);
  assert.deepEqual(heard, [2]);
});

test("files have texts for readers in English, or in what a light page has", () => {
  const [row] = world().rows;
  const said = (note: Texts) => record(Object.assign(Object.create(row), { facts: { ...row.facts, note } }), null).note;
  assert.equal(said({ en: "A note", ru: "Заметка" }), "A note");
  assert.equal(said({ ru: "Заметка" }), "Заметка");
});
