// What a search may mean: lines and sites, projects, places and countries whose names match in any language, the best
// first.
import { LANGUAGES } from "../contract.ts";
import { alsoCalled, outsideIds, placeAlsoCalled } from "../facts/row.ts";
import type { ById, Country, OutsideIds, Place, Project, Texts } from "../facts/types.ts";
import { fold, termsOf } from "./fold.ts";
import { Likeness } from "./likeness.ts";

/** How many suggestions are shown, and how many of them may belong to one project. */
const MOST = 8;
const MOST_OF_PROJECT = 3;

const EVENT = "event";

export type Form = "project" | "country" | "row" | "place";

/** Where names match equally well, a project comes before a state, a state before a line, a line before a place. */
const FORM_COST: Record<Form, number> = { project: 0, country: 0.2, row: 0.4, place: 0.6 };

/** How well a name answers a term. A name that is the text itself comes first, whatever has it. */
const EQUALS = -1;
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
  /** All names, folded; an event has the names of its places, too. */
  folded: string[];
  /** What others call it, folded: answers only a text that is the whole of one. */
  ids?: readonly string[];
}

/** What of the world has names. */
export interface Named {
  readonly projects: ById<Project>;
  readonly countries: ById<Country>;
  readonly places: ById<Place>;
  readonly also?: ById<string[]>;
  readonly rows: readonly {
    readonly id: string;
    readonly facts?: OutsideIds;
    readonly kind: string;
    readonly title: Texts;
    readonly projects: readonly string[];
    readonly countries: readonly string[];
    readonly places: readonly string[];
  }[];
}

const entriesOf = <Value>(table: ById<Value>): [string, Value][] =>
  Object.entries(table).filter((pair): pair is [string, Value] => pair[1] !== undefined);

const textsOf = (names: Texts): string[] => LANGUAGES.flatMap((lang) => names[lang] || []);

/** The names of an event with that of its place behind them, in each language. */
function namesInCity({ title, places }: Named["rows"][number], world: Named): string[] {
  return places.flatMap((id) => {
    const names = world.places[id]?.name ?? {};
    return LANGUAGES.flatMap((lang) => (title[lang] && names[lang] ? `${title[lang]} ${names[lang]}` : []));
  });
}

/** All that has a name, once each: a row named like its project is found as the project. */
export function namesOf(world: Named): Entry[] {
  const entries: Entry[] = [];
  const taken = new Set<string>();
  const add = (form: Form, id: string, names: Texts, facts?: OutsideIds, home = id, more: readonly string[] = []) => {
    const also = form === "place" ? placeAlsoCalled(world, id) : alsoCalled(world, id);
    const texts = [...textsOf(names), ...more, ...also];
    const ids = outsideIds(facts).map(fold);
    if (texts.length) entries.push({ form, id, names, home, folded: [...new Set(texts.map(fold))], ids });
  };
  for (const [id, project] of entriesOf(world.projects)) {
    taken.add(fold(project.title?.en ?? id));
    add("project", id, project.title ?? {}, project);
  }
  const seen = new Set(world.rows.flatMap((row) => row.countries));
  for (const [id, country] of entriesOf(world.countries)) if (seen.has(id)) add("country", id, country.name, country);
  for (const row of world.rows) {
    if (row.kind === "member" || taken.has(fold(row.title.en ?? ""))) continue;
    add("row", row.id, row.title, row.facts, row.projects[0], row.kind === EVENT ? namesInCity(row, world) : []);
  }
  const along = new Set(world.rows.flatMap((row) => row.places));
  for (const [id, place] of entriesOf(world.places)) if (along.has(id)) add("place", id, place.name, place.ids);
  return entries;
}

const escaped = (term: string) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** How well a folded name answers all terms; Infinity when one is missing. The name begins with the first of them. */
function fit(name: string, terms: readonly string[]): number {
  if (name === terms.join(" ")) return EQUALS;
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
  const whole = terms.join("");
  const found: { entry: Entry; cost: number }[] = [];
  for (const entry of entries) {
    const costs = entry.folded.map((name) => fit(name, terms) + name.length * COST_OF_LETTER);
    if (entry.ids?.includes(whole)) costs.push(EQUALS);
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

/** How many entries are named where nothing answers a text. */
const MOST_INSTEAD = 3;

/** What a text may mean: what answers it, else what is spelt most like it in any script. */
export class Suggestions {
  readonly entries: readonly Entry[];
  private readonly likeness = new Likeness();
  private taken = 0;

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
  }

  /** Learn how names are spelt, a few at a time: may run before it is asked for. */
  *prepare(): Generator<void> {
    const atOnce = 64;
    for (; this.taken < this.entries.length; this.taken += 1) {
      this.likeness.add(this.entries[this.taken].folded);
      if (this.taken % atOnce === atOnce - 1) yield;
    }
  }

  /** The entries a text may mean, best first. */
  for(text: string): Entry[] {
    const exact = suggestionsFor(this.entries, text);
    if (exact.length) return exact;
    const seen = new Set<string>();
    const isNew = ({ home, names }: Entry) => ![home, names.en ?? home].some((one) => seen.has(one));
    const once = this.instead(text, MOST).filter((entry) => {
      const isFirst = isNew(entry);
      for (const one of [entry.home, entry.names.en ?? entry.home]) seen.add(one);
      return isFirst;
    });
    return once.slice(0, MOST_INSTEAD);
  }

  /** The entries whose names are most like a text. */
  instead(text: string, most = MOST_INSTEAD): Entry[] {
    const learning = this.prepare();
    while (!learning.next().done);
    return this.likeness.mostAlike(text, most).map((number) => this.entries[number]);
  }
}
