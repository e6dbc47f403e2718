// Stories that the map tells step by step, and questions that it answers in one click: three at once, the others
// unfolded; below them the key of their colours.
import { el, icon } from "../dom.ts";
import { showsAny } from "../facts/filter.ts";
import type { Row } from "../facts/row.ts";
import { formatSelection, parseSelection } from "../facts/selection.ts";
import type { Story } from "../facts/types.ts";
import { formatLineStyle, lineStyleOf } from "../page/address.ts";
import type { Page } from "../page/context.ts";
import { isLong } from "../stories/told.ts";
import { lineStyleKey } from "./legend.ts";

/** How many questions are at hand where none of those that the catalog puts first can be answered. */
const FEW = 3;

const PLAY = "M4 2.5 13 8 4 13.5Z";

export class Stories {
  /** The question that the selection is, null when it is another one. */
  story: Story | null = null;
  private readonly page: Page;
  private isOpen = false;
  private answered: Story[] | null = null;
  private buttons: { story: Story; button: HTMLButtonElement }[] = [];
  private more: HTMLElement | null = null;
  private unfold: HTMLButtonElement | null = null;
  private key: HTMLElement | null = null;
  private keyShown: string | null = null;

  constructor(page: Page) {
    this.page = page;
  }

  /** The section in the language of now; null when the catalog has no questions. */
  build(): HTMLElement | null {
    const { say } = this.page;
    const stories = this.offered();
    if (!stories.length) return null;
    this.buttons = stories.map((story) => ({ story, button: this.button(story) }));
    const told = this.buttons.filter(({ story }) => isLong(story)).map(({ button }) => button);
    const asked = this.buttons.filter(({ story }) => !isLong(story));
    const first = asked.filter(({ story }) => story.first);
    const shown = (first.length ? first : asked.slice(0, FEW)).map(({ button }) => button);
    const others = asked.map(({ button }) => button).filter((button) => !shown.includes(button));
    this.more = el("div", { class: "pills", id: "morestories", hidden: !this.isOpen }, ...others);
    const expands = { "aria-expanded": String(this.isOpen), "aria-controls": "morestories" };
    const text = say.word("more_questions");
    const on = { click: () => this.setOpen(!this.isOpen) };
    this.unfold = el("button", { type: "button", class: "pill unfold", ...expands, text, on });
    this.key = el("div", { class: "two gauges" });
    this.keyShown = null;
    return el(
      "section",
      { class: "facet", "data-facet": "stories" },
      ...(told.length ? [el("h2", { text: say.word("stories") }), el("div", { class: "pills told" }, ...told)] : []),
      ...(shown.length
        ? [
            el("h2", { text: say.word("questions") }),
            el("p", { class: "answers", text: say.word("answers") }),
            el("div", { class: "pills" }, ...shown, others.length ? this.unfold : null),
            this.more,
          ]
        : []),
      this.key,
    );
  }

  /** Say which question is on, and show the key of its colours. */
  update(agreements: readonly Row[]): void {
    const { selection, lineStyle } = this.page.state;
    const query = formatSelection(selection);
    const style = formatLineStyle({ ...lineStyle, accuracy: false });
    this.story = null;
    for (const { story, button } of this.buttons) {
      const [step] = story.steps;
      const isSame = !isLong(story) && query === step.query && style === formatLineStyle(lineStyleOf(step));
      const isOn = isSame && (query !== "" || style !== "");
      if (isOn) this.story = story;
      if (!isLong(story)) button.setAttribute("aria-pressed", String(isOn));
    }
    if (this.buttons.some(({ story, button }) => story === this.story && this.more?.contains(button)))
      this.setOpen(true);
    this.updateKey(agreements);
  }

  /** The questions that the rows of the page can answer. */
  private offered(): readonly Story[] {
    const { world } = this.page;
    const isAnswered = ({ steps: [step] }: Story) => showsAny(world.rows, parseSelection(step.query), world);
    this.answered ??= world.stories.filter(isAnswered);
    return this.answered;
  }

  private setOpen(open: boolean): void {
    this.isOpen = open;
    if (this.more) this.more.hidden = !open;
    this.unfold?.setAttribute("aria-expanded", String(open));
  }

  private button(story: Story): HTMLButtonElement {
    const { say } = this.page;
    const attributes = { type: "button", class: "pill", title: say.pick(story.text), text: say.pick(story.title) };
    const on = { click: () => this.page.chooseStory(story) };
    if (isLong(story)) return el("button", { ...attributes, text: null, on }, icon(PLAY, true), say.pick(story.title));
    return el("button", { ...attributes, "aria-pressed": "false", on });
  }

  private updateKey(agreements: readonly Row[]): void {
    if (!this.key) return;
    const { key, isWide, rows } = lineStyleKey(this.page, agreements);
    if (key === this.keyShown) return;
    this.keyShown = key;
    this.key.classList.toggle("two", isWide);
    this.key.replaceChildren(...rows);
  }
}
