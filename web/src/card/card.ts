// The card of a row, a project or a state: what is known, in words, with every fact led back to its source.
import { namedBy, questionsAbout } from "../answers/from-card.ts";
import { el, element, icon } from "../dom.ts";
import type { World } from "../facts/world.ts";
import { css, lineColour } from "../map/looks.ts";
import type { Page, Target } from "../page/context.ts";
import { CITATIONS, type CitationForm, type Cited, errorReport } from "../words/citation.ts";
import { Citations } from "./citations.ts";
import { areaCard, countryCard, dataCard, eventCard, MEMBERS_LIST, membersCard } from "./other-cards.ts";
import { type Making, type Part, section } from "./parts.ts";
import { projectCard } from "./project-card.ts";
import { rowCard } from "./row-card.ts";
import { showSource, sourceEntries } from "./source-entries.ts";

const CLOSE = "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5";

/** The id of the card on the data as a whole. */
export const ABOUT_DATA = "about-data";

/** How the forms of a citation are called: by a word of the interface, or everywhere the same. */
const FORM_NAMES: Record<CitationForm, string> = { text: "cite_text", bibtex: "BibTeX", csl: "CSL-JSON" };

const TARGET_FORMS: Record<string, "country" | "event" | "area" | undefined> = {
  member: "country",
  event: "event",
  disputed_area: "area",
};

/** What an id names: a row, a project or a state; null when it is nothing that has a card. */
export function findTarget(world: Pick<World, "byId" | "projects" | "rows" | "rowsOf">, id: string): Target | null {
  if (id === ABOUT_DATA) return { id, form: "data", rows: [] };
  if (id === MEMBERS_LIST) return { id, form: "members", rows: [] };
  const row = world.byId.get(id);
  if (row) return { id, form: TARGET_FORMS[row.kind] ?? "row", row, rows: [row] };
  const project = world.projects[id];
  if (project) return { id, form: "project", rows: world.rowsOf(id), project };
  const member = world.rows.find((other) => other.kind === "member" && other.countries[0] === id);
  return member ? { id: member.id, form: "country", row: member, rows: [member] } : null;
}

export class Card {
  target: Target | null = null;
  private readonly page: Page;
  private readonly node = element("card");
  private cite: Citations;

  constructor(page: Page) {
    this.page = page;
    this.cite = new Citations(page.world.sources);
    this.node.addEventListener("click", (event) => showSource(event, this.node));
  }

  find(id: string): Target | null {
    return findTarget(this.page.world, id);
  }

  open(target: Target, focus = true): void {
    const { node, page } = this;
    this.target = target;
    this.cite = new Citations(page.world.sources);
    const { world, say, state } = page;
    const making = { page, world, say, cite: this.cite, year: state.selection.year };
    node.style.setProperty("--tone", this.toneOf(target));
    node.setAttribute("aria-labelledby", "cardtitle");
    const names = { class: "close", type: "button", "aria-label": say.word("close") };
    const close = el("button", { ...names, on: { click: () => page.close() } }, icon(CLOSE));
    const asked = questionsAbout(page, namedBy(page, target));
    const parts = [...bodyOf(making, target), this.sourceList(making, target), asked, this.actions(target)];
    node.replaceChildren(close, ...parts.filter((part) => part !== null));
    node.hidden = false;
    node.scrollTop = 0;
    if (focus) close.focus({ preventScroll: true });
  }

  close(): void {
    this.target = null;
    this.node.hidden = true;
    this.node.replaceChildren();
  }

  private toneOf(target: Target): string {
    if (target.form === "area") return css("dispute");
    if (["country", "event", "members"].includes(target.form)) return css("accent");
    const layer = "row" in target ? target.row.layer : "project" in target ? target.project.layer : "";
    return lineColour(this.page.world.styles, layer);
  }

  private sourceList(making: Making, target: Target): Part {
    const { world, say } = making;
    const ofRow = "row" in target ? target.row.sources : [];
    const ofProject = "project" in target ? (target.project.sources ?? []) : [];
    this.cite.cite([...ofRow, ...ofProject]);
    const entries = sourceEntries(this.cite, world, say);
    const doubts = this.cite.hasDoubts ? el("p", { class: "quiet doubts", text: `? ${say.word("doubt")}` }) : null;
    if (!entries) return doubts;
    return section(making, "sources", entries, doubts);
  }

  private actions(target: Target): HTMLElement {
    const { page } = this;
    const { say } = page;
    const button = (word: string, click: () => void) =>
      el("button", { type: "button", class: "link", text: say.word(word), on: { click } });
    const hasBox = target.rows.some((row) => row.box);
    const isDrawn = hasBox || target.form === "country" || target.form === "area";
    return el(
      "div",
      { class: "actions" },
      isDrawn ? button("zoom_to", () => page.zoomTo(target)) : null,
      page.embedded ? null : button("copy_link", () => page.copyLink()),
      button("cite", () => this.showTexts("text", target)),
      button("report", () => this.showTexts("report", target)),
      hasBox ? button("download_geojson", () => page.download("geojson", target.rows, target.id)) : null,
    );
  }

  /** What is to be cited: the entry, the version of the data, and every source whose number the card shows. */
  private cited(target: Target): Cited {
    const { say, world, address } = this.page;
    const named = "row" in target ? target.row.title : "project" in target ? target.project.title : null;
    const here = /^https?:$/.test(location.protocol) ? location.href.split("#")[0] : null;
    return {
      id: target.id,
      title: say.pick(named) || target.id,
      work: say.word("title"),
      asOf: world.page.as_of,
      version: world.page.version,
      checksum: world.page.checksum,
      address: here && `${here}#${address}`,
      sources: this.cite.ids.map((id) => ({ id, ...world.sources[id] })),
    };
  }

  /** Unfold a text to copy: a citation in one of three forms, or a report of an error. */
  private showTexts(form: CitationForm | "report", target: Target): void {
    const { page } = this;
    const { say } = page;
    const cited = this.cited(target);
    const isReport = form === "report";
    const text = isReport ? errorReport(cited, page.address, say) : CITATIONS[form](cited, say);
    const formButton = (id: CitationForm) => {
      const name = say.words[FORM_NAMES[id]] ?? FORM_NAMES[id];
      const state = { "data-form": id, "aria-pressed": String(id === form) };
      const on = { click: () => this.showTexts(id, target) };
      return el("button", { type: "button", class: "pill", ...state, text: name, on });
    };
    const forms = isReport ? [] : (Object.keys(FORM_NAMES) as CitationForm[]).map(formButton);
    const on = { click: () => page.copy(text, "copied") };
    const copy = el("button", { type: "button", class: "button", "data-copy": form, text: say.word("copy"), on });
    const label = say.word(isReport ? "report" : "cite");
    const bar = el("div", { class: "pills" }, ...forms, copy);
    const box = el("section", { class: "texts", "aria-label": label }, bar, el("pre", { tabindex: 0, text }));
    this.node.querySelector(".texts")?.remove();
    this.node.append(box);
    const pressed = forms.find((button) => button.dataset.form === form);
    (form === "text" || !pressed ? copy : pressed).focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  }
}

function bodyOf(making: Making, target: Target): Part[] {
  switch (target.form) {
    case "row":
      return rowCard(making, target.row);
    case "project":
      return projectCard(making, target.id, target.project, target.rows);
    case "country":
      return countryCard(making, target.row);
    case "event":
      return eventCard(making, target.row);
    case "area":
      return areaCard(making, target.row);
    case "data":
      return dataCard(making);
    case "members":
      return membersCard(making);
  }
}
