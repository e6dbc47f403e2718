// A row of the atlas as the page uses it: its facts in full, the projects above it, and its drawn paths.
import { LANGUAGES, OUTSIDE, SHARED } from "../contract.ts";
import { type Box, boundsOf, projectPath } from "../geometry/mercator.ts";
import { unpackPath } from "../geometry/pack.ts";
import { fold } from "../words/fold.ts";
import { type Hop, hopsOf } from "./hops.ts";
import type {
  ById,
  DatedRole,
  Facts,
  OutsideIds,
  PackedGeometry,
  Phase,
  Place,
  Project,
  SentHops,
  SentRow,
  SharedFacts,
  Source,
  Texts,
} from "./types.ts";

/** What rows refer to. */
export interface Catalog {
  readonly projects: ById<Project>;
  readonly places: ById<Place>;
  readonly sources: ById<Source>;
  readonly also?: ById<string[]>;
}

export type RowForm = "line" | "point" | "none";

/** A project and all above it in the tree, nearest first. */
export function lineageOf(id: string, projects: ById<Project>): string[] {
  const lineage: string[] = [];
  for (let at: string | undefined = id; at && !lineage.includes(at); at = projects[at]?.parent) lineage.push(at);
  return lineage;
}

const namesOf = (places: readonly string[], { places: table }: Catalog): Texts[] =>
  places.map((id) => table[id]?.name ?? {});

/** A title that is made of other names, in every language that has them. */
export function titleOf(named: "project" | "place" | "ends", project: Texts, places: readonly Texts[]): Texts {
  const [first = {}] = places;
  const last = places.at(-1) ?? {};
  if (named === "project") return project;
  if (named === "place") return first;
  const inBoth = LANGUAGES.filter((lang) => project[lang] && first[lang] && last[lang]);
  return Object.fromEntries(inBoth.map((lang) => [lang, `${project[lang]}: ${first[lang]} – ${last[lang]}`]));
}

/** A row's facts in full, with what it has from its project. */
export function inFull(
  sent: SentRow,
  catalog: Catalog,
): { facts: Facts; geometry: PackedGeometry; hops: SentHops | null } {
  const { same = [], geometry = {}, hops = null, named, ...rest } = sent;
  const facts: Facts = { ...rest };
  const project = catalog.projects[sent.projects?.[0] ?? ""];
  if (named) facts.title = titleOf(named, project?.title ?? {}, namesOf(facts.places ?? [], catalog));
  const home: SharedFacts = project ?? {};
  const given = same.map((number) => [SHARED[number], home[SHARED[number]]]);
  Object.assign(facts, Object.fromEntries(given));
  return { facts, geometry, hops };
}

/** The ids that others give to an entry. */
export const outsideIds = (entry: OutsideIds | undefined): string[] =>
  OUTSIDE.flatMap(({ name }) => entry?.[name] ?? []);

/** What else readers call a state, a project or a row. */
export const alsoCalled = ({ also }: Pick<Catalog, "also">, id: string): readonly string[] => also?.[id] ?? [];

/** What else readers call a place. */
export const placeAlsoCalled = (catalog: Pick<Catalog, "also">, id: string): readonly string[] =>
  alsoCalled(catalog, `place:${id}`);

/** The folded text that a search looks in, the same texts in the same order as in sco_map/atlas. */
export function haystackOf(facts: Facts, catalog: Catalog): string {
  const texts: string[] = [];
  const take = (names: Texts | undefined) => {
    for (const lang of LANGUAGES) if (names?.[lang]) texts.push(names[lang]);
  };
  take(facts.title);
  texts.push(facts.id, ...outsideIds(facts), ...alsoCalled(catalog, facts.id));
  for (const id of facts.projects ?? []) {
    take(catalog.projects[id]?.title);
    texts.push(...outsideIds(catalog.projects[id]), ...alsoCalled(catalog, id));
  }
  for (const id of facts.places ?? []) {
    const place = catalog.places[id];
    take(place?.name);
    if (place?.ids?.unlocode) texts.push(place.ids.unlocode);
    texts.push(...placeAlsoCalled(catalog, id));
  }
  for (const id of facts.sources ?? []) {
    const source = catalog.sources[id];
    for (const text of [source?.title, source?.publisher, source?.url]) if (text) texts.push(text);
  }
  return fold(texts.join("\n"));
}

export class Row {
  readonly facts: Facts;
  readonly geometry: PackedGeometry;
  readonly id: string;
  readonly layer: string;
  readonly kind: string;
  readonly title: Texts;
  readonly status: string | null;
  readonly role: string | null;
  readonly phases: readonly Phase[];
  readonly roles: readonly DatedRole[];
  readonly date: string | null;
  readonly projects: readonly string[];
  readonly sources: readonly string[];
  readonly places: readonly string[];
  /** The best figure for its length. */
  readonly km: number;
  /** The projects and all above them. */
  readonly lineage: readonly string[];
  /** What is drawn, in Mercator coordinates. */
  readonly paths: readonly Float64Array[];
  readonly form: RowForm;
  readonly box: Box | null;
  /** The states, and the km in each, as the worldview on borders of now counts them. */
  countries: readonly string[];
  kmByCountry: Readonly<Record<string, number>>;
  private readonly catalog: Catalog;
  private readonly sentHops: SentHops | null;
  private cut: readonly Hop[] | undefined;
  private folded: string | undefined;

  constructor(sent: SentRow, layer: string, catalog: Catalog) {
    const { facts, geometry, hops } = inFull(sent, catalog);
    this.facts = facts;
    this.geometry = geometry;
    this.catalog = catalog;
    this.sentHops = hops;
    this.id = facts.id;
    this.layer = layer;
    this.kind = facts.kind;
    this.title = facts.title ?? { en: facts.id };
    this.status = facts.status ?? null;
    this.role = facts.role ?? null;
    this.phases = facts.phases ?? [];
    this.roles = facts.roles ?? [];
    this.date = facts.date ?? null;
    this.projects = facts.projects ?? [];
    this.sources = facts.sources ?? [];
    this.places = facts.places ?? [];
    this.km = facts.length_km ?? 0;
    this.lineage = [...new Set(this.projects.flatMap((id) => lineageOf(id, catalog.projects)))];
    this.countries = facts.countries ?? [];
    this.kmByCountry = facts.km_by_country ?? {};
    const packed = geometry.lines ?? (geometry.points ? [geometry.points] : []);
    this.paths = packed.map((text) => projectPath(unpackPath(text)));
    this.form = geometry.lines ? "line" : geometry.points ? "point" : "none";
    this.box = this.paths.length ? boundsOf(this.paths) : null;
  }

  /** The text that a search looks in, folded when it is first asked for. */
  get haystack(): string {
    this.folded ??= haystackOf(this.facts, this.catalog);
    return this.folded;
  }

  /** The row cut at its places, where that makes links of the network. */
  get hops(): readonly Hop[] {
    this.cut ??= this.sentHops ? hopsOf(this.sentHops, this.facts) : [];
    return this.cut;
  }

  /** Count the row to the states that a worldview on borders gives it to; null: as shown first. */
  seenFrom(worldview: string | null): void {
    const { views } = this.facts;
    if (!views) return;
    const seen = worldview !== null && Object.hasOwn(views, worldview) ? views[worldview] : this.facts;
    this.countries = seen.countries ?? [];
    this.kmByCountry = seen.km_by_country ?? {};
  }
}
