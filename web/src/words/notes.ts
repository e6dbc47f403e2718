// Which part of a note is for readers: what was (not) read or looked up while the catalog was written is not.

/** What only those who write the catalog say. */
const RESEARCH = [
  /general knowledge|own knowledge|from memory/i,
  /\b(?:source|sources|text|texts|page|url)\b[^.;]*\b(?:was|were|is|are)? ?(?:not )?(?:read|checked|opened|fetched)\b/i,
  /\bURL to be checked\b/i,
  /\bsources? (?:confirms?|read)\b/i,
  /\bthis entry\b/i,
  /\bin the (?:sources?|texts?) read\b/i,
  /\bnot (?:researched|read|looked up)\b/i,
  /\bplaceholder\b/i,
  /\b[a-z]+_[a-z_]+\b/, // a name of the files, such as decision_date
  /\.(?:toml|csv|geojson|md)\b/i,
  /->/,
  /\bincl\b/i,
];

/** A note without the statements about research; null when nothing is left. */
export function noteForReaders(text: string | null | undefined): string | null {
  if (!text) return null;
  const statements = text.split(/(?<=[.!?])\s+(?=\p{Lu})|;\s+/u);
  const kept = statements.filter((statement) => !RESEARCH.some((pattern) => pattern.test(statement)));
  if (!kept.length) return null;
  const joined = kept.length === statements.length ? text : kept.map((part) => part.replace(/[.;]$/, "")).join(". ");
  return /[.!?)]$/.test(joined) || kept.length === statements.length ? joined : `${joined}.`;
}
