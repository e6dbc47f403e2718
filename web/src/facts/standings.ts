// Which standing every state had in the organisation in a year.
import { latest } from "./phases.ts";
import type { Country } from "./types.ts";

export interface Standing {
  readonly code: string;
  readonly country: Country;
}

/** States by their role in `year` (null: today), the earliest of each role first; those without one are left out. */
export function standings(
  countries: Iterable<readonly [string, Country | undefined]>,
  year: number | null,
): Map<string, Standing[]> {
  const groups = new Map<string, (Standing & { from: string })[]>();
  for (const [code, country] of countries) {
    const now = latest(country?.roles, year);
    if (!country || !now) continue;
    groups.set(now.role, [...(groups.get(now.role) ?? []), { code, country, from: now.from }]);
  }
  for (const states of groups.values()) {
    states.sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
  }
  return groups;
}
