// The map as a file of its own: one SVG with title, selection, key, sources and date inside, or the same as PNG, in the
// shape of the window, of a slide or square. It asks for nothing; colours and fonts are written into it, and programs
// that do not load the fonts still keep every line on the sheet.
import { svg } from "../dom.ts";
import { fileName } from "../files/names.ts";
import type { Box } from "../geometry/mercator.ts";
import { textWidth } from "../labels/text-width.ts";
import type { Page } from "../page/context.ts";
import { downloadFile } from "../page/hand-out.ts";
import { conicNote, type SheetWords, sentences } from "../words/sheet.ts";
import { wrapped } from "../words/wrap.ts";
import { columnHeight } from "./columns.ts";
import { type KeyGroup, keyGroups } from "./key.ts";
import type { Copy, MapCopies, MapSize } from "./map-copy.ts";

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

/** Programs for drawing set the text in fonts of their own, which may be wider than ours by so much. */
const WIDER = 1.16;

/** A map in a picture is never lower than so many px, nor a picture narrower. */
const LOWEST_MAP = 260;
const NARROWEST = 560;
const LONGEST_SCALE = 170;

/** The share of a picture's height that its map is drawn with first, to see what the key will need. */
const FIRST_GUESS = 0.62;

export const PICTURE_FORMATS = ["png", "svg"] as const;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** The shapes of a picture with their whole size; null follows the window. */
export const PICTURE_SHAPES = {
  shown: null,
  wide: { width: 1600, height: 900 },
  square: { width: 1200, height: 1200 },
};
export type PictureShape = keyof typeof PICTURE_SHAPES;

export interface PictureWish {
  format: PictureFormat;
  shape: PictureShape;
  /** Instead of the map's own title. */
  title: string;
  /** Whether it shows the whole region in its conic. */
  conic: boolean;
}

type Drawing = Pick<PictureWish, "shape" | "title" | "conic">;

interface WritingLook {
  size: number;
  weight?: number;
  fill: string;
  serif?: boolean;
}

/** A block of the sheet, filled from top to bottom. */
class Block {
  readonly node = svg("g");
  /** How far it is filled, in px. */
  height = 0;
  private readonly inner: number;

  constructor(width: number) {
    this.inner = width - 2 * EDGE;
  }

  write(text: string, look: WritingLook, gap = 0): void {
    for (const line of wrapped(text, this.inner / WIDER, (part) => textWidth(part, look))) {
      this.height += look.size * 1.3;
      const place = { x: EDGE, y: (this.height - look.size * 0.3).toFixed(1), "font-size": look.size };
      const weight = look.weight ?? 400;
      const attributes = { ...place, "font-weight": weight, fill: look.fill, class: look.serif ? "serif" : null };
      this.node.append(svg("text", { ...attributes, text: line }));
    }
    this.height += gap;
  }

  /** Swatches and names in columns as wide as the longest of them, each group under its title. */
  key(groups: readonly KeyGroup[]): void {
    const names = groups.flatMap(({ title, rows }) => [title, ...rows.map(({ name }) => name)]);
    const longest = Math.max(80, ...names.map((name) => textWidth(name, { size: KEY_SIZE, weight: 600 }))) * WIDER;
    const columns = Math.max(1, Math.floor(this.inner / (longest + SWATCH + GAP)));
    const count = groups.reduce((sum, { rows }) => sum + rows.length + 1, 0);
    const per = columnHeight(groups, columns, Math.ceil(count / columns));
    let column = 0;
    let row = 0;
    for (const { title, rows } of groups) {
      if (row && row + 2 > per) [column, row] = [column + 1, 0];
      this.keyText(title, column * (this.inner / columns), row++, 600);
      for (const { swatch, name } of rows) {
        if (row >= per) [column, row] = [column + 1, 0];
        const x = column * (this.inner / columns);
        swatch.setAttribute("x", (EDGE + x).toFixed(1));
        swatch.setAttribute("y", (this.height + row * ROW + 2).toFixed(1));
        this.node.append(swatch);
        this.keyText(name, x + SWATCH, row++, 400);
      }
    }
    this.height += per * ROW + GAP / 2;
  }

  private keyText(text: string, x: number, row: number, weight: number): void {
    const place = { x: (EDGE + x).toFixed(1), y: (this.height + row * ROW + 13.5).toFixed(1) };
    const look = { "font-size": KEY_SIZE, "font-weight": weight, fill: "var(--ink)" };
    this.node.append(svg("text", { ...place, ...look, text }));
  }
}

export class Picture {
  private readonly page: Page;
  private readonly copies: MapCopies;
  private readonly describe: (title: string) => SheetWords;

  constructor(page: Page, copies: MapCopies, describe: (title: string) => SheetWords) {
    this.page = page;
    this.copies = copies;
    this.describe = describe;
  }

  /** The key of the map as it is shown now. */
  key(): KeyGroup[] {
    const { page, copies } = this;
    const { x: width, y: height } = copies.live.size();
    const part = copies.live.view();
    const size = { width, height };
    return keyGroups(page, copies.draw({ size, name: "picture", part, longestScale: LONGEST_SCALE }));
  }

  /** The picture as text of an SVG file. */
  async svgText({ shape, title, conic }: Drawing): Promise<string> {
    const { page, copies } = this;
    const words = this.describe(title);
    const whole = PICTURE_SHAPES[shape];
    const shown = copies.live.size();
    const width = whole?.width ?? Math.max(NARROWEST, shown.x);
    const header = this.header(words, width);
    const notes = this.notes(words, width, conic);
    const keyed = (copy: Copy) => {
      const key = new Block(width);
      key.key(keyGroups(page, copy));
      return key;
    };
    const view = copies.live.view();
    const draw = (height: number) => {
      const part = whole ? undefined : view;
      return copies.draw({ size: { width, height }, name: "picture", part, conic, longestScale: LONGEST_SCALE });
    };
    let map = draw(whole ? Math.round(whole.height * FIRST_GUESS) : shown.y);
    let key = keyed(map);
    let size = { width, height: shown.y };
    if (whole) {
      const rest = header.height + key.height + notes.height + 2 * GAP + EDGE;
      size = { width, height: Math.max(LOWEST_MAP, Math.floor(whole.height - rest)) };
      map = draw(size.height);
      const again = keyed(map);
      if (again.height <= key.height) key = again;
    }
    await this.drawRelief(map.node, size);
    const node = svg("svg", { xmlns: NAMESPACE, width });
    const paper = svg("rect", { width, fill: "var(--paper)" });
    node.append(paper, svg("rect", { width, height: 4, fill: "var(--accent)" }));
    let y = 10;
    const put = (part: SVGElement, height: number) => {
      node.append(svg("g", { transform: `translate(0 ${y.toFixed(1)})` }, part));
      y += height;
    };
    put(header.node, header.height + GAP / 2);
    const rule = { x: 0.5, y: 0.5, width: width - 1, height: size.height - 1, fill: "none", stroke: "var(--rule)" };
    put(svg("g", {}, map.node, svg("rect", rule)), size.height + GAP);
    put(key.node, key.height);
    put(notes.node, notes.height);
    const height = String(Math.max(whole?.height ?? 0, Math.ceil(y + EDGE / 2)));
    node.setAttribute("height", height);
    node.setAttribute("viewBox", `0 0 ${width} ${height}`);
    paper.setAttribute("height", height);
    node.prepend(
      svg("style", { text: fontRules(page.say.lang) + PICTURE_STYLE }),
      svg("title", { text: `${words.selection} – ${words.title}` }),
    );
    return withColours(new XMLSerializer().serializeToString(node));
  }

  /** The picture as PNG. */
  async png(wish: Drawing): Promise<Blob> {
    const text = await this.svgText(wish);
    const [width = 0, height = 0] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text) ?? []).slice(1).map(Number);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const { canvas, context } = canvasOf(width * FINENESS, height * FINENESS);
    context.scale(FINENESS, FINENESS);
    context.drawImage(image, 0, 0, width, height);
    await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
    context.drawImage(image, 0, 0, width, height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) throw new Error("the browser could not write the picture as PNG");
    return blob;
  }

  async save(wish: PictureWish): Promise<void> {
    const { page } = this;
    const { format } = wish;
    const name = `${fileName(page.state.selection, page.world.page.version)}.${format}`;
    try {
      if (format === "svg") downloadFile(name, "image/svg+xml", await this.svgText(wish));
      else downloadFile(name, "image/png", await this.png(wish));
    } catch (error) {
      page.toast(page.say.word("picture_failed"));
      throw error;
    }
  }

  private header(words: SheetWords, width: number): Block {
    const block = new Block(width);
    block.write(words.organisation, { size: 11.5, weight: 600, fill: "var(--accent)" });
    block.write(words.title, { size: 23, weight: 600, fill: "var(--ink)", serif: true }, 3);
    block.write(sentences([words.selection], this.page.say), { size: 13.5, weight: 600, fill: "var(--ink)" });
    block.write(words.figures, { size: 12.5, fill: "var(--ink2)" });
    return block;
  }

  private notes(words: SheetWords, width: number, conic: boolean): Block {
    const block = new Block(width);
    const small: WritingLook = { size: 10.5, fill: "var(--ink2)" };
    for (const text of [words.sources, `${words.borders} ${words.credits}`]) block.write(text, small);
    const { say } = this.page;
    block.write(`${words.version} ${sentences(conic ? [say.today(), conicNote(say)] : [say.today()], say)}`, small);
    return block;
  }

  /** The relief as a picture that every program reads, cut to what is seen of it, and as strong as on the screen. */
  private async drawRelief(map: SVGSVGElement, { width, height }: MapSize): Promise<void> {
    const group = map.querySelector<SVGGElement>(".plate-relief");
    const node = group?.querySelector("image");
    if (!group || !node) return;
    group.setAttribute("opacity", opacityOf(group));
    const image = new Image();
    image.src = node.getAttribute("href") ?? "";
    await image.decode();
    const [left, top, across, down] = ["x", "y", "width", "height"].map((name) => Number(node.getAttribute(name)));
    const seen: Box = [
      Math.max(0, left),
      Math.max(0, top),
      Math.min(width, left + across),
      Math.min(height, top + down),
    ];
    const [x, y] = seen;
    const [w, h] = [Math.round(seen[2] - x), Math.round(seen[3] - y)];
    if (w < 1 || h < 1) {
      group.remove();
      return;
    }
    const { canvas, context } = canvasOf(w, h);
    const [sx, sy] = [image.naturalWidth / across, image.naturalHeight / down];
    context.drawImage(image, (x - left) * sx, (y - top) * sy, w * sx, h * sy, 0, 0, w, h);
    const place = { x, y, width: w, height: h, href: canvas.toDataURL("image/png") };
    for (const [name, value] of Object.entries(place)) node.setAttribute(name, String(value));
  }
}

function canvasOf(width: number, height: number) {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) throw new Error("the browser has no canvas to draw the picture on");
  return { canvas, context };
}

/** How opaque the style sheet makes a group of the map. */
function opacityOf(group: SVGGElement): string {
  const probe = svg("g", { class: group.getAttribute("class") });
  const holder = svg("svg", { class: "plate", width: 0, height: 0 }, probe);
  document.body.append(holder);
  const { opacity } = getComputedStyle(probe);
  holder.remove();
  return opacity;
}
