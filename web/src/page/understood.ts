// What of an address is understood: unknown, doubled and impossible values are left out and named, each with what it
// may have meant. Knows no document; whatever an address holds stays text.
import type { Inquiry } from "../answers/inquiry.ts";
import {
  ALL_MEMBERS,
  FACETS,
  type Facet,
  FIRST_YEAR,
  HIDDEN,
  LAST_YEAR,
  type Language,
  NETWORK,
  NETWORK_KEYS,
  RANGES,
  type RangeKey,
  STORY,
  VIEW_KEYS,
  YEARS,
} from "../contract.ts";
import { formatRange, parseRange } from "../facts/ranges.ts";
import { alsoCalled } from "../facts/row.ts";
import { listed, type Selection, WHOLE_NUMBER } from "../facts/selection.ts";
import type { ById, Story, Texts } from "../facts/types.ts";
import { AIMS, KINDS } from "../routing/index.ts";
import { toldBy } from "../stories/told.ts";
import { nearest } from "../words/likeness.ts";
import { type Asked, EMBED, parseView, STYLE_WORDS, type ViewWords } from "./address.ts";

/** A part of an address, as it stands there. */
export interface Word {
  readonly key: string;
  readonly value: string;
}

/** A part of an address that was not understood, and what would be right. */
export interface Misread extends Word {
  readonly offers: readonly Word[];
}

/** What can be asked for. */
export interface Askable {
  readonly countries: ById<{ readonly name: Texts }>;
  /** What else readers call states and projects. */
  readonly also?: ById<string[]>;
  readonly projects: ById<{ readonly title?: Texts }>;
  readonly layers: ById<{ readonly title: Texts }>;
  readonly vocabulary: ById<ById<{ readonly label?: Texts }>>;
  readonly stories: readonly Story[];
  readonly languages: readonly Language[];
  worldviews(): string[];
}

const THEMES = ["light", "dark"];
const SWITCH = ["0", "1"];

/** Every word that an address may hold. */
const KEYS: readonly string[] = [
  ...FACETS,
  ...YEARS,
  "late",
  ...RANGES,
  "q",
  ...VIEW_KEYS,
  ...NETWORK_KEYS,
  STORY,
  EMBED,
];

/** An address is read up to so many values of a filter that are wrong; more of them are not even compared. */
const MOST_COMPARED = 12;

/** What is longer is no name that anyone looks for. */
const LONGEST_SEARCH = 300;

type Known = [string, string[]][];

/** So few known values are all offered where none of them is like what an address has. */
const FEW = 4;

const idsOf = (known: Known): string[] => known.map(([id]) => id);

/** How many ways a route has, and how many are put side by side. */
const { most_alternatives: MOST_WAYS, most_compared: MOST_SIDE_BY_SIDE } = NETWORK;

const namesOf = (texts: Texts | undefined): string[] => Object.values(texts ?? {}).filter((text) => !!text);
const plainly = (ids: readonly string[]): Known => ids.map((id) => [id, []]);
const likeOf = (ids: readonly string[], text: string) => nearest(text, plainly(ids));

function tableOf<Entry>(table: ById<Entry>, names: (entry: Entry) => Texts | undefined): Known {
  return Object.entries(table).flatMap(([id, entry]) => (entry ? [[id, namesOf(names(entry))]] : []));
}

/** The values that a filter knows, each with its names. */
function knownOf(facet: Facet, world: Askable): Known {
  const withOthers = (known: Known): Known => known.map(([id, names]) => [id, [...names, ...alsoCalled(world, id)]]);
  if (facet === "country") return [[ALL_MEMBERS, []], ...withOthers(tableOf(world.countries, ({ name }) => name))];
  if (facet === "project") return withOthers(tableOf(world.projects, ({ title }) => title));
  if (facet === "layer") return tableOf(world.layers, ({ title }) => title);
  return tableOf(world.vocabulary[facet] ?? {}, ({ label }) => label);
}

const isYear = (text: string) => WHOLE_NUMBER.test(text) && Number(text) >= FIRST_YEAR && Number(text) <= LAST_YEAR;

/** The year that an address may name which is nearest to another one. */
const yearsLike = (text: string): string[] =>
  WHOLE_NUMBER.test(text) ? [String(Math.min(LAST_YEAR, Math.max(FIRST_YEAR, Number(text))))] : [];

/** Ranges that a text which is none may have meant: the ends turned round, or a unit behind it. */
function rangesLike(name: RangeKey, text: string, units: readonly string[]): string[] {
  const turned = text.replace(/^\s*([\d.]+)\s*[-–]\s*([\d.]+)/, "$2-$1");
  const [, numbers = text, unit = ""] = /^([\d.\s–-]*)(.*)$/.exec(text) ?? [];
  const like = name === "capacity" ? (unit ? nearest(unit, plainly(units)) : units) : [];
  const withUnits = [numbers, turned].flatMap((range) => like.map((one) => `${range}${one}`));
  const tries = [text, turned, ...withUnits];
  const ranges = tries.map((one) => parseRange(name, one)).filter((range) => range !== null);
  return [...new Set(ranges.filter(({ unit: own }) => own === null || units.includes(own)).map(formatRange))].slice(
    0,
    2,
  );
}

/** What an address asks for with all that is not understood left out, and what that is. */
export function understood(asked: Asked, world: Askable): { asked: Asked; misread: Misread[] } {
  const misread: Misread[] = [];
  const selection: Selection = { ...asked.selection };
  const view: ViewWords & { story: string | null } = { ...asked.view };
  const miss = (key: string, value: string, offers: readonly string[] = []) =>
    misread.push({ key, value, offers: offers.map((offer) => ({ key, value: offer })) });
  const all = (key: string) => asked.words.filter((word) => word.key === key).map(({ value }) => value);

  for (const facet of FACETS) readFacet(facet);
  for (const key of YEARS) {
    const [text] = readOnce(key);
    if (text === undefined || isYear(text)) continue;
    selection[key] = null;
    miss(key, text, yearsLike(text));
  }
  const units = Object.keys(world.vocabulary.capacity_unit ?? {});
  for (const key of RANGES) {
    const [text] = readOnce(key);
    if (text === undefined) continue;
    const range = parseRange(key, text);
    if (range && (range.unit === null || units.includes(range.unit))) continue;
    selection[key] = null;
    miss(key, text, rangesLike(key, text, units));
  }
  if (selection.q && selection.q.length > LONGEST_SEARCH) {
    miss("q", selection.q);
    selection.q = null;
  }
  for (const text of all("late")) if (!SWITCH.includes(text)) miss("late", text, ["1"]);
  for (const text of all(EMBED)) if (!SWITCH.includes(text)) miss(EMBED, text, ["1"]);
  const { languages } = world;
  readWord("lang", (text) => languages.some((lang) => lang === text), plainly(languages));
  const worldviews = world.worldviews();
  readWord("worldview", (text) => worldviews.includes(text), plainly(worldviews));
  readWord("theme", (text) => THEMES.includes(text), plainly(THEMES));
  readWord("view", (text) => parseView(text) !== null, []);
  const stories: Known = world.stories.map(({ id, title }) => [id, namesOf(title)]);
  readWord(STORY as "story", (text) => toldBy(text, world.stories) !== null, stories);
  for (const text of readOnce("style").flatMap((words) => words.split(","))) {
    if (!STYLE_WORDS.includes(text)) miss("style", text, nearest(text, plainly(STYLE_WORDS)));
  }
  readOnce("show");
  const inquiry = readInquiry();
  for (const { key, value } of asked.words) {
    if (KEYS.includes(key) || !value) continue;
    const offers = nearest(key, plainly(KEYS), 1).map((offer) => ({ key: offer, value }));
    misread.push({ key, value, offers });
  }
  return { asked: { ...asked, selection, view, inquiry }, misread };

  /** Words of a question that are one of a few; what names places and lines the answer itself complains about. */
  function readInquiry(): Inquiry {
    for (const key of ["from", "to"]) readOnce(key);
    const isAim = (text: string) => AIMS.some((aim) => aim === text) || asked.inquiry.mode === "promises";
    for (const text of readOnce("by")) if (!isAim(text)) miss("by", text, likeOf(AIMS, text));
    for (const text of listed(all("over"))) if (!KINDS.includes(text)) miss("over", text, likeOf(KINDS, text));
    for (const key of ["promised", "promises"]) {
      for (const text of readOnce(key)) if (!SWITCH.includes(text)) miss(key, text, ["1"]);
    }
    const [beside] = readOnce("beside");
    const isBesideYear = beside === undefined || isYear(beside);
    if (!isBesideYear) miss("beside", beside);
    const ways = Array.from({ length: MOST_WAYS }, (_, at) => String(at + 1));
    for (const text of readOnce("way")) if (!ways.includes(text)) miss("way", text, ["1"]);
    const compared = listed(all("compare"));
    for (const text of compared.slice(MOST_SIDE_BY_SIDE)) miss("compare", text);
    const { inquiry: read } = asked;
    return {
      ...read,
      beside: isBesideYear ? read.beside : null,
      way: Math.min(read.way, MOST_WAYS),
      compare: read.compare.slice(0, MOST_SIDE_BY_SIDE),
    };
  }

  function readFacet(facet: Facet): void {
    const values = listed(all(facet));
    if (!values.length) return;
    const known = knownOf(facet, world);
    const ids = new Set(known.map(([id]) => id));
    const bare = (value: string) => (value.startsWith(HIDDEN) ? value.slice(HIDDEN.length) : value);
    selection[facet] = selection[facet].filter((value) => ids.has(bare(value)));
    const wrong = values.filter((value) => !ids.has(bare(value)));
    for (const [i, value] of wrong.entries()) {
      const offers = i < MOST_COMPARED ? nearest(bare(value), known) : [];
      miss(
        facet,
        value,
        offers.map((id) => (value.startsWith(HIDDEN) ? HIDDEN + id : id)),
      );
    }
  }

  /** The first value of a word that is given once; another one beside it is named. */
  function readOnce(key: string): string[] {
    const [first, ...others] = all(key).filter(Boolean);
    for (const other of new Set(others)) if (other !== first) miss(key, other);
    return first === undefined ? [] : [first];
  }

  function readWord(
    key: "lang" | "worldview" | "theme" | "view" | "story",
    isRight: (text: string) => boolean,
    known: Known,
  ) {
    const [text] = readOnce(key);
    if (text === undefined || isRight(text)) return;
    view[key] = null;
    const like = nearest(text, known);
    miss(key, text, like.length || known.length > FEW ? like : idsOf(known));
  }
}
