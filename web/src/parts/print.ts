// @ts-nocheck
// The printed sheet: always light, framed map with degree marks, title, and a key in four columns.
import { el, element } from "../dom.ts";

export class Print {
  constructor(app) {
    this.app = app;
    window.addEventListener("beforeprint", () => this.begin());
    window.addEventListener("afterprint", () => this.end());
  }

  begin() {
    if (this.before) return;
    const { app } = this;
    const { map } = app;
    this.before = {
      theme: document.documentElement.dataset.theme,
      bounds: map.getBounds(),
      center: map.getCenter(),
      zoom: map.getZoom(),
    };
    document.documentElement.dataset.theme = "light";
    document.body.classList.add("printing");
    this.build();
    map.invalidateSize({ animate: false, pan: false });
    map.setView(this.before.center, map.getBoundsZoom(this.before.bounds, true), { animate: false });
    app.drawLabels();
  }

  end() {
    if (!this.before) return;
    const { app } = this;
    const { map } = app;
    document.documentElement.dataset.theme = this.before.theme;
    document.body.classList.remove("printing");
    map.invalidateSize({ animate: false, pan: false });
    map.setView(this.before.center, this.before.zoom, { animate: false });
    this.before = null;
    app.drawLabels();
  }

  build() {
    const { app } = this;
    const { wording: say, world, panel } = app;
    const copies = (facet, key) => {
      const section = document.querySelector(`#facets section[data-facet="${facet}"]`);
      if (!section) return null;
      const rows = [...section.querySelectorAll(".row")].filter(
        (row) =>
          row.getAttribute("aria-pressed") !== "false" &&
          !row.classList.contains("zero") &&
          row.getAttribute("data-facet") !== "project",
      );
      return el(
        "section",
        {},
        el("h2", { text: say.word(key) }),
        el(
          "div",
          { class: facet === "projects" ? "" : "two" },
          ...rows.map((row) => {
            const copy = el("div", { class: "row" });
            const swatch = row.querySelector("svg,.flag");
            if (swatch) copy.append(swatch.cloneNode(true));
            copy.append(el("span", { class: "name", text: row.querySelector(".name").textContent }));
            return copy;
          }),
        ),
      );
    };
    const printed = new Intl.DateTimeFormat(say.locale, { dateStyle: "long" }).format(new Date());
    const licences = [...new Set(Object.values(world.layers).map((layer) => layer.licence))]
      .map((id) => world.licences[id])
      .filter(Boolean)
      .map((licence) => licence.title);
    element("printhead").replaceChildren(
      el("div", {}, el("p", { text: say.word("organisation") }), el("h1", { text: say.word("title") })),
      el("p", {
        text: `${panel.sentence() || say.word("all_projects")}, ${say.word("as_of_year", { year: say.year(app.selection.year ?? world.page.year) })}. ${panel.dek()}`,
      }),
    );
    element("printkey").replaceChildren(
      el("div", {}, copies("projects", "projects")),
      el("div", {}, copies("status", "status"), copies("kind", "kind")),
      el("div", {}, copies("on_the_map", "on_the_map")),
      el(
        "div",
        { class: "small" },
        el("h2", { text: say.word("print_accuracy_title") }),
        el("p", { text: say.word("print_accuracy") }),
        el("p", { text: say.word("borders_notice") }),
        el("p", {
          text: `${app.controls.creditList().join(" · ")}. ${say.word("licences")}: ${licences.join(", ")}. ${say.word("printed", { date: printed })}.`,
        }),
      ),
    );
  }
}
