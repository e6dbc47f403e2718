// What holds in a given year, read from dated lists; the same rules as sco_map/model/phases.py.
import type { DatedRole, Phase } from "./types.ts";

/** The year of "2024-12-27", "2024-12" or "2024". */
export const yearOf = (moment: string | null | undefined): number | null =>
  moment ? Number.parseInt(moment.slice(0, 4), 10) : null;

/** The last entry that began in or before `year` (null: the last of all); without `from` it has always been there. */
export function latest<Entry extends { from?: string | null }>(
  entries: readonly Entry[] | undefined,
  year: number | null,
): Entry | null {
  if (!entries?.length) return null;
  if (year === null) return entries[entries.length - 1];
  return entries.findLast((entry) => (yearOf(entry.from) ?? year) <= year) ?? null;
}

/** Whether a dated phase proves that something was there in `year`; one without a date does not. */
export const isProvenIn = (phases: readonly Phase[], year: number): boolean =>
  phases.some(({ from }) => (yearOf(from) ?? year + 1) <= year);

export const statusIn = (phases: readonly Phase[] | undefined, year: number | null): string | null =>
  latest(phases, year)?.status ?? null;

export const roleIn = (roles: readonly DatedRole[] | undefined, year: number | null): string | null =>
  latest(roles, year)?.role ?? null;

/** The year of the first phase with `status`, null when there is none or nobody knows. */
export const yearOfStatus = (phases: readonly Phase[] | undefined, status: string): number | null =>
  yearOf(phases?.find((phase) => phase.status === status)?.from);
