// Says in words what is chosen and what a thing is called, for titles, chips, cards, print and picture.
import { ALL_MEMBERS, FACETS, type Facet, HIDDEN, MEASURES, RANGES, type RangeKey } from "../contract.ts";
import type { Basis, Headline } from "../facts/headline.ts";
import { parseRange } from "../facts/ranges.ts";
import type { Selection } from "../facts/selection.ts";
import type { ById, Country, Layer, Licence, Project, Story, Term } from "../facts/types.ts";
import { sentenceCase } from "./fold.ts";
import type { Wording } from "./wording.ts";

/** What has names. */
export interface Named {
  readonly vocabulary: ById<ById<Term>>;
  readonly countries: ById<Country>;
  readonly projects: ById<Project>;
  readonly layers: ById<Layer>;
}

/** Filters with more values than this are not spelt out in the title. */
const MOST_NAMED = 6;

/** From here on a sum of km is rounded to hundreds. */
const HUNDREDS_FROM = 1000;

/** The word of the vocabulary for an id, as it stands inside a sentence. */
export const term = (
  world: Pick<Named, "vocabulary">,
  say: Wording,
  group: string,
  id: string | null | undefined,
): string => (id && say.pick(world.vocabulary[group]?.[id]?.label)) || id || "";

/** The same at the beginning of a line. */
export const termFirst = (world: Named, say: Wording, group: string, id: string | null | undefined): string =>
  sentenceCase(term(world, say, group, id));

export const countryName = (world: Pick<Named, "countries">, say: Wording, code: string): string =>
  say.pick(world.countries[code]?.name) || code;

/** The name of a facet's value in words. */
export function valueName(world: Named, say: Wording, facet: Facet, value: string): string {
  if (value.startsWith(HIDDEN)) {
    const shown = value.slice(HIDDEN.length);
    const name = facet in world.vocabulary ? term(world, say, facet, shown) : valueName(world, say, facet, shown);
    return say.word("hidden_value", { name });
  }
  if (facet === "country") return value === ALL_MEMBERS ? say.word("all_members") : countryName(world, say, value);
  if (facet === "project") return say.pick(world.projects[value]?.title) || value;
  if (facet === "layer") return say.pick(world.layers[value]?.title) || value;
  return termFirst(world, say, facet, value);
}

/** What a figure is counted in, as a reader writes it. */
export const unitName = (say: Wording, unit: string): string => say.words[`unit_${unit}`] ?? unit;

/** A range in words: what is measured, from where to where, with its unit. */
export function rangeName(say: Wording, name: RangeKey, text: string): string {
  const { unit, is_year: isYear } = MEASURES[name];
  const range = parseRange(name, text);
  if (!range) return text;
  const counted = range.unit ?? unit ?? "";
  const written = (figure: number) => (isYear ? say.year(figure) : say.number(say.inUnit(figure, counted), 3));
  const number = (figure: number | null) => (figure === null ? "" : written(figure));
  const [low, high] = [number(range.low), number(range.high)];
  const kind = low === high ? "" : low && high ? "range_between" : low ? "range_from" : "range_to";
  const figures = kind ? say.word(kind, { low, high }) : low;
  return say.word(`range_${name}`, { range: counted ? `${figures} ${unitName(say, counted)}` : figures });
}

/** The selection as a sentence; `story` is the saved question that it is, if any. */
export function selectionSentence(world: Named, say: Wording, selection: Selection, story: Story | null): string {
  if (story) return say.pick(story.title);
  const parts: string[] = [];
  for (const facet of FACETS) {
    const values = selection[facet];
    if (!values.length || values.length > MOST_NAMED) continue;
    parts.push(values.map((value) => valueName(world, say, facet, value)).join(", "));
  }
  for (const name of RANGES) {
    const text = selection[name];
    if (text) parts.push(rangeName(say, name, text));
  }
  if (selection.since !== null) parts.push(say.word("opened_since", { year: say.year(selection.since) }));
  if (selection.late) parts.push(say.word("overdue"));
  if (selection.q) parts.push(`“${selection.q}”`);
  return parts.join(" · ");
}

/** How many projects and states there are, and the length that the page gives for them. */
interface Sums extends Headline {
  readonly projects: number;
  readonly countries: number;
}

/** A length in words with what it is, where that can be said in a word. */
export const lengthWords = (say: Wording, km: string, basis: Basis | null): string =>
  basis ? say.word("length_and_basis", { km, basis: say.word(`length_${basis}`) }) : km;

const sumsGaps = (say: Wording, { projects, countries, km, basis }: Sums) => ({
  projects: say.counted("count_projects", projects),
  length: lengthWords(say, say.word("km", { n: say.number(km) }), km ? basis : null),
  countries: say.counted("count_countries", countries),
});

/** What is on the map in numbers; of sites and events, which have no length, how many there are. */
export function totalsSentence(say: Wording, totals: Sums, story: Story | null, rows: number): string {
  const km = totals.km >= HUNDREDS_FROM ? Math.round(totals.km / 100) * 100 : Math.round(totals.km);
  const gaps = sumsGaps(say, { ...totals, km });
  if (!story && rows && !totals.km) {
    const length = say.counted("rows_shown", rows);
    const hasMore = totals.projects > 0 && totals.countries > 0;
    return hasMore ? say.word("dek", { ...gaps, length }) : length + say.word("full_stop");
  }
  if (!story) return say.word("dek", gaps);
  return totals.km ? `${say.pick(story.text)} ${say.word("dek_short", gaps)}` : say.pick(story.text);
}

/** How many rows a past year leaves out because nobody says since when they are there; empty when none. */
export const leftOutSentence = (say: Wording, leftOut: number): string =>
  leftOut ? say.word("left_out", { n: say.number(leftOut) }) : "";

/** What a change of the filters has led to, for those who hear the page. */
export function resultSentence(say: Wording, rows: number, totals: Sums): string {
  if (!rows) return say.word("empty");
  if (!totals.km) return say.counted("rows_shown", rows) + say.word("full_stop");
  const gaps = sumsGaps(say, { ...totals, km: Math.round(totals.km) });
  return `${say.counted("rows_shown", rows)}. ${say.word("dek_short", gaps)}`;
}

/** Who is to be credited, each once; facts without a licence are credited in their cards. */
export function creditList(layers: ById<Layer>, licences: ById<Licence>, say: Wording): string[] {
  const ground = say.word("credit_ground");
  const cited = Object.values(licences).filter((licence) => licence && !licence.url);
  const facts = new Set(cited.map((licence) => licence?.attribution));
  const texts = Object.values(layers).flatMap((layer) => layer?.attribution?.split(/\s*[;|]\s*/) ?? []);
  const isKnown = (text: string) => facts.has(text) || ground.includes(text.split(" ").slice(-2).join(" "));
  const order = (text: string) => (text.startsWith("©") ? 0 : 1);
  return [...new Set([ground, ...texts.filter((text) => !isKnown(text))])].sort((a, b) => order(a) - order(b));
}

/** What a licence is called; one that is no text of its own has a word of the interface. */
export const licenceName = (id: string, licences: ById<Licence>, say: Wording): string =>
  say.words[`licence_${id}`] ?? licences[id]?.title ?? id;

/** The names of the licences of all layers, each once. */
export function licenceTitles(layers: ById<Layer>, licences: ById<Licence>, say: Wording): string[] {
  const ids = new Set(Object.values(layers).map((layer) => layer?.licence ?? ""));
  return [...ids].flatMap((id) => (licences[id] ? licenceName(id, licences, say) : []));
}
