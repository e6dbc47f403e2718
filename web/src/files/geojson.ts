// Turns rows into the text of a GeoJSON file, with the geometry that the page carries.
import { PACKING } from "../contract.ts";
import type { Row } from "../facts/row.ts";
import type { ById, Layer, Licence, PackedGeometry, Source } from "../facts/types.ts";
import { unpackPath } from "../geometry/pack.ts";
import { properties, record } from "./record.ts";
import { namedSources } from "./sources.ts";

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

/** What stands at the head of a file: what was asked for, of which data, and whom to credit. */
export interface Head {
  name: string;
  selection: string;
  as_of: string;
  version: string;
  checksum: string;
  attribution: string;
}

/** The licences of rows and of their layers: one part under a share-alike licence binds the whole file. */
export function licencesOf(rows: readonly Row[], layers: ById<Layer>, licences: ById<Licence>) {
  const ofLayers = rows.map((row) => layers[row.layer]?.licence);
  const ids = [...new Set([...ofLayers, ...rows.map((row) => row.facts.licence)])];
  return ids.flatMap((id) => {
    const licence = licences[id ?? ""];
    return licence ? [{ id, title: licence.title, url: licence.url ?? null }] : [];
  });
}

/** What a reader, and the check of files, has to know of the geometry that the page carries. */
function aboutGeometry(rows: readonly Row[]): { geometry: string; simplified_degrees: number } {
  const isLight = rows.some(({ geometry }) => geometry.lines?.some((line) => line.startsWith(PACKING.coarse)));
  const step = 10 ** -PACKING.decimals * (isLight ? PACKING.coarse_step : 1);
  const grid = Number(step.toFixed(PACKING.decimals));
  const tolerance = isLight ? PACKING.light_tolerance : PACKING.tolerance;
  const simplified = `Simplified for the page: lines to ${tolerance} degrees, positions on a grid of ${grid} degrees.`;
  const geometry = `${simplified} The app and the command line write the full geometry.`;
  return { geometry, simplified_degrees: tolerance };
}

/** The sources that the rows name anywhere, by id. */
function sourcesOf(rows: readonly Row[], sources: ById<Source>): ById<Source> {
  const ids = new Set(rows.flatMap((row) => namedSources(record(row, null))));
  return Object.fromEntries([...ids].sort().flatMap((id) => (sources[id] ? [[id, sources[id]]] : [])));
}

/** The rows as GeoJSON with all columns of their layers; statuses and roles are those of `year`. */
export function toGeoJson(
  rows: readonly Row[],
  { layers, licences, sources }: { layers: ById<Layer>; licences: ById<Licence>; sources: ById<Source> },
  head: Head,
  year: number | null,
): string {
  const features = rows.map((row) =>
    JSON.stringify({
      type: "Feature",
      id: row.id,
      properties: properties(row, layers[row.layer], year),
      geometry: geometryOf(row.geometry),
    }),
  );
  const licence = licencesOf(rows, layers, licences);
  const about = { ...head, licence, sources: sourcesOf(rows, sources), ...aboutGeometry(rows) };
  const start = JSON.stringify({ type: "FeatureCollection", ...about });
  return `${start.slice(0, -1)},"features":[\n${features.join(",\n")}\n]}\n`;
}
