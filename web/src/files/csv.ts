// Turns rows into the text of a CSV file: the same columns and cells as sco_map/export writes.
import { type Column, CSV_COLUMNS, DATES, SPREADSHEET } from "../contract.ts";
import type { Row } from "../facts/row.ts";
import type { ById, Licence, Source } from "../facts/types.ts";
import { cellText } from "./cells.ts";
import { positionOf } from "./geojson.ts";
import { record } from "./record.ts";
import { sourceList } from "./sources.ts";

/** How a table writes its decimals and separates its cells. */
export type Dialect = (typeof SPREADSHEET.dialects)["point"];

export const { point: POINT, comma: COMMA } = SPREADSHEET.dialects;

/** The dialect that a spreadsheet of a locale of the browser reads right. */
export function dialectOf(locale: string): Dialect {
  const half = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === "decimal");
  return half?.value === COMMA.decimal ? COMMA : POINT;
}

const quoted = (text: string, separator: string) =>
  /["\r\n]/.test(text) || text.includes(separator) ? `"${text.replace(/"/g, '""')}"` : text;

/** A value as it stands in a line of the file. */
export function csvCell(value: unknown, column?: Column, { decimal, separator }: Dialect = POINT): string {
  const text = cellText(value, column);
  return quoted(typeof value === "number" ? text.replace(".", decimal) : text, separator);
}

const PRECISIONS: Record<number, string> = { 4: "year", 7: "month", 10: "day" };

/** Each date as a day, and beside it how exact it is. */
function dated(values: Record<string, unknown>): Record<string, unknown> {
  const days: Record<string, unknown> = {};
  for (const name of DATES) {
    const date = values[name];
    if (typeof date !== "string") continue;
    days[name] = date + "-01".repeat((10 - date.length) / 3);
    days[`${name}_precision`] = PRECISIONS[date.length];
  }
  return days;
}

/** The rows as CSV; statuses and roles are those of `year`, the registers say whom to credit and who says so. */
export function toCsv(
  rows: readonly Row[],
  { licences, sources }: { licences: ById<Licence>; sources: ById<Source> },
  year: number | null,
  dialect: Dialect = POINT,
): string {
  const lines = [CSV_COLUMNS.map(({ name }) => name).join(dialect.separator)];
  for (const row of rows) {
    const [longitude, latitude] = positionOf(row.geometry) ?? [];
    const attribution = licences[row.facts.licence ?? ""]?.attribution;
    const facts = record(row, year);
    const source_list = sourceList(facts, sources);
    const known: Record<string, unknown> = { ...facts, longitude, latitude, attribution, source_list };
    const values = { ...known, ...dated(known) };
    const cells = CSV_COLUMNS.map((column) => csvCell(values[column.name], column, dialect));
    lines.push(cells.join(dialect.separator));
  }
  return `${SPREADSHEET.byte_order_mark + lines.join("\r\n")}\r\n`;
}
