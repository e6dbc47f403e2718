// What floats over the map: language, borders, brightness, share, hide, zoom and credits.
import { LANGUAGE_NAMES, type Language } from "../contract.ts";
import { el, element, icon, label, svg } from "../dom.ts";
import type { Page } from "../page/context.ts";

const REGION = "M1.5 5.5v-4h4M10.5 1.5h4v4M14.5 10.5v4h-4M5.5 14.5h-4v-4";
export const SHARE = "M8 10V1.8M5 4.5 8 1.5l3 3M2.5 7.5v6.5h11V7.5";
const HIDE = "M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8M2.5 14 13.5 2";

const button = (click: () => void, ...children: Node[]) => el("button", { type: "button", on: { click } }, ...children);

function halfDisc(): SVGSVGElement {
  const ring = svg("circle", { cx: 7.5, cy: 7.5, r: 6, fill: "none", stroke: "currentColor", "stroke-width": 1.4 });
  const half = svg("path", { d: "M7.5 1.5a6 6 0 0 1 0 12z", fill: "currentColor" });
  return svg("svg", { width: 15, height: 15, viewBox: "0 0 15 15", "aria-hidden": "true" }, ring, half);
}

export class Controls {
  private readonly page: Page;
  private readonly zoomIn: HTMLButtonElement;
  private readonly zoomOut: HTMLButtonElement;
  private readonly region: HTMLButtonElement;
  private readonly languages: HTMLElement;
  private readonly worldview: HTMLSelectElement;
  private readonly worldviewLabel = el("span", { class: "quiet" });
  private readonly theme: HTMLButtonElement;
  private readonly share: HTMLButtonElement;
  private readonly hide: HTMLButtonElement;
  private readonly tools: HTMLElement;

  constructor(page: Page, share: () => void, hide: () => void) {
    this.page = page;
    this.zoomIn = el("button", { type: "button", text: "+", on: { click: () => page.zoomBy(1) } });
    this.zoomOut = el("button", { type: "button", text: "−", on: { click: () => page.zoomBy(-1) } });
    this.region = button(() => page.wholeRegion(), icon(REGION));
    this.region.className = "region";
    element("zoom").append(this.zoomIn, this.zoomOut, this.region);
    element("skip").addEventListener("click", (event) => {
      event.preventDefault();
      page.toggleTable(true);
      element("table").focus();
    });
    const languageButton = (lang: Language) =>
      el("button", {
        type: "button",
        lang,
        "data-lang": lang,
        text: LANGUAGE_NAMES[lang],
        on: { click: () => page.setLanguage(lang) },
      });
    this.languages = el("div", { class: "segment", role: "group" }, ...page.world.languages.map(languageButton));
    this.languages.hidden = page.world.languages.length < 2;
    this.worldview = el("select", { id: "worldview" });
    this.worldview.addEventListener("change", () => page.setWorldview(this.worldview.value || null));
    const borders = el("label", { class: "segment choose" }, this.worldviewLabel, this.worldview);
    borders.hidden = !page.world.worldviews().length;
    this.theme = button(() => page.setTheme(page.state.theme === "dark" ? "light" : "dark"), halfDisc());
    this.share = button(share, icon(SHARE));
    this.share.setAttribute("aria-haspopup", "dialog");
    this.hide = button(hide, icon(HIDE));
    this.hide.id = "hide";
    this.tools = el("div", { class: "segment tools", role: "group" }, this.theme, this.share, this.hide);
    element("bar").append(this.languages, borders, this.tools);
  }

  /** Write all words in the language of now. */
  build(): void {
    const { say, world } = this.page;
    label(this.zoomIn, say.word("zoom_in"));
    label(this.zoomOut, say.word("zoom_out"));
    label(this.region, say.word("whole_region"));
    label(this.theme, say.word("theme"));
    label(this.share, say.word("share"));
    label(this.hide, say.word("hide_controls"));
    this.languages.setAttribute("aria-label", say.word("language"));
    this.tools.setAttribute("aria-label", say.word("tools"));
    element("zoom").setAttribute("aria-label", say.word("zoom"));
    for (const own of this.languages.querySelectorAll<HTMLElement>("[data-lang]")) {
      own.setAttribute("aria-pressed", String(own.dataset.lang === say.lang));
    }
    this.worldviewLabel.textContent = `${say.word("borders")}:`;
    const name = (code: string) => say.words[`worldview_${code}`] ?? code.toUpperCase();
    const options = world.worldviews().map((code) => el("option", { value: code, text: name(code) }));
    this.worldview.replaceChildren(el("option", { value: "", text: say.word("de_facto") }), ...options);
    this.showWorldview();
    this.worldview.setAttribute("aria-label", say.word("borders_worldview"));
    element("skip").textContent = say.word("skip_to_table");
    this.credits();
  }

  /** Show whose view of borders the map has, also when an address or the way back has changed it. */
  showWorldview(): void {
    this.worldview.value = this.page.state.worldview ?? "";
  }

  /** The credits as a short line on the map, names only; a click tells in full what each is credited for. */
  private credits(): void {
    const { page } = this;
    const list = page.credits();
    const short = (text: string) =>
      text
        .replace(/\s*\([^)]*\)/g, "")
        .replace(/^[^:©]*:\s*/, "")
        .replace(/ from .*$/, "");
    const text = [...new Set(list.map(short)), page.say.date(page.world.page.as_of)].join(" · ");
    const click = () => page.open("about-data");
    element("credit").replaceChildren(el("button", { type: "button", title: list.join(" · "), on: { click }, text }));
  }
}
