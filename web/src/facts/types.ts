// The shape of what Python sends: rows, catalog entries, looks. Types only; sco_map/page/payload.py writes the values.
import type { DatedRole, Facts, Language, OutsideId, Prose, SharedFacts, Texts } from "../contract-types.ts";

export type {
  CountedTo,
  CountryAgreement,
  DatedRole,
  Facts,
  Flow,
  Moment,
  Party,
  Phase,
  PromisedOpening,
  Prose,
  PublishedLength,
  SharedFacts,
  Texts,
} from "../contract-types.ts";

/** The words of the interface by language; those in English are always there. */
export type WordsByLanguage = Record<"en", Record<string, string>> & Partial<Record<Language, Record<string, string>>>;

/** Entries by their id; a page looks ids up that come from an address, so any may be missing. */
export type ById<Entry> = Record<string, Entry | undefined>;

/** Geometry as sco_map/page/pack.py packs it: one of the three, or nothing. */
export interface PackedGeometry {
  lines?: string[];
  rings?: string[][];
  points?: string;
}

/** The hops of a row as they are sent (see sco_map/page/hops.py); integers are packed into letters. */
export interface SentHops {
  /** Hundredths of a km. */
  km: string;
  /** Tenths of a km. */
  accuracy: string;
  /**
   * Hops that do not lie wholly in the state in which the one before ended: the number of the hop, then in turn the
   * number of a state in the row's list and the km there; those in the last state are left out where they are the rest.
   */
  states?: number[][];
  /** Their places where they are not those of the row. */
  stops?: string[];
}

/** A row as it is sent: places as numbers, what it has from its project only named. */
export interface SentRow extends Facts {
  hops?: SentHops;
  same?: number[];
  /** What the title is made of when it is not sent: the project, the first place, or the project and the two ends. */
  named?: "project" | "place" | "ends";
  geometry?: PackedGeometry;
}

export interface SentLayer {
  layer: string;
  rows: SentRow[];
}

export interface Project extends SharedFacts {
  title: Texts;
  summary?: Prose;
  parent?: string;
  layer: string;
  kind?: string;
  form?: string;
  /** Whether the page carries only some of its rows. */
  partial?: boolean;
}

/** A time or a cost that a source publishes for goods on a way. */
export interface Carriage {
  unit: string;
  low: number;
  high: number;
  as_of: string;
  /** Between which places and for what. */
  scope: Texts;
  source: string;
}

/** A way of a project as a question to the network. */
export interface NamedWay {
  title: Texts;
  from: string;
  to: string;
  via?: string[];
  avoid?: string[];
  kinds?: string[];
  year?: number;
  promised?: boolean;
  carriage?: Carriage[];
}

export interface Place {
  kind: string;
  /** Longitude and latitude in degrees. */
  at: [number, number];
  /** Its state, where the hops that end at it do not say it. */
  country?: string;
  name: Texts;
  /** What others call it. */
  ids?: OutsideIds;
}

/** What others call an entry, by column. */
export type OutsideIds = { readonly [Name in OutsideId]?: string };

/** A place as it is sent, with its name in each language. */
export interface SentPlace extends Texts, OutsideIds {
  kind: string;
  country?: string;
  lon: number;
  lat: number;
}

export interface Country extends OutsideIds {
  name: Texts;
  roles?: DatedRole[];
  capital?: string;
  bbox?: number[];
  coverage?: Covered[];
}

/** What the map holds of a kind of lines of a state, and the official length where one was found. */
export interface Covered {
  kind: string;
  map_km: number;
  km?: number;
  as_of?: string;
  source?: string;
}

export interface Source {
  title?: string;
  publisher?: string;
  url?: string;
  published?: string;
  accessed?: string;
  quality?: string;
  licence?: string;
}

export interface Layer {
  title: Texts;
  group: string;
  order: number;
  inclusion?: Prose;
  gaps?: Prose;
  as_of: string;
  licence: string;
  attribution?: string;
  /** Columns that only some layers have. */
  columns?: string[];
}

export interface Licence {
  title: string;
  url?: string;
  attribution?: string;
}

export interface Term {
  label?: Texts;
  text?: Texts;
  geometry?: string;
}

/** A step of a story: filters, style, part of the map and question to the network, and what is told of them. */
export interface Step {
  title?: Texts;
  text?: Texts;
  /** The selection and the question to the network in the words of an address. */
  query: string;
  colour?: "gauge" | null;
  flow?: boolean;
  /** West, south, east, north in degrees. */
  extent?: [number, number, number, number];
  /** Projects and rows that stand out, and figures beside the lines of rows. */
  lines?: string[];
  figures?: { at: string; text: Texts }[];
  sources?: string[];
}

/** A story of the catalog, told step by step; with a single step it is a saved question. */
export interface Story {
  id: string;
  title: Texts;
  text: Texts;
  /** Whether the page offers it before the others are unfolded. */
  first?: boolean;
  steps: Step[];
}

/** How the page opens, and which data it carries. */
export interface PageSettings {
  lang: Language;
  worldview: string | null;
  theme: string | null;
  view: string | null;
  embed: boolean;
  story: string | null;
  /** Where the page can be reached by others. */
  address: string | null;
  selection: string;
  year: number;
  as_of: string;
  /** Which release of the map this is. */
  version: string;
  checksum: string;
}

export interface LayerLook {
  rank: number;
  width: number;
  swatch?: { width?: number; kind?: string; symbol?: string; area?: string };
}

export interface StatusLook {
  /** Dash and gap, each as a multiple of the width and a least length in px. */
  dash?: [number, number][];
  cap?: "butt" | "round";
  opacity?: number;
  width?: number;
  token?: string;
}

export type Ornament = "ticks" | "beads" | "core" | "ship" | "bolt" | "ring";

export interface KindLook {
  ornament?: Ornament;
  from_zoom?: number;
  least_width?: number;
  scale?: number;
  width?: number;
  casing?: boolean;
  opacity?: number;
}

export interface SymbolLook {
  shape: string;
  shape_near?: string;
  near_zoom?: number;
  from_zoom: number;
  name_zoom: number;
  token?: string;
  layer?: string;
  tone?: "row";
  rank?: number;
}

export interface ProjectLook {
  width?: number;
  layer?: string;
  size?: number;
  rank?: number;
  repeat?: number;
  from_zoom?: number;
  name?: Texts;
  leader?: { from_zoom?: number; to_zoom?: number };
}

/** South, west, north, east in degrees. */
export type Box4 = [number, number, number, number];

/** How the map looks, but for its colours, which are variables of the style sheet (geodata/catalog/styles.toml). */
export interface Styles {
  region: { bounds: Box4; phone: Box4; min_zoom: number; max_zoom: number };
  years: { first: number; last: number };
  layer: ById<LayerLook> & { other: LayerLook };
  status: ById<StatusLook>;
  kind: ById<KindLook>;
  gauge: string[];
  flow: { kinds: string[]; least: number; times: number; every: number };
  party: ById<"full" | "hatch">;
  zoom_factor: { steps: [number, number][]; phone: number };
  capacity_width?: { unit: string; steps: [number, number][] }[];
  row_width?: { px: number; rows: string[] }[];
  symbol: ById<SymbolLook>;
  project?: ById<ProjectLook>;
  site?: ById<{ name: Texts; from_zoom: number }>;
  event?: ById<{ shape: string; rank?: number }>;
  event_name?: ById<Texts>;
}

export interface SentUnit {
  id: string;
  iso_a3?: string;
  country?: string;
  title?: Texts;
  /** For each polygon its rings, each a list of arc numbers; `~number` runs backwards. */
  polygons: number[][][];
}

export interface SentShape {
  id?: string;
  geometry: PackedGeometry;
  title?: Texts;
  rank?: number;
}

export interface SentArea extends SentShape {
  id: string;
  title: Texts;
  counts_to?: Record<string, string | undefined>;
}

export interface SentBoundary extends SentShape {
  class: string;
  /** `class_in` and so on: how a worldview classes the line. */
  [worldview: `class_${string}`]: string | undefined;
}

export interface SentCity extends SentShape {
  id: string;
  capital?: boolean;
}

export interface SentLabel extends SentShape {
  kind: string;
  iso_a3?: string;
  unit?: string;
  lines?: number;
}

export interface Relief {
  image: string;
  /** West, south, east, north in degrees. */
  bounds: [number, number, number, number];
}

export interface SentGround {
  land?: { arcs: string[]; marked?: number[]; units: SentUnit[] };
  lakes?: SentShape[];
  rivers?: SentShape[];
  cities?: SentCity[];
  labels?: SentLabel[];
  disputed?: SentArea[];
  boundaries?: SentBoundary[];
}

/** What is not a row: words, looks, and the catalog entries that the rows refer to. */
export interface SentHead {
  page: PageSettings;
  /** The languages that the page speaks. */
  languages: Language[];
  words: WordsByLanguage;
  styles: Styles;
  vocabulary: Record<string, ById<Term>>;
  layers: ById<Layer>;
  projects: ById<Project>;
  /** By project and way ("project/way"); the first one of a project is its main line. */
  ways: ById<NamedWay>;
  places: Record<string, SentPlace>;
  /**
   * Numbers of places: where trains change the gauge, and ports; from those that are enclosed no ship reaches the
   * ocean.
   */
  junctions: { breaks: number[]; ports: number[]; enclosed: number[] };
  countries: ById<Country>;
  /** What else readers call a state, a project, a row or a place ("place:aktau"). */
  also: ById<string[]>;
  sources: ById<Source>;
  stories: Story[];
  licences: ById<Licence>;
}
