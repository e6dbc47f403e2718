// What lies under the rows: land as shared arcs, water, borders, disputed areas, cities and names. Knows no document.

import { roleIn } from "../facts/phases.ts";
import type {
  ById,
  Country,
  Relief,
  SentArea,
  SentBoundary,
  SentCity,
  SentGround,
  SentLabel,
  SentShape,
  SentUnit,
} from "../facts/types.ts";
import { around, type Box, boundsOf, EQUATOR_KM, latitude, NOWHERE, projectPath } from "../geometry/mercator.ts";
import { unpackPath } from "../geometry/pack.ts";

export type Standing = "member" | "partner" | "other";

/** A unit of land: a state, or a part of one that some count otherwise. */
export interface Unit extends SentUnit {
  number: number;
  /** The code of the state it counts to. */
  state: string | null;
  box: Box;
  /** Square km. */
  area: number;
}

export type Shape<Sent extends SentShape = SentShape> = Sent & {
  lines: Float64Array[];
  rings: Float64Array[][];
  box: Box;
};

export type Spot<Sent extends SentShape = SentShape> = Sent & { x: number; y: number };

/** What lies on either side of an arc: water, a state of the same kind, or the rim of the members' union. */
export type ArcKind = "coast" | "border" | "rim";

const COUNTRY_LABEL = "country";

const arcNumber = (number: number) => (number < 0 ? ~number : number);

const shapesOf = <Sent extends SentShape>(items: readonly Sent[] | undefined): Shape<Sent>[] =>
  (items ?? []).map((item) => {
    const mercator = (text: string) => projectPath(unpackPath(text));
    const lines = (item.geometry.lines ?? []).map(mercator);
    const rings = (item.geometry.rings ?? []).map((polygon) => polygon.map(mercator));
    return { ...item, lines, rings, box: boundsOf([...lines, ...rings.flat()]) };
  });

const spotsOf = <Sent extends SentShape>(items: readonly Sent[] | undefined): Spot<Sent>[] =>
  (items ?? []).flatMap((item) => {
    if (!item.geometry.points) return [];
    const [x, y] = projectPath(unpackPath(item.geometry.points));
    return [{ ...item, x, y }];
  });

export class Ground {
  readonly arcs: readonly Float64Array[];
  readonly boxes: readonly Box[];
  readonly units: readonly Unit[];
  /** Arcs along boundaries that are drawn on their own. */
  readonly marked: ReadonlySet<number>;
  /** For each arc the numbers of the units that use it: one along the coast, two along a border. */
  readonly sides: readonly (readonly number[])[];
  readonly lakes: readonly Shape[];
  readonly rivers: readonly Shape[];
  readonly disputed: readonly Shape<SentArea>[];
  readonly boundaries: readonly Shape<SentBoundary>[];
  readonly cities: readonly Spot<SentCity>[];
  readonly seas: readonly Spot<SentLabel>[];
  readonly countryPoints: readonly Spot<SentLabel>[];
  readonly relief: Relief | null;
  private readonly countries: ById<Country>;

  constructor(sent: SentGround & { relief: Relief | null }, countries: ById<Country>) {
    this.countries = countries;
    const { arcs = [], units = [], marked = [] } = sent.land ?? {};
    this.arcs = arcs.map((text) => projectPath(unpackPath(text)));
    this.boxes = this.arcs.map((arc) => boundsOf([arc]));
    this.marked = new Set(marked);
    this.units = units.map((unit, number) => this.unitOf(unit, number));
    const sides: number[][] = this.arcs.map(() => []);
    for (const unit of this.units)
      for (const number of unit.polygons.flat(2)) sides[arcNumber(number)].push(unit.number);
    this.sides = sides;
    this.lakes = shapesOf(sent.lakes);
    this.rivers = shapesOf(sent.rivers);
    this.disputed = shapesOf(sent.disputed);
    this.boundaries = shapesOf(sent.boundaries);
    this.cities = spotsOf(sent.cities);
    const labels = spotsOf(sent.labels);
    this.seas = labels.filter((label) => label.kind !== COUNTRY_LABEL);
    this.countryPoints = labels.filter((label) => label.kind === COUNTRY_LABEL);
    this.relief = sent.relief;
  }

  /** The standing of a state in a year (null: today). */
  standing(state: string | null | undefined, year: number | null): Standing {
    const role = roleIn(this.countries[state ?? ""]?.roles, year);
    if (role === "member") return "member";
    return role ? "partner" : "other";
  }

  /** What each arc separates, by the standing of the units on its sides. */
  arcKinds(standings: readonly Standing[]): ArcKind[] {
    return this.sides.map((sides) => {
      if (sides.length < 2) return "coast";
      const members = sides.filter((number) => standings[number] === "member").length;
      return members === 1 ? "rim" : "border";
    });
  }

  private unitOf(unit: SentUnit, number: number): Unit {
    const numbers = unit.polygons.flat(2).map(arcNumber);
    const box = numbers.reduce<Box>((whole, arc) => around(whole, this.boxes[arc]), [...NOWHERE]);
    const area = unit.polygons.reduce((sum, [outer]) => sum + this.ringArea(outer), 0);
    return { ...unit, number, state: unit.country ?? unit.iso_a3 ?? null, box, area };
  }

  /** Square km inside a ring of arcs, near enough to tell a large state from a small one. */
  private ringArea(ring: readonly number[]): number {
    const points = ring.flatMap((number) => {
      const arc = this.arcs[arcNumber(number)];
      const pairs = Array.from({ length: arc.length / 2 }, (_, i) => [arc[2 * i], arc[2 * i + 1]] as const);
      return number < 0 ? pairs.reverse() : pairs;
    });
    let twice = 0;
    let sumY = 0;
    for (const [i, [x, y]] of points.entries()) {
      const [nextX, nextY] = points[(i + 1) % points.length];
      twice += x * nextY - nextX * y;
      sumY += y;
    }
    const cosine = Math.cos((latitude(sumY / Math.max(1, points.length)) * Math.PI) / 180);
    return (Math.abs(twice) / 2) * (EQUATOR_KM * cosine) ** 2;
  }
}

export type BoundaryLook = "plain" | "dashed" | "none";

/** How a boundary line is drawn for a worldview on borders. */
export function boundaryLook(line: SentBoundary, worldview: string | null): BoundaryLook {
  const seen = (worldview !== null && line[`class_${worldview}`]) || line.class;
  if (seen === "unrecognized") return "none";
  return seen === "international" ? "plain" : "dashed";
}
