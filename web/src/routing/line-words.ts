// Words for a line: where a row or a corridor begins, what it follows, its legs, borders and what it meets; the map for
// those who cannot see it. The same sentences as sco_map/routing/describe.py.
import { NETWORK } from "../contract.ts";
import type { Row } from "../facts/row.ts";
import { mercatorY } from "../geometry/mercator.ts";
import { countryName, term } from "../words/describe.ts";
import type { Wording } from "../words/wording.ts";
import { countryOf } from "./homes.ts";
import { lineOf } from "./lines.ts";
import { type Charted, KINDS, linksOf } from "./links.ts";
import { rounded } from "./rounding.ts";
import { type Border, DIRECTIONS, figuresOf, type Leg, type Travelled, type WayFigures } from "./route.ts";
import { isRefusal } from "./routes.ts";

/** A line in a few sentences, and in one for each of its legs. */
export interface LineWords {
  readonly text: string;
  readonly legs: readonly string[];
}

type Stage = Pick<Leg, "start" | "end" | "km" | "row" | "status" | "gaugeMm">;

/** Whether a row is told leg by leg; rivers come without hops. */
const hasLegs = ({ hops }: Row): boolean => hops.length > 0;
const HELPER = "helper";
const SEPARATORS: Readonly<Record<string, string>> = { zh: "；" };

/** A row, a corridor, or a project that is one line, in words; null for what is no line. */
export function lineWords(charted: Charted, id: string, say: Wording, worldview: string | null): LineWords | null {
  const row = charted.byId.get(id);
  if (row) {
    if (!hasLegs(row)) return null;
    const state = { status: row.status ?? "", promised: false, undated: false };
    const links = linksOf(row, worldview, state);
    const steps = links.map((link): Travelled => ({ link, back: false, start: link.start, end: link.end }));
    return inWords(charted, figuresOf(charted, steps), stagesOf(charted, steps), say);
  }
  if (!charted.projects[id]) return null;
  const found = lineOf(charted, { subject: id, year: null, promised: false, worldview });
  if (isRefusal(found)) return null;
  const [way] = found.ways;
  return inWords(charted, way, way.legs, say);
}

const DEGREES = 180 / Math.PI;
const EIGHTH = 45;
const ROUND = 360;
const HALF_ROUND = 180;

/** In which of eight directions one place lies from another on the map: that of a constant course. */
function bearingOf({ places }: Charted, start: string, end: string): string {
  const [lon, lat] = places[start]?.at ?? [0, 0];
  const [otherLon, otherLat] = places[end]?.at ?? [0, 0];
  const east = ((otherLon - lon + HALF_ROUND + ROUND) % ROUND) - HALF_ROUND;
  const north = (mercatorY(lat) - mercatorY(otherLat)) * ROUND;
  const eighth = Math.round((Math.atan2(east, north) * DEGREES) / EIGHTH);
  return DIRECTIONS[(eighth + DIRECTIONS.length) % DIRECTIONS.length];
}

/** A row in up to so many legs, cut where it bends most, at places that have a name. */
function stagesOf(charted: Charted, steps: readonly Travelled[]): Stage[] {
  let cuts = [0, steps.length];
  const stops = [steps[0].start, ...steps.map(({ end }) => end)];
  while (cuts.length <= NETWORK.most_legs) {
    const bends = cuts.slice(1).flatMap((last, at) => sharpest(charted, stops, cuts[at], last) ?? []);
    if (!bends.length) break;
    const most = bends.reduce((one, other) => (other.away >= one.away ? other : one));
    cuts = [...cuts, most.at].sort((one, other) => one - other);
  }
  return cuts.slice(1).map((last, at) => {
    const some = steps.slice(cuts[at], last);
    const { row, status } = some[0].link;
    return {
      start: some[0].start,
      end: some[some.length - 1].end,
      km: rounded(some.reduce((sum, { link }) => sum + link.km, 0)),
      row,
      status,
      gaugeMm: row.facts.gauge_mm ?? null,
    };
  });
}

const EXACT = 4;

/** The named place between two that lies farthest from their chord; none where that is a small share of it. */
function sharpest({ places }: Charted, stops: readonly string[], first: number, last: number) {
  const spot = (at: number) => places[stops[at]]?.at ?? [0, 0];
  const [[lon, lat], [endLon, endLat]] = [spot(first), spot(last)];
  const narrow = Math.cos((lat + endLat) / 2 / DEGREES);
  const [x, y] = [(endLon - lon) * narrow, endLat - lat];
  const chord = Math.max(Math.hypot(x, y), 1 / NETWORK.km_per_degree);
  let found: { away: number; at: number } | null = null;
  for (let at = first + 1; at < last; at += 1) {
    const [placeLon, placeLat] = spot(at);
    const away = rounded(Math.abs((placeLon - lon) * narrow * y - (placeLat - lat) * x) / chord, EXACT);
    const least = Math.max(NETWORK.least_bend * chord, found?.away ?? 0);
    if (places[stops[at]]?.kind !== HELPER && away > least) found = { away, at };
  }
  return found;
}

function inWords(charted: Charted, way: WayFigures, stages: readonly Stage[], say: Wording): LineWords {
  const texts = sentencesOf(charted, way, stages, say);
  return { text: texts.join(say.lang === "zh" ? "" : " "), legs: stages.map((stage) => legText(charted, stage, say)) };
}

const placeName = ({ places }: Charted, say: Wording, id: string): string => say.pick(places[id]?.name) || id;
const kmText = (say: Wording, km: number): string => say.word("km", { n: say.number(rounded(km, 0)) });
const listed = (say: Wording, texts: readonly string[]): string => texts.join(SEPARATORS[say.lang] ?? "; ");

function sentencesOf(charted: Charted, way: WayFigures, stages: readonly Stage[], say: Wording): string[] {
  const [start, end] = [way.legs[0].start, way.legs[way.legs.length - 1].end];
  const states = [start, end].map((place) => countryOf(charted, place));
  const gaps = {
    from: placeName(charted, say, start),
    to: placeName(charted, say, end),
    from_country: countryName(charted, say, states[0]),
    to_country: countryName(charted, say, states[1]),
    direction: say.word(`direction_${bearingOf(charted, start, end)}`),
    km: kmText(say, way.km),
  };
  const stays = states[0] === states[1] && way.kmByCountry.every(([code]) => code === states[0]);
  const texts = [say.word(stays ? "says_runs_inside" : "says_runs", gaps)];
  const lines = [...new Set(way.legs.map(({ row }) => row))];
  if (lines.length > 1) texts.push(say.counted("says_over_lines", lines.length));
  else if (stages.length > 1) {
    const places = stages.slice(0, -1).map((stage) => placeName(charted, say, stage.end));
    texts.push(say.word("says_by_places", { places: listed(say, places) }));
  }
  if (way.seaKm && way.seaKm < way.km) texts.push(say.word("says_sea_part", { km: kmText(say, way.seaKm) }));
  if (way.borders.length) {
    const named = way.borders.map((border) => borderText(charted, border, say));
    texts.push(say.counted("says_crosses", named.length, { list: shortened(say, named) }));
  }
  const gauges = new Set(stages.flatMap(({ row, gaugeMm }) => (row.kind === "rail" && gaugeMm ? [gaugeMm] : [])));
  if (way.breaks.length) {
    const named = way.breaks.map(({ place, fromMm, toMm }) => {
      const sides = { one: say.year(fromMm), other: say.year(toMm) };
      return say.word("says_break_at", { place: placeName(charted, say, place), ...sides });
    });
    texts.push(say.counted("says_changes_gauge", named.length, { list: shortened(say, named) }));
  } else if (gauges.size === 1) texts.push(say.word("says_gauge", { mm: say.year([...gauges][0]) }));
  const met = meetings(charted, way, lines);
  if (met.length) texts.push(say.counted("says_meets", met.length, { list: meetingList(charted, lines, met, say) }));
  return texts;
}

type Meeting = readonly [row: Row, place: string];

/** The other lines that share a named place with a way, in the order in which it meets them, each once. */
function meetings(charted: Charted, { places }: WayFigures, lines: readonly Row[]): Meeting[] {
  const touching = linesAt(charted);
  const kinds = new Set([...KINDS, ...lines.map(({ kind }) => kind)]);
  const found = new Map<Row, string>();
  for (const place of places) {
    if (charted.places[place]?.kind === HELPER) continue;
    for (const row of touching.get(place) ?? []) {
      if (kinds.has(row.kind) && !lines.includes(row) && !found.has(row)) found.set(row, place);
    }
  }
  return [...found];
}

const touched = new WeakMap<Charted["places"], ReadonlyMap<string, readonly Row[]>>();

/** The lines that run through each place, by id. */
function linesAt({ places, rows }: Charted): ReadonlyMap<string, readonly Row[]> {
  const known = touched.get(places);
  if (known) return known;
  const found = new Map<string, Row[]>();
  for (const row of rows.filter(hasLegs).sort((one, other) => (one.id < other.id ? -1 : 1))) {
    for (const place of row.places) found.set(place, [...(found.get(place) ?? []), row]);
  }
  touched.set(places, found);
  return found;
}

/** A few of the lines that a line meets by the names of their projects: other kinds and parts of its own come last. */
function meetingList(charted: Charted, lines: readonly Row[], met: readonly Meeting[], say: Wording): string {
  const own = new Set(lines.flatMap(({ projects }) => projects.slice(0, 1)));
  const kinds = new Set(lines.map(({ kind }) => kind));
  const rank = ([{ projects, kind }]: Meeting) => (own.has(projects[0]) ? 2 : 0) + (kinds.has(kind) ? 0 : 1);
  const named = new Map<string, string>();
  for (const [row, at] of [...met].sort((one, other) => rank(one) - rank(other))) {
    const home = row.projects.map((id) => charted.projects[id]).find(Boolean);
    const line = say.pick(home?.title ?? row.title);
    if (!named.has(line)) named.set(line, say.word("says_meets_at", { line, place: placeName(charted, say, at) }));
  }
  return listed(say, [...named.values()].slice(0, NETWORK.most_named));
}

/** A list of which no more than a few items are named. */
function shortened(say: Wording, texts: readonly string[]): string {
  const rest = texts.length - NETWORK.most_named;
  const more = rest > 0 ? [say.counted("says_more", rest)] : [];
  return listed(say, [...texts.slice(0, NETWORK.most_named), ...more]);
}

function borderText(charted: Charted, { leaves, enters, at, bySea }: Border, say: Wording): string {
  const gaps = { leaves: countryName(charted, say, leaves), enters: countryName(charted, say, enters) };
  if (at) return say.word("says_border_at", { ...gaps, place: placeName(charted, say, at) });
  return say.word(bySea ? "says_border_at_sea" : "says_border", gaps);
}

function legText(charted: Charted, { start, end, km, row, status, gaugeMm }: Stage, say: Wording): string {
  const facts = [
    term(charted, say, "kind", row.kind),
    ...(gaugeMm ? [say.word("mm", { n: say.year(gaugeMm) })] : []),
    term(charted, say, "status", status),
  ];
  return say.word("says_leg", {
    from: placeName(charted, say, start),
    to: placeName(charted, say, end),
    direction: say.word(`direction_${bearingOf(charted, start, end)}`),
    km: kmText(say, km),
    facts: listed(say, facts),
  });
}
