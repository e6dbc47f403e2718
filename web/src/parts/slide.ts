// Hides panel and controls, for a slide or a talk: the map, its scale and its credits stay. One key, one button; Escape
// or the button in the corner brings everything back. Not part of the address.
import { el, element, icon, label } from "../dom.ts";
import type { Page } from "../page/context.ts";
import { tellParent } from "../page/parent.ts";

const BACK = "M3 6.5h7a3.5 3.5 0 0 1 0 7H6M6 3.5l-3 3 3 3";

export class Slide {
  private readonly page: Page;
  private readonly back: HTMLButtonElement;

  constructor(page: Page) {
    this.page = page;
    this.back = el(
      "button",
      { type: "button", id: "unhide", hidden: true, on: { click: () => this.set(false) } },
      icon(BACK),
    );
    element("stage").append(this.back);
  }

  get isOn(): boolean {
    return document.body.classList.contains("bare");
  }

  /** Write the words in the language of now. */
  build(): void {
    label(this.back, this.page.say.word("show_controls"));
  }

  set(on: boolean): void {
    if (on === this.isOn) return;
    const { page } = this;
    document.body.classList.toggle("bare", on);
    tellParent({ type: "sco:bare", on });
    this.back.hidden = !on;
    page.resized();
    if (on) page.toast(page.say.word("controls_hidden"));
    else document.getElementById("hide")?.focus({ preventScroll: true });
  }
}
