// The timeline: a year to look at, km opened per year, events. Everything on it follows from the rows.
import { el, element, icon, svg } from "../dom.ts";
import { applySelection } from "../facts/filter.ts";
import type { Row } from "../facts/row.ts";
import { kmByYear } from "../facts/totals.ts";
import { textWidth } from "../labels/text-width.ts";
import { css } from "../map/looks.ts";
import type { Page } from "../page/context.ts";
import { settled } from "../page/later.ts";
import { isPhone } from "../page/screen.ts";
import { isBetweenStems, type NamedEvent, namedEvery, placedNames } from "./timeline-places.ts";

const PLAY = "M4 2.5v11l9-5.5z";
const PAUSE = "M4 3h3v10H4zM9.5 3h3v10h-3z";
const TABLE = "M1.5 3.5h13M1.5 8h13M1.5 12.5h13";

/** How long a year stays while the years run. */
const STEP_MS = 650;
const RESIZED_MS = 80;

/** The drawing, in px: its height, the line of the years, names of events, and what stays free at either end. */
const HEIGHT = 93;
const BASE = 66;
const NAMES_AT = 16;
const DOTS_AT = 25;
const EDGES = { left: 10, right: 16 };
const UNKNOWN_WIDTH = 900;
const HIGHEST_BAR = 24;
const LEAST_BAR = 1.5;

/** An event without a rank is named last. */
const LAST_RANK = 9;
const NAME_LOOK = { size: 11 };
const TICK = { size: 11 };

/** So many years after the first it is said what the bars are. */
const OPENED_AFTER = 7.2;

const MIDDLE_OF_YEAR = 6;
const STEPS: Record<string, number | undefined> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -5,
  PageUp: 5,
};

/** A year with its month as a fraction. */
function timeOf(date: string): number {
  const [year, month = MIDDLE_OF_YEAR] = date.split("-").map(Number);
  return year + (month - 0.5) / 12;
}

export class Timeline {
  /** Set while the years run. */
  timer: ReturnType<typeof setInterval> | null = null;
  readonly tableButton: HTMLButtonElement;
  private readonly page: Page;
  private readonly node = element("time");
  private readonly play: HTMLButtonElement;
  private readonly small = el("small");
  private readonly big = el("b");
  private readonly axis = el("div", { id: "axis" });
  private right = 0;
  /** Whether the years run or are dragged, and this has made its entry for the back button. */
  private isRunning = false;
  private hasEntry = false;
  private handle: SVGGElement | null = null;
  private done: SVGLineElement | null = null;

  constructor(page: Page) {
    this.page = page;
    this.play = el("button", { id: "play", type: "button", on: { click: () => this.toggle() } });
    const expands = { "aria-expanded": "false", "aria-controls": "table" };
    const click = () => page.toggleTable();
    this.tableButton = el("button", { id: "tablebutton", type: "button", ...expands, on: { click } });
    const year = el("div", { id: "year" }, this.play, el("div", {}, this.small, this.big));
    this.node.append(year, this.axis, this.tableButton);
    this.axis.addEventListener("pointerdown", (event) => this.drag(event));
    const redraw = settled(() => this.draw(), RESIZED_MS);
    window.addEventListener("resize", () => redraw());
  }

  /** Say no more that the button for the table opens something here. */
  leadsAway(): void {
    for (const name of ["aria-expanded", "aria-controls"]) this.tableButton.removeAttribute(name);
  }

  /** Draw everything for the width, the words and the selection of now. */
  draw(): void {
    const { say } = this.page;
    const phone = isPhone();
    this.node.setAttribute("aria-label", say.word("timeline"));
    this.small.textContent = say.word("as_of");
    this.big.textContent = say.year(this.year); // all words are there before it is asked how wide the rest is
    this.play.setAttribute("aria-label", say.word(this.timer ? "pause" : "play"));
    this.play.replaceChildren(icon(this.timer ? PAUSE : PLAY, true));
    this.tableButton.replaceChildren(icon(TABLE), el("span", { text: say.word("table") }));
    const width = this.axis.clientWidth || UNKNOWN_WIDTH;
    this.right = width - EDGES.right;
    const today = this.x(this.now + 0.9);
    const future = { x: today, y: 0, width: Math.max(0, width - today), height: HEIGHT };
    const marks = svg("g");
    const names = svg("g", { class: "names" });
    const named = this.drawEvents(marks);
    if (!phone) this.drawNames(names, named, today);
    const focused = this.axis.contains(document.activeElement) ? document.activeElement : null;
    const focusedEvent = focused?.getAttribute("data-event") ?? null;
    const line = (attributes: Record<string, string | number>) =>
      svg("line", { x1: EDGES.left, y1: BASE, y2: BASE, "stroke-width": 3, "stroke-linecap": "round", ...attributes });
    const track = line({ x2: this.right, stroke: css("rule") });
    this.done = line({ stroke: css("ink") });
    this.handle = this.handleOf();
    const children = [svg("rect", { ...future, fill: css("paper2") }), this.bars(), track, this.done];
    const drawing = { width, height: HEIGHT, role: "group", "aria-label": say.word("timeline") };
    this.axis.replaceChildren(svg("svg", drawing, ...children, marks, names, this.ticks(), this.handle));
    if (focused?.classList.contains("handle")) this.handle.focus();
    else if (focusedEvent) this.axis.querySelector<SVGElement>(`[data-event="${CSS.escape(focusedEvent)}"]`)?.focus();
    this.move();
  }

  /** Put the handle at the year; cheap, for every frame of a drag. */
  move(): void {
    if (!this.handle || !this.done) return;
    const year = this.page.say.year(this.year);
    const x = this.x(this.bounded(this.year)).toFixed(1);
    this.handle.setAttribute("transform", `translate(${x} ${BASE})`);
    this.handle.setAttribute("aria-valuenow", String(this.year));
    this.handle.setAttribute("aria-valuetext", year);
    this.done.setAttribute("x2", x);
    this.big.textContent = year;
  }

  /** Look at a year; that of the facts is the present. */
  set(year: number): void {
    const bounded = this.bounded(Math.round(year));
    if (bounded === this.year) return;
    const selection = { ...this.page.state.selection, year: bounded === this.now ? null : bounded };
    this.page.setSelection(selection, { push: !(this.isRunning && this.hasEntry) });
    this.hasEntry = true;
  }

  private get first(): number {
    return this.page.world.styles.years.first;
  }

  private get last(): number {
    return this.page.world.styles.years.last;
  }

  /** The year of the facts. */
  private get now(): number {
    return this.page.world.page.year;
  }

  private get year(): number {
    return this.page.state.selection.year ?? this.now;
  }

  private bounded(year: number): number {
    return Math.max(this.first, Math.min(this.last, year));
  }

  private x(time: number): number {
    return EDGES.left + ((time - this.first) / (this.last - this.first)) * (this.right - EDGES.left);
  }

  /** km that opened in each year, and km promised for each year to come; all filters but the year apply. */
  private bars(): SVGGElement {
    const { page } = this;
    const { world, say, state } = page;
    const { rows } = applySelection(world.rows, { ...state.selection, year: null }, world);
    const { opened, promised } = kmByYear(rows, this.now);
    const most = Math.max(1, ...opened.values(), ...promised.values());
    const wide = ((this.right - EDGES.left) / (this.last - this.first)) * 0.52;
    const bar = (year: number, km: number, isSolid: boolean) => {
      const height = Math.max(LEAST_BAR, Math.sqrt(km / most) * HIGHEST_BAR);
      const place = { x: (this.x(year) - wide / 2).toFixed(1), y: (BASE - height).toFixed(1), width: wide.toFixed(1) };
      const fill = isSolid ? css("ink3") : "none";
      const look = { opacity: 0.42, fill, stroke: css("ink3"), "stroke-width": isSolid ? 0 : 1 };
      const title = svg("title", { text: `${say.year(year)}: ${say.km(km)}` });
      return svg("rect", { ...place, height: height.toFixed(1), ...look }, title);
    };
    const isSeen = ([year]: [number, number]) => year >= this.first && year <= this.last;
    return svg(
      "g",
      {},
      ...[...opened].filter(isSeen).map(([year, km]) => bar(year, km, year <= this.year)),
      ...[...promised].filter(isSeen).map(([year, km]) => bar(year, km, false)),
    );
  }

  private ticks(): SVGGElement {
    const ticks = svg("g");
    const every = namedEvery(
      this.x(this.first + 1) - this.x(this.first),
      textWidth(this.page.say.year(this.last), TICK),
    );
    for (let year = Math.ceil(this.first / every) * every; year <= this.last; year += every) {
      const x = this.x(year);
      ticks.append(
        svg("text", { x, y: BASE + 19, "text-anchor": "middle", text: this.page.say.year(year) }),
        svg("line", { x1: x, x2: x, y1: BASE + 3, y2: BASE + 7, stroke: css("ink3") }),
      );
    }
    return ticks;
  }

  private handleOf(): SVGGElement {
    const slider = {
      class: "handle",
      role: "slider",
      tabindex: 0,
      "aria-label": this.page.say.word("year_slider"),
      "aria-valuemin": this.first,
      "aria-valuemax": this.last,
      on: { keydown: (event: KeyboardEvent) => this.key(event) },
    };
    return svg(
      "g",
      slider,
      svg("circle", { r: 14, fill: "transparent" }),
      svg("circle", { r: 8.5, fill: css("paper"), stroke: css("ink"), "stroke-width": 2.2 }),
      svg("path", {
        d: "M-1.8-2.6-4.4 0-1.8 2.6M1.8-2.6 4.4 0 1.8 2.6",
        fill: "none",
        stroke: css("ink"),
        "stroke-width": 1.3,
      }),
    );
  }

  /** Ticks of summits, dots of founding and accession; those with a dot may be named. */
  private drawEvents(marks: SVGGElement): NamedEvent[] {
    const { world, say } = this.page;
    const { styles } = world;
    const named: NamedEvent[] = [];
    for (const row of world.rows) {
      if (row.kind !== "event" || !row.date) continue;
      const x = this.x(timeOf(row.date));
      const look = styles.event?.[row.facts.type ?? ""] ?? { shape: "tick" };
      if (x < EDGES.left - 2 || x > this.right + 2) continue;
      if (look.shape === "tick") {
        marks.append(this.tickOf(row, row.date, x));
        continue;
      }
      const stem = { stroke: css("accent"), "stroke-width": 1, "stroke-dasharray": "1.5 2" };
      marks.append(svg("line", { x1: x, x2: x, y1: DOTS_AT + 3, y2: BASE, ...stem }));
      marks.append(this.dotOf(row, row.date, x, look.shape === "dot"));
      named.push({ x, rank: look.rank ?? LAST_RANK, text: say.pick(styles.event_name?.[row.id] ?? row.title) });
    }
    return named;
  }

  private tickOf(row: Row, date: string, x: number): SVGGElement {
    const { page } = this;
    const on = {
      pointerdown: (event: PointerEvent) => event.stopPropagation(),
      click: () => page.open(row.id),
    };
    return svg(
      "g",
      { class: "event", on },
      svg("rect", { x: x - 4, y: BASE - 15, width: 8, height: 15, fill: "transparent" }),
      svg("line", { x1: x, x2: x, y1: BASE - 5, y2: BASE - 1.5, stroke: css("accent"), "stroke-width": 1.4 }),
      svg("title", { text: `${page.say.date(date)}: ${page.say.pick(row.title)}` }),
    );
  }

  private dotOf(row: Row, date: string, x: number, isFilled: boolean): SVGGElement {
    const { page } = this;
    const on = {
      pointerdown: (event: PointerEvent) => event.stopPropagation(),
      click: () => page.open(row.id),
      keydown: (event: KeyboardEvent) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        page.open(row.id);
      },
    };
    const title = page.say.pick(row.title);
    const name = `${page.say.date(date)}: ${title}`;
    const transform = `translate(${x.toFixed(1)} ${DOTS_AT})`;
    const fill = css(isFilled ? "accent" : "paper");
    return svg(
      "g",
      { class: "event", role: "button", tabindex: 0, "aria-label": name, "data-event": row.id, transform, on },
      svg("circle", { r: 9, fill: "transparent" }),
      svg("circle", { r: 3.4, fill, stroke: css("accent"), "stroke-width": 1.5 }),
      svg("title", { text: title }),
    );
  }

  /** As many names of events as fit, the most important first, and what the shaded part means. */
  private drawNames(names: SVGGElement, named: NamedEvent[], today: number): void {
    const { say } = this.page;
    const widthOf = (text: string) => textWidth(text, NAME_LOOK);
    const taken: [number, number][] = [];
    const planned = say.word("planned_or_expected");
    const end = today + 6 + widthOf(planned);
    if (end < this.right + 12) {
      names.append(svg("text", { x: today + 6, y: NAMES_AT, text: planned }));
      taken.push([today + 2, end + 6]);
    }
    for (const { text, at, anchor } of placedNames(named, widthOf, this.right + EDGES.right, taken)) {
      names.append(svg("text", { x: at, y: NAMES_AT, "text-anchor": anchor, class: "event-name", text }));
    }
    const opened = `▮ ${say.word("km_opened")}`;
    const from = this.x(this.first + OPENED_AFTER);
    const stems = named.map(({ x }) => x);
    if (isBetweenStems(from, from + widthOf(opened), stems))
      names.append(svg("text", { x: from, y: BASE - 30, text: opened }));
  }

  private drag(event: PointerEvent): void {
    if (event.button) return;
    event.preventDefault();
    this.stop();
    this.run();
    const left = this.axis.getBoundingClientRect().left + EDGES.left;
    const to = (pointer: PointerEvent) => {
      const share = (pointer.clientX - left) / (this.right - EDGES.left);
      this.set(this.first + share * (this.last - this.first));
    };
    const listening = new AbortController();
    const { signal } = listening;
    const end = () => {
      this.isRunning = false;
      listening.abort();
    };
    window.addEventListener("pointermove", to, { signal });
    window.addEventListener("pointerup", end, { signal });
    window.addEventListener("pointercancel", end, { signal });
    to(event);
    this.handle?.focus({ preventScroll: true });
  }

  private key(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    let to: number | null = step === undefined ? null : this.year + step;
    if (event.key === "Home") to = this.first;
    if (event.key === "End") to = this.last;
    if (to === null) return;
    event.preventDefault();
    this.set(to);
  }

  /** From now on the years run or are dragged: all that follows is one entry for the back button. */
  private run(): void {
    this.isRunning = true;
    this.hasEntry = false;
  }

  private toggle(): void {
    if (this.timer) {
      this.stop();
      return;
    }
    this.run();
    if (this.year >= this.now) this.set(this.first);
    this.timer = setInterval(() => {
      if (this.year >= this.now) this.stop();
      else this.set(this.year + 1);
    }, STEP_MS);
    this.draw();
  }

  /** Let the years run no further. */
  stop(): void {
    if (!this.timer) return;
    this.isRunning = false;
    clearInterval(this.timer);
    this.timer = null;
    this.draw();
  }
}
