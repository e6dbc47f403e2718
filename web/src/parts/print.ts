// The printed sheet: always light, framed map with degree marks, title, and a key in four columns.
import { el, element } from "../dom.ts";
import type { LatLng, LatLngBounds, LeafletMap } from "../map/leaflet.ts";
import type { Page } from "../page/context.ts";
import type { Brightness } from "../page/store.ts";
import { licenceTitles } from "../words/describe.ts";

/** What the sheet says of what is shown. */
export interface Sheet {
  sentence: string;
  dek: string;
}

interface Before {
  theme: Brightness;
  bounds: LatLngBounds;
  center: LatLng;
  zoom: number;
}

export class Print {
  private readonly page: Page;
  private readonly map: LeafletMap;
  private readonly describe: () => Sheet;
  private readonly drawLabels: () => void;
  private before: Before | null = null;

  constructor(page: Page, map: LeafletMap, describe: () => Sheet, drawLabels: () => void) {
    this.page = page;
    this.map = map;
    this.describe = describe;
    this.drawLabels = drawLabels;
    window.addEventListener("beforeprint", () => this.begin());
    window.addEventListener("afterprint", () => this.end());
  }

  private begin(): void {
    if (this.before) return;
    const { map, page } = this;
    const before = {
      theme: page.state.theme,
      bounds: map.getBounds(),
      center: map.getCenter(),
      zoom: map.getZoom(),
    };
    this.before = before;
    document.documentElement.dataset.theme = "light";
    document.body.classList.add("printing");
    this.build();
    map.invalidateSize({ animate: false, pan: false });
    map.setView(before.center, map.getBoundsZoom(before.bounds, true), { animate: false });
    this.drawLabels();
  }

  private end(): void {
    const { before, map } = this;
    if (!before) return;
    document.documentElement.dataset.theme = before.theme;
    document.body.classList.remove("printing");
    map.invalidateSize({ animate: false, pan: false });
    map.setView(before.center, before.zoom, { animate: false });
    this.before = null;
    this.drawLabels();
  }

  private build(): void {
    const { page } = this;
    const { say, world, state } = page;
    const { sentence, dek } = this.describe();
    const year = say.word("as_of_year", { year: say.year(state.selection.year ?? world.page.year) });
    element("printhead").replaceChildren(
      el("div", {}, el("p", { text: say.word("organisation") }), el("h1", { text: say.word("title") })),
      el("p", { text: `${sentence || say.word("all_projects")}, ${year}. ${dek}` }),
    );
    const licences = `${say.word("licences")}: ${licenceTitles(world.layers, world.licences).join(", ")}`;
    const printed = say.word("printed", { date: say.today() });
    element("printkey").replaceChildren(
      el("div", {}, this.copies("projects", "projects")),
      el("div", {}, this.copies("status", "status"), this.copies("kind", "kind")),
      el("div", {}, this.copies("on_the_map", "on_the_map")),
      el(
        "div",
        { class: "small" },
        el("h2", { text: say.word("print_accuracy_title") }),
        el("p", { text: say.word("print_accuracy") }),
        el("p", { text: say.word("borders_notice") }),
        el("p", { text: `${page.credits().join(" · ")}. ${licences}. ${printed}.` }),
      ),
    );
  }

  /** The rows of a section of the panel that are on, as rows of the key. */
  private copies(facet: string, word: string): HTMLElement | null {
    const section = document.querySelector(`#facets section[data-facet="${facet}"]`);
    if (!section) return null;
    const isShown = (row: HTMLElement) =>
      row.getAttribute("aria-pressed") !== "false" &&
      !row.classList.contains("zero") &&
      row.dataset.facet !== "project";
    const rows = [...section.querySelectorAll<HTMLElement>(".row")].filter(isShown).map((row) => {
      const swatch = row.querySelector("svg,.flag")?.cloneNode(true);
      const text = row.querySelector(".name")?.textContent ?? "";
      return el("div", { class: "row" }, swatch, el("span", { class: "name", text }));
    });
    const heading = el("h2", { text: this.page.say.word(word) });
    return el("section", {}, heading, el("div", { class: facet === "projects" ? "" : "two" }, ...rows));
  }
}
