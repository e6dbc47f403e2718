// Which of several published figures the map goes by: that of the best source, among equals the latest.
import type { ById, Source } from "./types.ts";

/** Why a figure is preferred to the others; the words of the interface are `preferred_<reason>`. */
export type Reason = "primary" | "source" | "latest";

export interface Preferred<Entry> {
  readonly entry: Entry;
  /** Null where there is no other figure. */
  readonly reason: Reason | null;
}

/** Kinds of sources, the best first; what has no source comes after all of them. */
const RANKS = [["primary"], ["press", "database"], ["mirror"], ["own_estimate"]];

const rankOf = (source: Source | undefined): number => {
  const rank = RANKS.findIndex((kinds) => kinds.includes(source?.quality ?? ""));
  return source ? (rank < 0 ? RANKS.length : rank) : RANKS.length + 1;
};

/** The preferred one of figures of the same thing; null where nobody says any of them, or nothing tells them apart. */
export function preferredOf<Entry extends { readonly km: number; readonly source?: string }>(
  entries: readonly Entry[],
  sources: ById<Source>,
): Preferred<Entry> | null {
  const known = entries.map((entry) => {
    const source = sources[entry.source ?? ""];
    return { entry, rank: rankOf(source), date: source?.published ?? "" };
  });
  if (known.length === 1) return { entry: known[0].entry, reason: null };
  const [best, ...others] = known.toSorted(
    (a, b) => a.rank - b.rank || (a.date < b.date ? 1 : Number(a.date > b.date) * -1),
  );
  if (!best || best.rank > RANKS.length) return null;
  const next = others.find(({ entry }) => entry.km !== best.entry.km);
  if (!next) return { entry: best.entry, reason: null };
  if (best.rank < next.rank) return { entry: best.entry, reason: best.rank === 0 ? "primary" : "source" };
  return best.date > next.date ? { entry: best.entry, reason: "latest" } : null;
}
