// The ledger of announced openings: who said what for when, how far it slipped, and what became of it. The same figures
// as sco_map/routing/promises.py.
import { LANGUAGES, OPERATING, UNFINISHED } from "../contract.ts";
import { latest, yearOf, yearOfStatus } from "../facts/phases.ts";
import { alsoCalled, lineageOf, type Row } from "../facts/row.ts";
import type { Phase, Project, PromisedOpening, Prose, Texts } from "../facts/types.ts";
import { nearest } from "../words/likeness.ts";
import type { Charted } from "./links.ts";
import { type Complaint, unknown } from "./questions.ts";
import type { Refusal } from "./routes.ts";

/** Unknown is that of what is in operation and nobody knows since when. */
export type Outcome = "kept" | "late" | "open" | "given_up" | "unknown";
export const OUTCOMES: readonly Outcome[] = ["kept", "late", "open", "given_up", "unknown"];

/** One announced opening of a project or of a row of it. */
export interface Announcement {
  readonly id: string;
  /** The row, null for an announcement of the whole project. */
  readonly row: Row | null;
  readonly project: string;
  readonly title: Texts;
  readonly countries: readonly string[];
  readonly opens: string;
  readonly said: string | null;
  readonly by: Prose | null;
  readonly source: string | null;
  /** How many years later it is than the first announcement of the same. */
  readonly slipYears: number;
  readonly outcome: Outcome;
  readonly opened: number | null;
}

/** All announcements, and the years from breaking ground to opening of each course of building. */
export interface Ledger {
  readonly year: number;
  readonly announcements: readonly Announcement[];
  readonly counts: Readonly<Record<Outcome, number>>;
  readonly builds: readonly (readonly [id: string, years: number])[];
  readonly medianBuildYears: number | null;
}

/** Whose promises, as of which year (null: that of the facts). Nothing chosen: all. */
export interface PromisesQuestion {
  readonly projects: readonly string[];
  readonly countries: readonly string[];
  /** A part of the name of who said it. */
  readonly by: string | null;
  readonly year: number | null;
}

/** A project, or a row that says phases or promises of its own. */
interface Thing {
  readonly id: string;
  readonly row: Row | null;
  readonly title: Texts;
  readonly phases: readonly Phase[];
  readonly promises: readonly PromisedOpening[];
  readonly countries: readonly string[];
}

const CONSTRUCTION = "construction";
/** So many of those who announced most are named. */
const MOST_OFFERED = 3;

export function promisesOf(charted: Charted, question: PromisesQuestion): Ledger | Refusal {
  const year = question.year ?? charted.page.year;
  const complaints = faultsOf(charted, question);
  const by = question.by?.toLowerCase();
  if (question.by !== null && by !== undefined) {
    const said = promisers(charted);
    if (![...said.values()].some((name) => isNamed(name, by))) complaints.push(unknownPromiser(question.by, said));
  }
  if (complaints.length) return { complaints };
  const announcements: Announcement[] = [];
  const builds: [string, number][] = [];
  const wanted = new Set(question.countries);
  const isWanted = (countries: readonly string[]) => !wanted.size || countries.some((code) => wanted.has(code));
  for (const [id, things] of thingsBy(charted)) {
    const lineage = lineageOf(id, charted.projects);
    if (question.projects.length && !question.projects.some((above) => lineage.includes(above))) continue;
    for (const thing of things)
      if (isWanted(thing.countries)) announcements.push(...announced(charted, thing, id, year));
    if (isWanted(things[0].countries)) builds.push(...built(things, year));
  }
  const found = announcements.filter((entry) => by === undefined || isNamed(entry.by, by));
  const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
  found.sort((a, b) => order(a.id, b.id) || order(a.said ?? "", b.said ?? "") || order(a.opens, b.opens));
  builds.sort(([one, its], [other, theirs]) => order(one, other) || its - theirs);
  const counts = { kept: 0, late: 0, open: 0, given_up: 0, unknown: 0 };
  for (const { outcome } of found) counts[outcome] += 1;
  const medianBuildYears = median(builds.map(([, years]) => years));
  return { year, announcements: found, counts, builds, medianBuildYears };
}

const textsOf = (name: Prose | null): string[] => (typeof name === "string" ? [name] : Object.values(name ?? {}));

/** Whether a part of a name is in it, in any language. */
const isNamed = (name: Prose | null, part: string): boolean =>
  textsOf(name).some((text) => text.toLowerCase().includes(part));

/** Who announced an opening, by the English name, those with the most announcements first. */
export function promisers(charted: Charted): Map<string, Prose> {
  const counts = new Map<string, { name: Prose; count: number }>();
  for (const things of thingsBy(charted).values()) {
    for (const { by } of things.flatMap(({ promises }) => promises)) {
      if (!by) continue;
      const english = typeof by === "string" ? by : (by.en ?? "");
      counts.set(english, { name: by, count: (counts.get(english)?.count ?? 0) + 1 });
    }
  }
  const sorted = [...counts].sort(([one, its], [other, theirs]) => theirs.count - its.count || (one < other ? -1 : 1));
  return new Map(sorted.map(([english, { name }]) => [english, name]));
}

/** Names and the words that they are made of, by any of which one may look for them. */
const withWords = (names: readonly string[]): string[] => [...names, ...names.flatMap((name) => name.split(/[ ,]+/))];

/** The complaint about somebody who announced nothing: who is spelt alike, else who announced most. */
function unknownPromiser(value: string, said: ReadonlyMap<string, Prose>): Complaint {
  const offers = nearest(
    value,
    [...said].map(([english, name]) => [english, withWords(textsOf(name))]),
  );
  const known = [...said.keys()].slice(0, MOST_OFFERED);
  return { fault: "promiser", value, offers, known, names: Object.fromEntries(said) };
}

function faultsOf(charted: Charted, { projects, countries }: PromisesQuestion): Complaint[] {
  const namesOf = (texts: Texts | undefined) => LANGUAGES.flatMap((lang) => texts?.[lang] ?? []);
  const all = (table: Charted["projects"] | Charted["countries"]) =>
    Object.entries(table).map(([id, entry]) => {
      const names = namesOf(entry && ("title" in entry ? entry.title : entry.name));
      return [id, [...names, ...alsoCalled(charted, id)]] as const;
    });
  return [
    ...projects.filter((id) => !charted.projects[id]).map((id) => unknown("project", id, all(charted.projects))),
    ...countries.filter((id) => !charted.countries[id]).map((id) => unknown("country", id, all(charted.countries))),
  ];
}

/** Each project with what it says of itself and what its rows say otherwise; the project comes first. */
function thingsBy(charted: Charted): Map<string, Thing[]> {
  const states = new Map<string, Set<string>>();
  const rows = new Map<string, Row[]>();
  for (const row of charted.rows) {
    const home = row.projects[0] ?? "";
    rows.set(home, [...(rows.get(home) ?? []), row]);
    for (const id of row.lineage) {
      const known = states.get(id) ?? new Set();
      for (const code of row.facts.countries ?? []) known.add(code);
      states.set(id, known);
    }
  }
  const things = new Map<string, Thing[]>();
  for (const [id, project] of Object.entries(charted.projects)) {
    if (!project) continue;
    const whole = {
      id,
      row: null,
      title: project.title,
      phases: project.phases ?? [],
      promises: project.promises ?? [],
      countries: [...(states.get(id) ?? [])],
    };
    const own = (rows.get(id) ?? []).sort((one, other) => (one.id < other.id ? -1 : 1));
    things.set(id, [whole, ...own.flatMap((row) => ownOf(row, project))]);
  }
  return things;
}

/** What a row says of its phases and promises, where that is not what its project says. */
function ownOf(row: Row, project: Project): Thing[] {
  const { phases, promises, countries = [] } = row.facts;
  const own = promises === project.promises ? [] : (promises ?? []);
  if (!own.length && phases === project.phases) return [];
  return [{ id: row.id, row, title: row.title, phases: row.phases, promises: own, countries }];
}

/** The announcements of a thing that were made by a year. */
function announced(charted: Charted, { phases, promises, ...thing }: Thing, project: string, year: number) {
  const [first] = promises;
  const begun = yearOfStatus(phases, OPERATING);
  const status = latest(phases, null)?.status ?? "";
  const isUndated = begun === null && status === OPERATING;
  return promises.flatMap((promise): Announcement[] => {
    const { opens, said = null, by = null, source = null } = promise;
    // Of an announcement without a date its source is the last proof, else the facts themselves.
    const saidBy = yearOf(said ?? charted.sources[source ?? ""]?.published) ?? charted.page.year;
    if (saidBy > year) return [];
    const due = yearOf(opens) ?? year;
    const slipYears = due - (yearOf(first.opens) ?? due);
    const opened = openingSince(phases, saidBy, year);
    const ran = (begun ?? year) < saidBy;
    const outcome = isUndated ? "unknown" : outcomeOf(status, due, opened, year, ran);
    return [{ ...thing, project, opens, said, by, source, slipYears, outcome, opened }];
  });
}

/** The year of the first opening by a year; of what ran before a year `said`, that of the first opening since. */
function openingSince(phases: readonly Phase[], said: number, year: number): number | null {
  const opened = phases.filter(({ status }) => status === OPERATING).map(({ from }) => yearOf(from));
  const [first = null, ...later] = opened;
  const found = first !== null && first < said ? later.find((one) => one !== null && one >= said) : first;
  return typeof found === "number" && found <= year ? found : null;
}

/**
 * What became of an announcement by the end of a year; a year that is not over is not late. Of a thing that `ran`
 * already nobody may know whether what was announced has come.
 */
function outcomeOf(status: string, due: number, opened: number | null, year: number, ran: boolean): Outcome {
  if (opened !== null) return opened <= due ? "kept" : "late";
  if (ran && status === OPERATING && due < year) return "unknown";
  if (!UNFINISHED.has(status) && status !== OPERATING) return "given_up";
  return due < year ? "late" : "open";
}

/**
 * How many years each thing took from breaking ground to opening, where both are known; each course of building once.
 */
function built(things: readonly Thing[], year: number): [string, number][] {
  const found = new Map<string, [string, number]>();
  for (const { id, phases } of things) {
    const [begun, opened] = [yearOfStatus(phases, CONSTRUCTION), yearOfStatus(phases, OPERATING)];
    if (begun === null || opened === null || begun > opened || opened > year) continue;
    const course = `${begun} ${opened}`;
    if (!found.has(course)) found.set(course, [id, opened - begun]);
  }
  return [...found.values()];
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  if (!sorted.length) return null;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
