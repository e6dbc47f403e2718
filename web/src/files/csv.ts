// Turns rows into the text of a CSV file: the same columns and cells as sco_map/export writes.
import { type Column, CSV_COLUMNS, type RecordPart, SPREADSHEET } from "../contract.ts";
import type { Row } from "../facts/row.ts";
import type { ById, Licence } from "../facts/types.ts";
import { positionOf } from "./geojson.ts";
import { record } from "./record.ts";

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

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/** A value as it stands in a line of the file. */
export const csvCell = (value: unknown, column?: Column): string => quoted(cellText(value, column));

/** The rows as CSV; statuses and roles are those of `year`, `licences` say whom to credit. */
export function toCsv(rows: readonly Row[], licences: ById<Licence>, year: number | null): string {
  const lines = [CSV_COLUMNS.map(({ name }) => name).join(",")];
  for (const row of rows) {
    const [longitude, latitude] = positionOf(row.geometry) ?? [];
    const attribution = licences[row.facts.licence ?? ""]?.attribution;
    const values: Record<string, unknown> = { ...record(row, year), longitude, latitude, attribution };
    lines.push(CSV_COLUMNS.map((column) => csvCell(values[column.name], column)).join(","));
  }
  return `${SPREADSHEET.byte_order_mark + lines.join("\r\n")}\r\n`;
}
