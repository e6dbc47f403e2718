// Chips: what is chosen, each with a way to take it back, and one for all.
import { el, element } from "../dom.ts";
import { type Facet, formatSelection, type Part, without } from "../facts/selection.ts";
import type { Story } from "../facts/types.ts";
import { formatLineStyle } from "../page/address.ts";
import type { Page } from "../page/context.ts";
import { valueName } from "../words/describe.ts";

/** Filters whose values are chips of their own, and filters that hide what is not chosen. */
const CHOOSING: readonly Facet[] = ["project", "country", "role"];
const HIDING: readonly Facet[] = ["layer", "status", "kind"];

/** As many values of a hiding filter are named; of more the number of hidden ones is told. */
const MOST_NAMED = 2;

export interface Chip {
  text: string;
  undo: () => void;
}

/** The chips of the selection of now. `all`: how many values a filter has. */
function chipsOf(page: Page, all: (facet: Facet) => number): Chip[] {
  const { say, world } = page;
  const { selection } = page.state;
  const name = (facet: Facet, value: string) => valueName(world, say, facet, value);
  const chips: Chip[] = [];
  for (const facet of CHOOSING) {
    for (const value of selection[facet]) {
      const others = selection[facet].filter((other) => other !== value);
      chips.push({ text: name(facet, value), undo: () => page.choose(facet, others) });
    }
  }
  for (const facet of HIDING) {
    const values = selection[facet];
    if (!values.length) continue;
    const names = values.map((value) => name(facet, value)).join(", ");
    const text = values.length <= MOST_NAMED ? names : say.counted(`hidden_${facet}`, all(facet) - values.length);
    chips.push({ text, undo: () => page.choose(facet, []) });
  }
  const add = (part: Part, text: string) =>
    chips.push({ text, undo: () => page.setSelection(without(page.state.selection, part)) });
  if (selection.year !== null) add("year", say.year(selection.year));
  if (selection.since !== null) add("since", say.word("opened_since", { year: say.year(selection.since) }));
  if (selection.late) add("late", say.word("overdue"));
  if (selection.q) add("q", `“${selection.q}”`);
  return chips;
}

export class Chips {
  private readonly page: Page;
  private readonly countOf: (facet: Facet) => number;
  private shown = "";

  constructor(page: Page, countOf: (facet: Facet) => number) {
    this.page = page;
    this.countOf = countOf;
  }

  /** Show the chips of now; a saved question is one chip for all that it sets. */
  update(story: Story | null): void {
    const { page } = this;
    const { say } = page;
    const { selection, lineStyle } = page.state;
    const parts = [formatSelection(selection), say.lang, formatLineStyle(lineStyle), page.result.rows.length > 0];
    const key = parts.join(" ");
    if (key === this.shown) return;
    this.shown = key;
    const whole = story && { text: say.pick(story.title), undo: () => page.reset() };
    const chips = whole ? [whole] : chipsOf(page, this.countOf);
    const nodes: HTMLElement[] = chips.map((chip) => this.node(chip));
    const link = (name: string, text: string, click: () => void) =>
      el("button", { type: "button", class: name, text, on: { click } });
    if (chips.length && page.result.rows.length) {
      nodes.push(link("link", say.word("zoom_to"), () => page.fitSelection()));
    }
    if (chips.length || formatLineStyle(lineStyle))
      nodes.push(link("link reset", say.word("reset"), () => page.reset()));
    element("chips").replaceChildren(...nodes);
  }

  private node({ text, undo }: Chip): HTMLElement {
    const name = this.page.say.word("remove_filter", { name: text });
    const cross = el("span", { "aria-hidden": "true", text: "×" });
    return el("button", { type: "button", class: "chip", "aria-label": name, on: { click: undo } }, text, cross);
  }
}
