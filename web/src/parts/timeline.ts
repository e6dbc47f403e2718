// @ts-nocheck
// The timeline: a year to look at, km opened per year, events. Everything on it follows from the rows.

import { el, element, icon, settled, svg } from "../dom.ts";
import { yearOf, yearOfStatus } from "../facts/phases.ts";
import { applySelection } from "../facts/selection.ts";
import { css } from "../map/looks.ts";
import { isPhone } from "../page/screen.ts";

const PLAY = "M4 2.500v11l9-5.500z";
const PAUSE = "M4 3h3v10H4zM9.500 3h3v10h-3z";
const STEP_MS = 650;
const HEIGHT = 93;
const BASE = 66;

export class Timeline {
  constructor(app) {
    this.app = app;
    this.node = element("time");
    this.play = el("button", { id: "play", type: "button", on: { click: () => this.toggle() } });
    this.small = el("small");
    this.big = el("b");
    this.axis = el("div", { id: "axis" });
    this.tableButton = el("button", {
      id: "tablebutton",
      type: "button",
      "aria-expanded": "false",
      "aria-controls": "table",
      on: { click: () => app.toggleTable() },
    });
    this.node.append(
      el("div", { id: "year" }, this.play, el("div", {}, this.small, this.big)),
      this.axis,
      this.tableButton,
    );
    this.axis.addEventListener("pointerdown", (event) => this.drag(event));
    window.addEventListener(
      "resize",
      settled(() => this.draw(), 80),
    );
  }

  get say() {
    return this.app.wording;
  }
  get first() {
    return this.app.world.styles.years.first;
  }
  get last() {
    return this.app.world.styles.years.last;
  }
  get now() {
    return this.app.world.page.year;
  }
  get year() {
    return this.app.selection.year ?? this.now;
  }

  x(year) {
    return this.left + ((year - this.first) / (this.last - this.first)) * (this.right - this.left);
  }

  /** km of lines that opened in each year, and km promised for each year to come; all facets but the year apply. */
  opened() {
    const { world, selection } = this.app;
    const { rows } = applySelection(world.rows, { ...selection, year: null }, world);
    const opened = new Map();
    const promised = new Map();
    for (const row of rows) {
      if (row.form !== "line" || !row.km) continue;
      const year = yearOfStatus(row.phases, "operating");
      if (year !== null && year !== undefined) opened.set(year, (opened.get(year) || 0) + row.km);
      const due = row.facts.promised && yearOf(row.facts.promised.date);
      if (due && due >= this.now) promised.set(due, (promised.get(due) || 0) + row.km);
    }
    return { opened, promised };
  }

  draw() {
    const { say } = this;
    const phone = isPhone();
    this.node.setAttribute("aria-label", say.word("timeline"));
    this.small.textContent = say.word("as_of");
    this.play.setAttribute("aria-label", say.word(this.timer ? "pause" : "play"));
    this.play.replaceChildren(icon(this.timer ? PAUSE : PLAY, true));
    this.tableButton.replaceChildren(
      icon("M1.500 3.500h13M1.500 8h13M1.500 12.500h13"),
      el("span", { text: say.word("table") }),
    );
    this.big.textContent = say.year(this.year);
    const width = this.axis.clientWidth || 900;
    this.left = 10;
    this.right = width - 16;
    const { opened, promised } = this.opened();
    const plan = svg("g");
    const bars = svg("g");
    const today = this.x(this.now + 0.9);
    plan.append(
      svg("rect", { x: today, y: 0, width: Math.max(0, width - today), height: HEIGHT, fill: css("paper2") }),
    );
    const most = Math.max(1, ...opened.values(), ...promised.values());
    const wide = ((this.right - this.left) / (this.last - this.first)) * 0.52;
    const bar = (year, km, solid) => {
      if (year < this.first || year > this.last) return;
      const height = Math.max(1.5, Math.sqrt(km / most) * 24);
      const node = svg(
        "rect",
        {
          x: (this.x(year) - wide / 2).toFixed(1),
          y: (BASE - height).toFixed(1),
          width: wide.toFixed(1),
          height: height.toFixed(1),
          opacity: 0.42,
          fill: solid ? css("ink3") : "none",
          stroke: css("ink3"),
          "stroke-width": solid ? 0 : 1,
        },
        svg("title", { text: `${say.year(year)}: ${say.km(km)}` }),
      );
      bars.append(node);
    };
    for (const [year, km] of opened) bar(year, km, year <= this.year);
    for (const [year, km] of promised) bar(year, km, false);
    const marks = svg("g");
    const names = svg("g", { class: "names" });
    this.drawEvents(marks, names, phone, today);
    const ticks = svg("g");
    for (let year = Math.ceil(this.first / 5) * 5; year <= this.last; year += phone ? 10 : 5) {
      ticks.append(
        svg("text", { x: this.x(year), y: BASE + 19, "text-anchor": "middle", text: say.year(year) }),
        svg("line", { x1: this.x(year), x2: this.x(year), y1: BASE + 3, y2: BASE + 7, stroke: css("ink3") }),
      );
    }
    const track = svg("line", {
      x1: this.left,
      x2: this.right,
      y1: BASE,
      y2: BASE,
      stroke: css("rule"),
      "stroke-width": 3,
      "stroke-linecap": "round",
    });
    this.done = svg("line", {
      x1: this.left,
      y1: BASE,
      y2: BASE,
      stroke: css("ink"),
      "stroke-width": 3,
      "stroke-linecap": "round",
    });
    this.handle = svg(
      "g",
      {
        class: "handle",
        role: "slider",
        tabindex: 0,
        "aria-label": say.word("year_slider"),
        "aria-valuemin": this.first,
        "aria-valuemax": this.last,
        on: { keydown: (event) => this.key(event) },
      },
      svg("circle", { r: 14, fill: "transparent" }),
      svg("circle", { r: 8.5, fill: css("paper"), stroke: css("ink"), "stroke-width": 2.2 }),
      svg("path", { d: "M-1.8-3V3M1.8-3V3", stroke: css("ink"), "stroke-width": 1.3 }),
    );
    const focused = document.activeElement?.classList?.contains("handle");
    this.drawing = svg(
      "svg",
      { width, height: HEIGHT, role: "group", "aria-label": say.word("timeline") },
      plan,
      bars,
      track,
      this.done,
      marks,
      names,
      ticks,
      this.handle,
    );
    this.axis.replaceChildren(this.drawing);
    this.bars = bars;
    if (focused) this.handle.focus();
    this.move();
  }

  /** Ticks of summits, dots of founding and accession, and as many names as fit. */
  drawEvents(marks, names, phone, today) {
    const { app, say } = this;
    const { styles } = app.world;
    const events = app.world.rows.filter((row) => row.kind === "event" && row.date);
    const at = (row) => {
      const [year, month = 6] = row.date.split("-").map(Number);
      return year + (month - 0.5) / 12;
    };
    const named = [];
    for (const row of events) {
      const x = this.x(at(row));
      const look = styles.event?.[row.facts.type] ?? { shape: "tick" };
      if (x < this.left - 2 || x > this.right + 2) continue;
      if (look.shape === "tick") {
        marks.append(
          svg(
            "g",
            { class: "event", on: { pointerdown: (event) => event.stopPropagation(), click: () => app.open(row.id) } },
            svg("rect", { x: x - 4, y: BASE - 15, width: 8, height: 15, fill: "transparent" }),
            svg("line", { x1: x, x2: x, y1: BASE - 5, y2: BASE - 1.5, stroke: css("accent"), "stroke-width": 1.4 }),
            svg("title", { text: `${say.date(row.date)}: ${say.pick(row.title)}` }),
          ),
        );
        continue;
      }
      marks.append(
        svg("line", {
          x1: x,
          x2: x,
          y1: 28,
          y2: BASE,
          stroke: css("accent"),
          "stroke-width": 1,
          "stroke-dasharray": "1.5 2",
        }),
      );
      marks.append(
        svg(
          "g",
          {
            class: "event",
            role: "button",
            tabindex: 0,
            "aria-label": `${say.date(row.date)}: ${say.pick(row.title)}`,
            transform: `translate(${x.toFixed(1)} 25)`,
            on: {
              pointerdown: (event) => event.stopPropagation(),
              click: () => app.open(row.id),
              keydown: (event) => {
                if (event.key === "Enter" || event.key === " ") {
                  event.preventDefault();
                  app.open(row.id);
                }
              },
            },
          },
          svg("circle", { r: 9, fill: "transparent" }),
          svg("circle", {
            r: 3.4,
            fill: look.shape === "dot" ? css("accent") : css("paper"),
            stroke: css("accent"),
            "stroke-width": 1.5,
          }),
          svg("title", { text: say.pick(row.title) }),
        ),
      );
      named.push({ x, rank: look.rank ?? 9, text: say.pick(styles.event_name?.[row.id] ?? row.title), row });
    }
    if (phone) return;
    const planned = say.word("planned_or_expected");
    const measure = app.labels;
    const taken = [];
    const free = (from, to) => from > 2 && to < today + 400 && taken.every(([a, b]) => to < a - 8 || from > b + 8);
    if (today + 6 + measure.width(planned, 11) < this.right + 12) {
      names.append(svg("text", { x: today + 6, y: 16, text: planned }));
      taken.push([today + 2, today + 12 + measure.width(planned, 11)]);
    }
    let count = 0;
    for (const { x, text } of named.sort((a, b) => a.rank - b.rank || a.x - b.x)) {
      const width = measure.width(text, 11);
      if (count >= 5 || width > 190) continue;
      for (const [from, anchor] of [
        [x - width / 2, "middle"],
        [x - width + 4, "end"],
        [x - 4, "start"],
      ]) {
        if (!free(from, from + width)) continue;
        names.append(
          svg("text", {
            x: anchor === "middle" ? x : anchor === "end" ? x + 4 : x - 4,
            y: 16,
            "text-anchor": anchor,
            class: "event-name",
            text,
          }),
        );
        taken.push([from, from + width]);
        count++;
        break;
      }
    }
    const caption = `▮ ${say.word("km_opened")}`;
    names.append(svg("text", { x: this.x(this.first + 7.2), y: BASE - 30, text: caption }));
  }

  /** Put the handle at the year; cheap, for every frame of a drag. */
  move() {
    if (!this.handle) return;
    const { say } = this;
    const x = this.x(Math.max(this.first, Math.min(this.last, this.year)));
    this.handle.setAttribute("transform", `translate(${x.toFixed(1)} ${BASE})`);
    this.handle.setAttribute("aria-valuenow", String(this.year));
    this.handle.setAttribute("aria-valuetext", say.year(this.year));
    this.done.setAttribute("x2", x.toFixed(1));
    this.big.textContent = say.year(this.year);
  }

  set(year) {
    const bounded = Math.max(this.first, Math.min(this.last, Math.round(year)));
    if (bounded === this.year) return;
    this.app.setSelection(
      { ...this.app.selection, year: bounded === this.now ? null : bounded },
      { push: !this.timer && !this.dragging },
    );
  }

  drag(event) {
    if (event.button) return;
    event.preventDefault();
    this.stop();
    this.dragging = true;
    const left = this.axis.getBoundingClientRect().left;
    const to = (pointer) =>
      this.set(
        this.first + ((pointer.clientX - left - this.left) / (this.right - this.left)) * (this.last - this.first),
      );
    const end = () => {
      this.dragging = false;
      window.removeEventListener("pointermove", to);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", end);
    };
    window.addEventListener("pointermove", to);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", end);
    to(event);
    this.handle.focus({ preventScroll: true });
  }

  key(event) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -5, PageUp: 5 };
    const to =
      event.key in steps
        ? this.year + steps[event.key]
        : event.key === "Home"
          ? this.first
          : event.key === "End"
            ? this.last
            : null;
    if (to === null) return;
    event.preventDefault();
    this.set(to);
  }

  toggle() {
    if (this.timer) return this.stop();
    if (this.year >= this.now) this.set(this.first);
    this.timer = setInterval(() => {
      if (this.year >= this.now) return this.stop();
      this.set(this.year + 1);
    }, STEP_MS);
    this.draw();
  }

  stop() {
    if (!this.timer) return;
    clearInterval(this.timer);
    this.timer = 0;
    this.draw();
  }
}
