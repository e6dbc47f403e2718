// Tells a story in the panel, step by step: text, where one is in it, and the way on and back, by click, key and swipe.
// What a step shows on the map is set by the page.
import { Citations } from "../card/citations.ts";
import { sourceEntries } from "../card/source-entries.ts";
import { el, element, icon, label } from "../dom.ts";
import type { Page } from "../page/context.ts";
import { isPhone } from "../page/screen.ts";
import { stepOf, type Told } from "./told.ts";

const CLOSE = "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5";
const BACK = "M10 3 5 8 10 13";
const ON = "M6 3 11 8 6 13";

/** Keys that lead through a story, and by how many steps; Home and End lead to its ends. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowLeft: -1,
  PageDown: 1,
  PageUp: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** What has arrow keys of its own. */
const WITH_KEYS = "input, select, textarea, #map, #axis, #grab, #card, #table";

/** A finger that moved so many px to the side, and more to the side than up or down, has turned a page. */
const SWIPE = 50;

/** What a page showed: its address, and the part of the map, which the address says only when the reader chose it. */
export interface Before {
  readonly address: string;
  readonly view: string;
}

export class Teller {
  private readonly page: Page;
  private readonly node = element("story");
  private readonly back: HTMLButtonElement;
  private readonly on: HTMLButtonElement;
  private readonly dots = el("div", { class: "dots", role: "group" });
  private readonly count = el("span", { class: "count" });
  private readonly title = el("p", { class: "whole" });
  private readonly close: HTMLButtonElement;
  /** What is read out with every step. */
  private readonly text = el("article", { "aria-live": "polite", "aria-atomic": "true" });
  private readonly sources = el("details", { class: "rows" });
  private readonly scroll: HTMLElement;
  /** What was shown before, and what had the focus. */
  private before: Before | null = null;
  private returnFocus: Element | null = null;

  constructor(page: Page) {
    this.page = page;
    const button = (name: string, path: string, click: () => void) =>
      el("button", { type: "button", class: name, on: { click } }, icon(path));
    this.close = button("close", CLOSE, () => page.leaveStory());
    this.back = button("back", BACK, () => this.turn(-1));
    this.on = button("on", ON, () => this.turn(1));
    this.scroll = el("div", { class: "telling" }, this.text, this.sources);
    this.node.append(
      el("header", {}, this.title, this.close),
      this.dots,
      this.scroll,
      el("nav", {}, this.back, this.count, this.on),
    );
    this.listenToFingers();
  }

  private get told(): Told | null {
    return this.page.state.told;
  }

  /** Write the words in the language of now. */
  build(): void {
    const { say } = this.page;
    this.node.setAttribute("aria-label", say.word("stories"));
    label(this.close, say.word("story_leave"));
    label(this.back, say.word("story_back"));
    this.update();
  }

  /** Show the step of now. */
  update(): void {
    const { told } = this;
    const { say, world } = this.page;
    this.node.hidden = !told;
    document.body.classList.toggle("telling", !!told);
    if (!told) return;
    const { story, at } = told;
    const { length } = story.steps;
    const step = stepOf(told);
    const placeOf = (i: number) => say.word("story_step", { n: say.number(i + 1), of: say.number(length) });
    const place = placeOf(at);
    this.title.textContent = say.pick(story.title);
    this.count.textContent = place;
    this.count.setAttribute("aria-hidden", "true"); // the step itself says it
    this.back.disabled = at === 0;
    const isLast = at === length - 1;
    label(this.on, say.word(isLast ? "story_end" : "story_next"));
    this.on.replaceChildren(el("span", { text: say.word(isLast ? "story_end" : "story_next") }), icon(ON));
    this.dots.replaceChildren(
      ...story.steps.map((one, i) => {
        const name = `${placeOf(i)}: ${say.pick(one.title)}`;
        const current = i === at ? "step" : null;
        const on = { click: () => this.page.turnTo(i) };
        return el("button", { type: "button", title: name, "aria-label": name, "aria-current": current, on });
      }),
    );
    this.text.replaceChildren(
      el("p", { class: "unseen", text: place }),
      el("h2", { text: say.pick(step.title) }),
      el("p", { text: say.pick(step.text) }),
    );
    const citations = new Citations(world.sources, "told-");
    citations.cite(step.sources ?? []);
    const entries = sourceEntries(citations, world, say);
    this.sources.hidden = !entries;
    const heading = `${say.word("sources")} (${say.number(citations.ids.length)})`;
    this.sources.replaceChildren(el("summary", { text: heading }), entries ?? "");
    this.scroll.scrollTop = 0;
  }

  /** Keep what is shown before a story begins. */
  begin(before: Before): void {
    if (this.told) return;
    this.before = before;
    this.returnFocus = document.activeElement;
  }

  /** What was shown before the story; null when the page was opened with it. */
  end(): Before | null {
    const { before } = this;
    this.before = null;
    return before;
  }

  focus(): void {
    this.on.focus({ preventScroll: true });
  }

  giveFocusBack(): void {
    const back = this.returnFocus instanceof HTMLElement && this.returnFocus.isConnected ? this.returnFocus : null;
    const place = back ?? document.querySelector<HTMLElement>("[data-facet=stories] .told .pill");
    place?.focus({ preventScroll: !isPhone() });
    this.returnFocus = null;
  }

  /** Turn with a key. Whether it was one of a story's. */
  key(event: KeyboardEvent): boolean {
    const { told } = this;
    const by = KEYS[event.key];
    const { target } = event;
    const isOthers = target instanceof Element && target.closest(WITH_KEYS) !== null;
    if (!told || !by || isOthers || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    event.preventDefault();
    this.page.turnTo(Math.max(0, Math.min(told.story.steps.length - 1, told.at + by)));
    return true;
  }

  /** The way on from the last step leads out of the story. */
  private turn(by: 1 | -1): void {
    const { told } = this;
    if (!told) return;
    if (told.at + by >= told.story.steps.length) this.page.leaveStory();
    else this.page.turnTo(told.at + by);
    if (told.at + by === 0) this.on.focus({ preventScroll: true }); // the way back has just gone
  }

  private listenToFingers(): void {
    let from: { x: number; y: number } | null = null;
    this.node.addEventListener(
      "touchstart",
      ({ touches: [finger, ...more] }) => {
        from = more.length ? null : { x: finger.clientX, y: finger.clientY };
      },
      { passive: true },
    );
    this.node.addEventListener("touchend", ({ changedTouches: [finger] }) => {
      const { told } = this;
      const x = from ? finger.clientX - from.x : 0;
      const y = from ? finger.clientY - from.y : 0;
      from = null;
      if (told && Math.abs(x) > SWIPE && Math.abs(x) > 2 * Math.abs(y)) this.page.turnTo(told.at + (x < 0 ? 1 : -1));
    });
  }
}
