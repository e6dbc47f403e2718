// What answers are made of on the page: headings, figures, bars, tables, complaints with what would mend them.
import { type Child, el } from "../dom.ts";
import type { Page } from "../page/context.ts";
import { countryName } from "../words/describe.ts";
import type { Inquiry } from "./inquiry.ts";
import type { Told } from "./proposals.ts";
import type { FigureLine, Soil } from "./route-words.ts";

export const section = (title: string, ...children: Child[]): HTMLElement =>
  el("section", {}, el("h3", { text: title }), ...children);

export const linkTo = (text: string, click: () => void): HTMLButtonElement =>
  el("button", { type: "button", class: "link", text, on: { click } });

export const actionButton = (text: string, click: () => void): HTMLButtonElement =>
  el("button", { type: "button", class: "button", text, on: { click } });

/** Opacities of neighbouring states in a bar, and of the sea. */
const TONES = [1, 0.55];
const SEA_TONE = 0.16;

/** The km of a way by state in the order of travel, as a bar and as a list. */
export function soilBar({ world, say }: Page, soils: readonly Soil[]): HTMLElement[] {
  const bar = el("div", { class: "kmbar", "aria-hidden": "true" });
  const list = el("ol", { class: "kmlist" });
  for (const [at, [country, km]] of soils.entries()) {
    const piece = el("i");
    piece.style.flexGrow = String(km);
    piece.style.opacity = String(country === null ? SEA_TONE : TONES[at % TONES.length]);
    const name = country === null ? say.word("at_sea_only") : countryName(world, say, country);
    piece.title = `${name}, ${say.km(km)}`;
    bar.append(piece);
    list.append(el("li", {}, `${name} `, el("span", { text: say.number(Math.round(km)) })));
  }
  return [bar, list];
}

/** Figures in columns; the heads of the columns stand over them. */
export function figureTable(heads: readonly Child[], lines: readonly FigureLine[], corner: string): HTMLElement {
  const head = el(
    "tr",
    {},
    el("th", { scope: "col" }, el("span", { class: "unseen", text: corner })),
    ...heads.map((text) => el("th", { scope: "col", class: "right" }, text)),
  );
  const body = lines.map(({ key, name, texts }) =>
    el(
      "tr",
      { "data-figure": key },
      el("th", { scope: "row", text: name }),
      ...texts.map((text) => el("td", { class: "right", text })),
    ),
  );
  return el("table", { class: "columns" }, el("thead", {}, head), el("tbody", {}, ...body));
}

/** A sentence that begins with a capital letter. */
export const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** Complaints in words, each with buttons for what would mend it. */
export const complaintList = (told: readonly Told[], ask: (inquiry: Inquiry) => void): HTMLElement =>
  el(
    "div",
    { class: "complaints", role: "alert" },
    ...told.map(({ sentence, proposals }) =>
      el(
        "div",
        {},
        el("p", { text: capital(sentence) }),
        proposals.length
          ? el("div", { class: "pills" }, ...proposals.map(({ name, inquiry }) => pill(name, () => ask(inquiry))))
          : null,
      ),
    ),
  );

export const pill = (text: string, click: () => void, isPressed: boolean | null = null): HTMLButtonElement => {
  const pressed = isPressed === null ? {} : { "aria-pressed": String(isPressed) };
  return el("button", { type: "button", class: "pill", ...pressed, text, on: { click } });
};
