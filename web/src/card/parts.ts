// The parts that cards are made of: figures, history, lengths, accuracy, lists. Each says null when nothing is known.
import { LISTED } from "../contract.ts";
import { type Child, el, svg } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import type { Basis } from "../facts/headline.ts";
import { kmByCountry, type Travelled, wholeLengths } from "../facts/lengths.ts";
import { preferredOf } from "../facts/preferred.ts";
import type { Row } from "../facts/row.ts";
import type { Facts, Party, PromisedOpening, Prose, PublishedLength, SharedFacts } from "../facts/types.ts";
import type { Way } from "../facts/ways.ts";
import type { World } from "../facts/world.ts";
import { lineSwatch } from "../map/swatches.ts";
import type { Page } from "../page/context.ts";
import { lineWords } from "../routing/index.ts";
import { countryName, lengthWords, term, termFirst } from "../words/describe.ts";
import { sentenceCase } from "../words/fold.ts";
import type { Wording } from "../words/wording.ts";
import type { Citations } from "./citations.ts";
import { filled, joined, named, told } from "./prose.ts";

/** What a card is made with. */
export interface Making {
  readonly page: Page;
  readonly world: World;
  readonly say: Wording;
  readonly cite: Citations;
  /** The year of the map; null is the present. */
  readonly year: number | null;
}

export type Part = HTMLElement | null;

/** A value, what it is, and the mark of who says so. */
export type Figure = [value: string, caption: string, mark?: HTMLElement | null] | null;

const MOST_FIGURES = 3;

/** Figures of more letters are set smaller. */
const LONG_FIGURE = 12;

/** A part at sea is told when it is longer than this in km, or than this share of all. */
const LEAST_SEA_KM = 5;
const LEAST_SEA_SHARE = 0.01;

/** So many branches of a corridor are listed at once. */
const MOST_BRANCHES = 6;

/** The worst part is told when it is worse than the others by this factor. */
const MUCH_WORSE = 1.15;

export const heading = (text: string): HTMLElement => el("h2", { id: "cardtitle", text });

export const kicker = (text: string, swatch: Child = null): HTMLElement => el("p", { class: "kind" }, swatch, text);

export const section = ({ say }: Making, key: string, ...children: Child[]): HTMLElement =>
  el("section", {}, el("h3", { text: say.word(key) }), ...children);

export const link = (text: string, click: () => void): HTMLElement =>
  el("button", { type: "button", class: "link", text, on: { click } });

export function note(making: Making, text: Prose | undefined): Part {
  return text ? section(making, "note", el("p", { class: "note" }, told(making.say, text))) : null;
}

export function figures(list: readonly Figure[]): Part {
  const known = list.filter((figure) => figure !== null).slice(0, MOST_FIGURES);
  if (!known.length) return null;
  const figure = ([value, caption, mark]: NonNullable<Figure>) => {
    const size = [...value].length > LONG_FIGURE ? "long" : null;
    return el("div", {}, el("b", { class: size, text: value }), el("span", {}, caption, mark));
  };
  return el("div", { class: "figures" }, ...known.map(figure));
}

/** The mark of those who say a figure, or that nobody does. */
function saidBy({ cite, say }: Making, facts: SharedFacts, figure: string): HTMLElement | null {
  const said = (facts.figure_sources ?? []).filter((entry) => entry.figure === figure);
  return cite.markOrDoubt(say, ...said.map(({ source }) => source));
}

export function capacity(making: Making, facts: SharedFacts): Figure {
  const { say } = making;
  if (!facts.capacity) return null;
  const value = say.quantity(facts.capacity, facts.capacity_unit ?? "");
  return [value, say.word("capacity"), saidBy(making, facts, "capacity")];
}

export function cost(making: Making, facts: SharedFacts): Figure {
  const { say } = making;
  if (!facts.cost_usd_bn) return null;
  return [say.billions(facts.cost_usd_bn), say.word("cost"), saidBy(making, facts, "cost_usd_bn")];
}

/** A whole number with its unit. */
export function measure(
  making: Making,
  facts: Facts,
  column: "gauge_mm" | "diameter_mm" | "height_m",
  unit: "mm" | "m",
): Figure {
  const { say } = making;
  const value = facts[column];
  const caption = column.slice(0, column.lastIndexOf("_"));
  return value ? [say.word(unit, { n: say.number(value) }), say.word(caption), saidBy(making, facts, column)] : null;
}

/** The facts that a card lists under a word of the interface, as the table of columns says; numbers with their unit. */
export function listedValues(say: Wording, facts: SharedFacts): { name: string; term: string; value: Child }[] {
  const known: Record<string, unknown> = { ...facts };
  const shown = (value: unknown, unit: string) =>
    typeof value === "number" ? say.quantity(value, unit) : told(say, value as Prose | undefined);
  return LISTED.map(({ name, unit = "", word = name }) => {
    return { name, term: say.word(word), value: shown(known[name], unit) };
  });
}

/** The same with who says so. */
export const listed = (making: Making, facts: SharedFacts): Term[] =>
  listedValues(making.say, facts).map(({ name, term, value }) => [
    term,
    value,
    value ? saidBy(making, facts, name) : null,
  ]);

/** A length in km under a word of the interface. */
export const lengthFigure = ({ say }: Making, km: number, caption: string): Figure =>
  km ? [say.km(km), say.word(caption)] : null;

/** The length of a line: along its track with the drawn one beside it, else the drawn one alone. */
export function lengths(making: Making, row: Row): Figure[] {
  const { length_basis, drawn_km = row.km } = row.facts;
  const drawn = lengthFigure(making, drawn_km, "length_drawn");
  return length_basis === "track" ? [lengthFigure(making, row.km, "length_track"), drawn] : [drawn];
}

/** The published length of the whole: the preferred one, or the range where none is to be preferred. */
export function published(making: Making, lengths: PublishedLength[] | undefined, row: Row | null): Figure {
  const { say, world, cite } = making;
  const whole = wholeLengths(lengths, row, world.rows);
  if (!whole.length) return null;
  const preferred = preferredOf(whole, world.sources)?.entry;
  if (preferred) {
    const value = say.word("km", { n: say.number(preferred.km, 1) });
    return [value, say.word("length_published"), cite.markOrDoubt(say, preferred.source)];
  }
  const values = whole.map(({ km }) => km);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const text = low === high ? say.number(low, 1) : `${say.number(low)}–${say.number(high)}`;
  const sources = whole.map(({ source }) => source);
  return [say.word("km", { n: text }), say.word("length_published"), cite.markOrDoubt(say, ...sources)];
}

interface Entry {
  date: string | null;
  status?: string;
  text?: Prose;
  /** What is said instead of status and text. */
  words?: readonly Child[];
  source?: string;
  isFuture?: boolean;
}

/** What was announced, in words: the text that goes with it, then who said so and when. */
function promiseWords({ say }: Making, words: string, { text, by, said }: PromisedOpening): Child[] {
  const who = joined([told(say, by), said && say.date(said.slice(0, 7))], ", ");
  const what = named(say, words, text);
  if (!who.length) return what;
  return filled(say, "text_more", { text: el("span", {}, ...what), more: el("span", {}, ...who) });
}

/** A promise that a later one has replaced, under the date on which it was made. */
function pastPromise(making: Making, promise: PromisedOpening): Entry {
  const words = making.say.word("promised_for", { date: making.say.date(promise.opens.slice(0, 7)) });
  const said = promiseWords(making, words, { ...promise, said: undefined });
  return { date: promise.said ?? promise.opens, words: said, source: promise.source };
}

/** Dated statuses, events and promises in order; what is expected now comes under the date on which it is due. */
export function history(making: Making, facts: SharedFacts, layer: string): Part {
  const { say, world } = making;
  const entries: Entry[] = [
    ...(facts.phases ?? []).map(({ from, ...phase }) => ({ ...phase, date: from ?? null })),
    ...(facts.history ?? []),
  ];
  const promises = facts.promises ?? [];
  entries.push(...promises.slice(0, -1).map((promise) => pastPromise(making, promise)));
  const expected = promises.at(-1);
  if (expected) {
    const words = promiseWords(making, say.word("promised"), expected);
    entries.push({ status: "planned", isFuture: true, date: expected.opens, source: expected.source, words });
  }
  if (!entries.length) return null;
  entries.sort((a, b) => compared(a.date ?? "", b.date ?? ""));
  const item = ({ date, status, text, words, source, isFuture }: Entry) => {
    const swatch = status && lineSwatch({ layer, status, width: 2.6, length: 20, styles: world.styles });
    const name = status ? termFirst(world, say, "status", status) : "";
    const said = words ?? named(say, name, text);
    const when = date ? say.date(date.slice(0, 7)) : say.word("start_unknown");
    return el(
      "li",
      { class: isFuture ? "future" : null },
      el("time", { title: date ? say.date(date, false) : null, text: when }),
      swatch || el("span"),
      el("span", {}, ...said, making.cite.markOrDoubt(say, source)),
    );
  };
  return section(making, "history", el("ol", { class: "history" }, ...entries.map(item)));
}

const compared = (one: string, other: string) => (one < other ? -1 : Number(one > other));

/** A dated item of a list: when, and what with its source. */
export function dated(
  making: Making,
  date: string | null | undefined,
  text: string | readonly Child[],
  source?: string,
): HTMLElement {
  const { say, cite } = making;
  const time = el("time", {
    title: date ? say.date(date, false) : null,
    text: date ? say.date(date.slice(0, 7)) : "–",
  });
  return el("li", {}, time, el("span"), el("span", {}, ...[text].flat(), cite.mark(source)));
}

export const datedList = (making: Making, key: string, items: readonly HTMLElement[]): Part =>
  items.length ? section(making, key, el("ol", { class: "history" }, ...items)) : null;

/** One bar of km by state, in the order of travel, the part at sea palest. @param word says what is as long */
export function byCountry(
  { say, world }: Making,
  rows: readonly Travelled[],
  word = "km_by_country",
  basis: Basis | null = null,
): Part {
  const { total, countries, sea } = kmByCountry(rows);
  if (!total) return null;
  const bar = el("div", { class: "kmbar", "aria-hidden": "true" });
  const list = el("ul", { class: "kmlist" });
  const part = (km: number, opacity: number, name: string) => {
    const piece = el("i");
    piece.style.flexGrow = String(km);
    piece.style.opacity = String(opacity);
    bar.append(piece);
    list.append(el("li", {}, `${name} `, el("span", { text: say.number(Math.round(km)) })));
  };
  for (const [i, [code, km]] of countries.entries()) part(km, i % 2 ? 0.55 : 1, countryName(world, say, code));
  if (sea > Math.max(LEAST_SEA_KM, total * LEAST_SEA_SHARE)) {
    part(sea, 0.18, say.word(countries.length ? "at_sea" : "at_sea_only"));
  }
  return el(
    "section",
    {},
    el("h3", { text: say.word(word, { km: lengthWords(say, say.km(total), basis) }) }),
    bar,
    list,
  );
}

/** What a published length is the length of, in words. */
function scopeName({ say, world }: Making, scope: Prose): Child {
  if (typeof scope !== "string") return told(say, scope);
  if (scope === "all") return say.word("scope_all");
  if (scope === "segment") return say.word("scope_segment");
  const row = world.byId.get(scope);
  if (!row) return say.pick(world.countries[scope]?.name) || (scope.split("__").at(-1) ?? scope).replaceAll("_", " ");
  const project = say.pick(world.projects[row.projects[0]]?.title);
  const title = say.pick(row.title);
  return project && title.startsWith(`${project}: `) ? sentenceCase(title.slice(project.length + 2)) : title;
}

/**
 * Several published lengths as a table: how long, of what, who says so and when; the preferred one of each thing first
 * and marked, and why it is.
 */
export function publishedList(making: Making, lengths: readonly PublishedLength[] | undefined): Part {
  if ((lengths?.length ?? 0) < 2) return null;
  const { say, world, cite } = making;
  const groups = new Map<Prose, PublishedLength[]>();
  for (const entry of lengths ?? []) groups.set(entry.scope, [...(groups.get(entry.scope) ?? []), entry]);
  const isOfSeveral = [...groups.values()].filter((entries) => preferredOf(entries, world.sources)?.reason).length > 1;
  const hasDates = (lengths ?? []).some(({ source }) => world.sources[source ?? ""]?.published);
  const reasons: HTMLElement[] = [];
  const lines = [...groups].flatMap(([scope, entries]) => {
    const preferred = preferredOf(entries, world.sources);
    const isPreferred = (entry: PublishedLength) => preferred?.reason && entry === preferred.entry;
    if (preferred?.reason) {
      const gaps = { km: say.word("km", { n: say.number(preferred.entry.km, 2) }) };
      const reason = say.word(`preferred_${preferred.reason}`, gaps);
      const name = scopeName(making, scope);
      const what = isOfSeveral ? [typeof name === "string" ? sentenceCase(name) : name, ": "] : [];
      reasons.push(el("p", { class: "quiet" }, ...what, reason));
    }
    const sorted = entries.toSorted((a, b) => Number(isPreferred(b) ?? 0) - Number(isPreferred(a) ?? 0));
    return sorted.map((entry) => {
      const source = world.sources[entry.source ?? ""];
      const who = source ? (source.publisher ?? source.title ?? "") : say.word("not_verified");
      return el(
        "tr",
        { class: isPreferred(entry) ? "preferred" : null },
        el("td", { class: "right", text: say.number(entry.km, 2) }),
        el("td", {}, scopeName(making, scope)),
        el("td", { class: source ? null : "quiet" }, who, source ? cite.mark(entry.source) : null),
        hasDates ? el("td", { text: source?.published ? say.date(source.published.slice(0, 7)) : "" }) : null,
      );
    });
  });
  const unit = say.word("km", { n: "" }).trim();
  const names = [unit, say.word("of_what"), say.word("who"), ...(hasDates ? [say.word("when")] : [])];
  const head = el("tr", {}, ...names.map((text, i) => el("th", { scope: "col", class: i ? null : "right", text })));
  const table = el("table", { class: "published" }, el("thead", {}, head), el("tbody", {}, ...lines));
  return section(making, "lengths_published", table, ...reasons);
}

/** The bases of the accuracy of rows, that of the most km first. */
function bases(rows: readonly Row[]): string[] {
  const km = new Map<string, number>();
  for (const { facts, km: length } of rows) {
    const basis = facts.accuracy_basis ?? "";
    km.set(basis, (km.get(basis) ?? 0) + (length || 1));
  }
  return [...km].sort((a, b) => b[1] - a[1]).map(([basis]) => basis);
}

/** How far a line may be off, as a ribbon and a sentence. */
export function accuracy(making: Making, rows: readonly Row[]): Part {
  const { say } = making;
  const known = rows.filter((row) => row.facts.accuracy_km);
  if (!known.length) return null;
  const within = known.map((row) => row.facts.accuracy_km ?? 0);
  const best = Math.min(...within);
  const most = Math.max(...within);
  const worst = Math.max(...known.map((row, i) => row.facts.accuracy_worst_km ?? within[i]));
  const rounded = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
  const km = (value: number) => say.word("km", { n: say.number(rounded(value), 1) });
  const isPoint = known.every((row) => row.form === "point");
  const order = bases(known);
  const range = most - best < 1 ? km(most) : `${say.number(Math.round(best))}–${km(most)}`;
  const texts = isPoint
    ? [say.word("accuracy_point"), say.word("accuracy_within_point", { km: km(most) })]
    : [say.word(`accuracy_${order[0]}`), say.word("accuracy_within", { km: range })];
  if (!isPoint && worst > most * MUCH_WORSE) texts.push(say.word("accuracy_worst", { km: km(worst) }));
  if (!isPoint && order[0] !== "schematic" && order.includes("schematic")) texts.push(say.word("accuracy_schematic"));
  const [first, ...others] = texts;
  const text = [sentenceCase(first), ...others].join(" ");
  return section(making, "accuracy", el("div", { class: "accuracy" }, ribbon(isPoint), el("p", { text })));
}

function ribbon(isPoint: boolean): SVGSVGElement {
  const size = { width: 30, height: 22, "aria-hidden": "true" };
  const middle = { cx: 15, cy: 11, fill: "var(--tone)" };
  if (isPoint) {
    return svg(
      "svg",
      size,
      svg("circle", { ...middle, r: 10, "fill-opacity": 0.2 }),
      svg("circle", { ...middle, r: 2.6 }),
    );
  }
  const line = { d: "M1 15C8 15 9 7 16 7s8 6 13 6", stroke: "var(--tone)", fill: "none" };
  const wide = svg("path", { ...line, "stroke-opacity": 0.2, "stroke-width": 12 });
  return svg("svg", size, wide, svg("path", { ...line, "stroke-width": 2 }));
}

/** A term, what is known of it, and the mark of who says so. */
export type Term = [term: string, value: Child, mark?: HTMLElement | null];

/** Terms and what is known of them; unknown ones are left out. */
export function factList(list: readonly Term[]): Part {
  const known = list.filter(([, value]) => value);
  if (!known.length) return null;
  const items = known.flatMap(([name, value, mark]) => [el("dt", { text: name }), el("dd", {}, value, mark)]);
  return el("dl", { class: "facts" }, ...items);
}

/** Who takes part in an agreement, and how; the earliest first. */
export function partyList(making: Making, parties: readonly Party[] | undefined): Part {
  const { say, world } = making;
  const sorted = [...(parties ?? [])].sort((a, b) => compared(a.date ?? "9", b.date ?? "9"));
  const items = sorted.map((party) => {
    const status = term(world, say, "agreement_status", party.status);
    const remark = told(say, party.note);
    const standing = say.word("text_of", { name: countryName(world, say, party.country), text: status });
    const said = remark ? filled(say, "text_more", { text: standing, more: remark }) : standing;
    return dated(making, party.date, said, party.source);
  });
  return datedList(making, "parties", items);
}

/** Lines and sites of a project, folded. */
export function rowList({ page, say, world, year }: Making, rows: readonly Row[]): HTMLElement {
  const item = (row: Row) => {
    const { layer, kind } = row;
    const look = { layer, kind, status: statusOf(row, year), width: 2.4, length: 20, styles: world.styles };
    const km = row.km ? el("span", { class: "count", text: say.km(row.km) }) : null;
    const title = link(say.pick(row.title), () => page.open(row.id));
    return el("li", {}, row.form === "line" ? lineSwatch(look) : null, title, km);
  };
  const summary = el("summary", {}, say.counted("rows_of_project", rows.length));
  return el("details", { class: "rows" }, summary, el("ul", { class: "plain" }, ...rows.map(item)));
}

/** The branches of a corridor, the longest first, each with its ends and km; what is many is folded. */
export function branchList(making: Making, branches: readonly Way<Row>[]): Part {
  if (!branches.length) return null;
  const { page, say, world, year } = making;
  const item = ({ from, to, km, parts }: Way<Row>) => {
    const { row } = parts.reduce((best, part) => (part.row.km * part.share > best.row.km * best.share ? part : best));
    const { layer, kind } = row;
    const look = { layer, kind, status: statusOf(row, year), width: 2.4, length: 20, styles: world.styles };
    const text = endsText(making, from, to);
    const name = parts.length === 1 ? link(text, () => page.open(row.id)) : el("span", { text });
    return el("li", {}, lineSwatch(look), name, el("span", { class: "count", text: say.km(km) }));
  };
  const items = branches.map(item);
  const first = el("ul", { class: "plain" }, ...items.slice(0, MOST_BRANCHES));
  const rest = items.slice(MOST_BRANCHES);
  const summary = el("summary", {}, say.counted("more_branches", rest.length));
  const folded = rest.length ? el("details", { class: "rows" }, summary, el("ul", { class: "plain" }, ...rest)) : null;
  return section(making, "branches", first, folded);
}

/** From where to where a line runs, in the order of travel. */
export function endsText({ say, world }: Making, from: string, to: string): string {
  const name = (id: string) => say.pick(world.places[id]?.name) || id;
  return say.word("from_to", { from: name(from), to: name(to) });
}

/** What a line says of itself, and of each of its legs: the map for those who cannot see it. */
export function lineInWords({ page, say, world }: Making, id: string): Part {
  const found = lineWords(world, id, say, page.state.worldview);
  if (!found) return null;
  const { text, legs } = found;
  const steps = legs.length > 1 ? el("ol", { class: "plain" }, ...legs.map((leg) => el("li", { text: leg }))) : null;
  return el(
    "details",
    { class: "rows words" },
    el("summary", { text: say.word("says_words") }),
    el("p", { text }),
    steps,
  );
}
