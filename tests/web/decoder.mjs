// Decodes rows with the modules of the page's script in a folder: node decoder.mjs FOLDER < {"head": ..., "layers": [...]}
// writes their facts, and the CSV and GeoJSON that the page saves of them, as one JSON object.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const module = (name) => import(pathToFileURL(join(process.argv[2], "web", "src", name)).href);
const { World } = await module("facts/world.ts");
const { toCsv } = await module("files/csv.ts");
const { toGeoJson } = await module("files/geojson.ts");

const { head, layers } = JSON.parse(readFileSync(0, "utf8"));
const world = new World(head, {}, layers, null);
const { rows } = world;
const found = {
  facts: rows.map(({ facts }) => facts),
  csv: toCsv(rows, world, null),
  geojson: JSON.parse(toGeoJson(rows, world, {}, null)),
};
process.stdout.write(JSON.stringify(found));
