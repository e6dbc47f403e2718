// Talks to the app that holds this page in a frame; silent when there is none. The app says before this page starts
// which address it was opened with, and hears the address of what is shown whenever it has changed.
import { settled } from "./later.ts";

/** What the app may ask for: an address to follow, a card to open. */
export interface Orders {
  "sco:address": { address?: unknown };
  "sco:show": { id?: unknown };
}

/** What this page tells: that it is there, what it shows, whether it is bare for a slide, that the reader wants the
 * table, why it cannot be opened. */
export type News =
  | { type: "sco:ready" }
  | { type: "sco:address"; address: string; push: boolean }
  | { type: "sco:bare"; on: boolean }
  | { type: "sco:table" }
  | { type: "sco:failed"; sentence: string };

export type Handlers = { [Type in keyof Orders]: (order: Orders[Type]) => void };

/** The element in which the app writes its address before it opens this page. */
const APP_ADDRESS = 'meta[name="sco-app"]';

/** How long the address has to stand still before the app hears of it: a change that is followed by another is none. */
const SETTLED_MS = 150;

const hasParent = () => window.parent !== window;

/** The address of the app as it was when this page was opened, null outside the app. */
export function addressOfApp(): URL | null {
  const written = hasParent() ? document.querySelector<HTMLMetaElement>(APP_ADDRESS) : null;
  return written && new URL(written.content);
}

export function tellParent(news: News): void {
  if (hasParent()) window.parent.postMessage(news, "*");
}

export class Parent {
  private told: string;
  private push = false;
  private readonly tellAddress = settled((address: string) => {
    if (address !== this.told) tellParent({ type: "sco:address", address, push: this.push });
    this.told = address;
    this.push = false;
  }, SETTLED_MS);

  /** `told`: the address that the app knows already. */
  constructor(handlers: Handlers, told: string) {
    this.told = told;
    if (!hasParent()) return;
    window.addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
      if (source !== window.parent || typeof data !== "object" || data === null || !("type" in data)) return;
      const { type } = data;
      if (typeof type === "string" && Object.hasOwn(handlers, type)) {
        const handle = handlers[type as keyof Orders] as (order: object) => void;
        handle(data);
      }
    });
  }

  /** Tell the address of what is shown, once it has settled. `push` makes an entry for the back button. */
  write(address: string, push: boolean): void {
    if (!hasParent()) return;
    this.push ||= push;
    this.tellAddress(address);
  }
}
