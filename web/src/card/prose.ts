// Texts for readers in a card: in the reader's language, else in English and marked as such.
import { type Child, el } from "../dom.ts";
import type { Prose } from "../facts/types.ts";
import type { Wording } from "../words/wording.ts";

/** A text for readers; one that their language lacks says in which it is, null where there is none. */
export function told(say: Pick<Wording, "prose" | "foreign">, text: Prose | null | undefined): Child {
  const words = say.prose(text);
  if (!words) return null;
  const lang = say.foreign(text);
  return lang ? el("span", { lang, text: words }) : words;
}

/** A word of the interface with nodes in its gaps. */
export const filled = (say: Pick<Wording, "word">, key: string, gaps: Readonly<Record<string, Child>>): Child[] =>
  say
    .word(key)
    .split(/\{(\w+)\}/)
    .map((piece, at) => (at % 2 ? gaps[piece] : piece));

/** A name with the text that tells more of it behind it, the name alone where there is none. */
export function named(say: Wording, name: string, text: Prose | null | undefined): Child[] {
  const more = told(say, text);
  if (!name || !more) return [more || name];
  return filled(say, "text_of", { name, text: more });
}

/** What is known of several, with the same between them. */
export const joined = (parts: readonly Child[], between: string): Child[] =>
  parts.filter(Boolean).flatMap((part, at) => (at ? [between, part] : [part]));
