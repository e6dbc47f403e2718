// Everything the page knows, joined from what is sent: rows with their projects, places and sources. Knows no document.
import { LANGUAGES, type Language } from "../contract.ts";
import { mercatorX, mercatorY } from "../geometry/mercator.ts";
import { tableOf } from "./columnar.ts";
import { Row } from "./row.ts";
import type {
  ById,
  Country,
  Layer,
  Licence,
  NamedWay,
  PageSettings,
  Place,
  Project,
  Relief,
  SentGround,
  SentHead,
  SentLayer,
  SentPlace,
  Source,
  Story,
  Styles,
  Term,
  Texts,
  WordsByLanguage,
} from "./types.ts";

/** A named place along the rows that is worth a symbol: a crossing, a port, a station, or where the gauge changes. */
export interface Node {
  id: string;
  kind: string;
  title: Texts;
  x: number;
  y: number;
  rows: Row[];
}

const GAUGE_CHANGE = "gauge_change";

/** Addresses name entries of a table, "constructor" too: let it answer for its own entries only. */
function ownEntriesOnly<Value extends object>(table: Value): Value {
  Object.setPrototypeOf(table, null);
  return table;
}

/** A place in full. */
export const placeOf = ({ kind, lon, lat, country, ...rest }: SentPlace): Place => {
  const name: Texts = {};
  for (const lang of LANGUAGES) if (rest[lang]) name[lang] = rest[lang];
  return { kind, at: [lon, lat], country, name, ids: rest };
};

/** Projects by parent. */
export function childrenOf(projects: ById<Project>): ById<string[]> {
  const children: ById<string[]> = ownEntriesOnly({});
  for (const [id, project] of Object.entries(projects)) {
    if (!project?.parent) continue;
    const siblings = children[project.parent] ?? [];
    siblings.push(id);
    children[project.parent] = siblings;
  }
  return children;
}

export class World {
  readonly page: PageSettings;
  /** The languages that the page speaks. */
  readonly languages: readonly Language[];
  readonly words: WordsByLanguage;
  readonly styles: Styles;
  readonly vocabulary: ById<ById<Term>>;
  readonly layers: ById<Layer>;
  readonly projects: ById<Project>;
  /** The ways that projects name, by project and way ("project/way"). */
  readonly ways: ById<NamedWay>;
  readonly places: ById<Place>;
  /** Places where trains change the gauge, and ports; from those that are enclosed no ship reaches the ocean. */
  readonly breaks: ReadonlySet<string>;
  readonly ports: ReadonlySet<string>;
  readonly enclosed: ReadonlySet<string>;
  readonly countries: ById<Country>;
  readonly also: ById<string[]>;
  readonly sources: ById<Source>;
  readonly licences: ById<Licence>;
  readonly stories: readonly Story[];
  readonly ground: SentGround & { relief: Relief | null };
  readonly children: ById<string[]>;
  readonly rows: readonly Row[];
  readonly byId: ReadonlyMap<string, Row>;
  readonly nodes: readonly Node[];

  constructor(head: SentHead, ground: SentGround, layers: readonly SentLayer[], relief: Relief | null) {
    this.page = head.page;
    this.languages = head.languages;
    this.words = head.words;
    this.styles = head.styles;
    for (const table of [this.styles.symbol, this.styles.status, this.styles.kind, this.styles.layer]) {
      ownEntriesOnly(table);
    }
    this.vocabulary = ownEntriesOnly(head.vocabulary);
    for (const terms of Object.values(head.vocabulary)) ownEntriesOnly(terms);
    this.layers = ownEntriesOnly(head.layers);
    this.projects = ownEntriesOnly(head.projects);
    this.ways = ownEntriesOnly(head.ways);
    this.countries = ownEntriesOnly(head.countries);
    this.also = ownEntriesOnly(head.also);
    this.sources = ownEntriesOnly(head.sources);
    this.licences = ownEntriesOnly(head.licences);
    const placeIds = Object.keys(head.places);
    this.places = tableOf(placeIds, Object.values(head.places).map(placeOf));
    const numbered = (numbers: readonly number[]) => new Set(numbers.map((number) => placeIds[number]));
    this.breaks = numbered(head.junctions.breaks);
    this.ports = numbered(head.junctions.ports);
    this.enclosed = numbered(head.junctions.enclosed);
    this.stories = head.stories;
    this.ground = { ...ground, relief };
    this.children = childrenOf(this.projects);
    this.rows = layers.flatMap(({ layer, rows }) => rows.map((row) => new Row(row, layer, this)));
    this.byId = new Map(this.rows.map((row) => [row.id, row]));
    this.nodes = this.nodesAlong();
  }

  /** Count rows in disputed areas to the states that a worldview on borders gives them to; null: as shown first. */
  seenFrom(worldview: string | null): void {
    for (const row of this.rows) row.seenFrom(worldview);
  }

  /** Whether the page speaks a language; a light page does not speak all of them. */
  speaks(lang: string | null | undefined): lang is Language {
    return (this.languages as (string | null | undefined)[]).includes(lang);
  }

  /** The worldviews on borders that the boundary lines know, sorted. */
  worldviews(): string[] {
    const keys = (this.ground.boundaries ?? []).flatMap((line) => Object.keys(line));
    const codes = keys.filter((key) => key.startsWith("class_")).map((key) => key.slice("class_".length));
    return [...new Set(codes)].sort();
  }

  /** The rows of a project and of everything below it. */
  rowsOf(project: string): Row[] {
    return this.rows.filter((row) => row.lineage.includes(project));
  }

  private nodesAlong(): Node[] {
    const along = new Map<string, Row[]>();
    for (const row of this.rows) {
      if (row.form !== "line") continue;
      for (const id of row.places) along.set(id, [...(along.get(id) ?? []), row]);
    }
    const spot = (x: number, y: number) => `${x.toFixed(6)} ${y.toFixed(6)}`;
    const sites = new Set(this.rows.filter((row) => row.form === "point").map(({ paths: [at] }) => spot(at[0], at[1])));
    const nodes: Node[] = [];
    for (const [id, rows] of along) {
      const place = this.places[id];
      if (!place) continue;
      const gauges = new Set(rows.map((row) => row.facts.gauge_mm).filter(Boolean));
      const kind = gauges.size > 1 ? GAUGE_CHANGE : place.kind;
      const [x, y] = [mercatorX(place.at[0]), mercatorY(place.at[1])];
      if (this.styles.symbol[kind] && !sites.has(spot(x, y))) nodes.push({ id, kind, title: place.name, x, y, rows });
    }
    return nodes;
  }
}

/** Fold the texts that a search looks in before it is asked for, a few rows at a time. */
export function* prepareSearch(rows: readonly Row[]): Generator<void> {
  const atOnce = 16;
  for (const [i, row] of rows.entries()) {
    void row.haystack;
    if (i % atOnce === atOnce - 1) yield;
  }
}
