// What Python computes of small inputs (tests/web/vectors.py), and the world of rows that it computes them of.
import { readFileSync } from "node:fs";
import { LANGUAGES } from "../src/contract.ts";
import type { SentHead, SentLayer, Styles } from "../src/facts/types.ts";
import { World } from "../src/facts/world.ts";

const FOLDER = new URL("../../tests/web/vectors/", import.meta.url);

export function vectors<Value>(name: string): Value {
  return JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), "utf8")) as Value;
}

/** Looks with one of each kind. */
export const STYLES: Styles = {
  region: { bounds: [16, 37, 58, 123], phone: [20, 40, 55, 88], min_zoom: 2, max_zoom: 10 },
  years: { first: 1996, last: 2032 },
  layer: { other: { rank: 0, width: 1.4 }, ways: { rank: 3, width: 2 }, pipes: { rank: 5, width: 1.6 } },
  status: {
    operating: {},
    construction: {
      dash: [
        [3, 7],
        [1.5, 3.6],
      ],
    },
    planned: {
      dash: [
        [0, 0.1],
        [2, 4],
      ],
      cap: "round",
    },
    idle: { opacity: 0.5 },
    shelved: {
      dash: [
        [0, 3],
        [0, 3],
      ],
      width: 1.2,
      token: "shelved",
    },
  },
  kind: {
    rail: { ornament: "ticks", from_zoom: 5.4 },
    gas_pipeline: { ornament: "beads", from_zoom: 5.4, least_width: 1.3 },
    road: { ornament: "core", least_width: 1.9 },
    ferry: { ornament: "ship", scale: 0.62 },
    river: { width: 1, casing: false, opacity: 0.62 },
  },
  gauge: ["1435", "1520", "other"],
  flow: { kinds: ["gas_pipeline"], least: 0.7, times: 0.62, every: 84 },
  party: { party: "full", acceding: "hatch" },
  zoom_factor: {
    steps: [
      [4.6, 0.78],
      [5.6, 0.95],
      [99, 1.4],
    ],
    phone: 0.66,
  },
  capacity_width: [
    {
      unit: "bcm/yr",
      steps: [
        [8, 1.1],
        [35, 2.2],
      ],
    },
  ],
  row_width: [{ px: 3, rows: ["silk__plan"] }],
  symbol: {
    port: { shape: "square", from_zoom: 3.9, name_zoom: 4.8, rank: 1 },
    city: { shape: "ring", from_zoom: 6, name_zoom: 7, rank: 3 },
    event: { shape: "event", from_zoom: 3.9, name_zoom: 99, rank: 8 },
    gauge_change: { shape: "gauge", from_zoom: 4.6, name_zoom: 6, rank: 0 },
  },
  project: { silk: { width: 4, name: { en: "Silk Way" }, rank: 1 }, gas: { from_zoom: 5 } },
};

type Sent = Pick<
  SentHead,
  "projects" | "ways" | "places" | "junctions" | "countries" | "also" | "sources" | "licences"
> & {
  page: { year: number };
  layers: SentLayer[];
};

/** The world of the vectors, made as the page makes its own. */
export function world(): World {
  const { page, layers, ...parts } = vectors<Sent>("world");
  const words = Object.fromEntries(LANGUAGES.map((lang) => [lang, {}])) as SentHead["words"];
  const settings = {
    lang: "en",
    worldview: null,
    theme: null,
    view: null,
    embed: false,
    story: null,
    address: null,
  } as const;
  const head: SentHead = {
    ...parts,
    page: { ...settings, selection: "", as_of: "2026", version: "1.2.3", checksum: "", ...page },
    languages: [...LANGUAGES],
    words,
    styles: structuredClone(STYLES),
    vocabulary: {
      kind: { rail: { label: { en: "railway" } } },
      status: { idle: { label: { en: "idle" } } },
      capacity_unit: { "Mt/yr": { label: { en: "million tonnes a year" } } },
    },
    layers: {},
    stories: [],
  };
  return new World(head, {}, layers, null);
}
