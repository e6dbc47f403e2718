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

/** What is known of several, with the same between them. */
export const joined = (parts: readonly Child[], between: string): Child[] =>
  parts.filter(Boolean).flatMap((part, at) => (at ? [between, part] : [part]));
