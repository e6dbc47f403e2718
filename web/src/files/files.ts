// @ts-nocheck
// Turns rows into CSV and GeoJSON texts for download from inside the page.
import contract from "../../contract.json" with { type: "json" };
import { roleOf, statusOf } from "../facts/selection.ts";
import { unpackPath } from "../geometry/pack.ts";

const BYTE_ORDER_MARK = "\uFEFF";
const COLUMNS = [
  "id",
  "layer",
  "projects",
  "kind",
  "title_en",
  "title_bn",
  "title_ru",
  "title_zh",
  "status",
  "countries",
  "length_km",
  "accuracy_km",
  "accuracy_basis",
  "gauge_mm",
  "diameter_mm",
  "capacity",
  "capacity_unit",
  "owner",
  "cost_usd_bn",
  "height_m",
  "river",
  "role",
  "date",
  "sources",
  "as_of",
  "confidence",
  "licence",
  "note",
];

/** A value as a CSV cell: lists by `;`, quoted, and never a formula. */
export function csvCell(value) {
  if (value === null || value === undefined) return "";
  let text = Array.isArray(value) ? value.join(";") : typeof value === "object" ? JSON.stringify(value) : String(value);
  if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",;\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** What a row says, as the columns of the atlas; status and role are those of `year`. */
function record(row, year) {
  const { title, ...rest } = row.facts;
  const titles = Object.fromEntries(
    Object.keys(contract.languages).map((lang) => [`title_${lang}`, title?.[lang] ?? null]),
  );
  return {
    ...titles,
    ...rest,
    layer: row.layer,
    countries: row.countries,
    km_by_country: row.kmByCountry,
    status: statusOf(row, year),
    role: roleOf(row, year),
  };
}

/** @param {any[]} rows @param {number|null} year  statuses and roles are those of that year */
export function toCsv(rows, year = null) {
  const lines = [COLUMNS.join(",")];
  for (const row of rows) {
    const values = record(row, year);
    lines.push(COLUMNS.map((column) => csvCell(values[column])).join(","));
  }
  return `${BYTE_ORDER_MARK + lines.join("\r\n")}\r\n`;
}

/** @param {any[]} rows @param {string} attribution @param {number|null} year  statuses and roles are those of that year */
export function toGeoJson(rows, attribution, year = null) {
  const round = (value) => Math.round(value * 1000) / 1000;
  const pairs = (path) => {
    const list = [];
    for (let i = 0; i < path.length; i += 2) list.push([round(path[i]), round(path[i + 1])]);
    return list;
  };
  const geometry = (row) => {
    const packed = row.geometry;
    if (packed.lines) {
      const lines = packed.lines.map((text) => pairs(unpackPath(text)));
      return lines.length === 1
        ? { type: "LineString", coordinates: lines[0] }
        : { type: "MultiLineString", coordinates: lines };
    }
    if (packed.points) return { type: "Point", coordinates: pairs(unpackPath(packed.points))[0] };
    return null;
  };
  return JSON.stringify({
    type: "FeatureCollection",
    attribution,
    features: rows.map((row) => ({
      type: "Feature",
      id: row.id,
      properties: record(row, year),
      geometry: geometry(row),
    })),
  });
}
