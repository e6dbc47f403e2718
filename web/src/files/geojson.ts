// Turns rows into the text of a GeoJSON file, with the geometry that the page carries.
import { PACKING } from "../contract.ts";
import type { Row } from "../facts/row.ts";
import type { ById, Layer, PackedGeometry } from "../facts/types.ts";
import { unpackPath } from "../geometry/pack.ts";
import { properties } from "./record.ts";

export type Position = [longitude: number, latitude: number];

const rounded = (value: number) => Number(value.toFixed(PACKING.decimals));

function positions(text: string): Position[] {
  const path = unpackPath(text);
  const list: Position[] = [];
  for (let i = 0; i < path.length; i += 2) list.push([rounded(path[i]), rounded(path[i + 1])]);
  return list;
}

/** Where a site is; null for what is no single point. */
export const positionOf = (packed: PackedGeometry): Position | null => {
  const [first, ...others] = packed.points ? positions(packed.points) : [];
  return first && !others.length ? first : null;
};

/** A packed geometry as GeoJSON has it; null for what the page draws from the land. */
export function geometryOf(packed: PackedGeometry) {
  if (packed.lines) {
    const lines = packed.lines.map(positions);
    if (lines.length === 1) return { type: "LineString", coordinates: lines[0] };
    return { type: "MultiLineString", coordinates: lines };
  }
  const point = positionOf(packed);
  return point && { type: "Point", coordinates: point };
}

/** The rows as GeoJSON with all columns of their `layers`; statuses and roles are those of `year`. */
export function toGeoJson(rows: readonly Row[], layers: ById<Layer>, attribution: string, year: number | null): string {
  return JSON.stringify({
    type: "FeatureCollection",
    attribution,
    features: rows.map((row) => ({
      type: "Feature",
      id: row.id,
      properties: properties(row, layers[row.layer], year),
      geometry: geometryOf(row.geometry),
    })),
  });
}
