// Folding of texts for search; the same rules as sco_map/model/search.py.

/** Decompose, drop combining marks, lower case: accents and vowel signs do not count in a search. */
export const fold = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** What parts words: white space as Python has it, which is not quite what `\s` means here. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python counts these four separators as white space
const BETWEEN_WORDS = /(?:(?!\ufeff)\s|[\x1c-\x1f\x85])+/;

export const wordsOf = (text: string): string[] => text.split(BETWEEN_WORDS).filter(Boolean);

/** The folded terms of a search. */
export const termsOf = (query: string | null): string[] => (query ? wordsOf(fold(query)) : []);

/** First letter large: sentence case for words that the vocabulary writes small. */
export function sentenceCase(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length);
}
