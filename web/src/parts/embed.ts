// What the page has inside another one instead of its panel: a line with title and selection, a small legend of what is
// on the map, a way to the whole map, and the dialog for taking it along.
import { el, element, icon, label } from "../dom.ts";
import type { Page } from "../page/context.ts";
import { linkTo, without } from "../words/share.ts";
import type { SheetWords } from "../words/sheet.ts";
import { SHARE } from "./controls.ts";
import { keyGroups } from "./key.ts";

/** Rows of the legend; what does not fit is in the whole map. */
const MOST_ROWS = 9;

/** A legend of more rows than so many is closed when the page opens, unless the frame is as high as this. */
const FEW_ROWS = 6;
const HIGH_FRAME = 560;

export class Embed {
  private readonly page: Page;
  private readonly words: () => SheetWords;
  private readonly symbols: () => ReadonlySet<string>;
  private readonly title = el("b");
  private readonly selection = el("span");
  private readonly whole = el("a", { target: "_blank", rel: "noopener" });
  private readonly share: HTMLButtonElement;
  private readonly legendTitle = el("summary");
  private readonly legend = el("details", { id: "legend" });
  private readonly rows = el("div");
  private readonly line: HTMLElement;
  private wasWritten = false;

  constructor(page: Page, share: () => void, words: () => SheetWords, symbols: () => ReadonlySet<string>) {
    this.page = page;
    this.words = words;
    this.symbols = symbols;
    this.share = el("button", { type: "button", "aria-haspopup": "dialog", on: { click: share } }, icon(SHARE));
    this.legend.append(this.legendTitle, this.rows);
    this.line = el("header", { id: "line" }, el("p", {}, this.title, " ", this.selection), this.whole, this.share);
    element("stage").append(this.legend);
    element("stage").before(this.line);
  }

  /** Make room for the panel. */
  remove(): void {
    this.line.remove();
    this.legend.remove();
  }

  /** Write the words in the language of now. */
  build(): void {
    const { say } = this.page;
    this.whole.textContent = say.word("whole_map");
    this.legendTitle.textContent = say.word("legend");
    label(this.share, say.word("share"));
  }

  /** Say and explain what is shown now. */
  update(): void {
    const { page } = this;
    const words = this.words();
    this.title.textContent = words.title;
    this.selection.textContent = words.selection;
    const isNowhere = !page.home && /^about:/.test(location.href);
    this.whole.hidden = isNowhere;
    const home = page.home ?? { address: location.href.split("#")[0], mark: "#" };
    this.whole.href = linkTo(home, without(page.address, ["view", "embed"]));
    const lines = page.result.rows.filter((row) => row.form === "line");
    const groups = keyGroups(page, { symbols: this.symbols(), lines });
    const wanted = [page.say.word("projects"), page.say.word("status")];
    const rows = groups.filter(({ title }) => wanted.includes(title)).flatMap((group) => group.rows);
    this.rows.replaceChildren(
      ...rows
        .slice(0, MOST_ROWS)
        .map(({ swatch, name }) => el("div", { class: "row key" }, swatch, el("span", { text: name }))),
    );
    this.legend.hidden = !rows.length;
    if (!this.wasWritten) this.legend.open = rows.length <= FEW_ROWS || innerHeight >= HIGH_FRAME;
    this.wasWritten = true;
  }
}
