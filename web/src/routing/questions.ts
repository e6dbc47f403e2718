// A question about the network, checked once: places by id or name, kinds, what to pass and what to leave aside. The
// same rules as sco_map/routing/questions.py; what is wrong with a question is a value, which complaints.ts puts into
// words.
import { FIRST_YEAR, LANGUAGES, LAST_YEAR } from "../contract.ts";
import { alsoCalled, lineageOf, placeAlsoCalled, type Row } from "../facts/row.ts";
import type { Prose, Texts } from "../facts/types.ts";
import { courseBetween } from "../geometry/geodesic.ts";
import { nearest, plain } from "../words/likeness.ts";
import { countryOf } from "./homes.ts";
import { AIMS, type Aim, type Asked, type Charted, KINDS, type Link, type Network, networkOf } from "./links.ts";

/** What is asked of the network: the year, promises, kinds, and what to leave aside; and what counts first. */
export interface Question extends Asked {
  /** Places, states, rows and projects, by id or name. */
  readonly avoid: readonly string[];
  readonly by: Aim;
}

/** A word that nobody knows: what it should name, and the ids that were probably meant. */
export interface Unknown {
  readonly fault: "unknown";
  readonly what:
    | "place"
    | "kind"
    | "aim"
    | "worldview"
    | "place_country_or_line"
    | "project"
    | "country"
    | "line"
    | "way";
  readonly value: string;
  /** The project whose ways are meant. */
  readonly of: string | null;
  readonly offers: readonly string[];
  /** All that are known, when there are but a few and none is like it. */
  readonly known: readonly string[];
}

/** A row that is not open. */
export interface Waiting {
  readonly row: string;
  readonly status: string;
}

/** A place that is far from anything open, with the nearest that are not. */
export interface OffNetwork {
  readonly fault: "off_network";
  readonly place: string;
  readonly year: number;
  readonly near: readonly (readonly [place: string, km: number])[];
  /** A line that is not open and would reach it. */
  readonly waiting: Waiting | null;
}

/** Two places in different parts of the network, how many places those have, and what would join them. */
export interface NoWay {
  readonly fault: "no_way";
  readonly places: readonly [string, string];
  readonly year: number;
  readonly sizes: readonly [number, number];
  readonly missing: readonly Waiting[];
  /** What was left out. */
  readonly avoided: readonly string[];
}

/** Two places between which there are ways, but none that passes what was to be passed. */
export interface NotThrough {
  readonly fault: "not_through";
  readonly places: readonly [string, string];
  readonly year: number;
  readonly passed: readonly string[];
  readonly avoided: readonly string[];
}

/** What is wrong with a question. */
export type Complaint =
  | Unknown
  | OffNetwork
  | NoWay
  | NotThrough
  | { readonly fault: "year"; readonly year: number }
  | { readonly fault: "no_kind" }
  | { readonly fault: "nothing_open"; readonly kinds: readonly string[]; readonly year: number }
  | { readonly fault: "alternatives"; readonly number: number }
  /** A state or a line that is named where a place belongs, with a few of its places. */
  | {
      readonly fault: "not_a_place";
      readonly value: string;
      readonly thing: string;
      readonly isCountry: boolean;
      readonly places: readonly string[];
      readonly year: number;
    }
  /** One of those that are compared is there twice: a line, or a route between two places. */
  | {
      readonly fault: "twice";
      readonly subject: string | null;
      readonly ends: readonly [string, string];
      readonly year: number;
    }
  /** Somebody who announced nothing: who is spelt alike, or else who announced most, by their English names. */
  | {
      readonly fault: "promiser";
      readonly value: string;
      readonly offers: readonly string[];
      readonly known: readonly string[];
      readonly names: Readonly<Record<string, Prose>>;
    }
  | { readonly fault: "same_place"; readonly place: string }
  /** A place that no open line touches only because of what was left out. */
  | { readonly fault: "cut_off"; readonly place: string; readonly year: number; readonly avoided: readonly string[] }
  | { readonly fault: "one_end"; readonly place: string }
  | { readonly fault: "no_end"; readonly place: string; readonly year: number }
  | { readonly fault: "too_many_ends"; readonly number: number }
  /** What is wrong with a way that a project names. */
  | { readonly fault: "way"; readonly way: string; readonly of: Complaint }
  | { readonly fault: "no_ways"; readonly project: string; readonly way: string }
  /** A row that is no line, and a project without any. */
  | { readonly fault: "no_line" | "no_rows"; readonly id: string }
  /** Rows of which the year has nothing, or that branch; a project names the ids of its rows as `parts`. */
  | { readonly fault: "not_there"; readonly id: string; readonly parts: readonly string[]; readonly year: number }
  | { readonly fault: "not_one_line"; readonly id: string; readonly parts: readonly string[]; readonly lines: number }
  | { readonly fault: "compared"; readonly number: number };

const FEW = 12;

type Names = readonly (readonly [id: string, names: readonly string[]])[];

/** The complaint about a value that is not among the known ones. */
export function unknown(what: Unknown["what"], value: string, known: Names, of: string | null = null): Unknown {
  const offers = nearest(value, known);
  const all = offers.length || known.length > FEW ? [] : known.map(([id]) => id);
  return { fault: "unknown", what, value, of, offers, known: all };
}

const plainly = (ids: readonly string[]): Names => ids.map((id) => [id, []]);

const HELPER = "helper";

/** The named places of the page with their names in all languages, in the order of their ids. */
function spellings(charted: Charted): Names {
  const { places } = charted;
  const named = Object.entries(places).filter(([, place]) => place && place.kind !== HELPER);
  const namesOf = (id: string) => [...textsOf(places[id]?.name), ...placeAlsoCalled(charted, id)];
  return named.map(([id]) => [id, namesOf(id)] as const).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What is looked up again and again of the same page. */
interface Known {
  readonly spellings: Names;
  /** For each name, without what people vary, the places that are called so. */
  readonly called: ReadonlyMap<string, readonly string[]>;
  /** For each name of a state its code. */
  readonly states: ReadonlyMap<string, string>;
  /** For each title the projects and lines that are called so. */
  readonly lines: ReadonlyMap<string, readonly string[]>;
}

const cache = new WeakMap<Charted["places"], Known>();

function knownOf(charted: Charted): Known {
  const kept = cache.get(charted.places);
  if (kept) return kept;
  const { projects, countries, rows } = charted;
  const all = spellings(charted);
  const states = new Map<string, string>();
  for (const [code, country] of Object.entries(countries)) {
    for (const text of [...textsOf(country?.name), ...alsoCalled(charted, code)]) states.set(plain(text), code);
  }
  const titled = [
    ...Object.entries(projects).map(([id, project]) => namedOf(charted, id, project?.title)),
    ...rows.filter((row) => isLine(row)).map(({ id, title }) => namedOf(charted, id, title)),
  ];
  const called = byName(all.map(([id, names]) => [id, [id, ...names]]));
  const known = { spellings: all, called, states, lines: byName(titled) };
  cache.set(charted.places, known);
  return known;
}

/** Look up once what everything on the page is called. */
export const placeNamesOf = (charted: Charted): void => void knownOf(charted);

/** For each name, without what people vary, the ids of what is called so. */
function byName(named: Names): Map<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [id, names] of named) {
    for (const name of new Set(names.map(plain))) {
      const ids = found.get(name);
      if (ids) ids.push(id);
      else found.set(name, [id]);
    }
  }
  return found;
}

/** The id of the place that is called `value`, one on the network where several have the name; null where none is. */
export function placeNamed(charted: Charted, value: string, network: Network): string | null {
  if (charted.places[value] && charted.places[value].kind !== HELPER) return value;
  const named = knownOf(charted).called.get(plain(value)) ?? [];
  return named.find((id) => network.touched.has(id)) ?? named[0] ?? null;
}

/** The id of the place that is called `value`, or the complaint that there is none. */
export function placeCalled(charted: Charted, value: string, network: Network): string | Complaint {
  const found = placeNamed(charted, value, network);
  if (found !== null) return found;
  const things = thingsOf(charted, value);
  if (things?.ids) {
    const isCountry = things.countries !== undefined;
    const places = placesOf(network, things);
    return { fault: "not_a_place", value, thing: things.ids[0], isCountry, places, year: network.year };
  }
  const all = knownOf(charted).spellings;
  const complaint = unknown("place", value, all);
  return complaint.offers.length
    ? complaint
    : unknown(
        "place",
        value,
        all.filter(([id]) => network.touched.has(id)),
      );
}

const TOWN = "city";
/** So many places of a state or a line are named where one of them should have been chosen. */
const MOST_NAMED = 4;

/** A few places of the open network in some states or on some rows: the capital, towns, those with the most links. */
function placesOf({ charted, links }: Network, { countries, rows }: Partial<Things>): string[] {
  const ends = new Map<string, number>();
  for (const { row, start, end } of links) {
    for (const place of [start, end]) {
      if (rows?.has(row.id) || countries?.has(countryOf(charted, place))) ends.set(place, (ends.get(place) ?? 0) + 1);
    }
  }
  const isTown = (id: string) => charted.places[id]?.kind === TOWN;
  const isCapital = (id: string) =>
    isTown(id) && charted.countries[countryOf(charted, id)]?.capital === charted.places[id]?.name.en;
  return [...ends]
    .filter(([id]) => charted.places[id] && charted.places[id].kind !== HELPER)
    .sort(
      ([one, its], [other, theirs]) =>
        Number(isCapital(other)) - Number(isCapital(one)) ||
        Number(isTown(other)) - Number(isTown(one)) ||
        theirs - its ||
        (one < other ? -1 : 1),
    )
    .slice(0, MOST_NAMED)
    .map(([id]) => id);
}

/** Places, states and rows that some words name, and the ids under which these words are known. */
export interface Things {
  readonly ids: readonly string[];
  readonly places: ReadonlySet<string>;
  readonly countries: ReadonlySet<string>;
  readonly rows: ReadonlySet<string>;
}

const isLine = ({ kind }: Row): boolean => KINDS.includes(kind);

/** What a word names: a state by code or name, a row, a project with its rows, or places; by id or name. */
function thingsOf(charted: Charted, value: string): Partial<Things> | null {
  const { countries, projects, byId } = charted;
  const name = plain(value);
  const { called, states, lines } = knownOf(charted);
  const code = countries[value.toUpperCase()] ? value.toUpperCase() : states.get(name);
  if (code !== undefined) return { ids: [code], countries: new Set([code]) };
  const row = byId.get(value);
  if (row && isLine(row)) return { ids: [value], rows: new Set([value]) };
  // A port and the project of its building have one id; both are meant.
  const places = called.get(name) ?? [];
  const isOne = projects[value] !== undefined;
  const titled = isOne || places.length ? [] : (lines.get(name) ?? []);
  const homes = isOne ? [value] : titled.filter((id) => projects[id]);
  const below = charted.rows.filter((one) => isLine(one) && homes.some((id) => isBelow(charted, one.projects, id)));
  const rows = [...below.map(({ id }) => id), ...titled.filter((id) => byId.has(id))];
  if (!places.length && !rows.length) return null;
  const ids = [...homes, ...places];
  return { ids: ids.length ? ids : [...new Set(rows)].sort(), places: new Set(places), rows: new Set(rows) };
}

/** Everything that `values` name, or all complaints. */
export function thingsNamed(charted: Charted, values: readonly string[]): Things | readonly Complaint[] {
  const found = values.map((value) => thingsOf(charted, value));
  const unheard = values.filter((_, at) => !found[at]);
  if (unheard.length) return unheard.map((value) => unknown("place_country_or_line", value, nameable(charted)));
  const all = (key: keyof Things) => new Set(found.flatMap((one) => [...(one?.[key] ?? [])]));
  return { ids: [...all("ids")], places: all("places"), countries: all("countries"), rows: all("rows") };
}

const isBelow = ({ projects: table }: Charted, projects: readonly string[], above: string): boolean =>
  projects.some((id) => lineageOf(id, table).includes(above));

const textsOf = (texts: Texts | undefined): string[] => LANGUAGES.flatMap((lang) => texts?.[lang] || []);

/** An entry with all that it is called. */
const namedOf = (charted: Charted, id: string, names: Texts | undefined): Names[number] => [
  id,
  [...textsOf(names), ...alsoCalled(charted, id)],
];

/** The places, lines, projects and states with their names, in this order. */
function nameable(charted: Charted): Names {
  const { projects, countries, rows } = charted;
  const byId = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) => (one < other ? -1 : 1);
  const titled = rows.filter((row) => isLine(row)).map(({ id, title }) => namedOf(charted, id, title));
  const homes = Object.entries(projects).map(([id, project]) => namedOf(charted, id, project?.title));
  const states = Object.entries(countries).map(([code, country]) => namedOf(charted, code, country?.name));
  const found = new Map<string, string[]>();
  for (const [id, names] of [...knownOf(charted).spellings, ...titled.sort(byId), ...homes.sort(byId), ...states]) {
    found.set(id, [...(found.get(id) ?? []), ...names]);
  }
  return [...found];
}

/** Whether a link is of some rows, lies in some states or ends at some places. */
export const touches = (
  { row, start, end, states }: Link,
  { places, countries, rows }: Pick<Things, "places" | "countries" | "rows">,
): boolean => rows.has(row.id) || places.has(start) || places.has(end) || states.some(([code]) => countries.has(code));

/** The network without what touches places, states and rows, be it open or not. */
function withoutThese(network: Network, things: Things): Network {
  return things.ids.length ? network.without((link) => touches(link, things)) : network;
}

/** All that is wrong with a question by itself. */
function faultsOf(charted: Charted, { year, kinds, by, worldview }: Question): Complaint[] {
  const faults: Complaint[] = [];
  if (year !== null && !(year >= FIRST_YEAR && year <= LAST_YEAR)) faults.push({ fault: "year", year });
  if (!kinds.length) faults.push({ fault: "no_kind" });
  for (const kind of kinds) if (!KINDS.includes(kind)) faults.push(unknown("kind", kind, plainly(KINDS)));
  if (!AIMS.includes(by)) faults.push(unknown("aim", by, plainly(AIMS)));
  const views = charted.worldviews();
  if (worldview !== null && !views.includes(worldview)) faults.push(unknown("worldview", worldview, plainly(views)));
  return faults;
}

const MOST_KEPT = 16;
const kept = new WeakMap<Charted["places"], Map<string, Network>>();

/** The network of a question before anything is left aside; the last few are kept. */
function keptNetwork(charted: Charted, { year, promised, kinds, worldview }: Asked): Network {
  const networks = kept.get(charted.places) ?? new Map<string, Network>();
  kept.set(charted.places, networks);
  const key = JSON.stringify([year ?? charted.page.year, promised, kinds, worldview]);
  const network = networks.get(key) ?? networkOf(charted, { year, promised, kinds, worldview });
  networks.delete(key);
  networks.set(key, network);
  if (networks.size > MOST_KEPT) networks.delete(networks.keys().next().value ?? key);
  return network;
}

/** A network that answers a question, whole and without what is left aside, and what that is. */
export interface Prepared {
  readonly whole: Network;
  readonly network: Network;
  readonly avoided: Things;
}

/**
 * The network that a question is about, or all that is wrong with the question. One without a line that is known to be
 * open is wrong, too, unless it may be `empty`.
 */
export function prepared(
  charted: Charted,
  question: Question,
  { empty = false } = {},
): Prepared | readonly Complaint[] {
  const faults = faultsOf(charted, question);
  if (faults.length) return faults;
  const whole = keptNetwork(charted, question);
  if (!empty && whole.links.every(({ undated }) => undated)) {
    return [{ fault: "nothing_open", kinds: whole.kinds, year: whole.year }];
  }
  const found = thingsNamed(charted, question.avoid);
  if ("length" in found) return found;
  return { whole, network: withoutThese(whole, found), avoided: found };
}

/** The places of the network that are nearest to a place, with the km. */
export function nearestOn(
  { charted: { places }, touched }: Network,
  id: string,
  most = 2,
): [place: string, km: number][] {
  const here = places[id];
  if (!here) return [];
  const away = [...touched].flatMap((other): [string, number][] => {
    const place = places[other];
    if (!place || place.kind === HELPER) return [];
    return [[other, Math.round(courseBetween(here.at, place.at).km * 10) / 10]];
  });
  away.sort(([one, its], [other, theirs]) => its - theirs || (one < other ? -1 : 1));
  return away.slice(0, most);
}
