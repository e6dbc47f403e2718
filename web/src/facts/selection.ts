// What the reader asked for: one value with the same meaning as Selection of sco_map/model/selection.py.
import { FACETS, type Facet, HIDDEN, RANGES, type RangeKey, YEARS } from "../contract.ts";
import { wordsOf } from "../words/fold.ts";
import { formatRange, parseRange } from "./ranges.ts";

export type { Facet };

export const WHOLE_NUMBER = /^-?\d{1,9}$/;

/** What was asked for; a value with a minus sign before it takes away the rows that have it. */
export interface Selection extends Record<Facet, string[]>, Record<RangeKey, string | null> {
  /** The year to look at; null is today. */
  year: number | null;
  /** Only what opened in this year or later. */
  since: number | null;
  /** Only what was promised for the year of the map or before and is not open. */
  late: boolean;
  q: string | null;
}

/** Any part of a selection that can be taken back. */
export type Part = keyof Selection;

export const emptySelection = (): Selection => ({
  country: [],
  project: [],
  layer: [],
  kind: [],
  status: [],
  role: [],
  year: null,
  since: null,
  late: false,
  capacity: null,
  length: null,
  diameter: null,
  opened: null,
  q: null,
});

const sorted = (values: readonly string[]) => [...new Set(values)].sort();

/** The values of a facet that an address names, once or several times, with commas between them. */
export function listed(texts: readonly string[]): string[] {
  const values = texts.flatMap((text) => text.split(",")).map((value) => value.trim());
  return sorted(values.filter((value) => value !== "" && value !== HIDDEN));
}

/** The values that rows are to have, and those that they are not to have. */
export const wanted = (values: readonly string[]): string[] => values.filter((value) => !value.startsWith(HIDDEN));
export const hidden = (values: readonly string[]): string[] =>
  values.filter((value) => value.startsWith(HIDDEN)).map((value) => value.slice(HIDDEN.length));

/**
 * The values of a facet after a click on a name. With nothing chosen it is the only one from then on; else it is added,
 * or taken back when it was chosen.
 */
export function withName(values: readonly string[], name: string): string[] {
  if (!wanted(values).length) return [name];
  const others = values.filter((value) => value !== name && value !== HIDDEN + name);
  return sorted(values.includes(name) ? others : [...others, name]);
}

/**
 * The values of a facet after a click on the eye beside a name: hidden when it is shown, else shown.
 * `line`: the name and what is above it, whose hiding hides it, too.
 */
export function withEye(values: readonly string[], name: string, line: readonly string[] = [name]): string[] {
  if (isOn(values, line)) {
    const others = values.filter((value) => value !== name);
    return wanted(others).length && values.includes(name) ? others : sorted([...others, HIDDEN + name]);
  }
  const others = values.filter((value) => !line.includes(value.slice(HIDDEN.length)) || !value.startsWith(HIDDEN));
  return isOn(others, line) ? others : sorted([...others, name]);
}

/** Whether the values of a facet let a name through; `line`: the name and what is above it. */
export function isOn(values: readonly string[], line: readonly string[]): boolean {
  const chosen = wanted(values);
  const taken = hidden(values);
  return (!chosen.length || line.some((one) => chosen.includes(one))) && !line.some((one) => taken.includes(one));
}

/** The selection an address carries; unknown keys are ignored. */
export function parseSelection(query: string | URLSearchParams): Selection {
  const values = typeof query === "string" ? new URLSearchParams(query.replace(/^[?#]/, "")) : query;
  const selection = emptySelection();
  for (const facet of FACETS) selection[facet] = listed(values.getAll(facet));
  for (const key of YEARS) {
    const text = values.get(key) ?? "";
    selection[key] = WHOLE_NUMBER.test(text) ? Number(text) : null;
  }
  for (const key of RANGES) {
    const range = parseRange(key, values.get(key));
    selection[key] = range && formatRange(range);
  }
  selection.late = values.getAll("late").includes("1");
  selection.q = wordsOf(values.getAll("q").join(" ")).join(" ") || null;
  return selection;
}

/** A text as it is written in an address: everything but letters, digits and `-._~` escaped, as Python does. */
const quote = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** The selection as an address carries it: defaults left out, values sorted. */
export function formatSelection(selection: Selection): string {
  const parts: string[] = [];
  for (const facet of FACETS) {
    if (selection[facet].length) parts.push(`${facet}=${sorted(selection[facet]).map(quote).join(",")}`);
  }
  for (const key of YEARS) if (selection[key] !== null) parts.push(`${key}=${selection[key]}`);
  if (selection.late) parts.push("late=1");
  for (const key of RANGES) {
    const text = selection[key];
    if (text) parts.push(`${key}=${quote(text).replaceAll("%2F", "/")}`);
  }
  if (selection.q) parts.push(`q=${quote(selection.q)}`);
  return parts.join("&");
}

/** Whether nothing is restricted. */
export const isEverything = (selection: Selection): boolean => formatSelection(selection) === "";

/** Whether two selections ask for the same. */
export const isSame = (one: Selection, other: Selection): boolean => formatSelection(one) === formatSelection(other);

/** The selection with one part of it taken back. */
export const without = (selection: Selection, part: Part): Selection => ({
  ...selection,
  [part]: emptySelection()[part],
});

/** The parts of a selection that restrict anything. */
export function restrictions(selection: Selection): Part[] {
  const empty = emptySelection();
  const parts = [...FACETS, ...RANGES, "q", "year", "since", "late"] as const;
  return parts.filter((part) => String(selection[part] ?? "") !== String(empty[part] ?? ""));
}

/** What `own` asks for on top of another selection: its own words win. */
export function onTopOf(own: Selection, other: Selection): Selection {
  const whole = { ...other };
  for (const part of restrictions(own)) Object.assign(whole, { [part]: own[part] });
  return whole;
}
