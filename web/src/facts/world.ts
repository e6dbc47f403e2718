// @ts-nocheck
// Reads the JSON blocks of the page and joins them: rows with their projects, places, sources and drawn paths.

import contract from "../../contract.json" with { type: "json" };
import { element } from "../dom.ts";
import { boundsOf, mercatorX, mercatorY, projectPath, unpackPath } from "../geometry/pack.ts";
import { inflated } from "../squeeze.ts";
import { fold } from "../words/text.ts";

const LANGUAGES = Object.keys(contract.languages);
const LINE_KINDS = "line";
const POINT_KINDS = "point";

/** A row's facts in full: what it has from its project and the ids behind numbers. */
function inFull(facts, world) {
  for (const name of ["sources", "places"])
    if (facts[name]) facts[name] = facts[name].map((number) => world[`${name}ByNumber`][number]);
  const home = world.projects[facts.projects?.[0]];
  for (const number of facts.same || []) facts[contract.shared[number]] = home[contract.shared[number]];
  delete facts.same;
  return facts;
}

/** The value in a block of the page: packed JSON; null when there is nothing. */
async function read(block) {
  const packed = block.textContent.trim();
  return packed ? JSON.parse(await inflated(packed)) : null;
}

/** Projects by parent. */
export function childrenOf(projects) {
  const children = Object.create(null);
  for (const [id, project] of Object.entries(projects)) if (project.parent) (children[project.parent] ||= []).push(id);
  return children;
}

/** A project and all above it in the tree, nearest first. */
export function lineageOf(id, projects) {
  const lineage = [];
  for (let at = id; at && !lineage.includes(at); at = projects[at]?.parent) lineage.push(at);
  return lineage;
}

/** The folded text that a search looks in, the same texts in the same order as in sco_map/atlas. */
export function haystackOf(facts, world) {
  const texts = [];
  const take = (names) => {
    for (const lang of LANGUAGES) if (names?.[lang]) texts.push(names[lang]);
  };
  take(facts.title);
  texts.push(facts.id);
  for (const id of facts.projects || []) take(world.projects[id]?.title);
  for (const id of facts.places || []) take(world.places[id]?.name);
  for (const id of facts.sources || []) {
    const source = world.sources[id];
    if (source) for (const text of [source.title, source.publisher, source.url]) if (text) texts.push(text);
  }
  return fold(texts.join("\n"));
}

/** A row of the atlas as the page uses it; `paths` are Mercator coordinates. */
export class Row {
  constructor(facts, layer, world) {
    this.facts = facts;
    this.id = facts.id;
    this.layer = layer;
    this.kind = facts.kind;
    this.title = facts.title || { en: facts.id };
    this.status = facts.status ?? null;
    this.role = facts.role ?? null;
    this.phases = facts.phases || [];
    this.roles = facts.roles || [];
    this.date = facts.date ?? null;
    this.countries = facts.countries || [];
    this.kmByCountry = facts.km_by_country || {};
    this.projects = facts.projects || [];
    this.sources = facts.sources || [];
    this.places = facts.places || [];
    this.km = facts.length_km ?? 0;
    this.lineage = [...new Set(this.projects.flatMap((id) => lineageOf(id, world.projects)))];
    this.geometry = facts.geometry || {};
    delete facts.geometry;
    this.paths = (this.geometry.lines || (this.geometry.points ? [this.geometry.points] : [])).map((text) =>
      projectPath(unpackPath(text)),
    );
    this.form = this.geometry.lines ? LINE_KINDS : this.geometry.points ? POINT_KINDS : "none";
    this.box = this.paths.length ? boundsOf(this.paths) : null;
    this.world = world;
    /** @type {string|undefined} */
    this.folded = undefined;
  }

  get haystack() {
    return (this.folded ??= haystackOf(this.facts, this.world));
  }
}

/** Named places along the rows that are worth a symbol: crossings, ports, stations, and where the gauge changes. */
function nodesOf(rows, world) {
  const along = new Map();
  for (const row of rows) {
    if (row.form !== LINE_KINDS) continue;
    for (const id of row.places) {
      if (!world.places[id]) continue;
      if (!along.has(id)) along.set(id, []);
      along.get(id).push(row);
    }
  }
  const sites = new Set(
    rows
      .filter((row) => row.form === POINT_KINDS)
      .map((row) => `${row.paths[0][0].toFixed(6)} ${row.paths[0][1].toFixed(6)}`),
  );
  const nodes = [];
  for (const [id, through] of along) {
    const place = world.places[id];
    const gauges = new Set(through.map((row) => row.facts.gauge_mm).filter(Boolean));
    const kind = gauges.size > 1 ? "gauge_change" : place.kind;
    if (!world.styles.symbol[kind]) continue;
    const x = mercatorX(place.at[0]);
    const y = mercatorY(place.at[1]);
    if (sites.has(`${x.toFixed(6)} ${y.toFixed(6)}`)) continue;
    nodes.push({ id, kind, title: place.name, x, y, rows: through, gauges: [...gauges] });
  }
  return nodes;
}

/** Head, ground and layers from the blocks in the document. */
async function readBlocks() {
  const blocks = [element("sco-head"), element("sco-ground"), ...document.querySelectorAll("script[data-layer]")];
  const [head, ground, ...layers] = await Promise.all(blocks.map(read));
  return { head, ground, layers };
}

/** Addresses name entries of these, "constructor" too: let them answer for their own entries only. */
function ownEntriesOnly(world) {
  for (const part of [world, ...Object.values(world), ...Object.values(world.vocabulary)])
    if (part?.constructor === Object) Object.setPrototypeOf(part, null);
}

/** Everything the page knows. */
export async function readWorld() {
  const { head: world, ground, layers } = await readBlocks();
  ownEntriesOnly(world);
  world.ground = { ...ground, relief: JSON.parse(element("sco-relief").textContent) };
  world.children = childrenOf(world.projects);
  world.sourcesByNumber = Object.keys(world.sources);
  world.placesByNumber = Object.keys(world.places);
  for (const [id, [kind, lon, lat, ...names]] of Object.entries(world.places)) {
    world.places[id] = {
      kind,
      at: [lon, lat],
      name: Object.fromEntries(LANGUAGES.map((lang, i) => [lang, names[i] ?? undefined])),
    };
  }
  world.rows = layers.flatMap(({ layer, rows }) => rows.map((facts) => new Row(inFull(facts, world), layer, world)));
  world.byId = new Map(world.rows.map((row) => [row.id, row]));
  world.nodes = nodesOf(world.rows, world);
  return world;
}

/** Count rows in disputed areas to the states that a viewpoint on borders gives them to; null: as shown first. */
export function seenFrom(world, viewpoint) {
  for (const row of world.rows) {
    if (!row.facts.views) continue;
    const seen = Object.hasOwn(row.facts.views, viewpoint ?? "") ? row.facts.views[viewpoint] : row.facts;
    row.countries = seen.countries || [];
    row.kmByCountry = seen.km_by_country || {};
  }
}

/** Fold the texts that a search looks in before it is asked for, a few rows at a time. */
export function* prepareSearch(rows) {
  for (let i = 0; i < rows.length; i++) {
    void rows[i].haystack;
    if (i % 16 === 15) yield;
  }
}

/** The rows of a project and of everything below it. */
export const rowsOfProject = (world, id) => world.rows.filter((row) => row.lineage.includes(id));
