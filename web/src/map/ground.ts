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
import { type Box, boundsOf, EQUATOR_KM, latitude, NOWHERE, projectPath, widen } from "../geometry/mercator.ts";
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

/** What an arc adds to a ring: twice the area between it and the origin, how many points, and the sum of their y. */
interface ArcSums {
  twice: number;
  y: number;
  count: number;
}

function sumsOf(arc: Float64Array): ArcSums {
  let twice = 0;
  let y = 0;
  for (let i = 0; i < arc.length; i += 2) {
    if (i + 2 < arc.length) twice += arc[i] * arc[i + 3] - arc[i + 2] * arc[i + 1];
    y += arc[i + 1];
  }
  return { twice, y, count: arc.length / 2 };
}

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
  private readonly sums: readonly ArcSums[];
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
    this.sums = this.arcs.map(sumsOf);
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
    const box: Box = [...NOWHERE];
    for (const arc of unit.polygons.flat(2)) widen(box, this.boxes[arcNumber(arc)]);
    const area = unit.polygons.reduce((sum, [outer]) => sum + this.ringArea(outer), 0);
    return { ...unit, number, state: unit.country ?? unit.iso_a3 ?? null, box, area };
  }

  /** Square km inside a ring of arcs, near enough to tell a large state from a small one. */
  private ringArea(ring: readonly number[]): number {
    let twice = 0;
    let sumY = 0;
    let count = 0;
    for (const number of ring) {
      const sums = this.sums[arcNumber(number)];
      twice += number < 0 ? -sums.twice : sums.twice;
      sumY += sums.y;
      count += sums.count;
    }
    const cosine = Math.cos((latitude(sumY / Math.max(1, count)) * Math.PI) / 180);
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
