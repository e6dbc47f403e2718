// @ts-nocheck
// What holds in a given year, read from dated lists; the same rules as sco_map/atlas/phases.py.

/** The year of "2024-12-27", "2024-12" or "2024". @param {string|null|undefined} moment */
export const yearOf = (moment) => (moment ? Number.parseInt(moment.slice(0, 4), 10) : null);

/**
 * The last entry that began in or before `year` (null: the last of all); without `from` it has always been there.
 * @param {Array<{from?: string|null, status?: string, role?: string}>|undefined} entries
 * @param {number|null} year
 */
export function latest(entries, year) {
  if (!entries?.length) return null;
  if (year === null) return entries[entries.length - 1];
  let found = null;
  for (const entry of entries) if ((yearOf(entry.from) ?? year) <= year) found = entry;
  return found;
}

export const statusIn = (phases, year) => latest(phases, year)?.status ?? null;
export const roleIn = (roles, year) => latest(roles, year)?.role ?? null;

/** The year in which a row first had `status`, null when it never had or nobody knows. */
export const yearOfStatus = (phases, status) => yearOf((phases || []).find((phase) => phase.status === status)?.from);
