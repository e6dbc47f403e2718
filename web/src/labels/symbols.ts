// Which symbols stand on the map at a zoom, the most important first: sites, events gathered by place, places of rows.
import { statusOf } from "../facts/filter.ts";
import type { Row } from "../facts/row.ts";
import type { SymbolLook, Texts } from "../facts/types.ts";
import type { Node, World } from "../facts/world.ts";

export const GAUGE_CHANGE = "gauge_change";
export const EVENT = "event";

/** Px between the dot of a capital and another symbol: nearer, one covers more of the other than its outline. */
export const CAPITAL_APART = 7;

/** What a symbol opens: a row, or a place with the rows that meet there. */
export interface Target {
  readonly id: string;
  readonly layer?: string;
  /** Null for a row by itself. */
  readonly rows: readonly Row[] | null;
}

/** A symbol that is wanted, in Mercator coordinates until it is placed. */
export interface Wanted {
  look: SymbolLook;
  kind: string;
  x: number;
  y: number;
  target: Target;
  title: Texts;
  status: string | null;
  /** What it is called at this zoom; null while it has no name on the map. */
  name: Texts | null;
  /** Whether the map cannot be read without that name. */
  isKey: boolean;
}

const LAST_RANK = 9;
export const rankOf = (look: SymbolLook): number => look.rank ?? LAST_RANK;

/** Events gathered by where they took place, the latest first. */
export function eventPlaces(rows: Iterable<Row>): { id: string; x: number; y: number; title: Texts; rows: Row[] }[] {
  const places = new Map<string, { id: string; x: number; y: number; title: Texts; rows: Row[] }>();
  for (const row of rows) {
    if (row.kind !== EVENT || row.form !== "point") continue;
    const [x, y] = row.paths[0];
    const key = `${x} ${y}`;
    const place = places.get(key) ?? { id: row.id, x, y, title: row.title, rows: [] };
    place.rows.push(row);
    places.set(key, place);
  }
  for (const place of places.values()) place.rows.sort((a, b) => ((a.date ?? "") < (b.date ?? "") ? 1 : -1));
  return [...places.values()];
}

/** Symbols of what is shown at a zoom; breaks of gauge from any zoom on where lines are coloured by gauge. */
export function wantedSymbols(
  world: Pick<World, "rows" | "nodes" | "styles">,
  shown: ReadonlySet<Row>,
  zoom: number,
  year: number | null,
  byGauge: boolean,
): Wanted[] {
  const wanted: Wanted[] = [];
  const consider = (wish: Omit<Wanted, "look" | "name" | "isKey">) => {
    const look = world.styles.symbol[wish.kind];
    const own = world.styles.site?.[wish.target.id];
    const from = Math.min(look?.from_zoom ?? Infinity, own?.from_zoom ?? Infinity);
    if (!look || (zoom < from && !(wish.kind === GAUGE_CHANGE && byGauge))) return;
    const isNamed = zoom >= look.name_zoom;
    const isKey = !isNamed && !!own && zoom >= own.from_zoom;
    wanted.push({ ...wish, look, name: isNamed ? wish.title : isKey ? own.name : null, isKey });
  };
  for (const row of world.rows) {
    if (row.form !== "point" || row.kind === EVENT || !shown.has(row)) continue;
    const [x, y] = row.paths[0];
    const target = { id: row.id, layer: row.layer, rows: null };
    consider({ kind: row.kind, x, y, target, title: row.title, status: statusOf(row, year) });
  }
  for (const place of eventPlaces(shown)) {
    const { x, y, title } = place;
    consider({ kind: EVENT, x, y, target: place, title, status: null });
  }
  for (const node of world.nodes) {
    const rows = node.rows.filter((row) => shown.has(row));
    if (rows.length) consider({ ...placed(node), target: { id: node.id, layer: rows[0].layer, rows: node.rows } });
  }
  return wanted.sort((a, b) => Number(b.isKey) - Number(a.isKey) || rankOf(a.look) - rankOf(b.look));
}

/**
 * The symbol that stands for the dot of a capital at a point, which would cover it: the nearest one, unless it has a
 * name of its own, so that the capital is named beside it and not left out for a port in its outskirts.
 */
export function capitalSymbol<One extends Pick<Wanted, "kind" | "name" | "x" | "y">>(
  [x, y]: readonly [number, number],
  symbols: readonly One[],
): One | null {
  const far = (one: One) => Math.hypot(one.x - x, one.y - y);
  const near = symbols.filter((one) => one.kind !== EVENT && far(one) <= CAPITAL_APART);
  if (near.some(({ name }) => name)) return null;
  return near.sort((a, b) => far(a) - far(b))[0] ?? null;
}

const placed = ({ kind, x, y, title }: Node) => ({ kind, x, y, title, status: null });
