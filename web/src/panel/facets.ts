// The rows of the panel that filter: swatch, name and count in one button each. A filter only changes counts and what
// is pressed.

import { ALL_MEMBERS, FACETS, type Facet } from "../contract.ts";
import { el } from "../dom.ts";
import { membersIn } from "../facts/filter.ts";
import type { World } from "../facts/world.ts";
import type { Swatch } from "../map/swatches.ts";
import type { Page } from "../page/context.ts";

/** Px by which a project is set in below the one above it. */
const INDENT = 14;

/** These choose what is clicked; the others hide or show it. */
const CHOOSING: ReadonlySet<Facet> = new Set(["country", "project", "role"]);

interface FacetRow {
  readonly facet: Facet;
  readonly value: string;
  readonly button: HTMLButtonElement;
  readonly count: HTMLElement;
  /** What is shown now: count, language and whether it is on; null before the first update. */
  shown: { count: number; lang: string; on: boolean } | null;
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

  /** One row. */
  row(facet: Facet, value: string, swatch: Swatch | null, name: string, depth = 0): HTMLButtonElement {
    const count = el("span", { class: "count" });
    const data = { "data-facet": facet, "data-value": value };
    const on = { click: (event: MouseEvent) => this.click(facet, value, event) };
    const text = el("span", { class: "name", text: name });
    const button = el("button", { type: "button", class: "row", ...data, title: name, on }, swatch, text, count);
    if (depth) button.style.paddingInlineStart = `${depth * INDENT}px`;
    this.rows.push({ facet, value, button, count, shown: null });
    return button;
  }

  /** Write counts and states of now; only what changes is touched. */
  update(): void {
    const { say, world, state, result } = this.page;
    const { selection } = state;
    const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set(selection[facet])]));
    if (chosen.country.has(ALL_MEMBERS)) {
      for (const code of membersIn(world.countries, selection.year)) chosen.country.add(code);
    }
    for (const row of this.rows) {
      const count = result.counts[row.facet].get(row.value) ?? 0;
      const on = !chosen[row.facet].size || chosen[row.facet].has(row.value);
      const { shown } = row;
      if (shown?.count !== count || shown.lang !== say.lang) row.count.textContent = say.number(count);
      if (shown?.on !== on) row.button.setAttribute("aria-pressed", String(on));
      if (!shown || !shown.count !== !count) row.button.classList.toggle("zero", !count);
      row.shown = { count, lang: say.lang, on };
    }
  }

  /** Countries, projects and roles choose; the others hide or show. With Ctrl or Shift held any row is the only one. */
  private click(facet: Facet, value: string, event: MouseEvent): void {
    const { page } = this;
    const { selection } = page.state;
    const chosen = selection[facet];
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      page.choose(facet, chosen.length === 1 && chosen[0] === value ? [] : [value]);
      return;
    }
    if (!CHOOSING.has(facet)) {
      page.choose(facet, toggledIn(this.all(facet), chosen, value));
      return;
    }
    const isAll = facet === "country" && chosen.includes(ALL_MEMBERS);
    const now = isAll ? membersIn(page.world.countries, selection.year) : chosen;
    const isOn = now.includes(value);
    page.choose(facet, isOn ? now.filter((other) => other !== value) : [...now, value]);
    if (facet === "project" && !isOn) page.tellAgreement([value]);
  }
}

/** The values that are shown after one is hidden or shown again; none and all of them are no restriction. */
export function toggledIn(all: readonly string[], chosen: readonly string[], value: string): string[] {
  const on = new Set(chosen.length ? chosen : all);
  if (!on.delete(value)) on.add(value);
  const next = all.filter((other) => on.has(other));
  return next.length === all.length ? [] : next;
}
