// @ts-nocheck
// What the reader asked for: one value with the same meaning as Selection of sco_map/atlas/selection.py.

import contract from "../../contract.json" with { type: "json" };
import { termsOf, wordsOf } from "../words/text.ts";
import { roleIn, statusIn, yearOf, yearOfStatus } from "./phases.ts";

export const { facets: FACETS, all_members: ALL_MEMBERS } = contract.address;
const YEARS = contract.address.years;
const UNFINISHED = new Set(contract.unfinished);

/**
 * @typedef {{country: string[], project: string[], layer: string[], kind: string[], status: string[], role: string[],
 *   year: number|null, since: number|null, late: boolean, q: string|null}} Selection
 */

/** @returns {Selection} */
export const emptySelection = () => ({
  country: [],
  project: [],
  layer: [],
  kind: [],
  status: [],
  role: [],
  year: null,
  since: null,
  late: false,
  q: null,
});

const sorted = (values) => [...new Set(values.map((value) => value.trim()).filter(Boolean))].sort();

/** The selection an address carries; unknown keys are ignored. @param {string|URLSearchParams} query @returns {Selection} */
export function parseSelection(query) {
  const values = typeof query === "string" ? new URLSearchParams(query.replace(/^[?#]/, "")) : query;
  const selection = emptySelection();
  for (const facet of FACETS) selection[facet] = sorted(values.getAll(facet).flatMap((value) => value.split(",")));
  for (const key of YEARS) selection[key] = /^-?\d{1,9}$/.test(values.get(key) ?? "") ? Number(values.get(key)) : null;
  selection.late = values.getAll("late").includes("1");
  selection.q = wordsOf(values.getAll("q").join(" ")).join(" ") || null;
  return selection;
}

const quote = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** The selection as an address carries it: defaults left out, values sorted. @param {Selection} selection */
export function formatSelection(selection) {
  const parts = [];
  for (const facet of FACETS)
    if (selection[facet].length) parts.push(`${facet}=${sorted(selection[facet]).map(quote).join(",")}`);
  for (const key of YEARS) if (selection[key] !== null) parts.push(`${key}=${selection[key]}`);
  if (selection.late) parts.push("late=1");
  if (selection.q) parts.push(`q=${quote(selection.q)}`);
  return parts.join("&");
}

/** Whether nothing is restricted. @param {Selection} selection */
export const isEverything = (selection) => formatSelection(selection) === "";

/** The countries that are members in `year` (null: today). @param {Object<string, {roles?: any[]}>} countries */
export const membersIn = (countries, year) =>
  Object.keys(countries).filter((code) => roleIn(countries[code].roles, year) === contract.member);

/** Whether a row counts in sums of km and countries: something built or planned at a place, so no river and no agreement (is_counted in Python). */
export const isCounted = (row) => row.phases.length > 0 && row.form !== "none";

export const statusOf = (row, year) => (year === null ? (row.status ?? null) : statusIn(row.phases, year));
export const roleOf = (row, year) => (year === null ? (row.role ?? null) : roleIn(row.roles, year));

/** Whether a row existed in `year`; null is today, when everything that is on the map exists. */
export function existsIn(row, year) {
  if (year === null) return true;
  if (row.phases?.length && statusOf(row, year) === null) return false;
  if (row.roles?.length && roleOf(row, year) === null) return false;
  return (yearOf(row.date) ?? year) <= year;
}

const isBetween = (opened, first, last) => opened !== null && opened >= first && (last === null || opened <= last);

/** Whether a row's opening was promised for the year or before and it is neither open nor given up; `now`: the year of the facts. */
export function isOverdue(row, year, now) {
  const promised = yearOf(row.facts?.promised?.date);
  return promised !== null && promised <= (year ?? now) && UNFINISHED.has(statusOf(row, year));
}

/** A project and everything below it in the tree. @param {Object<string, string[]>} children */
export function withDescendants(projects, children) {
  const found = new Set();
  const open = [...projects];
  while (open.length) {
    const project = open.pop();
    if (found.has(project)) continue;
    found.add(project);
    open.push(...(children[project] || []));
  }
  return found;
}

/**
 * One test per facet. A row passes the selection when it passes all of them.
 * @param {Selection} selection
 * @param {{countries: any, children: Object<string, string[]>, page?: any}} world
 * @returns {Object<string, (row: any) => boolean>}
 */
export function testsOf(selection, world) {
  const { year } = selection;
  const any = (values, wanted) => values.some((value) => wanted.has(value));
  const countries = new Set(
    selection.country.flatMap((code) => (code === ALL_MEMBERS ? membersIn(world.countries, year) : [code])),
  );
  const projects = withDescendants(selection.project, world.children);
  const [layers, kinds, statuses, roles] = [selection.layer, selection.kind, selection.status, selection.role].map(
    (values) => new Set(values),
  );
  const terms = termsOf(selection.q);
  const yes = () => true;
  return {
    country: selection.country.length ? (row) => any(row.countries, countries) : yes,
    project: selection.project.length ? (row) => any(row.projects, projects) : yes,
    layer: layers.size ? (row) => layers.has(row.layer) : yes,
    kind: kinds.size ? (row) => kinds.has(row.kind) : yes,
    status: statuses.size ? (row) => statuses.has(statusOf(row, year)) : yes,
    role: roles.size ? (row) => roles.has(roleOf(row, year)) : yes,
    year: year === null ? yes : (row) => existsIn(row, year),
    since:
      selection.since === null
        ? yes
        : (row) => isBetween(yearOfStatus(row.phases, contract.operating), selection.since, year),
    late: selection.late ? (row) => isOverdue(row, year, world.page.year) : yes,
    q: terms.length ? (row) => terms.every((term) => row.haystack.includes(term)) : yes,
  };
}

/**
 * Which rows pass, and for every value of every facet how many rows it would show if the other facets stay.
 * @param {any[]} rows @param {Selection} selection @param {any} world
 */
export function applySelection(rows, selection, world) {
  const tests = testsOf(selection, world);
  const names = Object.keys(tests);
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
  const passed = [];
  const add = (facet, value) => {
    if (value !== null && value !== undefined) counts[facet].set(value, (counts[facet].get(value) || 0) + 1);
  };
  for (const row of rows) {
    let failed = 0;
    let culprit = "";
    for (const name of names)
      if (!tests[name](row)) {
        culprit = name;
        if (++failed > 1) break;
      }
    if (failed > 1) continue;
    if (!failed) passed.push(row);
    const open = (facet) => !failed || culprit === facet;
    if (open("country")) for (const code of row.countries) add("country", code);
    if (open("project")) for (const project of row.lineage) add("project", project);
    if (open("layer")) add("layer", row.layer);
    if (open("kind")) add("kind", row.kind);
    if (open("status")) add("status", statusOf(row, selection.year));
    if (open("role")) add("role", roleOf(row, selection.year));
  }
  return { rows: passed, counts };
}
