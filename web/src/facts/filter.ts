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

/** What no two rows of a group differ in, as of a year: all that the facets look at. */
interface Groups<Row> {
  readonly year: number | null;
  /** The group of each row. */
  readonly ofRow: Uint32Array;
  /** The first row of each group. */
  readonly first: readonly Row[];
}

/** The groups that rows make in any year, and those of the years that were asked for last. */
interface Grouped<Row> {
  /** The states of each row as they were counted: another worldview on borders puts other lists in their place. */
  readonly countries: readonly (readonly string[])[];
  readonly always: Omit<Groups<Row>, "year">;
  readonly years: Groups<Row>[];
}

const grouped = new WeakMap<readonly Filtered[], Grouped<Filtered>>();

/** Of so many years the groups are kept: the one that is shown, and the present, which the bars of the years count. */
const YEARS_KEPT = 2;

/** Between the parts of a key: in none of them. */
const MARK = "\n";

/** The groups of all rows in a year: with a hundred thousand rows there are a few hundred, of which a filter asks. */
function groupsOf<Row extends Filtered>(rows: readonly Row[], year: number | null): Groups<Row> {
  let known = grouped.get(rows) as Grouped<Row> | undefined;
  if (!known || !isAsCounted(rows, known.countries)) {
    known = { countries: rows.map((row) => row.countries), always: numbered(rows, keyOf), years: [] };
    grouped.set(rows, known as Grouped<Filtered>);
  }
  const { always, years } = known;
  const at = years.findIndex((groups) => groups.year === year);
  const [groups] = at < 0 ? [{ year, ...asOf(rows, year, always.ofRow) }] : years.splice(at, 1);
  years.unshift(groups);
  years.length = Math.min(years.length, YEARS_KEPT);
  return groups;
}

function isAsCounted(rows: readonly Filtered[], countries: readonly (readonly string[])[]): boolean {
  if (rows.length !== countries.length) return false;
  for (let i = 0; i < rows.length; i++) if (rows[i].countries !== countries[i]) return false;
  return true;
}

const keyOf = ({ layer, kind, countries, projects, lineage }: Filtered) =>
  [layer, kind, countries.join(), projects.join(), lineage.join()].join(MARK);

/** The same groups, those apart whose status or role is not the same in a year. */
function asOf<Row extends Filtered>(rows: readonly Row[], year: number | null, always: Uint32Array) {
  const words = new Map<string | null, number>();
  const numberOf = (word: string | null) => {
    const known = words.get(word) ?? words.size;
    if (known === words.size) words.set(word, known);
    return known;
  };
  for (const row of rows) void (numberOf(statusOf(row, year)) + numberOf(roleOf(row, year)));
  const count = words.size;
  const key = (row: Row, i: number) =>
    (always[i] * count + numberOf(statusOf(row, year))) * count + numberOf(roleOf(row, year));
  return numbered(rows, key);
}

/** Rows by what a key says of them, in the order in which the keys come up. */
function numbered<Row, Key>(rows: readonly Row[], key: (row: Row, at: number) => Key) {
  const ofRow = new Uint32Array(rows.length);
  const first: Row[] = [];
  const numbers = new Map<Key, number>();
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const its = key(row, i);
    let number = numbers.get(its);
    if (number === undefined) {
      number = first.push(row) - 1;
      numbers.set(its, number);
    }
    ofRow[i] = number;
  }
  return { ofRow, first };
}

/** For each facet what its filter asks of a row; null where it asks for nothing. */
function facetTestsOf(selection: Selection, known: Known): (Test | null)[] {
  return FACETS.map((facet) => {
    const chosen = wanted(selection[facet]);
    const taken = hidden(selection[facet]);
    if (!chosen.length && !taken.length) return null;
    const hasChosen = chosen.length ? having(facet, chosen, selection.year, known) : () => true;
    const hasTaken = taken.length ? having(facet, taken, selection.year, known) : () => false;
    return (row) => hasChosen(row) && !hasTaken(row);
  });
}

/** What the other filters ask of a row, each of which two rows of a group may answer differently. */
function rowTestsOf(selection: Selection, known: Known): [name: string, Test][] {
  const { year, since } = selection;
  const tests: [string, Test][] = [];
  const add = (name: string, isAsked: boolean, test: Test) => {
    if (isAsked) tests.push([name, test]);
  };
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

/** How a group fares: it passes the filters of all facets, fails that of one (its number), or those of several. */
const PASSES = -1;
const FAILS_MORE = -2;

function verdictOn(row: Filtered, tests: readonly (Test | null)[]): number {
  let verdict = PASSES;
  for (const [facet, test] of tests.entries()) {
    if (!test || test(row)) continue;
    if (verdict !== PASSES) return FAILS_MORE;
    verdict = facet;
  }
  return verdict;
}

/** The values that a row has in a facet. */
function valuesOf(row: Filtered, facet: Facet, year: number | null): readonly (string | null)[] {
  if (facet === "country") return row.countries;
  if (facet === "project") return row.lineage;
  if (facet === "status") return [statusOf(row, year)];
  if (facet === "role") return [roleOf(row, year)];
  return [row[facet]];
}

/** Whether a selection shows any of the rows; the first one that it shows is enough. */
export function showsAny(rows: readonly Filtered[], selection: Selection, known: Known): boolean {
  const facetTests = facetTestsOf(selection, known);
  const rowTests = rowTestsOf(selection, known);
  return rows.some((row) => verdictOn(row, facetTests) === PASSES && rowTests.every(([, test]) => test(row)));
}

/** Which rows pass, and for every value of every filter how many rows it would show if the other filters stay. */
export function applySelection<Row extends Filtered>(
  rows: readonly Row[],
  selection: Selection,
  known: Known,
): Result<Row> {
  const { year } = selection;
  const { ofRow, first } = groupsOf(rows, year);
  const facetTests = facetTestsOf(selection, known);
  const rowTests = rowTestsOf(selection, known);
  const verdicts = first.map((row) => verdictOn(row, facetTests));
  const times = new Uint32Array(first.length);
  const passed: Row[] = [];
  let leftOut = 0;
  for (let i = 0; i < rows.length; i++) {
    const verdict = verdicts[ofRow[i]];
    if (verdict === FAILS_MORE) continue;
    const row = rows[i];
    const failed = rowTests.find(([, test]) => !test(row));
    if (failed) {
      const [name] = failed;
      const isOnly = () => rowTests.every(([other, test]) => other === name || test(row));
      if (name === "year" && verdict === PASSES && isOnly() && mayExistIn(row, year)) leftOut += 1;
      continue;
    }
    times[ofRow[i]] += 1;
    if (verdict === PASSES) passed.push(row);
  }
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()])) as Counts;
  for (const [group, row] of first.entries()) {
    if (!times[group]) continue;
    for (const [number, facet] of FACETS.entries()) {
      if (verdicts[group] !== PASSES && verdicts[group] !== number) continue;
      for (const value of valuesOf(row, facet, year)) {
        if (value !== null) counts[facet].set(value, (counts[facet].get(value) ?? 0) + times[group]);
      }
    }
  }
  return { rows: passed, counts, leftOut };
}
