// Which of several published figures of one thing the map goes by: that of the best kind of source; among equals the
// latest, where dates tell which that is; else none. sco_map/model/preferred.py has the same rule.
import { QUALITIES } from "../contract.ts";
import type { ById, Source } from "./types.ts";

/** Why a figure is preferred to the others; the words of the interface are `preferred_<reason>`. */
export type Reason = "primary" | "source" | "latest";

export interface Preferred<Entry> {
  readonly entry: Entry;
  /** Null where no other figure contradicts it. */
  readonly reason: Reason | null;
}

interface Figure {
  readonly km: number;
  readonly source?: string;
}

const rankOf = (source: Source | undefined): number => {
  const rank = QUALITIES.findIndex((kinds) => kinds.includes(source?.quality ?? ""));
  return source ? (rank < 0 ? QUALITIES.length : rank) : QUALITIES.length + 1;
};

/**
 * Whether a date lies after another, at the precision of the coarser: 2025 and 2025-12 are equal. An unknown date comes
 * before every known one.
 */
function isLater(date: string, other: string): boolean {
  if (!date || !other) return date > other;
  const shared = Math.min(date.length, other.length);
  return date.slice(0, shared) > other.slice(0, shared);
}

/** The preferred one of figures of the same thing; null where nobody says any of them, or nothing tells them apart. */
export function preferredOf<Entry extends Figure>(
  entries: readonly Entry[],
  sources: ById<Source>,
): Preferred<Entry> | null {
  if (entries.length === 1) return { entry: entries[0], reason: null };
  const known = entries.map((entry) => {
    const source = sources[entry.source ?? ""];
    return { entry, rank: rankOf(source), date: source?.published ?? "" };
  });
  const best = Math.min(QUALITIES.length + 1, ...known.map(({ rank }) => rank));
  if (best > QUALITIES.length) return null;
  const equals = known.filter(({ rank }) => rank === best);
  for (const { entry, date } of equals) {
    const others = equals.filter((other) => other.entry.km !== entry.km);
    if (!others.every((other) => isLater(date, other.date))) continue;
    const isContradicted = entries.some(({ km }) => km !== entry.km);
    const reason = others.length ? "latest" : best ? "source" : "primary";
    return { entry, reason: isContradicted ? reason : null };
  }
  return null;
}
