// How a cell of the table reads where a cell is one text; the same words as sco_map/model/tables.py.
import { type Column, type RecordPart, SPREADSHEET } from "../contract.ts";

const BETWEEN = "; ";
const SOURCE = "source";

/** A text that no spreadsheet runs: an apostrophe before what would begin a formula. */
export const harmless = (text: string): string =>
  SPREADSHEET.formula_starts.some((start) => text.startsWith(start)) ? `'${text}` : text;

const joined = (texts: readonly string[]) => texts.filter(Boolean).join(BETWEEN);

/** A record as words in the order of its parts: "2024-12-27 construction", "532.53 km all (source)". */
export function recordText(fields: object, parts: readonly RecordPart[]): string {
  const known: Record<string, unknown> = { ...fields };
  const shown = parts.filter(({ name }) => name !== SOURCE && known[name]);
  const words = shown.flatMap(({ name, label, unit }) => [label, String(known[name]), unit]);
  return [...words, known[SOURCE] ? `(${known[SOURCE]})` : null].filter(Boolean).join(" ");
}

/** The text of a cell: numbers as they are, lists with semicolons, records as words, never a formula. */
export function cellText(value: unknown, column: Column | undefined): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const { parts = [], keyed = false } = column ?? {};
  if (Array.isArray(value)) {
    return harmless(joined(value.map((entry) => (parts.length ? recordText(entry, parts) : String(entry)))));
  }
  if (typeof value !== "object") return harmless(String(value));
  const pairs = () => Object.entries(value).map(([key, number]) => `${key} ${number}`);
  return harmless(keyed ? joined(pairs()) : recordText(value, parts));
}
