// The place of the panel where the network is asked: it lies over the filters while something is asked. Shows the form
// of the question and the reply; the question itself is part of the page's state.

import { showSource } from "../card/source-entries.ts";
import { ALL_MEMBERS, MEMBER } from "../contract.ts";
import { el, element, icon } from "../dom.ts";
import { roleIn } from "../facts/phases.ts";
import type { Row } from "../facts/row.ts";
import { wanted } from "../facts/selection.ts";
import { dialectOf } from "../files/csv.ts";
import type { Course } from "../map/course-drawing.ts";
import type { Page } from "../page/context.ts";
import { downloadFile } from "../page/hand-out.ts";
import { isPhone } from "../page/screen.ts";
import { isRefusal, type Ledger, type Outcome, type Route } from "../routing/index.ts";
import { readersLocale } from "../words/reader.ts";
import { inARow, sentences } from "../words/sheet.ts";
import { compareAnswer, compareForm, headOf } from "./compare-answer.ts";
import { cutAnswer, cutForm } from "./cut-answer.ts";
import { legsToCsv, legsToGeoJson } from "./files.ts";
import { formatInquiry, MODES, type Mode } from "./inquiry.ts";
import { ledgerToCsv } from "./ledger.ts";
import { hasNetwork, Nameable, nameOfThing } from "./names.ts";
import { complaintList } from "./parts.ts";
import { ledgerForm, promisesAnswer } from "./promises-answer.ts";
import { told } from "./proposals.ts";
import { courseOfReply, type Moment, Replies, type Reply } from "./reply.ts";
import { routeAnswer } from "./route-answer.ts";
import { type Form, routeForm } from "./route-form.ts";
import { askedWords, chosenWay, enumerated, routeDek, routeTitle, rowsOfWay } from "./route-words.ts";

const CLOSE = "M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5";
const ROUTE =
  "M3.5 13.5a1.6 1.6 0 1 0 0-.1M12.5 2.5a1.6 1.6 0 1 0 0 .1M5 13h5.5a2.6 2.6 0 0 0 0-5.2H5.5a2.4 2.4 0 0 1 0-4.8H11";

/** Modes that need room for columns. */
const WIDE: ReadonlySet<Mode | null> = new Set<Mode | null>(["compare", "promises"]);

/** What a sheet that leaves the page says of an answer. */
export interface AnswerSheet {
  readonly title: string;
  readonly figures: string;
  readonly rows: readonly Row[];
}

export class Answers {
  /** What is drawn on the map. */
  course: Course | null = null;
  private readonly page: Page;
  private readonly node = element("answers");
  private readonly asks = element("asks");
  private readonly nameable: Nameable;
  private readonly replies: Replies;
  private readonly body = el("div", { class: "reply" });
  /** What readers of screens hear of a new answer: its first line, since the whole is pages long. */
  private readonly heard = el("p", { class: "unseen", role: "status" });
  private form: Form | null = null;
  private builtFor: string | null = null;
  /** The outcome of promises that the ledger shows. */
  private outcome: Outcome | null = null;
  /** What had the focus before something was asked. */
  private returnFocus: Element | null = null;

  constructor(page: Page) {
    this.page = page;
    this.nameable = new Nameable(page.world);
    this.replies = new Replies(page.world);
    this.asks.hidden = !hasNetwork(page.world);
    this.node.addEventListener("click", (event) => showSource(event, this.node));
  }

  get isOpen(): boolean {
    return !this.node.hidden;
  }

  /** Whether the focus is inside. */
  get hasFocus(): boolean {
    return this.node.contains(document.activeElement);
  }

  /** Write the words in the language of now. */
  build(): void {
    const { say } = this.page;
    this.asks.setAttribute("aria-label", say.word("ask_network"));
    const button = (mode: Mode) => {
      const isFirst = mode === "route";
      const attributes = { type: "button", class: isFirst ? "button ask" : "link", "data-ask": mode };
      const on = { click: () => this.open(mode) };
      return el("button", { ...attributes, on }, isFirst ? icon(ROUTE) : null, say.word(`ask_${mode}`));
    };
    this.asks.replaceChildren(...MODES.map(button));
    this.builtFor = null;
  }

  /** Ask something of a kind: what was asked before is asked again. */
  open(mode: Mode): void {
    if (!this.isOpen) this.returnFocus = document.activeElement;
    this.page.ask({ ...this.page.state.inquiry, mode });
    this.focusFirst();
  }

  close(): void {
    if (!this.isOpen) return;
    this.page.ask({ ...this.page.state.inquiry, mode: null });
    const back = this.returnFocus instanceof HTMLElement && this.returnFocus.isConnected ? this.returnFocus : null;
    (back ?? this.asks.querySelector<HTMLElement>("[data-ask=route]"))?.focus({ preventScroll: true });
    this.returnFocus = null;
  }

  /** Show the question and the reply of now. */
  update(): void {
    const { mode } = this.page.state.inquiry;
    this.node.hidden = mode === null;
    document.body.classList.toggle("asking", mode !== null);
    document.body.classList.toggle("asking-wide", WIDE.has(mode));
    const { say } = this.page;
    const built = `${mode} ${say.lang}`;
    if (mode === null) {
      this.builtFor = null;
      this.form = null;
      this.node.replaceChildren();
    } else if (built !== this.builtFor) {
      this.builtFor = built;
      this.frame(mode);
    } else this.form?.update();
    const moment = this.moment();
    const reply = this.replies.to(moment);
    this.course = courseOfReply(this.page.world, reply, moment);
    if (mode === null) return;
    const held = this.body.contains(document.activeElement) ? document.activeElement : null;
    const focused = held instanceof HTMLElement ? keyOf(held) : null;
    this.body.replaceChildren(...this.parts(reply));
    const heard = this.inBrief(reply);
    if (heard !== this.heard.textContent) this.heard.textContent = heard;
    if (focused) this.body.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
  }

  /** What a sheet says of the answer; null where there is none. */
  sheet(): AnswerSheet | null {
    const { world, say, state } = this.page;
    const { inquiry } = state;
    const reply = this.replies.to(this.moment());
    if (reply.mode === "none" || isRefusal(reply.found)) return null;
    const stop = say.word("full_stop");
    if (reply.mode === "route") {
      const way = reply.found.ways[chosenWay(reply.found, inquiry.way)];
      const title = routeTitle(world, say, reply.found.ends);
      return {
        title: inquiry.promised ? enumerated(say, [title, say.word("ask_promised")]) : title,
        figures: inARow([`${routeDek(say, way)}${stop}`, ...askedWords(world, say, reply.found)], say),
        rows: rowsOfWay(way),
      };
    }
    if (reply.mode === "compare") {
      const { routes } = reply.found;
      const dek = routes.map((route) => `${headOf(this.page, route)}: ${routeDek(say, route.ways[0])}`);
      const rows = new Set(routes.flatMap(({ ways: [way] }) => rowsOfWay(way)));
      return {
        title: `${say.word("ask_compare")}: ${say.list(routes.map((route) => headOf(this.page, route)))}`,
        figures: sentences(dek, say),
        rows: [...rows],
      };
    }
    if (reply.mode === "cut" && inquiry.cut.length) {
      const { links, lost, longer, km } = reply.found;
      const figures = [
        say.counted("cut_gone", links.length, { km: say.km(km) }),
        say.counted("cut_lost", lost.length),
        say.counted("cut_longer", longer.length),
      ];
      const names = reply.found.removed.map((id) => nameOfThing(world, say, id));
      return {
        title: `${say.word("cut_what")}: ${say.list(names)}`,
        figures: inARow([sentences(figures, say), ...askedWords(world, say, reply.found)], say),
        rows: [...new Set(links.map(({ row }) => row))],
      };
    }
    return null;
  }

  /** An answer in a line; complaints are alerts and speak for themselves. */
  private inBrief(reply: Reply): string {
    const { say } = this.page;
    if (reply.mode === "promises" && !isRefusal(reply.found)) {
      return say.counted("promise_count", reply.found.announcements.length);
    }
    const sheet = this.sheet();
    return sheet ? `${sheet.title}${say.word("full_stop")} ${sheet.figures}` : "";
  }

  private moment(): Moment {
    const { world, state } = this.page;
    const { inquiry, worldview, selection } = state;
    const { year } = selection;
    const chosen = wanted(selection.country);
    const members = chosen.includes(ALL_MEMBERS)
      ? Object.keys(world.countries).filter((code) => roleIn(world.countries[code]?.roles, year) === MEMBER)
      : [];
    const countries = [...new Set([...chosen.filter((code) => code !== ALL_MEMBERS), ...members])];
    return { inquiry, worldview, year, projects: wanted(selection.project), countries };
  }

  private shownRoute(): Route | null {
    const reply = this.replies.to(this.moment());
    return reply.mode !== "route" || isRefusal(reply.found) ? null : reply.found;
  }

  /** Heading, choice of questions and form. */
  private frame(mode: Mode): void {
    const { page } = this;
    const { say } = page;
    this.node.setAttribute("aria-label", say.word("ask_network"));
    const names = { type: "button", class: "close", "aria-label": say.word("close") };
    const close = el("button", { ...names, on: { click: () => this.close() } }, icon(CLOSE));
    const tab = (one: Mode) => {
      const attributes = { type: "button", "data-mode": one, "aria-pressed": String(one === mode) };
      return el("button", { ...attributes, text: say.word(`ask_${one}`), on: { click: () => this.turnTo(one) } });
    };
    const tabs = el("div", { class: "segment modes", role: "group", "aria-label": say.word("ask_network") });
    tabs.append(...MODES.map(tab));
    this.form = this.formOf(mode);
    const header = el("header", {}, tabs, close);
    this.node.replaceChildren(header, ...(this.form ? [this.form.node] : []), this.heard, this.body);
    this.node.scrollTop = 0;
  }

  private formOf(mode: Mode): Form {
    const asked = { page: this.page, nameable: this.nameable };
    if (mode === "compare") return compareForm(asked);
    if (mode === "cut") return cutForm(asked);
    if (mode === "route") return routeForm(asked);
    return ledgerForm(asked);
  }

  private turnTo(mode: Mode): void {
    this.page.ask({ ...this.page.state.inquiry, mode });
    this.node.querySelector<HTMLElement>(`[data-mode=${mode}]`)?.focus({ preventScroll: true });
  }

  /** On a phone the keyboard of the first field would cover what is asked. */
  private focusFirst(): void {
    const first = isPhone() ? ".close" : "input";
    this.node.querySelector<HTMLElement>(first)?.focus({ preventScroll: true });
  }

  private parts(reply: Reply): HTMLElement[] {
    const { page } = this;
    const { say, world, state } = page;
    if (reply.mode === "none") {
      const word = state.inquiry.mode === "compare" ? "compare_begin" : "ask_begin";
      return [el("p", { class: "begin", text: say.word(word) })];
    }
    if (isRefusal(reply.found)) {
      const complaints = told(reply.found.complaints, state.inquiry, world, say);
      return [complaintList(complaints, (inquiry) => page.ask(inquiry))];
    }
    if (reply.mode === "route") {
      const download = (format: "csv" | "geojson") => this.download(format);
      return routeAnswer({ page, download }, reply.found, reply.beside);
    }
    if (reply.mode === "cut") return cutAnswer(page, reply.found);
    if (reply.mode === "compare") return compareAnswer(page, reply.found);
    const ledger = reply.found;
    const show = (outcome: Outcome | null) => {
      this.outcome = outcome;
      this.update();
    };
    const download = () => this.downloadLedger(ledger);
    return promisesAnswer({ page, outcome: this.outcome, show, download }, ledger);
  }

  private downloadLedger(ledger: Ledger): void {
    const name = `sco-map-${this.page.world.page.version}_promises_${ledger.year}.csv`;
    downloadFile(name, "text/csv;charset=utf-8", ledgerToCsv(ledger, dialectOf(readersLocale())));
  }

  private download(format: "csv" | "geojson"): void {
    const { page } = this;
    const { world, state } = page;
    const route = this.shownRoute();
    if (!route) return;
    const shown = chosenWay(route, state.inquiry.way);
    const { as_of, version, checksum } = world.page;
    const { from, to } = state.inquiry;
    const year = state.selection.year ?? world.page.year;
    const name = [`sco-map-${version}_route`, from, to, year].join("_").replace(/[^A-Za-z0-9_.-]+/g, "-");
    if (format === "csv") {
      downloadFile(
        `${name}.csv`,
        "text/csv;charset=utf-8",
        legsToCsv(world, route.ways[shown], dialectOf(readersLocale()), shown + 1),
      );
      return;
    }
    const selection = [formatInquiry(state.inquiry), `year=${year}`].join("&");
    const head = { name, selection, as_of, version, checksum, attribution: page.credits().join(" · ") };
    downloadFile(`${name}.geojson`, "application/geo+json", legsToGeoJson(world, route.ways, head));
  }
}

/** A selector of a field or button of a reply that is built anew. */
function keyOf(node: HTMLElement): string | null {
  if (node.id) return `#${CSS.escape(node.id)}`;
  const { choice, row } = node.dataset;
  if (choice) return `[data-choice="${CSS.escape(choice)}"]`;
  return row ? `[data-row="${CSS.escape(row)}"]` : null;
}
