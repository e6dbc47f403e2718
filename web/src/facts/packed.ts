// Unpacks what the page carries: the head and the rows, written column by column (see sco_map/page/payload.py).
import { type Language, PROSE } from "../contract.ts";
import { withAddresses } from "./addresses.ts";
import { type Columns, entriesOf, type Once, recordsOf, type Table, tableOf } from "./columnar.ts";
import type { SentGround, SentHead, SentLayer, SentPlace, SentRow, Source } from "./types.ts";

type Tables = "layers" | "projects" | "ways" | "places" | "countries" | "sources" | "licences";

/** The head as it travels: entries by id are tables, words have a column for each language. */
export type PackedHead = Omit<SentHead, Tables | "words" | "vocabulary" | "stories"> &
  Record<Exclude<Tables, "places"> | "words", Table> & {
    vocabulary: Record<string, Table>;
    /** An id is 0 where it is the English name in letters of an id. */
    places: [ids: (string | 0)[], places: Columns];
    /** The texts for readers, each in the languages it is known in. */
    texts: Counted;
    stories: Counted;
  };

/** Features as they travel: how many there are, and all of them column by column. */
type Counted = [count: number, features: Columns];

/** The ground as it travels. */
export type PackedGround = { land?: { arcs: string[]; marked?: number[]; units: Counted } } & Partial<
  Record<Exclude<keyof SentGround, "land">, Counted>
>;

/** The rows as they travel: how many there are in each layer, and all of them column by column. */
export interface PackedRows {
  layers: [layer: string, rows: number][];
  rows: Columns;
}

/** Keys whose texts are ids of sources. */
const CITING = ["source", "sources"];

/** Keys whose texts are ids of places. */
const PASSING = ["places", "stops"];

/** What the numbers in head and rows stand for: ids of sources and places, texts for readers. */
export function onceOf({
  sources: [ids],
  places,
  texts: [count, columns],
}: Pick<PackedHead, "sources" | "places" | "texts">): Once {
  const placeIds = idsOf(places);
  const texts = recordsOf(columns, count);
  return new Map<string, readonly unknown[]>([
    ...CITING.map((key) => [key, ids] as const),
    ...PASSING.map((key) => [key, placeIds] as const),
    ...PROSE.map((key) => [key, texts] as const),
  ]);
}

/** The words of each language that the page speaks. */
function wordsOf(table: Table, languages: readonly Language[]): SentHead["words"] {
  const words = Object.entries(entriesOf<Partial<Record<Language, string>>>(table));
  const inLanguage = (lang: Language) =>
    Object.fromEntries(words.flatMap(([key, texts]) => (texts[lang] ? [[key, texts[lang]]] : [])));
  return { en: {}, ...Object.fromEntries(languages.map((lang) => [lang, inLanguage(lang)])) };
}

/** A plain English name as an id. */
const plainId = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");

/** The ids of the places, those that are their English names among them. */
function idsOf([ids, places]: PackedHead["places"]): string[] {
  const english = !Array.isArray(places) && "keys" in places ? recordsOf(places.keys.en ?? [], ids.length) : [];
  return ids.map((id, at) => id || plainId(String(english[at] ?? "")));
}

function placesOf([ids, places]: PackedHead["places"]): SentHead["places"] {
  const found = recordsOf(places, ids.length) as SentPlace[];
  return tableOf(
    found.map((place, at) => ids[at] || plainId(place.en ?? "")),
    found,
  );
}

export function groundOf({ land, ...parts }: PackedGround): SentGround {
  const features = ([count, columns]: Counted) => recordsOf(columns, count);
  const ground = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, features(part)]));
  return land ? ({ ...ground, land: { ...land, units: features(land.units) } } as SentGround) : ground;
}

export function headOf({ texts: _, ...packed }: PackedHead, once: Once): SentHead {
  const vocabulary = Object.entries(packed.vocabulary).map(([name, terms]) => [name, entriesOf(terms)]);
  return {
    ...packed,
    layers: entriesOf(packed.layers, once),
    projects: entriesOf(packed.projects, once),
    ways: entriesOf(packed.ways, once),
    places: placesOf(packed.places),
    countries: entriesOf(packed.countries, once),
    sources: withAddresses(entriesOf<Source>(packed.sources)),
    licences: entriesOf(packed.licences),
    words: wordsOf(packed.words, packed.languages),
    vocabulary: Object.fromEntries(vocabulary),
    stories: recordsOf(packed.stories[1], packed.stories[0], once) as SentHead["stories"],
  };
}

/** The rows of each layer. */
export function layersOf({ layers, rows }: PackedRows, once: Once): SentLayer[] {
  const all = layers.reduce((sum, [, count]) => sum + count, 0);
  const records = recordsOf(rows, all, once) as SentRow[];
  let next = 0;
  return layers.map(([layer, count]) => {
    next += count;
    return { layer, rows: records.slice(next - count, next) };
  });
}
