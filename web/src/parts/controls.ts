// @ts-nocheck
// What floats over the map: language, borders, theme, share, zoom, scale, credits, hints, and the sheet of the phone.

import contract from "../../contract.json" with { type: "json" };
import { el, element, icon, svg } from "../dom.ts";
import { applySelection, emptySelection, FACETS } from "../facts/selection.ts";
import { css } from "../map/looks.ts";
import { isPhone } from "../page/screen.ts";

const LANGUAGES = Object.entries(contract.languages);
const EQUATOR_M = 40075016.686;
const STEPS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const ICONS = {
  region: "M1.500 5.500v-4h4M10.500 1.500h4v4M14.500 10.500v4h-4M5.500 14.500h-4v-4",
  share: "M8 10V1.800M5 4.500 8 1.500l3 3M2.500 7.500v6.500h11V7.500",
  save: "M8 1.500v8M5 6.500l3 3.200 3-3.200M1.500 10.500v3.500h13v-3.500",
  print: "M4 6V1.500h8V6M4 12H1.500V6h13v6H12M4 9.500h8v5H4z",
};

export class Controls {
  constructor(app) {
    this.app = app;
    this.zoomIn = el("button", { type: "button", text: "+", on: { click: () => app.map.zoomIn() } });
    this.zoomOut = el("button", { type: "button", text: "−", on: { click: () => app.map.zoomOut() } });
    this.region = el(
      "button",
      { type: "button", class: "region", on: { click: () => app.wholeRegion() } },
      icon(ICONS.region),
    );
    element("zoom").append(this.zoomIn, this.zoomOut, this.region);
    element("skip").addEventListener("click", (event) => {
      event.preventDefault();
      app.toggleTable(true);
      element("table").focus();
    });
    this.languages = el(
      "div",
      { class: "segment", role: "group" },
      ...LANGUAGES.map(([lang, name]) =>
        el("button", {
          type: "button",
          lang,
          "data-lang": lang,
          text: name,
          on: { click: () => app.setLanguage(lang) },
        }),
      ),
    );
    this.viewpoint = /** @type {HTMLSelectElement} */ (
      el("select", { id: "viewpoint", on: { change: () => app.setWorldview(this.viewpoint.value || null) } })
    );
    this.viewpointLabel = el("span", { class: "quiet" });
    this.borders = el("label", { class: "segment choose" }, this.viewpointLabel, this.viewpoint);
    this.theme = el(
      "button",
      {
        type: "button",
        on: { click: () => app.setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark") },
      },
      svg(
        "svg",
        { width: 15, height: 15, viewBox: "0 0 15 15", "aria-hidden": "true" },
        svg("circle", { cx: 7.5, cy: 7.5, r: 6, fill: "none", stroke: "currentColor", "stroke-width": 1.4 }),
        svg("path", { d: "M7.500 1.500a6 6 0 0 1 0 12z", fill: "currentColor" }),
      ),
    );
    this.share = el("button", { type: "button", on: { click: () => app.copyLink() } }, icon(ICONS.share));
    this.print = el("button", { type: "button", on: { click: () => window.print() } }, icon(ICONS.print));
    this.save = el(
      "button",
      {
        type: "button",
        "aria-haspopup": "true",
        "aria-expanded": "false",
        "aria-controls": "save",
        on: { click: () => this.toggleSave(this.saveMenu.hidden) },
      },
      icon(ICONS.save),
    );
    this.saveMenu = el(
      "div",
      { id: "save", hidden: true },
      ...["png", "svg"].map((format) =>
        el(
          "button",
          {
            type: "button",
            class: "row",
            "data-format": format,
            on: {
              click: () => {
                this.toggleSave(false);
                app.picture.save(format);
              },
            },
          },
          el("b", { text: format.toUpperCase() }),
          el("span", { class: "name" }),
        ),
      ),
    );
    this.saveMenu.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        this.toggleSave(false);
        this.save.focus();
      }
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.saveMenu.hidden && !(/** @type {Element} */ (event.target).closest(".tools"))) this.toggleSave(false);
    });
    this.tools = el(
      "div",
      { class: "segment tools", role: "group" },
      this.theme,
      this.share,
      this.save,
      this.print,
      this.saveMenu,
    );
    for (const button of [this.theme, this.share, this.print]) button.hidden = app.embedded; // the page around has its own
    element("bar").append(this.languages, this.borders, this.tools);
    if (!this.viewpoints().length) this.borders.hidden = true;
    this.sheet();
  }

  get say() {
    return this.app.wording;
  }

  /** Viewpoints that the boundary lines carry. */
  viewpoints() {
    const keys = (this.app.world.ground.boundaries || []).flatMap((line) => Object.keys(line));
    return [...new Set(keys.filter((key) => key.startsWith("class_")).map((key) => key.slice(6)))].sort();
  }

  build() {
    const { say, app } = this;
    const name = (node, key) => {
      node.setAttribute("aria-label", say.word(key));
      node.title = say.word(key);
    };
    name(this.zoomIn, "zoom_in");
    name(this.zoomOut, "zoom_out");
    name(this.region, "whole_region");
    name(this.theme, "theme");
    name(this.share, "share");
    name(this.print, "print");
    name(this.save, "save_picture");
    for (const button of this.saveMenu.children)
      button.lastElementChild.textContent = say.word(`picture_${button.getAttribute("data-format")}`);
    this.languages.setAttribute("aria-label", say.word("language"));
    element("zoom").setAttribute("aria-label", say.word("zoom"));
    this.tools.setAttribute("aria-label", say.word("tools"));
    for (const button of this.languages.children)
      button.setAttribute("aria-pressed", String(button.getAttribute("data-lang") === say.lang));
    this.viewpointLabel.textContent = `${say.word("borders")}:`;
    const viewpoints = this.viewpoints();
    const words = (code) => say.words[`viewpoint_${code}`] ?? code.toUpperCase();
    this.viewpoint.replaceChildren(
      el("option", { value: "", text: say.word("de_facto") }),
      ...viewpoints.map((code) => el("option", { value: code, text: words(code) })),
    );
    this.viewpoint.value = app.worldview ?? "";
    this.viewpoint.setAttribute("aria-label", say.word("borders_viewpoint"));
    element("skip").textContent = say.word("skip_to_table");
    element("grab").setAttribute("aria-label", say.word("sheet"));
    this.credits();
    this.scale();
  }

  /** Who is to be credited, each once; facts without a licence are credited in their cards. */
  creditList() {
    const { app, say } = this;
    const { world } = app;
    const ground = say.word("credit_ground");
    const facts = new Set(
      Object.values(world.licences)
        .filter((licence) => !licence.url)
        .map((licence) => licence.attribution),
    );
    const texts = Object.values(world.layers).flatMap((layer) =>
      layer.attribution ? layer.attribution.split(/\s*[;|]\s*/) : [],
    );
    const known = (text) => facts.has(text) || ground.includes(text.split(" ").slice(-2).join(" "));
    const first = (text) => (text.startsWith("©") ? 0 : 1);
    return [...new Set([ground, ...texts.filter((text) => !known(text))])].sort((a, b) => first(a) - first(b));
  }

  /** The credits as a short line on the map, names only; a click tells in full what each is credited for. */
  credits() {
    const list = this.creditList();
    const node = element("credit");
    const short = (text) =>
      text
        .replace(/\s*\([^)]*\)/g, "")
        .replace(/^[^:©]*:\s*/, "")
        .replace(/ from .*$/, "");
    node.replaceChildren(
      el("button", {
        type: "button",
        title: list.join(" · "),
        on: { click: () => this.app.open("about-data") },
        text: [...new Set(list.map(short)), this.say.date(this.app.world.page.as_of)].join(" · "),
      }),
    );
  }

  /** A bar of two steps, true at the middle of the map. */
  scale() {
    const { app, say } = this;
    const { map } = app;
    const printing = document.body.classList.contains("printing");
    const metres = (EQUATOR_M * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** (map.getZoom() + 8);
    const longest = printing ? 260 : isPhone() ? 110 : 170;
    const km = STEPS.filter((step) => (step * 1000) / metres < longest).pop() ?? STEPS[0];
    const width = (km * 1000) / metres;
    const box = (x, w, fill) =>
      svg("rect", {
        x: (1 + x).toFixed(1),
        y: 18,
        width: w.toFixed(1),
        height: 4.5,
        fill,
        stroke: css("label"),
        "stroke-width": 0.8,
      });
    const drawing = svg(
      "svg",
      { width: Math.ceil(width + 70), height: 26 },
      box(0, width / 4, css("label")),
      box(width / 4, width / 4, css("paper")),
      box(width / 2, width / 2, css("label")),
    );
    for (const [share, anchor] of /** @type {Array<[number, string]>} */ ([
      [0, "start"],
      [0.5, "middle"],
      [1, "middle"],
    ])) {
      if (share === 0.5 && width < 120) continue;
      drawing.append(
        svg("text", {
          x: (1 + width * share).toFixed(1),
          y: 13,
          "text-anchor": anchor,
          text: share === 1 ? say.word("km", { n: say.number(km) }) : say.number(km * share, 1),
        }),
      );
    }
    element("scale").replaceChildren(drawing);
  }

  // ------------------------------------------------------------ hint, chooser, empty, toast
  hint(text, point) {
    const node = element("hint");
    if (!text) {
      node.hidden = true;
      return;
    }
    node.textContent = text;
    node.hidden = false;
    const size = this.app.map.getSize();
    const width = node.offsetWidth;
    node.style.left = `${Math.max(6, Math.min(size.x - width - 6, point.x + 14))}px`;
    node.style.top = `${Math.max(6, point.y - 34)}px`;
  }

  /** Several things lie under the pointer: let the reader say which. */
  choose(items, point, heading = this.say.word("choose")) {
    const node = element("chooser");
    const { app } = this;
    if (!items.length) return;
    node.replaceChildren(
      el("p", { text: heading }),
      ...items.map((item) =>
        el(
          "button",
          {
            type: "button",
            class: "row",
            on: {
              click: () => {
                node.hidden = true;
                app.open(item.id);
              },
            },
          },
          item.swatch ?? el("span"),
          el("span", { class: "name", text: item.name }),
        ),
      ),
    );
    node.hidden = false;
    const size = app.map.getSize();
    node.style.left = `${Math.max(8, Math.min(size.x - node.offsetWidth - 8, point.x + 8))}px`;
    node.style.top = `${Math.max(8, Math.min(size.y - node.offsetHeight - 8, point.y + 8))}px`;
    /** @type {HTMLElement} */ (node.querySelector("button")).focus({ preventScroll: true });
  }

  /** The two ways to save the picture. */
  toggleSave(open) {
    this.saveMenu.hidden = !open;
    this.save.setAttribute("aria-expanded", String(open));
    if (open) /** @type {HTMLElement} */ (this.saveMenu.firstElementChild).focus({ preventScroll: true });
  }

  closeChooser() {
    element("chooser").hidden = true;
  }

  /** Nothing matches: say so and offer the facet whose removal shows most. */
  empty(result) {
    const node = element("empty");
    const { app, say } = this;
    const drawable = result.rows.length;
    if (drawable) {
      node.hidden = true;
      return;
    }
    const { world, selection } = app;
    const ways = [
      ...FACETS.filter((facet) => selection[facet].length),
      ...(selection.q ? ["q"] : []),
      ...["year", "since"].filter((key) => selection[key] !== null),
      ...(selection.late ? ["late"] : []),
    ]
      .map((facet) => {
        const without = { ...selection, [facet]: emptySelection()[facet] };
        return { facet, without, count: applySelection(world.rows, without, world).rows.length };
      })
      .filter((way) => way.count)
      .sort((a, b) => a.count - b.count);
    node.replaceChildren(
      el("b", { text: say.word("empty") }),
      el(
        "div",
        {},
        ...ways.slice(0, 2).map((way) =>
          el("button", {
            type: "button",
            class: "button",
            text: say.counted(`without_${way.facet}`, way.count),
            on: { click: () => app.setSelection(way.without) },
          }),
        ),
        el("button", { type: "button", class: "button", text: say.word("reset"), on: { click: () => app.reset() } }),
      ),
    );
    node.hidden = false;
  }

  toast(text) {
    const node = element("toast");
    node.textContent = text;
    node.classList.add("shown");
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => node.classList.remove("shown"), 2600);
  }

  // ------------------------------------------------------------ the sheet of the phone
  sheet() {
    const grab = element("grab");
    const steps = ["peek", "half", "full"];
    const set = (at) => {
      document.body.dataset.sheet = steps[at];
      grab.setAttribute("aria-valuenow", String(at));
      grab.setAttribute("aria-valuetext", this.say.word(`sheet_${steps[at]}`));
    };
    const now = () => Math.max(0, steps.indexOf(document.body.dataset.sheet ?? "half"));
    this.setSheet = (name) => {
      set(steps.indexOf(name));
      this.app.resized();
    };
    document.body.dataset.sheet = "half";
    grab.addEventListener("keydown", (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      this.setSheet(steps[Math.max(0, Math.min(2, now() + by))]);
    });
    let startY = 0;
    let startHeight = 0;
    let moved = false;
    const panel = element("panel");
    const head = element("head");
    const begin = (event) => {
      if (!isPhone()) return;
      startY = event.clientY;
      startHeight = panel.offsetHeight;
      moved = false;
      const move = (pointer) => {
        const by = startY - pointer.clientY;
        if (Math.abs(by) > 4) moved = true;
        panel.style.transition = "none";
        panel.style.height = `${Math.max(90, Math.min(innerHeight - 70, startHeight + by))}px`;
      };
      const end = () => {
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", end);
        window.removeEventListener("pointercancel", end);
        const share = panel.offsetHeight / innerHeight;
        panel.style.transition = "";
        panel.style.height = "";
        if (!moved) this.setSheet(steps[now() === 0 ? 1 : now() === 1 ? 2 : 1]);
        else this.setSheet(share < 0.3 ? "peek" : share < 0.66 ? "half" : "full");
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", end);
      window.addEventListener("pointercancel", end);
    };
    grab.addEventListener("pointerdown", begin);
    head.addEventListener("pointerdown", begin);
  }
}
