// Which states an agreement binds in a year, or which have a chosen standing: what the map shades.
import { existsIn, type Filtered, membersIn } from "./filter.ts";
import { roleIn, yearOf } from "./phases.ts";
import type { ById, Country, Party, Styles } from "./types.ts";

export type Shade = "full" | "hatch";

const AGREEMENT = "agreement";

interface Agreed extends Filtered {
  readonly facts: Filtered["facts"] & { readonly parties?: Party[] };
}

export const isAgreement = (row: { readonly kind: string }): boolean => row.kind === AGREEMENT;

/**
 * The states to shade: those that `agreements` bind in the year of the map, of a document without parties of its own
 * the members in that year; without agreements those of the chosen `roles`.
 */
export function partiesShown(
  agreements: readonly Agreed[],
  roles: readonly string[],
  year: number | null,
  known: { countries: ById<Country>; styles: Pick<Styles, "party">; page: { year: number } },
): Map<string, Shade> {
  const shades = new Map<string, Shade>();
  const shade = (code: string, how: Shade | undefined) => {
    if (how && shades.get(code) !== "full") shades.set(code, how);
  };
  const now = year ?? known.page.year;
  for (const row of agreements) {
    if (!existsIn(row, year, known.page.year)) continue;
    const parties = row.facts.parties ?? [];
    for (const party of parties) {
      if ((yearOf(party.date) ?? now) <= now) shade(party.country, known.styles.party[party.status]);
    }
    if (!parties.length) for (const code of membersIn(known.countries, year)) shade(code, "full");
  }
  if (!agreements.length && roles.length) {
    for (const [code, country] of Object.entries(known.countries)) {
      const role = roleIn(country?.roles, year);
      if (role !== null && roles.includes(role)) shade(code, "full");
    }
  }
  return shades;
}
