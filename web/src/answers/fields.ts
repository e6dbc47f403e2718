// Fields in which a reader names places, states and lines: what is typed is completed from a list, what was chosen can
// be taken off again.
import { el, icon } from "../dom.ts";
import { SuggestionList } from "../panel/suggestion-list.ts";
import type { Entry, Suggestions } from "../words/suggest.ts";

const TAKE_OFF = "M4.5 4.5l7 7M11.5 4.5l-7 7";

/** How a field is called, and what it knows. */
export interface Naming {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  /** The mark of the place on the map. */
  readonly letter?: string;
  /** The name of the list for readers of screens. */
  readonly listLabel: string;
  known(): Suggestions;
  nameOf(id: string): string;
  sortOf(entry: Entry): string;
  /** What taking a value off is called. */
  removeLabel(name: string): string;
}

export interface Field {
  readonly node: HTMLElement;
  /** Show what is chosen now. */
  update(): void;
}

/** An input that completes what is typed; `take` hears the id of what was meant, or the text itself. */
function completed(
  naming: Naming,
  take: (value: string) => void,
  isChosen: (text: string) => boolean = () => false,
): { input: HTMLInputElement; list: HTMLElement } {
  const spelling = { autocomplete: "off", spellcheck: "false", enterkeyhint: "go" };
  const { id, placeholder } = naming;
  const input = el("input", { type: "text", id: `ask-${id}`, placeholder, ...spelling });
  const suggestions = new SuggestionList(
    input,
    {
      find: (text) => naming.known().for(text),
      show: (entry) => ({ name: naming.nameOf(entry.id), kind: naming.sortOf(entry), swatch: null }),
      take: (entry) => take(entry.id),
      label: () => naming.listLabel,
      isChosen,
    },
    `ask-${id}-offer`,
  );
  return { input, list: suggestions.list };
}

/** The id that a text is or means first of all, else the text. */
export function meantBy(known: Suggestions, text: string): string {
  const isId = ({ id }: Entry) => id.toLowerCase() === text.toLowerCase();
  return (known.entries.find(isId) ?? known.for(text)[0])?.id ?? text;
}

/** The ids that a text means in a field for several: a comma parts them, as in an address, unless a name has it. */
export function allMeantBy(known: Suggestions, text: string): string[] {
  const whole = meantBy(known, text);
  if (whole !== text) return [whole];
  const parts = text.split(",").map((part) => part.trim());
  return [...new Set(parts.filter(Boolean).map((part) => meantBy(known, part)))];
}

const labelled = (naming: Naming, ...children: Node[]): HTMLElement =>
  el(
    "div",
    { class: "askfield" },
    el("label", { for: `ask-${naming.id}` }, naming.label),
    el("div", { class: "askinput" }, ...children),
  );

/** A field for one place. */
export function oneField(naming: Naming, value: () => string | null, set: (value: string | null) => void): Field {
  const shown = () => {
    const now = value();
    return now === null ? "" : naming.nameOf(now);
  };
  const take = (taken: string) => {
    set(taken);
    input.value = shown();
  };
  const { input, list } = completed(naming, take, (text) => text === shown());
  const commit = () => {
    const text = input.value.trim();
    if (text === shown()) return;
    set(text ? meantBy(naming.known(), text) : null);
    input.value = shown();
  };
  input.addEventListener("change", commit);
  input.addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Enter" && !isComposing) commit();
  });
  input.addEventListener("focus", () => input.select());
  const letter = naming.letter ? el("i", { class: "letter", "aria-hidden": "true", text: naming.letter }) : null;
  const node = labelled(naming, ...(letter ? [letter] : []), input, list);
  const update = () => {
    if (document.activeElement !== input || value() === null) input.value = shown();
  };
  update();
  return { node, update };
}

/** A field for several things; those that are chosen stand before it, each with a button that takes it off. */
export function manyField(
  naming: Naming,
  values: () => readonly string[],
  set: (values: readonly string[]) => void,
): Field {
  const add = (added: readonly string[]) => {
    input.value = "";
    const fresh = added.filter((value) => !values().includes(value));
    if (fresh.length) set([...values(), ...fresh]);
  };
  const { input, list } = completed(naming, (value) => add([value]));
  const commit = () => {
    const text = input.value.trim();
    if (text) add(allMeantBy(naming.known(), text));
  };
  input.addEventListener("keydown", ({ key, isComposing }) => {
    if (key === "Enter" && !isComposing) commit();
  });
  input.addEventListener("change", commit);
  const chosen = el("div", { class: "askchosen", role: "group", "aria-label": naming.label });
  const update = () => {
    chosen.hidden = !values().length;
    chosen.replaceChildren(
      ...values().map((value) => {
        const name = naming.nameOf(value);
        const click = () => {
          set(values().filter((one) => one !== value));
          input.focus();
        };
        const attributes = { type: "button", class: "pill taken", "aria-label": naming.removeLabel(name) };
        return el("button", { ...attributes, on: { click } }, el("span", { text: name }), icon(TAKE_OFF));
      }),
    );
  };
  const node = labelled(naming, chosen, input, list);
  update();
  return { node, update };
}
