// The table of what is on the map: sortable, a row opens its card. Built when it is open, not before.

import { el, element, icon } from "../dom.ts";
import { statusOf } from "../facts/filter.ts";
import { wholeLengths } from "../facts/lengths.ts";
import { preferredOf } from "../facts/preferred.ts";
import type { Row } from "../facts/row.ts";
import { COMMA, dialectOf, POINT } from "../files/csv.ts";
import type { Page } from "../page/context.ts";
import { countryName, termFirst } from "../words/describe.ts";
import { readersLocale } from "../words/reader.ts";
import type { Wording } from "../words/wording.ts";

const CLOSE = "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5";

/** A column of texts: how it sorts, and how it shows when that is another text. */
interface TextColumn {
  key: string;
  of: (row: Row) => string;
  show?: (row: Row) => string;
}

/** A column of numbers; null where nothing is known. */
interface NumberColumn {
  key: string;
  number: (row: Row) => number | null;
  /** The unit, where the heading does not say it. */
  unit?: string;
}

type Column = TextColumn | NumberColumn;

const isNumbers = (column: Column): column is NumberColumn => "number" in column;

/** Columns of figures that few rows have: shown when one of them is in the table. */
const FIGURES = ["capacity", "diameter_mm"] as const;

function columnsOf({ world, say, state, result }: Page): [TextColumn, ...Column[]] {
  const { year } = state.selection;
  const project = (row: Row) => world.projects[row.projects[0]]?.title ?? world.layers[row.layer]?.title;
  const states = (row: Row) => row.countries.map((code) => countryName(world, say, code)).join(", ");
  const date = (row: Row) => row.facts.as_of ?? "";
  const published = (row: Row) => {
    const lengths = wholeLengths(row.facts.published_lengths, row, world.rows);
    return (preferredOf(lengths, world.sources)?.entry ?? lengths[0])?.km ?? null;
  };
  const unit = (key: string) => say.word(key, { n: "" }).trim();
  const capacity = (row: Row) => {
    const { capacity: value, capacity_unit: of = "" } = row.facts;
    return value === undefined ? null : say.inUnit(value, of);
  };
  const unitName = (row: Row) => {
    const of = row.facts.capacity === undefined ? "" : (row.facts.capacity_unit ?? "");
    return say.words[`unit_${of}`] ?? of;
  };
  const figures: Record<(typeof FIGURES)[number], Column[]> = {
    capacity: [
      { key: "capacity", number: capacity },
      { key: "unit", of: unitName },
    ],
    diameter_mm: [{ key: "diameter", number: (row) => row.facts.diameter_mm ?? null, unit: unit("mm") }],
  };
  const shown = FIGURES.filter((name) => result.rows.some((row) => row.facts[name] !== undefined));
  return [
    { key: "name", of: (row) => say.pick(row.title) },
    { key: "project", of: (row) => say.pick(project(row)) },
    { key: "kind", of: (row) => termFirst(world, say, "kind", row.kind) },
    { key: "status", of: (row) => termFirst(world, say, "status", statusOf(row, year)) },
    { key: "km", number: (row) => row.km || null },
    { key: "km_drawn", number: (row) => row.facts.drawn_km ?? null },
    { key: "km_published", number: published },
    ...shown.flatMap((name) => figures[name]),
    { key: "countries", of: states },
    { key: "within", number: (row) => row.facts.accuracy_km ?? null, unit: unit("km") },
    { key: "as_of_fact", of: date, show: (row) => (date(row) ? say.date(date(row)) : "") },
  ];
}

/** Texts of more letters are cut in the table, and shown whole on pointing. */
const LONG_TEXT = 34;

const longText = (text: string) => (text.length > LONG_TEXT ? text : null);

const textCell = (text: string) => el("td", { title: longText(text), text });

/** From here on a figure of the table is a whole number. */
const WHOLE_FROM = 100;

/** A cell of a number, which stays a number when it is copied into a spreadsheet: only its look splits thousands. */
function numberCell(value: number | null, say: Wording): HTMLElement {
  if (value === null) return el("td", { class: "right" });
  const [first, ...others] = say.thousands(value, value < WHOLE_FROM ? 1 : 0);
  return el("td", { class: "right", "data-value": value }, first, ...others.map((text) => el("i", { text })));
}

/** Rows by a column; rows of which nothing is known come last either way. */
export function sortedBy(rows: readonly Row[], column: Column, down: boolean, say: Pick<Wording, "compare">): Row[] {
  const sign = down ? -1 : 1;
  if (isNumbers(column)) {
    const values = new Map(rows.map((row) => [row, column.number(row)]));
    return [...rows].sort((a, b) => {
      const [x, y] = [values.get(a) ?? null, values.get(b) ?? null];
      if (x === null || y === null) return Number(x === null) - Number(y === null);
      return sign * (x - y);
    });
  }
  const texts = new Map(rows.map((row) => [row, column.of(row)]));
  return [...rows].sort((a, b) => sign * say.compare(texts.get(a) ?? "", texts.get(b) ?? ""));
}

export class Table {
  isOpen = false;
  private readonly page: Page;
  private readonly node = element("table");
  private sorted = { key: "name", down: false };
  private dialect = dialectOf(readersLocale());

  constructor(page: Page) {
    this.page = page;
    this.node.addEventListener("copy", (event) => this.copyNumbers(event));
  }

  toggle(open = !this.isOpen): void {
    this.isOpen = open;
    this.node.hidden = !open;
    document.body.classList.toggle("with-table", open);
    if (open) this.build();
    else this.node.replaceChildren();
  }

  /** Build the table of now; the focus stays on its row or heading. */
  build(): void {
    if (!this.isOpen) return;
    const held = document.activeElement?.closest<HTMLElement>("#table tbody tr, #table th");
    this.fill();
    if (!held) return;
    const isRow = held.tagName === "TR";
    const where = isRow ? `tr[data-id="${CSS.escape(held.dataset.id ?? "")}"]` : `th[data-key="${held.dataset.key}"]`;
    const again = this.node.querySelector<HTMLElement>(`${where} button`);
    (again ?? this.node.querySelector<HTMLElement>(".close"))?.focus({ preventScroll: true });
  }

  /** Mark the rows whose card is open. */
  mark(): void {
    if (!this.isOpen) return;
    for (const line of this.node.querySelectorAll<HTMLElement>("tbody tr")) {
      const row = this.page.world.byId.get(line.dataset.id ?? "");
      line.classList.toggle("chosen", !!row && this.page.isFocused(row));
    }
  }

  private fill(): void {
    const { say } = this.page;
    const columns = columnsOf(this.page);
    const column = columns.find(({ key }) => key === this.sorted.key) ?? columns[0];
    const rows = sortedBy(this.page.result.rows, column, this.sorted.down, say);
    const head = el("tr", {}, ...columns.map((one) => this.heading(one, one === column)));
    const body = el("tbody", {}, ...rows.map((row) => this.line(row, columns)));
    this.node.setAttribute("aria-label", say.word("table"));
    const table = el("table", {}, el("thead", {}, head), body);
    this.node.replaceChildren(this.bar(rows), el("div", { class: "tablescroll", tabindex: 0 }, table));
  }

  private heading(column: Column, isSorted: boolean): HTMLElement {
    const direction = this.sorted.down ? "descending" : "ascending";
    const attributes = {
      scope: "col",
      "data-key": column.key,
      class: isNumbers(column) ? "right" : null,
      "aria-sort": isSorted ? direction : "none",
    };
    const name = this.page.say.word(`column_${column.key}`);
    const text = isNumbers(column) && column.unit ? `${name}, ${column.unit}` : name;
    return el("th", attributes, el("button", { type: "button", text, on: { click: () => this.sort(column.key) } }));
  }

  private line(row: Row, [name, ...columns]: readonly [TextColumn, ...Column[]]): HTMLElement {
    const { page } = this;
    const click = (event: MouseEvent) => {
      event.stopPropagation();
      page.open(row.id, { reveal: true });
    };
    const title = name.of(row);
    const link = el("button", { type: "button", class: "link", title: longText(title), text: title, on: { click } });
    const cells = columns.map((column) => {
      if (!isNumbers(column)) return textCell((column.show ?? column.of)(row));
      return numberCell(column.number(row), page.say);
    });
    const on = {
      click: () => page.open(row.id, { reveal: true, focus: false }),
      mouseenter: () => page.hover(row),
      mouseleave: () => page.hover(null),
    };
    const attributes = { "data-id": row.id, class: page.isFocused(row) ? "chosen" : null, on };
    return el("tr", attributes, el("td", {}, link), ...cells);
  }

  private bar(rows: readonly Row[]): HTMLElement {
    const { page } = this;
    const { say } = page;
    const link = (word: string, click: () => void) =>
      el("button", { type: "button", class: "link", text: say.word(word), on: { click } });
    const close = () => page.toggleTable(false);
    return el(
      "div",
      { class: "tablebar" },
      el("b", { text: say.counted("rows_shown", rows.length) }),
      link("download_csv", () => page.download("csv", rows, undefined, this.dialect)),
      this.decimals(),
      link("download_geojson", () => page.download("geojson", rows)),
      el(
        "button",
        { type: "button", class: "close", "aria-label": say.word("close_table"), on: { click: close } },
        icon(CLOSE),
      ),
    );
  }

  /** Which decimals the file has: those of the browser's locale unless the reader says otherwise. */
  private decimals(): HTMLElement {
    const { say } = this.page;
    const select = el("select", { class: "decimals", "aria-label": say.word("decimals"), title: say.word("decimals") });
    for (const dialect of [POINT, COMMA]) {
      select.append(el("option", { text: `1${dialect.decimal}5`, selected: dialect === this.dialect }));
    }
    select.addEventListener("change", () => {
      this.dialect = [POINT, COMMA][select.selectedIndex] ?? POINT;
    });
    return select;
  }

  /** Copy figures as numbers in every language: spreadsheets do not read the digits of Bengali. */
  private copyNumbers(event: ClipboardEvent): void {
    const { say } = this.page;
    const selection = getSelection();
    if (!selection?.rangeCount || !event.clipboardData || say.lang !== "bn") return;
    const copy = el("div", {}, selection.getRangeAt(0).cloneContents());
    for (const cell of copy.querySelectorAll<HTMLElement>("td[data-value]")) {
      cell.textContent = cell.dataset.value ?? "";
    }
    const lines = [...copy.querySelectorAll("tr")].map((line) => [...line.children].map((cell) => cell.textContent));
    if (!lines.length) return;
    event.preventDefault();
    event.clipboardData.setData("text/html", `<table>${copy.innerHTML}</table>`);
    event.clipboardData.setData("text/plain", lines.map((cells) => cells.join("\t")).join("\n"));
  }

  private sort(key: string): void {
    this.sorted = { key, down: this.sorted.key === key && !this.sorted.down };
    this.build();
  }
}
