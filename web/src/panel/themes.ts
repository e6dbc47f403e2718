// Questions the map answers in one click: three at once, the others unfolded; below them the key of their colours.
import { el } from "../dom.ts";
import type { Row } from "../facts/row.ts";
import { formatSelection } from "../facts/selection.ts";
import type { Theme } from "../facts/types.ts";
import { formatManner, mannerOf } from "../page/address.ts";
import type { Page } from "../page/context.ts";
import { mannerKey } from "./legend.ts";

export class Themes {
  /** The question that the selection is, null when it is another one. */
  theme: Theme | null = null;
  private readonly page: Page;
  private isOpen = false;
  private buttons: { theme: Theme; button: HTMLButtonElement }[] = [];
  private more: HTMLElement | null = null;
  private unfold: HTMLButtonElement | null = null;
  private key: HTMLElement | null = null;
  private keyShown: string | null = null;

  constructor(page: Page) {
    this.page = page;
  }

  /** The section in the language of now; null when the catalog has no questions. */
  build(): HTMLElement | null {
    const { say, world } = this.page;
    if (!world.stories.length) return null;
    this.buttons = world.stories.map((theme) => ({ theme, button: this.button(theme) }));
    const some = (first: boolean) =>
      this.buttons.filter(({ theme }) => theme.first === first).map(({ button }) => button);
    this.more = el("div", { class: "themes", id: "morethemes", hidden: !this.isOpen }, ...some(false));
    const expands = { "aria-expanded": String(this.isOpen), "aria-controls": "morethemes" };
    const text = say.word("more_questions");
    const on = { click: () => this.setOpen(!this.isOpen) };
    this.unfold = el("button", { type: "button", class: "theme unfold", ...expands, text, on });
    this.key = el("div", { class: "two gauges" });
    this.keyShown = null;
    return el(
      "section",
      { class: "facet", "data-facet": "themes" },
      el("h2", { text: say.word("questions") }),
      el("p", { class: "answers", text: say.word("answers") }),
      el("div", { class: "themes" }, ...some(true), this.unfold),
      this.more,
      this.key,
    );
  }

  /** Say which question is on, and show the key of its colours. */
  update(agreements: readonly Row[]): void {
    const { selection, manner } = this.page.state;
    const query = formatSelection(selection);
    const style = formatManner(manner);
    this.theme = null;
    for (const { theme, button } of this.buttons) {
      const isSame = query === theme.query && style === formatManner(mannerOf(theme));
      const isOn = isSame && (query !== "" || style !== "");
      if (isOn) this.theme = theme;
      button.setAttribute("aria-pressed", String(isOn));
    }
    if (this.theme && !this.theme.first) this.setOpen(true);
    this.updateKey(agreements);
  }

  private setOpen(open: boolean): void {
    this.isOpen = open;
    if (this.more) this.more.hidden = !open;
    this.unfold?.setAttribute("aria-expanded", String(open));
  }

  private button(theme: Theme): HTMLButtonElement {
    const { say } = this.page;
    const attributes = { type: "button", class: "theme", title: say.pick(theme.text), text: say.pick(theme.title) };
    const on = { click: () => this.page.chooseTheme(theme) };
    return el("button", { ...attributes, "aria-pressed": "false", on });
  }

  private updateKey(agreements: readonly Row[]): void {
    if (!this.key) return;
    const { key, isWide, rows } = mannerKey(this.page, agreements);
    if (key === this.keyShown) return;
    this.keyShown = key;
    this.key.classList.toggle("two", isWide);
    this.key.replaceChildren(...rows);
  }
}
