// Copies of the map for paper, pictures and other sizes than the window's: which part of it, drawn how, with its scale.
import { svg } from "../dom.ts";
import type { Row } from "../facts/row.ts";
import { fittedConic } from "../geometry/conic.ts";
import { type Fit, fitted } from "../geometry/fit.ts";
import { type Box, mercatorX, mercatorY } from "../geometry/mercator.ts";
import type { LineFigure } from "../labels/figures.ts";
import type { Course } from "../map/course-drawing.ts";
import type { Plate } from "../map/plate.ts";
import { drawStill } from "../map/still.ts";
import type { Page } from "../page/context.ts";
import type { State } from "../page/store.ts";
import type { OnMap } from "./key.ts";
import { scaleBar } from "./scale.ts";

/** Px between the corner of the drawing and its scale; the box that names keep away from. */
const SCALE = { left: 16, bottom: 12, height: 26, room: 84 };

/** How near a selection is brought at most, and how far it stays from the edge, as a share of the shorter side. */
const CLOSEST = 7;
const EDGE = 0.07;

/** What only the page itself knows of its map. */
export interface LiveMap {
  readonly ground: Plate["ground"];
  shades(): Plate["parties"];
  /** What the open card tells about. */
  chosen(): readonly Row[];
  /** The ways that an answer to a question tells about. */
  course(): Course | null;
  /** The view of now. */
  view(): Fit;
  size(): { x: number; y: number };
  /** What a sheet of another shape is to show in Mercator coordinates: what the reader has put into sight, else what is
   * selected, else the whole region. `isLoose`: it is not to touch the edges. */
  part(): { box: Box; isLoose: boolean };
}

export interface MapSize {
  width: number;
  height: number;
}

/** What another moment than that of the page shows: a step of a story. */
export interface Scene {
  readonly state: State;
  readonly rows: ReadonlySet<Row>;
  readonly course: Course | null;
  readonly focus: ReadonlySet<Row> | null;
  readonly figures: readonly LineFigure[];
}

export interface Copy extends OnMap {
  /** The drawing: its viewBox is its size. */
  node: SVGSVGElement;
}

export interface Asked {
  size: MapSize;
  /** Begins the ids inside; one of its own for each drawing of a document. */
  name: string;
  /** The part, when it is not to be chosen anew for this size. */
  part?: Fit;
  /** Whether degree marks stand along the frame; a conic has none. */
  frame?: boolean;
  /** Whether it is the whole region in its conic, whatever the part. */
  conic?: boolean;
  longestScale: number;
  /** What is drawn in the place of what the page shows now. */
  scene?: Scene;
}

const regionBox = ([south, west, north, east]: readonly [number, number, number, number]): Box => [
  mercatorX(west),
  mercatorY(north),
  mercatorX(east),
  mercatorY(south),
];

export class MapCopies {
  readonly live: LiveMap;
  private readonly page: Page;

  constructor(page: Page, live: LiveMap) {
    this.page = page;
    this.live = live;
  }

  /** The view that fits a size. */
  fit(size: MapSize): Fit {
    const { box, isLoose } = this.live.part();
    const edge = isLoose ? Math.round(Math.min(size.width, size.height) * EDGE) : 0;
    return fitted(box, size, edge, isLoose ? CLOSEST : Number.POSITIVE_INFINITY);
  }

  draw({ size, name, part = this.fit(size), frame = false, conic = false, longestScale, scene }: Asked): Copy {
    const { page, live } = this;
    const { width, height } = size;
    const top = height - SCALE.bottom - SCALE.height;
    const still = drawStill(page.world, live.ground, {
      part,
      conic: conic ? fittedConic(regionBox(page.world.styles.region.bounds), size) : null,
      size: { x: width, y: height },
      state: page.state,
      rows: page.shown,
      chosen: scene ? [] : live.chosen(),
      course: live.course(),
      ...scene,
      accuracy: page.accuracy,
      shades: live.shades(),
      labels: { wording: page.say, phone: false, frame: frame && !conic, figures: scene?.figures },
      reserved: [new DOMRect(SCALE.left, top, longestScale + SCALE.room, SCALE.height)],
      name,
    });
    const scale = scaleBar(still.latitude, still.zoom, longestScale, page.say);
    for (const [key, value] of Object.entries({ x: SCALE.left, y: top, class: "scale" })) {
      scale.setAttribute(key, String(value));
    }
    const node = svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" });
    node.append(still.node, scale);
    return { node, symbols: still.symbols, lines: still.lines };
  }
}
