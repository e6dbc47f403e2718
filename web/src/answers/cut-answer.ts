// The answer to a cut: what is gone, which pairs of ends lose their way or get longer, which outlets to the sea and
// which capacity are lost; and where the network hangs by a single link.
import { el } from "../dom.ts";
import type { Page } from "../page/context.ts";
import type { Bridge, Cut, Outlet, Pair } from "../routing/index.ts";
import { countryName, term } from "../words/describe.ts";
import { asking } from "./inquiry.ts";
import { linkTo, section } from "./parts.ts";
import { type Asking, type Form, kindChoice, listField, whenFields } from "./route-form.ts";
import { askedWords, enumerated, unchangedWord } from "./route-words.ts";

/** So many lines of a list are shown at once. */
const MOST_SHOWN = 8;

export function cutForm(asked: Asking): Form {
  const { say } = asked.page;
  const gone = listField(asked, "cut", "cut_what", "things");
  const ends = listField(asked, "ends", "cut_ends", "places");
  const [when, kinds] = [whenFields(asked), kindChoice(asked)];
  const node = el(
    "div",
    { class: "askform" },
    gone.node,
    ends.node,
    el("p", { class: "quiet", text: say.word("cut_all_ends") }),
    when.node,
    kinds.node,
  );
  return {
    node,
    update: () => {
      for (const part of [gone, ends, when, kinds]) part.update();
    },
  };
}

export function cutAnswer(page: Page, cut: Cut): HTMLElement[] {
  const { say, state, world } = page;
  const ranking = bridges(page, cut.bridges);
  if (!state.inquiry.cut.length) {
    return [el("p", { class: "begin", text: say.word("cut_begin") }), ...ranking];
  }
  const gone = say.counted("cut_gone", cut.links.length, { km: say.km(cut.km) });
  const unchanged = unchangedWord(cut);
  const kinds = cut.otherKinds.map((kind) => term(world, say, "kind", kind));
  const capacity = cut.capacityGone.map(({ row, capacity: value, unit }) =>
    el(
      "li",
      {},
      linkTo(say.pick(row.title), () => page.open(row.id)),
      el("span", { class: "count", text: say.quantity(value, unit) }),
    ),
  );
  return [
    el("h2", { text: gone }),
    ...askedWords(world, say, cut).map((text) => el("p", { class: "remark", text })),
    unchanged ? el("p", { class: "remark", text: say.word(unchanged, { kinds: say.list(kinds) }) }) : null,
    pairs(page, say.counted("cut_lost", cut.lost.length), cut.lost),
    pairs(page, say.counted("cut_longer", cut.longer.length), cut.longer),
    outlets(page, cut.outlets),
    capacity.length ? section(say.word("cut_capacity"), el("ul", { class: "plain" }, ...capacity)) : null,
    el("div", { class: "actions" }, page.embedded ? null : linkTo(say.word("copy_link"), () => page.copyLink())),
    ...ranking,
  ].filter((part) => part !== null);
}

/** Entries of a list, those beyond the first few folded. */
export function shortened(page: Page, items: readonly HTMLElement[], list: "ul" | "ol" = "ul"): HTMLElement[] {
  const first = el(list, { class: "plain" }, ...items.slice(0, MOST_SHOWN));
  const rest = items.slice(MOST_SHOWN);
  if (!rest.length) return [first];
  const summary = el("summary", { text: page.say.counted("ask_more", rest.length) });
  return [first, el("details", { class: "rows" }, summary, el(list, { class: "plain" }, ...rest))];
}

/** Pairs of ends, each leading to the route between them without what is cut. */
function pairs(page: Page, title: string, list: readonly Pair[]): HTMLElement | null {
  if (!list.length) return null;
  const { say, world } = page;
  const name = (id: string) => say.pick(world.places[id]?.name) || id;
  const items = list.map(({ start, end, beforeKm, longerKm }) => {
    const { inquiry } = page.state;
    const change = { mode: "route", from: start, to: end, via: [], avoid: inquiry.cut, by: "shortest" } as const;
    const way = linkTo(say.word("from_to", { from: name(start), to: name(end) }), () =>
      page.ask(asking(inquiry, change)),
    );
    const text = longerKm === null ? say.km(beforeKm) : `+ ${say.km(longerKm)}`;
    return el("li", { class: longerKm === null ? "lost" : null }, way, el("span", { class: "count", text }));
  });
  return section(title, ...shortened(page, items));
}

function outlets(page: Page, list: readonly Outlet[]): HTMLElement | null {
  const { say, world } = page;
  if (!list.length) return null;
  const name = (id: string) => say.pick(world.places[id]?.name) || id;
  const portsLeft = (word: string, some: readonly string[], all: readonly string[]) =>
    all.length ? [say.word(word, { left: say.number(some.length), all: say.number(all.length) })] : [];
  const without = (ports: readonly string[], is: (port: string) => boolean) => ports.filter((port) => !is(port));
  const items = list.map(({ country, before, lost, left, enclosed }) => {
    const isOnOcean = (port: string) => !enclosed.includes(port);
    const gaps = {
      country: countryName(world, say, country),
      lost: say.list(lost.map(name)),
      left: enumerated(say, [
        ...portsLeft("cut_ocean", left.filter(isOnOcean), before.filter(isOnOcean)),
        ...portsLeft("cut_enclosed", without(left, isOnOcean), enclosed),
      ]),
    };
    if (!left.length) return el("li", { text: say.word("cut_no_port", gaps) });
    if (lost.some(isOnOcean) && !left.some(isOnOcean)) {
      return el("li", { text: say.word("cut_no_ocean", { ...gaps, left: say.list(left.map(name)) }) });
    }
    return el("li", { text: say.word("cut_ports", gaps) });
  });
  return section(say.word("cut_outlets"), ...shortened(page, items));
}

/** The single points of failure, the worst first; a click takes one away. */
function bridges(page: Page, list: readonly Bridge[]): HTMLElement[] {
  const { say, world } = page;
  if (!list.length) return [];
  const name = (id: string) => say.pick(world.places[id]?.name) || id;
  const items = list.map(({ row, between, pairs: parted }) => {
    const title = linkTo(say.word("from_to", { from: name(between[0]), to: name(between[1]) }), () =>
      page.open(row.id),
    );
    title.title = say.pick(row.title);
    const cut = linkTo(say.word("cut_it"), () => page.ask(asking(page.state.inquiry, { cut: [row.id] })));
    const text = say.counted("cut_pairs", parted);
    return el("li", {}, page.rowSwatch(row), title, el("span", { class: "count", text }), cut);
  });
  const note = el("p", { class: "quiet", text: say.word("cut_bridges_note") });
  return [section(say.word("cut_bridges"), ...shortened(page, items, "ol"), note)];
}
