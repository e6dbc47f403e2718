// The page reads the columns that Python writes, and gets the records that they were made from.
import assert from "node:assert/strict";
import { test } from "node:test";
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

test("the head of a page is as it was before it was packed", () => {
  const { head, packed } = vectors<Packed>("packed");
  assert.deepEqual(headOf(packed[0], onceOf(packed[0])), head);
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
  assert.equal(Object.getPrototypeOf(table), Object.prototype);
  assert.deepEqual(Object.keys(table), ["__proto__"]);
});

test("a title is made of the project and the ends, in the languages that all have", () => {
  const project = { en: "Line", ru: "Линия" };
  const places = [{ en: "A", ru: "А", zh: "甲" }, { en: "B" }, { en: "C" }];
  assert.deepEqual(titleOf("ends", project, places), { en: "Line: A – C" });
  assert.deepEqual(titleOf("place", project, places), places[0]);
  assert.deepEqual(titleOf("project", project, []), project);
});
