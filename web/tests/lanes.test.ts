// Lines set beside each other: lanes, their order, bends, ends, and what stays where it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { chainsOf, Lanes, rising } from "../src/geometry/lanes.ts";
import type { Path } from "../src/geometry/mercator.ts";
import { distanceTo } from "../src/geometry/paths.ts";

const FRAME = { x: 0, y: 0, width: 800, height: 600 };
const ROOM = 4;

interface Options {
  hidden?: readonly number[];
  room?: (one: number, other: number) => number;
  family?: (strand: number) => string;
}

/** Where lines are drawn, in px on a frame; each is a strand of its own unless `family` says otherwise. */
function drawn(lines: readonly Path[], { hidden = [], room = () => ROOM, family = String }: Options = {}): Path[] {
  const strands = lines.map((line, i) => ({ paths: [line], course: family(i), family: family(i) }));
  const lanes = new Lanes(chainsOf(strands), strands, FRAME, (strand) => Float32Array.from(lines[strand]));
  const moved = lanes.moved({ isShown: (strand) => !hidden.includes(strand), room });
  return lines.map((line, i) => moved.get(i)?.get(0) ?? line);
}

const isMoved = (line: Path, drawnLine: Path) => line !== drawnLine;

/** The height of a line at x; it must run from left to right or back. */
function heightAt(line: Path, x: number): number {
  for (let i = 2; i < line.length; i += 2) {
    const [ax, bx] = [line[i - 2], line[i]];
    if ((ax <= x && x <= bx) || (bx <= x && x <= ax)) {
      return line[i - 1] + ((line[i + 1] - line[i - 1]) * (x - ax)) / (bx - ax || 1);
    }
  }
  return Number.NaN;
}

const near = (value: number, wanted: number, by = 0.15) =>
  assert.ok(Math.abs(value - wanted) <= by, `${value} is not ${wanted} within ${by}`);

const level = (y: number): number[] => [100, y, 700, y];

test("two lines on one another are drawn beside each other, as far on either side of where they are", () => {
  const [a, b] = drawn([level(300), level(300)]);
  const heights = [heightAt(a, 400), heightAt(b, 400)].sort((one, other) => one - other);
  near(heights[0], 298);
  near(heights[1], 302);
});

test("of three the middle one stays, and a bundle is symmetrical about its line", () => {
  const heights = drawn([level(300), level(300), level(300)]).map((line) => heightAt(line, 400));
  heights.sort((one, other) => one - other);
  for (const [i, height] of heights.entries()) near(height, 296 + 4 * i);
});

test("a line keeps its true ends and leaves them without a kink", () => {
  for (const line of drawn([level(300), level(300)])) {
    assert.deepEqual([line[0], line[1], ...line.slice(-2)], [100, 300, 700, 300]);
    for (let i = 2; i < line.length; i += 2) {
      const slope = Math.abs((line[i + 1] - line[i - 1]) / (line[i] - line[i - 2]));
      assert.ok(slope < 0.25, `a slope of ${slope} at ${line[i]}`);
    }
  }
});

test("what is hidden takes no lane", () => {
  const lines = [level(300), level(300)];
  assert.ok(drawn(lines, { hidden: [1] }).every((line, i) => !isMoved(lines[i], line)));
});

test("lines that are far enough apart, or only cross, stay where they are", () => {
  const apart = [level(300), level(305)];
  assert.ok(drawn(apart).every((line, i) => !isMoved(apart[i], line)));
  const crossing = [level(300), [400, 100, 400, 500], [300, 200, 500, 400]];
  assert.ok(drawn(crossing).every((line, i) => !isMoved(crossing[i], line)));
});

test("lines nearly on one another keep their sides and share what is missing", () => {
  const [above, below] = drawn([level(299), level(301)]);
  near(heightAt(above, 400), 298);
  near(heightAt(below, 400), 302);
  const [first, second] = drawn([level(301), level(299)]);
  near(heightAt(first, 400), 302);
  near(heightAt(second, 400), 298);
});

test("the room of a wide line is wider", () => {
  const room = (one: number, other: number) => (one === 0 || other === 0 ? 6 : 3);
  const [wide, thin] = drawn([level(299.9), level(300.1)], { room });
  near(heightAt(thin, 400) - heightAt(wide, 400), 6);
});

test("lines drawn as one stay on one another", () => {
  const lines = [level(300), level(300)];
  assert.ok(drawn(lines, { room: () => 0 }).every((line, i) => !isMoved(lines[i], line)));
});

test("which way a line runs makes no difference", () => {
  const lines = [level(299.5), level(300.5)];
  const [above] = drawn(lines);
  const [same, turned] = drawn([lines[0], [700, 300.5, 100, 300.5]]);
  near(heightAt(same, 400), heightAt(above, 400), 0.01);
  near(heightAt(turned, 400), 302, 0.15);
  assert.equal(turned[0], 700, "it still begins where it began");
});

test("the same lines give the same lanes", () => {
  const lines = [level(300), [100, 300, 400, 302, 700, 298], level(301)];
  assert.deepEqual(drawn(lines), drawn(lines));
});

/** Whether two strokes cross. */
function crosses(a: Path, i: number, b: Path, j: number): boolean {
  const side = (x0: number, y0: number, x1: number, y1: number, x: number, y: number) =>
    Math.sign((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0));
  const [ax, ay, bx, by] = [a[i - 2], a[i - 1], a[i], a[i + 1]];
  const [cx, cy, dx, dy] = [b[j - 2], b[j - 1], b[j], b[j + 1]];
  return (
    side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
    side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
  );
}

/** How often lines cross, apart from where all go back to their common end. */
function crossings(a: Path, b: Path): number {
  const isAtEnd = (x: number, y: number) =>
    Math.hypot(x - b[0], y - b[1]) < 20 || Math.hypot(x - b[b.length - 2], y - b[b.length - 1]) < 20;
  let count = 0;
  for (let i = 2; i < a.length; i += 2) {
    for (let j = a === b ? i + 4 : 2; j < b.length; j += 2) {
      if (!isAtEnd(b[j], b[j + 1]) && crosses(a, i, b, j)) count += 1;
    }
  }
  return count;
}

test("on bends no line crosses itself or its neighbours", () => {
  const turns = [20, 45, 90, 120, 140].map((degrees) => (degrees * Math.PI) / 180);
  for (const turn of turns) {
    const corner = [100, 300, 350, 300, 350 + 250 * Math.cos(turn), 300 + 250 * Math.sin(turn)];
    const lines = drawn([corner, corner, corner, corner, corner]);
    for (const [i, line] of lines.entries()) {
      assert.equal(crossings(line, line), 0, `line ${i} crosses itself at a turn of ${turn}`);
      for (const other of lines.slice(i + 1)) assert.equal(crossings(line, other), 0, `at a turn of ${turn}`);
    }
    const inner = lines.map((line) => distanceTo([line], 350, 300, 100)).sort((one, other) => one - other);
    assert.ok(inner[4] > 6, "the outer ones are away from the corner");
  }
});

test("a line that wriggles over a straight one does not tie a knot", () => {
  const wave = (height: number) =>
    Array.from({ length: 301 }, (_, i) => [100 + 2 * i, 300 + height * Math.sin(i / 6)]).flat();
  const [straight, wriggling] = drawn([level(300), wave(1)]);
  assert.equal(crossings(wriggling, wriggling), 0);
  assert.equal(crossings(straight, wriggling), 0, "beside each other they do not cross any more");
  const [, wide] = drawn([level(300), wave(6)]);
  assert.equal(crossings(wide, wide), 0);
});

test("rows that go on in one another keep their lane where they meet", () => {
  const rows = [[100, 300, 400, 300], [700, 300, 400, 300], level(300)];
  const [first, second, other] = drawn(rows, { family: (strand) => (strand < 2 ? "gas" : "rail") });
  near(first.at(-1) ?? 0, second.at(-1) ?? 0, 0.01);
  near(Math.abs((first.at(-1) ?? 0) - 300), 2);
  near(Math.abs((first.at(-1) ?? 0) - heightAt(other, 400)), 4);
});

test("a branch still ends at the line that it leaves", () => {
  const family = (strand: number) => (strand === 1 ? "rail" : "gas");
  const [main, , branch] = drawn([level(300), level(300), [400, 300, 400, 500]], { family });
  near(distanceTo([main], branch[0], branch[1], 50), 0, 0.3);
  assert.deepEqual([...branch.slice(-2)], [400, 500]);
});

test("where more than two ends meet the straightest go on in one another", () => {
  const paths = [
    [0, 0, 10, 0],
    [10, 0, 20, 8],
    [10, 0, 20, 1],
  ];
  const strands = paths.map((path) => ({ paths: [path], course: "one", family: "all" }));
  const chains = chainsOf(strands).map((chain) => chain.map(({ strand }) => strand));
  assert.deepEqual(chains, [[0, 2], [1]]);
});

test("values that fall are replaced by their mean", () => {
  assert.deepEqual(rising([1, 2, 3]), [1, 2, 3]);
  assert.deepEqual(rising([3, 1]), [2, 2]);
  assert.deepEqual(rising([0, 5, 1, 3, 9]), [0, 3, 3, 3, 9]);
  assert.deepEqual(rising([4, 0, 2, 2]), [2, 2, 2, 2]);
});
