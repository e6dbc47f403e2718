// Below the map of the app: passes on to Python what the page shows, and draws what Python has worked out as a table,
// with the bars of a chart where there are any. It sorts, cuts and counts nothing.
import { type Below, type Host, OPEN_CARD, QUESTION, TELL, TELL_AGAIN, type Tell, type Told } from "./events.ts";

type Cell = string | number | null;

interface Head {
  id: string;
  name: string;
  unit: string | null;
  isNumber: boolean;
  sorts: boolean;
}

interface Choice {
  id: string;
  label: string;
  value: string;
  options: [string, string][];
}

interface Part {
  value: number;
  name: string;
  colour: string;
}

/** What Python hands over. */
interface Given {
  /** Which table it is; nothing when none is open. */
  name: string;
  lang: string;
  caption: string;
  words: Record<"columns" | "previous" | "next" | "usual" | "open", string>;
  heads: Head[];
  rows: { id: string | null; cells: Cell[] }[];
  /** All columns that there are to choose from, and those that are chosen; none where there is no choice. */
  columns: [string, string][];
  chosen: string[];
  choices: Choice[];
  order: { by: string; down: boolean } | null;
  /** What the reader looks at: a page of it counts only as long as it is the same. */
  of: string;
  page: number;
  pages: number;
  place: string;
  shown: string | null;
  bars: { name: string; parts: Part[] }[];
  key: { name: string; colour: string }[];
  /** What the address is to say of a question to the network; null where it says it already. */
  question: string | null;
  /** Tells one change of the question from the next: Streamlit hands the same over again and again. */
  asked: number;
}

interface Asked {
  order: Given["order"];
  page: number;
  of: string;
  chosen: string[];
  choices: Record<string, string>;
}

type Attributes = Record<string, string | number | boolean | null>;

function el(kind: string, attributes: Attributes, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(kind);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...children);
  return made;
}

function button(name: string, attributes: Attributes, click: () => void): HTMLElement {
  const made = el("button", { type: "button", ...attributes }, name);
  made.addEventListener("click", click);
  return made;
}

/** Unpack what Python packed. */
async function unpacked(packed: Uint8Array<ArrayBuffer>): Promise<Given> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).json();
}

class Grid {
  private readonly host: HTMLElement;
  private ask: (change: Partial<Asked>) => void = () => undefined;
  /** What was asked for last: a second click counts on top of the first, also before Python has answered that. */
  private asked: Pick<Asked, "order" | "chosen" | "choices"> | null = null;
  private name = "";
  private tell: Tell = () => undefined;
  private isOpen = false;
  private turn = 0;
  private passed = "";

  constructor(host: HTMLElement) {
    this.host = host;
    document.addEventListener(TELL, (event) => {
      if (!(event instanceof CustomEvent && host.isConnected)) return;
      const { name, value } = event.detail as Told;
      this.tell(name, value);
    });
    queueMicrotask(() => document.dispatchEvent(new Event(TELL_AGAIN)));
  }

  async update(packed: Uint8Array<ArrayBuffer>, tell: Tell): Promise<void> {
    this.tell = tell;
    this.turn += 1;
    const { turn } = this;
    const given = await unpacked(packed);
    if (turn !== this.turn) return; // an older one than what is shown
    const { order, page, of, chosen } = given;
    const choices = Object.fromEntries(given.choices.map(({ id, value }) => [id, value]));
    if (given.name !== this.name) this.asked = null;
    this.name = given.name;
    this.asked ??= { order, chosen, choices };
    this.ask = (change) => {
      const asked = { order, chosen, choices, ...this.asked, page, of, ...change };
      this.asked = { order: asked.order, chosen: asked.chosen, choices: asked.choices };
      this.tell(given.name, asked);
    };
    this.draw(given);
    this.passOn(given);
  }

  /** A question that the reader has changed goes into the address, once. */
  private passOn({ question, asked }: Given): void {
    if (question === null || `${asked} ${question}` === this.passed) return;
    this.passed = `${asked} ${question}`;
    document.dispatchEvent(new CustomEvent(QUESTION, { detail: question }));
  }

  private draw(given: Given): void {
    const focus = (document.activeElement as HTMLElement | null)?.dataset.focus;
    const scroll = this.host.querySelector(".sco-scroll")?.scrollLeft ?? 0;
    this.host.lang = given.lang;
    this.host.dataset.name = given.name;
    if (!given.name) {
      this.host.replaceChildren();
      return;
    }
    const tools = el(
      "div",
      { class: "sco-tools" },
      el("p", {}, given.caption),
      ...given.choices.map((one) => this.choice(one)),
    );
    if (given.columns.length) tools.append(this.chooser(given));
    const parts = [tools];
    if (given.bars.length) parts.push(this.chart(given));
    if (given.rows.length)
      parts.push(
        el("div", { class: "sco-scroll", tabindex: 0, role: "region", "aria-label": given.caption }, this.table(given)),
      );
    if (given.pages > 1) parts.push(this.pager(given));
    this.host.replaceChildren(...parts);
    const scrolled = this.host.querySelector(".sco-scroll");
    if (scrolled) scrolled.scrollLeft = scroll;
    if (focus)
      this.host.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
  }

  private choice({ id, label, value, options }: Choice): HTMLElement {
    const select = el("select", { "data-focus": `choice-${id}` }) as HTMLSelectElement;
    select.append(...options.map(([key, name]) => el("option", { value: key, selected: key === value }, name)));
    select.addEventListener("change", () => {
      this.ask({ choices: { ...this.asked?.choices, [id]: select.value }, page: 0 });
    });
    return el("label", {}, label, select);
  }

  /** The columns to choose from; the first, the name, always stays. */
  private chooser({ columns, chosen, words }: Given): HTMLElement {
    const details = el("details", { open: this.isOpen }, el("summary", { "data-focus": "columns" }, words.columns));
    const boxes = columns.map(([id, name]) => {
      const box = el("input", { type: "checkbox", checked: chosen.includes(id), "data-focus": `column-${id}` });
      const flip = () => {
        const before = this.asked?.chosen.length ? this.asked.chosen : chosen;
        this.ask({ chosen: before.includes(id) ? before.filter((one) => one !== id) : [...before, id] });
      };
      box.addEventListener("change", flip);
      return el("label", {}, box, name);
    });
    const usual = button(words.usual, { "data-focus": "usual" }, () => this.ask({ chosen: [] }));
    details.append(el("div", { class: "sco-columns" }, ...boxes, usual));
    details.addEventListener("toggle", () => {
      this.isOpen = (details as HTMLDetailsElement).open;
    });
    return details;
  }

  private table({ heads, rows, order, lang, shown, words }: Given): HTMLElement {
    const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 2, useGrouping: false });
    const head = (one: Head) => {
      const isSorted = one.id === order?.by;
      const name = one.unit ? `${one.name}, ${one.unit}` : one.name;
      const sort = isSorted ? (order?.down ? "descending" : "ascending") : null;
      const attributes = { scope: "col", "aria-sort": sort, class: one.isNumber ? "number" : null };
      const click = () => this.ask({ order: { by: one.id, down: isSorted ? !order?.down : one.isNumber }, page: 0 });
      return el("th", attributes, one.sorts ? button(name, { "data-focus": `head-${one.id}` }, click) : name);
    };
    const text = (cell: Cell) => (typeof cell === "number" ? numbers.format(cell) : (cell ?? ""));
    const row = ({ id, cells: [name, ...cells] }: Given["rows"][number]) => {
      const open = () => document.dispatchEvent(new CustomEvent(OPEN_CARD, { detail: id }));
      const label = `${words.open}: ${text(name)}`;
      const first = id
        ? button(text(name), { class: "link", "data-focus": `row-${id}`, title: label }, open)
        : text(name);
      const made = el(
        "tr",
        { "aria-current": id !== null && id === shown ? "true" : null, "data-id": id },
        el("th", { scope: "row" }, first),
      );
      made.append(
        ...cells.map((cell, at) => el("td", { class: heads[at + 1].isNumber ? "number" : null }, text(cell))),
      );
      return made;
    };
    return el("table", {}, el("thead", {}, el("tr", {}, ...heads.map(head))), el("tbody", {}, ...rows.map(row)));
  }

  private pager({ page, pages, place, words }: Given): HTMLElement {
    const turn = (name: string, to: number, focus: string) =>
      button(name, { disabled: to < 0 || to >= pages, "data-focus": focus }, () => this.ask({ page: to }));
    return el(
      "div",
      { class: "sco-pager" },
      turn(words.previous, page - 1, "previous"),
      el("span", { role: "status" }, place),
      turn(words.next, page + 1, "next"),
    );
  }

  /** A bar for each row of the sums, cut into its parts. */
  private chart({ bars, key, lang }: Given): HTMLElement {
    const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 0 });
    const total = ({ parts }: Given["bars"][number]) => parts.reduce((sum, { value }) => sum + value, 0);
    const longest = Math.max(...bars.map(total));
    const bar = (one: Given["bars"][number]) => {
      const pieces = one.parts.map(({ value, name, colour }) => {
        const style = `width:${((100 * value) / longest).toFixed(2)}%;background:${colour}`;
        return el("i", { style, title: `${name}: ${numbers.format(value)}` });
      });
      const sum = el("b", {}, numbers.format(total(one)));
      return el("div", { class: "sco-bar" }, el("span", {}, one.name), el("div", {}, ...pieces, sum));
    };
    const sign = ({ name, colour }: Given["key"][number]) =>
      el("span", {}, el("i", { style: `background:${colour}` }), name);
    return el(
      "div",
      { class: "sco-chart", "aria-hidden": "true" },
      el("div", { class: "sco-key" }, ...key.map(sign)),
      ...bars.map(bar),
    );
  }
}

/** The table of each place that has one. */
const grids = new WeakMap<Host, Grid>();

/** Draw what Streamlit has handed over at a place below the map. */
export function drawBelow(host: Host, { data, setStateValue }: Below): void {
  const grid = grids.get(host) ?? new Grid(host);
  grids.set(host, grid);
  grid.update(data, setStateValue);
}
