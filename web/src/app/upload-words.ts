// The words of Streamlit's field for files in the language of the reader: Streamlit has them in English alone, and
// offers no way to say them otherwise. What it writes is recognised and written in other words in its place.

/** The words of the app in one language. */
export type Words = Readonly<Record<string, string>>;

const FIELD = "[data-testid=stFileUploader]";
const FILE_NAME = "[data-testid=stFileChipName]";
const LABEL = "aria-label";

const SIZE = /^([\d.,]+)\s?(B|KB|MB|GB)$/;
const NAME_AND_SIZE = /^(.+), ([^,]+)$/;
const UNITS: Readonly<Record<string, string>> = { B: "byte", KB: "kilobyte", MB: "megabyte", GB: "gigabyte" };

/** What Streamlit writes, and the word that says it; `{}` in the word stands for what is in the brackets. */
const PHRASES: readonly (readonly [said: RegExp, word: string])[] = [
  [/^(?:Upload|file upload)$/, "upload"],
  [/^Add files$/, "upload_more"],
  [/^Drag and drop (?:a file|files|directories) here$/, "upload_drop"],
  [/^(\S+) per file(?: • .*)?$/, "upload_most"],
  [/^(?:Error:\s+)?.*files are not allowed\.?$/, "upload_refused"],
  [/^(?:Error:\s+)?File must be (\S+) or smaller\.?$/, "upload_large"],
  [/^Remove (.+)$/, "upload_remove"],
  [/^Error:$/, "upload_error"],
];

/** A size as the language writes it. */
function sizeIn(text: string, lang: string): string {
  const [, count, unit] = SIZE.exec(text) ?? [];
  if (!unit) return text;
  const form = { style: "unit", unit: UNITS[unit], maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(lang, form).format(Number(count.replaceAll(",", "")));
}

/** What Streamlit writes in English in other words; what it is not known to write stays. */
export function uploadWords(text: string, words: Words, lang: string): string {
  const plain = text.trim();
  const [, name, size = plain] = NAME_AND_SIZE.exec(plain) ?? [];
  if (SIZE.test(size)) return name ? `${name}, ${sizeIn(size, lang)}` : sizeIn(size, lang);
  for (const [said, word] of PHRASES) {
    const found = said.exec(plain);
    if (!found || !words[word]) continue;
    const written = words[word].replace("{}", () => sizeIn(found[1] ?? "", lang));
    return text.replace(plain, () => written);
  }
  return text;
}

type Written = readonly [said: string, written: string];

/** Writes every field for files of a document in the language of now, and again whenever Streamlit writes into one. */
export class UploadWords {
  /** What Streamlit wrote into a text or a label, and what is there instead. */
  private readonly written = new WeakMap<Node, Written>();
  private readonly changes = new MutationObserver(() => this.write());
  private words: Words = {};
  private lang = "en";

  constructor(place: Node) {
    this.changes.observe(place, { childList: true, subtree: true, characterData: true, attributeFilter: [LABEL] });
  }

  /** From now on in these words. */
  speak(words: Words, lang: string): void {
    this.words = words;
    this.lang = lang;
    this.write();
  }

  remove(): void {
    this.changes.disconnect();
  }

  private write(): void {
    for (const field of document.querySelectorAll(FIELD)) {
      const texts = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode as Text;
        if (text.parentElement?.closest(FILE_NAME)) continue;
        const written = this.inLanguage(text, text.data);
        if (text.data !== written) text.data = written;
      }
      for (const element of field.querySelectorAll(`[${LABEL}]`)) {
        const label = element.getAttribute(LABEL) ?? "";
        const written = this.inLanguage(element, label);
        if (label !== written) element.setAttribute(LABEL, written);
      }
    }
  }

  /** What is to stand where `now` stands: that may be Streamlit's words or those written in their place. */
  private inLanguage(node: Node, now: string): string {
    const before = this.written.get(node);
    const said = before?.[1] === now ? before[0] : now;
    const written = uploadWords(said, this.words, this.lang);
    this.written.set(node, [said, written]);
    return written;
  }
}
