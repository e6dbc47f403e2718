// Words, numbers and dates in the reader's language.
import type { Language } from "../contract.ts";
import type { Prose, Texts, WordsByLanguage } from "../facts/types.ts";

const LOCALES: Record<Language, string> = { en: "en-GB", bn: "bn-BD", ru: "ru-RU", zh: "zh-CN" };
const THIN_SPACE = "\u202F";

/** From here on a length is rounded to tens of km, below `WHOLE_KM_FROM` it keeps one decimal. */
const TENS_OF_KM_FROM = 10_000;
const WHOLE_KM_FROM = 10;

export type Gaps = Record<string, string | number>;

const cache = new Map<string, unknown>();

function cached<Value>(key: string, make: () => Value): Value {
  if (!cache.has(key)) cache.set(key, make());
  return cache.get(key) as Value;
}

/** A formatter of words, numbers and dates. */
export class Wording {
  readonly lang: Language;
  readonly locale: string;
  readonly words: Record<string, string | undefined>;
  private readonly english: Record<string, string | undefined>;

  constructor(lang: Language, words: WordsByLanguage) {
    this.lang = lang;
    this.words = words[lang] ?? words.en;
    this.english = words.en;
    this.locale = LOCALES[lang];
  }

  /** A word by key with `{name}` filled in; an unknown key shows itself. */
  word(key: string, gaps: Gaps = {}): string {
    const text = this.words[key] ?? this.english[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(gaps, name) ? String(gaps[name]) : whole));
  }

  /** A word by key and count: `key_one`, `key_few`, `key_many`, else `key_other`. */
  counted(key: string, count: number, gaps: Gaps = {}): string {
    const form = cached(`plural ${this.locale}`, () => new Intl.PluralRules(this.locale)).select(count);
    const name = `${key}_${form}` in this.words ? `${key}_${form}` : `${key}_other`;
    return this.word(name, { n: this.number(count), ...gaps });
  }

  /** The text in the reader's language, else in English, else in any. */
  pick(texts: Texts | null | undefined): string {
    if (!texts) return "";
    return texts[this.lang] || texts.en || Object.values(texts).find(Boolean) || "";
  }

  /** A text for readers in the reader's language, else in English. */
  prose(text: Prose | null | undefined): string {
    return typeof text === "string" ? text : this.pick(text);
  }

  /** The language in which `prose` has a text, null where it is the reader's own or the text is a code. */
  foreign(text: Prose | null | undefined): Language | null {
    if (!text || typeof text === "string" || text[this.lang]) return null;
    return text.en ? "en" : (Object.keys(text)[0] as Language);
  }

  /** A number; thousands are split by a thin space (in Bengali as there). */
  number(value: number, decimals = 0): string {
    const make = () => new Intl.NumberFormat(this.locale, { maximumFractionDigits: decimals });
    const format = cached(`number ${this.locale} ${decimals}`, make);
    if (this.lang === "bn") return format.format(value);
    const parts = format.formatToParts(value);
    return parts.map((part) => (part.type === "group" ? THIN_SPACE : part.value)).join("");
  }

  /** The same in pieces: thousands are apart, with nothing between them, so that a copied number is a number. */
  thousands(value: number, decimals = 0): string[] {
    const format = cached(
      `number ${this.locale} ${decimals}`,
      () => new Intl.NumberFormat(this.locale, { maximumFractionDigits: decimals }),
    );
    const pieces = [""];
    for (const { type, value: text } of format.formatToParts(value)) {
      if (type === "group") pieces.push("");
      else pieces[pieces.length - 1] += text;
    }
    return pieces;
  }

  /** A year, never grouped. */
  year(value: number): string {
    const make = () => new Intl.NumberFormat(this.locale, { useGrouping: false });
    return cached(`year ${this.locale}`, make).format(value);
  }

  /** A length in km, rounded to what can be read off the map. */
  km(value: number): string {
    let rounded = Math.round(value);
    if (value >= TENS_OF_KM_FROM) rounded = Math.round(value / 10) * 10;
    else if (value < WHOLE_KM_FROM) rounded = Math.round(value * 10) / 10;
    return this.word("km", { n: this.number(rounded, 1) });
  }

  /**
   * A figure with its unit, as the language writes it: a unit may be another multiple there (`unit_<unit>_times` of
   * the locale: a billion cubic metres are ten 亿立方米).
   */
  quantity(value: number, unit: string, decimals = 2): string {
    const name = this.words[`unit_${unit}`] ?? unit;
    return `${this.number(this.inUnit(value, unit), decimals)} ${name}`.trim();
  }

  /** The number of a figure in the multiple of its unit that the language counts in. */
  inUnit(value: number, unit: string): number {
    return value * Number(this.words[`unit_${unit}_times`] ?? 1);
  }

  /** A sum of money in billions of US dollars. */
  billions(value: number): string {
    const times = Number(this.words.cost_value_times ?? 1);
    return this.word("cost_value", { n: this.number(value * times, 2) });
  }

  /** A date as exact as it is known: year, month and year, or the day. */
  date(moment: string | null | undefined, short = true): string {
    if (!moment) return this.word("date_unknown");
    const [year, month, day] = moment.split("-").map(Number);
    if (!month) return this.lang === "zh" ? `${year}年` : this.year(year);
    const make = () => {
      const options: Intl.DateTimeFormatOptions = {
        year: "numeric",
        month: short ? "short" : "long",
        timeZone: "UTC",
      };
      return new Intl.DateTimeFormat(this.locale, day ? { ...options, day: "numeric" } : options);
    };
    const format = cached(`date ${this.locale} ${short} ${!!day}`, make);
    return format.format(new Date(Date.UTC(year, month - 1, day || 1))).replace(/\s?г\.$/, "");
  }

  /** A day in full, for "printed on". */
  today(now = new Date()): string {
    return new Intl.DateTimeFormat(this.locale, { dateStyle: "long" }).format(now).replace(/\s?г\.$/, "");
  }

  /** A list joined as the language does it. */
  list(items: readonly string[]): string {
    const make = () => new Intl.ListFormat(this.locale, { type: "conjunction" });
    return cached(`list ${this.locale}`, make).format(items);
  }

  /** Compare two texts as the language sorts them. */
  get compare(): (one: string, other: string) => number {
    return cached(`sort ${this.locale}`, () => new Intl.Collator(this.locale, { numeric: true })).compare;
  }
}
