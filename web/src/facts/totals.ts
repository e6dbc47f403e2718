// Sums over rows: projects, km and states; km that opened or were promised in each year.
import { OPERATING } from "../contract.ts";
import { isCounted } from "./filter.ts";
import { yearOf, yearOfStatus } from "./phases.ts";
import type { Row } from "./row.ts";
import { type OnTrack, onceEach } from "./tracks.ts";

type Summed = Pick<Row, "layer" | "projects" | "phases" | "form" | "km" | "countries"> & OnTrack;

/** How many projects, km and states rows make, every row and every track counted once. */
export function totalsOf(rows: readonly Summed[]): { projects: number; km: number; countries: number } {
  const counted = rows.filter(isCounted);
  const projects = new Set<string>();
  const countries = new Set<string>();
  for (const row of rows) if (row.projects.length) projects.add(row.projects[0]);
  for (const row of counted) for (const country of row.countries) countries.add(country);
  return {
    projects: projects.size,
    km: onceEach(counted).reduce((sum, row) => sum + row.km, 0),
    countries: countries.size,
  };
}

/** Km of lines that opened in each year, and km promised for each year from `now` on. */
export function kmByYear(rows: readonly Pick<Row, "form" | "km" | "phases" | "facts">[], now: number) {
  const opened = new Map<number, number>();
  const promised = new Map<number, number>();
  for (const row of rows) {
    if (row.form !== "line" || !row.km) continue;
    const year = yearOfStatus(row.phases, OPERATING);
    if (year !== null) opened.set(year, (opened.get(year) ?? 0) + row.km);
    const due = yearOf(row.facts.promises?.at(-1)?.opens);
    if (due !== null && due >= now) promised.set(due, (promised.get(due) ?? 0) + row.km);
  }
  return { opened, promised };
}
