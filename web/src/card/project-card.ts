// The card of a project: a corridor, a system of pipelines, a programme, an agreement.
import { OPERATING } from "../contract.ts";
import { el } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import { basisOf, headlineOf } from "../facts/headline.ts";
import { statusIn } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import { onceEach } from "../facts/tracks.ts";
import type { Project } from "../facts/types.ts";
import { partsOfWay, type Way, waysOf } from "../facts/ways.ts";
import { lineSwatch, symbolSwatch } from "../map/swatches.ts";
import { isRefusal, line, type Route, waysOf as waysNamed } from "../routing/index.ts";
import { lengthWords, term, termFirst } from "../words/describe.ts";
import { sentenceCase } from "../words/fold.ts";
import { elsewhere } from "./outside.ts";
import {
  accuracy,
  branchList,
  byCountry,
  capacity,
  cost,
  endsText,
  factList,
  figures,
  heading,
  history,
  kicker,
  lengthFigure,
  lineInWords,
  link,
  listed,
  type Making,
  note,
  type Part,
  partyList,
  published,
  publishedList,
  rowList,
  section,
} from "./parts.ts";
import { told } from "./prose.ts";

/** So many kinds are named above the title. */
const MOST_KINDS = 3;

/** A programme of at least so many kinds is listed kind by kind. */
const LEAST_KINDS = 3;

export function projectCard(making: Making, id: string, project: Project, rows: readonly Row[]): Part[] {
  const { page, say, world, cite, year } = making;
  const drawn = rows.filter((row) => row.form === "line");
  const longest = drawn.toSorted((a, b) => b.km - a.km);
  const lead = longest[0] ?? rows[0];
  const ofLead = lead ? statusOf(lead, year) : null;
  const status = project.phases?.length ? statusIn(project.phases, year) : ofLead;
  const parent = world.projects[project.parent ?? ""];
  const named = namedWays(making, id);
  const ways = project.form === CORRIDOR && !named.length ? corridorWays(making, drawn) : null;
  const total = !named.length && (drawn.length === 1 || project.form === LINE) ? lengthOf(drawn) : 0;
  const basis = basisOf(drawn);
  const gauges = [...new Set(drawn.flatMap((row) => row.facts.gauge_mm ?? []))].sort((a, b) => a - b);
  const below = Object.keys(world.projects).filter((other) => world.projects[other]?.parent === id);
  const own = rows.filter((row) => row.projects.includes(id));
  const parties = rows.flatMap((row) => (row.kind === "agreement" ? (row.facts.parties ?? []) : []));
  const words = kindWords(making, project, longest.length ? longest : rows);
  const look = { layer: lead?.layer ?? project.layer, kind: lead?.kind ?? project.kind, status: ofLead ?? status };
  const openLink = (other: string) => link(say.pick(world.projects[other]?.title), () => page.open(other));
  return [
    kicker(
      status ? `${words} · ${term(world, say, "status", status)}` : words,
      lineSwatch({ ...look, width: 3, length: 26, styles: world.styles }),
    ),
    heading(say.pick(project.title)),
    parent && project.parent ? el("div", { class: "crumbs" }, openLink(project.parent)) : null,
    figures([
      published(making, project.published_lengths, null),
      named.length ? lengthFigure(making, named[0].ways[0].km, "main_line") : null,
      ways?.main ? lengthFigure(making, ways.main.km, "main_line") : null,
      capacity(making, project),
      cost(making, project),
      lengthFigure(making, total, basis ? `length_${basis}` : "length"),
      gauges.length ? [gauges.map((gauge) => say.year(gauge)).join(" / "), say.word("gauge_mm")] : null,
    ]),
    project.partial && drawn.length ? el("p", { class: "quiet", text: say.word("partial") }) : null,
    project.summary ? el("p", { class: "summary" }, told(say, project.summary), cite.mark(project.sources?.[0])) : null,
    named.length ? namedLine(making, named[0]) : null,
    named.length > 1
      ? section(making, "other_ways", plainList(named.slice(1).map((way) => wayItem(making, way))))
      : null,
    ways?.main ? mainLine(making, ways.main) : null,
    ways ? branchList(making, ways.branches) : null,
    publishedList(making, project.published_lengths),
    history(making, project, project.layer),
    partyList(making, parties),
    byKind(making, id, rows),
    ways || named.length
      ? null
      : byCountry(making, onceEach(drawn), project.form === LINE ? "km_by_country" : "km_by_country_together", basis),
    below.length ? section(making, "parts", plainList(below.map((other) => partItem(making, other)))) : null,
    lineInWords(making, id),
    accuracy(making, drawn.length ? drawn : rows),
    own.length > 1 ? rowList(making, own) : null,
    factList([
      ...listed(making, project),
      [say.word("confidence"), project.confidence ? term(world, say, "confidence", project.confidence) : null],
      [say.word("as_of_fact"), project.as_of ? say.date(project.as_of) : null],
    ]),
    note(making, project.note),
    elsewhere(making, project),
  ];
}

const CORRIDOR = "corridor";
const LINE = "line";

/**
 * The ways that a project names as the network has them, its main line first; none when the page does not carry the
 * lines of the main one, or when it is not open in the year of the map.
 */
function namedWays({ world, page, year }: Making, id: string): Route[] {
  const { worldview } = page.state;
  const found = waysNamed(world, id).map(([subject]) => line(world, { subject, year, worldview }));
  const [main] = found;
  return !main || isRefusal(main) ? [] : found.flatMap((way) => (isRefusal(way) ? [] : [way]));
}

/** From where to where the main line runs, and how far in each state. */
function namedLine(making: Making, { ends, ways: [way] }: Route): Part {
  const km: Record<string, number> = {};
  for (const [code, length] of way.kmByCountry) km[code] = (km[code] ?? 0) + length;
  const travelled = { form: "line" as const, km: way.km, countries: Object.keys(km), kmByCountry: km };
  const bar = byCountry(making, [travelled], "main_line_by_country");
  bar?.querySelector("h3")?.after(el("p", { class: "ends", text: endsText(making, ...ends) }));
  return bar;
}

/** Another way of a project with its length, and the year where that is not the one of the map. */
function wayItem({ say, year }: Making, way: Route): HTMLElement {
  const title = say.pick(way.title);
  const text = way.question.year === null || way.year === year ? title : `${title}, ${say.year(way.year)}`;
  return el("span", { class: "part" }, text, el("span", { class: "count", text: say.km(way.ways[0].km) }));
}

/** The main line and the branches of a corridor, as they are in the year of the map. */
const corridorWays = ({ world, year }: Making, rows: readonly Row[]) =>
  waysOf(
    rows,
    (place) => world.places[place]?.at,
    (row) => statusOf(row, year) === OPERATING,
  );

/** The km of lines; parallel pipelines count each, a track that is rebuilt once. */
const lengthOf = (rows: readonly Row[]) => onceEach(rows).reduce((sum, row) => sum + row.km, 0);

/** From where to where the main line runs, and how far in each state. */
function mainLine(making: Making, main: Way<Row>): Part {
  const bar = byCountry(making, partsOfWay(main), "main_line_by_country");
  bar?.querySelector("h3")?.after(el("p", { class: "ends", text: endsText(making, main.from, main.to) }));
  return bar;
}

/** A project that belongs to another, with its own length when it is one line. */
function partItem({ page, say, world }: Making, id: string): HTMLElement {
  const project = world.projects[id];
  const name = link(say.pick(project?.title), () => page.open(id));
  const lines = world.rows.filter((row) => row.form === "line" && row.projects[0] === id);
  if (project?.form !== LINE || !lines.length) return el("span", { class: "part" }, name);
  const { km, basis } = headlineOf(lines, world);
  return el("span", { class: "part" }, name, el("span", { class: "count", text: lengthWords(say, say.km(km), basis) }));
}

const plainList = (items: readonly HTMLElement[]) =>
  el("ul", { class: "plain" }, ...items.map((item) => el("li", {}, item)));

/** What a project is: its form when that is more than a line, and the kinds of its rows. */
function kindWords({ say, world }: Making, project: Project, rows: readonly Row[]): string {
  const kinds = [...new Set(rows.map((row) => row.kind))].slice(0, MOST_KINDS);
  const names = kinds.map((kind) => term(world, say, "kind", kind));
  if (!project.form || project.form === "line") return sentenceCase(names[0] ?? term(world, say, "kind", project.kind));
  const form = termFirst(world, say, "form", project.form);
  return names.length ? say.word("text_of", { name: form, text: say.list(names) }) : form;
}

/** What a programme is made of, kind by kind; a click shows that part alone. */
function byKind(making: Making, id: string, rows: readonly Row[]): Part {
  const { page, say, world } = making;
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row.kind, (counts.get(row.kind) ?? 0) + 1);
  if (counts.size < LEAST_KINDS) return null;
  const { layer } = rows[0];
  const order = Object.keys(world.vocabulary.kind ?? {});
  const sorted = [...counts].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  const { selection } = page.state;
  const button = ([kind, count]: [string, number]) => {
    const on = selection.project.join() === id && selection.kind.join() === kind;
    const isLine = rows.some((row) => row.kind === kind && row.form === "line");
    const { styles } = world;
    const swatch = isLine ? lineSwatch({ layer, kind, width: 2.4, length: 18, styles }) : symbolSwatch(kind, styles);
    const click = () => {
      page.setSelection({ ...selection, project: on ? [] : [id], kind: on ? [] : [kind] });
      page.bringIntoSight();
    };
    const attributes = { type: "button", class: "pill", "data-kind": kind, "aria-pressed": String(on), on: { click } };
    const name = ` ${termFirst(world, say, "kind", kind)} `;
    return el("button", attributes, swatch, name, el("span", { class: "quiet", text: say.number(count) }));
  };
  return section(making, "by_part", el("div", { class: "parts" }, ...sorted.map(button)));
}
