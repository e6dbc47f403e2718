// The card of a line or site.
import { OWN_PREFIX } from "../contract.ts";
import { type Child, el, icon } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import { basisOf } from "../facts/headline.ts";
import { wholeLengths } from "../facts/lengths.ts";
import { latest } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import { lineSwatch } from "../map/swatches.ts";
import { countryName, term, termFirst } from "../words/describe.ts";
import { sentenceCase } from "../words/fold.ts";
import { elsewhere } from "./outside.ts";
import {
  accuracy,
  byCountry,
  capacity,
  endsText,
  factList,
  figures,
  heading,
  history,
  kicker,
  lengths,
  lineInWords,
  link,
  listed,
  type Making,
  measure,
  note,
  type Part,
  partyList,
  published,
  publishedList,
} from "./parts.ts";
import { joined, told } from "./prose.ts";

const BACK = "M10 3 5 8l5 5";
const NEXT = "M6 3l5 5-5 5";

export function rowCard(making: Making, row: Row): Part[] {
  const { say, world, cite, year } = making;
  const { facts, layer, kind } = row;
  const status = statusOf(row, year);
  const home = world.projects[row.projects[0]];
  const kindName = termFirst(world, say, "kind", kind);
  const gauge = measure(making, facts, "gauge_mm", "mm");
  const diameter = measure(making, facts, "diameter_mm", "mm");
  const height = measure(making, facts, "height_m", "m");
  const known = capacity(making, facts);
  const length = published(making, facts.published_lengths, row);
  const shown = [length, known, ...lengths(making, row), gauge, diameter, height];
  const moments = facts.history?.length ? facts.history : home?.history;
  const users = row.projects.slice(1).flatMap((id) => world.projects[id] ?? []);
  const states = say.list(row.countries.map((code) => countryName(world, say, code)));
  const summary = home?.summary;
  return [
    kicker(
      status ? `${kindName} · ${term(world, say, "status", status)}` : kindName,
      lineSwatch({ layer, kind, status, width: 3, length: 26, styles: world.styles }),
    ),
    heading(say.pick(row.title)),
    layer.startsWith(OWN_PREFIX)
      ? el("p", { class: "note", text: say.word("own_unchecked", { file: say.pick(world.layers[layer]?.title) }) })
      : null,
    ends(making, row),
    neighbours(making, row),
    figures(shown),
    summary ? el("p", { class: "summary" }, told(say, summary), cite.mark(row.sources[0] ?? home.sources?.[0])) : null,
    publishedList(making, wholeLengths(facts.published_lengths, row, world.rows)),
    history(making, { ...facts, history: moments }, layer),
    byCountry(making, [row], "km_by_country", basisOf([row])),
    partyList(making, facts.parties),
    row.form !== "line" && row.countries.length ? factList([[say.word("countries_one"), states]]) : null,
    lineInWords(making, row.id),
    accuracy(making, [row]),
    factList([
      [say.word("direction"), direction(making, row)],
      ...listed(making, facts),
      [sentenceCase(say.word("gauge")), gauge && known ? gauge[0] : null],
      [say.word("also_used"), users.length ? say.list(users.map(({ title }) => say.pick(title))) : null],
      [say.word("confidence"), facts.confidence ? term(world, say, "confidence", facts.confidence) : null],
      [say.word("as_of_fact"), facts.as_of ? say.date(facts.as_of) : null],
    ]),
    note(making, facts.note),
    elsewhere(making, facts),
  ];
}

/** From where to where a line runs, unless its title says so. */
function ends(making: Making, row: Row): Part {
  const { places } = row;
  if (row.form !== "line" || places.length < 2) return null;
  const { say, world } = making;
  const title = say.pick(row.title);
  const outer = [places[0], places[places.length - 1]];
  if (outer.every((id) => title.includes(say.pick(world.places[id]?.name) || id))) return null;
  return el("p", { class: "ends", text: endsText(making, outer[0], outer[1]) });
}

/** The project of a row, and steps to the rows before and after it. */
function neighbours({ page, say, world }: Making, row: Row): Part {
  const home = row.projects[0];
  const project = world.projects[home];
  if (!project || say.pick(project.title) === say.pick(row.title)) return null;
  const rows = world.rows.filter((other) => other.projects.includes(home));
  const at = rows.indexOf(row);
  const step = (by: number, word: string, glyph: string) => {
    const other = rows[(at + by + rows.length) % rows.length];
    const names = { "aria-label": say.word(word), title: say.pick(other.title) };
    const on = { click: () => page.open(other.id) };
    return el("button", { type: "button", class: "step", ...names, on }, icon(glyph));
  };
  const place = say.word("of", { i: say.number(at + 1), n: say.number(rows.length) });
  const steps = [step(-1, "previous", BACK), el("span", { text: place }), step(1, "next", NEXT)];
  const crumb = link(say.pick(project.title), () => page.open(home));
  return el("div", { class: "crumbs" }, crumb, rows.length > 1 ? el("span", { class: "steps" }, ...steps) : null);
}

/** Which way a pipeline runs in the year of the map, and since when it does. */
function direction({ say, world, year }: Making, row: Row): Child {
  const { places } = row;
  if (!world.styles.flow.kinds.includes(row.kind) || places.length < 2) return null;
  if (statusOf(row, year) !== "operating") return null;
  const flow = latest(row.facts.flows, year);
  const ends = [places[0], places[places.length - 1]].map((id) => say.pick(world.places[id]?.name) || id);
  const [from, to] = flow?.direction === "backward" ? ends.reverse() : ends;
  const way = say.word(flow?.direction === "both" ? "direction_both" : "direction_way", { from, to });
  const since = flow?.from ? say.word("direction_since", { date: say.date(flow.from) }) : null;
  return el("span", {}, ...joined([way, since, told(say, flow?.text)], "; "));
}
