// Unpacks style and script of the page and puts them in; the policy names their hashes, so nothing else can take their
// place. A browser that lacks what the page needs gets a sentence instead of an empty sheet.
import { lacking } from "./page/can-run.ts";
import { giveUp, orGiveUp } from "./page/give-up.ts";
import { begin } from "./page/progress.ts";
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

/** Letters of the scripts in which the page names its languages: a font that came later would set everything again. */
const OF_LANGUAGES = "Aя1অ中";

const element = (id: string) => document.getElementById(id) as HTMLElement;

/** An error that nobody catches while the name still stands there would leave the reader with it for ever. */
function failBeforeDrawn({ error, message }: ErrorEvent): void {
  if (document.getElementById("loading")) giveUp("failed", error instanceof Error ? error.message : message);
}

function addStyle(css: string): void {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
}

async function open(): Promise<void> {
  addEventListener("error", failBeforeDrawn);
  if (/[#&]embed=1\b/.test(location.hash)) element("loading").className = "bare";
  await begin("unpacking");
  const fonts = element("sco-fonts").textContent;
  if (fonts) addStyle(await inflated(fonts));
  const lettering = document.title + OF_LANGUAGES;
  const loaded = Promise.all(FONTS.map((font) => document.fonts.load(font, lettering))).catch(() => {});
  const packed = element("sco-script").textContent ?? "";
  const [css, code] = (await inflated(packed)).split("\0");
  const script = document.createElement("script");
  addStyle(css);
  await Promise.race([loaded, new Promise((done) => setTimeout(done, LONGEST_WAIT_MS))]);
  script.textContent = code;
  document.body.append(script);
}

if (lacking(globalThis) === null) orGiveUp("not whole", open);
else giveUp("too old");
