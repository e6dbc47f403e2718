// The list under a search field: arrows move in it, Enter or a click takes one.
import { el } from "../dom.ts";
import type { Swatch } from "../map/swatches.ts";
import type { Entry } from "../words/suggest.ts";

export interface Shown {
  name: string;
  kind: string;
  swatch: Swatch | null;
}

export interface Help {
  /** What a text may mean, best first. */
  find: (text: string) => Entry[];
  /** How an entry is shown. */
  show: (entry: Entry) => Shown;
  take: (entry: Entry) => void;
  /** The name of the list for readers of screens. */
  label: () => string;
  /** Whether a text is what was taken from the list: it needs no suggestions until something else is typed. */
  isChosen?: (text: string) => boolean;
}

const COMBOBOX = {
  role: "combobox",
  "aria-autocomplete": "list",
  "aria-expanded": "false",
};

const STEPS: Record<string, number | undefined> = { ArrowDown: 1, ArrowUp: -1 };

export class SuggestionList {
  readonly list: HTMLElement;
  private readonly input: HTMLInputElement;
  private readonly help: Help;
  private readonly id: string;
  private active = -1;
  private found: Entry[] = [];

  /** `id` names the entries with a number each, and with an s the list. */
  constructor(input: HTMLInputElement, help: Help, id = "suggestion") {
    this.input = input;
    this.help = help;
    this.id = id;
    this.list = el("ul", { id: `${id}s`, class: "suggestions", role: "listbox", hidden: true });
    input.setAttribute("aria-controls", this.list.id);
    for (const [name, value] of Object.entries(COMBOBOX)) input.setAttribute(name, value);
    input.addEventListener("input", () => this.open());
    input.addEventListener("focus", () => {
      if (input.value && !help.isChosen?.(input.value)) this.open();
    });
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
  }

  private open(): void {
    this.found = this.help.find(this.input.value);
    if (!this.found.length) {
      this.close();
      return;
    }
    this.list.setAttribute("aria-label", this.help.label());
    this.list.replaceChildren(...this.found.map((entry, i) => this.option(entry, i)));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
  }

  private option(entry: Entry, i: number): HTMLElement {
    const { name, kind, swatch } = this.help.show(entry);
    const on = {
      pointerdown: (event: PointerEvent) => event.preventDefault(),
      click: () => this.take(i),
    };
    return el(
      "li",
      { id: `${this.id}-${i}`, role: "option", "aria-selected": "false", on },
      swatch ?? el("span"),
      el("span", { class: "name", text: name }),
      el("span", { class: "count", text: kind }),
    );
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  private mark(active: number): void {
    this.active = active;
    for (const [i, option] of [...this.list.children].entries()) {
      option.setAttribute("aria-selected", String(i === active));
    }
    if (active < 0) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", `${this.id}-${active}`);
    this.list.children[active].scrollIntoView({ block: "nearest" });
  }

  private take(i: number): void {
    const entry = this.found[i];
    this.close();
    if (entry) this.help.take(entry);
  }

  private key(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      this.move(step);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (this.active >= 0) this.take(this.active);
      else this.close();
    } else if (event.key === "Escape" && this.active >= 0) {
      event.stopImmediatePropagation();
      event.preventDefault();
      this.mark(-1);
    } else if (event.key === "Escape") {
      if (!this.list.hidden) event.stopPropagation();
      this.close();
    }
  }

  private move(step: number): void {
    if (this.list.hidden) this.open();
    const count = this.list.hidden ? 0 : this.found.length;
    if (!count) return;
    const from = this.active < 0 && step < 0 ? 0 : this.active;
    this.mark((from + step + count) % count);
  }
}
