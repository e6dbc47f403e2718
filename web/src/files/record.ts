// What a row says, as the columns of the atlas.
import { LANGUAGES } from "../contract.ts";
import { roleOf, statusOf } from "../facts/filter.ts";
import type { Row } from "../facts/row.ts";

/** The columns of a row; status and role are those of `year`. */
export function record(row: Row, year: number | null): Record<string, unknown> {
  const { title, ...rest } = row.facts;
  const titles = Object.fromEntries(LANGUAGES.map((lang) => [`title_${lang}`, title?.[lang] ?? null]));
  return {
    ...titles,
    ...rest,
    layer: row.layer,
    countries: row.countries,
    km_by_country: row.kmByCountry,
    status: statusOf(row, year),
    role: roleOf(row, year),
  };
}
