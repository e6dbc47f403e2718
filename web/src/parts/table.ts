// @ts-nocheck
// The table of what is on the map: sortable, a row opens its card. Built when it is open, not before.

import { wholeLengths } from "../card/card.ts";
import { el, element, icon } from "../dom.ts";
import { statusOf } from "../facts/selection.ts";
import { toCsv, toGeoJson } from "../files/files.ts";
import { sentenceCase } from "../words/text.ts";

export class Table {
  constructor(app) {
    this.app = app;
    this.node = element("table");
    this.open = false;
    this.sorted = { key: "name", down: false };
  }

  get say() {
    return this.app.wording;
  }

  columns() {
    const { say, app } = this;
    const { world } = app;
    const year = app.selection.year;
    const name = (row) => say.pick(row.title);
    const project = (row) =>
      say.pick(world.projects[row.projects[0]]?.title) || say.pick(world.layers[row.layer]?.title);
    const published = (row) => wholeLengths(row.facts.published_lengths, row, world)[0]?.km ?? null;
    const label = (group, id) => (id ? sentenceCase(app.panel.label(group, id)) : "");
    return [
      { key: "name", of: name },
      { key: "project", of: project },
      { key: "kind", of: (row) => label("kind", row.kind) },
      { key: "status", of: (row) => label("status", statusOf(row, year)) },
      { key: "km_drawn", number: (row) => row.km || null, decimals: 0 },
      { key: "km_published", number: published, decimals: 0 },
      {
        key: "countries",
        of: (row) => row.countries.map((code) => say.pick(world.countries[code]?.name) || code).join(", "),
      },
      { key: "within", number: (row) => row.facts.accuracy_km ?? null, decimals: 0, unit: true },
      {
        key: "as_of_fact",
        of: (row) => row.facts.as_of ?? "",
        show: (row) => (row.facts.as_of ? say.date(row.facts.as_of) : ""),
      },
    ];
  }

  toggle(open = !this.open) {
    this.open = open;
    this.node.hidden = !open;
    document.body.classList.toggle("with-table", open);
    if (open) this.build();
    else this.node.replaceChildren();
  }

  /** Build the table of now; the focus stays on its row or heading. */
  build() {
    if (!this.open) return;
    const held = document.activeElement?.closest("#table tbody tr, #table th");
    this.fill();
    if (!held) return;
    const where =
      held.tagName === "TR"
        ? `tr[data-id="${CSS.escape(/** @type {HTMLElement} */ (held).dataset.id)}"]`
        : `th[data-key="${/** @type {HTMLElement} */ (held).dataset.key}"]`;
    /** @type {HTMLElement|null} */ (
      this.node.querySelector(`${where} button`) ?? this.node.querySelector(".close")
    )?.focus({ preventScroll: true });
  }

  fill() {
    const { say, app } = this;
    const columns = this.columns();
    const rows = [...app.result.rows];
    const column = columns.find((entry) => entry.key === this.sorted.key) ?? columns[0];
    const sign = this.sorted.down ? -1 : 1;
    if (column.number)
      rows.sort((a, b) => {
        const x = column.number(a);
        const y = column.number(b);
        return x === null ? 1 : y === null ? -1 : sign * (x - y);
      });
    else {
      const texts = new Map(rows.map((row) => [row, column.of(row)]));
      rows.sort((a, b) => sign * say.compare(texts.get(a), texts.get(b)));
    }
    const head = el(
      "tr",
      {},
      ...columns.map((entry) =>
        el(
          "th",
          {
            scope: "col",
            "data-key": entry.key,
            class: entry.number ? "right" : null,
            "aria-sort": entry.key === column.key ? (this.sorted.down ? "descending" : "ascending") : "none",
          },
          el("button", {
            type: "button",
            text: say.word(`column_${entry.key}`),
            on: { click: () => this.sort(entry.key) },
          }),
        ),
      ),
    );
    const body = el("tbody");
    for (const row of rows) {
      const cells = columns.map((entry, i) => {
        if (entry.number) {
          const value = entry.number(row);
          return el("td", {
            class: "right",
            text:
              value === null
                ? ""
                : entry.unit
                  ? say.word("km", { n: say.number(value, entry.decimals) })
                  : say.number(value, entry.decimals),
          });
        }
        if (!i)
          return el(
            "td",
            {},
            el("button", {
              type: "button",
              class: "link",
              text: entry.of(row),
              on: {
                click: (event) => {
                  event.stopPropagation();
                  app.open(row.id, { reveal: true });
                },
              },
            }),
          );
        return el("td", { text: (entry.show ?? entry.of)(row) });
      });
      const line = el(
        "tr",
        {
          "data-id": row.id,
          class: app.isFocused(row) ? "chosen" : null,
          on: {
            click: () => app.open(row.id, { reveal: true, focus: false }),
            mouseenter: () => app.plate.hover(row),
            mouseleave: () => app.plate.hover(null),
          },
        },
        ...cells,
      );
      body.append(line);
    }
    const bar = el(
      "div",
      { class: "tablebar" },
      el("b", { text: say.counted("rows_shown", rows.length) }),
      el("button", {
        type: "button",
        class: "link",
        text: say.word("download_csv"),
        on: {
          click: () => downloadFile(`${app.fileName()}.csv`, "text/csv;charset=utf-8", toCsv(rows, app.selection.year)),
        },
      }),
      el("button", {
        type: "button",
        class: "link",
        text: say.word("download_geojson"),
        on: {
          click: () =>
            downloadFile(
              `${app.fileName()}.geojson`,
              "application/geo+json",
              toGeoJson(rows, app.attribution(), app.selection.year),
            ),
        },
      }),
      el(
        "button",
        {
          type: "button",
          class: "close",
          "aria-label": say.word("close_table"),
          on: { click: () => app.toggleTable(false) },
        },
        icon("M3.500 3.500 12.500 12.500M12.500 3.500 3.500 12.500"),
      ),
    );
    this.node.setAttribute("aria-label", say.word("table"));
    this.node.replaceChildren(
      bar,
      el("div", { class: "tablescroll", tabindex: 0 }, el("table", {}, el("thead", {}, head), body)),
    );
  }

  sort(key) {
    this.sorted = { key, down: this.sorted.key === key ? !this.sorted.down : false };
    this.build();
  }

  mark() {
    if (!this.open) return;
    for (const line of this.node.querySelectorAll("tbody tr")) {
      const row = this.app.world.byId.get(line.dataset.id);
      line.classList.toggle("chosen", this.app.isFocused(row));
    }
  }
}

/** Hand a text to the reader as a file. */
export function downloadFile(name, type, text) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = el("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
