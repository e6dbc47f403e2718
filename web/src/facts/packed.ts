// Unpacks what the page carries: the head and the rows, written column by column (see sco_map/page/payload.py).
import { LANGUAGES, type Language } from "../contract.ts";
import { type Columns, entriesOf, recordsOf, type Table } from "./columnar.ts";
import type { SentGround, SentHead, SentLayer, SentPlace, SentRow } from "./types.ts";

type Tables = "layers" | "projects" | "places" | "countries" | "sources" | "licences";

/** The head as it travels: entries by id are tables, words have a column for each language. */
export type PackedHead = Omit<SentHead, Tables | "words" | "vocabulary"> &
  Record<Exclude<Tables, "places"> | "words", Table> & {
    vocabulary: Record<string, Table>;
    /** An id is 0 where it is the English name in letters of an id. */
    places: [ids: (string | 0)[], places: Columns];
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

/** The words of each language. */
function wordsOf(table: Table): SentHead["words"] {
  const words = Object.entries(entriesOf<Partial<Record<Language, string>>>(table));
  const inLanguage = (lang: Language) => words.flatMap(([key, texts]) => (texts[lang] ? [[key, texts[lang]]] : []));
  return Object.fromEntries(LANGUAGES.map((lang) => [lang, Object.fromEntries(inLanguage(lang))])) as SentHead["words"];
}

/** A plain English name as an id. */
const plainId = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");

function placesOf([ids, places]: PackedHead["places"]): SentHead["places"] {
  const found = recordsOf(places, ids.length) as SentPlace[];
  return Object.fromEntries(found.map((place, at) => [ids[at] || plainId(place.en ?? ""), place]));
}

export function groundOf({ land, ...parts }: PackedGround): SentGround {
  const features = ([count, columns]: Counted) => recordsOf(columns, count);
  const ground = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, features(part)]));
  return land ? ({ ...ground, land: { ...land, units: features(land.units) } } as SentGround) : ground;
}

export function headOf(packed: PackedHead): SentHead {
  const [sources] = packed.sources;
  const vocabulary = Object.entries(packed.vocabulary).map(([name, terms]) => [name, entriesOf(terms)]);
  return {
    ...packed,
    layers: entriesOf(packed.layers),
    projects: entriesOf(packed.projects, sources),
    places: placesOf(packed.places),
    countries: entriesOf(packed.countries, sources),
    sources: entriesOf(packed.sources),
    licences: entriesOf(packed.licences),
    words: wordsOf(packed.words),
    vocabulary: Object.fromEntries(vocabulary),
  };
}

/** The rows of each layer; `sources` are those of the page in their order. */
export function layersOf({ layers, rows }: PackedRows, sources: readonly string[]): SentLayer[] {
  const all = layers.reduce((sum, [, count]) => sum + count, 0);
  const records = recordsOf(rows, all, sources) as SentRow[];
  let next = 0;
  return layers.map(([layer, count]) => {
    next += count;
    return { layer, rows: records.slice(next - count, next) };
  });
}
