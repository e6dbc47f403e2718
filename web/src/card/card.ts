// @ts-nocheck
// The card of a row, a project or a country: what is known, in words, with every fact led back to its source.

import { el, element, icon, svg } from "../dom.ts";
import { latest, statusIn, yearOf } from "../facts/phases.ts";
import { isCounted, roleOf, statusOf } from "../facts/selection.ts";
import { rowsOfProject } from "../facts/world.ts";
import { toGeoJson } from "../files/files.ts";
import { css, disputeSwatch, lineColour, lineSwatch, symbolShape, symbolSwatch } from "../map/looks.ts";
import { downloadFile } from "../parts/table.ts";
import { CITATIONS, errorReport } from "../words/citation.ts";
import { sentenceCase } from "../words/text.ts";

const ICON_CLOSE = "M3.5 3.500 12.500 12.500M12.500 3.500 3.500 12.500";
const ICON_BACK = "M10 3 5 8l5 5";
const ICON_NEXT = "M6 3l5 5-5 5";

/** Numbers the sources of one card in the order in which they are cited. */
export class Citations {
  constructor(sources) {
    this.sources = sources;
    this.numbers = new Map();
  }

  /** The mark for one or more sources, null for none. */
  mark(...ids) {
    const known = ids.flat().filter((id) => id && this.sources[id]);
    if (!known.length) return null;
    for (const id of known) if (!this.numbers.has(id)) this.numbers.set(id, this.numbers.size + 1);
    const mark = el("sup");
    known.forEach((id, i) =>
      mark.append(
        i ? ", " : "",
        el("a", {
          href: `#source-${this.numbers.get(id)}`,
          text: String(this.numbers.get(id)),
          "data-source": this.numbers.get(id),
        }),
      ),
    );
    return mark;
  }
}

const ABOUT_DATA = "about-data";

export class Card {
  constructor(app) {
    this.app = app;
    this.node = element("card");
    this.target = null;
    this.node.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a[data-source]");
      if (!link) return;
      event.preventDefault();
      const entry = this.node.querySelector(`#source-${link.getAttribute("data-source")}`);
      entry?.scrollIntoView({ block: "nearest" });
      entry?.classList.add("flash");
      setTimeout(() => entry?.classList.remove("flash"), 1200);
    });
  }

  get world() {
    return this.app.world;
  }
  get say() {
    return this.app.wording;
  }

  /** What an id names: a row, a project or a country. */
  find(id) {
    const { world } = this;
    if (id === ABOUT_DATA) return { id, form: "data", rows: [] };
    if (world.byId.has(id)) {
      const row = world.byId.get(id);
      return {
        id,
        form: { member: "country", event: "event", disputed_area: "area" }[row.kind] ?? "row",
        row,
        rows: [row],
      };
    }
    if (Object.hasOwn(world.projects, id))
      return { id, form: "project", rows: rowsOfProject(world, id), project: world.projects[id] };
    const member = world.rows.find((row) => row.kind === "member" && row.countries[0] === id);
    if (member) return { id: member.id, form: "country", row: member, rows: [member] };
    return null;
  }

  open(target, focus = true) {
    this.target = target;
    const { node, say } = this;
    node.replaceChildren();
    node.hidden = false;
    this.cite = new Citations(this.world.sources);
    const layer = target.row?.layer ?? target.project?.layer;
    node.style.setProperty(
      "--tone",
      target.form === "area"
        ? css("dispute")
        : target.form === "country" || target.form === "event"
          ? css("accent")
          : lineColour(this.world.styles, layer),
    );
    node.setAttribute("aria-labelledby", "cardtitle");
    const close = el(
      "button",
      { class: "close", type: "button", "aria-label": say.word("close"), on: { click: () => this.app.close() } },
      icon(ICON_CLOSE),
    );
    node.append(close);
    const body = {
      row: this.rowBody,
      project: this.projectBody,
      country: this.countryBody,
      event: this.eventBody,
      area: this.areaBody,
      data: this.dataBody,
    }[target.form];
    for (const part of body.call(this, target)) if (part) node.append(part);
    const sources = this.sourceList(target);
    if (sources) node.append(sources);
    node.append(this.actions(target));
    node.scrollTop = 0;
    if (focus) close.focus({ preventScroll: true });
  }

  close() {
    this.target = null;
    this.node.hidden = true;
    this.node.replaceChildren();
  }

  // ------------------------------------------------------------ parts
  vocabulary(group, id) {
    return this.say.pick(this.world.vocabulary[group]?.[id]?.label) || id || "";
  }

  kicker(row, text) {
    return el(
      "p",
      { class: "kind" },
      row
        ? lineSwatch({
            layer: row.layer,
            kind: row.kind,
            status: statusOf(row, this.app.selection.year),
            width: 3,
            length: 26,
            styles: this.world.styles,
          })
        : null,
      text,
    );
  }

  heading(text) {
    return el("h2", { id: "cardtitle", text });
  }

  section(key, ...children) {
    return el("section", {}, el("h3", { text: this.say.word(key) }), ...children);
  }

  figures(list) {
    const known = list.filter(Boolean).slice(0, 3);
    if (!known.length) return null;
    return el(
      "div",
      { class: "figures" },
      ...known.map(([value, caption]) =>
        el(
          "div",
          {},
          el("b", { class: [...value].length > 12 ? "long" : null, text: value }),
          el("span", { text: caption }),
        ),
      ),
    );
  }

  capacity(facts) {
    if (!facts.capacity) return null;
    const unit = this.say.words[`unit_${facts.capacity_unit}`] ?? facts.capacity_unit ?? "";
    return [`${this.say.number(facts.capacity, 2)} ${unit}`, this.say.word("capacity")];
  }

  cost(facts) {
    return facts.cost_usd_bn
      ? [this.say.word("cost_value", { n: this.say.number(facts.cost_usd_bn, 2) }), this.say.word("cost")]
      : null;
  }

  published(lengths, row = null) {
    const whole = wholeLengths(lengths, row, this.world);
    if (!whole.length) return null;
    const values = whole.map((entry) => entry.km);
    const low = Math.min(...values);
    const high = Math.max(...values);
    const text = low === high ? this.say.number(low, 1) : `${this.say.number(low)}–${this.say.number(high)}`;
    return [this.say.word("km", { n: text }), this.say.word("length_published")];
  }

  /** Dated statuses, events and promises of a row or project, in order. */
  history(facts, layer, kind) {
    const { say, world } = this;
    const entries = [];
    (facts.phases || []).forEach((phase) =>
      entries.push({ date: phase.from ?? null, status: phase.status, text: phase.text, source: phase.source, kind }),
    );
    (facts.history || []).forEach((moment) =>
      entries.push({ date: moment.date, text: moment.text, source: moment.source }),
    );
    if (facts.promised)
      entries.push({
        date: facts.promised.date,
        status: "planned",
        text: facts.promised.text ?? say.word("promised"),
        source: facts.promised.source,
        future: true,
      });
    if (!entries.length) return null;
    entries.sort((a, b) => ((a.date ?? "") < (b.date ?? "") ? -1 : (a.date ?? "") > (b.date ?? "") ? 1 : 0));
    const items = entries.map((entry) => {
      const status = entry.status ? sentenceCase(this.vocabulary("status", entry.status)) : "";
      return el(
        "li",
        { class: entry.future ? "future" : null },
        el("time", {
          title: entry.date ? say.date(entry.date, false) : null,
          text: entry.date ? say.date(entry.date.slice(0, 7)) : say.word("start_unknown"),
        }),
        entry.status
          ? lineSwatch({ layer, kind: "", status: entry.status, width: 2.6, length: 20, styles: world.styles })
          : el("span"),
        el(
          "span",
          {},
          entry.text ? (entry.status && !entry.future ? `${status}: ${entry.text}` : entry.text) : status,
          this.cite.mark(entry.source),
        ),
      );
    });
    return this.section("history", el("ol", { class: "history" }, ...items));
  }

  /** One bar of km by country, in order of travel, the sea part palest. */
  byCountry(rows) {
    const { say, world } = this;
    const km = new Map();
    const lines = rows.filter((row) => row.form === "line");
    let total = 0;
    for (const code of travelOrder(lines.map((row) => row.countries))) km.set(code, 0);
    for (const row of lines) {
      total += row.km;
      for (const code of row.countries) km.set(code, km.get(code) + (row.kmByCountry[code] || 0));
    }
    for (const [code, value] of km) if (!value) km.delete(code);
    if (!total) return null;
    const land = [...km.values()].reduce((sum, value) => sum + value, 0);
    const sea = total - land;
    const bar = el("div", { class: "kmbar", "aria-hidden": "true" });
    const list = el("ul", { class: "kmlist" });
    const part = (value, opacity, label) => {
      const piece = el("i");
      piece.style.flexGrow = String(value);
      piece.style.opacity = String(opacity);
      bar.append(piece);
      list.append(el("li", {}, `${label} `, el("span", { text: say.number(Math.round(value)) })));
    };
    [...km].forEach(([code, value], i) => part(value, i % 2 ? 0.55 : 1, say.pick(world.countries[code]?.name) || code));
    if (sea > Math.max(5, total * 0.01)) part(sea, 0.18, say.word(km.size ? "at_sea" : "at_sea_only"));
    return el("section", {}, el("h3", { text: say.word("km_by_country", { km: say.km(total) }) }), bar, list);
  }

  publishedList(lengths) {
    if (!lengths?.length) return null;
    const { say, world } = this;
    const scope = (text) =>
      text === "all"
        ? say.word("scope_all")
        : text === "segment"
          ? say.word("scope_segment")
          : world.countries[text]
            ? say.pick(world.countries[text].name)
            : world.byId.has(text)
              ? say.pick(world.byId.get(text).title)
              : text;
    const groups = new Map();
    for (const entry of lengths) {
      const name = scope(entry.scope);
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(entry);
    }
    return this.section(
      "lengths_published",
      el(
        "ul",
        { class: "plain" },
        ...[...groups].map(([name, entries]) => {
          const values = el("span", {});
          entries.forEach((entry, i) =>
            values.append(
              i ? " · " : "",
              el("b", { text: say.number(entry.km, 2) }),
              this.cite.mark(entry.source) ?? "",
            ),
          );
          return el(
            "li",
            {},
            el("span", {}, values, ` ${say.word("km", { n: "" }).trim()}`),
            el("span", { class: "quiet", text: name }),
          );
        }),
      ),
    );
  }

  /** How far the line may be off, as a ribbon and a sentence. */
  accuracy(rows) {
    const { say, world } = this;
    const known = rows.filter((row) => row.facts.accuracy_km);
    if (!known.length) return null;
    const bases = new Map();
    for (const row of known)
      bases.set(row.facts.accuracy_basis, (bases.get(row.facts.accuracy_basis) || 0) + (row.km || 1));
    const order = [...bases].sort((a, b) => b[1] - a[1]).map(([basis]) => basis);
    const km = (value) =>
      say.word("km", { n: say.number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value), 1) });
    const best = Math.min(...known.map((row) => row.facts.accuracy_km));
    const most = Math.max(...known.map((row) => row.facts.accuracy_km));
    const worst = Math.max(...known.map((row) => row.facts.accuracy_worst_km ?? row.facts.accuracy_km));
    const point = known.every((row) => row.form === "point");
    const texts = [sentenceCase(say.word(`accuracy_${point ? "point" : order[0]}`))];
    const range = most - best < 1 ? km(most) : `${say.number(Math.round(best))}–${km(most)}`;
    texts.push(
      point ? say.word("accuracy_within_point", { km: km(most) }) : say.word("accuracy_within", { km: range }),
    );
    if (!point && worst > most * 1.15) texts.push(say.word("accuracy_worst", { km: km(worst) }));
    if (!point && order[0] !== "schematic" && order.includes("schematic")) texts.push(say.word("accuracy_schematic"));
    const path = "M1 15C8 15 9 7 16 7s8 6 13 6";
    const ribbon = point
      ? svg(
          "svg",
          { width: 30, height: 22, "aria-hidden": "true" },
          svg("circle", { cx: 15, cy: 11, r: 10, fill: "var(--tone)", "fill-opacity": 0.2 }),
          svg("circle", { cx: 15, cy: 11, r: 2.6, fill: "var(--tone)" }),
        )
      : svg(
          "svg",
          { width: 30, height: 22, "aria-hidden": "true" },
          svg("path", { d: path, stroke: "var(--tone)", "stroke-opacity": 0.2, "stroke-width": 12, fill: "none" }),
          svg("path", { d: path, stroke: "var(--tone)", "stroke-width": 2, fill: "none" }),
        );
    return this.section("accuracy", el("div", { class: "accuracy" }, ribbon, el("p", { text: texts.join(" ") })));
  }

  facts(list) {
    const known = list.filter((entry) => entry?.[1]);
    if (!known.length) return null;
    return el(
      "dl",
      { class: "facts" },
      ...known.flatMap(([term, value, mark]) => [el("dt", { text: term }), el("dd", {}, value, mark ?? null)]),
    );
  }

  note(text) {
    return text ? this.section("note", el("p", { class: "note", text })) : null;
  }

  neighbours(row) {
    const { world, say } = this;
    const home = row.projects[0];
    if (!home || !world.projects[home] || say.pick(world.projects[home].title) === say.pick(row.title)) return null;
    const rows = world.rows.filter((other) => other.projects.includes(home));
    const at = rows.indexOf(row);
    const step = (by, key, glyph) => {
      const other = rows[(at + by + rows.length) % rows.length];
      return el(
        "button",
        {
          type: "button",
          class: "step",
          "aria-label": say.word(key),
          title: say.pick(other.title),
          on: { click: () => this.app.open(other.id) },
        },
        icon(glyph),
      );
    };
    return el(
      "div",
      { class: "crumbs" },
      el("button", {
        type: "button",
        class: "link",
        text: say.pick(world.projects[home].title),
        on: { click: () => this.app.open(home) },
      }),
      rows.length > 1
        ? el(
            "span",
            { class: "steps" },
            step(-1, "previous", ICON_BACK),
            el("span", { text: say.word("of", { i: say.number(at + 1), n: say.number(rows.length) }) }),
            step(1, "next", ICON_NEXT),
          )
        : null,
    );
  }

  // ------------------------------------------------------------ bodies
  rowBody({ row }) {
    const { say, world } = this;
    const { facts } = row;
    const status = statusOf(row, this.app.selection.year);
    const kind = sentenceCase(this.vocabulary("kind", row.kind));
    const gauge = facts.gauge_mm ? [say.word("mm", { n: say.number(facts.gauge_mm) }), say.word("gauge")] : null;
    const diameter = facts.diameter_mm
      ? [say.word("mm", { n: say.number(facts.diameter_mm) }), say.word("diameter")]
      : null;
    const height = facts.height_m ? [say.word("m", { n: say.number(facts.height_m) }), say.word("height")] : null;
    const length = row.km ? [say.km(row.km), say.word("length_drawn")] : null;
    const home = world.projects[row.projects[0]];
    const users = row.projects.slice(1).filter((id) => world.projects[id]);
    return [
      this.kicker(row, status ? `${kind} · ${this.vocabulary("status", status)}` : kind),
      this.heading(say.pick(row.title)),
      this.neighbours(row),
      home?.summary
        ? el("p", { class: "summary" }, home.summary, this.cite.mark(row.sources[0] ?? home.sources?.[0]))
        : null,
      this.figures([
        this.capacity(facts),
        length,
        this.published(facts.published_lengths, row) ?? gauge ?? diameter ?? height,
        gauge,
        diameter,
        height,
      ]),
      this.history({ ...facts, history: facts.history?.length ? facts.history : home?.history }, row.layer, row.kind),
      this.byCountry([row]),
      this.partyList(facts.parties),
      row.form !== "line" && row.countries.length
        ? this.facts([
            [
              say.word("countries_one"),
              say.list(row.countries.map((code) => say.pick(world.countries[code]?.name) || code)),
            ],
          ])
        : null,
      facts.published_lengths?.length > 1 ? this.publishedList(facts.published_lengths) : null,
      this.accuracy([row]),
      this.facts([
        [say.word("direction"), this.direction(row)],
        [say.word("owner"), facts.owner],
        [say.word("river"), facts.river],
        [say.word("gauge"), gauge && !this.capacity(facts) ? null : gauge?.[0]],
        [say.word("also_used"), users.length ? say.list(users.map((id) => say.pick(world.projects[id].title))) : null],
        [say.word("confidence"), facts.confidence ? this.vocabulary("confidence", facts.confidence) : null],
        [say.word("as_of_fact"), facts.as_of ? say.date(facts.as_of) : null],
      ]),
      this.note(facts.note),
    ];
  }

  projectBody({ id, project, rows }) {
    const { say, world } = this;
    const drawn = rows.filter((row) => row.form === "line");
    const lead = drawn.slice().sort((a, b) => b.km - a.km)[0] ?? rows[0];
    const status = project.phases?.length
      ? statusIn(project.phases, this.app.selection.year)
      : lead && statusOf(lead, this.app.selection.year);
    const parent = project.parent && world.projects[project.parent];
    const total = drawn.reduce((sum, row) => sum + row.km, 0);
    const kinds = [...new Set((drawn.length ? drawn.slice().sort((a, b) => b.km - a.km) : rows).map((row) => row.kind))]
      .slice(0, 3)
      .map((kind) => this.vocabulary("kind", kind));
    const form = project.form && project.form !== "line" ? sentenceCase(this.vocabulary("form", project.form)) : null;
    const words = form
      ? kinds.length
        ? `${form}: ${say.list(kinds)}`
        : form
      : sentenceCase(kinds[0] ?? this.vocabulary("kind", project.kind));
    const gauges = [...new Set(drawn.map((row) => row.facts.gauge_mm).filter(Boolean))];
    const below = Object.keys(world.projects).filter((other) => world.projects[other].parent === id);
    return [
      this.kicker(
        lead ?? { layer: project.layer, kind: project.kind, phases: project.phases, status },
        status ? `${words} · ${this.vocabulary("status", status)}` : words,
      ),
      this.heading(say.pick(project.title)),
      parent
        ? el(
            "div",
            { class: "crumbs" },
            el("button", {
              type: "button",
              class: "link",
              text: say.pick(parent.title),
              on: { click: () => this.app.open(project.parent) },
            }),
          )
        : null,
      project.summary ? el("p", { class: "summary" }, project.summary, this.cite.mark(project.sources?.[0])) : null,
      this.figures([
        this.capacity(project),
        gauges.length
          ? [
              gauges
                .sort()
                .map((gauge) => say.year(gauge))
                .join(" / "),
              say.word("gauge_mm"),
            ]
          : null,
        this.cost(project),
        total ? [say.km(total), say.word("length_drawn")] : null,
        this.published(project.published_lengths),
      ]),
      this.history(project, project.layer, ""),
      this.partyList(rows.flatMap((row) => (row.kind === "agreement" ? row.facts.parties || [] : []))),
      this.byPart(id, rows),
      this.byCountry(rows),
      this.publishedList(project.published_lengths),
      this.accuracy(drawn.length ? drawn : rows),
      below.length
        ? this.section(
            "parts",
            el(
              "ul",
              { class: "plain" },
              ...below.map((other) =>
                el(
                  "li",
                  {},
                  el("button", {
                    type: "button",
                    class: "link",
                    text: say.pick(world.projects[other].title),
                    on: { click: () => this.app.open(other) },
                  }),
                ),
              ),
            ),
          )
        : null,
      rows.filter((row) => row.projects.includes(id)).length > 1
        ? this.rowList(rows.filter((row) => row.projects.includes(id)))
        : null,
      this.facts([
        [say.word("owner"), project.owner],
        [say.word("confidence"), project.confidence ? this.vocabulary("confidence", project.confidence) : null],
        [say.word("as_of_fact"), project.as_of ? say.date(project.as_of) : null],
      ]),
      this.note(project.note),
    ];
  }

  /** What a programme is made of, kind by kind; a click shows that part alone. */
  byPart(id, rows) {
    const kinds = new Map();
    for (const row of rows) kinds.set(row.kind, (kinds.get(row.kind) || 0) + 1);
    if (kinds.size < 3) return null;
    const { say, world, app } = this;
    const { styles } = world;
    const order = Object.keys(world.vocabulary.kind);
    const list = [...kinds].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]));
    const layer = rows[0].layer;
    const isLine = (kind) => rows.some((row) => row.kind === kind && row.form === "line");
    return this.section(
      "by_part",
      el(
        "div",
        { class: "parts" },
        ...list.map(([kind, count]) => {
          const on = app.selection.project.join() === id && app.selection.kind.join() === kind;
          return el(
            "button",
            {
              type: "button",
              class: "theme",
              "data-kind": kind,
              "aria-pressed": String(on),
              on: {
                click: () => app.setSelection({ ...app.selection, project: on ? [] : [id], kind: on ? [] : [kind] }),
              },
            },
            isLine(kind) ? lineSwatch({ layer, kind, width: 2.4, length: 18, styles }) : symbolSwatch(kind, styles),
            ` ${sentenceCase(this.vocabulary("kind", kind))} `,
            el("span", { class: "quiet", text: say.number(count) }),
          );
        }),
      ),
    );
  }

  /** What each layer holds and leaves out. */
  dataBody() {
    const { say, world } = this;
    const counts = new Map();
    for (const row of world.rows) counts.set(row.layer, (counts.get(row.layer) || 0) + 1);
    return [
      this.heading(say.word("about_data")),
      el("p", {
        class: "summary",
        text: `${say.word("about_data_text")} ${say.word("data_version", { date: say.date(world.page.as_of), checksum: world.page.checksum.slice(0, 12) })}`,
      }),
      this.section(
        "credits",
        el("ul", { class: "plain credits" }, ...this.app.controls.creditList().map((text) => el("li", { text }))),
      ),
      ...Object.entries(world.layers).map(([id, layer]) =>
        el(
          "section",
          { class: "layerfacts" },
          el(
            "h3",
            {},
            say.pick(layer.title),
            el("span", { class: "quiet", text: `${say.number(counts.get(id) ?? 0)} · ${say.date(layer.as_of)}` }),
          ),
          el("p", { text: layer.inclusion }),
          el("p", { class: "quiet", text: say.word("layer_gaps", { text: layer.gaps }) }),
          el("p", { class: "quiet", text: world.licences[layer.licence]?.title ?? layer.licence }),
        ),
      ),
    ];
  }

  /** Which way a pipeline runs in the year of the map, and since when it does. */
  direction(row) {
    const { say, world } = this;
    const { places } = row;
    const year = this.app.selection.year;
    if (!world.styles.flow.kinds.includes(row.kind) || places.length < 2 || statusOf(row, year) !== "operating")
      return null;
    const flow = latest(row.facts.flows, year);
    const names = [places[0], places.at(-1)].map((id) => say.pick(world.places[id]?.name) || id);
    if (flow?.direction === "backward") names.reverse();
    const way = say.word(flow?.direction === "both" ? "direction_both" : "direction_way", {
      from: names[0],
      to: names[1],
    });
    const since = flow?.from ? say.word("direction_since", { date: say.date(flow.from) }) : null;
    return [way, since, flow?.text].filter(Boolean).join("; ");
  }

  /** The lines and sites of a project, folded. */
  rowList(rows) {
    const { say, world } = this;
    const items = rows.map((row) =>
      el(
        "li",
        {},
        row.form === "line"
          ? lineSwatch({
              layer: row.layer,
              kind: row.kind,
              status: statusOf(row, this.app.selection.year),
              width: 2.4,
              length: 20,
              styles: world.styles,
            })
          : null,
        el("button", {
          type: "button",
          class: "link",
          text: say.pick(row.title),
          on: { click: () => this.app.open(row.id) },
        }),
        row.km ? el("span", { class: "count", text: say.km(row.km) }) : null,
      ),
    );
    return el(
      "details",
      { class: "rows" },
      el("summary", {}, say.counted("rows_of_project", rows.length)),
      el("ul", { class: "plain" }, ...items),
    );
  }

  countryBody({ row }) {
    const { say, world } = this;
    const code = row.countries[0];
    const { facts } = row;
    const role = roleOf(row, this.app.selection.year);
    const lines = world.rows.filter(
      (other) => other.form === "line" && isCounted(other) && other.countries.includes(code),
    );
    const km = lines.reduce((sum, other) => sum + (other.kmByCountry[code] ?? 0), 0);
    const roles = (facts.roles || []).map((entry) =>
      el(
        "li",
        {},
        el("time", { title: say.date(entry.from, false), text: say.date(entry.from.slice(0, 7)) }),
        el("span"),
        el(
          "span",
          {},
          sentenceCase(this.vocabulary("role", entry.role)),
          entry.text ? `: ${entry.text}` : "",
          this.cite.mark(entry.source),
        ),
      ),
    );
    const bound = world.rows.flatMap((other) =>
      (other.facts.parties || [])
        .filter((party) => party.country === code)
        .map((party) => ({ ...party, agreement: other.id })),
    );
    const known = new Set((facts.agreements || []).map((entry) => entry.agreement));
    const agreements = [...(facts.agreements || []), ...bound.filter((party) => !known.has(party.agreement))].map(
      (entry) =>
        el(
          "li",
          {},
          el("time", {
            title: entry.date ? say.date(entry.date, false) : null,
            text: entry.date ? say.date(entry.date.slice(0, 7)) : "–",
          }),
          el("span"),
          el(
            "span",
            {},
            `${say.pick(world.projects[entry.agreement]?.title) || entry.agreement}: ${this.vocabulary("agreement_status", entry.status)}`,
            this.cite.mark(entry.source),
          ),
        ),
    );
    return [
      el(
        "p",
        { class: "kind" },
        el("span", { class: `flag ${role === "member" ? "member" : role ? "partner" : "other"}` }),
        role ? sentenceCase(this.vocabulary("role", role)) : say.word("others"),
      ),
      this.heading(say.pick(world.countries[code]?.name ?? row.title)),
      this.figures([
        [say.number(lines.length), say.word("lines")],
        km ? [say.km(km), say.word("length_drawn")] : null,
        facts.roles?.length ? [say.year(yearOf(facts.roles[0].from)), say.word("since")] : null,
      ]),
      roles.length ? this.section("roles", el("ol", { class: "history" }, ...roles)) : null,
      agreements.length ? this.section("agreements", el("ol", { class: "history" }, ...agreements)) : null,
      el(
        "p",
        {},
        el("button", {
          type: "button",
          class: "link",
          text: say.word("only_country"),
          on: { click: () => this.app.choose("country", [code]) },
        }),
      ),
      this.note(facts.note),
    ];
  }

  eventBody({ row }) {
    const { say } = this;
    const { facts } = row;
    const span =
      facts.date_end && facts.date_end !== facts.date
        ? `${say.date(facts.date)} – ${say.date(facts.date_end)}`
        : say.date(facts.date);
    return [
      el(
        "p",
        { class: "kind" },
        svg("svg", { width: 10, height: 10, viewBox: "-5 -5 10 10" }, symbolShape("event", css("accent"))),
        facts.confidence === "low" ? `${span} · ${say.word("not_verified")}` : span,
      ),
      this.heading(say.pick(row.title)),
      facts.outcome ? el("p", { class: "summary" }, facts.outcome, this.cite.mark(row.sources[0])) : null,
      this.facts([
        [say.word("city"), facts.city],
        [say.word("confidence"), facts.confidence ? this.vocabulary("confidence", facts.confidence) : null],
        [say.word("as_of_fact"), facts.as_of ? say.date(facts.as_of) : null],
      ]),
      this.note(facts.note),
    ];
  }

  areaBody({ row }) {
    const { say, world } = this;
    const { facts } = row;
    const names = (codes) =>
      codes?.length ? say.list(codes.map((code) => say.pick(world.countries[code]?.name) || code)) : null;
    return [
      el("p", { class: "kind" }, disputeSwatch("area"), sentenceCase(this.vocabulary("kind", row.kind))),
      this.heading(say.pick(row.title)),
      this.facts([
        [say.word("administered_by"), names(facts.administered_by) ?? say.word("nobody_recognised")],
        [say.word("claimed_by"), names(facts.claimed_by)],
      ]),
      this.note(facts.note),
      el("p", { class: "note", text: say.word("borders_notice") }),
    ];
  }

  /** Who takes part in an agreement, and how. */
  partyList(parties) {
    if (!parties?.length) return null;
    const { say, world } = this;
    return this.section(
      "parties",
      el(
        "ol",
        { class: "history" },
        ...parties
          .slice()
          .sort((a, b) => ((a.date ?? "9") < (b.date ?? "9") ? -1 : 1))
          .map((party) =>
            el(
              "li",
              {},
              el("time", { text: party.date ? say.date(party.date.slice(0, 7)) : "–" }),
              el("span"),
              el(
                "span",
                {},
                `${say.pick(world.countries[party.country]?.name) || party.country}: ${this.vocabulary("agreement_status", party.status)}${party.note ? ` (${party.note})` : ""}`,
                this.cite.mark(party.source),
              ),
            ),
          ),
      ),
    );
  }

  // ------------------------------------------------------------ sources and actions
  sourceList(target) {
    const { world, say } = this;
    this.cite.mark(target.row?.sources ?? [], target.project?.sources ?? []);
    const ids = [...this.cite.numbers.keys()];
    if (!ids.length) return null;
    const items = ids.map((id, i) => {
      const source = world.sources[id];
      const text = source.title ?? source.publisher;
      const cited = source.url
        ? el("a", {
            href: safeAddress(source.url),
            target: "_blank",
            rel: "noopener noreferrer",
            title: shortAddress(source.url),
            text,
          })
        : text;
      const dates = [
        source.published ? say.date(source.published) : null,
        source.accessed ? say.word("read_on", { date: say.date(source.accessed) }) : null,
        source.quality && !["primary", "press"].includes(source.quality)
          ? this.vocabulary("quality", source.quality)
          : null,
      ].filter(Boolean);
      return el(
        "li",
        { id: `source-${i + 1}` },
        source.title && source.title !== source.publisher ? `${source.publisher}, ` : "",
        cited,
        dates.length ? `, ${dates.join(", ")}` : "",
      );
    });
    return this.section("sources", el("ol", { class: "sources" }, ...items));
  }

  /** What is to be cited: the entry, the version of the data, and every source whose number the card shows. */
  cited(target) {
    const { app, say, world } = this;
    const ids = [...this.cite.numbers.keys()];
    const title = say.pick(target.row?.title ?? target.project?.title) || target.id;
    const at = /^https?:$/.test(location.protocol) ? location.href.split("#")[0] : null;
    return {
      id: target.id,
      title,
      work: say.word("title"),
      asOf: world.page.as_of,
      checksum: world.page.checksum,
      address: at && `${at}#${app.addressNow()}`,
      sources: ids.map((id) => ({ id, ...world.sources[id] })),
    };
  }

  /** Unfold a text to copy: a citation in one of three forms, or a report of an error. */
  showTexts(form, target) {
    const { app, say } = this;
    const cited = this.cited(target);
    this.node.querySelector(".texts")?.remove();
    const text = form === "report" ? errorReport(cited, app.addressNow(), say) : CITATIONS[form](cited, say);
    const forms =
      form === "report"
        ? []
        : Object.entries(CITED_AS).map(([id, name]) =>
            el("button", {
              type: "button",
              class: "theme",
              "data-form": id,
              "aria-pressed": String(id === form),
              text: say.words[name] ?? name,
              on: { click: () => this.showTexts(id, target) },
            }),
          );
    const copy = el("button", {
      type: "button",
      class: "button",
      "data-copy": form,
      text: say.word("copy"),
      on: { click: () => app.copy(text, "copied") },
    });
    const box = el(
      "section",
      { class: "texts", "aria-label": say.word(form === "report" ? "report" : "cite") },
      el("div", { class: "themes" }, ...forms, copy),
      el("pre", { tabindex: 0, text }),
    );
    this.node.append(box);
    (form === "text" || form === "report"
      ? copy
      : /** @type {HTMLElement} */ (box.querySelector(`[data-form="${form}"]`))
    ).focus({ preventScroll: true });
    box.scrollIntoView({ block: "nearest" });
  }

  actions(target) {
    const { say, app } = this;
    const button = (key, action) =>
      el("button", { type: "button", class: "link", text: say.word(key), on: { click: action } });
    const drawn = target.rows.some((row) => row.box) || target.form === "country" || target.form === "area";
    return el(
      "div",
      { class: "actions" },
      drawn ? button("zoom_to", () => app.zoomTo(target)) : null,
      app.embedded ? null : button("copy_link", () => app.copyLink()),
      button("cite", () => this.showTexts("text", target)),
      button("report", () => this.showTexts("report", target)),
      target.rows.some((row) => row.box)
        ? button("download_geojson", () =>
            downloadFile(
              `${target.id}.geojson`,
              "application/geo+json",
              toGeoJson(target.rows, app.attribution(), app.selection.year),
            ),
          )
        : null,
    );
  }
}

const CITED_AS = { text: "cite_text", bibtex: "BibTeX", csl: "CSL-JSON" };

/** The published lengths of the whole of something: of a project, or of a row, which its project's length is not. */
export function wholeLengths(lengths, row, world) {
  const alone =
    !row || world.rows.filter((other) => other.form === "line" && other.projects[0] === row.projects[0]).length === 1;
  return (lengths || []).filter(
    ({ scope }) => scope === "segment" || (row && scope === row.id) || (alone && scope === "all"),
  );
}

/** Countries of several rows in one order of travel: each row's own order is kept where they do not contradict. */
export function travelOrder(sequences) {
  const before = new Map();
  for (const sequence of sequences)
    sequence.forEach((code, i) => {
      if (!before.has(code)) before.set(code, new Set());
      if (i) before.get(code).add(sequence[i - 1]);
    });
  const order = [];
  while (order.length < before.size) {
    const rest = [...before.keys()].filter((code) => !order.includes(code));
    const open = (code) => [...before.get(code)].filter((other) => rest.includes(other)).length;
    order.push(rest.reduce((best, code) => (open(code) < open(best) ? code : best)));
  }
  return order;
}

/** Web addresses only: anything else becomes a dead link. */
export const safeAddress = (url) => (/^https?:\/\//i.test(url) ? url : null);
const shortAddress = (url) => {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
};
