// @ts-nocheck
// The entrance: folium's script hands its map to `sco.start`, and tests look at the page through `sco.app`.
import { applySelection, formatSelection, isEverything, parseSelection, roleOf, statusOf } from "./facts/selection.ts";
import { readWorld, seenFrom } from "./facts/world.ts";
import { csvCell, toCsv } from "./files/files.ts";
import { packIntegers, unpackIntegers } from "./geometry/pack.ts";
import { App } from "./page/app.ts";
import { parseAddress } from "./page/state.ts";
import { namesOf, suggestionsFor } from "./panel/suggestions.ts";
import { inflated } from "./squeeze.ts";
import { citationBibtex, citationCsl } from "./words/citation.ts";
import { fold } from "./words/text.ts";

const sco = {
  app: null,
  start: async (map) => {
    sco.app = new App(map, await readWorld());
  },
  applySelection,
  citationBibtex,
  citationCsl,
  csvCell,
  fold,
  formatSelection,
  inflated,
  isEverything,
  namesOf,
  packIntegers,
  parseAddress,
  parseSelection,
  roleOf,
  seenFrom,
  statusOf,
  suggestionsFor,
  toCsv,
  unpackIntegers,
};
globalThis.sco = sco;
