// The printed sheet: title, framed map with degree marks, key, sources. It is made when the browser is about to print;
// the map on the screen stays as it is. Which paper it will be no script can know: the map is drawn once for upright
// and once for broad paper, and the style sheet (css/print.css) shows the one that fits.
import { el, element } from "../dom.ts";
import type { Page } from "../page/context.ts";
import type { Brightness } from "../page/store.ts";
import { storyOnPaper } from "../stories/on-paper.ts";
import { conicNote, type SheetWords, sentences } from "../words/sheet.ts";
import { withHalosApart } from "./halos.ts";
import { keyGroups } from "./key.ts";
import type { Asked, MapCopies } from "./map-copy.ts";

/** The map for broad and for upright paper, in px: names have their size on A4 and A3 from these. The shapes leave room
 * for title and key on A4 and on Letter. */
const SHEETS: Record<"broad" | "upright", Asked["size"]> = {
  broad: { width: 1300, height: 610 },
  upright: { width: 920, height: 800 },
};
const LONGEST_SCALE = 220;

/** Px of a frame that title and credits take from the map. */
const AROUND_MAP = 72;
const LOWEST_MAP = 120;

const frameSize = () => ({ width: innerWidth, height: Math.max(LOWEST_MAP, innerHeight - AROUND_MAP) });

const isInFrame = () => window.parent !== window;

export class Print {
  /** Light, or as on the screen. */
  theme: Brightness | "shown" = "light";
  /** Whether the sheet shows the whole region in its conic. */
  conic = false;
  private readonly page: Page;
  private readonly copies: MapCopies;
  private readonly describe: () => SheetWords;

  constructor(page: Page, copies: MapCopies, describe: () => SheetWords) {
    this.page = page;
    this.copies = copies;
    this.describe = describe;
    window.addEventListener("beforeprint", () => this.build());
    window.addEventListener("afterprint", () => element("sheet").replaceChildren());
  }

  /** Open the browser's dialog. */
  open(theme: Print["theme"] = "light", conic = false): void {
    this.theme = theme;
    this.conic = conic;
    window.print();
    this.theme = "light";
    this.conic = false;
  }

  private build(): void {
    const { page, copies } = this;
    const { say, state } = page;
    const words = this.describe();
    const sheet = element("sheet");
    sheet.dataset.theme = this.theme === "shown" ? state.theme : "light";
    sheet.classList.toggle("long", state.told !== null && !isInFrame());
    if (state.told && !isInFrame()) {
      sheet.replaceChildren(...storyOnPaper(page, copies, state.told, words));
      return;
    }
    const draw = (name: string, asked: Omit<Asked, "name" | "longestScale">) => {
      const copy = copies.draw({ ...asked, name: `sheet-${name}`, longestScale: LONGEST_SCALE });
      const node = withHalosApart(copy.node, `sheet-${name}`);
      return { ...copy, box: el("div", { class: `map ${name}` }, node) };
    };
    const broad = draw("broad", { size: SHEETS.broad, frame: true, conic: this.conic });
    const upright = draw("upright", { size: SHEETS.upright, frame: true, conic: this.conic });
    sheet.classList.toggle("inside", isInFrame());
    const framed = isInFrame() ? draw("framed", { size: frameSize(), part: copies.live.view() }) : null;
    framed?.node.setAttribute("preserveAspectRatio", "xMidYMid slice");
    const symbols = new Set([...broad.symbols, ...upright.symbols]);
    const lines = [...new Set([...broad.lines, ...upright.lines])];
    const groups = keyGroups(page, { symbols, lines }).map(({ title, rows }) =>
      el(
        "section",
        {},
        el("h2", { text: title }),
        ...rows.map(({ swatch, name }) => el("div", { class: "keyrow" }, swatch, el("span", { text: name }))),
      ),
    );
    const printed = say.word("printed", { date: say.today() });
    const notes = [
      say.word("print_accuracy"),
      words.borders,
      words.sources,
      words.credits,
      `${words.version} ${sentences(this.conic ? [say.today(), conicNote(say)] : [printed], say)}`,
    ];
    sheet.replaceChildren(
      el(
        "header",
        {},
        el("div", {}, el("p", { text: words.organisation }), el("h1", { text: words.title })),
        el("p", {}, el("b", { text: words.selection }), `${say.word("full_stop")} ${words.figures}`),
      ),
      broad.box,
      upright.box,
      ...(framed ? [framed.box, el("p", { class: "source", text: `${words.credits} ${words.version}` })] : []),
      el(
        "div",
        { class: "printkey" },
        ...groups,
        el(
          "section",
          { class: "notes" },
          el("h2", { text: say.word("print_accuracy_title") }),
          ...notes.map((text) => el("p", { text })),
        ),
      ),
    );
  }
}
