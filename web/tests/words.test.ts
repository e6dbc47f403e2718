// Folding, wording, describing, suggesting, citing.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { listedValues } from "../src/card/parts.ts";
import { filled, named } from "../src/card/prose.ts";
import { LANGUAGES, type Language } from "../src/contract.ts";
import { parseSelection } from "../src/facts/selection.ts";
import type { SharedFacts } from "../src/facts/types.ts";
import { COMMA, dialectOf, POINT } from "../src/files/csv.ts";
import {
  bibtexAddress,
  bibtexKey,
  bibtexText,
  type Cited,
  citationBibtex,
  citationCsl,
  citationText,
  errorReport,
} from "../src/words/citation.ts";
import {
  creditList,
  licenceTitles,
  resultSentence,
  selectionSentence,
  termFirst,
  totalsSentence,
  valueName,
} from "../src/words/describe.ts";
import { fold, sentenceCase, termsOf, wordsOf } from "../src/words/fold.ts";
import { latin, nearest, slips } from "../src/words/likeness.ts";
import { readersLocale } from "../src/words/reader.ts";
import { namesOf, Suggestions, suggestionsFor } from "../src/words/suggest.ts";
import { Wording } from "../src/words/wording.ts";
import { wrapped } from "../src/words/wrap.ts";
import { vectors, world } from "./vectors.ts";

for (const { text, folded, terms } of vectors<{ text: string; folded: string; terms: string[] }[]>("fold")) {
  test(`${JSON.stringify(text)} is folded as in Python`, () => {
    assert.equal(fold(text), folded);
    assert.deepEqual(termsOf(text), terms);
  });
}

test("a search without words has no terms", () => {
  assert.deepEqual(termsOf(null), []);
  assert.deepEqual(wordsOf(" \t\n"), []);
});

test("sentence case leaves the rest and takes letters of any plane whole", () => {
  assert.equal(sentenceCase("under construction"), "Under construction");
  assert.equal(sentenceCase("ёлка"), "Ёлка");
  assert.equal(sentenceCase(""), "");
  assert.equal(sentenceCase("𐐨x"), "𐐀x");
});

// ---------------------------------------------------------------- wording
const WORDS = Object.fromEntries(LANGUAGES.map((lang) => [lang, {}])) as Record<Language, Record<string, string>>;
WORDS.en = { km: "{n} km", greet: "Hello {name}", row_one: "{n} row", row_other: "{n} rows", date_unknown: "unknown" };
WORDS.ru = { row_one: "{n} строка", row_few: "{n} строки", row_many: "{n} строк", row_other: "{n} строки" };
const say = (lang: Language) => new Wording(lang, WORDS);
const THIN = "\u202f";

test("a word is filled in; what a language lacks is English, and an unknown key shows itself", () => {
  assert.equal(say("en").word("greet", { name: "A" }), "Hello A");
  assert.equal(say("bn").word("greet", { name: "A" }), "Hello A");
  assert.equal(say("en").word("nothing"), "nothing");
  assert.equal(say("en").word("greet"), "Hello {name}");
});

test("gaps are filled with what was given, never with what every object has", () => {
  const wording = new Wording("en", { ...WORDS, en: { x: "{constructor} {toString}" } });
  assert.equal(wording.word("x"), "{constructor} {toString}");
});

for (const [count, text] of [
  [0, "0 строк"],
  [1, "1 строка"],
  [2, "2 строки"],
  [5, "5 строк"],
  [11, "11 строк"],
  [21, "21 строка"],
  [22, "22 строки"],
  [112, "112 строк"],
] as const) {
  test(`Russian counts ${count}`, () => assert.equal(say("ru").counted("row", count), text));
}

test("English counts one and others", () => {
  assert.equal(say("en").counted("row", 1), "1 row");
  assert.equal(say("en").counted("row", 1234), `1${THIN}234 rows`);
});

for (const [lang, value, decimals, text] of [
  ["en", 1234567, 0, `1${THIN}234${THIN}567`],
  ["ru", 1234.5, 1, `1${THIN}234,5`],
  ["zh", 12345, 0, `12${THIN}345`],
  ["bn", 123456, 0, "১,২৩,৪৫৬"],
  ["en", 0.126, 2, "0.13"],
  ["en", -5, 0, "-5"],
] as const) {
  test(`the number ${value} in ${lang}`, () => assert.equal(say(lang).number(value, decimals), text));
}

test("a year is never grouped", () => {
  assert.equal(say("en").year(2026), "2026");
  assert.equal(say("bn").year(2026), "২০২৬");
});

for (const [km, text] of [
  [0.04, "0 km"],
  [9.96, "10 km"],
  [3.14, "3.1 km"],
  [99.6, "100 km"],
  [9999.4, `9${THIN}999 km`],
  [12344, `12${THIN}340 km`],
] as const) {
  test(`${km} km are rounded to what can be read off the map`, () => assert.equal(say("en").km(km), text));
}

for (const [lang, moment, short, text] of [
  ["en", "2024", true, "2024"],
  ["zh", "2024", true, "2024年"],
  ["bn", "2024", true, "২০২৪"],
  ["en", "2024-12", true, "Dec 2024"],
  ["en", "2024-12-27", false, "27 December 2024"],
  ["ru", "2024-12-27", false, "27 декабря 2024"],
  ["zh", "2024-12-27", true, "2024年12月27日"],
  ["en", null, true, "unknown"],
  ["en", "", true, "unknown"],
] as const) {
  test(`the date ${moment} in ${lang}`, () => assert.equal(say(lang).date(moment, short), text));
}

test("a list is joined as the language does it", () => {
  assert.equal(say("en").list(["a", "b", "c"]), "a, b and c");
  assert.equal(say("ru").list(["a", "b"]), "a и b");
  assert.equal(say("zh").list(["a", "b"]), "a和b");
});

test("texts are picked in the language, else in English, else in any", () => {
  assert.equal(say("ru").pick({ en: "a", ru: "б" }), "б");
  assert.equal(say("bn").pick({ en: "a", ru: "б" }), "a");
  assert.equal(say("bn").pick({ zh: "中" }), "中");
  assert.equal(say("bn").pick(null), "");
  assert.equal(say("bn").pick({}), "");
});

test("names sort with their numbers", () => {
  assert.deepEqual(["line 10", "line 9", "Älpha"].sort(say("en").compare), ["Älpha", "line 9", "line 10"]);
});

test("a text is broken into lines at spaces, Chinese anywhere", () => {
  const width = (text: string) => text.length;
  assert.deepEqual(wrapped("one two three", 7, width), ["one two", "three"]);
  assert.deepEqual(wrapped("中吉乌铁路", 2, width), ["中吉", "乌铁", "路"]);
  assert.deepEqual(wrapped("one unbreakable", 5, width), ["one", "unbreakable"]);
  assert.deepEqual(wrapped("", 3, width), []);
});

// ---------------------------------------------------------------- describing
test("values of filters are called by their names, unknown ones by themselves", () => {
  const known = world();
  const en = say("en");
  assert.equal(valueName(known, en, "country", "AAA"), "Aland");
  assert.equal(valueName(known, en, "country", "ZZZ"), "ZZZ");
  assert.equal(valueName(known, en, "country", "sco"), "all_members");
  assert.equal(valueName(known, en, "project", "silk"), "The Silk Way");
  assert.equal(valueName(known, en, "kind", "rail"), "Railway");
  assert.equal(valueName(known, en, "kind", "__proto__"), "__proto__");
  assert.equal(termFirst(known, en, "nothing", "x"), "X");
  assert.equal(termFirst(known, en, "kind", null), "");
});

test("a selection is said as a sentence", () => {
  const sentence = (query: string) => selectionSentence(world(), say("en"), parseSelection(query), null);
  assert.equal(sentence(""), "");
  assert.equal(sentence("country=AAA,BBB&kind=rail&q=x+y"), "Aland, Beland · Railway · “x y”");
  assert.equal(sentence("country=A,B,C,D,E,F,G"), "", "too many to be named");
});

test("sums are said rounded, and with the words of a saved question", () => {
  const words = {
    ...WORDS,
    en: {
      dek: "{length} in {countries}",
      dek_short: "({length})",
      count_countries_other: "{n} states",
      km: "{n} km",
      full_stop: ".",
      rows_shown_one: "{n} site",
      rows_shown_other: "{n} sites",
      length_and_basis: "{km}, {basis}",
      length_published: "published",
    },
  };
  const en = new Wording("en", words);
  const sums = { projects: 3, countries: 2, basis: null };
  assert.equal(totalsSentence(en, { ...sums, km: 12_345 }, null, 5), `12${THIN}300 km in 2 states`);
  assert.equal(totalsSentence(en, { ...sums, km: 523, basis: "published" }, null, 5), "523 km, published in 2 states");
  const story = { id: "x", title: {}, text: { en: "Why." }, steps: [{ query: "" }] };
  assert.equal(totalsSentence(en, { ...sums, km: 999.4 }, story, 5), "Why. (999 km)");
  assert.equal(totalsSentence(en, { projects: 0, km: 0, countries: 0, basis: null }, story, 5), "Why.");
  assert.equal(totalsSentence(en, { ...sums, km: 0 }, null, 5), "5 sites in 2 states");
  assert.equal(totalsSentence(en, { projects: 0, km: 0, countries: 0, basis: null }, null, 1), "1 site.");
  assert.equal(resultSentence(en, 1, { projects: 0, km: 0, countries: 0, basis: null }), "1 site.");
});

test("each is credited once, those with a © first, facts without a licence not at all", () => {
  const layer = { title: {}, group: "", order: 1, as_of: "2026", licence: "a" };
  const layers = {
    one: { ...layer, attribution: "© Mappers; Ground" },
    two: { ...layer, licence: "b", attribution: "Ground | Facts" },
    three: layer,
  };
  const licences = { a: { title: "Open", url: "https://a.example" }, b: { title: "Facts", attribution: "Facts" } };
  const en = new Wording("en", { ...WORDS, en: { credit_ground: "Natural Earth", licence_b: "Cited" } });
  assert.deepEqual(creditList(layers, licences, en), ["© Mappers", "Natural Earth", "Ground"]);
  assert.deepEqual(licenceTitles(layers, licences, en), ["Open", "Cited"]);
});

// ---------------------------------------------------------------- suggestions
const suggested = (text: string) => suggestionsFor(namesOf(world()), text).map(({ form, id }) => `${form} ${id}`);

for (const [text, first] of [
  ["silk", "project silk_east"],
  ["the silk way", "project silk"],
  ["шелк", "project silk"],
  ["alpha", "place alpha"],
  ["阿尔", "place alpha"],
  ["aland", "country AAA"],
  ["елка", "row silk_far_east__port"],
  ["pass beta", "place beta"],
] as const) {
  test(`${text} suggests ${first} first`, () => assert.equal(suggested(text)[0], first));
}

test("a name that is the text itself comes before longer ones, whatever has it", () => {
  const named = { projects: { p: { title: { en: "Alpha–Beta railway" } } }, countries: {}, places: {}, rows: [] };
  const row = { id: "r", kind: "rail", title: { en: "Alpha" }, projects: ["r"], countries: [], places: [] };
  const first = suggestionsFor(namesOf({ ...named, rows: [row] } as never), "alpha")[0];
  assert.equal(first.id, "r");
});

test("nothing is suggested for nothing, for signs of patterns, and when a term is missing", () => {
  for (const text of ["", "  ", ".*", "(", "[a-z]", "silk nowhere"]) assert.deepEqual(suggested(text), []);
});

test("of one project at most three are suggested", () => {
  const row = (id: string) => ({
    id,
    kind: "rail",
    title: { en: `Line ${id}` },
    projects: ["p"],
    countries: [],
    places: [],
  });
  const named = { projects: {}, countries: {}, places: {}, rows: ["a", "b", "c", "d"].map(row) };
  assert.deepEqual(
    suggestionsFor(namesOf(named), "line").map(({ id }) => id),
    ["a", "b", "c"],
  );
});

// ---------------------------------------------------------------- citations
const CITED: Cited = {
  id: "silk",
  title: "50 % of {A} & B_1",
  work: "The map",
  asOf: "2026-04",
  version: "1.2.3",
  checksum: "0123456789abcdef0123",
  address: "https://map.example/#q=ё}",
  sources: [
    {
      id: "ministry",
      publisher: "Ministry",
      title: "Paper",
      published: "2024-12-27",
      url: "https://a.example/{x}",
      accessed: "2026-01-02",
    },
    { id: "daily", publisher: "Daily", title: "Daily" },
    { id: "bare" },
  ],
};

test("BibTeX takes every letter", () => {
  assert.equal(
    bibtexText("50 % of {A} & B_1 #2 ~ $x^2$ \\"),
    "50 \\% of \\{A\\} \\& B\\_1 \\#2 \\textasciitilde{} \\$x\\textasciicircum{}2\\$ \\textbackslash{}",
  );
  assert.equal(bibtexAddress("https://a.example/{x}?y=%20 é"), "https://a.example/%7Bx%7D?y=%20%20%C3%A9");
  assert.equal(bibtexKey("Äü silk__road!"), "sco-map--silk-road");
});

test("an entry of BibTeX for the map and one for each source", () => {
  const entries = citationBibtex(CITED).split("\n\n");
  assert.equal(entries.length, 4);
  assert.match(entries[0], /^@misc\{sco-map-silk,/);
  assert.match(entries[0], /year = \{2026\}/);
  assert.match(entries[0], /version = \{1\.2\.3\}/);
  assert.match(entries[0], /note = \{Entry silk, data 1\.2\.3 of 2026-04 \(SHA-256 0123456789abcdef\)\}/);
  assert.match(entries[1], /urldate = \{2026-01-02\}/);
  assert.match(entries[3], /title = \{\{bare\}\}/);
  assert.doesNotMatch(entries[3], /author|year|url/);
});

test("CSL-JSON with dates as exact as they are known", () => {
  const [own, first, , bare] = JSON.parse(citationCsl(CITED));
  assert.deepEqual(own.issued, { "date-parts": [[2026, 4]] });
  assert.deepEqual(first.issued, { "date-parts": [[2024, 12, 27]] });
  assert.equal(bare.issued, undefined);
  assert.equal(bare.title, "bare");
});

test("a reference as text says of which version it is", () => {
  const word = (name: string, facts: Record<string, unknown> = {}) => `${name} ${JSON.stringify(facts)}`;
  const text = citationText(CITED, { word, date: String });
  assert.ok(text.includes('data_version {"version":"1.2.3","date":"2026-04","checksum":"0123456789abcdef"}'), text);
});

test("a reference as text names sources in order, titles only where they are not the publisher's name", () => {
  const lines = citationText(CITED, say("en")).split("\n");
  assert.match(lines[0], /^“50 % of \{A\} & B_1” \(silk\)\. The map\./);
  assert.equal(lines[1], "sources:");
  assert.match(lines[2], /^\[1\] Ministry, “Paper”, 27 Dec 2024, https:/);
  assert.equal(lines[3], "[2] Daily");
  assert.equal(lines[4], "[3] ");
  assert.equal(citationText({ ...CITED, sources: [], address: null }, say("en")).split("\n").length, 1);
});

test("a report of an error says which entry, which data and which view", () => {
  const report = errorReport({ ...CITED, address: null }, "country=AAA", say("en"));
  assert.match(report, /report_entry: silk/);
  assert.match(report, /SHA-256 0123456789abcdef\)/);
  assert.match(report, /#country=AAA/);
});

// ---------------------------------------------------------------- columns in cards
test("a card lists the columns that the contract gives a word", () => {
  const ownerOf = (facts: SharedFacts) => listedValues(say("en"), facts).find(({ name }) => name === "owner")?.value;
  assert.equal(ownerOf({ owner: "Me" }), "Me");
  assert.equal(ownerOf({}), null);
});

// ---------------------------------------------------------------- what is spelt most like it
test("other scripts are written in Latin as Python does", () => {
  for (const [text, written] of vectors<[string, string][]>("latin")) assert.equal(latin(text), written, text);
});

const SUGGESTIONS = new Suggestions(namesOf(world()));
const KNOWN = vectors<[string, string[]][]>("known");
for (const [text, ids, entries] of vectors<[string, string[], [string, string][]][]>("nearest")) {
  test(`nearest to ${text.slice(0, 20)} is what Python finds`, () => {
    assert.deepEqual(nearest(text, KNOWN), ids);
    const found = SUGGESTIONS.instead(text).map(({ form, id }) => [form, id]);
    assert.deepEqual(found, entries);
  });
}

test("slips: too many, missing, wrong, swapped; more than allowed is one more", () => {
  const count = (one: string, other: string, most = 3, prefix = false) => slips([...one], [...other], most, prefix);
  assert.equal(count("gwadr", "gwadar"), 1);
  assert.equal(count("gwaadar", "gwadar"), 1);
  assert.equal(count("gwedar", "gwadar"), 1);
  assert.equal(count("gawdar", "gwadar"), 1);
  assert.equal(count("gwadar", "beijing", 2), 3);
  assert.equal(count("kazaks", "kazakhstan", 2, true), 1);
  assert.equal(count("kazaks", "kazakhstan", 2), 3);
  assert.equal(count("", "a", 0), 1);
});

test("what answers a text is suggested before what is only like it", () => {
  assert.deepEqual(
    SUGGESTIONS.for("silk").map(({ id }) => id),
    suggestionsFor(SUGGESTIONS.entries, "silk").map(({ id }) => id),
  );
  assert.equal(SUGGESTIONS.for("slik")[0]?.id, SUGGESTIONS.instead("slik")[0]?.id);
  assert.deepEqual(SUGGESTIONS.for("qqqqqq"), []);
});

test("a text for readers is in their language, else in another that is named; a code is the same in all", () => {
  const [bn, en] = [say("bn"), say("en")];
  const text = { en: "Opened", bn: "চালু" };
  assert.deepEqual([bn.prose(text), bn.foreign(text)], ["চালু", null]);
  assert.deepEqual([bn.prose({ en: "Opened" }), bn.foreign({ en: "Opened" })], ["Opened", "en"]);
  assert.deepEqual([en.prose({ ru: "Открыт" }), en.foreign({ ru: "Открыт" })], ["Открыт", "ru"]);
  assert.deepEqual([bn.prose("all"), bn.foreign("all")], ["all", null]);
  assert.deepEqual([bn.prose(undefined), bn.foreign(undefined)], ["", null]);
});

test("a word of the interface takes nodes into its gaps, in the signs of the language", () => {
  const words = (text: string) => ({ word: () => text });
  assert.deepEqual(filled(words("{name}: {text}"), "text_of", { name: "Planned", text: "idea" }), [
    "",
    "Planned",
    ": ",
    "idea",
    "",
  ]);
  assert.equal(filled(words("未收录：{text}"), "layer_gaps", { text: "其他" }).join(""), "未收录：其他");
  assert.equal(named(say("en"), "Planned", undefined).join(""), "Planned");
  assert.equal(named(say("en"), "", "Ground broken").join(""), "Ground broken");
});

test("a browser's name for its language is one that Intl takes", () => {
  assert.throws(() => new Intl.NumberFormat("en-US@posix"), RangeError);
  assert.equal(readersLocale(["en-US@posix"]), "en-US");
  assert.equal(readersLocale(["de_DE.UTF-8"]), "de-DE");
  assert.equal(readersLocale(["C", "", "ru-RU"]), "ru-RU");
  assert.equal(readersLocale(["C", undefined as unknown as string]), "en");
  assert.equal(readersLocale([]), "en");
  assert.equal(dialectOf(readersLocale(["en-US@posix"])), POINT);
  assert.equal(dialectOf(readersLocale(["de_DE@euro"])), COMMA);
});

test("the language of the browser is asked for in one place, and nothing is formatted in it unasked", () => {
  const folder = new URL("../src/", import.meta.url).pathname;
  const unasked =
    /navigator\.languages?|toLocale\w*\(\)|localeCompare\([^,()]*\)|new Intl\.\w+\(\s*(\)|undefined|\[\])/;
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const found = files.filter((name) => unasked.test(readFileSync(folder + name, "utf8")));
  assert.deepEqual(found, ["words/reader.ts"]);
});
