// The answers of the network as plain values, in the form in which Python writes its own (tests/web/network.py).

import { legRecord } from "../src/answers/files.ts";
import { LANGUAGES } from "../src/contract.ts";
import { headOf, layersOf, onceOf, type PackedHead, type PackedRows } from "../src/facts/packed.ts";
import { World } from "../src/facts/world.ts";
import { kmByState } from "../src/routing/compare.ts";
import {
  type Aim,
  cut,
  isRefusal,
  type Leg,
  line,
  lineWords,
  promises,
  type Refusal,
  route,
  type Strip,
  sentenceOf,
  type WayFigures,
} from "../src/routing/index.ts";
import { stripOf } from "../src/routing/strip.ts";
import { Wording } from "../src/words/wording.ts";

/** So many legs of an answer are compared as a file has them. */
const FEW_LEGS = 3;

/** A page as it travels, with the worldviews that its ground would name. */
export interface SentWorld {
  head: PackedHead;
  rows: PackedRows;
  views: string[];
}

export interface AskedQuestion {
  what: "route" | "line" | "cut" | "promises" | "words";
  subject: string;
  from: string;
  to: string;
  year?: number;
  promised?: boolean;
  kinds?: string[];
  avoid?: string[];
  via?: string[];
  by?: Aim;
  /** Of promises a part of the name of who said so. */
  promiser?: string;
  alternatives?: number;
  worldview?: string;
  ends?: string[];
  project?: string[];
  country?: string[];
}

/** The world of a page that was sent. */
export function worldOf({ head, rows, views }: SentWorld): World {
  const boundary = Object.fromEntries(views.map((view) => [`class_${view}`, "claim"]));
  const ground = { boundaries: [{ class: "claim", geometry: {}, ...boundary }] };
  const once = onceOf(head);
  return new World(headOf(head, once), ground, layersOf(rows, once), null);
}

/** What the script answers to a question, or its complaints. */
export function answer(world: World, { what, project, country, promiser, ...asked }: AskedQuestion): unknown {
  if (what === "promises") {
    const { year = null } = asked;
    return ledgerFacts(world, { projects: project, countries: country, year, by: promiser ?? null });
  }
  if (what === "cut") return cutFacts(world, asked);
  if (what === "words") return wordsFacts(world, asked.subject);
  if (what === "line") return lineFacts(world, asked);
  const found = route(world, asked);
  if (isRefusal(found)) return complained(world, found);
  const legs = found.ways.flatMap((way, number) =>
    way.legs.map((leg, at) => legRecord(world, leg, number + 1, at + 1)),
  );
  const { passed, avoided, ways } = found;
  return { passed, avoided, ways: ways.map(wayFacts), legs: legs.slice(0, FEW_LEGS) };
}

function wordsFacts(world: World, subject: string): unknown {
  const said = LANGUAGES.map((lang) => {
    const found = lineWords(world, subject, new Wording(lang, world.words), null);
    return [lang, found && [found.text, ...found.legs]] as const;
  });
  return Object.fromEntries(said);
}

const complained = (world: World, { complaints }: Refusal) => {
  const say = new Wording("en", world.words);
  const said = LANGUAGES.map((lang) => {
    const own = new Wording(lang, world.words);
    const sentences = complaints.map((complaint) => sentenceOf(complaint, world, own));
    return [lang, sentences.map((text) => text.charAt(0).toUpperCase() + text.slice(1))] as const;
  });
  return {
    complaints: complaints.map((complaint) => sentenceOf(complaint, world, say, { ids: true })),
    said: Object.fromEntries(said),
  };
};

function lineFacts(world: World, asked: AskedLine): unknown {
  const found = line(world, asked);
  if (isRefusal(found)) return complained(world, found);
  const [way] = found.ways;
  return {
    subject: found.subject,
    title: found.title?.en ?? null,
    year: found.year,
    carriage: found.carriage.map((entry) => [
      entry.unit,
      entry.low,
      entry.high,
      entry.as_of,
      entry.scope.en,
      entry.source,
    ]),
    way: wayFacts(way),
    strip: stripFacts(stripOf(way)),
  };
}

type AskedLine = Pick<AskedQuestion, "subject" | "year" | "promised">;

function stripFacts(strip: Strip): unknown {
  const marks = strip.marks.map((mark) => {
    const { km, what, place } = mark;
    if (what === "border") return [km, what, place, mark.leaves, mark.enters];
    return what === "port" ? [km, what, place] : [km, what, place, mark.fromMm, mark.toMm];
  });
  const states = [...kmByState(strip)].map(([code, km]) => [code ?? "sea", km] as const);
  return {
    km: strip.km,
    stretches: strip.stretches.map(({ fromKm, toKm, row, status, promised, gaugeMm }) => {
      return [fromKm, toKm, row.id, row.kind, status, promised, gaugeMm];
    }),
    soils: strip.soils.map(({ fromKm, toKm, country }) => [fromKm, toKm, country]),
    marks,
    places: strip.places,
    states: Object.fromEntries(states),
  };
}

const wayFacts = (way: WayFigures) => ({
  km: way.km,
  band: [way.lowKm, way.highKm],
  countries: way.kmByCountry,
  sea: way.seaKm,
  borders: way.borders.map(({ leaves, enters, between, at, bySea }) => [leaves, enters, between, at, bySea]),
  breaks: way.breaks.map(({ place, fromMm, toMm }) => [place, fromMm, toMm]),
  ferries: way.ferries.map(({ row }) => row.id),
  narrowest: way.narrowest && [way.narrowest.row.id, way.narrowest.capacity, way.narrowest.unit, way.narrowest.knownKm],
  status: way.kmByStatus,
  promised: way.promisedKm,
  undated: way.undatedKm,
  legs: way.legs.map(legFacts),
});

const legFacts = (leg: Leg) => [
  leg.row.id,
  leg.places,
  leg.direction,
  leg.km,
  leg.accuracyKm,
  leg.gaugeMm,
  leg.states,
  leg.status,
  leg.promised,
  leg.lengthBasis,
  leg.capacity,
  leg.capacityUnit,
  leg.sources,
];

function cutFacts(world: World, asked: Partial<AskedQuestion>): unknown {
  const found = cut(world, asked);
  if (isRefusal(found)) return complained(world, found);
  return {
    ends: found.ends,
    removed: found.removed,
    dropped: found.dropped,
    other_kinds: found.otherKinds,
    links: found.links.length,
    km: found.km,
    longer: found.longer.map((pair) => [pair.start, pair.end, pair.beforeKm, pair.afterKm, pair.longerKm]),
    lost: found.lost.map(({ start, end, beforeKm }) => [start, end, beforeKm]),
    outlets: found.outlets.map(({ country, before, lost, left, enclosed }) => {
      return [country, before, lost, left, enclosed];
    }),
    capacity: found.capacityGone.map(({ row, capacity, unit }) => [row.id, capacity, unit]),
    bridges: found.bridges.map(({ row, between, places, pairs, links, countries }) => {
      return [row.id, between, places, pairs, links, countries];
    }),
  };
}

function ledgerFacts(
  world: World,
  asked: {
    projects?: string[] | undefined;
    countries?: string[] | undefined;
    year: number | null;
    by: string | null;
  },
): unknown {
  const { projects = [], countries = [], year, by } = asked;
  const found = promises(world, { projects, countries, year, by });
  if (isRefusal(found)) return complained(world, found);
  const counts = Object.entries(found.counts).flatMap(([outcome, count]) => {
    return count ? [[outcome.replace("_", " "), count] as const] : [];
  });
  return {
    announcements: found.announcements.map((entry) => [
      entry.id,
      entry.project,
      entry.title.en ?? null,
      [...entry.countries].sort(),
      entry.opens,
      entry.said,
      typeof entry.by === "string" ? entry.by : (entry.by?.en ?? null),
      entry.source,
      entry.slipYears,
      entry.outcome.replace("_", " "),
      entry.opened,
    ]),
    counts: Object.fromEntries(counts),
    builds: found.builds,
    median: found.medianBuildYears,
  };
}
