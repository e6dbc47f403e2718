// Filters by number: for each figure two fields, two thumbs, and how the rows that the other filters leave are spread.
import { MEASURES, RANGES, type RangeKey } from "../contract.ts";
import { el, svg } from "../dom.ts";
import { applySelection } from "../facts/filter.ts";
import { figureAt, type Scale, STEPS, scaleOf, shareOf, spread } from "../facts/histogram.ts";
import { figureOf, formatRange, parseRange } from "../facts/ranges.ts";
import { without } from "../facts/selection.ts";
import type { Page } from "../page/context.ts";
import { unitName } from "../words/describe.ts";

/** The drawing of the spread, in px of its own: bars stand as wide as there is room. */
const PARTS = 30;
const HEIGHT = 22;
const LEAST_BAR = 1.5;

/** An address carries figures with so many decimals at most. */
const DECIMALS = 3;

const SIDES = ["low", "high"] as const;
type Side = (typeof SIDES)[number];

interface Fields {
  readonly name: RangeKey;
  readonly node: HTMLElement;
  readonly bars: SVGSVGElement;
  readonly numbers: Record<Side, HTMLInputElement>;
  readonly thumbs: Record<Side, HTMLInputElement>;
  readonly unit: HTMLSelectElement | null;
}

export class Ranges {
  private readonly page: Page;
  private fields: Fields[] = [];
  private details: HTMLDetailsElement | null = null;
  private isOpen: boolean | null = null;
  /** The unit of capacities while no range names one. */
  private unit: string | null = null;
  /** Whether a thumb is on its way: one move is one entry for the back button. */
  private isMoving = false;
  private readonly scales = new Map<string, Scale | null>();

  constructor(page: Page) {
    this.page = page;
  }

  /** The section in the language of now; null when no row has figures to choose among. */
  build(): HTMLElement | null {
    const { say, state } = this.page;
    this.unit ??= this.units()[0] ?? null;
    this.fields = RANGES.filter((name) => this.scaleNow(name)).map((name) => this.fieldsOf(name));
    if (!this.fields.length) return null;
    const heading = el("h2", {}, say.word("by_number"));
    const rows = this.fields.map(({ node }) => node);
    this.details = el("details", { class: "folded numbers" }, el("summary", {}, heading), ...rows);
    this.details.open = this.isOpen ?? RANGES.some((name) => state.selection[name] !== null);
    this.details.addEventListener("toggle", () => {
      this.isOpen = this.details?.open ?? null;
      this.draw();
    });
    return el("section", { class: "facet", "data-facet": "numbers" }, this.details);
  }

  /** Show what is asked for. */
  update(): void {
    for (const fields of this.fields) {
      const { name, numbers, thumbs, unit, node } = fields;
      const range = parseRange(name, this.page.state.selection[name]);
      if (range?.unit) this.unit = range.unit;
      if (unit) unit.value = this.unit ?? "";
      const scale = this.scaleNow(name);
      node.classList.toggle("on", range !== null);
      for (const side of SIDES) {
        const figure = range?.[side] ?? null;
        const times = this.timesOf(name);
        const shown = figure === null ? "" : String(Number((figure * times).toFixed(DECIMALS)));
        if (document.activeElement !== numbers[side]) numbers[side].value = shown;
        const end = (scale && (side === "low" ? scale.least : scale.most)) ?? 0;
        numbers[side].placeholder = scale ? String(Math.round(end * times)) : "";
        const open = side === "low" ? 0 : STEPS;
        const step = figure === null || !scale ? open : Math.round(shareOf(scale, figure) * STEPS);
        if (!this.isMoving) thumbs[side].value = String(step);
        this.nameThumb(fields, side);
      }
    }
  }

  /** Draw how the rows are spread that the other filters leave; this may wait for the painted frame. */
  draw(): void {
    if (!this.details?.open) return;
    for (const { name, bars } of this.fields) this.drawBars(name, bars);
  }

  private drawBars(name: RangeKey, bars: SVGSVGElement): void {
    const { world, state } = this.page;
    const scale = this.scaleNow(name);
    if (!scale) return;
    const { selection } = state;
    const { rows } = applySelection(world.rows, without(selection, name), world);
    const figures = rows.map((row) => figureOf(row, name, this.unit, selection.year));
    const counts = spread(
      figures.filter((figure) => figure !== null),
      scale,
      PARTS,
    );
    const most = Math.max(1, ...counts);
    const range = parseRange(name, selection[name]);
    const from = range?.low == null ? 0 : shareOf(scale, range.low);
    const to = range?.high == null ? 1 : shareOf(scale, range.high);
    const bar = (count: number, i: number) => {
      const height = count ? Math.max(LEAST_BAR, Math.sqrt(count / most) * HEIGHT) : 0;
      const isIn = (i + 1) / PARTS > from && i / PARTS < Math.max(to, from + 1 / PARTS);
      const place = { x: i + 0.12, y: HEIGHT - height, width: 0.76, height };
      return svg("rect", { ...place, class: isIn ? "in" : "out" });
    };
    bars.replaceChildren(...counts.map(bar));
  }

  /** The units that capacities are in, those of most lines first. */
  private units(): string[] {
    const counts = new Map<string, number>();
    for (const { facts, form } of this.page.world.rows) {
      const { capacity, capacity_unit: unit } = facts;
      if (capacity !== undefined && unit) counts.set(unit, (counts.get(unit) ?? 0) + (form === "line" ? 1 : 0));
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([unit]) => unit);
  }

  /** The scale of the figures of all rows, so that it stays as it is while filters change. */
  private scaleNow(name: RangeKey): Scale | null {
    const key = `${name} ${name === "capacity" ? this.unit : ""}`;
    const known = this.scales.get(key);
    if (known !== undefined) return known;
    const figures = this.page.world.rows.map((row) => figureOf(row, name, this.unit, null));
    const scale = scaleOf(figures.filter((figure) => figure !== null));
    this.scales.set(key, scale);
    return scale;
  }

  private fieldsOf(name: RangeKey): Fields {
    const { say } = this.page;
    const word = say.word(`measure_${name}`);
    const text = (side: Side) => say.word(side === "low" ? "range_lowest" : "range_highest", { name: word });
    const number = (side: Side) => {
      const attributes = { type: "number", min: 0, step: "any", "aria-label": text(side), "data-side": side };
      return el("input", { ...attributes, on: { change: () => this.typed(fields) } });
    };
    const thumb = (side: Side) => {
      const attributes = { type: "range", min: 0, max: STEPS, "aria-label": text(side), "data-side": side };
      return el("input", {
        ...attributes,
        on: { input: () => this.moved(fields, side), change: () => this.stopped() },
      });
    };
    const unit = MEASURES[name].unit_column ? this.unitChoice() : null;
    const numbers = { low: number("low"), high: number("high") };
    const thumbs = { low: thumb("low"), high: thumb("high") };
    const drawing = { viewBox: `0 0 ${PARTS} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" };
    const bars = svg("svg", drawing);
    const counted =
      unit ?? el("span", { class: "quiet", text: MEASURES[name].unit ? unitName(say, MEASURES[name].unit) : "" });
    const head = el("div", {}, el("b", { text: word }), counted, numbers.low, el("i", { text: "–" }), numbers.high);
    const node = el(
      "div",
      { class: "range", role: "group", "aria-label": word, "data-range": name },
      head,
      el("div", { class: "spread" }, bars, thumbs.low, thumbs.high),
    );
    const fields: Fields = { name, node, bars, numbers, thumbs, unit };
    return fields;
  }

  private unitChoice(): HTMLSelectElement {
    const { page } = this;
    const options = this.units().map((unit) => el("option", { value: unit, text: unitName(page.say, unit) }));
    const choice = el("select", { "aria-label": page.say.word("unit_of_capacity") }, ...options);
    choice.addEventListener("change", () => {
      this.unit = choice.value;
      page.setSelection(without(page.state.selection, "capacity"));
      this.update();
      this.draw();
    });
    return choice;
  }

  /** The multiple of its unit that the language of now counts a figure in. */
  private timesOf(name: RangeKey): number {
    return MEASURES[name].unit_column && this.unit ? this.page.say.inUnit(1, this.unit) : 1;
  }

  private nameThumb({ name, thumbs }: Fields, side: Side): void {
    const { say } = this.page;
    const scale = this.scaleNow(name);
    if (!scale) return;
    const figure = figureAt(scale, Number(thumbs[side].value));
    const text = MEASURES[name].is_year ? say.year(figure) : say.number(figure * this.timesOf(name), 2);
    thumbs[side].setAttribute("aria-valuetext", text);
  }

  /** Numbers were typed: the smaller is the lower end. */
  private typed({ name, numbers }: Fields): void {
    const figure = (side: Side) => Number((numbers[side].valueAsNumber / this.timesOf(name)).toFixed(DECIMALS));
    const [low, high] = SIDES.map((side) => (numbers[side].value === "" ? null : figure(side)));
    const isTurned = low !== null && high !== null && low > high;
    this.ask(name, isTurned ? high : low, isTurned ? low : high, true);
    this.page.bringIntoSight();
  }

  /** A thumb was moved; it does not pass the other one, and at its end it restricts nothing. */
  private moved(fields: Fields, side: Side): void {
    const { name, thumbs } = fields;
    const scale = this.scaleNow(name);
    if (!scale) return;
    const [low, high] = SIDES.map((one) => Number(thumbs[one].value));
    if (low > high) thumbs[side].value = String(side === "low" ? high : low);
    const at = (one: Side) => Number(thumbs[one].value);
    const first = at("low") > 0 ? figureAt(scale, at("low")) : null;
    const last = at("high") < STEPS ? figureAt(scale, at("high")) : null;
    const push = !this.isMoving;
    this.isMoving = true;
    this.ask(name, first, last, push);
  }

  private stopped(): void {
    this.isMoving = false;
    this.update();
    this.page.bringIntoSight();
  }

  private ask(name: RangeKey, low: number | null, high: number | null, push: boolean): void {
    const { page } = this;
    const unit = MEASURES[name].unit_column ? this.unit : null;
    const isOpen = low === null && high === null;
    const asked = isOpen ? null : parseRange(name, formatRange({ low, high, unit }));
    page.setSelection({ ...page.state.selection, [name]: asked && formatRange(asked) }, { push });
    this.update();
  }
}
