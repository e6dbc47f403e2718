// The dialog for taking the map along: link, snippet for another page, picture, print, citation, data.
// It is the browser's own dialog: it lies above everything, keeps the focus, and Escape closes it.
import { type Child, el, icon } from "../dom.ts";
import { isEverything } from "../facts/selection.ts";
import { fileName } from "../files/names.ts";
import type { Page } from "../page/context.ts";
import { CITATIONS, type CitationForm } from "../words/citation.ts";
import { fileOf, frameSnippet, linkTo } from "../words/share.ts";
import type { SheetWords } from "../words/sheet.ts";
import { PICTURE_FORMATS, PICTURE_SHAPES, type PictureFormat, type PictureShape, type PictureWish } from "./picture.ts";
import type { Print } from "./print.ts";

const CLOSE = "M3.5 3.5l9 9M12.5 3.5l-9 9";
const FORMS: readonly CitationForm[] = ["text", "bibtex", "csl"];
const FORM_NAMES: Record<CitationForm, string> = { text: "cite_text", bibtex: "BibTeX", csl: "CSL-JSON" };
const THEMES = ["light", "shown"] as const;
const PROJECTIONS = ["mercator", "conic"] as const;

/** A citation of more sources than so many is a list that nobody wants; they are in the table. */
const MOST_CITED = 100;
const PAGE_FILE = "sco-map.html";

/** What the dialog asks of the page besides what every part may. */
export interface Sharing {
  words(): SheetWords;
  sources(): string[];
  savePicture(wish: PictureWish): Promise<void>;
  print(theme: Print["theme"], conic: boolean): void;
}

export class Share {
  private readonly page: Page;
  private readonly sharing: Sharing;
  private readonly node = el("dialog", { id: "share", "aria-labelledby": "share-title" });
  private form: CitationForm = "text";
  private readonly picture: { format: PictureFormat; shape: PictureShape } = { format: "png", shape: "shown" };
  private theme: Print["theme"] = "light";
  private projection: (typeof PROJECTIONS)[number] = "mercator";

  constructor(page: Page, sharing: Sharing) {
    this.page = page;
    this.sharing = sharing;
    document.body.append(this.node);
    this.node.addEventListener("click", ({ target }) => {
      if (target === this.node) this.node.close(); // beside it
    });
    this.node.addEventListener("close", () => this.node.replaceChildren());
  }

  get isOpen(): boolean {
    return this.node.open;
  }

  open(): void {
    if (this.isOpen) return;
    const { say } = this.page;
    const on = { click: () => this.node.close() };
    const close = el("button", { type: "button", class: "close", "aria-label": say.word("close"), on }, icon(CLOSE));
    const title = el("h2", { id: "share-title", text: say.word("share") });
    const parts = [this.link(), this.frame(), this.pictures(), this.printing(), this.citation(), this.data()];
    this.node.replaceChildren(el("header", {}, title, close), ...parts);
    this.node.showModal();
  }

  private section(word: string, ...children: Child[]): HTMLElement {
    return el("section", { "data-part": word }, el("h3", { text: this.page.say.word(word) }), ...children);
  }

  private button(word: string, click: () => void): HTMLButtonElement {
    return el("button", { type: "button", class: "button", text: this.page.say.word(word), on: { click } });
  }

  /** A text with a button that copies it. */
  private copied(text: string, label: string, word = "copied"): HTMLElement {
    const { page } = this;
    const field = el("textarea", {
      readonly: true,
      rows: text.length > 80 ? 3 : 1,
      "aria-label": label,
      spellcheck: "false",
    });
    field.value = text;
    field.addEventListener("focus", () => field.select());
    return el(
      "div",
      { class: "copied" },
      field,
      this.button("copy", () => page.copy(field.value, word)),
    );
  }

  private link(): HTMLElement {
    const { page } = this;
    const { say, home } = page;
    const note = home ? null : el("p", { text: say.word("share_link_file") });
    return this.section(
      "share_link",
      this.copied(linkTo(home, page.address), say.word("share_link"), "link_copied"),
      note,
    );
  }

  private frame(): HTMLElement {
    const { page } = this;
    const { say, home } = page;
    const words = this.sharing.words();
    const address = home?.mark === "#" ? home.address : fileOf(location.href, PAGE_FILE);
    const snippet = frameSnippet(address, this.asked(), `${words.title}: ${words.selection}`);
    const note = home?.mark === "#" ? null : el("p", { text: say.word("share_embed_file") });
    return this.section("share_embed", this.copied(snippet, say.word("share_embed")), note);
  }

  /** What the page inside another one is to show: a project that is only opened counts as chosen there. */
  private asked(): string {
    const { world, state, address } = this.page;
    const show = new URLSearchParams(address).get("show");
    const isOnlyOpened = show && world.projects[show] && isEverything(state.selection);
    return isOnlyOpened ? `project=${show}&${address}` : address;
  }

  private pictures(): HTMLElement {
    const { say } = this.page;
    const { picture } = this;
    const title = el("input", { type: "text", maxlength: 120, value: this.sharing.words().title });
    const format = this.choice("picture_format", PICTURE_FORMATS, picture.format, "picture_", (chosen) => {
      picture.format = chosen;
    });
    const shapes = Object.keys(PICTURE_SHAPES) as PictureShape[];
    const shape = this.choice("picture_shape", shapes, picture.shape, "shape_", (chosen) => {
      picture.shape = chosen;
    });
    const save = this.button("save", async () => {
      save.disabled = true;
      const conic = this.projection === "conic";
      await this.sharing.savePicture({ ...picture, title: title.value, conic }).finally(() => {
        save.disabled = false;
      });
    });
    const titled = el("label", { class: "wide" }, el("span", { text: say.word("picture_title") }), title);
    return this.section(
      "share_picture",
      el("div", { class: "fields" }, titled, shape, this.projections(), format, save),
    );
  }

  private printing(): HTMLElement {
    const { say } = this.page;
    const theme = this.choice(
      "print_colours",
      THEMES,
      this.theme === "shown" ? "shown" : "light",
      "print_",
      (chosen) => {
        this.theme = chosen;
      },
    );
    const print = this.button("print", () => {
      this.node.close();
      this.sharing.print(this.theme, this.projection === "conic");
    });
    return this.section(
      "print",
      el("div", { class: "fields" }, theme, this.projections(), print),
      el("p", { text: say.word("print_note") }),
    );
  }

  /** The choice of the projection: one for picture and print. */
  private projections(): HTMLElement {
    return this.choice("projection", PROJECTIONS, this.projection, "projection_", (chosen) => {
      this.projection = chosen;
      for (const other of this.node.querySelectorAll<HTMLSelectElement>('[data-choice="projection"]')) {
        other.value = chosen;
      }
    });
  }

  private citation(): HTMLElement {
    const { say } = this.page;
    const section = this.section("cite");
    const write = () => {
      const forms = FORMS.map((form) => {
        const click = () => {
          this.form = form;
          write();
          section.querySelector<HTMLElement>(`[data-form="${form}"]`)?.focus();
        };
        const state = { "data-form": form, "aria-pressed": String(form === this.form) };
        const text = form === "text" ? say.word(FORM_NAMES.text) : FORM_NAMES[form];
        return el("button", { type: "button", class: "pill", ...state, text, on: { click } });
      });
      const pills = el("div", { class: "pills", role: "group", "aria-label": say.word("cite") }, ...forms);
      const heading = section.firstElementChild;
      section.replaceChildren(...(heading ? [heading] : []), pills, this.copied(this.cited(), say.word("cite")));
    };
    write();
    return section;
  }

  private cited(): string {
    const { page, sharing } = this;
    const { world, say, state, home } = page;
    const words = sharing.words();
    const ids = sharing.sources();
    const cited = {
      id: fileName(state.selection),
      title: words.selection,
      work: say.word("title"),
      asOf: world.page.as_of,
      version: world.page.version,
      checksum: world.page.checksum,
      address: home && linkTo(home, page.address),
      sources: ids.length > MOST_CITED ? [] : ids.map((id) => ({ id, ...world.sources[id] })),
    };
    return CITATIONS[this.form](cited, say).trim();
  }

  private data(): HTMLElement {
    const { page } = this;
    const button = (format: "csv" | "geojson") => {
      const made = this.button(`download_${format}`, () => page.download(format, page.result.rows));
      made.dataset.format = format;
      return made;
    };
    const count = page.say.counted("rows_shown", page.result.rows.length);
    return this.section(
      "share_data",
      el("div", { class: "fields" }, el("span", { text: count }), button("csv"), button("geojson")),
    );
  }

  private choice<Value extends string>(
    word: string,
    values: readonly Value[],
    chosen: Value,
    prefix: string,
    choose: (value: Value) => void,
  ): HTMLElement {
    const { say } = this.page;
    const options = values.map((value) => el("option", { value, text: say.word(prefix + value) }));
    const select = el("select", { "data-choice": word }, ...options);
    select.value = chosen;
    select.addEventListener("change", () => choose(select.value as Value));
    return el("label", {}, el("span", { text: say.word(word) }), select);
  }
}
