// Filters by number: how a range is written and whether a row's own figure lies in it; the same rules as
// sco_map/model/ranges.py.
import { FIRST_YEAR, LAST_YEAR, MEASURES, OPERATING, type RangeKey } from "../contract.ts";
import { wordsOf } from "../words/fold.ts";
import { yearOfStatus } from "./phases.ts";
import type { Facts, Phase } from "./types.ts";

const RANGE = /^([0-9]{1,9}(?:\.[0-9]{1,3})?)? ?([-–])? ?([0-9]{1,9}(?:\.[0-9]{1,3})?)? ?([A-Za-z][^0-9]*)?$/;

/** From `low` to `high`, both included, null where it is open; `unit` where rows have several. */
export interface Range {
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string | null;
}

/** What a figure is taken from. */
export interface Measured {
  readonly phases: readonly Phase[];
  readonly facts: Pick<Facts, "capacity" | "capacity_unit" | "length_km" | "diameter_mm">;
}

const isYear = (number: number | null) =>
  number === null || (Number.isInteger(number) && number >= FIRST_YEAR && number <= LAST_YEAR);

/** The range that a text asks for in a filter; null when it is none. */
export function parseRange(name: RangeKey, text: string | null): Range | null {
  const measure = MEASURES[name];
  const found = RANGE.exec(wordsOf(text ?? "").join(" "));
  if (!found) return null;
  const [, first, dash, last, unit] = found;
  if (!(first || last) || (last && !dash)) return null;
  const needsUnit = measure.unit_column !== undefined;
  if (needsUnit ? !unit : unit && unit !== measure.unit) return null;
  const low = first ? Number(first) : null;
  const high = dash ? (last ? Number(last) : null) : low;
  if (low !== null && high !== null && low > high) return null;
  if (measure.is_year && !(isYear(low) && isYear(high))) return null;
  return { low, high, unit: needsUnit ? unit : null };
}

/** A range as an address carries it; of a single number that number. */
export function formatRange({ low, high, unit }: Range): string {
  return `${low === high ? low : `${low ?? ""}-${high ?? ""}`}${unit ?? ""}`;
}

/** A row's own figure, null where it has none; in a year of the map what opens later has not opened. */
export function figureOf(row: Measured, name: RangeKey, unit: string | null, year: number | null): number | null {
  if (name === "opened") {
    const opened = yearOfStatus(row.phases, OPERATING);
    return opened !== null && year !== null && opened > year ? null : opened;
  }
  const { capacity, capacity_unit, length_km, diameter_mm } = row.facts;
  if (name === "capacity") return capacity !== undefined && capacity_unit === unit ? capacity : null;
  return (name === "length" ? length_km : diameter_mm) ?? null;
}

/** Whether a row's own figure lies in a range. */
export function isWithin(row: Measured, name: RangeKey, { low, high, unit }: Range, year: number | null): boolean {
  const figure = figureOf(row, name, unit, year);
  return figure !== null && (low === null || figure >= low) && (high === null || figure <= high);
}
