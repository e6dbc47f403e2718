// @ts-nocheck
// What a search may mean: lines and sites, projects, places and countries whose names match in any language, best first.
import { el } from "../dom.ts";
import { fold, termsOf } from "../words/text.ts";

const MOST = 8;
const MOST_OF_PROJECT = 3;
const FORMS = { project: 0, country: 1, row: 2, place: 3 };

/** @typedef {{form: "project"|"country"|"row"|"place", id: string, home: string, names: Object<string, string>, folded: string[]}} Entry */

/** All that has a name, once each: a row named like its project is found as the project. @returns {Entry[]} */
export function namesOf(world) {
  /** @type {Entry[]} */
  const entries = [];
  const taken = new Set();
  const add = (form, id, names, home = id) => {
    const texts = Object.values(names || {}).filter(Boolean);
    if (texts.length) entries.push({ form, id, names, home, folded: [...new Set(texts.map(fold))] });
  };
  for (const [id, project] of Object.entries(world.projects)) {
    taken.add(fold(project.title?.en ?? id));
    add("project", id, project.title);
  }
  const seen = new Set(world.rows.flatMap((row) => row.countries));
  for (const [id, country] of Object.entries(world.countries)) if (seen.has(id)) add("country", id, country.name);
  for (const row of world.rows) {
    if (row.kind === "member" || taken.has(fold(row.title.en ?? ""))) continue;
    add("row", row.id, row.title, row.projects[0]);
  }
  const along = new Set(world.rows.flatMap((row) => row.places));
  for (const [id, place] of Object.entries(world.places)) if (along.has(id)) add("place", id, place.name);
  return entries;
}

/** How well a name answers: 0 it begins so, 1 a word of it does, 2 it holds it; Infinity when a term is missing. */
function fit(name, terms) {
  let worst = 0;
  terms.forEach((term, i) => {
    const at = name.indexOf(term);
    const how =
      at < 0
        ? Infinity
        : at === 0 && i === 0
          ? 0
          : new RegExp(`(^|[^\\p{L}\\p{N}])${term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "u").test(name)
            ? 1
            : 2;
    worst = Math.max(worst, how);
  });
  return worst;
}

/** The entries a text may mean, best first. @param {Entry[]} entries @param {string} text */
export function suggestionsFor(entries, text, most = MOST) {
  const terms = termsOf(text);
  if (!terms.length) return [];
  const found = [];
  for (const entry of entries) {
    let cost = Infinity;
    for (const name of entry.folded) cost = Math.min(cost, fit(name, terms) + name.length / 1000);
    if (cost < Infinity) found.push({ entry, cost: cost + FORMS[entry.form] * 0.2 });
  }
  const counts = new Map();
  const more = ({ entry: { home } }) => counts.set(home, (counts.get(home) ?? 0) + 1).get(home) <= MOST_OF_PROJECT;
  return found
    .sort((a, b) => a.cost - b.cost || (a.entry.id < b.entry.id ? -1 : 1))
    .filter(more)
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** The list under the search field: arrows move in it, Enter or a click takes one. */
export class Suggestions {
  /** @param {HTMLInputElement} input @param {{entries: () => Entry[], show: (entry: Entry) => {name: string, kind: string, swatch: Node|null}, take: (entry: Entry) => void, label: () => string}} help */
  constructor(input, help) {
    this.input = input;
    this.help = help;
    this.active = -1;
    /** @type {Entry[]} */
    this.found = [];
    this.list = el("ul", { id: "suggestions", role: "listbox", hidden: true });
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": "suggestions",
    }))
      input.setAttribute(name, value);
    input.addEventListener("input", () => this.open());
    input.addEventListener("focus", () => {
      if (input.value) this.open();
    });
    input.addEventListener("blur", () => this.close());
    input.addEventListener("keydown", (event) => this.key(event));
  }

  open() {
    this.found = suggestionsFor(this.help.entries(), this.input.value);
    if (!this.found.length) return this.close();
    this.list.setAttribute("aria-label", this.help.label());
    this.list.replaceChildren(
      ...this.found.map((entry, i) => {
        const { name, kind, swatch } = this.help.show(entry);
        return el(
          "li",
          {
            id: `suggestion-${i}`,
            role: "option",
            "aria-selected": "false",
            on: { pointerdown: (event) => event.preventDefault(), click: () => this.take(i) },
          },
          swatch ?? el("span"),
          el("span", { class: "name", text: name }),
          el("span", { class: "count", text: kind }),
        );
      }),
    );
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark(-1);
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
  }

  mark(active) {
    this.active = active;
    [...this.list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    if (active < 0) return this.input.removeAttribute("aria-activedescendant");
    this.input.setAttribute("aria-activedescendant", `suggestion-${active}`);
    this.list.children[active].scrollIntoView({ block: "nearest" });
  }

  take(i) {
    const entry = this.found[i];
    this.close();
    if (entry) this.help.take(entry);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) this.open();
      const count = this.list.hidden ? 0 : this.found.length;
      if (count) this.mark((this.active + step + count + (this.active < 0 && step < 0 ? 1 : 0)) % count);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      if (this.active >= 0) this.take(this.active);
      else this.close();
    } else if (event.key === "Escape") {
      if (this.active >= 0) {
        event.stopImmediatePropagation();
        event.preventDefault();
        this.mark(-1);
      } else this.close();
    }
  }
}
