// Short notices over the map: the name under the pointer, a list to choose from, "nothing matches", and what was done.
import { FACETS, type Facet } from "../contract.ts";
import { el, element, label } from "../dom.ts";
import { applySelection } from "../facts/filter.ts";
import { restrictions, without } from "../facts/selection.ts";
import type { Page, Thing } from "../page/context.ts";
import type { Misread, Word } from "../page/understood.ts";
import { valueName } from "../words/describe.ts";
import type { Entry } from "../words/suggest.ts";

const TOAST_MS = 2600;

/** Px that a notice keeps from the edge of the map. */
const HINT_MARGIN = 6;
const CHOOSER_MARGIN = 8;

/** How many ways out of an empty map are offered. */
const MOST_WAYS = 2;

/** How many parts of an address are named that were not understood. */
const MOST_MISREAD = 3;

/** How many names are offered for one that is not known, and how much of what was typed is repeated. */
const MOST_MEANT = 3;
const LONGEST_QUOTE = 40;

const shortened = (text: string) => {
  const letters = [...text];
  return letters.length > LONGEST_QUOTE ? `${letters.slice(0, LONGEST_QUOTE).join("")}…` : text;
};

interface At {
  x: number;
  y: number;
}

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

const isFacet = (key: string): key is Facet => (FACETS as readonly string[]).includes(key);

export class Notices {
  private readonly page: Page;
  private readonly mapSize: () => At;
  private toastTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(page: Page, mapSize: () => At) {
    this.page = page;
    this.mapSize = mapSize;
  }

  /** The name of what lies under the pointer; null hides it. */
  hint(text: string | null, point: At = { x: 0, y: 0 }): void {
    const node = element("hint");
    node.hidden = text === null;
    if (text === null) return;
    node.textContent = text;
    const most = this.mapSize().x - node.offsetWidth - HINT_MARGIN;
    node.style.left = `${Math.max(HINT_MARGIN, Math.min(most, point.x + 14))}px`;
    node.style.top = `${Math.max(HINT_MARGIN, point.y - 34)}px`;
  }

  /** Several things lie under the pointer: let the reader say which. */
  choose(
    things: readonly Thing[],
    point: At,
    heading = this.page.say.word("choose"),
    questions: HTMLElement | null = null,
  ): void {
    const node = element("chooser");
    if (!things.length) return;
    const row = ({ id, name, swatch }: Thing) => {
      const click = () => {
        node.hidden = true;
        this.page.open(id);
      };
      const attributes = { type: "button", class: "row", on: { click } };
      return el("button", attributes, swatch ?? el("span"), el("span", { class: "name", text: name }));
    };
    questions?.addEventListener("click", () => {
      node.hidden = true;
    });
    node.replaceChildren(el("p", { text: heading }), ...things.map(row), ...(questions ? [questions] : []));
    node.hidden = false;
    const size = this.mapSize();
    const margin = CHOOSER_MARGIN;
    node.style.left = `${within(point.x + margin, margin, Math.max(margin, size.x - node.offsetWidth - margin))}px`;
    node.style.top = `${within(point.y + margin, margin, Math.max(margin, size.y - node.offsetHeight - margin))}px`;
    node.querySelector("button")?.focus({ preventScroll: true });
  }

  get isChoosing(): boolean {
    return !element("chooser").hidden;
  }

  closeChooser(): void {
    element("chooser").hidden = true;
  }

  /** Nothing matches: say so and offer the filters whose removal shows something. */
  empty(): void {
    const node = element("empty");
    const { page } = this;
    node.hidden = page.result.rows.length > 0;
    if (node.hidden) return;
    const { say, world, state } = page;
    const ways = restrictions(state.selection)
      .map((part) => {
        const selection = without(state.selection, part);
        return { part, selection, count: applySelection(world.rows, selection, world).rows.length };
      })
      .filter((way) => way.count)
      .sort((a, b) => a.count - b.count)
      .slice(0, MOST_WAYS);
    const button = (text: string, click: () => void) =>
      el("button", { type: "button", class: "button", text, on: { click } });
    const buttons = ways.map(({ part, selection, count }) =>
      button(say.counted(`without_${part}`, count), () => page.setSelection(selection)),
    );
    buttons.push(button(say.word("reset"), () => page.reset()));
    const heading = el("b", { text: say.word("empty") });
    node.replaceChildren(heading, ...this.instead(state.selection.q), el("div", {}, ...buttons));
  }

  /** What a search for which nothing answers may have meant: a click takes it. */
  private instead(text: string | null): HTMLElement[] {
    const { page } = this;
    const { say } = page;
    const found = text ? page.meant(text).slice(0, MOST_MEANT) : [];
    if (!text || !found.length) return [];
    const take = (entry: Entry) =>
      el("button", {
        type: "button",
        class: "button",
        text: say.pick(entry.names),
        on: { click: () => page.goTo(entry) },
      });
    const question = el("p", { text: say.word("did_you_mean", { text: shortened(text) }) });
    return [question, el("div", { class: "meant" }, ...found.map(take))];
  }

  /** What was not understood of an address, in one sentence, with what it may have meant; nothing takes it away. */
  misread(misread: readonly Misread[]): void {
    const node = element("notice");
    node.hidden = !misread.length;
    if (node.hidden) return;
    const { page } = this;
    const { say, world } = page;
    const written = ({ key, value }: Word) => `${shortened(key)}=${shortened(value)}`;
    const more = misread.length - MOST_MISREAD;
    const words = misread.slice(0, MOST_MISREAD).map(written);
    if (more > 0) words.push(say.counted("misread_more", more));
    const name = ({ key, value }: Word) =>
      isFacet(key) ? `${valueName(world, say, key, value)} (${value})` : written({ key, value });
    const take = (word: Word, of: Misread) => {
      const click = () => {
        page.follow(word);
        this.misread(misread.filter((one) => one !== of));
      };
      return el("button", { type: "button", class: "link", text: name(word), on: { click } });
    };
    const offers = misread
      .slice(0, MOST_MISREAD)
      .flatMap((one) => one.offers.slice(0, MOST_MEANT).map((offer) => take(offer, one)));
    const close = el("button", { type: "button", class: "close", text: "×", on: { click: () => this.misread([]) } });
    label(close, say.word("close"));
    const sentence = el("p", { text: say.word("misread", { words: words.join(", ") }) });
    const question = offers.length ? el("p", {}, say.word("meant_perhaps"), ...offers) : null;
    node.replaceChildren(el("div", {}, sentence, question), close);
  }

  toast(text: string): void {
    const node = element("toast");
    node.textContent = text;
    node.classList.add("shown");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => node.classList.remove("shown"), TOAST_MS);
  }
}
