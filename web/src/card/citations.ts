// Numbers the sources of one card in the order in which they are cited.
import { el } from "../dom.ts";
import type { ById, Source } from "../facts/types.ts";

export class Citations {
  private readonly sources: ById<Source>;
  private readonly numbers = new Map<string, number>();

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
}
