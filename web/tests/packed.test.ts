// The page reads the columns that Python writes, and gets the records that they were made from.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LETTERS, PLAIN_LETTERS } from "../src/contract.ts";
import { writtenOut } from "../src/facts/addresses.ts";
import { type Columns, entriesOf, recordsOf } from "../src/facts/columnar.ts";
import {
  groundOf,
  headOf,
  layersOf,
  onceOf,
  type PackedGround,
  type PackedHead,
  type PackedRows,
} from "../src/facts/packed.ts";
import { titleOf } from "../src/facts/row.ts";
import type { SentGround, SentHead, SentLayer } from "../src/facts/types.ts";
import { vectors } from "./vectors.ts";

interface Packed {
  head: SentHead;
  layers: SentLayer[];
  ground: SentGround;
  packed_ground: PackedGround;
  packed: [PackedHead, PackedRows];
}

/** The same without what JSON does not say: tables of entries have no prototype. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test("the head of a page is as it was before it was packed", () => {
  const { head, packed } = vectors<Packed>("packed");
  assert.deepEqual(plain(headOf(packed[0], onceOf(packed[0]))), head);
});

test("the rows of a page are as they were before they were packed", () => {
  const { layers, packed } = vectors<Packed>("packed");
  assert.deepEqual(layersOf(packed[1], onceOf(packed[0])), layers);
});

test("the ground of a page is as it was before it was packed", () => {
  const { ground, packed_ground } = vectors<Packed>("packed");
  assert.deepEqual(groundOf(packed_ground), ground);
  assert.deepEqual(groundOf({}), {});
});

test("missing records and lists stay missing", () => {
  const columns: Columns = { keys: { name: ["a"], list: { counts: [2, null, 0], of: { keys: { n: [1, 2] } } } } };
  assert.deepEqual(recordsOf(columns, 3), [{ name: "a", list: [{ n: 1 }, { n: 2 }] }, {}, { list: [] }]);
  assert.deepEqual(recordsOf({ keys: { x: [7] }, where: [0, 1, 0] }, 3), [null, { x: 7 }, null]);
  assert.deepEqual(recordsOf([], 2), [null, null]);
});

test("no name of an entry or a column reaches a prototype", () => {
  const table = entriesOf<object>([["__proto__"], JSON.parse('{"keys": {"__proto__": [{"a": 1}]}}') as Columns]);
  assert.equal(Object.getPrototypeOf(table), null);
  assert.deepEqual(Object.keys(table), ["__proto__"]);
  const [entry] = Object.values(table);
  assert.equal(Object.getPrototypeOf(entry), Object.prototype);
  assert.deepEqual(Object.entries(entry), [["__proto__", { a: 1 }]]);
});

test("texts in plain letters get their own again, whatever stands between them", () => {
  const [own, plainLetters] = [LETTERS.ru ?? "", PLAIN_LETTERS];
  const packed = (text: string) =>
    Array.from(text, (letter) => {
      if (own.includes(letter)) return plainLetters[own.indexOf(letter)];
      const at = plainLetters.indexOf(letter);
      return at >= 0 && at < own.length ? own[at] : letter;
    }).join("");
  const texts = ["\uFEFFПуть № 5", "", "Ж/д 中文 🚂 abc", "конец"];
  const columns: Columns = {
    keys: { ru: [packed(texts[0]), packed(texts[1]), null, packed(texts[2]), packed(texts[3])] },
  };
  const [first, second, none, ...others] = recordsOf(columns, 5);
  assert.deepEqual(
    [first, second, none, ...others],
    [{ ru: texts[0] }, { ru: texts[1] }, {}, { ru: texts[2] }, { ru: texts[3] }],
  );
});

test("a title is made of the project and the ends, in the languages that all have", () => {
  const project = { en: "Line", ru: "Линия" };
  const places = [{ en: "A", ru: "А", zh: "甲" }, { en: "B" }, { en: "C" }];
  assert.deepEqual(titleOf("ends", project, places), { en: "Line: A – C" });
  assert.deepEqual(titleOf("place", project, places), places[0]);
  assert.deepEqual(titleOf("project", project, []), project);
});

test("an address that repeats its title is written out, with hyphens or underlines", () => {
  assert.equal(writtenOut("https://e.org/<>-77/", "Opened: the new line"), "https://e.org/opened-the-new-line-77/");
  assert.equal(writtenOut("https://e.org/<_1.4>", "Khan’s new railway line"), "https://e.org/new_railway_line");
  assert.equal(writtenOut("https://e.org/%3C3>", "The line"), "https://e.org/%3C3>");
});
