// What a place for a name costs and what it may cost at most. The engine adds costs up and takes the cheapest place;
// the unit is about what one line of 4 px under a name disturbs. Tuned by eye on the golden pictures: change one, and
// look at them all.

/** Px of a cell of the raster: fine enough for the smallest names (9 px), coarse enough for a quick search. */
export const CELL = 4;

/** Sizes in px below which a name is not set, because nobody reads it. */
export const SMALLEST_SIZE = 9.6;

/** Names beside a point: the first of the eight places is the one that readers expect, each further one is worse. */
export const BESIDE = {
  /** Cost of each step away from the expected place: two steps outweigh about one crossed cell of a thin line. */
  step: 0.6,
  /** What a name may cost at most: symbols matter more than small towns, whose names may cross hardly any line. */
  mostForSymbol: 40,
  mostForCapital: 44,
  mostForCity: 18,
  mostForTown: 12,
  /** Px that stay free to the edge of the map. */
  margin: 3,
  /** A name reads as that of the symbol nearest to it. Cost of each px by which another symbol is nearer than its own
   * or not clearly further: more than any name may cost, so that it rather goes elsewhere or is left out. */
  stranger: 50,
  clearly: 1.5,
} as const;

/** Names on the land of a state. */
export const ON_LAND = {
  /** Cost of a crossed line: a state has room elsewhere, so lines are avoided harder than by names beside a point. */
  line: 7,
  /** Cost of standing at the border, for a box whose surroundings are wholly foreign. */
  edge: 40,
  /** Cells around the box that are looked at for it. */
  around: 3,
  /** Cost of each px away from the wished place, and the distance beyond which it does not grow any more. */
  distance: 0.22,
  furthest: 160,
  /** Height counts more than width: a name above or below its state's middle looks wrong sooner. */
  tall: 1.3,
  /** Up to this cost a place is good and no smaller size is tried. */
  good: 90,
  /** How much cheaper a place has to be to be worth a smaller size. */
  worthShrinking: 14,
  /** What the second name of a very large state may cost, and how far from the first it has to be in px. */
  mostForSecond: 60,
  apart: 420,
  /** Sizes that are tried when the first has no good place, as shares of it. */
  smaller: [0.85, 0.7],
  margin: 6,
} as const;

/** Names larger than their state, which stand with their middle on it. */
export const OVER_LAND = {
  /** Cost of each px away from the wished place. */
  distance: 0.1,
  most: 9,
  margin: 6,
  /** Moves that are tried, in px, nearest first. */
  moves: [
    [0, 0],
    [0, -9],
    [0, 9],
    [-12, 0],
    [12, 0],
    [0, -16],
    [0, 16],
    [-22, -6],
    [22, -6],
    [-22, 8],
    [22, 8],
    [0, 24],
    [0, -24],
  ],
} as const;

/** Names along a line. */
export const ALONG = {
  /** Px between two points of the line that are looked at. */
  step: 5,
  /** A name needs a little more than its own length, so that it does not stand at the very ends. */
  room: 1.07,
  ends: 10,
  /** A run has to be so many px longer than that to be looked at. */
  spare: 14,
  /** Points over which a line is smoothed under a long name and under a short one, and how often. */
  longName: 90,
  smoothLong: 11,
  smoothShort: 8,
  passes: 2,
  /** Cost of a radian of turn: a curved name is hard to read; the strongest turn allowed in radians. */
  turn: 50,
  mostTurn: 0.85,
  /** Bengali stands straight along the line, since letters on a curve lose their joins: it needs a straight one. */
  mostTurnStraight: 0.3,
  /** Cost of each px that the smoothed line strays from the real one: the name would seem to belong to another. */
  stray: 2.4,
  /** Cost of a name that stands upright, against none for a level one. */
  upright: 30,
  /** Cost of each crossed cell of another line. */
  line: 1.5,
  /** Cost of standing below the line: readers look above it first. */
  below: 4,
  /** What a name may cost: those of the first rank stand almost anywhere rather than nowhere. */
  most: 160,
  mostOfFirstRank: 260,
  /** Px between two names of one line. */
  apart: 320,
  /** A line of this length in px may carry its name again. */
  repeatFrom: 900,
  margin: 16,
  /** Runs of a project that are tried for its name, longest first. */
  runs: 6,
} as const;

/** Names beside a line too short for them, joined to it by a thin stroke. */
export const LEADER = {
  size: 12,
  lineHeight: 14,
  /** Where along the line the stroke may begin: in the middle first. */
  shares: [0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92],
  /** Lengths of the stroke in px, and how many directions are tried. */
  reaches: [34, 52, 74, 100, 130, 165, 200],
  directions: 16,
  /** Cost of a crossed cell: the name is free to go where nothing is. */
  line: 4,
  /** Cost of each px of the stroke. */
  reach: 0.14,
  /** Cost of each corner on disputed ground: a name there would seem to take sides. */
  disputed: 20,
  /** Cost of a name left of its line, and what open water saves. */
  left: 3,
  sea: 9,
  most: 80,
  margin: 8,
} as const;

/** Names of seas, lakes and gulfs. */
export const ON_WATER = {
  /** Sizes in px by rank, and the zoom from which names of the rank are set. */
  sizes: [17, 14, 12, 11, 11],
  fromZoom: [3, 3, 3.4, 4.3, 5.2],
  toZoom: 7.6,
  /** Lines that the name may cross: hardly any in the first round, more when there is no such place. */
  mostLines: [2.2, 9],
  /** The same for a great sea in the last round: ships cross all of it. */
  mostLinesOfGreat: 16,
  /** A great sea that finds no place there is looked for in the whole of it, in steps of so many px (smaller ones in
   * the last round), up to so far. */
  step: 8,
  lastStep: 4,
  furthest: 96,
  greatRank: 2,
  /** Sizes in which a great sea is tried, as shares of the first; at last in the smallest of them whatever it crosses,
   * and in a still smaller one rather than not at all. */
  smaller: [1, 0.88, 0.8],
  smallest: 0.7,
  /** Corners that may stand on land: one, else the name belongs to the coast; of a great sea two rather than none. */
  mostCornersOnLand: 1,
  mostCornersOfGreat: 2,
  margin: 6,
  /** Names longer than so many letters are broken into two lines. */
  longName: 18,
  moves: [
    [0, 0],
    [0, -16],
    [0, 16],
    [-20, 0],
    [20, 0],
    [0, 34],
    [0, -34],
    [-30, -22],
    [14, -48],
    [-34, 26],
    [30, 30],
    [0, 56],
    [0, -66],
  ],
} as const;

/** Cities where shown lines end. */
export const ENDS = {
  /** Px between a city and the end of a line that still is its end. */
  reach: 14,
  /** With so few lines a reader asks where they lead: the cities at their ends are named before the states, which have
   * room elsewhere. With more of them nearly every city is an end of something, and states come first. */
  fewLines: 40,
} as const;

/** What lines cost the names that cross them: a main line all of a cell, a thin one a third. */
export const LINE_WEIGHT = 1;
export const THIN_LINE_WEIGHT = 0.35;
export const THIN_LINE = 1.4;
/** From this width on a line takes two cells. */
export const WIDE_LINE = 3;
