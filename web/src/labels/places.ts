// Looks for the best place of a name: beside a point, on the land of a state, along a line, beside a short line, on
// water. Pure: reads the raster, takes nothing and draws nothing.
import type { Box } from "../geometry/mercator.ts";
import { type Point, resample, smooth } from "../geometry/paths.ts";
import { DISPUTED, type Raster, type Territory } from "./raster.ts";
import { ALONG, BESIDE, CELL, LEADER, ON_LAND, ON_WATER, OVER_LAND } from "./weights.ts";

type Grid = Raster<unknown>;
export type Anchor = "start" | "middle" | "end";

/** The box of a text around its middle: letters rise further above it than they fall below. */
export const boxAround = (x: number, y: number, width: number, size: number): Box => [
  x - width / 2,
  y - size * 0.6,
  x + width / 2,
  y + size * 0.5,
];

const grown = (box: Readonly<Box>, x: number, y: number): Box => [box[0] - x, box[1] - y, box[2] + x, box[3] + y];

export interface Beside {
  x: number;
  y: number;
  anchor: Anchor;
  box: Box;
  cost: number;
}

/** Where a name may stand beside a point, best first: right, left, above and below them, then in the middle. */
function placesBeside(gap: number, size: number): [number, number, Anchor][] {
  return [
    [gap, size * 0.34, "start"],
    [-gap, size * 0.34, "end"],
    [gap * 0.6, -gap * 0.7, "start"],
    [gap * 0.6, gap * 0.8 + size * 0.62, "start"],
    [-gap * 0.6, -gap * 0.7, "end"],
    [-gap * 0.6, gap * 0.8 + size * 0.62, "end"],
    [0, -gap - 1, "middle"],
    [0, gap + size * 0.75, "middle"],
  ];
}

/** How far from a point, across and down, another symbol may be that a name beside that point could seem to be of. */
export function reachBeside(width: number, size: number, gap: number): [number, number] {
  const off = gap + size + 1; // further up or down no name is, nor further from its own symbol
  return [gap + width + off + BESIDE.clearly, 2 * off + BESIDE.clearly];
}

/** How far a point is from a box; 0 inside. */
export const distanceToBox = ([left, top, right, bottom]: Readonly<Box>, [x, y]: Readonly<Point>): number =>
  Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));

/** By how many px a name in a box is nearer to another symbol than to its own at `at`, or not clearly further. */
export function strangeness(box: Readonly<Box>, at: Readonly<Point>, others: readonly Readonly<Point>[]): number {
  const nearest = Math.min(...others.map((other) => distanceToBox(box, other)));
  return Math.max(0, distanceToBox(box, at) + BESIDE.clearly - nearest);
}

/**
 * The best of eight places for a name of `width` by `size` px beside a point; null when none costs `most` or less.
 * `others`: symbols whose name it must not seem to be.
 */
export function besidePoint(
  raster: Grid,
  [x, y]: Readonly<Point>,
  width: number,
  size: number,
  gap: number,
  most: number,
  others: readonly Readonly<Point>[] = [],
): Beside | null {
  let best: Beside | null = null;
  for (const [order, [dx, dy, anchor]] of placesBeside(gap, size).entries()) {
    const shift = { start: 0, middle: width / 2, end: width }[anchor];
    const left = x + dx - shift;
    const box: Box = [left, y + dy - size * 0.78, left + width, y + dy + size * 0.2];
    if (!raster.isInside(box, BESIDE.margin) || raster.isTaken(grown(box, -1, -1))) continue;
    const strange = strangeness(box, [x, y], others) * BESIDE.stranger;
    const cost = raster.lineCost(box) + order * BESIDE.step + strange;
    if (!best || cost < best.cost) best = { x: x + dx, y: y + dy, anchor, box, cost };
  }
  return best && best.cost <= most ? best : null;
}

export interface Spot {
  x: number;
  y: number;
  cost: number;
}

/** A circle that a second name keeps out of. */
export interface Avoided {
  x: number;
  y: number;
  radius: number;
}

/** The middle of the visible part of a territory, as a screen point. */
export const middleOf = (raster: Grid, territory: Territory<unknown>): Point => [
  raster.corner.x + ((territory.x0 + territory.x1) * CELL) / 2,
  raster.corner.y + ((territory.y0 + territory.y1) * CELL) / 2,
];

/** The best place for a box wholly on a territory: few lines, far from its border, near `wanted`. */
export function onLand(
  raster: Grid,
  territory: Territory<unknown>,
  width: number,
  height: number,
  wanted: Readonly<Point>,
  avoided: readonly Avoided[] = [],
): Spot | null {
  const w = Math.ceil(width / CELL);
  const h = Math.ceil(height / CELL);
  const { corner } = raster;
  const { sums, x0, y0, x1, y1 } = territory;
  const reach = ON_LAND.around;
  let best: Spot | null = null;
  for (let y = y0; y + h <= y1; y += 1) {
    for (let x = x0; x + w <= x1; x += 2) {
      const own = (margin: number) =>
        sums.of(x - x0 - margin, y - y0 - margin, x - x0 + w + margin, y - y0 + h + margin);
      if (own(0) < w * h) continue;
      const left = corner.x + x * CELL;
      const top = corner.y + y * CELL;
      const box: Box = [left, top, left + w * CELL, top + h * CELL];
      const middleX = (box[0] + box[2]) / 2;
      const middleY = (box[1] + box[3]) / 2;
      if (avoided.some((other) => Math.hypot(other.x - middleX, other.y - middleY) < other.radius)) continue;
      let cost = raster.lineCostOfCells(x - 2, y - 1, x + w + 2, y + h + 1) * ON_LAND.line;
      if (best && cost >= best.cost) continue;
      cost += (1 - own(reach) / ((w + 2 * reach) * (h + 2 * reach))) * ON_LAND.edge;
      const distance = Math.hypot(middleX - wanted[0], (middleY - wanted[1]) * ON_LAND.tall);
      cost += Math.min(ON_LAND.furthest, distance) * ON_LAND.distance;
      if ((best && cost >= best.cost) || raster.isTaken(box) || !raster.isInside(box, ON_LAND.margin)) continue;
      best = { x: middleX, y: middleY, cost };
    }
  }
  return best;
}

/** A place for a name larger than its state: around `wanted`, the middle of the word on the state itself. */
export function overLand(
  raster: Grid,
  territory: Territory<unknown>,
  width: number,
  size: number,
  wanted: Readonly<Point>,
): Spot | null {
  let best: Spot | null = null;
  for (const [dx, dy] of OVER_LAND.moves) {
    const x = wanted[0] + dx;
    const y = wanted[1] + dy;
    const box = boxAround(x, y, width, size);
    if (raster.ownerAt(x, y) !== territory.n || raster.isTaken(box) || !raster.isInside(box, OVER_LAND.margin))
      continue;
    const cost = raster.lineCost(grown(box, 2, 2)) + Math.hypot(dx, dy) * OVER_LAND.distance;
    if (cost < OVER_LAND.most && (!best || cost < best.cost)) best = { x, y, cost };
  }
  return best;
}

export interface Along {
  /** The smoothed line under the name, in reading direction. */
  points: Point[];
  /** 1: the name stands above the line, -1: below it. */
  side: 1 | -1;
  /** What the name covers. */
  boxes: Box[];
  middle: Point;
}

export interface AlongWanted {
  /** Length and height of the name, and how far it stands off the line, in px. */
  length: number;
  size: number;
  offset: number;
  /** Middles of names that it keeps away from. */
  others?: readonly Readonly<Point>[];
  most?: number;
  apart?: number;
  /** Whether the name cannot follow a curve. */
  straight?: boolean;
}

/** The largest turn of a run of points against its own direction, in radians. */
function turnOf(line: readonly Point[], from: number, to: number, angle: number): number {
  let turn = 0;
  for (let j = from + 8; j <= to; j += 4) {
    const here = Math.atan2(line[j][1] - line[j - 8][1], line[j][0] - line[j - 8][0]);
    const difference = Math.abs(here - angle);
    turn = Math.max(turn, difference > Math.PI ? 2 * Math.PI - difference : difference);
  }
  return turn;
}

/** How many cells of other lines a name crosses beside a run of points, null when something is in its way. */
function crossings(raster: Grid, line: readonly Point[], from: number, to: number, shift: Point, size: number) {
  const reach = size * 0.46;
  let crossed = 0;
  for (let j = from; j <= to; j += 2) {
    const x = line[j][0] + shift[0];
    const y = line[j][1] + shift[1];
    if (raster.isTaken([x - reach, y - reach, x + reach, y + reach])) return null;
    crossed += raster.lineCost([x - 3, y - 3, x + 3, y + 3]);
  }
  return crossed;
}

/** Where a name fits best along resampled points: straight, free, crossing little; null when nowhere. */
export function alongLine(raster: Grid, pairs: readonly Point[], wanted: AlongWanted): Along | null {
  const { length, size, offset, others = [], most = ALONG.most, apart = ALONG.apart, straight = false } = wanted;
  const need = length * ALONG.room + ALONG.ends;
  const count = pairs.length;
  if (count * ALONG.step < need + ALONG.spare) return null;
  const line = smooth(pairs, length > ALONG.longName ? ALONG.smoothLong : ALONG.smoothShort, ALONG.passes);
  const run = new Float64Array(count);
  for (let i = 1; i < count; i++) {
    run[i] = run[i - 1] + Math.hypot(line[i][0] - line[i - 1][0], line[i][1] - line[i - 1][1]);
  }
  const mostTurn = straight ? ALONG.mostTurnStraight : ALONG.mostTurn;
  const off = offset + size * 0.36;
  let best: { cost: number; from: number; to: number; side: 1 | -1; flipped: boolean; shift: Point } | null = null;
  let end = 0;
  for (let i = 0; i < count; i += 3) {
    while (end < count && run[end] - run[i] < need) end += 1;
    if (end >= count) break;
    const a = line[i];
    const b = line[end];
    const middle = line[(i + end) >> 1];
    const span: Box = [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[0], b[0]), Math.max(a[1], b[1])];
    if (!raster.isInside(span, ALONG.margin)) continue;
    if (others.some((other) => Math.hypot(other[0] - middle[0], other[1] - middle[1]) < apart)) continue;
    const angle = Math.atan2(b[1] - a[1], b[0] - a[0]);
    const turn = turnOf(line, i, end, angle);
    if (turn > mostTurn) continue;
    let away = 0;
    for (let j = i; j <= end; j += 2) {
      away = Math.max(away, Math.hypot(line[j][0] - pairs[j][0], line[j][1] - pairs[j][1]));
    }
    const basic = turn * ALONG.turn + away * ALONG.stray + Math.abs(Math.sin(angle)) * ALONG.upright;
    if (best && basic >= best.cost) continue;
    const flipped = Math.cos(angle) < 0;
    const sign = flipped ? -1 : 1;
    for (const side of [1, -1] as const) {
      const shift: Point = [Math.sin(angle) * sign * off * side, -Math.cos(angle) * sign * off * side];
      const crossed = crossings(raster, line, i, end, shift, size);
      if (crossed === null) continue;
      const cost = basic + crossed * ALONG.line + (side < 0 ? ALONG.below : 0);
      if (!best || cost < best.cost) best = { cost, from: i, to: end, side, flipped, shift };
    }
  }
  if (!best || best.cost > most) return null;
  const { from, to, side, flipped, shift } = best;
  const under = line.slice(from, to + 1);
  const reach = size * 0.5;
  const boxes = under
    .filter((_, i) => i % 2 === 0)
    .map(([x, y]): Box => grown([x + shift[0], y + shift[1], x + shift[0], y + shift[1]], reach, reach));
  return { points: flipped ? under.reverse() : under, side, boxes, middle: line[(from + to) >> 1] };
}

export interface Led {
  /** Where the stroke begins, on the line. */
  from: Point;
  /** Where it ends, beside the name. */
  to: Point;
  /** Whether the name stands to the right of it. */
  right: boolean;
  box: Box;
}

/** A place beside a short line for a name of `width` by `height` px that a thin stroke joins to it. */
export function leaderPlace(raster: Grid, points: readonly number[], width: number, height: number): Led | null {
  const pairs = resample(points, ALONG.step).filter(([x, y]) => raster.isInside([x, y, x, y], LEADER.margin));
  if (!pairs.length) return null;
  let best: (Led & { cost: number }) | null = null;
  for (const share of LEADER.shares) {
    const from = pairs[Math.floor((pairs.length - 1) * share)];
    for (const reach of LEADER.reaches) {
      for (let turn = 0; turn < LEADER.directions; turn++) {
        const angle = (turn * 2 * Math.PI) / LEADER.directions;
        const x = from[0] + Math.cos(angle) * reach;
        const y = from[1] + Math.sin(angle) * reach;
        const right = Math.cos(angle) >= 0;
        const left = right ? x : x - width;
        const box: Box = [left, y - height / 2, left + width, y + height / 2];
        if (!raster.isInside(box, LEADER.margin) || raster.isTaken(grown(box, 3, 2))) continue;
        const cost = leaderCost(raster, box, reach, right);
        if (!best || cost < best.cost) best = { cost, from, to: [right ? box[0] - 4 : box[2] + 4, y], right, box };
      }
    }
  }
  return best && best.cost <= LEADER.most ? best : null;
}

function leaderCost(raster: Grid, box: Readonly<Box>, reach: number, right: boolean): number {
  const along = [0, 0.33, 0.66, 1].map((share) => box[0] + (box[2] - box[0]) * share);
  const grounds = along.flatMap((x) => [raster.ownerAt(x, box[1]), raster.ownerAt(x, box[3])]);
  const disputed = grounds.filter((owner) => owner === DISPUTED).length;
  const isSea = grounds.every((owner) => owner === 0);
  const crossed = raster.lineCost(grown(box, 3, 3));
  const side = right ? 0 : LEADER.left;
  return crossed * LEADER.line + reach * LEADER.reach + disputed * LEADER.disputed + side - (isSea ? LEADER.sea : 0);
}

/** Moves over the whole of a sea in steps of so many px, the nearest first. */
function movesBy(step: number): readonly (readonly [number, number])[] {
  const { furthest } = ON_WATER;
  const steps = Array.from({ length: (2 * furthest) / step + 1 }, (_, i) => i * step - furthest);
  const moves = steps.flatMap((dy) => steps.map((dx) => [dx, dy] as const));
  return moves.sort((a, b) => Math.hypot(...a) - Math.hypot(...b) || a[1] - b[1] || a[0] - b[0]);
}

const FAR_MOVES = movesBy(ON_WATER.step);
const LAST_MOVES = movesBy(ON_WATER.lastStep);

/** A place on water near a point for a name of `width` by `height` px. `isGreat`: anywhere on it;
 * `isLast`: rather across ships and coasts than nowhere. */
export function onWater(
  raster: Grid,
  at: Readonly<Point>,
  width: number,
  height: number,
  isGreat = false,
  isLast = false,
): Box | null {
  const isFar = isGreat && raster.isInside([...at, ...at], 0);
  const corners: number = ON_WATER.mostCornersOnLand;
  const rounds = ON_WATER.mostLines.map((lines: number) => ({ lines, corners }));
  if (isLast) {
    const [lines] = ON_WATER.mostLines;
    const { mostLinesOfGreat: more, mostCornersOfGreat: coasts } = ON_WATER;
    rounds.push({ lines, corners: coasts }, { lines: more, corners }, { lines: more, corners: coasts });
  }
  for (const most of rounds) {
    for (const move of ON_WATER.moves) {
      const box = placeOnWater(raster, at, move, width, height, most);
      if (box) return box;
    }
    for (const move of isFar ? (isLast ? LAST_MOVES : FAR_MOVES) : []) {
      const box = isOpenWater(raster, at, move) && placeOnWater(raster, at, move, width, height, most);
      if (box) return box;
    }
  }
  return null;
}

/** Whether there is no land on the straight way to another place, which is then of the same sea. */
function isOpenWater(raster: Grid, [x, y]: Readonly<Point>, [dx, dy]: readonly [number, number]): boolean {
  const count = Math.ceil(Math.hypot(dx, dy) / CELL);
  for (let i = 0; i <= count; i++) {
    if (raster.ownerAt(x + (dx * i) / (count || 1), y + (dy * i) / (count || 1)) !== 0) return false;
  }
  return true;
}

/** The box of a name moved so far, null when it is not free or not on water. */
function placeOnWater(
  raster: Grid,
  [x, y]: Readonly<Point>,
  [dx, dy]: readonly [number, number],
  width: number,
  height: number,
  most: { readonly lines: number; readonly corners: number },
): Box | null {
  const box: Box = [x + dx - width / 2, y + dy - height / 2, x + dx + width / 2, y + dy + height / 2];
  if (!raster.isInside(box, ON_WATER.margin) || raster.isTaken(box) || raster.lineCost(box) > most.lines) return null;
  const corners: Point[] = [
    [box[0], box[1]],
    [box[2], box[1]],
    [box[0], box[3]],
    [box[2], box[3]],
  ];
  const onLandCount = corners.filter(([cx, cy]) => raster.ownerAt(cx, cy) !== 0).length;
  return onLandCount <= most.corners ? box : null;
}
