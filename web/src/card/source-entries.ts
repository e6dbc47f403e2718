// The list of sources under a card or an answer, to which the numbers of the text lead.
import { el } from "../dom.ts";
import type { World } from "../facts/world.ts";
import { term } from "../words/describe.ts";
import type { Wording } from "../words/wording.ts";
import type { Citations } from "./citations.ts";
import { sourceNames } from "./source-names.ts";

/** How long a source flashes when its number is clicked. */
const FLASH_MS = 1200;

/** Kinds of sources whose quality is not told. */
const GOOD_SOURCES = new Set(["primary", "press"]);

/** Web addresses only: anything else becomes a dead link. */
export const safeAddress = (url: string): string | null => (/^https?:\/\//i.test(url) ? url : null);

/** The host of a web address. */
export function shortAddress(url: string): string {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
}

/** The sources that were cited, in the order of their numbers; null for none. */
export function sourceEntries({ ids, anchor }: Citations, world: World, say: Wording): HTMLElement | null {
  if (!ids.length) return null;
  const items = ids.map((id, i) => {
    const source = world.sources[id] ?? {};
    const { url, published, accessed, quality } = source;
    const { title, publisher } = sourceNames(source);
    const attributes = { target: "_blank", rel: "noopener noreferrer", text: title };
    const address = url ? safeAddress(url) : null;
    const cited = address ? el("a", { href: address, title: shortAddress(url ?? ""), ...attributes }) : title;
    const parts = [
      publisher,
      published ? say.date(published) : null,
      accessed ? say.word("read_on", { date: say.date(accessed) }) : null,
      quality && !GOOD_SOURCES.has(quality) ? term(world, say, "quality", quality) : null,
    ].filter(Boolean);
    return el("li", { id: `${anchor}${i + 1}` }, cited, parts.length ? `, ${parts.join(", ")}` : "");
  });
  return el("ol", { class: "sources" }, ...items);
}

/** Lead from the number of a source, when one was clicked, to its entry in the list. */
export function showSource(event: MouseEvent, inside: HTMLElement): void {
  const link = event.target instanceof Element ? event.target.closest("a[data-source]") : null;
  if (!link) return;
  event.preventDefault();
  const entry = inside.querySelector(link.getAttribute("href") ?? "");
  entry?.scrollIntoView({ block: "nearest" });
  entry?.classList.add("flash");
  setTimeout(() => entry?.classList.remove("flash"), FLASH_MS);
}
