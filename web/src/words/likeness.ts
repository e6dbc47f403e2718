// How alike two words are: the same letters in another script, and how many slips of the keys lie between them; the
// same rules as sco_map/model/likeness.py.
import { LIKENESS } from "../contract.ts";
import { fold } from "./fold.ts";

const LETTERS: ReadonlyMap<string, string> = new Map(Object.entries(LIKENESS.letters));
const WORD = /[\p{L}\p{N}]+/gu;

/** Finds the letters of the table: thousands of names are written in Latin at once, and most have none of them. */
const WRITTEN_OTHERWISE = new RegExp(`[${[...LETTERS.keys()].join("")}]`, "gu");

/** A text folded and in Latin letters, as far as the table knows them. */
export const latin = (text: string): string =>
  fold(text).replace(WRITTEN_OTHERWISE, (letter) => LETTERS.get(letter) ?? letter);

/** The words of a name in Latin letters. */
export const latinWords = (name: string): string[] => latin(name).match(WORD) ?? [];

/** How many slips a word of so many letters may have. */
export const slipsAllowed = (letters: number): number => LIKENESS.slips.find(([least]) => letters >= least)?.[1] ?? 0;

/**
 * How many slips turn `one` into `other`, `most` + 1 for more. A slip is a letter too many, missing or wrong,
 * or two neighbours that changed places. `prefix`: into the beginning of `other` that is nearest.
 */
export function slips(one: readonly string[], other: readonly string[], most: number, prefix = false): number {
  if (one.length - other.length > most || (!prefix && other.length - one.length > most)) return most + 1;
  const width = prefix ? Math.min(other.length, one.length + most) : other.length;
  let older: number[] = [];
  let before: number[] = [];
  let row = Array.from({ length: width + 1 }, (_, j) => j);
  for (let i = 1; i <= one.length; i += 1) {
    [older, before, row] = [before, row, [i]];
    let least = i;
    for (let j = 1; j <= width; j += 1) {
      const isSame = one[i - 1] === other[j - 1];
      let best = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (isSame ? 0 : 1));
      const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (isSwapped) best = Math.min(best, older[j - 2] + 1);
      row.push(best);
      if (best < least) least = best;
    }
    if (least > most) return most + 1;
  }
  return Math.min(prefix ? Math.min(...row) : row[width], most + 1);
}

/** The letters that two words have in common in the same order, as a share of both. */
export function kinship(one: readonly string[], other: readonly string[]): number {
  let row = new Array<number>(other.length + 1).fill(0);
  for (const letter of one) {
    const next = [0];
    for (const [j, there] of other.entries()) {
      next.push(letter === there ? row[j] + 1 : Math.max(row[j + 1], next[j]));
    }
    row = next;
  }
  return (2 * row[other.length]) / Math.max(1, one.length + other.length);
}

/** How badly a word answers a term, null when they are not alike; a beginning is worse than a whole word. */
function costOf(term: readonly string[], word: readonly string[]): number | null {
  const most = slipsAllowed(term.length);
  const whole = slips(term, word, most);
  const cost = whole <= most ? 2 * whole : null;
  if (whole === 0 || term.length < LIKENESS.prefix_from) return cost;
  const begun = slips(term, word, most, true);
  if (begun > most) return cost;
  return cost === null ? 2 * begun + 1 : Math.min(cost, 2 * begun + 1);
}

/** The words of many names, each once, so that a term is compared with each but once. */
export class Likeness {
  private readonly words: (readonly string[])[] = [];
  private readonly numbers = new Map<string, number>();
  /** For each entry the names, each as the numbers of its words and the letters in all of them. */
  private readonly names: { words: number[]; letters: number }[][] = [];

  /** Take in an entry with its names; the first is number 0. */
  add(names: readonly string[]): void {
    const take = (name: string) => {
      const words = latinWords(name).map((word) => this.numberOf(word));
      return { words, letters: words.reduce((sum, word) => sum + this.words[word].length, 0) };
    };
    this.names.push(names.map(take));
  }

  /**
   * The numbers of up to `most` entries whose names are most like a text: every word of it must have its like. Those
   * with the fewest slips come first and alone, of them those with the shortest name, then in their own order. Where
   * there are none, the text is taken as one word.
   */
  mostAlike(text: string, most: number): number[] {
    const terms = latinWords(text).map((term) => [...term]);
    const found = this.answersTo(terms, most);
    return found.length || terms.length < 2 ? found : this.answersTo([terms.flat()], most);
  }

  private answersTo(terms: readonly (readonly string[])[], most: number): number[] {
    if (!terms.length) return [];
    const costs = terms.map((term) => this.words.map((word) => costOf(term, word)));
    const found: [cost: number, letters: number, number: number][] = [];
    for (const [number, names] of this.names.entries()) {
      let best: [number, number] | null = null;
      for (const { words, letters } of names) {
        const cost = answerOf(costs, words);
        if (cost === null) continue;
        if (!best || cost < best[0] || (cost === best[0] && letters < best[1])) best = [cost, letters];
      }
      if (best) found.push([...best, number]);
    }
    found.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
    return found.slice(0, most).flatMap(([cost, , number]) => (cost === found[0][0] ? [number] : []));
  }

  private numberOf(word: string): number {
    const known = this.numbers.get(word);
    if (known !== undefined) return known;
    this.words.push([...word]);
    this.numbers.set(word, this.words.length - 1);
    return this.words.length - 1;
  }
}

/** What a name costs all terms together; null when a term has no like in it. */
function answerOf(costs: readonly (number | null)[][], words: readonly number[]): number | null {
  let whole = 0;
  for (const known of costs) {
    let best: number | null = null;
    for (const word of words) {
      const cost = known[word];
      if (cost !== null && (best === null || cost < best)) best = cost;
    }
    if (best === null) return null;
    whole += best;
  }
  return whole;
}

/** A spelling without what people vary: case, accents, script, hyphens and spaces. */
export const plain = (text: string): string => latin(text).replaceAll("-", "_").replaceAll(" ", "_");

/**
 * Up to `most` ids whose id or other spelling resembles `value`, the best first; `known` holds ids with their names, in
 * their order. The same rule as in sco_map/model/suggestions.py.
 */
export function nearest(value: string, known: readonly (readonly [string, readonly string[]])[], most = 3): string[] {
  const wanted = plain(value);
  const spellings = new Map<string, string>();
  for (const [id, names] of known) {
    for (const spelling of [id, ...names].map(plain)) if (!spellings.has(spelling)) spellings.set(spelling, id);
  }
  const same = spellings.get(wanted);
  if (same !== undefined) return [same];
  const letters = [...wanted];
  const texts = [...spellings.keys()].map((text) => ({ text, letters: [...text] }));
  const inside = texts.filter(({ text }) => letters.length >= LIKENESS.shortest_part && text.includes(wanted));
  inside.sort((a, b) => a.letters.length - b.letters.length);
  const allowed = slipsAllowed(letters.length);
  const counts = texts.map((other) => slips(letters, other.letters, allowed));
  const fewest = Math.min(allowed + 1, ...counts);
  let alike = texts.filter((_, i) => counts[i] === fewest && fewest <= allowed);
  if (!inside.length && !alike.length) {
    const shares = texts.map((other) => kinship(letters, other.letters));
    const closest = Math.max(0, ...shares);
    alike = texts.filter((_, i) => shares[i] === closest && closest >= LIKENESS.least_kinship);
  }
  const ids = [...inside, ...alike].flatMap(({ text }) => spellings.get(text) ?? []);
  return [...new Set(ids)].slice(0, most);
}
