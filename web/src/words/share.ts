// Links to what is shown, and the snippet that puts it into another page. Knows no document.

/** Where others reach the page, and what stands between that address and the words of a view. */
export interface Home {
  readonly address: string;
  readonly mark: "#" | "?";
}

/** The home of a page: as it was told, that of the app around it, its own on a server; null for a file on a disk. */
export function homeOf(given: string | null, here: string, app: URL | null = null): Home | null {
  if (given) return { address: given.split("#")[0], mark: "#" };
  if (app) return { address: app.origin + app.pathname, mark: "?" };
  return /^https?:/.test(here) ? { address: here.split("#")[0], mark: "#" } : null;
}

/** The name of the file that a page was opened from, for addresses that have to be completed by hand. */
export function fileOf(here: string, otherwise: string): string {
  const [path] = here.split(/[?#]/);
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /\.html?$/i.test(name) ? name : otherwise;
}

/** A link to a view, or only what follows the address where there is none. */
export function linkTo(home: Home | null, words: string): string {
  if (!home) return `#${words}`;
  return words ? home.address + home.mark + words : home.address;
}

/** The words of an address without some of them. */
export function without(words: string, keys: readonly string[]): string {
  const isKept = (part: string) => !keys.includes(part.split("=")[0]);
  return words.split("&").filter(Boolean).filter(isKept).join("&");
}

/** A text inside a double-quoted attribute. */
export const attributeText = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

/** The size that the page inside another one is made for. */
const FRAME = { width: 600, height: 400 };

/** What the page inside another one leaves out: it opens fitted to what is selected, without a card over the map. */
const NOT_EMBEDDED = ["view", "show", "embed"];

/** A frame that shows a selection, to be pasted into a page. */
export function frameSnippet(address: string, words: string, title: string): string {
  const asked = [without(words, NOT_EMBEDDED), "embed=1"].filter(Boolean).join("&");
  const source = attributeText(`${address}#${asked}`);
  const size = `width="${FRAME.width}" height="${FRAME.height}"`;
  const look = 'style="border:0;max-width:100%" loading="lazy" allow="fullscreen; clipboard-write"';
  return `<iframe src="${source}" title="${attributeText(title)}" ${size} ${look}></iframe>`;
}
