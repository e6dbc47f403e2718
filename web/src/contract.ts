// What the page and Python agree on: columns, languages, words of an address, packing. The only module that reads the
// contract that `python -m sco_map build contract` writes from sco_map/model, and gives its values their types.
import contract from "../contract.json" with { type: "json" };
import type {
  Facet,
  Language,
  NetworkKey,
  OutsideId,
  RangeKey,
  SharedFacts,
  ViewKey,
  YearKey,
} from "./contract-types.ts";

export type { Facet, Language, NetworkKey, OutsideId, RangeKey, ViewKey, YearKey };

/** The languages with their own names, in their order; another one than these is not known to the page. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = contract.languages;
export const LANGUAGES = Object.keys(contract.languages) as Language[];

/** The language that texts fall back to. */
export const FIRST_LANGUAGE = contract.first_language as Language;

/** Columns that a row may have from its home project; a row names them by their number here. */
export const SHARED = contract.shared as (keyof SharedFacts)[];

/** Keys under which rows and entries have texts for readers. */
export const PROSE: readonly string[] = contract.prose;

/** Filters by a list of values; the values of one are alternatives, several narrow each other. */
export const FACETS = contract.address.facets as Facet[];

/** Parts of a selection that are years. */
export const YEARS = contract.address.years as YearKey[];

/** The years that can be asked for. */
export const { first_year: FIRST_YEAR, last_year: LAST_YEAR } = contract.address;

/** A figure of a row that a range may ask for: its column, and what it is counted in, or where the row says that. */
export interface Measure {
  readonly column: string;
  readonly unit?: string;
  readonly unit_column?: string;
  readonly is_year: boolean;
}

/** Filters by number, and their names in the order of an address. */
export const MEASURES: Readonly<Record<RangeKey, Measure>> = contract.address.ranges;
export const RANGES = Object.keys(contract.address.ranges) as RangeKey[];

/** Before a value of a facet: not the rows that have it. */
export const HIDDEN = contract.address.hidden;

/** What an address says of the view, in the order in which it is written. */
export const VIEW_KEYS = contract.address.view as ViewKey[];

/** What an address asks of the network, in the order in which it is written. */
export const NETWORK_KEYS = contract.address.network as NetworkKey[];

/** A saved question by its id: read from an address, written out as what it sets. */
export const STORY = contract.address.story;

/** The value of `country` that means every member of the year. */
export const ALL_MEMBERS = contract.address.all_members;

/** Layers that a reader has added: their group, and how their ids begin. */
export const { group: OWN, prefix: OWN_PREFIX } = contract.own;

/** Kinds of sources, the best first. */
export const QUALITIES: readonly (readonly string[])[] = contract.qualities;

/** The conic of the whole region: its middle, its standard parallels, and between which latitudes its scale holds. */
export const CONIC = contract.conic;

/** How words of other scripts are written in Latin, and when two words count as alike. */
export const LIKENESS: {
  readonly letters: Readonly<Record<string, string>>;
  readonly slips: readonly number[][];
  readonly prefix_from: number;
  readonly shortest_part: number;
  readonly least_kinship: number;
} = contract.likeness;

/** The role of a member, the status of what is in use, and the statuses of what may still open. */
export const { member: MEMBER, operating: OPERATING } = contract;
export const UNFINISHED: ReadonlySet<string | null> = new Set(contract.unfinished);

/** Kinds of lines of which a second string on the way of the first is the same track. */
export const ONE_TRACK: ReadonlySet<string> = new Set(contract.one_track);

/** What counts as a link of the network, and the limits of its answers. */
export const NETWORK = contract.network;

/** How geometry is packed into letters. */
export const PACKING = contract.packing;

/** Letters of one byte, and by language the letters that travel in their places: each for the other. */
export const PLAIN_LETTERS = contract.plain_letters;
export const LETTERS: Readonly<Partial<Record<string, string>>> = contract.letters;

/** What spreadsheets need: the mark that says that a file is Unicode, and what makes a cell a formula. */
export const SPREADSHEET = contract.spreadsheet;

/** Ends the name of the column of plain text that stands beside a list or a record in GeoJSON. */
export const TEXT_BESIDE: string = contract.text_beside;

/** A value of a record: a date, a word or a number with its unit, with a label where it needs one. */
export interface RecordPart {
  readonly name: string;
  readonly unit?: string;
  readonly label?: string;
}

/** A column of the table; the parts are those of its records, a keyed record has any keys and one kind of value. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly keyed?: boolean;
  readonly parts?: readonly RecordPart[];
  readonly unit?: string;
  /**
   * How the page carries it; "not" for a column that the page leaves out, "links" for one that only the network has.
   */
  readonly page: string;
  /** It is a column of the CSV file, too. */
  readonly csv?: boolean;
  /** Only the layers have it that say so. */
  readonly declared?: boolean;
  /** What a file has for an unknown value. */
  readonly empty: null | readonly [] | object;
  /** The word of the interface that a card calls the value by, where it lists it. */
  readonly word?: string;
}

/** The columns of the table, in their order. */
export const COLUMNS: readonly Column[] = contract.columns;
const BY_NAME = new Map(
  [...COLUMNS, ...contract.added_in_csv].map((column): [string, Column] => [column.name, column]),
);

/** The columns that a card lists under a word of the interface. */
export const LISTED = COLUMNS.filter(({ word }) => word);

/** A way in which others name the same things: its column, what an id looks like, and where it leads. */
export interface Scheme {
  readonly name: OutsideId;
  readonly title: string;
  readonly pattern: string;
  readonly address?: string;
}

export const OUTSIDE = contract.outside as readonly Scheme[];

/** The columns of dates. */
export const DATES = COLUMNS.filter(({ type }) => type === "date").map(({ name }) => name);

/** Whether a column holds lists or records. */
export const isNested = ({ type }: Column): boolean => ["list of texts", "record", "list of records"].includes(type);

/** The columns of the CSV file, in their order. */
export const CSV_COLUMNS = contract.csv.flatMap((name) => BY_NAME.get(name) ?? []);

/** A column by its name. */
export const columnOf = (name: string): Column | undefined => BY_NAME.get(name);
