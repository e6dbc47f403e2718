// The rows of the panel that filter, all by one rule: the name shows only this one, further names add, the eye hides.
// A filter only changes counts and what is pressed.

import { ALL_MEMBERS, FACETS, type Facet } from "../contract.ts";
import { el, icon, label } from "../dom.ts";
import { membersIn } from "../facts/filter.ts";
import { lineageOf } from "../facts/row.ts";
import { hidden, isOn, withEye, withName } from "../facts/selection.ts";
import type { World } from "../facts/world.ts";
import type { Swatch } from "../map/swatches.ts";
import type { Page } from "../page/context.ts";

/** Px by which a project is set in below the one above it. */
const INDENT = 14;

const EYE =
  "M1.2 8C2.9 5 5.2 3.6 8 3.6S13.1 5 14.8 8c-1.7 3-4 4.4-6.8 4.4S2.9 11 1.2 8ZM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4";
const SHUT = `${EYE}M2.5 13.5 13.5 2.5`;

interface FacetRow {
  readonly facet: Facet;
  readonly value: string;
  readonly name: string;
  /** The value and what is above it. */
  readonly line: readonly string[];
  readonly node: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly eye: HTMLButtonElement;
  /** What is drawn in it. */
  readonly drawing: SVGElement;
  readonly count: HTMLElement;
  /** What is shown now: count, language, whether it is on, hidden by its eye, chosen; null before the first update. */
  shown: { count: number; lang: string; on: boolean; isHidden: boolean; isChosen: boolean } | null;
}

/** Every value that the rows have in a facet, in any year. */
function valuesIn(world: World, facet: Facet): string[] {
  const values = new Set<string>();
  for (const row of world.rows) {
    if (facet === "layer" || facet === "kind") values.add(row[facet]);
    if (facet === "status") for (const { status } of row.phases) values.add(status);
    if (facet === "role") for (const { role } of row.roles) values.add(role);
    if ((facet === "status" || facet === "role") && row[facet]) values.add(row[facet]);
  }
  return [...values].sort();
}

export class FacetRows {
  private readonly page: Page;
  private readonly values = new Map<Facet, string[]>();
  private rows: FacetRow[] = [];

  constructor(page: Page) {
    this.page = page;
  }

  /** Forget the rows: others are built. */
  clear(): void {
    this.rows = [];
  }

  /** Every value that the rows of the page have in a facet, in any year. */
  all(facet: Facet): string[] {
    const known = this.values.get(facet) ?? valuesIn(this.page.world, facet);
    this.values.set(facet, known);
    return known;
  }

  /** One row: a button with the name, and the eye beside it. */
  row(facet: Facet, value: string, swatch: Swatch | null, name: string, depth = 0): HTMLElement {
    const count = el("span", { class: "count" });
    const data = { "data-facet": facet, "data-value": value };
    const on = { click: () => this.clickName(facet, value) };
    const text = el("span", { class: "name", text: name });
    const button = el("button", { type: "button", class: "row", ...data, title: name, on }, swatch, text, count);
    if (depth) button.style.paddingInlineStart = `${depth * INDENT}px`;
    const line = facet === "project" ? lineageOf(value, this.page.world.projects) : [value];
    const eye = el("button", { type: "button", class: "eye", on: { click: () => this.clickEye(facet, value, line) } });
    const shape = icon(EYE);
    eye.append(shape);
    label(eye, this.page.say.word("show_value", { name }));
    const node = el("div", { class: "choice" }, button, eye);
    const [drawing] = shape.getElementsByTagName("path");
    this.rows.push({ facet, value, name, line, node, button, eye, drawing, count, shown: null });
    return node;
  }

  /** Write counts and states of now; only what changes is touched. */
  update(): void {
    const { say, result } = this.page;
    const values = Object.fromEntries(FACETS.map((facet) => [facet, this.valuesOf(facet)]));
    for (const row of this.rows) {
      const count = result.counts[row.facet].get(row.value) ?? 0;
      const on = isOn(values[row.facet], row.line);
      const isChosen = values[row.facet].includes(row.value);
      const { shown } = row;
      if (shown?.count !== count || shown.lang !== say.lang) row.count.textContent = say.number(count);
      if (shown?.isChosen !== isChosen) row.button.setAttribute("aria-pressed", String(isChosen));
      const isHidden = hidden(values[row.facet]).some((one) => row.line.includes(one));
      if (shown?.on !== on || shown.isHidden !== isHidden) this.openEye(row, on, isHidden);
      if (!shown || !shown.count !== !count) row.node.classList.toggle("zero", !count);
      row.shown = { count, lang: say.lang, on, isHidden, isChosen };
    }
  }

  /** Nothing is made again here: one choice opens or shuts nearly all eyes of its filter. */
  private openEye({ node, eye, drawing }: FacetRow, on: boolean, isHidden: boolean): void {
    node.classList.toggle("off", !on);
    node.classList.toggle("taken", isHidden);
    eye.setAttribute("aria-pressed", String(on));
    drawing.setAttribute("d", on ? EYE : SHUT);
  }

  /** The values of a facet, every member by its own code. */
  private valuesOf(facet: Facet): string[] {
    const { world, state } = this.page;
    const { selection } = state;
    if (facet !== "country") return selection[facet];
    const one = (code: string) => (code === ALL_MEMBERS ? membersIn(world.countries, selection.year) : [code]);
    return selection.country.flatMap(one);
  }

  private clickName(facet: Facet, value: string): void {
    const { page } = this;
    const next = withName(this.valuesOf(facet), value);
    page.choose(facet, next);
    if (facet === "project" && next.includes(value)) page.tellAgreement([value]);
  }

  private clickEye(facet: Facet, value: string, line: readonly string[]): void {
    this.page.choose(facet, withEye(this.valuesOf(facet), value, line));
  }
}
