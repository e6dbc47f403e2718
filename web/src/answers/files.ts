// The legs of a way as files: a table with one leg per line, and lines with the same facts. Knows no document.
import { PACKING, SPREADSHEET } from "../contract.ts";
import type { World } from "../facts/world.ts";
import { csvCell, type Dialect, POINT } from "../files/csv.ts";
import { type Head, licencesOf } from "../files/geojson.ts";
import { latitude, longitude } from "../geometry/mercator.ts";
import type { Leg, WayFigures } from "../routing/index.ts";
import { pathsOfLeg } from "./course.ts";
import { rowsOfWay } from "./route-words.ts";

/** The facts of a leg under the names and in the order of the command line (sco_map/routing/answers.py). */
export function legRecord({ places }: Pick<World, "places">, leg: Leg, way: number, number: number) {
  const name = (id: string) => places[id]?.name.en ?? id;
  return {
    way,
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
    countries: Object.fromEntries(leg.states),
    capacity: leg.capacity,
    capacity_unit: leg.capacityUnit,
    row: leg.row.id,
    title: leg.row.title.en ?? leg.row.id,
    places: leg.places,
    sources: leg.sources,
  };
}

/** The legs of a way, the first of all when nobody says which, as CSV. */
export function legsToCsv(world: World, way: WayFigures, dialect: Dialect = POINT, number = 1): string {
  const records = way.legs.map((leg, at) => {
    const record = legRecord(world, leg, number, at + 1);
    const countries = leg.states.map(([code, km]) => `${code} ${km}`).join("; ");
    return { ...record, countries, places: record.places.join("; "), sources: record.sources.join("; ") };
  });
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

/** What a file of legs calls itself, so that nobody takes it for a layer of the map. */
const ANSWER = "route";

/** The legs of all ways as GeoJSON, drawn as on the page. */
export function legsToGeoJson(world: World, ways: readonly WayFigures[], head: Head): string {
  const features = ways.flatMap((way, number) =>
    way.legs.map((leg, at) => {
      const lines = pathsOfLeg(world, leg).map(positions);
      const geometry =
        lines.length === 1
          ? { type: "LineString", coordinates: lines[0] }
          : { type: "MultiLineString", coordinates: lines };
      return JSON.stringify({ type: "Feature", properties: legRecord(world, leg, number + 1, at + 1), geometry });
    }),
  );
  const licence = licencesOf([...new Set(ways.flatMap(rowsOfWay))], world.layers, world.licences);
  const start = JSON.stringify({ type: "FeatureCollection", ...head, answer: ANSWER, licence });
  return `${start.slice(0, -1)},"features":[\n${features.join(",\n")}\n]}\n`;
}
