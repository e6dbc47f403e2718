// Ways side by side: figures in columns, km by state, each along its length on one scale; published times and costs.
import { Citations } from "../card/citations.ts";
import { sourceEntries } from "../card/source-entries.ts";
import { el } from "../dom.ts";
import type { Page } from "../page/context.ts";
import type { Comparison, Route } from "../routing/index.ts";
import { countryName, term } from "../words/describe.ts";
import { figureTable, linkTo, section, soilBar } from "./parts.ts";
import { ANSWER_ANCHOR } from "./route-answer.ts";
import { type Asking, type Form, listField, whenFields } from "./route-form.ts";
import { figureLines, routeTitle, soilsOf } from "./route-words.ts";
import { stripDrawing, stripKey } from "./strip-drawing.ts";

export function compareForm(asked: Asking): Form {
  const lines = listField(asked, "compare", "compare_what", "lines");
  const when = whenFields(asked);
  return {
    node: el("div", { class: "askform" }, lines.node, when.node),
    update: () => {
      lines.update();
      when.update();
    },
  };
}

/** What a column is called: the name of the line, or the ends; and the year where it is not that of the facts. */
export function headOf({ say, world }: Page, { title, ends, year }: Route): string {
  const name = say.pick(title) || routeTitle(world, say, ends);
  return year === world.page.year ? name : `${name}, ${say.year(year)}`;
}

export function compareAnswer(page: Page, comparison: Comparison): HTMLElement[] {
  const { say, world } = page;
  const { routes, countries, strips, longestKm } = comparison;
  const heads = routes.map((route) => headOf(page, route));
  const figures = figureLines(
    say,
    routes.map(({ ways: [way] }) => way),
  );
  const cite = new Citations(world.sources, ANSWER_ANCHOR);
  const states = countries.map(({ code, km }) => ({
    key: code ?? "sea",
    name: code === null ? say.word("at_sea_only") : countryName(world, say, code),
    values: km,
    texts: km.map((value) => (value ? say.number(Math.round(value)) : "–")),
  }));
  const alongWay = strips.map((strip, at) =>
    el("div", {}, el("p", { class: "striphead", text: heads[at] }), stripDrawing(page, strip, longestKm)),
  );
  const bars = routes.map(({ ways: [way] }, at) => {
    const [bar] = soilBar(page, soilsOf(way));
    bar.style.width = `${(way.km / longestKm) * 100}%`;
    return el("div", { class: "sidebar" }, el("p", { class: "striphead", text: heads[at] }), bar);
  });
  const published = carriageLines(page, routes, heads, cite);
  const sources = sourceEntries(cite, world, say);
  return [
    figureTable(heads, figures, say.word("way_figure")),
    section(say.word("compare_strip"), ...alongWay, stripKey(page, strips)),
    section(say.word("compare_countries"), ...bars, figureTable(heads, states, say.word("countries_one"))),
    published,
    sources ? section(say.word("sources"), sources) : null,
    el("div", { class: "actions" }, page.embedded ? null : linkTo(say.word("copy_link"), () => page.copyLink())),
    el("p", { class: "quiet", text: say.word("way_study") }),
  ].filter((part) => part !== null);
}

/** Times and costs that sources publish. */
function carriageLines(
  page: Page,
  routes: readonly Route[],
  heads: readonly string[],
  cite: Citations,
): HTMLElement | null {
  const { say, world } = page;
  const items = routes.flatMap(({ carriage }, at) =>
    carriage.map(({ low, high, unit, as_of, scope, source }) => {
      const name = term(world, say, "carriage_unit", unit);
      const band = low === high ? say.number(low, 2) : `${say.number(low, 2)}–${say.number(high, 2)}`;
      const text = `${heads[at]}: ${band} ${name}, ${say.pick(scope)}, ${say.date(as_of)}`;
      return el("li", {}, el("p", {}, text, cite.markOrDoubt(say, source)));
    }),
  );
  return items.length ? section(say.word("compare_published"), el("ul", { class: "plain" }, ...items)) : null;
}
