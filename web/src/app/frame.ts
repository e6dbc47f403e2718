// The app's component: mounts the map page once in a frame of the app, and keeps the app's address in step with it. The
// page owns the state; the app is told its address, and below the map is drawn what Streamlit sends for the tab that is
// open.
import type { News, Orders } from "../page/parent.ts";
import { type Arrival, isToLoad } from "./arrival.ts";
import {
  DRAW_BELOW,
  type Host,
  OPEN_CARD,
  PLACE_BELOW,
  QUESTION,
  TELL,
  TELL_AGAIN,
  type Tell,
  type Told,
} from "./events.ts";
import { drawBelow } from "./grid.ts";
import { UploadWords } from "./upload-words.ts";
import { dressWidgets, isSystemDark, whenSystemChanges } from "./widget-theme.ts";

/** What the app hands over. */
interface Given {
  /** A digest of this script, as the app has it. */
  script: string;
  /** The name of the page's file and its length in letters; no name while it is being made. */
  page: string | null;
  size: number;
  /** The page itself, where files cannot be served. */
  html: string | null;
  tabs: string[];
  /** Words of an address that are a question to the network, which the tabs and the page answer alike. */
  questions: string[];
  /** The words of each language, the one that others fall back to first. */
  words: [string, Record<string, string>][];
}

/** What Streamlit hands to a component. */
interface Component {
  data: Given;
  parentElement: HTMLElement;
  setStateValue: Tell;
}

const SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals";

/** Where the page reads the address of the app that it is opened in (web/src/page/parent.ts). */
const HEAD = "<head>";
const ADDRESS_MARK = "sco-app";

/** Under this name Python is told what the page shows. */
const ADDRESS = "address";

/** Words of an address that are Streamlit's, not the page's. */
const STREAMLIT_KEYS = ["embed_options"];

/** The part of the map that is in sight changes all the time, and nothing below the map depends on it. */
const NOT_FOR_PYTHON = "view";

/** After so long the reader is told that loading goes on. */
const SLOW_MS = 8_000;

/** How long what is opened below the map may take until it is scrolled to. */
const SCROLL_MS = 4_000;

/** The tab that is open when nothing is open below the map. */
const MAP = "map";

/** The tab with the table of the rows. */
const TABLE = "data";

type Order = { [Type in keyof Orders]: { type: Type } & Orders[Type] }[keyof Orders];

const isNews = (data: unknown): data is News =>
  typeof data === "object" && data !== null && "type" in data && typeof data.type === "string";

/** The year of a question is that of the map. */
const YEAR = "year";

const keyOf = (part: string) => part.split("=")[0];

const partsOf = (search: string) => search.replace(/^\?/, "").split("&").filter(Boolean);

const joined = (parts: readonly string[]) => (parts.length ? `?${parts.join("&")}` : "");

/** Whether two addresses have the same words, in whatever order. */
const isSame = (one: string, other: string) => joined(partsOf(one).sort()) === joined(partsOf(other).sort());

/** The address that the page asks for, with the words that are Streamlit's own. */
const searchFor = (address: string) =>
  joined([...partsOf(address), ...partsOf(location.search).filter((part) => STREAMLIT_KEYS.includes(keyOf(part)))]);

/** An address without what Python does not need. */
const forPython = (search: string) =>
  search
    .replace(/^\?/, "")
    .split("&")
    .filter((part) => part.split("=")[0] !== NOT_FOR_PYTHON)
    .join("&");

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function node(kind: string, name: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(kind);
  made.className = name;
  made.append(...children);
  return made;
}

/** Holds the frame, what is seen until the page is there, and the tabs under it. */
class Mounted {
  private readonly place: HTMLElement;
  private readonly frame = document.createElement("iframe");
  private readonly sentence = node("p", "sco-sentence");
  private readonly name = node("p", "sco-name");
  private readonly organisation = node("p", "sco-organisation");
  private readonly waiting: HTMLElement;
  private readonly tabs = node("div", "sco-tabs");
  private readonly hear = (event: MessageEvent<unknown>) => this.heard(event);
  private readonly follow = () => this.followed();
  private readonly show = (event: Event) => this.cardAsked(event);
  private readonly tellAgain = () => {
    for (const told of this.toldLast.values()) this.tellBelow(told);
  };
  private readonly ask = (event: Event) => this.questioned(event);
  private readonly drawBelow = ({ target }: Event) => this.handedOver(target as Host);
  private readonly uploads = new UploadWords(document.body);
  private readonly toldLast = new Map<Told["name"], Told>();
  private readonly growth = new ResizeObserver(() => this.scrollToTabs());
  private given: Given;
  private tell: Tell;
  private arrival: Arrival = { page: null, hasText: false };
  private isReady = false;
  /** The address that the page was opened with or has told last. */
  private search = location.search;
  private told = forPython(location.search);
  private tab = MAP;
  private scrollUntil = 0;
  /** Whether the page is about to write what was asked for below it, which is in the history of the browser already. */
  private isAsked = false;

  constructor(place: HTMLElement, given: Given, tell: Tell) {
    this.place = place;
    this.given = given;
    this.tell = tell;
    this.frame.setAttribute("sandbox", SANDBOX);
    this.frame.allow = "clipboard-write; fullscreen";
    const panel = node(
      "div",
      "sco-panel",
      this.organisation,
      this.name,
      ...Array.from({ length: 9 }, () => node("i", "")),
    );
    this.waiting = node("div", "sco-waiting", panel, this.sentence);
    this.sentence.setAttribute("role", "status");
    this.tabs.setAttribute("role", "group");
    place.append(node("div", "sco-map", this.frame, this.waiting), this.tabs);
    addEventListener("message", this.hear);
    addEventListener("popstate", this.follow);
    document.addEventListener(OPEN_CARD, this.show);
    document.addEventListener(TELL_AGAIN, this.tellAgain);
    document.addEventListener(QUESTION, this.ask);
    document.addEventListener(DRAW_BELOW, this.drawBelow);
    for (const host of document.querySelectorAll<Host>(PLACE_BELOW)) this.handedOver(host);
    const whole = place.closest("[data-testid=stMainBlockContainer]");
    if (whole) this.growth.observe(whole);
    this.wear();
    whenSystemChanges(() => this.wear());
    document.documentElement.dataset.scoTab = this.tab;
  }

  update(given: Given, tell: Tell): void {
    if (given.script !== this.given.script) {
      location.reload(); // the app was replaced by another version: what is mounted here does not belong to it
      return;
    }
    this.given = given;
    this.tell = tell;
    this.writeWords();
    if (given.page && isToLoad(given, this.arrival)) this.load(given.page);
  }

  remove(): void {
    removeEventListener("message", this.hear);
    removeEventListener("popstate", this.follow);
    document.removeEventListener(OPEN_CARD, this.show);
    document.removeEventListener(TELL_AGAIN, this.tellAgain);
    document.removeEventListener(QUESTION, this.ask);
    document.removeEventListener(DRAW_BELOW, this.drawBelow);
    this.growth.disconnect();
    this.uploads.remove();
  }

  /** The name of the page that was asked for last. */
  private get page(): string | null {
    return this.arrival.page;
  }

  private get lang(): string {
    const asked = new URLSearchParams(this.search).get("lang") ?? "";
    const spoken = this.given.words.map(([lang]) => lang);
    return spoken.includes(asked) ? asked : spoken[0];
  }

  private get words(): Record<string, string> {
    return new Map(this.given.words).get(this.lang) ?? {};
  }

  private writeWords(): void {
    const { words } = this;
    const { tabs } = this.given;
    if (this.place.lang === this.lang) return;
    this.place.lang = this.lang;
    this.frame.title = words.map;
    this.uploads.speak(words, this.lang);
    this.name.textContent = words.title;
    this.organisation.textContent = words.organisation;
    this.tabs.setAttribute("aria-label", words.tabs);
    if (!this.page) this.say(words.making);
    const button = (id: string) => {
      const made = document.createElement("button");
      made.type = "button";
      made.dataset.tab = id;
      made.textContent = words[id];
      made.setAttribute("aria-pressed", String(id === this.tab));
      made.addEventListener("click", () => this.open(id));
      return made;
    };
    const focused = document.activeElement instanceof HTMLElement && document.activeElement.dataset.tab;
    this.tabs.replaceChildren(...[MAP, ...tabs].map(button));
    if (focused) this.tabs.querySelector<HTMLElement>(`[data-tab="${focused}"]`)?.focus({ preventScroll: true });
  }

  private say(sentence: string): void {
    if (this.sentence.textContent !== sentence) this.sentence.textContent = sentence;
  }

  // ------------------------------------------------------------ the page
  private async load(page: string): Promise<void> {
    const { words } = this;
    const { html, size } = this.given;
    this.isReady = false;
    this.arrival = { page, hasText: false };
    this.waiting.hidden = false;
    this.say(words.loading);
    const text = html ?? (await this.fetched(page, size));
    if (page !== this.page) return; // another has been asked for meanwhile
    if (text === null) {
      this.tell("unserved", true);
      return;
    }
    this.arrival = { page, hasText: true };
    this.say(words.drawing);
    this.search = location.search;
    const mark = `<meta name="${ADDRESS_MARK}" content="${escaped(location.href)}">`;
    this.frame.srcdoc = text.replace(HEAD, () => HEAD + mark);
    setTimeout(() => {
      if (!this.isReady && page === this.page) this.say(this.words.slow);
    }, SLOW_MS);
  }

  /** The page's file; null when it cannot be had whole. */
  private async fetched(page: string, size: number): Promise<string | null> {
    const folder = location.pathname.replace(/[^/]*$/, "");
    try {
      const answer = await fetch(`${folder}app/static/${page}`);
      const text = answer.ok ? await answer.text() : "";
      return text.length === size ? text : null;
    } catch {
      return null; // no such file, or no way to it: the app sends the page itself
    }
  }

  private order(order: Order): void {
    this.frame.contentWindow?.postMessage(order, "*");
  }

  private heard({ source, data }: MessageEvent<unknown>): void {
    if (source !== this.frame.contentWindow || !isNews(data)) return;
    if (data.type === "sco:ready") this.ready();
    if (data.type === "sco:address") this.written(data.address, data.push);
    if (data.type === "sco:bare") document.documentElement.toggleAttribute("data-sco-bare", data.on);
    if (data.type === "sco:failed") this.say(data.sentence);
    if (data.type === "sco:table") this.open(TABLE, { focus: true });
  }

  private ready(): void {
    this.isReady = true;
    this.waiting.hidden = true;
    if (this.given.html) this.tell("loaded", this.page);
    this.tellFirst();
    if (location.search !== this.search) this.followed();
  }

  // ------------------------------------------------------------ the address
  /** The page shows something else: the address of the app says so, then the tabs. */
  private written(address: string, push: boolean): void {
    const search = searchFor(address);
    this.search = search;
    if (search !== location.search) {
      const whole = location.pathname + search + location.hash;
      if (push && !this.isAsked) history.pushState(history.state, "", whole);
      else history.replaceState(history.state, "", whole);
    }
    this.isAsked = false;
    this.wear();
    this.writeWords();
    this.tellPython(search);
  }

  /** The page is drawn: Python, which has left the processor to it, may load the rows that the tabs are made from. */
  private tellFirst(): void {
    if (!this.toldLast.has(ADDRESS)) this.tellBelow({ name: ADDRESS, value: this.told });
  }

  private tellPython(search: string): void {
    const told = forPython(search);
    if (told === this.told) return;
    this.told = told;
    this.tellBelow({ name: ADDRESS, value: told });
  }

  /** The reader asks the network something else in a tab: the address says so, and the page answers it on the map. */
  private questioned(event: Event): void {
    if (!(event instanceof CustomEvent && typeof event.detail === "string")) return;
    const { questions } = this.given;
    const kept = partsOf(location.search).filter((part) => ![...questions, YEAR].includes(keyOf(part)));
    const search = joined([...kept, ...partsOf(event.detail)]);
    if (isSame(search, location.search)) return; // the page writes the same words in its own order
    history.pushState(history.state, "", location.pathname + search + location.hash);
    this.search = search;
    this.isAsked = true;
    this.order({ type: "sco:address", address: search });
  }

  /** Tell Python, through the component below the map: only what is below the map runs again. */
  private tellBelow(told: Told): void {
    this.toldLast.set(told.name, told);
    document.dispatchEvent(new CustomEvent(TELL, { detail: told }));
  }

  /** The reader went back or forward. */
  private followed(): void {
    if (!this.isReady || location.search === this.search) return;
    this.search = location.search;
    this.tellPython(this.search);
    this.order({ type: "sco:address", address: this.search });
  }

  /** What stands around the page is light or dark as the page is. */
  private wear(): void {
    const asked = new URLSearchParams(this.search).get("theme");
    const isDark = asked === "dark" || (asked !== "light" && isSystemDark());
    document.documentElement.dataset.sco = isDark ? "dark" : "light";
    dressWidgets(isDark);
  }

  // ------------------------------------------------------------ below the map
  private open(tab: string, { focus = false } = {}): void {
    const isOther = tab !== this.tab;
    this.tab = tab;
    document.documentElement.dataset.scoTab = tab;
    for (const own of this.tabs.querySelectorAll<HTMLElement>("button")) {
      own.setAttribute("aria-pressed", String(own.dataset.tab === tab));
      if (own.dataset.tab === tab) own.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
    if (isOther) this.tellBelow({ name: "tab", value: tab });
    this.scrollUntil = tab === MAP ? 0 : performance.now() + SCROLL_MS;
    if (tab === MAP) this.place.scrollIntoView({ block: "start" });
    else this.scrollToTabs();
    if (focus) this.tabs.querySelector<HTMLElement>(`[data-tab="${tab}"]`)?.focus({ preventScroll: true });
  }

  /** What was opened below the map comes into sight as it grows. */
  private scrollToTabs(): void {
    if (performance.now() < this.scrollUntil) this.tabs.scrollIntoView({ block: "start" });
  }

  private handedOver(host: Host): void {
    if (host.given) drawBelow(host, host.given);
  }

  /** A row of the table was picked: its card opens in the page. */
  private cardAsked(event: Event): void {
    if (!(event instanceof CustomEvent)) return;
    this.scrollUntil = 0;
    this.order({ type: "sco:show", id: event.detail });
    this.place.scrollIntoView({ block: "start" });
  }
}

/** Streamlit may evaluate this module again: what is mounted is kept on its place in the document. */
interface MapHost extends HTMLElement {
  mounted?: Mounted;
}

/** Called by Streamlit for every run of the app. */
export default function ({ data, parentElement, setStateValue }: Component): () => void {
  const host = parentElement.querySelector<MapHost>(".sco-frame");
  if (!host) throw new Error("the component of the app has no place for the map");
  const frame = host.mounted ?? new Mounted(host, data, setStateValue);
  host.mounted = frame;
  frame.update(data, setStateValue);
  return () => frame.remove();
}
