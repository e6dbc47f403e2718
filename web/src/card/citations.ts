// Numbers the sources of one card in the order in which they are cited.
import { el } from "../dom.ts";
import type { ById, Source } from "../facts/types.ts";
import type { Wording } from "../words/wording.ts";

export class Citations {
  readonly anchor: string;
  private readonly sources: ById<Source>;
  private readonly numbers = new Map<string, number>();
  /** Whether the card has a fact that nobody says. */
  hasDoubts = false;

  /** `anchor` begins the ids of the entries that the numbers lead to. */
  constructor(sources: ById<Source>, anchor = "source-") {
    this.sources = sources;
    this.anchor = anchor;
  }

  /** The sources that have a number, in its order. */
  get ids(): string[] {
    return [...this.numbers.keys()];
  }

  /** Number sources that are known, and return their numbers. */
  cite(ids: readonly (string | undefined)[]): number[] {
    const known = ids.filter((id): id is string => !!id && this.sources[id] !== undefined);
    for (const id of known) if (!this.numbers.has(id)) this.numbers.set(id, this.numbers.size + 1);
    return known.map((id) => this.numbers.get(id) ?? 0);
  }

  /** The mark for one or more sources, null for none. */
  mark(...ids: (string | undefined)[]): HTMLElement | null {
    const numbers = this.cite(ids);
    if (!numbers.length) return null;
    const mark = el("sup");
    for (const [i, number] of numbers.entries()) {
      const link = el("a", { href: `#${this.anchor}${number}`, text: String(number), "data-source": number });
      mark.append(i ? ", " : "", link);
    }
    return mark;
  }

  /** The mark for many sources: neighbouring numbers are written as a range, which leads to its first. */
  rangeMark(say: Pick<Wording, "word">, ids: readonly string[]): HTMLElement {
    const numbers = this.cite(ids).sort((one, other) => one - other);
    if (!numbers.length) return this.markOrDoubt(say);
    const ranges: [first: number, last: number][] = [];
    for (const number of numbers) {
      const range = ranges.at(-1);
      if (range && number <= range[1] + 1) range[1] = number;
      else ranges.push([number, number]);
    }
    const mark = el("sup");
    for (const [at, [first, last]] of ranges.entries()) {
      const text = first === last ? String(first) : `${first}–${last}`;
      mark.append(at ? ", " : "", el("a", { href: `#${this.anchor}${first}`, text, "data-source": first }));
    }
    return mark;
  }

  /** The mark for sources; where none is known, the mark of a fact that is not verified. */
  markOrDoubt(say: Pick<Wording, "word">, ...ids: (string | undefined)[]): HTMLElement {
    const mark = this.mark(...ids);
    if (mark) return mark;
    this.hasDoubts = true;
    const text = say.word("not_verified");
    const sign = el("span", { "aria-hidden": "true", text: "?" });
    return el("sup", { class: "doubt", title: text }, sign, el("span", { class: "unseen", text: ` (${text})` }));
  }
}
