// The cards of states, events, disputed areas, and of the data as a whole.
import { el, svg } from "../dom.ts";
import { isCounted, roleOf } from "../facts/filter.ts";
import { yearOf } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import { css } from "../map/looks.ts";
import { disputeSwatch, symbolShape } from "../map/swatches.ts";
import { countryName, term, termFirst } from "../words/describe.ts";
import {
  dated,
  datedList,
  drawnLength,
  factList,
  figures,
  heading,
  kicker,
  link,
  type Making,
  note,
  type Part,
  section,
} from "./parts.ts";

const CHECKSUM_LETTERS = 12;

export function countryCard(making: Making, row: Row): Part[] {
  const { page, say, world, year } = making;
  const { facts } = row;
  const code = row.countries[0];
  const role = roleOf(row, year);
  const standing = role === "member" ? "member" : role ? "partner" : "other";
  const isThere = (other: Row) => other.form === "line" && isCounted(other) && other.countries.includes(code);
  const lines = world.rows.filter(isThere);
  const km = lines.reduce((sum, other) => sum + (other.kmByCountry[code] ?? 0), 0);
  const first = yearOf(row.roles[0]?.from);
  const roles = row.roles.map((entry) => {
    const name = termFirst(world, say, "role", entry.role);
    return dated(making, entry.from, entry.text ? `${name}: ${entry.text}` : name, entry.source);
  });
  return [
    kicker(role ? termFirst(world, say, "role", role) : say.word("others"), el("span", { class: `flag ${standing}` })),
    heading(say.pick(world.countries[code]?.name ?? row.title)),
    figures([
      [say.number(lines.length), say.word("lines")],
      drawnLength(making, km),
      first === null ? null : [say.year(first), say.word("since")],
    ]),
    datedList(making, "roles", roles),
    datedList(making, "agreements", agreements(making, row, code)),
    el(
      "p",
      {},
      link(say.word("only_country"), () => page.choose("country", [code])),
    ),
    note(making, facts.note),
  ];
}

/** The agreements of a state: those that its own row names, and those that name it among their parties. */
function agreements(making: Making, row: Row, code: string): HTMLElement[] {
  const { say, world } = making;
  const own = row.facts.agreements ?? [];
  const known = new Set(own.map((entry) => entry.agreement));
  const bound = world.rows.flatMap((other) => {
    const parties = (other.facts.parties ?? []).filter((party) => party.country === code && !known.has(other.id));
    return parties.map(({ date, status, source }) => ({ agreement: other.id, date, status, source }));
  });
  return [...own, ...bound].map(({ agreement, date, status, source }) => {
    const name = say.pick(world.projects[agreement]?.title) || agreement;
    return dated(making, date, `${name}: ${term(world, say, "agreement_status", status)}`, source);
  });
}

export function eventCard(making: Making, row: Row): Part[] {
  const { say, world, cite } = making;
  const { facts } = row;
  const ends = facts.date_end && facts.date_end !== facts.date;
  const when = ends ? `${say.date(facts.date)} – ${say.date(facts.date_end)}` : say.date(facts.date);
  const isUnsure = facts.confidence === "low";
  const dot = svg("svg", { width: 10, height: 10, viewBox: "-5 -5 10 10" }, symbolShape("event", css("accent")));
  return [
    kicker(isUnsure ? `${when} · ${say.word("not_verified")}` : when, dot),
    heading(say.pick(row.title)),
    facts.outcome ? el("p", { class: "summary" }, facts.outcome, cite.mark(row.sources[0])) : null,
    factList([
      [say.word("city"), facts.city],
      [say.word("confidence"), facts.confidence ? term(world, say, "confidence", facts.confidence) : null],
      [say.word("as_of_fact"), facts.as_of ? say.date(facts.as_of) : null],
    ]),
    note(making, facts.note),
  ];
}

export function areaCard(making: Making, row: Row): Part[] {
  const { say, world } = making;
  const { administered_by: administrators, claimed_by: claimants } = row.facts;
  const names = (codes: string[] | undefined) =>
    codes?.length ? say.list(codes.map((code) => countryName(world, say, code))) : null;
  return [
    kicker(termFirst(world, say, "kind", row.kind), disputeSwatch("area")),
    heading(say.pick(row.title)),
    factList([
      [say.word("administered_by"), names(administrators) ?? say.word("nobody_recognised")],
      [say.word("claimed_by"), names(claimants)],
    ]),
    note(making, row.facts.note),
    el("p", { class: "note", text: say.word("borders_notice") }),
  ];
}

/** What each layer holds and leaves out. */
export function dataCard(making: Making): Part[] {
  const { page, say, world } = making;
  const count = (layer: string) => world.rows.filter((row) => row.layer === layer).length;
  const checksum = world.page.checksum.slice(0, CHECKSUM_LETTERS);
  const version = say.word("data_version", { date: say.date(world.page.as_of), checksum });
  const credits = page.credits().map((text) => el("li", { text }));
  const layers = Object.entries(world.layers).map(([id, layer]) => {
    if (!layer) return null;
    const licence = world.licences[layer.licence]?.title ?? layer.licence;
    const figures = `${say.number(count(id))} · ${say.date(layer.as_of)}`;
    return el(
      "section",
      { class: "layerfacts" },
      el("h3", {}, say.pick(layer.title), el("span", { class: "quiet", text: figures })),
      el("p", { text: layer.inclusion }),
      el("p", { class: "quiet", text: say.word("layer_gaps", { text: layer.gaps ?? "" }) }),
      el("p", { class: "quiet", text: licence }),
    );
  });
  return [
    heading(say.word("about_data")),
    el("p", { class: "summary", text: `${say.word("about_data_text")} ${version}` }),
    section(making, "credits", el("ul", { class: "plain credits" }, ...credits)),
    ...layers,
  ];
}
