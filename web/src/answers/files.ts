// The legs of a way as files: a table with one leg per line, and lines with the same facts. Knows no document.
import { PACKING, SPREADSHEET } from "../contract.ts";
import type { World } from "../facts/world.ts";
import { csvCell, type Dialect, POINT } from "../files/csv.ts";
import { type Head, licencesOf } from "../files/geojson.ts";
import { latitude, longitude } from "../geometry/mercator.ts";
import type { Leg, WayFigures } from "../routing/index.ts";
import { pathsOfLeg } from "./course.ts";
import { rowsOfWay } from "./route-words.ts";

/** The facts of a leg under the names that the command line gives them. */
function legRecord({ places }: World, leg: Leg, number: number): Record<string, string | number | boolean | null> {
  const name = (id: string) => places[id]?.name.en ?? id;
  return {
    leg: number,
    from: leg.start,
    from_name: name(leg.start),
    to: leg.end,
    to_name: name(leg.end),
    direction: leg.direction,
    km: leg.km,
    accuracy_km: leg.accuracyKm,
    length_basis: leg.lengthBasis,
    kind: leg.row.kind,
    gauge_mm: leg.gaugeMm,
    status: leg.status,
    promised: leg.promised,
    countries: leg.states.map(([code, km]) => `${code} ${km}`).join("; "),
    row: leg.row.id,
    title: leg.row.title.en ?? leg.row.id,
    sources: leg.sources.join("; "),
  };
}

/** The legs as CSV. */
export function legsToCsv(world: World, way: WayFigures, dialect: Dialect = POINT): string {
  const records = way.legs.map((leg, at) => legRecord(world, leg, at + 1));
  const cell = (value: string | number | boolean | null) =>
    csvCell(typeof value === "boolean" ? String(value) : value, undefined, dialect);
  const lines = [Object.keys(records[0]), ...records.map((record) => Object.values(record))];
  const texts = lines.map((cells) => cells.map(cell).join(dialect.separator));
  return `${SPREADSHEET.byte_order_mark + texts.join("\r\n")}\r\n`;
}

const rounded = (value: number) => Number(value.toFixed(PACKING.decimals));

function positions(path: readonly number[]): [number, number][] {
  const list: [number, number][] = [];
  for (let i = 0; i < path.length; i += 2) list.push([rounded(longitude(path[i])), rounded(latitude(path[i + 1]))]);
  return list;
}

/** The legs as GeoJSON, drawn as on the page. */
export function legsToGeoJson(world: World, way: WayFigures, head: Head): string {
  const features = way.legs.map((leg, at) => {
    const lines = pathsOfLeg(world, leg).map(positions);
    const geometry =
      lines.length === 1
        ? { type: "LineString", coordinates: lines[0] }
        : { type: "MultiLineString", coordinates: lines };
    const properties = { ...legRecord(world, leg, at + 1), sources: leg.sources };
    return JSON.stringify({ type: "Feature", properties, geometry });
  });
  const licence = licencesOf(rowsOfWay(way), world.layers, world.licences);
  const start = JSON.stringify({ type: "FeatureCollection", ...head, licence });
  return `${start.slice(0, -1)},"features":[\n${features.join(",\n")}\n]}\n`;
}
