// Chips: what is chosen, each with a way to take it back, and one for all.
import { FACETS, RANGES } from "../contract.ts";
import { el, element } from "../dom.ts";
import { formatSelection, type Part, without } from "../facts/selection.ts";
import type { Story } from "../facts/types.ts";
import { formatLineStyle } from "../page/address.ts";
import type { Page } from "../page/context.ts";
import { rangeName, valueName } from "../words/describe.ts";

export interface Chip {
  text: string;
  undo: () => void;
}

/** The chips of the selection of now, a chip for each value. */
function selectionChips(page: Page): Chip[] {
  const { say, world } = page;
  const { selection } = page.state;
  const chips: Chip[] = [];
  for (const facet of FACETS) {
    for (const value of selection[facet]) {
      const others = selection[facet].filter((other) => other !== value);
      chips.push({ text: valueName(world, say, facet, value), undo: () => page.choose(facet, others) });
    }
  }
  const add = (part: Part, text: string) =>
    chips.push({ text, undo: () => page.setSelection(without(page.state.selection, part)) });
  for (const name of RANGES) {
    const text = selection[name];
    if (text) add(name, rangeName(say, name, text));
  }
  if (selection.year !== null) add("year", say.word("as_of_year", { year: say.year(selection.year) }));
  if (selection.since !== null) add("since", say.word("opened_since", { year: say.year(selection.since) }));
  if (selection.late) add("late", say.word("overdue"));
  if (selection.q) add("q", `“${selection.q}”`);
  return chips;
}

/** The chips of how lines are drawn. */
function styleChips(page: Page): Chip[] {
  const { say, state } = page;
  const { lineStyle } = state;
  const chips: Chip[] = [];
  const add = (word: string, undo: () => void) => chips.push({ text: say.word(word), undo });
  if (lineStyle.accuracy) add("show_accuracy", () => page.setLineStyle({ ...lineStyle, accuracy: false }));
  if (lineStyle.colour) add("show_gauge", () => page.setLineStyle({ ...lineStyle, colour: null }));
  if (lineStyle.flow) add("show_flow", () => page.setLineStyle({ ...lineStyle, flow: false }));
  return chips;
}

export class Chips {
  private readonly page: Page;
  private shown = "";

  constructor(page: Page) {
    this.page = page;
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
    const whole = story && { text: say.pick(story.title), undo: () => page.chooseStory(story) };
    const drawn = styleChips(page);
    const ofAccuracy = lineStyle.accuracy ? drawn.slice(0, 1) : [];
    const chips = whole ? [whole, ...ofAccuracy] : [...selectionChips(page), ...drawn];
    const nodes: HTMLElement[] = chips.map((chip) => this.node(chip));
    const link = (name: string, text: string, click: () => void) =>
      el("button", { type: "button", class: name, text, on: { click } });
    if (chips.length && page.result.rows.length) {
      nodes.push(link("link", say.word("zoom_to"), () => page.fitSelection()));
    }
    if (chips.length) nodes.push(link("link reset", say.word("reset"), () => page.reset()));
    const held = element("chips");
    held.setAttribute("aria-label", say.word("filters_on"));
    held.replaceChildren(...nodes);
  }

  private node({ text, undo }: Chip): HTMLElement {
    const name = this.page.say.word("remove_filter", { name: text });
    const cross = el("span", { "aria-hidden": "true", text: "×" });
    return el(
      "button",
      { type: "button", class: "chip", "aria-label": name, on: { click: undo } },
      el("b", { text }),
      cross,
    );
  }
}
