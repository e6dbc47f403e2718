// What lies at a point of the map: symbols first, then lines, then names and areas.
import type { Row } from "../facts/row.ts";
import type { World } from "../facts/world.ts";
import type { Labels } from "../labels/labels.ts";
import { DISPUTED } from "../labels/raster.ts";
import { EVENT, type Wanted } from "../labels/symbols.ts";
import type { Plate } from "../map/plate.ts";
import { disputeSwatch, symbolSwatch } from "../map/swatches.ts";
import type { Wording } from "../words/wording.ts";
import type { Thing } from "./context.ts";

/** So many rows of a place are offered: of an event's city more than of a crossing. */
const MOST_EVENTS = 12;
const MOST_ROWS = 6;
const MOST_THINGS = 9;

/** Px around the middle of a symbol that belong to it. */
const SYMBOL_REACH = 5;

interface At {
  x: number;
  y: number;
}

export interface Seen {
  world: World;
  plate: Plate;
  labels: Labels;
  shown: ReadonlySet<Row>;
  say: Wording;
  /** Whether an id has a card. */
  hasCard: (id: string) => boolean;
  rowSwatch: (row: Row) => SVGSVGElement;
}

export function thingsAt(seen: Seen, point: At, reach: number): Thing[] {
  const { world, plate, labels, say } = seen;
  const ofRow = (row: Row): Thing => ({ id: row.id, name: say.pick(row.title), swatch: seen.rowSwatch(row) });
  const near = (symbol: Wanted) => Math.hypot(symbol.x - point.x, symbol.y - point.y) <= reach + SYMBOL_REACH;
  const symbols = labels.symbols.filter(near).flatMap(({ target, kind, title }): Thing[] => {
    if (!target.rows) return [{ id: target.id, name: say.pick(title), swatch: symbolSwatch(kind, world.styles) }];
    const rows = target.rows.filter((row) => seen.shown.has(row));
    return rows.slice(0, kind === EVENT ? MOST_EVENTS : MOST_ROWS).map(ofRow);
  });
  if (symbols.length) return once(symbols);
  const lines = plate.rowsNear(point, reach).map(ofRow);
  if (lines.length) return once(lines).slice(0, MOST_THINGS);
  const names = namesAt(seen, point);
  if (names.length) return once(names);
  const isDisputed = labels.raster?.ownerAt(point.x, point.y) === DISPUTED;
  const area = isDisputed ? plate.disputedAt(point) : null;
  if (!area || !seen.hasCard(area.id)) return [];
  return [{ id: area.id, name: say.pick(area.title), swatch: disputeSwatch("area") }];
}

function namesAt({ labels, say, world, hasCard }: Seen, { x, y }: At): Thing[] {
  const hits = labels.hits.filter(({ box }) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  return hits.flatMap(({ project, country }): Thing[] => {
    if (project) return [{ id: project, name: say.pick(world.projects[project]?.title), swatch: null }];
    if (!country || !hasCard(country)) return [];
    return [{ id: country, name: say.pick(world.countries[country]?.name), swatch: null }];
  });
}

/** Each thing once, where it comes first. */
function once(things: readonly Thing[]): Thing[] {
  const ids = new Set<string>();
  return things.filter(({ id }) => !ids.has(id) && ids.add(id));
}
