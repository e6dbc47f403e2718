// Lengths of rows and projects: the published ones of the whole, km by state, and states in the order of travel.
import type { RowForm } from "./row.ts";
import type { PublishedLength } from "./types.ts";

interface Measured {
  readonly id: string;
  readonly form: RowForm;
  readonly projects: readonly string[];
}

/** The published lengths of the whole of something: of a project, or of a row, which its project's length is not. */
export function wholeLengths(
  lengths: readonly PublishedLength[] | undefined,
  row: Measured | null,
  rows: readonly Measured[],
): PublishedLength[] {
  const siblings = () => rows.filter((other) => other.form === "line" && other.projects[0] === row?.projects[0]);
  const alone = row === null || siblings().length === 1;
  return (lengths ?? []).filter(({ scope }) => {
    if (scope === "segment") return true;
    return (row !== null && scope === row.id) || (alone && scope === "all");
  });
}

/** States of several rows in one order of travel: each row's own order is kept where they do not contradict. */
export function travelOrder(sequences: readonly (readonly string[])[]): string[] {
  const before = new Map<string, Set<string>>();
  for (const sequence of sequences) {
    for (const [i, code] of sequence.entries()) {
      const earlier = before.get(code) ?? new Set();
      if (i) earlier.add(sequence[i - 1]);
      before.set(code, earlier);
    }
  }
  const order: string[] = [];
  while (order.length < before.size) {
    const rest = [...before.keys()].filter((code) => !order.includes(code));
    const open = (code: string) => [...(before.get(code) ?? [])].filter((other) => rest.includes(other)).length;
    order.push(rest.reduce((best, code) => (open(code) < open(best) ? code : best)));
  }
  return order;
}

export interface Travelled {
  readonly form: RowForm;
  readonly km: number;
  readonly countries: readonly string[];
  readonly kmByCountry: Readonly<Record<string, number>>;
}

export interface KmByCountry {
  total: number;
  /** States with a length, in the order of travel. */
  countries: [string, number][];
  /** What lies in no state. */
  sea: number;
}

/** The km of lines in each state. */
export function kmByCountry(rows: readonly Travelled[]): KmByCountry {
  const lines = rows.filter((row) => row.form === "line");
  const sums = new Map(travelOrder(lines.map((row) => row.countries)).map((code) => [code, 0]));
  let total = 0;
  for (const row of lines) {
    total += row.km;
    for (const code of row.countries) sums.set(code, (sums.get(code) ?? 0) + (row.kmByCountry[code] ?? 0));
  }
  const countries = [...sums].filter(([, km]) => km > 0);
  const land = countries.reduce((sum, [, km]) => sum + km, 0);
  return { total, countries, sea: total - land };
}
