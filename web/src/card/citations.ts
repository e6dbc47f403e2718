// Numbers the sources of one card in the order in which they are cited.
import { el } from "../dom.ts";
import type { ById, Source } from "../facts/types.ts";
import type { Wording } from "../words/wording.ts";

export class Citations {
  private readonly sources: ById<Source>;
  private readonly numbers = new Map<string, number>();
  /** Whether the card has a fact that nobody says. */
  hasDoubts = false;

  constructor(sources: ById<Source>) {
    this.sources = sources;
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
      const link = el("a", { href: `#source-${number}`, text: String(number), "data-source": number });
      mark.append(i ? ", " : "", link);
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
