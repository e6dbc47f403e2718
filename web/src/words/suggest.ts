// What a search may mean: lines and sites, projects, places and countries whose names match in any language, the best
// first.
import type { ById, Country, Place, Project, Texts } from "../facts/types.ts";
import { fold, termsOf } from "./fold.ts";

/** How many suggestions are shown, and how many of them may belong to one project. */
const MOST = 8;
const MOST_OF_PROJECT = 3;

export type Form = "project" | "country" | "row" | "place";

/** Where names match equally well, a project comes before a state, a state before a line, a line before a place. */
const FORM_COST: Record<Form, number> = { project: 0, country: 0.2, row: 0.4, place: 0.6 };

/** How well a name answers a term. */
const BEGINS = 0;
const BEGINS_A_WORD = 1;
const HOLDS = 2;

/** Of names that answer equally well the shorter comes first. */
const COST_OF_LETTER = 1 / 1000;

export interface Entry {
  form: Form;
  id: string;
  /** The project that an entry counts to: of one project only a few are suggested. */
  home: string;
  names: Texts;
  folded: string[];
}

/** What of the world has names. */
export interface Named {
  readonly projects: ById<Project>;
  readonly countries: ById<Country>;
  readonly places: ById<Place>;
  readonly rows: readonly {
    readonly id: string;
    readonly kind: string;
    readonly title: Texts;
    readonly projects: readonly string[];
    readonly countries: readonly string[];
    readonly places: readonly string[];
  }[];
}

const entriesOf = <Value>(table: ById<Value>): [string, Value][] =>
  Object.entries(table).filter((pair): pair is [string, Value] => pair[1] !== undefined);

/** All that has a name, once each: a row named like its project is found as the project. */
export function namesOf(world: Named): Entry[] {
  const entries: Entry[] = [];
  const taken = new Set<string>();
  const add = (form: Form, id: string, names: Texts, home = id) => {
    const texts = Object.values(names).filter((text) => !!text);
    if (texts.length) entries.push({ form, id, names, home, folded: [...new Set(texts.map(fold))] });
  };
  for (const [id, project] of entriesOf(world.projects)) {
    taken.add(fold(project.title?.en ?? id));
    add("project", id, project.title ?? {});
  }
  const seen = new Set(world.rows.flatMap((row) => row.countries));
  for (const [id, country] of entriesOf(world.countries)) if (seen.has(id)) add("country", id, country.name);
  for (const row of world.rows) {
    if (row.kind === "member" || taken.has(fold(row.title.en ?? ""))) continue;
    add("row", row.id, row.title, row.projects[0]);
  }
  const along = new Set(world.rows.flatMap((row) => row.places));
  for (const [id, place] of entriesOf(world.places)) if (along.has(id)) add("place", id, place.name);
  return entries;
}

const escaped = (term: string) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** How well a folded name answers all terms; Infinity when one is missing. The name begins with the first of them. */
function fit(name: string, terms: readonly string[]): number {
  let worst = BEGINS;
  for (const [i, term] of terms.entries()) {
    const at = name.indexOf(term);
    if (at < 0) return Infinity;
    if (at === 0 && i === 0) continue;
    const beginsWord = new RegExp(`(^|[^\\p{L}\\p{N}])${escaped(term)}`, "u").test(name);
    worst = Math.max(worst, beginsWord ? BEGINS_A_WORD : HOLDS);
  }
  return worst;
}

/** The entries a text may mean, best first. */
export function suggestionsFor(entries: readonly Entry[], text: string, most = MOST): Entry[] {
  const terms = termsOf(text);
  if (!terms.length) return [];
  const found: { entry: Entry; cost: number }[] = [];
  for (const entry of entries) {
    const costs = entry.folded.map((name) => fit(name, terms) + name.length * COST_OF_LETTER);
    const cost = Math.min(...costs) + FORM_COST[entry.form];
    if (cost < Infinity) found.push({ entry, cost });
  }
  found.sort((a, b) => a.cost - b.cost || (a.entry.id < b.entry.id ? -1 : 1));
  const counts = new Map<string, number>();
  const chosen: Entry[] = [];
  for (const { entry } of found) {
    const count = (counts.get(entry.home) ?? 0) + 1;
    counts.set(entry.home, count);
    if (count <= MOST_OF_PROJECT) chosen.push(entry);
  }
  return chosen.slice(0, most);
}
