// The app's component: mounts the map page once in a frame of the app; afterwards only what is asked for travels, as
// messages. Streamlit sends this script again and again, so it imports nothing that the frame itself does not need.
import type { News, Orders } from "../page/parent.ts";

/** What the app asks for. */
interface Asked {
  /** The name of the page's file and its length in letters. */
  page: string;
  size: number;
  /** The page itself, where files cannot be served. */
  html: string | null;
  query: string;
  story: string | null;
  show: string | null;
  lang: string;
  /** The number of the last event of the page that the app has answered. */
  seq: number;
  title: string;
}

/** What the component tells the app: a name and a value. */
type Send = (name: string, value: unknown) => void;

/** What Streamlit hands to a component. */
interface Component {
  data: Asked;
  parentElement: HTMLElement;
  setTriggerValue: Send;
}

const SANDBOX = "allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox allow-modals";

/** Below this brightness of 255 the app is dark. */
const DARK_BELOW = 128;

type Order = { [Type in keyof Orders]: { type: Type } & Orders[Type] }[keyof Orders];

const isNews = (data: unknown): data is News =>
  typeof data === "object" && data !== null && "type" in data && typeof data.type === "string";

function isDark(host: HTMLElement): boolean {
  const parts = getComputedStyle(host).backgroundColor.match(/[\d.]+/g) ?? ["255", "255", "255"];
  const [red, green, blue] = parts.map(Number);
  return 0.3 * red + 0.6 * green + 0.1 * blue < DARK_BELOW;
}

/** Holds the frame and keeps what it shows in step with what the app asks for. */
class Mounted {
  private readonly host: HTMLElement;
  private readonly frame = document.createElement("iframe");
  /** What the page knows already. */
  private readonly told = new Map<string, string | null>();
  private asked: Asked;
  private send: Send;
  private page: string | null = null;
  private isReady = false;
  private seq = 0;
  private readonly hear = (event: MessageEvent<unknown>) => this.heard(event);

  constructor(host: HTMLElement, asked: Asked, send: Send) {
    this.host = host;
    this.asked = asked;
    this.send = send;
    this.frame.setAttribute("sandbox", SANDBOX);
    this.frame.allow = "clipboard-write; fullscreen";
    host.append(this.frame);
    addEventListener("message", this.hear);
  }

  update(asked: Asked, send: Send): void {
    this.asked = asked;
    this.send = send;
    this.frame.title = asked.title;
    if (asked.page === this.page && !(asked.html && !this.frame.srcdoc)) {
      this.keepInStep();
      return;
    }
    this.isReady = false;
    this.load();
  }

  remove(): void {
    removeEventListener("message", this.hear);
  }

  private tell(name: string, value: string | null, order: Order): void {
    if (this.told.get(name) === value && this.told.has(name)) return;
    this.told.set(name, value);
    this.frame.contentWindow?.postMessage(order, "*");
  }

  private keepInStep(): void {
    if (!this.isReady) return;
    const { query, story, show, lang, seq } = this.asked;
    const theme = isDark(this.host) ? "dark" : "light";
    this.tell("theme", theme, { type: "sco:theme", theme });
    if (seq < this.seq) return; // an answer to an older event: a newer one is on its way
    this.tell("lang", lang, { type: "sco:lang", lang });
    this.tell("query", query, { type: "sco:select", query });
    this.tell("story", story, { type: "sco:story", id: story });
    this.tell("show", show, { type: "sco:show", id: show });
  }

  private async load(): Promise<void> {
    const { page, html, size } = this.asked;
    this.page = page;
    if (html) {
      this.frame.srcdoc = html;
      return;
    }
    const folder = location.pathname.replace(/[^/]*$/, "");
    const answer = await fetch(`${folder}app/static/${page}`).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    if (text.length === size) this.frame.srcdoc = text;
    else this.send("unserved", true);
  }

  private heard({ source, data }: MessageEvent<unknown>): void {
    if (source !== this.frame.contentWindow || !isNews(data)) return;
    if (data.type === "sco:ready") this.ready();
    if (data.type === "sco:pick") this.pass("show", data.id, "pick", { id: data.id });
    if (data.type === "sco:selection") this.pass("query", data.query, "selection", { query: data.query });
    if (data.type === "sco:lang") this.pass("lang", data.lang, "language", { lang: data.lang });
  }

  /** Pass on what the reader has changed in the page, unless it is what the page was told. */
  private pass(name: string, value: string | null, event: string, content: object): void {
    if (this.told.has(name) && this.told.get(name) === value) return;
    this.told.set(name, value);
    this.seq += 1;
    this.send(event, { ...content, seq: this.seq });
  }

  private ready(): void {
    this.isReady = true;
    this.told.clear();
    if (this.asked.html) this.send("loaded", this.page);
    this.keepInStep();
  }
}

/** Streamlit may evaluate this module again: what is mounted is kept on its place in the document. */
interface Host extends HTMLElement {
  mounted?: Mounted;
}

/** Called by Streamlit for every run of the app. */
export default function ({ data, parentElement, setTriggerValue }: Component): () => void {
  const host = parentElement.querySelector<Host>(".sco-frame");
  if (!host) throw new Error("the component of the app has no place for the map");
  const frame = host.mounted ?? new Mounted(host, data, setTriggerValue);
  host.mounted = frame;
  frame.update(data, setTriggerValue);
  return () => frame.remove();
}
