// What has a line of its own: the ways that projects name, projects whose rows are one chain, and single rows. The same
// lines as sco_map/routing/corridors.py.
import { LANGUAGES, NETWORK } from "../contract.ts";
import { alsoCalled, type Row } from "../facts/row.ts";
import type { NamedWay } from "../facts/types.ts";
import { AIMS, type Charted, DEFAULT_KINDS, KINDS, type Link } from "./links.ts";
import { type Complaint, prepared, unknown } from "./questions.ts";
import { figuresOf, type Travelled } from "./route.ts";
import { isRefusal, type Refusal, type Route, routeOf } from "./routes.ts";

/** As of which year a line is asked for, with what is promised, and whose borders count. */
export interface LineQuestion {
  /** A project, one of its ways ("project/way"), or a row. */
  readonly subject: string;
  /** Null: that of the way, else of the facts. */
  readonly year: number | null;
  readonly promised: boolean;
  readonly worldview: string | null;
}

const refused = (...complaints: Complaint[]): Refusal => ({ complaints });

/** A project that names ways is its main line, the first of them; another one is its rows laid end to end. */
export function lineOf(charted: Charted, question: LineQuestion): Route | Refusal {
  const { subject } = question;
  const [id, ...rest] = subject.split(NETWORK.way_of);
  const part = rest.join(NETWORK.way_of);
  if (!charted.projects[id]) {
    const row = part ? undefined : charted.byId.get(subject);
    return row ? rowLine(charted, row, question) : refused(unknown("line", subject, knownLines(charted)));
  }
  const ways = waysOf(charted, id);
  if (!ways.length) {
    return part ? refused({ fault: "no_ways", project: id, way: part }) : chainLine(charted, id, question);
  }
  const named = part ? ways.find(([key]) => key === subject) : ways[0];
  if (named) return resolved(charted, named, question);
  const offered = ways.map(([key, way]) => [key.slice(id.length + 1), namesOf(way)] as const);
  return refused(unknown("way", part, offered, id));
}

const namesOf = ({ title }: Pick<NamedWay, "title">): string[] => LANGUAGES.flatMap((lang) => title[lang] ?? []);

/** The ways that a project names, its main line first. */
export function waysOf({ ways }: Charted, project: string): (readonly [id: string, way: NamedWay])[] {
  return Object.entries(ways).flatMap(([id, way]) => {
    return way && id.startsWith(`${project}${NETWORK.way_of}`) ? [[id, way] as const] : [];
  });
}

/** What can be compared beside routes, with its names: projects, their ways, and the lines of the map. */
function knownLines(charted: Charted): (readonly [string, readonly string[]])[] {
  const { projects, ways, rows } = charted;
  const named = [...Object.entries(projects), ...Object.entries(ways)];
  const lines = rows.filter(({ kind }) => KINDS.includes(kind)).sort((one, other) => (one.id < other.id ? -1 : 1));
  return [
    ...named.map(([id, entry]) => [id, [...(entry ? namesOf(entry) : []), ...alsoCalled(charted, id)]] as const),
    ...lines.map(({ id, title }) => [id, title.en ? [title.en] : []] as const),
  ];
}

/** A way that a project names as the network has it; another year than the one that it names goes first. */
function resolved(charted: Charted, [id, way]: readonly [string, NamedWay], question: LineQuestion): Route | Refusal {
  const { year, worldview } = question;
  const found = routeOf(charted, {
    from: way.from,
    to: way.to,
    via: way.via ?? [],
    avoid: way.avoid ?? [],
    kinds: way.kinds ?? DEFAULT_KINDS,
    year: year ?? way.year ?? null,
    promised: question.promised || (way.promised === true && year === null),
    by: AIMS[0],
    worldview,
    alternatives: 1,
  });
  if (isRefusal(found)) return refused(...found.complaints.map((of) => ({ fault: "way", way: id, of }) as const));
  return { ...found, subject: id, title: way.title, carriage: way.carriage ?? [] };
}

/** A single row as a route, whatever its status. */
function rowLine(charted: Charted, row: Row, question: LineQuestion): Route | Refusal {
  if (!KINDS.includes(row.kind) || !row.hops.length) return refused({ fault: "no_line", id: row.id });
  return laid(charted, [row], question, row.id);
}

/** The rows of a project, and of those below it, laid end to end. */
function chainLine(charted: Charted, project: string, question: LineQuestion): Route | Refusal {
  const rows = charted.rows.filter(({ kind, lineage }) => KINDS.includes(kind) && lineage.includes(project));
  return rows.length ? laid(charted, rows, question, project) : refused({ fault: "no_rows", id: project });
}

/** Rows laid end to end as a route, or what keeps them from being one line. */
function laid(charted: Charted, rows: readonly Row[], asked: LineQuestion, subject: string): Route | Refusal {
  const kinds = KINDS.filter((kind) => rows.some((row) => row.kind === kind));
  const { year, promised, worldview } = asked;
  const question = { year, promised, kinds, worldview, avoid: [], by: AIMS[0] };
  const found = prepared(charted, question, { empty: true });
  if ("length" in found) return refused(...found);
  const { network } = found;
  const own = new Set(rows);
  const links = [...network.links, ...network.closed].filter(({ row }) => own.has(row));
  const isProject = subject in charted.projects;
  const parts = isProject ? rows.map(({ id }) => id).sort() : [];
  if (!links.length) return refused({ fault: "not_there", id: subject, parts, year: network.year });
  const steps = inOneLine(firstStrings(links));
  if (!steps) {
    return refused({ fault: "not_one_line", id: subject, parts, lines: new Set(links.map(({ row }) => row)).size });
  }
  const [from, to] = [steps[0].start, steps[steps.length - 1].end];
  return {
    question: { ...question, from, to, via: [], alternatives: 1 },
    ends: [from, to],
    passed: [],
    avoided: [],
    year: network.year,
    ways: [figuresOf(charted, steps)],
    subject,
    title: (isProject ? charted.projects[subject]?.title : rows[0].title) ?? null,
    carriage: [],
  };
}

/** Links without those that repeat another one between the same places: second strings and rebuilt tracks. */
function firstStrings(links: readonly Link[]): Link[] {
  const kept = new Map<string, Link>();
  for (const link of links) {
    const ends = [link.start, link.end].sort().join(" ");
    if (!kept.has(ends)) kept.set(ends, link);
  }
  return [...kept.values()];
}

const MOST_AT_A_PLACE = 2;

/**
 * Links in the order of one line from end to end, null when they branch, are a ring, or fall apart. The line runs the
 * way in which most of its km are written down.
 */
function inOneLine(links: readonly Link[]): Travelled[] | null {
  const at = new Map<string, Link[]>();
  for (const link of links) {
    for (const place of [link.start, link.end]) at.set(place, [...(at.get(place) ?? []), link]);
  }
  const ends = [...at].filter(([, touching]) => touching.length === 1).map(([place]) => place);
  if (ends.length !== 2 || [...at.values()].some((touching) => touching.length > MOST_AT_A_PLACE)) return null;
  const steps: Travelled[] = [];
  const left = new Set(links);
  let [place] = ends;
  while (left.size) {
    const link = at.get(place)?.find((onward) => left.has(onward));
    if (!link) return null;
    const back = link.start !== place;
    const [start, end] = back ? [link.end, link.start] : [link.start, link.end];
    steps.push({ link, back, start, end });
    left.delete(link);
    place = end;
  }
  const forward = steps.reduce((sum, { link, back }) => sum + (back ? -link.metres : link.metres), 0);
  if (forward >= 0) return steps;
  return steps.reverse().map(({ link, back, start, end }) => ({ link, back: !back, start: end, end: start }));
}
