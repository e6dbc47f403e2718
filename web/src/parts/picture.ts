// The map as a file of its own: one SVG with title, filters, key, credits and date inside, or the same as PNG. It reads
// the drawn plate and asks for nothing; colours and fonts are written into it.
import { element, svg } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import { fileName } from "../files/names.ts";
import type { Labels } from "../labels/labels.ts";
import { textWidth } from "../labels/text-width.ts";
import type { LeafletMap } from "../map/leaflet.ts";
import { isByGauge } from "../map/looks.ts";
import type { Plate } from "../map/plate.ts";
import { disputeSwatch, layerSwatch, lineSwatch, symbolSwatch } from "../map/swatches.ts";
import type { Page } from "../page/context.ts";
import { downloadFile } from "../page/hand-out.ts";
import { licenceTitles, termFirst } from "../words/describe.ts";
import { wrapped } from "../words/wrap.ts";
import type { PictureFormat } from "./controls.ts";
import type { Sheet } from "./print.ts";

const NAMESPACE = "http://www.w3.org/2000/svg";

/** The sheet in px: its edges, the space between its parts, and the rows of the key. */
const EDGE = 20;
const GAP = 14;
const ROW = 19;
const SWATCH = 38;
const KEY_SIZE = 12;

/** Pixels of the PNG for a pixel of the screen. */
const FINENESS = 2;

/** Fonts and relief inside the picture come a moment after it has been read. */
const SETTLES_MS = 120;

const CHECKSUM_LETTERS = 12;

/** Fonts that only one language needs, by a word of their family. */
const SCRIPT_FONTS: Record<string, string> = { bn: "Bengali", zh: "Chinese" };

const PICTURE_STYLE =
  "text{font-family:var(--sans)}text.serif{font-family:var(--serif)}" +
  ".plate-labels text,.scale text{paint-order:stroke;stroke-linejoin:round}" +
  ".scale text{font-size:11px;fill:var(--label);stroke:var(--halo-water);stroke-width:2.6px}";

/** Every `var(--token)` in a text as its value now. */
export function withColours(text: string): string {
  const style = getComputedStyle(document.documentElement);
  const values = new Map<string, string>();
  return text.replace(/var\((--[\w-]+)\)/g, (_, token: string) => {
    const value = values.get(token) ?? (style.getPropertyValue(token).trim() || "none").replace(/"/g, "'");
    values.set(token, value);
    return value;
  });
}

/** The font rules of the page that a language needs; none in the page without fonts. */
export function fontRules(lang: string): string {
  const styles = [...document.querySelectorAll("style")].map((style) => style.textContent ?? "");
  const rules = styles.flatMap((text) => text.match(/@font-face\{.*?\}/gs) ?? []);
  const isForOther = (rule: string, code: string, word: string) => {
    const head = rule.slice(0, 400);
    return code !== lang && (new RegExp(`"[^"]*${word}[^"]*"`).test(head) || head.includes(word.toLowerCase()));
  };
  const others = Object.entries(SCRIPT_FONTS);
  return rules.filter((rule) => !others.some(([code, word]) => isForOther(rule, code, word))).join("");
}

interface WritingLook {
  size: number;
  weight?: number;
  fill: string;
  serif?: boolean;
}

/** A sheet that is filled from top to bottom. */
class Filling {
  readonly node: SVGSVGElement;
  /** How far it is filled, in px. */
  y = 18;
  private readonly width: number;
  private readonly paper: SVGRectElement;

  constructor(width: number) {
    this.width = width;
    this.node = svg("svg", { xmlns: NAMESPACE, width });
    this.paper = svg("rect", { width, fill: "var(--paper)" });
    this.node.append(this.paper, svg("rect", { width, height: 4, fill: "var(--accent)" }));
  }

  write(text: string, look: WritingLook, gap = 0): void {
    const inner = this.width - 2 * EDGE;
    for (const line of wrapped(text, inner, (part) => textWidth(part, look))) {
      this.y += look.size * 1.28;
      const place = { x: EDGE, y: this.y.toFixed(1), "font-size": look.size, "font-weight": look.weight ?? 400 };
      this.node.append(svg("text", { ...place, fill: look.fill, class: look.serif ? "serif" : null, text: line }));
    }
    this.y += gap;
  }

  /** Swatches and names in columns as wide as the longest of them. */
  key(rows: readonly KeyRow[]): void {
    const inner = this.width - 2 * EDGE;
    const longest = Math.max(80, ...rows.map(([, name]) => textWidth(name, { size: KEY_SIZE }))) + 56;
    const columns = Math.max(1, Math.floor(inner / longest));
    const per = Math.ceil(rows.length / columns);
    for (const [i, [swatch, name]] of rows.entries()) {
      const x = EDGE + Math.floor(i / per) * (inner / columns);
      const top = this.y + (i % per) * ROW;
      swatch.setAttribute("x", x.toFixed(1));
      swatch.setAttribute("y", (top + 2).toFixed(1));
      const place = { x: (x + SWATCH).toFixed(1), y: (top + 13.5).toFixed(1), "font-size": KEY_SIZE };
      this.node.append(swatch, svg("text", { ...place, fill: "var(--ink)", text: name }));
    }
    this.y += per * ROW + 4;
  }

  /** Cut the sheet to what is on it. */
  finish(): void {
    const height = String(Math.ceil(this.y + 14));
    this.node.setAttribute("height", height);
    this.node.setAttribute("viewBox", `0 0 ${this.width} ${height}`);
    this.paper.setAttribute("height", height);
  }
}

type KeyRow = [SVGSVGElement, string];

export class Picture {
  private readonly page: Page;
  private readonly map: LeafletMap;
  private readonly plate: Plate;
  private readonly labels: Labels;
  private readonly describe: () => Sheet;

  constructor(page: Page, map: LeafletMap, plate: Plate, labels: Labels, describe: () => Sheet) {
    this.page = page;
    this.map = map;
    this.plate = plate;
    this.labels = labels;
    this.describe = describe;
  }

  /** What is on the map, as the rows of the key. */
  keyRows(): KeyRow[] {
    const { page, plate } = this;
    const { world, say, result, state } = page;
    const { styles } = world;
    const layers = new Set(result.rows.map((row) => row.layer));
    const statuses = new Set(result.rows.map((row) => statusOf(row, state.selection.year)));
    const symbols = new Set(this.labels.symbols.map(({ kind }) => kind));
    const ownColour = result.rows.filter((row) => row.form === "line" && !isByGauge(row, plate.lineStyle));
    const coloured = new Set(ownColour.map((row) => row.layer));
    const rows: KeyRow[] = [];
    for (const [id, layer] of Object.entries(world.layers)) {
      if (!layer || !layers.has(id) || layer.group === "organisation") continue;
      const symbol = styles.layer[id]?.swatch?.symbol;
      if (symbol ? !symbols.has(symbol) : !coloured.has(id)) continue;
      const swatch = layerSwatch(id, styles);
      if (swatch instanceof SVGSVGElement) rows.push([swatch, say.pick(layer.title)]);
    }
    for (const row of element("facets").querySelectorAll(".gauges .row")) {
      const swatch = row.querySelector("svg")?.cloneNode(true);
      if (swatch instanceof SVGSVGElement) rows.push([swatch, row.textContent ?? ""]);
    }
    for (const id of Object.keys(styles.status).filter((status) => statuses.has(status))) {
      const swatch = lineSwatch({ layer: "other", status: id, width: 2.6, length: 24, styles });
      rows.push([swatch, termFirst(world, say, "status", id)]);
    }
    for (const id of symbols) rows.push([symbolSwatch(id, styles), termFirst(world, say, "kind", id)]);
    rows.push([disputeSwatch("line"), say.word("disputed_border")]);
    return rows;
  }

  /** The picture as text of an SVG file. */
  svgText(): string {
    const { page } = this;
    const { world, say, state } = page;
    const { sentence, dek } = this.describe();
    const chosen = sentence || say.word("all_projects");
    const sheet = new Filling(this.map.getSize().x);
    const year = say.word("as_of_year", { year: say.year(state.selection.year ?? world.page.year) });
    sheet.write(say.word("organisation"), { size: 11.5, weight: 600, fill: "var(--accent)" });
    sheet.write(say.word("title"), { size: 23, weight: 600, fill: "var(--ink)", serif: true }, 2);
    sheet.write(`${chosen}, ${year}. ${dek}`, { size: 12.5, fill: "var(--ink2)" }, GAP);
    this.drawMap(sheet);
    sheet.key(this.keyRows());
    const small: WritingLook = { size: 10.5, fill: "var(--ink3)" };
    sheet.write(say.word("borders_notice"), small);
    const licences = `${say.word("licences")}: ${licenceTitles(world.layers, world.licences).join(", ")}`;
    const checksum = world.page.checksum.slice(0, CHECKSUM_LETTERS);
    const version = say.word("data_version", { date: say.date(world.page.as_of), checksum });
    sheet.write(`${page.credits().join(" · ")}. ${licences}. ${version} ${say.today()}.`, small);
    sheet.finish();
    const title = svg("title", { text: `${chosen} – ${say.word("title")}` });
    sheet.node.prepend(svg("style", { text: fontRules(say.lang) + PICTURE_STYLE }), title);
    return withColours(new XMLSerializer().serializeToString(sheet.node));
  }

  /** The picture as PNG. */
  async png(): Promise<Blob> {
    const text = this.svgText();
    const [width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text) ?? []).slice(1).map(Number);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * FINENESS;
    canvas.height = height * FINENESS;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("the browser has no canvas to draw the picture on");
    context.scale(FINENESS, FINENESS);
    context.drawImage(image, 0, 0, width, height);
    await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
    context.drawImage(image, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser could not write the picture as PNG");
    return blob;
  }

  async save(format: PictureFormat): Promise<void> {
    const { page } = this;
    const name = `${fileName(page.state.selection)}.${format}`;
    try {
      if (format === "svg") downloadFile(name, "image/svg+xml", this.svgText());
      else downloadFile(name, "image/png", await this.png());
    } catch (error) {
      page.toast(page.say.word("picture_failed"));
      throw error;
    }
  }

  /** The map itself: both sheets of the plate, cut to what is seen. */
  private drawMap(sheet: Filling): void {
    const { map, plate } = this;
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([0, 0]);
    const seen = { x: corner.x, y: corner.y, width: size.x, height: size.y };
    const clip = svg("clipPath", { id: "picture-frame" }, svg("rect", seen));
    const transform = `translate(${-corner.x} ${(sheet.y - corner.y).toFixed(1)})`;
    const ground = svg("g", { "clip-path": "url(#picture-frame)", transform });
    ground.append(svg("rect", { ...seen, fill: "var(--water)" }));
    for (const drawn of plate.sheets) ground.append(...[...drawn.children].map((child) => child.cloneNode(true)));
    const { opacity } = getComputedStyle(plate.groups.relief);
    for (const relief of ground.querySelectorAll(".plate-relief")) relief.setAttribute("opacity", opacity);
    for (const hidden of ground.querySelectorAll('[display="none"]')) hidden.remove();
    const scale = element("scale").firstElementChild?.cloneNode(true);
    if (scale instanceof SVGSVGElement) {
      scale.setAttribute("x", String(corner.x + 16));
      scale.setAttribute("y", String(corner.y + size.y - 36));
      scale.setAttribute("class", "scale");
      ground.append(scale);
    }
    const frame = { x: 0.5, y: (sheet.y + 0.5).toFixed(1), width: size.x - 1, height: size.y - 1 };
    const rule = svg("rect", { ...frame, fill: "none", stroke: "var(--rule)" });
    sheet.node.append(svg("defs", {}, clip), ground, rule);
    sheet.y += size.y + GAP;
  }
}
