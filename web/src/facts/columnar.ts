// Reads records that were written column by column (see sco_map/page/columnar.py).

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

/** The `count` values that were written as `columns`; a missing one is null, and is no key of a record. */
export function recordsOf(columns: Columns, count: number): unknown[] {
  if (Array.isArray(columns)) return Array.from({ length: count }, (_, at) => columns[at] ?? null);
  if ("counts" in columns) {
    const { counts } = columns;
    const inside = recordsOf(
      columns.of,
      counts.reduce<number>((sum, number) => sum + (number ?? 0), 0),
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
  const read = Object.entries(keys).map(([key, column]) => [key, recordsOf(column, there)] as const);
  const record = (at: number) =>
    Object.fromEntries(read.flatMap(([key, values]) => (values[at] === null ? [] : [[key, values[at]]])));
  let next = 0;
  if (!where) return Array.from({ length: count }, (_, at) => record(at));
  return where.map((isThere) => (isThere ? record(next++) : null));
}

/** The entries by id of a table. */
export function entriesOf<Entry>([ids, entries]: Table): Record<string, Entry> {
  const values = recordsOf(entries, ids.length) as Entry[];
  return Object.fromEntries(ids.map((id, at) => [id, values[at]])) as Record<string, Entry>;
}
