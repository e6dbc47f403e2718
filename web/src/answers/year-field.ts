// A year typed as a number: what is not a year of the map is answered at the field with the sentence of the network.
import { FIRST_YEAR, LAST_YEAR } from "../contract.ts";
import { el } from "../dom.ts";
import type { Wording } from "../words/wording.ts";

/** The browser has its own sentence for what is not a number. */
const NOT_A_NUMBER = "";

/** The year that a text is, null for nothing, else the sentence that says which years there are. */
export function yearTyped(text: string, say: Wording): number | null | string {
  const typed = text.trim();
  if (!typed) return null;
  const year = Number(typed);
  if (Number.isInteger(year) && year >= FIRST_YEAR && year <= LAST_YEAR) return year;
  const sentence = say.word("net_year", { year: typed, first: say.year(FIRST_YEAR), last: say.year(LAST_YEAR) });
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A field for a year; `take` hears only years, and null when it was emptied. */
export function yearField(id: string, say: Wording, take: (year: number | null) => void): HTMLInputElement {
  const range = { min: FIRST_YEAR, max: LAST_YEAR, inputmode: "numeric" };
  const field = el("input", { type: "number", id, ...range });
  field.addEventListener("input", () => field.setCustomValidity(""));
  field.addEventListener("change", () => {
    const year = field.validity.badInput ? NOT_A_NUMBER : yearTyped(field.value, say);
    if (typeof year !== "string") take(year);
    else {
      field.setCustomValidity(year);
      field.reportValidity();
    }
  });
  return field;
}
