// The answer to the question for a way: figures, states, ways to choose between, every leg with its sources, a second
// year beside it, files.
import { Citations } from "../card/citations.ts";
import { figures } from "../card/parts.ts";
import { sourceEntries } from "../card/source-entries.ts";
import { NETWORK } from "../contract.ts";
import { el } from "../dom.ts";
import type { Page } from "../page/context.ts";
import { isRefusal, type Refusal, type Route, sentenceOf, type WayFigures } from "../routing/index.ts";
import { term } from "../words/describe.ts";
import { asking, type Inquiry } from "./inquiry.ts";
import { capital, figureTable, linkTo, pill, section, soilBar } from "./parts.ts";
import { routeSubject } from "./reply.ts";
import {
  askedWords,
  bandWords,
  chosenWay,
  enumerated,
  figureLines,
  type LegWords,
  legsInWords,
  remarks,
  routeTitle,
  soilsOf,
  withDifference,
} from "./route-words.ts";
import { yearField } from "./year-field.ts";

/** The prefix of the anchors of sources: a card that is open beside an answer has its own. */
export const ANSWER_ANCHOR = "answer-source-";

/** What an answer about a way can do besides showing itself. */
export interface Doing {
  readonly page: Page;
  download(format: "csv" | "geojson"): void;
}

/** The whole answer; `beside` is the same question in a second year, where one is asked for. */
export function routeAnswer(doing: Doing, route: Route, beside: Route | Refusal | null): HTMLElement[] {
  const { page } = doing;
  const { say, world, state } = page;
  const chosen = chosenWay(route, state.inquiry.way);
  const way = route.ways[chosen];
  const cite = new Citations(world.sources, ANSWER_ANCHOR);
  const count = (key: string, n: number): [string, string] => [say.number(n), say.counted(key, n)];
  const headline = figures([
    [say.km(way.km), bandWords(say, way)],
    count("way_borders", way.borders.length),
    count("way_breaks", way.breaks.length),
  ]);
  const legs = section(
    say.counted("way_legs", way.legs.length),
    el("ol", { class: "legs" }, ...legsInWords(world, say, way).map((words) => legItem(page, words, cite))),
  );
  const soils = soilsOf(way);
  const [bar, list] = soilBar(page, soils);
  const sources = sourceEntries(cite, world, say);
  return [
    el("h2", { text: routeTitle(world, say, route.ends) }),
    headline,
    alternatives(page, route, chosen),
    section(say.word("compare_countries"), bar, list),
    statusBar(page, way),
    ...[...askedWords(world, say, route), ...remarks(say, way)].map((text) => el("p", { class: "remark", text })),
    yearsBeside(page, route, way, beside),
    legs,
    sources ? section(say.word("sources"), sources) : null,
    actions(doing),
    el("p", { class: "quiet", text: say.word("way_study") }),
  ].filter((part) => part !== null);
}

/** The ways to choose between. */
function alternatives(page: Page, { ways }: Route, chosen: number): HTMLElement | null {
  const { say, state } = page;
  if (ways.length < 2) return null;
  const buttons = ways.map((way, at) => {
    const texts = [
      say.km(way.km),
      `${say.number(way.borders.length)} ${say.counted("way_borders", way.borders.length)}`,
    ];
    const name = `${say.word("way_number", { n: say.number(at + 1) })}: ${enumerated(say, texts)}`;
    return pill(name, () => page.ask({ ...state.inquiry, way: at + 1 }), at === chosen);
  });
  return el("div", { class: "pills ways", role: "group", "aria-label": say.word("way_ways") }, ...buttons);
}

/** Shares of a way by status, what rests on promises apart. */
function statusBar(page: Page, way: WayFigures): HTMLElement {
  const { say, world } = page;
  const items = way.kmByStatus.map(([status, km]) => {
    const share = way.km ? Math.round((km / way.km) * 100) : 0;
    const { row } = way.legs.find((leg) => leg.status === status) ?? way.legs[0];
    const swatch = page.rowSwatch(row);
    const texts = `${say.km(km)} · ${say.number(share)} %`;
    return el("li", {}, swatch, term(world, say, "status", status), el("span", { class: "count", text: texts }));
  });
  return section(say.word("way_by_status"), el("ul", { class: "plain" }, ...items));
}

function legItem(page: Page, { leg, title, facts, events }: LegWords, cite: Citations): HTMLElement {
  const { say } = page;
  const name = linkTo(title, () => page.open(leg.row.id));
  name.addEventListener("mouseenter", () => page.hover(leg.row));
  name.addEventListener("mouseleave", () => page.hover(null));
  const cutting = (id: string) => {
    const cut = linkTo(say.word("cut_it"), () => page.ask(asking(page.state.inquiry, { mode: "cut", cut: [id] })));
    cut.className = "link cutit";
    return cut;
  };
  return el(
    "li",
    { class: leg.promised ? "promised" : null },
    page.rowSwatch(leg.row),
    el(
      "div",
      {},
      el("p", {}, name, cite.rangeMark(say, leg.sources)),
      el("p", { class: "legfacts" }, facts.join(" · ")),
      ...events.map(({ text, border }) => el("p", { class: "event" }, text, " ", border ? cutting(border) : null)),
      cutting(leg.row.id),
    ),
  );
}

/** A field for a second year, and the figures of both years side by side. */
function yearsBeside(page: Page, route: Route, way: WayFigures, beside: Route | Refusal | null): HTMLElement {
  const { say, state } = page;
  const { inquiry } = state;
  const field = yearField("ask-beside", say, (year) => page.ask({ ...inquiry, beside: year }));
  field.value = inquiry.beside === null ? "" : say.year(inquiry.beside);
  const ask = el("div", { class: "askwhen" }, el("label", { for: "ask-beside" }, say.word("ask_beside")), field);
  const parts: HTMLElement[] = [ask];
  if (beside && inquiry.beside !== null) {
    const other = isRefusal(beside) ? null : beside.ways[0];
    const columns = [
      { year: route.year, way },
      { year: inquiry.beside, way: other },
    ].sort((one, two) => one.year - two.year);
    const heads = columns.map(({ year }) => say.year(year));
    if (other) heads.push(say.word("way_difference"));
    const lines = figureLines(
      say,
      columns.map((column) => column.way),
    );
    parts.push(figureTable(heads, withDifference(say, lines), say.word("way_figure")));
    if (isRefusal(beside)) {
      const told = beside.complaints.map((complaint) => capital(sentenceOf(complaint, page.world, say)));
      parts.push(...told.map((text) => el("p", { class: "remark", text })));
    }
  }
  return section(say.word("way_years"), ...parts);
}

/** The comparison with the route of now among what is compared. */
function withRoute({ state, world }: Page): Inquiry {
  const { inquiry, selection } = state;
  const { from, to, compare } = inquiry;
  if (from === null || to === null) return inquiry;
  const subject = routeSubject(from, to, selection.year ?? world.page.year);
  const subjects = [...compare.filter((one) => one !== subject), subject].slice(-NETWORK.most_compared);
  return { ...inquiry, mode: "compare", compare: subjects };
}

function actions({ page, download }: Doing): HTMLElement {
  const { say } = page;
  return el(
    "div",
    { class: "actions" },
    page.embedded ? null : linkTo(say.word("copy_link"), () => page.copyLink()),
    linkTo(say.word("compare_this"), () => page.ask(withRoute(page))),
    linkTo(say.word("way_legs_csv"), () => download("csv")),
    linkTo(say.word("way_legs_geojson"), () => download("geojson")),
  );
}
