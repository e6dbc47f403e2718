// A question about the network, checked once: places by id or name, kinds, what to pass and what to leave aside. The
// same rules as sco_map/routing/questions.py; what is wrong with a question is a value, which complaints.ts puts into
// words.
import { FIRST_YEAR, LANGUAGES, LAST_YEAR } from "../contract.ts";
import { lineageOf } from "../facts/row.ts";
import { courseBetween } from "../geometry/geodesic.ts";
import { nearest, plain } from "../words/likeness.ts";
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
}

/** What is wrong with a question. */
export type Complaint =
  | Unknown
  | OffNetwork
  | NoWay
  | { readonly fault: "year"; readonly year: number }
  | { readonly fault: "no_kind" }
  | { readonly fault: "nothing_open"; readonly kinds: readonly string[]; readonly year: number }
  | { readonly fault: "alternatives"; readonly number: number }
  | { readonly fault: "same_place"; readonly place: string }
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
function spellings({ places }: Charted): Names {
  const named = Object.entries(places).filter(([, place]) => place && place.kind !== HELPER);
  const namesOf = (id: string) => LANGUAGES.flatMap((lang) => places[id]?.name[lang] ?? []);
  return named.map(([id]) => [id, namesOf(id)] as const).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** What is looked up again and again of the same page. */
interface Known {
  readonly spellings: Names;
  /** For each name, without what people vary, the places that are called so. */
  readonly called: ReadonlyMap<string, readonly string[]>;
}

const cache = new WeakMap<Charted["places"], Known>();

function knownOf(charted: Charted): Known {
  const kept = cache.get(charted.places);
  if (kept) return kept;
  const called = new Map<string, string[]>();
  const all = spellings(charted);
  for (const [id, names] of all) {
    for (const name of new Set([id, ...names].map(plain))) called.set(name, [...(called.get(name) ?? []), id]);
  }
  const known = { spellings: all, called };
  cache.set(charted.places, known);
  return known;
}

/** The id of the place that is called `value`, one on the network where several have the name. */
export function placeCalled(charted: Charted, value: string, network: Network): string | Unknown {
  if (charted.places[value] && charted.places[value].kind !== HELPER) return value;
  const { spellings: all, called } = knownOf(charted);
  const named = called.get(plain(value)) ?? [];
  const found = named.find((id) => network.touched.has(id)) ?? named[0];
  if (found !== undefined) return found;
  const complaint = unknown("place", value, all);
  return complaint.offers.length
    ? complaint
    : unknown(
        "place",
        value,
        all.filter(([id]) => network.touched.has(id)),
      );
}

/** What is to be left aside. */
export interface Avoided {
  readonly places: ReadonlySet<string>;
  readonly countries: ReadonlySet<string>;
  readonly rows: ReadonlySet<string>;
}

/** The places, states and rows that `values` name; a project stands for its rows and those of all below it. */
export function avoided(charted: Charted, values: readonly string[]): Avoided | readonly Complaint[] {
  const places = new Set<string>();
  const countries = new Set<string>();
  const rows = new Set<string>();
  const complaints: Complaint[] = [];
  for (const value of values) {
    const code = value.toUpperCase();
    let isKnown = true;
    if (charted.countries[code]) countries.add(code);
    else if (charted.byId.has(value)) rows.add(value);
    else {
      // A port and the project of its building have one id; both are meant.
      const called = knownOf(charted).called.get(plain(value)) ?? [];
      const below = charted.projects[value] ? charted.rows.filter((row) => isBelow(charted, row.projects, value)) : [];
      for (const id of called) places.add(id);
      for (const row of below) rows.add(row.id);
      isKnown = called.length + below.length > 0;
    }
    if (!isKnown) complaints.push(unknown("place_country_or_line", value, everything(charted)));
  }
  return complaints.length ? complaints : { places, countries, rows };
}

const isBelow = ({ projects: table }: Charted, projects: readonly string[], above: string): boolean =>
  projects.some((id) => lineageOf(id, table).includes(above));

/** The places, rows and states with their names, in this order. */
function everything(charted: Charted): Names {
  const states = Object.entries(charted.countries).map(([code, country]) => {
    const names = LANGUAGES.flatMap((lang) => country?.name[lang] ?? []);
    return [code, names] as const;
  });
  return [...knownOf(charted).spellings, ...plainly([...charted.byId.keys()].sort()), ...states];
}

/** The network without what touches places, states and rows. */
export function withoutThese(network: Network, { places, countries, rows }: Avoided): Network {
  const touches = ({ row, start, end, states }: Link) =>
    rows.has(row.id) || places.has(start) || places.has(end) || states.some(([code]) => countries.has(code));
  return network.without(new Set(network.links.filter(touches)));
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
  readonly avoided: Avoided;
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
  const found = avoided(charted, question.avoid);
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
