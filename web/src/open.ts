// Unpacks style and script of the page and puts them in; the policy names their hashes, so nothing else can take their
// place. A browser that lacks what the page needs gets a sentence instead of an empty sheet.
import { giveUp, orGiveUp } from "./page/give-up.ts";
import { inflated } from "./squeeze.ts";

/** Fonts that the first drawing uses; it waits for them, but not long. */
const FONTS = [
  '400 1em "Map Sans"',
  '400 1em "Map Chinese"',
  '600 1em "Map Sans"',
  '600 1em "Map Serif"',
  'italic 1em "Map Serif"',
];
const LONGEST_WAIT_MS = 300;

const element = (id: string) => document.getElementById(id) as HTMLElement;

/**
 * Whether the browser has what the page needs: it unpacks by itself (`deflate-raw` came later than the rest of
 * DecompressionStream), and it knows the language of 2023, of which `toSorted` came last.
 */
function canRun(): boolean {
  try {
    new DecompressionStream("deflate-raw");
  } catch {
    return false;
  }
  return "toSorted" in Array.prototype && "hasOwn" in Object;
}

async function open(): Promise<void> {
  const lettering = `${document.title}Aя1`;
  const loaded = Promise.all(FONTS.map((font) => document.fonts.load(font, lettering))).catch(() => {});
  const packed = element("sco-script").textContent ?? "";
  const [css, code] = (await inflated(packed)).split("\0");
  const style = document.createElement("style");
  const script = document.createElement("script");
  style.textContent = css;
  document.head.append(style);
  await Promise.race([loaded, new Promise((done) => setTimeout(done, LONGEST_WAIT_MS))]);
  script.textContent = code;
  document.body.append(script);
}

if (canRun()) orGiveUp(open);
else giveUp("too old");
