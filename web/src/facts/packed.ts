// Unpacks what the page carries: the head and the rows, written column by column (see sco_map/page/payload.py).
import { LANGUAGES, type Language } from "../contract.ts";
import { type Columns, entriesOf, recordsOf, type Table } from "./columnar.ts";
import type { SentHead, SentLayer, SentRow } from "./types.ts";

type Tables = "layers" | "projects" | "places" | "countries" | "sources" | "licences";

/** The head as it travels: entries by id are tables, words have a column for each language. */
export type PackedHead = Omit<SentHead, Tables | "words" | "vocabulary"> &
  Record<Tables | "words", Table> & { vocabulary: Record<string, Table> };

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

export function headOf(packed: PackedHead): SentHead {
  const [sources] = packed.sources;
  const vocabulary = Object.entries(packed.vocabulary).map(([name, terms]) => [name, entriesOf(terms)]);
  return {
    ...packed,
    layers: entriesOf(packed.layers),
    projects: entriesOf(packed.projects, sources),
    places: entriesOf(packed.places),
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
