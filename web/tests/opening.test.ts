// Opening the page: which browsers can, and what is said when it does not work.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { isToLoad } from "../src/app/arrival.ts";
import { lacking, NEEDED } from "../src/page/can-run.ts";
import { sentenceFor } from "../src/page/give-up.ts";

/** A browser that has what is needed, but for some paths; a format of DecompressionStream may be missing, too. */
function browser(without: readonly string[] = [], formats: readonly string[] = ["deflate-raw"]): object {
  class Stream {
    constructor(format: string) {
      if (!formats.includes(format)) throw new TypeError("unsupported");
    }
  }
  const scope: Record<string, unknown> = {};
  for (const path of NEEDED) {
    if (without.includes(path)) continue;
    const names = path.split(".");
    const last = names.pop() ?? "";
    let owner = scope;
    for (const name of names) {
      owner[name] ??= {};
      owner = owner[name] as Record<string, unknown>;
    }
    owner[last] = path === "DecompressionStream" ? Stream : () => {};
  }
  return scope;
}

test("a browser that has everything can open the page", () => assert.equal(lacking(browser()), null));

for (const path of NEEDED) {
  test(`a browser without ${path} is told`, () => assert.equal(lacking(browser([path])), path));
}

test("Chromium 80 to 102 unpack, but not in the format of the page", () =>
  assert.equal(lacking(browser([], ["gzip", "deflate"])), "deflate-raw"));

/** What came into browsers after 2019 and is easily used without a thought. */
const RECENT =
  /\.(at|toSorted|toReversed|toSpliced|findLast|findLastIndex|hasOwn|groupBy|isSubsetOf|symmetricDifference|replaceAll|matchAll|allSettled|fromEntries|flatMap|replaceChildren|checkVisibility|showModal|showPopover|fromAsync|withResolvers|randomUUID)\(|\b(structuredClone|requestIdleCallback|OffscreenCanvas|ResizeObserver|IntersectionObserver|DecompressionStream|CompressionStream|Path2D|MessageChannel|ClipboardItem|URLPattern|WeakRef)\b|\b(CSS\.escape|Intl\.(?:ListFormat|PluralRules|Segmenter|RelativeTimeFormat|DisplayNames))\b/g;

test("whatever recent the page uses is asked for before it starts", () => {
  const folder = new URL("../src/", import.meta.url);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const used = new Set<string>();
  for (const file of files) {
    const text = readFileSync(`${file.parentPath}/${file.name}`, "utf8").replace(/^\s*(\/\/|\/?\*).*$/gm, "");
    for (const [, method, name, path] of text.matchAll(RECENT)) used.add(method ?? name ?? path);
  }
  const known = NEEDED.map((path) => path.split(".").pop());
  assert.ok(used.size > 8);
  assert.deepEqual(
    [...used].filter((name) => !known.includes(name.split(".").pop() as (typeof known)[number])),
    [],
  );
});

test("a page that fails says why, and takes nothing in the reason for markup or for a pattern", () => {
  const words = { notWhole: "cut", failed: "failed: {reason}." };
  assert.equal(sentenceFor("too old", words), undefined);
  assert.equal(sentenceFor("not whole", words, "x"), "cut");
  assert.equal(sentenceFor("failed", words, "no canvas $& <b>"), "failed: no canvas $& <b>.");
  assert.equal(sentenceFor("failed", words), "failed: –.");
});

test("the app loads another page, and the text of one that could not be fetched, but nothing twice", () => {
  const shown = { page: "a.html", hasText: true };
  assert.equal(isToLoad({ page: null, html: null }, { page: null, hasText: false }), false, "not made yet");
  assert.equal(isToLoad({ page: "a.html", html: null }, { page: null, hasText: false }), true, "the first");
  assert.equal(isToLoad({ page: "a.html", html: null }, shown), false, "the same again");
  assert.equal(isToLoad({ page: "b.html", html: null }, shown), true, "made again from other data");
  const missing = { page: "b.html", hasText: false };
  assert.equal(isToLoad({ page: "b.html", html: null }, missing), false, "on its way");
  assert.equal(isToLoad({ page: "b.html", html: "<html>" }, missing), true, "it could not be fetched");
  assert.equal(isToLoad({ page: "a.html", html: "<html>" }, shown), false, "it has come");
});
