// @ts-nocheck
// The panel: legend and filter in one. Rows are built once a language; a filter only changes counts and pressed states.

import { el, element, icon, settled, svg } from "../dom.ts";
import { roleIn } from "../facts/phases.ts";
import {
  ALL_MEMBERS,
  applySelection,
  emptySelection,
  FACETS,
  formatSelection,
  isCounted,
  membersIn,
} from "../facts/selection.ts";
import {
  css,
  disputeSwatch,
  layerSwatch,
  lineColour,
  lineSwatch,
  mannerOf,
  ribbonSwatch,
  symbolSwatch,
} from "../map/looks.ts";
import { formatManner } from "../page/state.ts";
import { sentenceCase, wordsOf } from "../words/text.ts";
import { namesOf, Suggestions } from "./suggestions.ts";

const SEARCH = "M7 2.200a4.800 4.800 0 1 0 0 9.600 4.800 4.800 0 0 0 0-9.600ZM10.500 10.500 14 14";
const CARET = "M6 4l4 4-4 4";
const WAIT = 120;
/** Capacities that the key of the flows shows; 0 stands for unknown. */
const FLOW_STEPS = [60, 30, 10, 0];
const FLOW_UNIT = "bcm/yr";

export class Panel {
  constructor(app) {
    this.app = app;
    this.expanded = new Set();
    /** @type {Object<string, string[]>} */
    this.values = {};
    /** @type {any[]|undefined} */
    this.names = undefined;
    this.buildSearch();
  }

  get world() {
    return this.app.world;
  }
  get say() {
    return this.app.wording;
  }

  buildSearch() {
    const box = element("search");
    this.input = /** @type {HTMLInputElement} */ (
      el("input", { type: "text", id: "query", autocomplete: "off", spellcheck: "false", enterkeyhint: "search" })
    );
    const search = settled(
      () => this.app.setSelection({ ...this.app.selection, q: wordsOf(this.input.value).join(" ") || null }),
      WAIT,
    );
    this.input.addEventListener("input", search);
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.input.value) {
        event.stopPropagation();
        this.input.value = "";
        search();
      }
    });
    this.suggestions = new Suggestions(this.input, {
      entries: () => (this.names ??= namesOf(this.world)),
      label: () => this.say.word("suggestions"),
      show: (entry) => this.suggested(entry),
      take: (entry) => this.app.goTo(entry),
    });
    this.key = el("kbd", { text: "/", "aria-hidden": "true" });
    this.langSelect = el("button", {
      type: "button",
      class: "phone-lang",
      on: { click: () => this.app.nextLanguage() },
    });
    box.append(icon(SEARCH), this.input, this.key, this.langSelect, this.suggestions.list);
  }

  /** How a suggestion is shown. */
  suggested({ form, id, names }) {
    const { say, world, app } = this;
    const row = form === "row" ? world.byId.get(id) : null;
    const lead =
      form === "project"
        ? world.rows.find((other) => other.projects[0] === id && other.form === "line")
        : row?.form === "line"
          ? row
          : null;
    const swatch = lead
      ? app.rowSwatch(lead)
      : row && world.styles.symbol[row.kind]
        ? symbolSwatch(row.kind, world.styles)
        : form === "country"
          ? el("span", { class: "flag member" })
          : null;
    return { name: say.pick(names), kind: row ? this.label("kind", row.kind) : say.word(`found_${form}`), swatch };
  }

  /** Build everything that holds words. */
  build() {
    const { say, world } = this;
    const { styles } = world;
    this.rows = [];
    const facets = element("facets");
    const scroll = facets.scrollTop;
    const totals = applySelection(world.rows, emptySelection(), world).counts;
    element("kicker").textContent = say.word("organisation");
    element("title").textContent = say.word("title");
    element("foot").replaceChildren(
      say.word("borders_notice"),
      " ",
      el("button", {
        type: "button",
        class: "link",
        text: say.word("about_data"),
        on: { click: () => this.app.open("about-data") },
      }),
    );
    this.input.placeholder = say.word("search");
    this.input.setAttribute("aria-label", say.word("search"));
    this.langSelect.textContent = `${say.word("language_short")} ▾`;
    this.langSelect.setAttribute("aria-label", say.word("language"));
    const sections = [this.themeSection()].filter(Boolean);
    const layers = Object.keys(world.layers).filter((id) => totals.layer.get(id));
    const drawn = layers.filter((id) => world.layers[id].group !== "organisation");
    sections.push(
      this.section(
        "projects",
        say.word("features"),
        drawn.map((id) => this.layerRow(id)),
        1,
      ),
    );
    const statuses = Object.keys(world.vocabulary.status).filter((id) => totals.status.get(id));
    const order = Object.keys(styles.status);
    statuses.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    sections.push(
      this.section(
        "status",
        "",
        statuses.map((id) =>
          this.row(
            "status",
            id,
            lineSwatch({ layer: "other", status: id, width: 2.6, length: 24, styles }),
            say.words[`short_${id}`] ?? sentenceCase(this.label("status", id)),
          ),
        ),
        2,
      ),
    );
    const kinds = Object.keys(world.vocabulary.kind).filter((id) => totals.kind.get(id));
    const lines = kinds.filter(
      (id) =>
        world.vocabulary.kind[id].geometry === "line" ||
        world.rows.some((row) => row.kind === id && row.form === "line"),
    );
    sections.push(
      this.section(
        "kind",
        "",
        lines.map((id) =>
          this.row(
            "kind",
            id,
            lineSwatch({ layer: "other", kind: id, width: 2.2, length: 24, styles }),
            sentenceCase(this.label("kind", id)),
          ),
        ),
        2,
      ),
    );
    sections.push(...this.countrySections(totals.country));
    const roles = Object.keys(world.vocabulary.role).filter((id) => this.all("role").includes(id));
    const flag = (id) => el("span", { class: `flag ${id === "member" ? "member" : "partner"}` });
    if (roles.length)
      sections.push(
        this.section(
          "role",
          "",
          roles.map((id) => this.row("role", id, flag(id), sentenceCase(this.label("role", id)))),
          2,
        ),
      );
    const agreements = this.agreementSection(totals.project);
    if (agreements) sections.push(agreements);
    const points = kinds.filter((id) => !lines.includes(id) && styles.symbol[id]);
    const legend = [
      ...(points.includes("gauge_change")
        ? []
        : [this.legendRow(symbolSwatch("gauge_change", styles), say.word("gauge_change"))]),
      this.legendRow(disputeSwatch("line"), say.word("disputed_border")),
      this.legendRow(disputeSwatch("area"), say.word("disputed_area")),
    ];
    const land = ["member", "partner", "other"].map((standing) =>
      this.legendRow(el("span", { class: `flag ${standing}` }), say.word(`land_${standing}`)),
    );
    const { plate } = this.app;
    const manner = (change) => this.app.setManner({ ...plate.manner, ...change });
    this.switches = [];
    const ribbon = [
      this.toggle(
        "show_accuracy",
        ribbonSwatch(),
        () => !!plate.accuracy,
        () => {
          plate.showAccuracy(!plate.accuracy);
          this.updateSwitches();
        },
      ),
      this.toggle(
        "show_gauge",
        lineSwatch({ layer: "other", kind: "rail", width: 2.4, length: 18, colour: css("gauge-1520"), styles }),
        () => plate.manner.colour === "gauge",
        () => manner({ colour: plate.manner.colour ? null : "gauge" }),
      ),
      this.toggle(
        "show_flow",
        flowSwatch(styles),
        () => plate.manner.flow,
        () => manner({ flow: !plate.manner.flow }),
      ),
    ];
    sections.push(
      this.section(
        "on_the_map",
        "",
        [
          ...ribbon,
          ...points.map((id) => this.row("kind", id, symbolSwatch(id, styles), sentenceCase(this.label("kind", id)))),
          ...legend,
          ...land,
        ],
        2,
      ),
    );
    const bar = element("bar");
    const inside = facets.contains(bar);
    const table = el("button", {
      type: "button",
      class: "button phone-table",
      text: say.word("table"),
      on: { click: () => this.app.toggleTable(true) },
    });
    facets.replaceChildren(...sections, table, ...(inside ? [bar] : []));
    facets.scrollTop = scroll;
  }

  /** Questions the map answers in one click: three at once, the others unfolded. */
  themeSection() {
    const { say, world, app } = this;
    const { stories: themes } = world;
    if (!themes?.length) return null;
    this.moreThemes = null;
    this.themes = themes.map((theme) => ({
      theme,
      button: el("button", {
        type: "button",
        class: "theme",
        title: say.pick(theme.text),
        text: say.pick(theme.title),
        "aria-pressed": "false",
        on: { click: () => app.chooseTheme(theme) },
      }),
    }));
    const first = this.themes.filter(({ theme }) => theme.first).map(({ button }) => button);
    const others = this.themes.filter(({ theme }) => !theme.first).map(({ button }) => button);
    const more = el("div", { class: "themes", id: "morethemes" }, ...others);
    const open = this.themesOpen ?? false;
    more.hidden = !open;
    this.moreThemes = more;
    const unfold = el("button", {
      type: "button",
      class: "theme unfold",
      "aria-expanded": String(open),
      "aria-controls": "morethemes",
      text: say.word("more_questions"),
      on: {
        click: () => {
          this.themesOpen = more.hidden;
          more.hidden = !more.hidden;
          unfold.setAttribute("aria-expanded", String(!more.hidden));
        },
      },
    });
    this.gaugeKey = el("div", { class: "two gauges" });
    this.gaugeShown = null;
    return el(
      "section",
      { class: "facet", "data-facet": "themes" },
      el("h2", { text: say.word("questions") }),
      el("p", { class: "answers", text: say.word("answers") }),
      el("div", { class: "themes" }, ...first, unfold),
      more,
      this.gaugeKey,
    );
  }

  /** Which theme is on, and the key of its colours. */
  updateThemes() {
    const { app, say, world } = this;
    const query = formatSelection(app.selection);
    const manner = formatManner(app.plate.manner);
    this.theme = null;
    for (const { theme, button } of this.themes || []) {
      const on = query === theme.query && manner === formatManner(mannerOf(theme)) && (query !== "" || manner !== "");
      if (on) this.theme = theme;
      button.setAttribute("aria-pressed", String(on));
    }
    if (this.theme && !this.theme.first && this.moreThemes.hidden)
      /** @type {HTMLElement} */ (document.querySelector(".unfold")).click();
    if (!this.gaugeKey) return;
    const gauges =
      app.plate.manner.colour === "gauge"
        ? [
            ...new Set(
              this.app.result.rows.filter((row) => row.kind === "rail").map((row) => row.facts.gauge_mm ?? "other"),
            ),
          ].sort()
        : [];
    const parties = this.partyKey();
    const widths =
      app.plate.manner.flow && app.result.rows.some((row) => row.facts.capacity_unit === FLOW_UNIT) ? FLOW_STEPS : [];
    const key = [...gauges, ...parties.map(([manner]) => manner), ...widths].join();
    if (key === this.gaugeShown) return;
    this.gaugeShown = key;
    this.gaugeKey.classList.toggle("two", !!(gauges.length || widths.length));
    this.gaugeKey.replaceChildren(
      ...parties.map(([manner, text]) => this.legendRow(el("span", { class: `flag ${manner}` }), text)),
      ...widths.map((capacity) =>
        this.legendRow(
          lineSwatch({
            layer: "gas_pipelines",
            width: world.styles.flow.least + world.styles.flow.times * Math.sqrt(capacity || 0.1),
            length: 24,
            styles: world.styles,
          }),
          capacity
            ? `${say.number(capacity)} ${say.words[`unit_${FLOW_UNIT}`] ?? FLOW_UNIT}`
            : say.word("capacity_unknown"),
        ),
      ),
      ...gauges.map((gauge) =>
        this.legendRow(
          lineSwatch({
            layer: "other",
            kind: "rail",
            width: 2.4,
            length: 24,
            colour: css(`gauge-${world.styles.gauge.includes(String(gauge)) ? gauge : "other"}`),
            styles: world.styles,
          }),
          gauge === "other" ? say.word("gauge_unknown") : say.word("mm", { n: say.year(gauge) }),
        ),
      ),
    );
  }

  /** What the shades of the land mean while an agreement is shown: [class of the swatch, words]. */
  partyKey() {
    const { app, say, world } = this;
    const agreements = app.agreementsShown();
    if (!agreements.length) return [];
    const none = ["", say.word("bound_none")];
    if (agreements.every((row) => !row.facts.parties?.length)) return [["bound", say.word("bound_members")]];
    const manners = new Set(
      agreements.flatMap((row) => (row.facts.parties || []).map((party) => world.styles.party[party.status])),
    );
    return [
      ["bound", say.word("bound")],
      ...(manners.has("hatch") ? [["partly", say.word("bound_partly")]] : []),
      none,
    ];
  }

  /** Agreements and programmes: a click shades the states they bind and tells their history. */
  agreementSection(totals) {
    const { say, world, app } = this;
    const compare = (a, b) => say.compare(say.pick(world.projects[a].title), say.pick(world.projects[b].title));
    const ids = Object.keys(world.projects)
      .filter((id) => world.projects[id].form === "agreement" && totals.get(id))
      .sort(compare);
    if (!ids.length) return null;
    const open = el(
      "details",
      { class: "agreements" },
      el("summary", {}, el("h2", {}, say.word("agreements"), el("span", { text: say.number(ids.length) }))),
      ...ids.map((id) => {
        const name = say.pick(world.projects[id].title);
        return el(
          "div",
          { class: "project" },
          this.row("project", id, el("span", { class: "flag bound" }), name),
          el("button", {
            type: "button",
            class: "more",
            "aria-label": say.word("about", { name }),
            title: say.word("about", { name }),
            text: "i",
            on: { click: () => app.open(id) },
          }),
        );
      }),
    );
    const details = /** @type {HTMLDetailsElement} */ (open);
    details.open = this.agreementsOpen ?? ids.some((id) => app.selection.project.includes(id));
    details.addEventListener("toggle", () => {
      this.agreementsOpen = details.open;
    });
    return el("section", { class: "facet", "data-facet": "agreements" }, open);
  }

  /** A switch of how the map is drawn. */
  toggle(word, swatch, isOn, flip) {
    const button = el(
      "button",
      { type: "button", class: "row switch", "aria-pressed": String(isOn()), on: { click: flip } },
      swatch,
      el("span", { class: "name", text: this.say.word(word) }),
    );
    this.switches.push(() => button.setAttribute("aria-pressed", String(isOn())));
    return button;
  }

  /** Set in one column what does not fit in two. */
  fit() {
    for (const columns of element("facets").querySelectorAll(".two")) {
      columns.classList.remove("one");
      columns.classList.toggle(
        "one",
        [...columns.querySelectorAll("button .name")].some((name) => name.scrollWidth > name.clientWidth + 1),
      );
    }
  }

  label(group, id) {
    return this.say.pick(this.world.vocabulary[group]?.[id]?.label) || id;
  }

  section(key, aside, rows, columns, heading = null) {
    return el(
      "section",
      { class: "facet", "data-facet": key },
      el("h2", {}, heading ?? this.say.word(key), aside ? el("span", { text: aside }) : null),
      el("div", { class: columns === 2 ? "two" : "" }, ...rows),
    );
  }

  /** One row: swatch, name and count in one button. */
  row(facet, value, swatch, name, depth = 0) {
    const count = el("span", { class: "count" });
    const button = el(
      "button",
      {
        type: "button",
        class: "row",
        "data-facet": facet,
        "data-value": value,
        title: name,
        on: { click: (event) => this.click(facet, value, event) },
      },
      swatch,
      el("span", { class: "name", text: name }),
      count,
    );
    if (depth) button.style.paddingInlineStart = `${depth * 14}px`;
    this.rows.push({ facet, value, button, count, name });
    return button;
  }

  updateSwitches() {
    for (const update of this.switches || []) update();
  }

  legendRow(swatch, name) {
    return el("div", { class: "row key" }, swatch, el("span", { class: "name", text: name }));
  }

  /** A layer with its projects folded under it. */
  layerRow(id) {
    const { world, say } = this;
    const name = say.pick(world.layers[id].title);
    const projects = Object.keys(world.projects).filter(
      (project) => world.projects[project].layer === id && world.rows.some((row) => row.lineage.includes(project)),
    );
    const button = this.row("layer", id, layerSwatch(id, world.styles), name);
    if (!projects.length) return el("div", { class: "layer" }, el("span", { class: "fold" }), button);
    const list = el("div", { class: "projects", role: "group", "aria-label": name });
    const fold = el(
      "button",
      {
        type: "button",
        class: "fold",
        "aria-expanded": String(this.expanded.has(id)),
        "aria-label": say.word("projects_of", { name }),
        on: {
          click: () => {
            const open = !this.expanded.has(id);
            if (open) this.expanded.add(id);
            else this.expanded.delete(id);
            fold.setAttribute("aria-expanded", String(open));
            list.hidden = !open;
            if (open) this.fillProjects(list, projects);
          },
        },
      },
      icon(CARET),
    );
    list.hidden = !this.expanded.has(id);
    if (!list.hidden) this.fillProjects(list, projects);
    return el("div", { class: "layer" }, fold, button, list);
  }

  /** The projects of a layer as a tree, made when it is first opened. */
  fillProjects(list, projects) {
    if (list.firstChild) return;
    const { world, say } = this;
    const inside = new Set(projects);
    const compare = (a, b) => say.compare(say.pick(world.projects[a].title), say.pick(world.projects[b].title));
    const add = (id, depth) => {
      const project = world.projects[id];
      const row = this.row("project", id, null, say.pick(project.title), depth);
      const more = el("button", {
        type: "button",
        class: "more",
        "aria-label": say.word("about", { name: say.pick(project.title) }),
        title: say.word("about", { name: say.pick(project.title) }),
        text: "i",
        on: { click: () => this.app.open(id) },
      });
      list.append(el("div", { class: "project" }, row, more));
      for (const child of projects.filter((other) => world.projects[other].parent === id).sort(compare))
        add(child, depth + 1);
    };
    for (const id of projects.filter((project) => !inside.has(world.projects[project].parent)).sort(compare))
      add(id, 0);
    this.update(this.app.result);
  }

  countrySections(totals) {
    const { world, say } = this;
    const groups = { member: [], partner: [], other: [] };
    const codes = [...totals.keys()].filter((code) => world.countries[code]);
    for (const code of codes) {
      const role = roleIn(world.countries[code].roles, this.app.selection.year);
      groups[role === "member" ? "member" : role ? "partner" : "other"].push(code);
    }
    const name = (code) => say.pick(world.countries[code].name);
    const row = (standing) => (code) =>
      this.row("country", code, el("span", { class: `flag ${standing}` }), name(code));
    const sections = [];
    for (const [standing, key] of [
      ["member", "countries"],
      ["partner", "partners"],
      ["other", "others"],
    ]) {
      const list = groups[standing].sort((a, b) => totals.get(b) - totals.get(a) || say.compare(name(a), name(b)));
      if (!list.length) continue;
      const aside =
        standing === "member" ? say.word("members_count", { n: say.number(list.length) }) : say.number(list.length);
      const section = this.section(key, "", list.map(row(standing)), 2);
      if (standing !== "member") section.classList.add("follows");
      const heading = section.querySelector("h2");
      heading.append(
        standing === "member"
          ? el("button", {
              type: "button",
              class: "all",
              text: aside,
              on: {
                click: () =>
                  this.app.choose("country", this.app.selection.country.join() === ALL_MEMBERS ? [] : [ALL_MEMBERS]),
              },
            })
          : el("span", { text: aside }),
      );
      if (standing === "member") this.allMembers = heading.querySelector(".all");
      sections.push(section);
    }
    return sections;
  }

  /** Countries and projects choose; layers, statuses and kinds hide or show. With Ctrl or Shift held any row stands alone. */
  click(facet, value, event) {
    const { selection } = this.app;
    const chosen = selection[facet];
    if (event.ctrlKey || event.metaKey || event.shiftKey)
      return this.app.choose(facet, chosen.length === 1 && chosen[0] === value ? [] : [value]);
    if (facet === "country" || facet === "project" || facet === "role") {
      const now =
        facet === "country" && chosen.includes(ALL_MEMBERS) ? membersIn(this.world.countries, selection.year) : chosen;
      const next = now.includes(value) ? now.filter((other) => other !== value) : [...now, value];
      this.app.choose(facet, next);
      return facet === "project" && next.includes(value) && this.app.tellAgreement([value]);
    }
    const all = this.all(facet);
    const on = new Set(chosen.length ? chosen : all);
    if (on.has(value)) on.delete(value);
    else on.add(value);
    this.app.choose(
      facet,
      on.size === 0 || all.every((other) => on.has(other)) ? [] : all.filter((other) => on.has(other)),
    );
  }

  /** Every value that the rows have in a facet. */
  all(facet) {
    this.values ||= {};
    return (this.values[facet] ||= [
      ...new Set(
        this.world.rows
          .map((row) => row[facet])
          .concat(
            facet === "status"
              ? this.world.rows.flatMap((row) => row.phases.map((phase) => phase.status))
              : facet === "role"
                ? this.world.rows.flatMap((row) => row.roles.map((entry) => entry.role))
                : [],
          )
          .filter(Boolean),
      ),
    ].sort());
  }

  /** Counts and pressed states; only when states have changed their standing are the rows built anew. */
  update(result) {
    const standing = JSON.stringify(
      Object.values(this.world.countries).map((country) => roleIn(country.roles, this.app.selection.year)),
    );
    this.stale = this.standing !== undefined && this.standing !== standing;
    this.standing ??= standing;
    this.updateSwitches();
    const { selection } = this.app;
    const { say, world } = this;
    const chosen = Object.fromEntries(FACETS.map((facet) => [facet, new Set(selection[facet])]));
    if (chosen.country.has(ALL_MEMBERS))
      for (const code of membersIn(world.countries, selection.year)) chosen.country.add(code);
    for (const entry of this.rows) {
      const count = result.counts[entry.facet].get(entry.value) ?? 0;
      const on = !chosen[entry.facet].size || chosen[entry.facet].has(entry.value);
      if (entry.shownCount !== count || entry.lang !== say.lang) entry.count.textContent = say.number(count);
      if (entry.on !== on) entry.button.setAttribute("aria-pressed", String(on));
      if (entry.zero !== !count) entry.button.classList.toggle("zero", !count);
      Object.assign(entry, { shownCount: count, on, zero: !count, lang: say.lang });
    }
    this.allMembers?.setAttribute("aria-pressed", String(selection.country.includes(ALL_MEMBERS)));
    const built = result.rows.filter(isCounted);
    const projects = new Set(result.rows.filter((row) => row.projects.length).map((row) => row.projects[0]));
    const km = built.reduce((sum, row) => sum + row.km, 0);
    const countries = new Set(built.flatMap((row) => row.countries));
    this.totals = { projects: projects.size, km, countries: countries.size };
    this.updateThemes();
    element("dek").textContent = this.dek();
    if (document.activeElement !== this.input) this.input.value = selection.q ?? "";
    this.updateChips();
  }

  /** Group the states anew when the year has changed their standing; this may wait for the painted frame. */
  settle() {
    if (!this.stale) return;
    this.standing = undefined;
    this.build();
    this.update(this.app.result);
    this.fit();
  }

  dek() {
    const { say, totals } = this;
    const round = totals.km >= 1000 ? Math.round(totals.km / 100) * 100 : Math.round(totals.km);
    if (this.theme && !totals.km) return say.pick(this.theme.text);
    if (this.theme)
      return `${say.pick(this.theme.text)} ${say.word("dek_short", { projects: say.counted("count_projects", totals.projects), km: say.number(round), countries: say.counted("count_countries", totals.countries) })}`;
    return say.word("dek", {
      projects: say.counted("count_projects", totals.projects),
      km: say.number(round),
      countries: say.counted("count_countries", totals.countries),
    });
  }

  /** What is chosen, each with a way to take it back, and one for all. */
  updateChips() {
    const { app, say } = this;
    const { selection } = app;
    const box = element("chips");
    const key = `${formatSelection(selection)} ${say.lang} ${formatManner(app.plate.manner)}`;
    if (key === this.chipKey) return;
    this.chipKey = key;
    let chips = [];
    const chip = (text, undo) =>
      chips.push(
        el(
          "button",
          {
            type: "button",
            class: "chip",
            "aria-label": say.word("remove_filter", { name: text }),
            on: { click: undo },
          },
          text,
          el("span", { "aria-hidden": "true", text: "×" }),
        ),
      );
    for (const facet of ["project", "country", "role"]) {
      for (const value of selection[facet])
        chip(this.valueName(facet, value), () =>
          app.choose(
            facet,
            selection[facet].filter((other) => other !== value),
          ),
        );
    }
    for (const facet of ["layer", "status", "kind"]) {
      const values = selection[facet];
      if (!values.length) continue;
      const names = values.map((value) => this.valueName(facet, value));
      const all = this.all(facet).length;
      const hidden = all - values.length;
      chip(values.length <= 2 ? names.join(", ") : say.counted(`hidden_${facet}`, hidden), () => app.choose(facet, []));
    }
    if (selection.year !== null) chip(say.year(selection.year), () => app.setSelection({ ...selection, year: null }));
    if (selection.since !== null)
      chip(say.word("opened_since", { year: say.year(selection.since) }), () =>
        app.setSelection({ ...selection, since: null }),
      );
    if (selection.late) chip(say.word("overdue"), () => app.setSelection({ ...selection, late: false }));
    if (selection.q) chip(`“${selection.q}”`, () => app.setSelection({ ...selection, q: null }));
    if (this.theme) {
      chips = [];
      chip(say.pick(this.theme.title), () => app.reset());
    }
    if (chips.length && app.result?.rows.length)
      chips.push(
        el("button", {
          type: "button",
          class: "link",
          text: say.word("zoom_to"),
          on: { click: () => app.fitSelection() },
        }),
      );
    if (chips.length || formatManner(app.plate.manner))
      chips.push(
        el("button", {
          type: "button",
          class: "link reset",
          text: say.word("reset"),
          on: { click: () => app.reset() },
        }),
      );
    box.replaceChildren(...chips);
  }

  /** The name of a facet's value in words. */
  valueName(facet, value) {
    const { world, say } = this;
    if (facet === "country")
      return value === ALL_MEMBERS ? say.word("all_members") : say.pick(world.countries[value]?.name) || value;
    if (facet === "project") return say.pick(world.projects[value]?.title) || value;
    if (facet === "layer") return say.pick(world.layers[value]?.title) || value;
    return sentenceCase(this.label(facet, value));
  }

  /** The selection as a sentence, for the title and the printed page. */
  sentence() {
    if (this.theme) return this.say.pick(this.theme.title);
    const { say } = this;
    const { selection } = this.app;
    const parts = FACETS.flatMap((facet) =>
      selection[facet].length && selection[facet].length <= 6
        ? [selection[facet].map((value) => this.valueName(facet, value)).join(", ")]
        : [],
    );
    if (selection.since !== null) parts.push(say.word("opened_since", { year: say.year(selection.since) }));
    if (selection.late) parts.push(say.word("overdue"));
    if (selection.q) parts.push(`“${selection.q}”`);
    return parts.join(" · ");
  }
}

/** A pipeline with an arrow. */
function flowSwatch(styles) {
  const node = lineSwatch({ layer: "gas_pipelines", width: 3, length: 18, styles });
  node.append(
    svg("path", {
      d: "M14 7 7 11.500V2.500Z",
      fill: lineColour(styles, "gas_pipelines"),
      stroke: css("paper"),
      "stroke-width": 0.8,
    }),
  );
  return node;
}
