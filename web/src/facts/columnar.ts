// Reads records that were written column by column (see sco_map/page/columnar.py).
import { LETTERS, PLAIN_LETTERS } from "../contract.ts";

/** Records as columns by key; `where` says which of the values is a record, where some are missing. */
interface Records {
  keys: Record<string, Columns>;
  where?: (0 | 1)[];
}

/** Lists of records: how many each has, null for none, and all records of all lists. */
interface Lists {
  counts: (number | null)[];
  of: Columns;
}

export type Columns = unknown[] | Records | Lists;

/** Entries by id: the ids, and the entries column by column. */
export type Table = [ids: string[], entries: Columns];

/** By key of a record: what the numbers under it stand for, such as `source` the ids of the sources of the page. */
export type Once = ReadonlyMap<string, readonly unknown[]>;

/** What numbers stand for, alone or in a list; all else as it is. */
function named(value: unknown, known: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map((one) => named(one, known));
  return typeof value === "number" ? known[value] : value;
}

/** By language: the code of the letter that each code of a text stands for that travelled in plain letters. */
const exchanges = new Map(Object.entries(LETTERS).map(([language, letters = ""]) => [language, exchangeOf(letters)]));

function exchangeOf(letters: string): Uint16Array {
  const [own, plain] = [letters, PLAIN_LETTERS].map((text) => Array.from(text, (letter) => letter.charCodeAt(0)));
  const codes = new Uint16Array(Math.max(...own, ...plain) + 1);
  for (let code = 0; code < codes.length; code++) codes[code] = code;
  for (const [i, code] of own.entries()) {
    codes[plain[i]] = code;
    codes[code] = plain[i];
  }
  return codes;
}

const UTF16 = new TextDecoder("utf-16le", { ignoreBOM: true });

/** Texts with their own letters in the place of the plain ones, all in one go; what is not a text stays as it is. */
function exchanged(values: readonly unknown[], codes: Uint16Array): unknown[] {
  const joined = values.filter((value) => typeof value === "string").join("");
  const units = new Uint16Array(joined.length);
  for (let i = 0; i < units.length; i++) {
    const code = joined.charCodeAt(i);
    units[i] = code < codes.length ? codes[code] : code;
  }
  const texts = UTF16.decode(units);
  let end = 0;
  return values.map((value) => {
    if (typeof value !== "string") return value;
    end += value.length;
    return texts.slice(end - value.length, end);
  });
}

/** Set a value of a record under any key, also one that would reach its prototype. */
function put(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === "__proto__") Object.defineProperty(record, key, { value, enumerable: true, writable: true });
  else record[key] = value;
}

/** The `count` values that were written as `columns`, with what numbers stand for; a missing one is null. */
export function recordsOf(columns: Columns, count: number, once?: Once): unknown[] {
  if (Array.isArray(columns)) return Array.from({ length: count }, (_, at) => columns[at] ?? null);
  if ("counts" in columns) {
    const { counts } = columns;
    const inside = recordsOf(
      columns.of,
      counts.reduce<number>((sum, number) => sum + (number ?? 0), 0),
      once,
    );
    let next = 0;
    return counts.map((number) => {
      if (number === null) return null;
      next += number;
      return inside.slice(next - number, next);
    });
  }
  const { keys, where } = columns;
  const there = where ? where.reduce<number>((sum, one) => sum + one, 0) : count;
  const records = Array.from({ length: there }, (): Record<string, unknown> => ({}));
  for (const [key, column] of Object.entries(keys)) {
    const values = valuesOf(key, recordsOf(column, there, once), once);
    for (let at = 0; at < there; at++) if (values[at] !== null) put(records[at], key, values[at]);
  }
  let next = 0;
  return where ? where.map((isThere) => (isThere ? records[next++] : null)) : records;
}

/** The values of a column, with what numbers stand for and in their own letters. */
function valuesOf(key: string, values: unknown[], once: Once | undefined): unknown[] {
  const codes = exchanges.get(key);
  if (codes) return exchanged(values, codes);
  const known = once?.get(key);
  return known ? values.map((value) => named(value, known)) : values;
}

/**
 * A table of entries by id. It has no prototype: addresses name entries, "constructor" too, and an engine keeps an
 * object without one as a dictionary from the start, which takes a tenth of the time to fill.
 */
export function tableOf<Entry>(ids: readonly string[], entries: readonly Entry[]): Record<string, Entry> {
  const table = Object.create(null) as Record<string, Entry>;
  for (const [at, id] of ids.entries()) table[id] = entries[at];
  return table;
}

/** The entries by id of a table as it travels. */
export const entriesOf = <Entry>([ids, entries]: Table, once?: Once): Record<string, Entry> =>
  tableOf(ids, recordsOf(entries, ids.length, once) as Entry[]);
