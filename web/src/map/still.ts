// The map drawn once more, apart from the screen, any part of it at any size, for paper and pictures. What is on the
// screen is neither moved nor touched.
import { svg } from "../dom.ts";
import type { Row } from "../facts/row.ts";
import type { World } from "../facts/world.ts";
import type { ConicFit } from "../geometry/conic.ts";
import type { Fit } from "../geometry/fit.ts";
import { latitude } from "../geometry/mercator.ts";
import { Labels, type LabelView } from "../labels/labels.ts";
import type { State } from "../page/store.ts";
import { ConicView, LIKE_LATITUDE } from "./conic-view.ts";
import type { Course } from "./course-drawing.ts";
import { Plate } from "./plate.ts";
import { type Frame, ScreenView, worldWidth } from "./screen-view.ts";

/** What is to be drawn. Sizes in px of the drawing. */
export interface Wanted {
  part: Fit;
  /** Instead of a part in Mercator: one in the conic of the region. */
  conic?: ConicFit | null;
  size: { x: number; y: number };
  state: State;
  rows: ReadonlySet<Row>;
  /** What an open card tells about, and whether the ribbons of accuracy are shown. */
  chosen: readonly Row[];
  accuracy: boolean;
  shades: Plate["parties"];
  /** The ways that an answer tells about. */
  course: Course | null;
  labels: Pick<LabelView, "wording" | "phone" | "frame" | "figures">;
  /** The rows that stand out, null: all alike. */
  focus?: ReadonlySet<Row> | null;
  /** Boxes that names keep away from: x, y, width, height from the corner of the drawing. */
  reserved?: readonly DOMRect[];
  /** Begins every id inside, so that several drawings get along in one document. */
  name: string;
}

export interface Still {
  /** The drawing, with its origin at the top left corner; what is beyond its size is cut. */
  node: SVGGElement;
  /** Kinds of the symbols on it. */
  symbols: ReadonlySet<string>;
  /** The rows whose lines may be seen on it. */
  lines: readonly Row[];
  /** The degrees of latitude of its middle, and its zoom: what a scale holds for. */
  latitude: number;
  zoom: number;
}

/** Attributes that may name a node by its id. */
const REFERRING = ["clip-path", "fill", "href"];

/** Let every id inside begin with `name`, and whatever refers to it. */
function rename(node: SVGElement, name: string): void {
  for (const named of node.querySelectorAll("[id]")) named.id = `${name}-${named.id}`;
  for (const attribute of REFERRING) {
    for (const referring of node.querySelectorAll(`[${attribute}*="#"]`)) {
      const text = referring.getAttribute(attribute) ?? "";
      if (!/^(url\()?#/.test(text) || text.startsWith("#") !== (attribute === "href")) continue;
      referring.setAttribute(attribute, text.replace("#", `#${name}-`));
    }
  }
}

function mercatorView({ zoom, x, y }: Fit, sheet: Readonly<Frame>): ScreenView {
  const scale = worldWidth(zoom);
  return new ScreenView(zoom, [x * scale - sheet.width / 2, y * scale - sheet.height / 2], sheet);
}

export function drawStill(world: World, ground: Plate["ground"], wanted: Wanted): Still {
  const { part, size, state, rows, labels, name } = wanted;
  const { year } = state.selection;
  const plate = new Plate(world, () => labels.phone, ground);
  plate.setWorldview(state.worldview);
  plate.setLineStyle(state.lineStyle);
  plate.show(rows, year);
  plate.shade(wanted.shades);
  plate.select(wanted.chosen);
  plate.setCourse(wanted.course);
  plate.focus(wanted.focus ?? null);
  plate.showAccuracy(wanted.accuracy);
  const sheet = { x: 0, y: 0, width: size.x, height: size.y };
  const view = wanted.conic ? new ConicView(wanted.conic, sheet) : mercatorView(part, sheet);
  const middle = wanted.conic ? LIKE_LATITUDE : latitude(part.y);
  plate.draw(view, middle);
  const corner = { x: 0, y: 0 };
  const setter = new Labels(plate, world, () => ({ corner, size, held: { left: 0, top: 0 } }));
  const steps = setter.steps({ ...labels, rows, year, reserved: wanted.reserved ?? [] });
  while (!steps.next().done); // in one go
  const frame = svg("clipPath", { id: "frame" }, svg("rect", { width: size.x, height: size.y }));
  const water = svg("rect", { width: size.x, height: size.y, fill: "var(--water)" });
  const parts = plate.sheets.flatMap((sheet) => [...sheet.children]);
  for (const hidden of parts.flatMap((group) => [...group.querySelectorAll('[display="none"]')])) hidden.remove();
  const inside = svg("g", { "clip-path": "url(#frame)" }, water, ...parts);
  const node = svg("g", { class: "plate" }, frame, inside);
  rename(node, name);
  const symbols = new Set(setter.symbols.map(({ kind }) => kind));
  const lines = plate.rows.shown().map(({ row }) => row);
  return { node, symbols, lines, latitude: middle, zoom: view.zoom };
}
