// The entrance: folium's script hands its map to `sco.start`. The global is for that, and for tests and benchmarks that
// look at the page through `sco.app`; no module of the page reads it.
import { applySelection, roleOf, statusOf } from "./facts/filter.ts";
import type { Row } from "./facts/row.ts";
import { formatSelection, isEverything, parseSelection } from "./facts/selection.ts";
import type { World } from "./facts/world.ts";
import { csvCell, toCsv } from "./files/csv.ts";
import { packIntegers, unpackIntegers } from "./geometry/pack.ts";
import type { LeafletMap } from "./map/leaflet.ts";
import { parseAddress } from "./page/address.ts";
import { App } from "./page/app.ts";
import { orGiveUp } from "./page/give-up.ts";
import { begin } from "./page/progress.ts";
import { readTiles, readWorld } from "./page/read.ts";
import { hasSize } from "./page/screen.ts";
import { inflated } from "./squeeze.ts";
import { citationBibtex, citationCsl } from "./words/citation.ts";
import { fold } from "./words/fold.ts";
import { namesOf, suggestionsFor } from "./words/suggest.ts";

/** What of the page can be looked at from outside. */
const inspected = {
  app: null as App | null,
  start: async (map: LeafletMap): Promise<void> => {
    await begin("reading");
    const world = await orGiveUp("not whole", readWorld);
    await hasSize(map.getContainer());
    map.invalidateSize({ animate: false });
    await begin("drawing");
    await orGiveUp("failed", async () => {
      inspected.app = new App(map, world, readTiles());
    });
  },
  seenFrom: (world: World, worldview: string | null) => world.seenFrom(worldview),
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
  statusOf,
  suggestionsFor,
  toCsv: (rows: readonly Row[]) => toCsv(rows, inspected.app?.world ?? { licences: {}, sources: {} }, null),
  unpackIntegers,
};

/** The hook as tests see it. */
export type Inspected = typeof inspected;

Object.assign(globalThis, { sco: inspected });
