// Questions to the network that begin at a card or a place: from here, to here, without this, cut it, compare it.

import { NETWORK } from "../contract.ts";
import { el } from "../dom.ts";
import type { Page, Target } from "../page/context.ts";
import { DEFAULT_KINDS, KINDS } from "../routing/index.ts";
import { asking, type Inquiry } from "./inquiry.ts";
import { linkTo } from "./parts.ts";

/** What of a card can be named in a question: a place to go from or to, a thing to leave aside, a line to compare. */
interface Named {
  readonly place: string | null;
  readonly thing: string | null;
  readonly line: string | null;
  /** Whether no line touches the place, so that only the nearest ones can be offered for it. */
  readonly isOff?: boolean;
  /** The kinds of its lines, where these are no place and no country. */
  readonly kinds?: readonly string[];
}

/** Symbols that a reader expects on the network. */
const STOPS: ReadonlySet<string> = new Set(["port"]);

type Row = Target["rows"][number];

const isLine = ({ kind, hops }: Row): boolean => KINDS.includes(kind) && hops.length > 0;

const isTouched = (page: Pick<Page, "world">, place: string): boolean =>
  page.world.rows.some(({ hops }) => hops.some(({ from, to }) => from === place || to === place));

/** What a card names. */
export function namedBy(page: Pick<Page, "world">, target: Target): Named {
  if (target.form === "country") return { place: null, thing: target.row.countries[0] ?? null, line: null };
  const isOfLines = target.rows.some(isLine);
  const kinds = KINDS.filter((kind) => target.rows.some((row) => isLine(row) && row.kind === kind));
  if (target.form === "project" && isOfLines) return { place: null, thing: target.id, line: target.id, kinds };
  if (target.form !== "row") return { place: null, thing: null, line: null };
  const { row } = target;
  const [place] = row.form === "point" ? row.places : [];
  if (place && isTouched(page, place)) return { place, thing: place, line: null };
  if (place && STOPS.has(row.kind)) return { place, thing: null, line: null, isOff: true };
  return isOfLines ? { place: null, thing: row.id, line: row.id, kinds } : { place: null, thing: null, line: null };
}

/** The kinds to ask over so that something of these kinds counts: those of now, the usual ones, or these. */
export function kindsFor(kinds: readonly string[], now: readonly string[]): readonly string[] {
  const counts = (some: readonly string[]) => !kinds.length || some.some((kind) => kinds.includes(kind));
  if (counts(now.length ? now : DEFAULT_KINDS)) return now;
  return counts(DEFAULT_KINDS) ? [] : kinds;
}

/** Buttons that ask about what a card names; null where the network knows nothing of it. */
export function questionsAbout(page: Page, named: Named): HTMLElement | null {
  const { place, thing, line, isOff = false, kinds = [] } = named;
  const { say } = page;
  const ask = (word: string, change: (inquiry: Inquiry) => Partial<Inquiry>) =>
    linkTo(say.word(word), () => page.ask(asking(page.state.inquiry, change(page.state.inquiry))));
  const added = (values: readonly string[], value: string) => [...new Set([...values, value])];
  const buttons = [
    ...(place
      ? [ask("from_here", () => ({ mode: "route", from: place })), ask("to_here", () => ({ mode: "route", to: place }))]
      : []),
    ...(thing
      ? [
          ask("without_this", ({ avoid }) => ({ mode: "route", avoid: added(avoid, thing) })),
          ask("cut_it", ({ over }) => ({ mode: "cut", cut: [thing], over: kindsFor(kinds, over) })),
        ]
      : []),
    ...(line
      ? [
          ask("ask_compare", ({ compare }) => ({
            mode: "compare",
            compare: added(compare, line).slice(-NETWORK.most_compared),
          })),
        ]
      : []),
  ];
  if (!buttons.length || page.embedded) return null;
  const remark = isOff ? [el("p", { class: "remark", text: say.word("ask_off") })] : [];
  const names = { class: "actions asksof", role: "group", "aria-label": say.word("ask_network") };
  return el("div", names, ...remark, ...buttons);
}
