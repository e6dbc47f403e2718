// What others call the same thing: one line of a card, with links from fixed templates.
import { OUTSIDE, type Scheme } from "../contract.ts";
import { el } from "../dom.ts";
import type { SharedFacts } from "../facts/types.ts";
import type { Making, Part } from "./parts.ts";

/** The address of an id that others give; null where it leads nowhere, or does not look like one of theirs. */
export function outsideAddress({ address, pattern }: Pick<Scheme, "address" | "pattern">, id: string): string | null {
  if (!address || !new RegExp(`^(?:${pattern})$`, "u").test(id)) return null;
  return address.replace("{id}", () => encodeURIComponent(id));
}

/** What others call the same thing, in one line, with links to where they do. */
export function elsewhere({ say, cite }: Making, facts: SharedFacts): Part {
  const items = OUTSIDE.flatMap((scheme) => {
    const id = facts[scheme.name];
    if (!id) return [];
    const href = outsideAddress(scheme, id);
    const name = say.word(`id_${scheme.name}`);
    const attributes = { target: "_blank", rel: "noopener noreferrer", text: id.replaceAll("_", " ") };
    const sources = (facts.figure_sources ?? []).filter(({ figure }) => figure === scheme.name);
    const shown = href ? el("a", { href, ...attributes }) : id;
    return [el("span", {}, `${name} `, shown, cite.mark(...sources.map(({ source }) => source)))];
  });
  if (!items.length) return null;
  const parted = items.flatMap((item, i) => (i ? [" · ", item] : [item]));
  return el("p", { class: "quiet elsewhere" }, `${say.word("elsewhere")}: `, ...parted);
}
