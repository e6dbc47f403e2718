// Which rows a selection shows, and how many each value of each filter would show; the same rules as sco_map/atlas.
import { ALL_MEMBERS, FACETS, type Facet, MEMBER, OPERATING, OWN_PREFIX, RANGES, UNFINISHED } from "../contract.ts";
import { termsOf } from "../words/fold.ts";
import { isProvenIn, roleIn, statusIn, yearOf, yearOfStatus } from "./phases.ts";
import { isWithin, type Measured, parseRange } from "./ranges.ts";
import { hidden, type Selection, wanted } from "./selection.ts";
import type { ById, Country, DatedRole, Phase, PromisedOpening } from "./types.ts";

/** What the filters look at in a row. */
export interface Filtered {
  readonly countries: readonly string[];
  readonly projects: readonly string[];
  /** The projects and everything above them. */
  readonly lineage: readonly string[];
  readonly layer: string;
  readonly kind: string;
  readonly status: string | null;
  readonly role: string | null;
  readonly phases: readonly Phase[];
  readonly roles: readonly DatedRole[];
  readonly date: string | null;
  readonly facts: { readonly promises?: readonly PromisedOpening[] } & Measured["facts"];
  /** The folded text that a search looks in. */
  readonly haystack: string;
}

/** What the filters know besides the rows. */
export interface Known {
  readonly countries: ById<Country>;
  /** Projects by parent. */
  readonly children: ById<string[]>;
  /** `year`: that of the facts. */
  readonly page: { readonly year: number };
}

/** For each filter and each value of it the number of rows that it would show if the other filters stay. */
export type Counts = Record<Facet, Map<string, number>>;

export interface Result<Row> {
  rows: Row[];
  counts: Counts;
  /** How many rows a past year leaves out only because nobody says since when they are there. */
  leftOut: number;
}

/** The countries that are members in `year` (null: today). */
export const membersIn = (countries: ById<Country>, year: number | null): string[] =>
  Object.keys(countries).filter((code) => roleIn(countries[code]?.roles, year) === MEMBER);

/** Whether a row counts in sums of km and countries: built or planned at a place, so no river and no agreement; of a
 * reader's own files whatever has a place, since many say no status. */
export const isCounted = (row: { phases: readonly Phase[]; form: string; layer: string }): boolean =>
  (row.phases.length > 0 || row.layer.startsWith(OWN_PREFIX)) && row.form !== "none";

export const statusOf = (row: Pick<Filtered, "status" | "phases">, year: number | null): string | null =>
  year === null ? row.status : statusIn(row.phases, year);

export const roleOf = (row: Pick<Filtered, "role" | "roles">, year: number | null): string | null =>
  year === null ? row.role : roleIn(row.roles, year);

type Begun = Pick<Filtered, "status" | "phases" | "role" | "roles" | "date">;

/**
 * Whether a row existed in `year`; null is today, when everything that is on the map exists. Before `now`, the year of
 * the facts, a phase without a date proves nothing.
 */
export const existsIn = (row: Begun, year: number | null, now: number): boolean =>
  mayExistIn(row, year) && (year === null || year >= now || !row.phases.length || isProvenIn(row.phases, year));

/** The same, where a phase without a date counts as having always been there. */
function mayExistIn(row: Begun, year: number | null): boolean {
  if (year === null) return true;
  if (row.phases.length && statusOf(row, year) === null) return false;
  if (row.roles.length && roleOf(row, year) === null) return false;
  return (yearOf(row.date) ?? year) <= year;
}

const isBetween = (opened: number | null, first: number, last: number | null) =>
  opened !== null && opened >= first && (last === null || opened <= last);

/** Whether the last promise is of an opening in the year or before, neither kept nor given up; `now`: today's year. */
export function isOverdue(row: Pick<Filtered, "status" | "phases" | "facts">, year: number | null, now: number) {
  const promised = yearOf(row.facts.promises?.at(-1)?.opens);
  return promised !== null && promised <= (year ?? now) && UNFINISHED.has(statusOf(row, year));
}

/** Projects and everything below them in the tree. */
export function withDescendants(projects: readonly string[], children: ById<string[]>): Set<string> {
  const found = new Set<string>();
  const open = [...projects];
  for (let project = open.pop(); project !== undefined; project = open.pop()) {
    if (found.has(project)) continue;
    found.add(project);
    open.push(...(children[project] ?? []));
  }
  return found;
}

type Test = (row: Filtered) => boolean;

/** Whether a row has any of the values in a facet. */
function having(facet: Facet, values: readonly string[], year: number | null, known: Known): Test {
  const holdsAny = (own: readonly string[], wished: ReadonlySet<string>) => own.some((one) => wished.has(one));
  if (facet === "country") {
    const membersToo = (code: string) => (code === ALL_MEMBERS ? membersIn(known.countries, year) : [code]);
    const countries = new Set(values.flatMap(membersToo));
    return (row) => holdsAny(row.countries, countries);
  }
  if (facet === "project") {
    const projects = withDescendants(values, known.children);
    return (row) => holdsAny(row.projects, projects);
  }
  const wished: ReadonlySet<string | null> = new Set(values);
  if (facet === "layer") return (row) => wished.has(row.layer);
  if (facet === "kind") return (row) => wished.has(row.kind);
  if (facet === "status") return (row) => wished.has(statusOf(row, year));
  return (row) => wished.has(roleOf(row, year));
}

/** One test per filter; a row that passes all of them is shown. What restricts nothing has no test. */
function testsOf(selection: Selection, known: Known): [string, Test][] {
  const { year, since } = selection;
  const tests: [string, Test][] = [];
  const add = (name: string, isAsked: boolean, test: Test) => {
    if (isAsked) tests.push([name, test]);
  };
  for (const facet of FACETS) {
    const chosen = wanted(selection[facet]);
    const taken = hidden(selection[facet]);
    const hasChosen = chosen.length ? having(facet, chosen, year, known) : () => true;
    const hasTaken = taken.length ? having(facet, taken, year, known) : () => false;
    add(facet, chosen.length + taken.length > 0, (row) => hasChosen(row) && !hasTaken(row));
  }
  add("year", year !== null, (row) => existsIn(row, year, known.page.year));
  add("since", since !== null, (row) => isBetween(yearOfStatus(row.phases, OPERATING), since ?? 0, year));
  add("late", selection.late, (row) => isOverdue(row, year, known.page.year));
  for (const name of RANGES) {
    const range = parseRange(name, selection[name]);
    if (range) add(name, true, (row) => isWithin(row, name, range, year));
  }
  const terms = termsOf(selection.q);
  add("q", terms.length > 0, (row) => terms.every((term) => row.haystack.includes(term)));
  return tests;
}

/** How many rows have each value of a facet; of rows beside each other, which are often alike, added up at once. */
class Tally {
  readonly counts = new Map<string, number>();
  private last = "";
  private times = 0;

  add(value: string | null): void {
    if (value === null) return;
    if (value !== this.last) {
      this.flush();
      this.last = value;
    }
    this.times += 1;
  }

  flush(): void {
    if (this.times) this.counts.set(this.last, (this.counts.get(this.last) ?? 0) + this.times);
    this.times = 0;
  }
}

/** Count a row in a facet. */
function count(tally: Tally, facet: Facet, row: Filtered, year: number | null): void {
  if (facet === "country" || facet === "project") {
    for (const value of facet === "country" ? row.countries : row.lineage) tally.add(value);
  } else if (facet === "status") tally.add(statusOf(row, year));
  else if (facet === "role") tally.add(roleOf(row, year));
  else tally.add(row[facet]);
}

/** Which rows pass, and for every value of every filter how many rows it would show if the other filters stay. */
export function applySelection<Row extends Filtered>(
  rows: readonly Row[],
  selection: Selection,
  known: Known,
): Result<Row> {
  const tests = testsOf(selection, known);
  const tallies = FACETS.map((facet) => [facet, new Tally()] as const);
  const passed: Row[] = [];
  let leftOut = 0;
  for (const row of rows) {
    let failed: string | null = null;
    let more = false;
    for (const [name, test] of tests) {
      if (test(row)) continue;
      more = failed !== null;
      failed ??= name;
      if (more) break;
    }
    if (more) continue;
    if (failed === null) passed.push(row);
    if (failed === "year" && mayExistIn(row, selection.year)) leftOut += 1;
    for (const [facet, tally] of tallies) {
      if (failed === null || failed === facet) count(tally, facet, row, selection.year);
    }
  }
  for (const [, tally] of tallies) tally.flush();
  const counts = Object.fromEntries(tallies.map(([facet, tally]) => [facet, tally.counts])) as Counts;
  return { rows: passed, counts, leftOut };
}
