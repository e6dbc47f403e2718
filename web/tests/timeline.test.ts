// Years and events along the timeline find room, or are left out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { isBetweenStems, namedEvery, placedNames } from "../src/parts/timeline-places.ts";

const widthOf = (text: string) => text.length * 6;
const event = (x: number, text: string, rank = 1) => ({ x, rank, text });

test("named years never touch each other, however narrow the timeline", () => {
  for (let year = 0.5; year < 40; year += 0.1) {
    const every = namedEvery(year, 26);
    assert.ok(every * year > 26 || every === 50, `${every} years of ${year} px`);
  }
  assert.equal(namedEvery(20, 26), 5);
  assert.equal(namedEvery(3, 26), 20, "a timeline of 130 px, as in a narrow window or at 200 %");
});

test("a name of an event that does not fit before the end is turned to the left, or left out", () => {
  const [first] = placedNames([event(95, "India and Pakistan")], widthOf, 100, []);
  assert.equal(first, undefined);
  const [turned] = placedNames([event(150, "India and Pakistan")], widthOf, 160, []);
  assert.deepEqual(turned, { text: "India and Pakistan", at: 154, anchor: "end" });
});

test("names keep clear of what is taken and of each other, the most important first", () => {
  const events = [event(40, "second", 2), event(70, "first", 1), event(300, "third", 3)];
  const placed = placedNames(events, widthOf, 400, [[280, 330]]);
  assert.deepEqual(
    placed.map(({ text }) => text),
    ["first", "second"],
  );
  assert.deepEqual(placed[1], { text: "second", at: 44, anchor: "end" }, "in the middle it would touch the first");
});

test("what the bars are is said where no event's stem runs through it", () => {
  assert.ok(isBetweenStems(100, 200, [50, 260]));
  assert.ok(!isBetweenStems(100, 200, [50, 150]));
});
