// The card of a project: a corridor, a system of pipelines, a programme, an agreement.
import { el } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import { statusIn } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import type { Project } from "../facts/types.ts";
import { lineSwatch, symbolSwatch } from "../map/swatches.ts";
import { term, termFirst } from "../words/describe.ts";
import { sentenceCase } from "../words/fold.ts";
import {
  accuracy,
  byCountry,
  capacity,
  cost,
  drawnLength,
  factList,
  figures,
  heading,
  history,
  kicker,
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
  const total = drawn.reduce((sum, row) => sum + row.km, 0);
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
    project.summary ? el("p", { class: "summary" }, project.summary, cite.mark(project.sources?.[0])) : null,
    figures([
      capacity(making, project),
      gauges.length ? [gauges.map((gauge) => say.year(gauge)).join(" / "), say.word("gauge_mm")] : null,
      cost(making, project),
      drawnLength(making, total),
      published(making, project.published_lengths, null),
    ]),
    history(making, project, project.layer),
    partyList(making, parties),
    byKind(making, id, rows),
    byCountry(making, rows),
    publishedList(making, project.published_lengths),
    accuracy(making, drawn.length ? drawn : rows),
    below.length ? section(making, "parts", plainList(below.map(openLink))) : null,
    own.length > 1 ? rowList(making, own) : null,
    factList([
      ...listed(making, project),
      [say.word("confidence"), project.confidence ? term(world, say, "confidence", project.confidence) : null],
      [say.word("as_of_fact"), project.as_of ? say.date(project.as_of) : null],
    ]),
    note(making, project.note),
  ];
}

const plainList = (items: readonly HTMLElement[]) =>
  el("ul", { class: "plain" }, ...items.map((item) => el("li", {}, item)));

/** What a project is: its form when that is more than a line, and the kinds of its rows. */
function kindWords({ say, world }: Making, project: Project, rows: readonly Row[]): string {
  const kinds = [...new Set(rows.map((row) => row.kind))].slice(0, MOST_KINDS);
  const names = kinds.map((kind) => term(world, say, "kind", kind));
  if (!project.form || project.form === "line") return sentenceCase(names[0] ?? term(world, say, "kind", project.kind));
  const form = termFirst(world, say, "form", project.form);
  return names.length ? `${form}: ${say.list(names)}` : form;
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
    const click = () => page.setSelection({ ...selection, project: on ? [] : [id], kind: on ? [] : [kind] });
    const attributes = { type: "button", class: "pill", "data-kind": kind, "aria-pressed": String(on), on: { click } };
    const name = ` ${termFirst(world, say, "kind", kind)} `;
    return el("button", attributes, swatch, name, el("span", { class: "quiet", text: say.number(count) }));
  };
  return section(making, "by_part", el("div", { class: "parts" }, ...sorted.map(button)));
}
