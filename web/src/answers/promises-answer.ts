// The ledger of promises on the page: counts that filter it, medians, every announcement with its source, a file.
import { Citations } from "../card/citations.ts";
import { told } from "../card/prose.ts";
import { sourceEntries } from "../card/source-entries.ts";
import { el } from "../dom.ts";
import type { Page } from "../page/context.ts";
import { type Announcement, type Ledger, OUTCOMES, type Outcome, promisers } from "../routing/index.ts";
import { asking } from "./inquiry.ts";
import { ledgerRemarks, shownOf, signedYears } from "./ledger.ts";
import { linkTo, pill, section } from "./parts.ts";
import { ANSWER_ANCHOR } from "./route-answer.ts";
import { type Asking, type Form, whenFields } from "./route-form.ts";

/** The year of the map, and who said so: all of them, or one. */
export function ledgerForm(asked: Asking): Form {
  const { page } = asked;
  const { say, world } = page;
  const when = whenFields(asked, false);
  const option = (value: string, text: string) => el("option", { value, text });
  const known = [...promisers(world)].map(([id, name]): [string, string] => [id, say.prose(name) || id]);
  known.sort(([, one], [, other]) => one.localeCompare(other, say.lang));
  const options = [option("", say.word("promise_all")), ...known.map(([id, name]) => option(id, name))];
  const by = el("select", { id: "ask-said" }, ...options);
  by.addEventListener("change", () => page.ask(asking(page.state.inquiry, { said: by.value || null })));
  const update = () => {
    when.update();
    const said = page.state.inquiry.said ?? "";
    // A part of a name, as an address may have it, is a choice of its own.
    if (![...by.options].some(({ value }) => value === said)) by.append(option(said, said));
    by.value = said;
  };
  update();
  const label = el("label", { for: by.id }, say.word("promise_by"));
  return { node: el("div", { class: "askform" }, when.node, el("div", { class: "askwhen" }, label, by)), update };
}

/** What the view of the ledger does besides showing it. */
export interface LedgerDoing {
  readonly page: Page;
  /** The outcome that is shown, null for all. */
  readonly outcome: Outcome | null;
  show(outcome: Outcome | null): void;
  download(): void;
}

export function promisesAnswer({ page, outcome, show, download }: LedgerDoing, ledger: Ledger): HTMLElement[] {
  const { say, world } = page;
  if (!ledger.announcements.length) return [el("p", { class: "begin", text: say.word("promise_none") })];
  const cite = new Citations(world.sources, ANSWER_ANCHOR);
  const choice = (one: Outcome) => {
    const text = `${say.word(`promise_${one}`)} ${say.number(ledger.counts[one])}`;
    const made = pill(text, () => show(one === outcome ? null : one), one === outcome);
    made.dataset.choice = one;
    return made;
  };
  const heads = ["project", "by", "said", "for", "slip", "outcome"];
  const head = el("tr", {}, ...heads.map((key) => el("th", { scope: "col", text: say.word(`promise_${key}`) })));
  const body = shownOf(ledger, outcome).map((entry) => line(page, entry, cite));
  const table = el("table", { class: "ledger" }, el("thead", {}, head), el("tbody", {}, ...body));
  const sources = sourceEntries(cite, world, say);
  return [
    el("h2", { text: say.counted("promise_count", ledger.announcements.length) }),
    el(
      "div",
      { class: "pills ways", role: "group", "aria-label": say.word("promise_outcome") },
      ...OUTCOMES.filter((one) => one !== "unknown" || ledger.counts.unknown).map(choice),
    ),
    ...ledgerRemarks(say, ledger).map((text) => el("p", { class: "remark", text })),
    el("div", { class: "ledgerscroll", tabindex: 0, role: "region", "aria-label": say.word("ask_promises") }, table),
    el(
      "div",
      { class: "actions" },
      page.embedded ? null : linkTo(say.word("copy_link"), () => page.copyLink()),
      linkTo(say.word("download_csv"), download),
    ),
    sources ? section(say.word("sources"), sources) : null,
  ].filter((part) => part !== null);
}

function line(page: Page, entry: Announcement, cite: Citations): HTMLElement {
  const { say, world } = page;
  const title = linkTo(say.pick(entry.title) || entry.id, () => page.open(entry.row?.id ?? entry.project));
  const slip = signedYears(say, entry.slipYears);
  const opened = entry.opened === null ? "" : ` (${say.year(entry.opened)})`;
  return el(
    "tr",
    { "data-outcome": entry.outcome },
    el("td", {}, title),
    el(
      "td",
      {},
      told(say, entry.by ?? undefined),
      cite.mark(entry.source && world.sources[entry.source] ? entry.source : undefined),
    ),
    el("td", { text: entry.said ? say.date(entry.said) : "" }),
    el("td", { text: say.date(entry.opens) }),
    el("td", { class: "right", text: slip }),
    el("td", { text: say.word(`promise_${entry.outcome}`) + opened }),
  );
}
