// Talks to the page that holds this one in a frame; silent when there is none.

/** What the page around may say. */
export interface Orders {
  "sco:select": { query?: unknown };
  "sco:show": { id?: unknown };
  "sco:story": { id?: unknown };
  "sco:lang": { lang?: unknown };
  "sco:theme": { theme?: unknown };
}

/** What this page tells the page around. */
export type News =
  | { type: "sco:ready" }
  | { type: "sco:selection"; query: string }
  | { type: "sco:pick"; id: string | null }
  | { type: "sco:lang"; lang: string }
  | { type: "sco:view"; view: string };

export type Handlers = { [Type in keyof Orders]: (order: Orders[Type]) => void };

export class Parent {
  private readonly isThere = window.parent !== window;

  constructor(handlers: Handlers) {
    if (!this.isThere) return;
    window.addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
      if (source !== window.parent || typeof data !== "object" || data === null || !("type" in data)) return;
      const { type } = data;
      if (typeof type === "string" && Object.hasOwn(handlers, type)) {
        const handle = handlers[type as keyof Orders] as (order: object) => void;
        handle(data);
      }
    });
  }

  tell(news: News): void {
    if (this.isThere) window.parent.postMessage(news, "*");
  }
}
