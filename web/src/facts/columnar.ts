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

/** By language: what each letter of a text stands for that travelled in plain letters. */
const exchanges = new Map(
  Object.entries(LETTERS).map(([language, letters = ""]) => {
    const codes = new Map<number, number>();
    for (let i = 0; i < letters.length; i++) {
      codes.set(PLAIN_LETTERS.charCodeAt(i), letters.charCodeAt(i));
      codes.set(letters.charCodeAt(i), PLAIN_LETTERS.charCodeAt(i));
    }
    return [language, codes];
  }),
);

/** A text with its own letters in the place of the plain ones. */
function exchanged(text: unknown, codes: ReadonlyMap<number, number>): unknown {
  if (typeof text !== "string") return text;
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    units[i] = codes.get(code) ?? code;
  }
  return String.fromCharCode(...units);
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
  const read = Object.entries(keys).map(([key, column]) => {
    const values = recordsOf(column, there, once);
    const known = once?.get(key);
    const codes = exchanges.get(key);
    if (codes) return [key, values.map((value) => exchanged(value, codes))] as const;
    return [key, known ? values.map((value) => named(value, known)) : values] as const;
  });
  const record = (at: number) =>
    Object.fromEntries(read.flatMap(([key, values]) => (values[at] === null ? [] : [[key, values[at]]])));
  let next = 0;
  if (!where) return Array.from({ length: count }, (_, at) => record(at));
  return where.map((isThere) => (isThere ? record(next++) : null));
}

/** The entries by id of a table. */
export function entriesOf<Entry>([ids, entries]: Table, once?: Once): Record<string, Entry> {
  const values = recordsOf(entries, ids.length, once) as Entry[];
  return Object.fromEntries(ids.map((id, at) => [id, values[at]])) as Record<string, Entry>;
}
