// The fields of a question about a way: ends, places to pass, what to leave aside, year, promises, aim, kinds.
import { el, icon, label } from "../dom.ts";
import type { Page } from "../page/context.ts";
import { AIMS, DEFAULT_KINDS, KINDS } from "../routing/index.ts";
import { termFirst } from "../words/describe.ts";
import { type Field, manyField, type Naming, oneField } from "./fields.ts";
import { asking, type Inquiry, turned } from "./inquiry.ts";
import { type Nameable, nameOfThing, sortOf } from "./names.ts";
import { yearField } from "./year-field.ts";

const SWAP = "M5 2v11M2.5 10.5 5 13l2.5-2.5M11 14V3M8.5 5.5 11 3l2.5 2.5";

/** What a form asks with. */
export interface Asking {
  readonly page: Page;
  readonly nameable: Nameable;
}

/** A form: its node, and how it shows the question of now. */
export interface Form {
  readonly node: HTMLElement;
  update(): void;
}

type Known = "places" | "things" | "lines";
type ListKey = "via" | "avoid" | "compare" | "cut" | "ends";

const inquiryOf = ({ page }: Asking): Inquiry => page.state.inquiry;

const change = ({ page }: Asking, part: Partial<Inquiry>): void => page.ask(asking(page.state.inquiry, part));

function namingOf({ page, nameable }: Asking, id: string, word: string, known: Known): Naming {
  const { say, world } = page;
  const placeholder = say.word(known === "places" ? "ask_place" : known === "things" ? "ask_thing" : "ask_line");
  return {
    id,
    label: say.word(word),
    placeholder,
    listLabel: say.word("suggestions"),
    known: () => nameable[known],
    nameOf: (value) => nameOfThing(world, say, value),
    sortOf: (entry) => sortOf(world, say, entry),
    removeLabel: (name) => say.word("ask_remove", { name }),
  };
}

export const placeField = (asked: Asking, key: "from" | "to", letter: string): Field =>
  oneField(
    { ...namingOf(asked, key, `ask_${key}`, "places"), letter },
    () => inquiryOf(asked)[key],
    (value) => change(asked, { [key]: value }),
  );

export const listField = (asked: Asking, key: ListKey, word: string, known: Known): Field =>
  manyField(
    namingOf(asked, key, word, known),
    () => inquiryOf(asked)[key],
    (values) => change(asked, { [key]: values }),
  );

/** The year of the map as a number to type, and the switch for what is promised. */
export function whenFields(asked: Asking, withPromises = true): Form {
  const { page } = asked;
  const { say } = page;
  const year = yearField("ask-year", say, (value) => {
    const isPresent = value === page.world.page.year;
    page.setSelection({ ...page.state.selection, year: isPresent ? null : value });
    update();
  });
  const promised = el("input", { type: "checkbox", id: "ask-promised" });
  promised.addEventListener("change", () => change(asked, { promised: promised.checked }));
  const node = el(
    "div",
    { class: "askwhen" },
    el("label", { for: "ask-year" }, say.word("ask_year")),
    year,
    withPromises ? el("label", { class: "check" }, promised, el("span", { text: say.word("ask_promised") })) : null,
  );
  const update = () => {
    year.value = say.year(page.state.selection.year ?? page.world.page.year);
    year.setCustomValidity("");
    promised.checked = inquiryOf(asked).promised;
  };
  update();
  return { node, update };
}

/** Buttons of which one is pressed, or several. */
function choices(
  title: string,
  list: readonly [id: string, name: string][],
  isOn: (id: string) => boolean,
  flip: (id: string) => void,
): Form {
  const buttons = list.map(([id, name]) =>
    el("button", { type: "button", class: "pill", "data-choice": id, text: name, on: { click: () => flip(id) } }),
  );
  const node = el("div", { class: "pills", role: "group", "aria-label": title }, ...buttons);
  const update = () => {
    for (const button of buttons) button.setAttribute("aria-pressed", String(isOn(button.dataset.choice ?? "")));
  };
  update();
  return { node, update };
}

/** Which kinds of lines count. */
export function kindChoice(asked: Asking): Form {
  const { world, say } = asked.page;
  const now = () => {
    const { over } = inquiryOf(asked);
    return over.length ? over : DEFAULT_KINDS;
  };
  const flip = (id: string) => {
    const chosen = KINDS.filter((kind) => (kind === id) !== now().includes(kind));
    const isPlain = chosen.join() === KINDS.filter((kind) => DEFAULT_KINDS.includes(kind)).join();
    if (chosen.length) change(asked, { over: isPlain ? [] : chosen });
  };
  const list = KINDS.map((id): [string, string] => [id, termFirst(world, say, "kind", id)]);
  return choices(say.word("ask_over"), list, (id) => now().includes(id), flip);
}

/** What makes a way the best. */
function aimChoice(asked: Asking): Form {
  const { say } = asked.page;
  const list = AIMS.map((id): [string, string] => [id, say.word(`by_${id}`)]);
  const flip = (id: string) => change(asked, { by: AIMS.find((aim) => aim === id) });
  return choices(say.word("ask_by"), list, (id) => inquiryOf(asked).by === id, flip);
}

/** The form of a route. */
export function routeForm(asked: Asking): Form {
  const { page } = asked;
  const { say } = page;
  const [from, to] = [placeField(asked, "from", "A"), placeField(asked, "to", "B")];
  const swap = el("button", { type: "button", class: "swap", on: { click: () => page.ask(turned(inquiryOf(asked))) } });
  swap.append(icon(SWAP));
  label(swap, say.word("ask_swap"));
  const [via, avoid] = [listField(asked, "via", "ask_via", "things"), listField(asked, "avoid", "ask_avoid", "things")];
  const [when, kinds, aim] = [whenFields(asked), kindChoice(asked), aimChoice(asked)];
  const details = el(
    "details",
    { class: "askmore" },
    el("summary", { text: say.word("ask_details") }),
    via.node,
    avoid.node,
    el("p", { class: "asklabel", text: say.word("ask_over") }),
    kinds.node,
  );
  const { via: passed, avoid: left, over } = inquiryOf(asked);
  details.open = passed.length + left.length + over.length > 0;
  const ends = el("div", { class: "askends" }, from.node, to.node, swap);
  const node = el("div", { class: "askform" }, ends, when.node, aim.node, details);
  const parts = [from, to, via, avoid, when, kinds, aim];
  return {
    node,
    update: () => {
      for (const part of parts) part.update();
    },
  };
}
