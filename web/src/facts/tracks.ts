// Which rows are one track: a rebuilt railway or road, and the old line under it; as in sco_map/atlas/tracks.py.
import { ONE_TRACK } from "../contract.ts";

export interface OnTrack {
  readonly kind: string;
  readonly places: readonly string[];
  readonly facts: { readonly string?: number };
}

/** Rows without those on the track of another of them, so that sums count every track once. */
export function onceEach<Row extends OnTrack>(rows: readonly Row[]): Row[] {
  const first = new Map<string, Row>();
  const keyOf = ({ kind, places }: Row) => (places.length > 1 && ONE_TRACK.has(kind) ? [kind, ...places].join() : null);
  const numberOf = (row: Row) => row.facts.string ?? 1;
  for (const row of rows) {
    const key = keyOf(row);
    if (key === null) continue;
    const known = first.get(key);
    if (!known || numberOf(row) < numberOf(known)) first.set(key, row);
  }
  return rows.filter((row) => {
    const key = keyOf(row);
    return key === null || numberOf(row) === 1 || first.get(key) === row;
  });
}
