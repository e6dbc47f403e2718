// A year to type, in the digits of the language: what is not a year of the map is answered at the field with the
// sentence of the network. A field of numbers would show the digits of the browser's language, so it is one of text.
import { FIRST_YEAR, LAST_YEAR } from "../contract.ts";
import { el } from "../dom.ts";
import type { Wording } from "../words/wording.ts";

const DIGITS = 10;
const WHOLE = /^[0-9]+$/;

/** A text with the digits of the language as 0 to 9. */
function withPlainDigits(text: string, say: Wording): string {
  const own = Array.from({ length: DIGITS }, (_, digit) => say.year(digit));
  return [...text].map((letter) => (own.includes(letter) ? String(own.indexOf(letter)) : letter)).join("");
}

/** The year that a text is, null for nothing, else the sentence that says which years there are. */
export function yearTyped(text: string, say: Wording): number | null | string {
  const typed = text.trim();
  if (!typed) return null;
  const plain = withPlainDigits(typed, say);
  const year = Number(plain);
  if (WHOLE.test(plain) && year >= FIRST_YEAR && year <= LAST_YEAR) return year;
  const sentence = say.word("net_year", { year: typed, first: say.year(FIRST_YEAR), last: say.year(LAST_YEAR) });
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** The year that the arrows of the keyboard lead to from what is typed; null where they lead to none. */
export function yearBeside(text: string, key: string, say: Wording): number | null {
  const step = key === "ArrowUp" ? 1 : key === "ArrowDown" ? -1 : 0;
  const year = yearTyped(text, say);
  if (!step || typeof year !== "number") return null;
  return Math.min(LAST_YEAR, Math.max(FIRST_YEAR, year + step));
}

/** A field for a year; `take` hears only years, and null when it was emptied. */
export function yearField(id: string, say: Wording, take: (year: number | null) => void): HTMLInputElement {
  const field = el("input", { type: "text", id, class: "year", inputmode: "numeric", autocomplete: "off" });
  field.addEventListener("input", () => field.setCustomValidity(""));
  field.addEventListener("keydown", (event) => {
    const year = yearBeside(field.value, event.key, say);
    if (year === null) return;
    event.preventDefault();
    field.value = say.year(year);
    field.setCustomValidity("");
    take(year);
  });
  field.addEventListener("change", () => {
    const year = yearTyped(field.value, say);
    if (typeof year !== "string") take(year);
    else {
      field.setCustomValidity(year);
      field.reportValidity();
    }
  });
  return field;
}
