// What a source is called in the list of a card.
import type { Source } from "../facts/types.ts";

/** So many letters of an address stand for a title that is not known. */
const LONGEST_ADDRESS = 60;

/** Title and publisher of a source; what has no title of its own is called by its address, never by its publisher. */
export function sourceNames({ title, publisher, url }: Source): { title: string; publisher: string | null } {
  if (title && title !== publisher) return { title, publisher: publisher ?? null };
  if (!url) return { title: title ?? publisher ?? "", publisher: null };
  const path = url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
  const short = path.length > LONGEST_ADDRESS ? `${path.slice(0, LONGEST_ADDRESS)}…` : path;
  return { title: short, publisher: publisher ?? null };
}
