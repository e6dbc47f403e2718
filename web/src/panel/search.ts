// The search field: filters by what is typed, and suggests what it may mean.

import type { Language } from "../contract.ts";
import { el, element, icon } from "../dom.ts";
import { symbolSwatch } from "../map/swatches.ts";
import type { Page } from "../page/context.ts";
import { settled } from "../page/later.ts";
import { term } from "../words/describe.ts";
import { wordsOf } from "../words/fold.ts";
import { type Entry, namesOf, Suggestions } from "../words/suggest.ts";
import { type Shown, SuggestionList } from "./suggestion-list.ts";

const MAGNIFIER = "M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6ZM10.5 10.5 14 14";

/** The filter follows when typing has paused for so long. */
const WAIT_MS = 120;

export class Search {
  readonly input: HTMLInputElement;
  private readonly page: Page;
  private readonly languageButton: HTMLButtonElement;
  private known: Suggestions | null = null;

  constructor(page: Page) {
    this.page = page;
    const field = { id: "query", autocomplete: "off", spellcheck: "false", enterkeyhint: "search" };
    this.input = el("input", { type: "text", ...field });
    const search = settled(() => this.filter(), WAIT_MS);
    this.input.addEventListener("input", () => search());
    this.input.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.input.value) return;
      event.stopPropagation();
      this.input.value = "";
      search();
    });
    const suggestions = new SuggestionList(this.input, {
      find: (text) => this.suggestions.for(text),
      show: (entry) => this.shown(entry),
      take: (entry) => page.goTo(entry),
      label: () => page.say.word("suggestions"),
    });
    const key = el("kbd", { text: "/", "aria-hidden": "true" });
    const click = () => page.setLanguage(nextLanguage(page.say.lang, page.world.languages));
    this.languageButton = el("button", { type: "button", class: "phone-lang", on: { click } });
    this.languageButton.hidden = page.world.languages.length < 2;
    element("search").append(icon(MAGNIFIER), this.input, key, this.languageButton, suggestions.list);
  }

  /** Write the words in the language of now. */
  build(): void {
    const { say } = this.page;
    this.input.placeholder = say.word("search");
    this.input.setAttribute("aria-label", say.word("search"));
    this.languageButton.textContent = `${say.word("language_short")} ▾`;
    this.languageButton.setAttribute("aria-label", say.word("language"));
  }

  /** Show what the selection looks for, unless the reader is typing. */
  update(): void {
    if (document.activeElement !== this.input) this.input.value = this.page.state.selection.q ?? "";
  }

  private filter(): void {
    const { page, input } = this;
    page.setSelection({ ...page.state.selection, q: wordsOf(input.value).join(" ") || null });
  }

  /** All names that a text may mean. */
  get suggestions(): Suggestions {
    this.known ??= new Suggestions(namesOf(this.page.world));
    return this.known;
  }

  /** How a suggestion is shown. */
  shown({ form, id, names }: Entry): Shown {
    const { page } = this;
    const { say, world } = page;
    const row = form === "row" ? (world.byId.get(id) ?? null) : null;
    const ofProject = () => world.rows.find((other) => other.projects[0] === id && other.form === "line");
    const lead = form === "project" ? ofProject() : row?.form === "line" ? row : null;
    const kind = row ? term(world, say, "kind", row.kind) : say.word(`found_${form}`);
    const name = say.pick(names);
    if (lead) return { name, kind, swatch: page.rowSwatch(lead) };
    if (row && world.styles.symbol[row.kind]) return { name, kind, swatch: symbolSwatch(row.kind, world.styles) };
    return { name, kind, swatch: form === "country" ? el("span", { class: "flag member" }) : null };
  }
}

const nextLanguage = (lang: Language, languages: readonly Language[]) =>
  languages[(languages.indexOf(lang) + 1) % languages.length];
