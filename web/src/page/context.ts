// What the parts of the page know of it: the state of now, and what they may ask for. The page itself is app.ts.
import type { Inquiry } from "../answers/inquiry.ts";
import type { Counts } from "../facts/filter.ts";
import type { Row } from "../facts/row.ts";
import type { Facet, Selection } from "../facts/selection.ts";
import type { Project, Story } from "../facts/types.ts";
import type { World } from "../facts/world.ts";
import type { Dialect } from "../files/csv.ts";
import type { Swatch } from "../map/swatches.ts";
import type { Home } from "../words/share.ts";
import type { Entry } from "../words/suggest.ts";
import type { Wording } from "../words/wording.ts";
import type { LineStyle } from "./address.ts";
import type { State } from "./store.ts";
import type { Word } from "./understood.ts";

/** What a card tells about. */
export type Target =
  | { form: "row" | "country" | "event" | "area"; id: string; row: Row; rows: readonly Row[] }
  | { form: "project"; id: string; project: Project; rows: readonly Row[] }
  | { form: "data" | "members"; id: string; rows: readonly Row[] };

export interface Opening {
  /** Bring it into sight when it is out of it. */
  reveal?: boolean;
  focus?: boolean;
  /** Whether the address is written, and the year of an event set. */
  write?: boolean;
}

/** Something that can be chosen among several that lie under the pointer. */
export interface Thing {
  id: string;
  name: string;
  swatch: Swatch | null;
}

/** Sums over what is shown. */
export interface Totals {
  projects: number;
  km: number;
  countries: number;
}

export interface Page {
  readonly world: World;
  readonly state: State;
  readonly say: Wording;
  /** Whether the page is inside another one. */
  readonly embedded: boolean;
  /** What the selection shows, and the counts of the filters. */
  readonly result: { readonly rows: readonly Row[]; readonly counts: Counts; readonly leftOut: number };
  readonly shown: ReadonlySet<Row>;
  readonly accuracy: boolean;
  readonly address: string;
  /** Where others reach this page; null for a file on a disk. */
  readonly home: Home | null;
  /** The agreements whose parties the land shows. */
  agreements(): readonly Row[];

  setSelection(selection: Selection, how?: { push?: boolean }): void;
  choose(facet: Facet, values: string[]): void;
  /** Fit the map to what is shown when nothing of it is in sight. */
  bringIntoSight(): void;
  reset(): void;
  /** Follow a word that an address may have meant, on top of what is shown. */
  follow(word: Word): void;
  /** Begin a story; a question of a single step is answered, or taken back when it is the one that is shown. */
  chooseStory(story: Story): void;
  /** Turn to a step of the story that is told. */
  turnTo(at: number): void;
  /** Leave the story and restore what was shown before it. */
  leaveStory(): void;
  setLineStyle(lineStyle: LineStyle): void;
  setLanguage(lang: string): void;
  setTheme(theme: string): void;
  setWorldview(worldview: string | null): void;
  /** Ask the network something else. */
  ask(inquiry: Inquiry): void;

  open(id: string, how?: Opening): void;
  close(): void;
  isFocused(row: Row): boolean;
  hover(row: Row | null): void;
  /** Open what a project that is chosen alone tells, when it is an agreement. */
  tellAgreement(projects: readonly string[]): void;
  /** What a text that is looked for may mean. */
  meant(text: string): Entry[];
  /** Show what a suggestion of the search names. */
  goTo(entry: Pick<Entry, "form" | "id">): void;
  zoomTo(target: Target): void;
  fitSelection(): void;
  wholeRegion(): void;
  zoomBy(steps: 1 | -1): void;
  toggleTable(open?: boolean): void;

  copy(text: string, word: string): Promise<void>;
  copyLink(): Promise<void>;
  /** Hand rows out as a file; a table in the `dialect` of the reader's spreadsheet, by default that of the browser. */
  download(format: "csv" | "geojson", rows: readonly Row[], name?: string, dialect?: Dialect): void;
  toast(text: string): void;
  /** Whom the map credits, each once. */
  credits(): string[];
  resized(): void;
  rowSwatch(row: Row): SVGSVGElement;
}
