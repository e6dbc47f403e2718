// What a row says, as the columns of the atlas.
import { COLUMNS, type Column, isNested, LANGUAGES, PROSE, TEXT_BESIDE } from "../contract.ts";
import { roleOf, statusOf } from "../facts/filter.ts";
import type { Row } from "../facts/row.ts";
import type { Layer, Prose, Texts } from "../facts/types.ts";
import { cellText } from "./cells.ts";

/** The km of a row in each state, in the order of travel. */
function inTravelOrder({ countries, kmByCountry }: Pick<Row, "countries" | "kmByCountry">): Record<string, number> {
  const codes = [...new Set([...countries, ...Object.keys(kmByCountry)])].filter((code) => code in kmByCountry);
  return Object.fromEntries(codes.map((code) => [code, kmByCountry[code]]));
}

/** A text for readers as the files of the atlas have it: in English, else in what a light page has. */
export const fileText = (text: Prose | null | undefined): string =>
  typeof text === "string" ? text : (text?.en ?? Object.values(text ?? {})[0] ?? "");

/** A value with its texts for readers as files have them. */
function inEnglish(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => inEnglish(one, key));
  if (typeof value !== "object" || value === null) return value;
  if (PROSE.includes(key)) return fileText(value as Texts);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, inEnglish(inner, name)]));
}

/** The columns of a row; status and role are those of `year`. */
export function record(row: Row, year: number | null): Record<string, unknown> {
  const { title, ...rest } = row.facts;
  const titles = Object.fromEntries(LANGUAGES.map((lang) => [`title_${lang}`, title?.[lang] ?? null]));
  return {
    ...titles,
    ...(inEnglish(rest) as typeof rest),
    layer: row.layer,
    countries: row.countries,
    km_by_country: inTravelOrder(row),
    status: statusOf(row, year),
    role: roleOf(row, year),
  };
}

/** Columns that a page has not, or only as links of the network. */
const LEFT_OUT: ReadonlySet<string> = new Set(["not", "links"]);

/** The columns that a row of a layer has in a file: those of the table that the page carries, in their order. */
const columnsOf = (layer: Layer | undefined): readonly Column[] =>
  COLUMNS.filter(({ name, page, declared }) => !LEFT_OUT.has(page) && (!declared || layer?.columns?.includes(name)));

/** All columns of a row as a file has them, the unknown ones empty; a plain text stands beside each list and record. */
export function properties(row: Row, layer: Layer | undefined, year: number | null): Record<string, unknown> {
  const known = record(row, year);
  const values: Record<string, unknown> = {};
  for (const column of columnsOf(layer)) {
    const value = known[column.name] ?? column.empty;
    values[column.name] = value;
    if (isNested(column) && column.csv) values[column.name + TEXT_BESIDE] = cellText(value, column) || null;
  }
  return values;
}
