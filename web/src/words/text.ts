// @ts-nocheck
// Words, numbers and dates in the reader's language, and folding for search.

const LOCALES = { en: "en-GB", bn: "bn-BD", ru: "ru-RU", zh: "zh-CN" };
const THIN_SPACE = "\u202F";
const cache = new Map();

/** Decompose, drop combining marks, lower case: accents and vowel signs do not count in a search. */
export const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The words of a text: apart at what Python calls white space, which is not quite what `\s` means here. */
export const wordsOf = (text) => text.split(/(?:(?!\ufeff)\s|[\x1c-\x1f\x85])+/).filter(Boolean);

/** The folded terms of a search. @param {string|null} query @returns {string[]} */
export const termsOf = (query) => (query ? wordsOf(fold(query)) : []);

function cached(key, make) {
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key);
}

/** A formatter of words, numbers and dates. */
export class Wording {
  /**
   * @param {string} lang  en, bn, ru or zh
   * @param {Object<string, Object<string, string>>} words  language to key to text
   */
  constructor(lang, words) {
    this.lang = lang;
    this.words = words[lang] || words.en;
    this.english = words.en;
    this.locale = LOCALES[lang] || "en-GB";
  }

  /** A word by key with `{name}` filled in; an unknown key shows itself. */
  word(key, values = {}) {
    const text = this.words[key] ?? this.english[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** A word by key and count: `key_one`, `key_few`, `key_many`, else `key_other`. */
  counted(key, count, values = {}) {
    const form = cached(`plural ${this.locale}`, () => new Intl.PluralRules(this.locale)).select(count);
    const name = `${key}_${form}` in this.words ? `${key}_${form}` : `${key}_other`;
    return this.word(name, { n: this.number(count), ...values });
  }

  /** The text in the reader's language, else in English, else in any. @param {Object<string, string|undefined>|null} texts */
  pick(texts) {
    if (!texts) return "";
    return texts[this.lang] || texts.en || Object.values(texts).find(Boolean) || "";
  }

  /** A number; thousands are split by a thin space (in Bengali as there). */
  number(value, decimals = 0) {
    const format = cached(
      `number ${this.locale} ${decimals}`,
      () => new Intl.NumberFormat(this.locale, { maximumFractionDigits: decimals }),
    );
    const parts = format.formatToParts(value);
    if (this.lang === "bn") return format.format(value);
    const digits = parts.filter((part) => part.type === "integer").reduce((sum, part) => sum + part.value.length, 0);
    return parts
      .map((part) => (part.type === "group" ? (digits > 4 || this.lang !== "zz" ? THIN_SPACE : "") : part.value))
      .join("");
  }

  /** A year, never grouped. */
  year(value) {
    return cached(`year ${this.locale}`, () => new Intl.NumberFormat(this.locale, { useGrouping: false })).format(
      value,
    );
  }

  /** A length in km, rounded to what can be read off the map. */
  km(value) {
    const rounded =
      value >= 10000 ? Math.round(value / 10) * 10 : value >= 10 ? Math.round(value) : Math.round(value * 10) / 10;
    return this.word("km", { n: this.number(rounded, 1) });
  }

  /** A date as exact as it is known: year, month and year, or the day. @param {string|null|undefined} moment */
  date(moment, short = true) {
    if (!moment) return this.word("date_unknown");
    const [year, month, day] = moment.split("-").map(Number);
    if (!month) return this.lang === "zh" ? `${year}年` : this.year(year);
    const options = /** @type {any} */ ({ year: "numeric", month: short ? "short" : "long", timeZone: "UTC" });
    if (day) options.day = "numeric";
    const format = cached(`date ${this.locale} ${short} ${!!day}`, () => new Intl.DateTimeFormat(this.locale, options));
    return format.format(new Date(Date.UTC(year, month - 1, day || 1))).replace(/\s?г\.$/, "");
  }

  /** A list joined as the language does it. */
  list(items) {
    return cached(`list ${this.locale}`, () => new Intl.ListFormat(this.locale, { type: "conjunction" })).format(items);
  }

  /** Compare two texts as the language sorts them. */
  get compare() {
    return cached(`sort ${this.locale}`, () => new Intl.Collator(this.locale, { numeric: true })).compare;
  }
}

/** First letter large: sentence case for words that the vocabulary writes small. */
export const sentenceCase = (text) => (text ? text[0].toLocaleUpperCase() + text.slice(1) : text);
