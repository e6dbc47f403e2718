// The cards of states, events, disputed areas, and of the data as a whole.
import { el, svg } from "../dom.ts";
import { isCounted, roleOf } from "../facts/filter.ts";
import { yearOf } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import { standings } from "../facts/standings.ts";
import { onceEach } from "../facts/tracks.ts";
import type { Country, Covered } from "../facts/types.ts";
import { css } from "../map/looks.ts";
import { disputeSwatch, symbolShape } from "../map/swatches.ts";
import { countryName, licenceName, term, termFirst } from "../words/describe.ts";
import { bordersSentence } from "../words/sheet.ts";
import { elsewhere } from "./outside.ts";
import {
  dated,
  datedList,
  factList,
  figures,
  heading,
  kicker,
  lengthFigure,
  link,
  type Making,
  note,
  type Part,
  section,
} from "./parts.ts";
import { filled, named, told } from "./prose.ts";

const CHECKSUM_LETTERS = 12;

/** The id of the card that lists the members with the dates of their standing. */
export const MEMBERS_LIST = "members-list";

export function countryCard(making: Making, row: Row): Part[] {
  const { page, say, world, year } = making;
  const { facts } = row;
  const code = row.countries[0];
  const role = roleOf(row, year);
  const standing = role === "member" ? "member" : role ? "partner" : "other";
  const isThere = (other: Row) => other.form === "line" && isCounted(other) && other.countries.includes(code);
  const lines = world.rows.filter(isThere);
  const km = onceEach(lines).reduce((sum, other) => sum + (other.kmByCountry[code] ?? 0), 0);
  const first = yearOf(row.roles[0]?.from);
  const roles = row.roles.map((entry) => {
    const name = termFirst(world, say, "role", entry.role);
    return dated(making, entry.from, named(say, name, entry.text), entry.source);
  });
  return [
    kicker(role ? termFirst(world, say, "role", role) : say.word("others"), el("span", { class: `flag ${standing}` })),
    heading(say.pick(world.countries[code]?.name ?? row.title)),
    figures([
      [say.number(lines.length), say.word("lines")],
      lengthFigure(making, km, "length"),
      first === null ? null : [say.year(first), say.word("since")],
    ]),
    datedList(making, "roles", roles),
    el(
      "p",
      {},
      link(say.word("members_list"), () => page.open(MEMBERS_LIST)),
    ),
    datedList(making, "agreements", agreements(making, row, code)),
    coverage(making, world.countries[code]?.coverage),
    elsewhere(making, facts),
    el(
      "p",
      {},
      link(say.word("only_country"), () => page.choose("country", [code])),
    ),
    note(making, facts.note),
  ];
}

/** How much of a state's railways and gas trunk lines the map holds, beside the official length. */
function coverage({ say, world, cite }: Making, entries: readonly Covered[] = []): Part {
  if (!entries.length) return null;
  const items = entries.map(({ kind, map_km, km, as_of, source }) => {
    const gaps = { kind: termFirst(world, say, "kind", kind), map: say.km(map_km) };
    if (km === undefined) return el("li", { text: say.word("covered_none", gaps) });
    const share = say.number(Math.round((100 * map_km) / km));
    const date = as_of ? say.date(as_of) : "";
    const text = say.word("covered", { ...gaps, km: say.km(km), share, date });
    return el("li", {}, el("span", {}, text, cite.markOrDoubt(say, source)));
  });
  return el("section", {}, el("h3", { text: say.word("coverage") }), el("ul", { class: "plain" }, ...items));
}

/** The members, observers and partners in the year of the map, each with the dates of its standing. */
export function membersCard(making: Making): Part[] {
  const { page, say, world, year } = making;
  const order = Object.keys(world.vocabulary.role ?? {});
  const groups = standings(Object.entries(world.countries), year);
  const sorted = [...groups].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
  const item = ({ code, country }: { code: string; country: Country }) => {
    const past = (country.roles ?? []).filter(({ from }) => year === null || (yearOf(from) ?? year) <= year);
    const now = past[past.length - 1];
    const since = el("time", { title: say.date(now.from, false), text: say.date(now.from.slice(0, 7)) });
    const before = past.slice(0, -1).map(({ role, from }) => {
      return `${term(world, say, "role", role)} ${say.date(from.slice(0, 7))}`;
    });
    const name = link(say.pick(country.name), () => page.open(code));
    const earlier = before.length ? el("span", { class: "quiet", text: ` (${before.join(", ")})` }) : null;
    return el("li", {}, since, el("span"), el("span", {}, name, earlier, making.cite.markOrDoubt(say, now.source)));
  };
  const sections = sorted.map(([role, states]) =>
    el(
      "section",
      {},
      el(
        "h3",
        {},
        termFirst(world, say, "role", role),
        el("span", { class: "quiet", text: ` ${say.number(states.length)}` }),
      ),
      el("ol", { class: "history" }, ...states.map(item)),
    ),
  );
  return [
    kicker(say.word("as_of_year", { year: say.year(year ?? world.page.year) }), el("span", { class: "flag member" })),
    heading(say.word("members_list")),
    el("p", { class: "summary", text: say.word("members_list_text") }),
    ...sections,
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
    const standing = say.word("text_of", { name, text: term(world, say, "agreement_status", status) });
    return dated(making, date, standing, source);
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
    facts.outcome
      ? el("p", { class: "summary" }, told(say, facts.outcome), cite.markOrDoubt(say, row.sources[0]))
      : null,
    factList([
      [say.word("city"), told(say, facts.city)],
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
    el("p", { class: "note", text: bordersSentence(making.page.state.worldview, say) }),
  ];
}

/** What each layer holds and leaves out. */
export function dataCard(making: Making): Part[] {
  const { page, say, world } = making;
  const count = (layer: string) => world.rows.filter((row) => row.layer === layer).length;
  const checksum = world.page.checksum.slice(0, CHECKSUM_LETTERS);
  const version = say.word("data_version", {
    version: world.page.version,
    date: say.date(world.page.as_of),
    checksum,
  });
  const credits = page.credits().map((text) => el("li", { text }));
  const layers = Object.entries(world.layers).map(([id, layer]) => {
    if (!layer) return null;
    const licence = licenceName(layer.licence, world.licences, say);
    const figures = `${say.number(count(id))} · ${say.date(layer.as_of)}`;
    return el(
      "section",
      { class: "layerfacts" },
      el("h3", {}, say.pick(layer.title), el("span", { class: "quiet", text: figures })),
      el("p", {}, told(say, layer.inclusion)),
      el("p", { class: "quiet" }, ...filled(say, "layer_gaps", { text: told(say, layer.gaps) })),
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
