// What a sheet that leaves the page says of itself: title, what is selected, ends of a line, borders, sources, date.
// The same for paper and pictures. Knows no document.
import { CONIC } from "../contract.ts";
import type { Row } from "../facts/row.ts";
import type { ById, Place, Project, Source } from "../facts/types.ts";
import type { World } from "../facts/world.ts";
import type { Wording } from "./wording.ts";

/** A line with more ends than so many is a network, whose ends say nothing. */
const MOST_ENDS = 4;

/** Sources that are named on a sheet; the others are counted. */
const MOST_SOURCES = 6;

const CHECKSUM_LETTERS = 12;

/** How a sheet of the whole region is projected, and where its scale holds. */
export function conicNote(say: Wording): string {
  const { south, north, from, to, share } = CONIC;
  const figures = Object.entries({ south, north, from, to, share: share * 100 });
  return say.word("conic_note", Object.fromEntries(figures.map(([name, value]) => [name, say.number(value)])));
}

type Placed = Pick<Row, "form" | "places">;

/** The places where what the rows draw together begins and ends: those that one row alone touches with an end. Those
 * that it leaves in the order of travel come first. */
export function endsOf(rows: readonly Placed[]): string[] {
  const touched = new Map<string, number>();
  for (const { form, places } of rows) {
    if (form !== "line" || places.length < 2) continue;
    for (const id of [places[0], places[places.length - 1]]) touched.set(id, (touched.get(id) ?? 0) + 1);
    for (const id of places.slice(1, -1)) touched.set(id, (touched.get(id) ?? 0) + 2);
  }
  const ends = [...touched].filter(([, count]) => count === 1).map(([id]) => id);
  const starts = new Set(rows.map(({ places }) => places[0]));
  return [...ends.filter((id) => starts.has(id)), ...ends.filter((id) => !starts.has(id))];
}

/** The ends in words; empty where there are none, or too many to mean anything. */
export function endsSentence(rows: readonly Placed[], places: ById<Place>, say: Wording): string {
  const names = endsOf(rows).map((id) => say.pick(places[id]?.name));
  if (names.length < 2 || names.length > MOST_ENDS || names.some((name) => !name)) return "";
  const [from, to, ...others] = names;
  return others.length ? say.word("line_ends", { list: say.list(names) }) : say.word("line_from_to", { from, to });
}

/** The nearest project that all rows belong to: what a typed search has found, better said than by what was typed. */
export function commonProject(rows: readonly Pick<Row, "lineage">[]): string | null {
  const [first, ...others] = rows;
  return first?.lineage.find((id) => others.every(({ lineage }) => lineage.includes(id))) ?? null;
}

/** The sources of rows and of the projects that they belong to, the most cited first. */
export function sourcesOf(rows: readonly Pick<Row, "sources" | "projects">[], projects: ById<Project>): string[] {
  const cited = new Map<string, number>();
  const cite = (ids: readonly string[] | undefined) => {
    for (const id of ids ?? []) cited.set(id, (cited.get(id) ?? 0) + 1);
  };
  for (const row of rows) cite(row.sources);
  for (const id of new Set(rows.map((row) => row.projects[0] ?? ""))) cite(projects[id]?.sources);
  return [...cited].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([id]) => id);
}

/** Collections that give geometry rather than facts come last; what has no address is no text that was read. */
const COLLECTION = "database";

/** Publisher, title and year of each source, the first of them in full and the others as a number. */
export function sourcesSentence(ids: readonly string[], sources: ById<Source>, say: Wording): string {
  const read = ids.flatMap((id) => sources[id] ?? []).filter(({ url }) => url);
  const isText = ({ quality }: Source) => quality !== COLLECTION;
  const known = [...read.filter(isText), ...read.filter((source) => !isText(source))];
  const texts = known.map(({ publisher, title, published }) => {
    const own = title && title !== publisher ? title : null;
    const year = published ? say.date(published) : null;
    return [publisher, own && `“${own}”`, year].filter(Boolean).join(", ");
  });
  const named = [...new Set(texts)].filter(Boolean);
  const list = named.slice(0, MOST_SOURCES).join("; ");
  const more = named.length - MOST_SOURCES;
  if (!list) return "";
  return `${say.word("sources")}: ${more > 0 ? say.word("sources_more", { list, n: say.number(more) }) : list}`;
}

/** Sentences one after the other, each with the stop of the language. */
export function sentences(parts: readonly string[], say: Wording): string {
  const stop = say.word("full_stop");
  return inARow(
    parts.filter(Boolean).map((part) => part + stop),
    say,
  );
}

/** Whole sentences one after the other. */
export const inARow = (texts: readonly string[], say: Wording): string => texts.join(say.lang === "zh" ? "" : " ");

/** By whose view the borders are drawn. */
export function bordersSentence(worldview: string | null, say: Wording): string {
  const how = worldview === null ? null : (say.words[`worldview_${worldview}`] ?? worldview.toUpperCase());
  return how === null ? say.word("borders_notice") : say.word("borders_seen", { how });
}

/** What is shown, as the page knows it. */
export interface Shown {
  world: World;
  say: Wording;
  /** The selection in words, empty when everything is shown; the sums; the name of what an open card tells about. */
  sentence: string;
  dek: string;
  chosen: string;
  year: number | null;
  worldview: string | null;
  /** What is shown, and of it what is chosen: rows of the open card, else of the selection; empty for all. */
  chosenRows: readonly Row[];
  /** Whether `sentence` is the title of an answer, which names its own ends: its rows may reach beyond them. */
  isAnswer?: boolean;
  credits: readonly string[];
  licences: readonly string[];
}

export interface SheetWords {
  organisation: string;
  title: string;
  /** What is selected, its ends, and the sums. */
  selection: string;
  figures: string;
  /** Sentences in small print. */
  borders: string;
  sources: string;
  credits: string;
  version: string;
}

/** Everything that a sheet says. */
export function sheetWords(shown: Shown, title = ""): SheetWords {
  const { world, say, chosenRows } = shown;
  const year = say.word("as_of_year", { year: say.year(shown.year ?? world.page.year) });
  const comma = say.lang === "zh" ? "，" : ", ";
  const names = [...new Set([shown.chosen, shown.sentence].filter(Boolean))];
  const ends = !shown.isAnswer && commonProject(chosenRows) ? endsSentence(chosenRows, world.places, say) : "";
  const what = names.join(" · ") || say.word("all_projects");
  const checksum = world.page.checksum.slice(0, CHECKSUM_LETTERS);
  const sources = sourcesSentence(sourcesOf(chosenRows, world.projects), world.sources, say);
  return {
    organisation: say.word("organisation"),
    title: title.trim() || say.word("title"),
    selection: sentences([what + comma + year, ends], say).slice(0, -say.word("full_stop").length),
    figures: shown.dek,
    borders: bordersSentence(shown.worldview, say),
    sources: sentences([sources || say.word("sources_in_table")], say),
    credits: sentences([shown.credits.join(" · "), `${say.word("licences")}: ${shown.licences.join(", ")}`], say),
    version: say.word("data_version", { version: world.page.version, date: say.date(world.page.as_of), checksum }),
  };
}
