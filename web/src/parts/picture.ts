// @ts-nocheck
// The map as a file of its own: one SVG with title, filters, key, credits and date inside, or the same as PNG. It reads the
// drawn plate and asks for nothing; colours and fonts are written into it.

import { element, svg } from "../dom.ts";
import { statusOf } from "../facts/selection.ts";
import { disputeSwatch, layerSwatch, lineSwatch, symbolSwatch } from "../map/looks.ts";
import { sentenceCase } from "../words/text.ts";
import { downloadFile } from "./table.ts";

const EDGE = 20;
const GAP = 14;
const ROW = 19;
const FINENESS = 2;
const SCRIPT_FONTS = { bn: "Bengali", zh: "Chinese" };

/** A text in lines no wider than `most` px; `width` measures. Chinese breaks anywhere, other languages at spaces. */
export function wrapped(text, most, width) {
  const words = /\s/.test(text) ? text.split(/\s+/) : [...text];
  const joint = /\s/.test(text) ? " " : "";
  const lines = [];
  let line = "";
  for (const word of words) {
    const longer = line ? line + joint + word : word;
    if (line && width(longer) > most) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

/** Every `var(--token)` in a text as its value now. */
export function withColours(text) {
  const style = getComputedStyle(document.documentElement);
  const values = new Map();
  const value = (token) => {
    if (!values.has(token)) values.set(token, style.getPropertyValue(token).trim() || "none");
    return values.get(token);
  };
  return text.replace(/var\((--[\w-]+)\)/g, (_, token) => value(token).replace(/"/g, "'"));
}

/** The font rules of the page that a language needs; none in the page without fonts. */
export function fontRules(lang) {
  const rules = [...document.querySelectorAll("style")].flatMap(
    (style) => style.textContent.match(/@font-face\{.*?\}/gs) || [],
  );
  return rules
    .filter((rule) =>
      Object.entries(SCRIPT_FONTS).every(
        ([code, word]) =>
          code === lang || !new RegExp(`"[^"]*${word}[^"]*"|${word.toLowerCase()}`).test(rule.slice(0, 400)),
      ),
    )
    .join("");
}

export class Picture {
  constructor(app) {
    this.app = app;
  }

  /** What is on the map, as the rows of the key: [swatch, name]. */
  keyRows() {
    const { app } = this;
    const { world, wording: say, result } = app;
    const { styles } = world;
    const has = (facet) =>
      new Set(result.rows.map((row) => (facet === "status" ? statusOf(row, app.selection.year) : row[facet])));
    const layers = has("layer");
    const statuses = has("status");
    const rows = [];
    const coloured = [...element("facets").querySelectorAll(".gauges .row")].map((row) => [
      row.querySelector("svg")?.cloneNode(true) ?? null,
      row.textContent,
      row.querySelector(".flag"),
    ]);
    const symbols = new Set(app.labels.symbols.map((wish) => wish.kind));
    const byGauge = app.plate.manner.colour === "gauge";
    const ownColour = new Set(
      result.rows.filter((row) => row.form === "line" && !(byGauge && row.kind === "rail")).map((row) => row.layer),
    );
    for (const [id, layer] of Object.entries(world.layers)) {
      if (!layers.has(id) || layer.group === "organisation") continue;
      const symbol = styles.layer[id]?.swatch?.symbol;
      if (symbol ? symbols.has(symbol) : !ownColour.has(id)) continue;
      const swatch = layerSwatch(id, styles);
      if (swatch instanceof SVGElement) rows.push([swatch, say.pick(layer.title)]);
    }
    for (const [node, text] of coloured) if (node) rows.push([node, text]);
    for (const id of Object.keys(styles.status))
      if (statuses.has(id))
        rows.push([
          lineSwatch({ layer: "other", status: id, width: 2.6, length: 24, styles }),
          sentenceCase(app.panel.label("status", id)),
        ]);
    for (const id of symbols) rows.push([symbolSwatch(id, styles), sentenceCase(app.panel.label("kind", id))]);
    rows.push([disputeSwatch("line"), say.word("disputed_border")]);
    return rows;
  }

  /** The picture as text of an SVG file. */
  svgText() {
    const { app } = this;
    const { world, wording: say, labels, plate, panel } = app;
    const map = app.map;
    const size = map.getSize();
    const corner = map.containerPointToLayerPoint([0, 0]);
    const width = size.x;
    const inner = width - 2 * EDGE;
    const sheet = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width });
    const paper = svg("rect", { width, fill: "var(--paper)" });
    sheet.append(paper, svg("rect", { width, height: 4, fill: "var(--accent)" }));
    let y = 18;
    const write = (content, look, gap = 0) => {
      const measure = (text) => labels.width(text, look.size, look.weight ?? 400, 0, look.serif);
      for (const line of wrapped(content, inner, measure)) {
        y += look.size * 1.28;
        sheet.append(
          svg("text", {
            x: EDGE,
            y: y.toFixed(1),
            "font-size": look.size,
            "font-weight": look.weight ?? 400,
            fill: look.fill,
            class: look.serif ? "serif" : null,
            text: line,
          }),
        );
      }
      y += gap;
    };
    write(say.word("organisation"), { size: 11.5, weight: 600, fill: "var(--accent)" });
    write(say.word("title"), { size: 23, weight: 600, fill: "var(--ink)", serif: true }, 2);
    const year = say.word("as_of_year", { year: say.year(app.selection.year ?? world.page.year) });
    write(
      `${panel.sentence() || say.word("all_projects")}, ${year}. ${panel.dek()}`,
      { size: 12.5, fill: "var(--ink2)" },
      GAP,
    );
    // the map itself: both sheets of the plate, cut to what is seen
    const clip = svg(
      "clipPath",
      { id: "picture-frame" },
      svg("rect", { x: corner.x, y: corner.y, width: size.x, height: size.y }),
    );
    const ground = svg(
      "g",
      { "clip-path": "url(#picture-frame)", transform: `translate(${-corner.x} ${(y - corner.y).toFixed(1)})` },
      svg("rect", { x: corner.x, y: corner.y, width: size.x, height: size.y, fill: "var(--water)" }),
    );
    for (const drawn of plate.sheets) for (const child of drawn.children) ground.append(child.cloneNode(true));
    for (const relief of ground.querySelectorAll(".plate-relief"))
      relief.setAttribute("opacity", getComputedStyle(plate.groups.relief).opacity);
    for (const hidden of ground.querySelectorAll('[display="none"]')) hidden.remove();
    const scale = element("scale").firstElementChild?.cloneNode(true);
    if (scale instanceof SVGElement) {
      scale.setAttribute("x", String(corner.x + 16));
      scale.setAttribute("y", String(corner.y + size.y - 36));
      scale.setAttribute("class", "scale");
      ground.append(scale);
    }
    sheet.append(
      svg("defs", {}, clip),
      ground,
      svg("rect", {
        x: 0.5,
        y: (y + 0.5).toFixed(1),
        width: width - 1,
        height: size.y - 1,
        fill: "none",
        stroke: "var(--rule)",
      }),
    );
    y += size.y + GAP;
    // the key, in columns as wide as its longest entry
    const rows = this.keyRows();
    const longest = Math.max(80, ...rows.map(([, name]) => labels.width(name, 12))) + 56;
    const columns = Math.max(1, Math.floor(inner / longest));
    const per = Math.ceil(rows.length / columns);
    rows.forEach(([swatch, name], i) => {
      const x = EDGE + Math.floor(i / per) * (inner / columns);
      const top = y + (i % per) * ROW;
      swatch.setAttribute("x", x.toFixed(1));
      swatch.setAttribute("y", (top + 2).toFixed(1));
      sheet.append(
        swatch,
        svg("text", {
          x: (x + 38).toFixed(1),
          y: (top + 13.5).toFixed(1),
          "font-size": 12,
          fill: "var(--ink)",
          text: name,
        }),
      );
    });
    y += per * ROW + 4;
    write(say.word("borders_notice"), { size: 10.5, fill: "var(--ink3)" });
    const licences = [...new Set(Object.values(world.layers).map((layer) => layer.licence))]
      .map((id) => world.licences[id]?.title)
      .filter(Boolean);
    const drawnOn = new Intl.DateTimeFormat(say.locale, { dateStyle: "long" }).format(new Date());
    write(
      `${app.controls.creditList().join(" · ")}. ${say.word("licences")}: ${licences.join(", ")}. ${say.word("data_version", { date: say.date(world.page.as_of), checksum: world.page.checksum.slice(0, 12) })} ${drawnOn}.`,
      { size: 10.5, fill: "var(--ink3)" },
    );
    const height = Math.ceil(y + 14);
    sheet.setAttribute("height", String(height));
    sheet.setAttribute("viewBox", `0 0 ${width} ${height}`);
    paper.setAttribute("height", String(height));
    sheet.prepend(
      svg("style", {
        text: `${fontRules(say.lang)}text{font-family:var(--sans)}text.serif{font-family:var(--serif)}.plate-labels text,.scale text{paint-order:stroke;stroke-linejoin:round}.scale text{font-size:11px;fill:var(--label);stroke:var(--halo-water);stroke-width:2.6px}`,
      }),
      svg("title", { text: `${panel.sentence() || say.word("all_projects")} – ${say.word("title")}` }),
    );
    return withColours(new XMLSerializer().serializeToString(sheet));
  }

  /** The picture as PNG, `FINENESS` times as fine as the screen. @returns {Promise<Blob>} */
  async png() {
    const text = this.svgText();
    const [, width, height] = /<svg[^>]*viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = Number(width) * FINENESS;
    canvas.height = Number(height) * FINENESS;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    context.scale(FINENESS, FINENESS);
    context.drawImage(image, 0, 0, Number(width), Number(height));
    await new Promise((resolve) => setTimeout(resolve, 120)); // fonts and relief inside the picture come a moment later
    context.drawImage(image, 0, 0, Number(width), Number(height));
    return new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"),
    );
  }

  async save(format) {
    const { app } = this;
    try {
      if (format === "svg") downloadFile(`${app.fileName()}.svg`, "image/svg+xml", this.svgText());
      else downloadFile(`${app.fileName()}.png`, "image/png", await this.png());
    } catch (error) {
      app.controls.toast(app.wording.word("picture_failed"));
      throw error;
    }
  }
}
