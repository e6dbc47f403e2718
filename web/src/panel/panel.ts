// The panel: legend and filter in one. It is built once for each language; a filter only changes counts and states.

import { MEMBERS_LIST } from "../card/other-cards.ts";
import { ALL_MEMBERS } from "../contract.ts";
import { el, element, icon } from "../dom.ts";
import { applySelection } from "../facts/filter.ts";
import type { Headline } from "../facts/headline.ts";
import { roleIn } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import { emptySelection } from "../facts/selection.ts";
import { totalsOf } from "../facts/totals.ts";
import type { Story } from "../facts/types.ts";
import { gaugeColour, isDoubtful } from "../map/looks.ts";
import { flowSwatch, layerSwatch, lineSwatch, ribbonSwatch, type Swatch, symbolSwatch } from "../map/swatches.ts";
import type { LineStyle } from "../page/address.ts";
import type { Page, Totals } from "../page/context.ts";
import { leftOutSentence, selectionSentence, termFirst, totalsSentence } from "../words/describe.ts";
import { bordersSentence } from "../words/sheet.ts";
import type { Suggestions } from "../words/suggest.ts";
import { Chips } from "./chips.ts";
import { FacetRows } from "./facets.ts";
import { flag, keyRow, landKey, softEdge } from "./legend.ts";
import { headlineFor, onlyProject } from "./main-line.ts";
import { Ranges } from "./ranges.ts";
import { Search } from "./search.ts";
import { Stories } from "./stories.ts";

const CARET = "M6 4l4 4-4 4";

/** Layers of this group are not drawn as projects. */
const ORGANISATION = "organisation";

/** The gauge that the switch of colours by gauge shows. */
const SHOWN_GAUGE = 1520;

type Standing = "member" | "partner" | "other";

/** The sections of states, by their standing. */
const SECTIONS: readonly [Standing, string][] = [
  ["member", "countries"],
  ["partner", "partners"],
  ["other", "others"],
];

export class Panel {
  totals: Totals = { projects: 0, km: 0, countries: 0 };
  /** The one length that is given for what is shown. */
  headline: Headline = { km: 0, basis: null };
  private readonly page: Page;
  private readonly agreementsShown: () => readonly Row[];
  private readonly search: Search;
  private readonly rows: FacetRows;
  private readonly chips: Chips;
  private readonly stories: Stories;
  private readonly ranges: Ranges;
  private readonly expanded = new Set<string>();
  private agreementsOpen: boolean | null = null;
  private switches: (() => void)[] = [];
  private allMembers: HTMLButtonElement | null = null;
  /** The standing of every state that the sections are built for. */
  private standing: string | null = null;

  /** By whose view the borders are drawn. */
  private readonly borders = el("span");

  constructor(page: Page, agreementsShown: () => readonly Row[]) {
    this.page = page;
    this.agreementsShown = agreementsShown;
    this.search = new Search(page);
    this.rows = new FacetRows(page);
    this.chips = new Chips(page);
    this.stories = new Stories(page);
    this.ranges = new Ranges(page);
  }

  get input(): HTMLInputElement {
    return this.search.input;
  }

  /** What a text may mean. */
  get suggestions(): Suggestions {
    return this.search.suggestions;
  }

  /** The saved question that the selection is. */
  get story(): Story | null {
    return this.stories.story;
  }

  /** Build everything that holds words. */
  build(): void {
    const { page } = this;
    const { say, world } = page;
    const facets = element("facets");
    const scroll = facets.firstChild ? facets.scrollTop : 0; // to ask for it takes a layout of everything
    this.rows.clear();
    this.switches = [];
    this.allMembers = null;
    this.standing = this.standingNow();
    this.search.build();
    element("kicker").textContent = say.word("organisation");
    element("title").textContent = say.word("title");
    const about = { type: "button", class: "link", text: say.word("about_data") };
    const aboutButton = el("button", { ...about, on: { click: () => page.open("about-data") } });
    element("foot").replaceChildren(this.borders, " ", aboutButton);
    const totals = applySelection(world.rows, emptySelection(), world).counts;
    const kinds = Object.keys(world.vocabulary.kind ?? {}).filter((id) => totals.kind.get(id));
    const isDrawnAsLine = (id: string) => world.rows.some((row) => row.kind === id && row.form === "line");
    const lines = kinds.filter(isDrawnAsLine);
    const points = kinds.filter((id) => !lines.includes(id) && world.styles.symbol[id]);
    const sections = [
      this.stories.build(),
      this.layerSection(totals.layer),
      this.statusSection(totals.status),
      this.section(
        "kind",
        lines.map((id) => this.kindRow(id, this.plainSwatch({ kind: id, width: 2.2 }))),
      ),
      this.ranges.build(),
      ...this.countrySections(totals.country),
      this.roleSection(),
      this.agreementSection(totals.project),
      this.mapSection(points),
    ].filter((section) => section !== null);
    const bar = element("bar");
    const isInside = facets.contains(bar);
    const click = () => page.toggleTable(true);
    const table = el("button", { type: "button", class: "button phone-table", text: say.word("table"), on: { click } });
    facets.replaceChildren(...sections, table, ...(isInside ? [bar] : []));
    if (scroll) facets.scrollTop = scroll;
  }

  /** Counts and states of what is shown now. */
  update(): void {
    const { page } = this;
    this.updateSwitches();
    this.rows.update();
    const hasAll = page.state.selection.country.includes(ALL_MEMBERS);
    this.allMembers?.setAttribute("aria-pressed", String(hasAll));
    this.totals = totalsOf(page.result.rows);
    const { selection, worldview } = page.state;
    const seen = { year: selection.year, worldview };
    this.headline = headlineFor(page.result.rows, onlyProject(selection), page.world, seen);
    this.stories.update(this.agreementsShown());
    element("dek").textContent = this.dek();
    this.borders.textContent = bordersSentence(page.state.worldview, page.say);
    this.search.update();
    this.ranges.update();
    this.chips.update(this.story);
  }

  /** Write the switches of how the map is drawn. */
  updateSwitches(): void {
    for (const update of this.switches) update();
  }

  /** What may wait for the painted frame: the spread of figures, and the groups of states when the year moved them. */
  settle(): void {
    this.ranges.draw();
    if (this.standing === this.standingNow()) return;
    this.build();
    this.update();
    this.fit();
  }

  /** Set in one column what does not fit in two; chips keep clear of the controls. */
  fit(): void {
    const sections = [...element("facets").querySelectorAll(".two")];
    const hasRoom = (name: Element) => name.scrollWidth <= name.clientWidth + 1;
    for (const columns of sections) columns.classList.remove("one");
    const bar = element("bar").offsetWidth; // all is asked between the changes, so that one layout answers
    const areTight = sections.map((columns) => ![...columns.querySelectorAll("button .name")].every(hasRoom));
    element("chips").style.setProperty("--bar", `${bar}px`);
    for (const [i, columns] of sections.entries()) columns.classList.toggle("one", areTight[i]);
  }

  /** What is on the map in numbers. */
  dek(): string {
    const { say, result } = this.page;
    const totals = { ...this.totals, ...this.headline };
    const sentence = totalsSentence(say, totals, this.story, result.rows.length);
    return [sentence, leftOutSentence(say, result.leftOut)].filter(Boolean).join(" ");
  }

  /** The selection as a sentence, for the title and the printed page. */
  sentence(): string {
    const { world, say, state } = this.page;
    return selectionSentence(world, say, state.selection, this.story);
  }

  private standingNow(): string {
    const { world, state } = this.page;
    const { year } = state.selection;
    return JSON.stringify(Object.values(world.countries).map((country) => roleIn(country?.roles, year)));
  }

  private section(key: string, rows: readonly HTMLElement[], aside = "", isNarrow = true): HTMLElement {
    const heading = el("h2", {}, this.page.say.word(key), aside ? el("span", { text: aside }) : null);
    return el(
      "section",
      { class: "facet", "data-facet": key },
      heading,
      el("div", { class: isNarrow ? "two" : "" }, ...rows),
    );
  }

  private plainSwatch(look: { kind?: string; status?: string; width: number }): SVGSVGElement {
    return lineSwatch({ layer: "other", length: 24, styles: this.page.world.styles, ...look });
  }

  private kindRow(id: string, swatch: Swatch): HTMLElement {
    const { world, say } = this.page;
    return this.rows.row("kind", id, swatch, termFirst(world, say, "kind", id));
  }

  private statusSection(totals: ReadonlyMap<string, number>): HTMLElement {
    const { world, say } = this.page;
    const order = Object.keys(world.styles.status);
    const known = Object.keys(world.vocabulary.status ?? {}).filter((id) => totals.get(id));
    known.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const row = (id: string) => {
      const name = say.words[`short_${id}`] ?? termFirst(world, say, "status", id);
      return this.rows.row("status", id, this.plainSwatch({ status: id, width: 2.6 }), name);
    };
    return this.section("status", known.map(row));
  }

  private roleSection(): HTMLElement | null {
    const { world, say } = this.page;
    const used = this.rows.all("role");
    const ids = Object.keys(world.vocabulary.role ?? {}).filter((id) => used.includes(id));
    if (!ids.length) return null;
    const swatch = (id: string) => flag(id === "member" ? "member" : "partner");
    return this.section(
      "role",
      ids.map((id) => this.rows.row("role", id, swatch(id), termFirst(world, say, "role", id))),
    );
  }

  /** Switches of how the map is drawn, symbols, and what the ground means. */
  private mapSection(points: readonly string[]): HTMLElement {
    const { page } = this;
    const { styles } = page.world;
    const change = (part: Partial<LineStyle>) => page.setLineStyle({ ...page.state.lineStyle, ...part });
    const colour = gaugeColour(styles, SHOWN_GAUGE);
    const gauge = lineSwatch({ layer: "other", kind: "rail", width: 2.4, length: 18, colour, styles });
    const isByGauge = () => page.state.lineStyle.colour === "gauge";
    const isFlow = () => page.state.lineStyle.flow;
    const isExact = () => page.state.lineStyle.accuracy;
    const rows = [
      this.switch("show_accuracy", ribbonSwatch(), isExact, () => change({ accuracy: !isExact() })),
      this.switch("show_gauge", gauge, isByGauge, () => change({ colour: isByGauge() ? null : "gauge" })),
      this.switch("show_flow", flowSwatch(styles), isFlow, () => change({ flow: !isFlow() })),
      ...points.map((id) => this.kindRow(id, symbolSwatch(id, styles))),
      ...landKey(page, points.includes("gauge_change")),
    ];
    return this.section("on_the_map", rows);
  }

  private switch(word: string, swatch: Swatch, isOn: () => boolean, flip: () => void): HTMLElement {
    const text = el("span", { class: "name", text: this.page.say.word(word) });
    const button = el("button", { type: "button", class: "row switch", on: { click: flip } }, swatch, text);
    const update = () => button.setAttribute("aria-pressed", String(isOn()));
    this.switches.push(update);
    update();
    return button;
  }

  // ------------------------------------------------------------ layers and their projects
  private layerSection(totals: ReadonlyMap<string, number>): HTMLElement {
    const { world, say } = this.page;
    const isOnMap = (id: string) =>
      world.layers[id]?.group !== ORGANISATION || !!world.styles.layer[id]?.swatch?.symbol;
    const isShown = (id: string) => totals.get(id) && isOnMap(id);
    const edge = softEdge(this.page);
    const isDrawn = world.rows.some((row) => row.form === "line" && isDoubtful(row));
    const isOfEvents = (id: string) => Number(world.layers[id]?.group === ORGANISATION);
    const ids = Object.keys(world.layers).filter(isShown);
    const used = new Set(world.rows.flatMap((row) => row.lineage));
    ids.sort((a, b) => isOfEvents(a) - isOfEvents(b));
    return this.section(
      "projects",
      [...ids.map((id) => this.layerRow(id, used)), ...(isDrawn ? [keyRow(edge.swatch, edge.name)] : [])],
      say.word("features"),
      false,
    );
  }

  /** A layer with its projects folded under it, those that are `used`. */
  private layerRow(id: string, used: ReadonlySet<string>): HTMLElement {
    const { world, say } = this.page;
    const name = say.pick(world.layers[id]?.title);
    const projects = Object.keys(world.projects).filter((one) => world.projects[one]?.layer === id && used.has(one));
    const button = this.rows.row("layer", id, layerSwatch(id, world.styles), name);
    if (!projects.length) return el("div", { class: "layer" }, el("span", { class: "fold" }), button);
    const list = el("div", { class: "projects", role: "group", "aria-label": name });
    const attributes = { type: "button", class: "fold", "aria-label": say.word("projects_of", { name }) };
    const fold = el("button", attributes, icon(CARET));
    const show = () => {
      const isOpen = this.expanded.has(id);
      fold.setAttribute("aria-expanded", String(isOpen));
      list.hidden = !isOpen;
      if (isOpen && !list.firstChild) this.fillProjects(list, projects);
    };
    fold.addEventListener("click", () => {
      if (!this.expanded.delete(id)) this.expanded.add(id);
      show();
      this.rows.update();
    });
    show();
    return el("div", { class: "layer" }, fold, button, list);
  }

  /** The projects of a layer as a tree, made when it is first opened. */
  private fillProjects(list: HTMLElement, projects: readonly string[]): void {
    const { world } = this.page;
    const parentOf = (id: string) => world.projects[id]?.parent ?? "";
    const add = (id: string, depth: number) => {
      list.append(this.projectRow(id, null, depth));
      for (const child of this.sortedByTitle(projects.filter((other) => parentOf(other) === id))) add(child, depth + 1);
    };
    for (const id of this.sortedByTitle(projects.filter((one) => !projects.includes(parentOf(one))))) add(id, 0);
  }

  private projectRow(id: string, swatch: Swatch | null, depth = 0): HTMLElement {
    const { page } = this;
    const name = page.say.pick(page.world.projects[id]?.title);
    const about = page.say.word("about", { name });
    const attributes = { type: "button", class: "more", "aria-label": about, title: about, text: "i" };
    const more = el("button", { ...attributes, on: { click: () => page.open(id) } });
    return el("div", { class: "project" }, this.rows.row("project", id, swatch, name, depth), more);
  }

  private sortedByTitle(ids: readonly string[]): string[] {
    const { world, say } = this.page;
    const title = (id: string) => say.pick(world.projects[id]?.title);
    return [...ids].sort((a, b) => say.compare(title(a), title(b)));
  }

  // ------------------------------------------------------------ states and agreements
  private countrySections(totals: ReadonlyMap<string, number>): HTMLElement[] {
    const { world, state } = this.page;
    const groups: Record<Standing, string[]> = { member: [], partner: [], other: [] };
    for (const code of totals.keys()) {
      const country = world.countries[code];
      if (!country) continue;
      const role = roleIn(country.roles, state.selection.year);
      groups[role === "member" ? "member" : role ? "partner" : "other"].push(code);
    }
    const sections = SECTIONS.filter(([standing]) => groups[standing].length);
    return sections.map(([standing, key]) => this.countrySection(standing, key, groups[standing], totals));
  }

  private countrySection(
    standing: Standing,
    key: string,
    codes: string[],
    totals: ReadonlyMap<string, number>,
  ): HTMLElement {
    const { world, say } = this.page;
    const name = (code: string) => say.pick(world.countries[code]?.name);
    const count = (code: string) => totals.get(code) ?? 0;
    codes.sort((a, b) => count(b) - count(a) || say.compare(name(a), name(b)));
    const rows = codes.map((code) => this.rows.row("country", code, flag(standing), name(code)));
    const section = this.section(key, rows);
    const heading = section.querySelector("h2");
    if (standing === "member") {
      this.allMembers = this.allMembersButton(codes.length);
      heading?.append(this.allMembers);
      const dates = { type: "button", class: "link dates", text: say.word("members_list") };
      section.append(el("button", { ...dates, on: { click: () => this.page.open(MEMBERS_LIST) } }));
    } else {
      section.classList.add("follows");
      heading?.append(el("span", { text: say.number(codes.length) }));
    }
    return section;
  }

  private allMembersButton(count: number): HTMLButtonElement {
    const { page } = this;
    const click = () => {
      const isOn = page.state.selection.country.join() === ALL_MEMBERS;
      page.choose("country", isOn ? [] : [ALL_MEMBERS]);
    };
    const text = page.say.word("members_count", { n: page.say.number(count) });
    return el("button", { type: "button", class: "all", text, on: { click } });
  }

  /** Agreements and programmes: a click shades the states they bind and tells their history. */
  private agreementSection(totals: ReadonlyMap<string, number>): HTMLElement | null {
    const { world, say, state } = this.page;
    const isAgreement = (id: string) => world.projects[id]?.form === "agreement" && totals.get(id);
    const ids = this.sortedByTitle(Object.keys(world.projects).filter(isAgreement));
    if (!ids.length) return null;
    const heading = el("h2", {}, say.word("agreements"), el("span", { text: say.number(ids.length) }));
    const rows = ids.map((id) => this.projectRow(id, flag("bound")));
    const details = el("details", { class: "folded agreements" }, el("summary", {}, heading), ...rows);
    details.open = this.agreementsOpen ?? ids.some((id) => state.selection.project.includes(id));
    details.addEventListener("toggle", () => {
      this.agreementsOpen = details.open;
    });
    return el("section", { class: "facet", "data-facet": "agreements" }, details);
  }
}
