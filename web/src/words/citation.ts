// Citations of what a card shows and reports of errors, as texts to copy: built from a row or project, its sources and
// the version of the data. Knows no document and no map.
import type { Source } from "../facts/types.ts";
import type { Wording } from "./wording.ts";

/** How much of the checksum names a version of the data. */
const CHECKSUM_LETTERS = 16;

/** What of the wording a citation needs. */
type Say = Pick<Wording, "word" | "date">;

export interface CitedSource extends Source {
  id: string;
}

export interface Cited {
  id: string;
  title: string;
  /** The name of the whole map. */
  work: string;
  /** The date of its facts. */
  asOf: string;
  /** The release of the map. */
  version: string;
  checksum: string;
  /** The address of this very view, null when it has none. */
  address: string | null;
  sources: CitedSource[];
}

/** A year, month or day as CSL writes it. */
const dateParts = (moment: string | null | undefined) =>
  moment ? { "date-parts": [moment.split("-").map(Number)] } : undefined;

const WORDS_OF_BIBTEX: Record<string, string> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** A text for a field of BibTeX: letters that mean something there are written so that they stand for themselves. */
export const bibtexText = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\{}$&#%_~^]/g, (letter) => WORDS_OF_BIBTEX[letter] ?? `\\${letter}`);

/** An address for a field of BibTeX, which takes it letter by letter: braces, which would end it, are escaped. */
export const bibtexAddress = (url: string): string => encodeURI(url).replace(/%25([0-9A-Fa-f]{2})/g, "%$1");

/** A key that every reader of BibTeX takes. */
export const bibtexKey = (id: string): string =>
  `sco-map-${id}`
    .toLowerCase()
    .replace(/[^a-z0-9:-]+/g, "-")
    .replace(/^-|-$/g, "");

function bibtexEntry(type: string, key: string, fields: Record<string, string | null | undefined>): string {
  const known = Object.entries(fields).filter(([, text]) => text);
  return `@${type}{${key},\n${known.map(([name, text]) => `  ${name} = {${text}}`).join(",\n")}\n}`;
}

const shortChecksum = (cited: Cited) => cited.checksum.slice(0, CHECKSUM_LETTERS);

/** The version of the data in words that do not change with the language. */
const versionOf = (cited: Cited) => `${cited.version} of ${cited.asOf} (SHA-256 ${shortChecksum(cited)})`;

const noteOf = (cited: Cited) => `Entry ${cited.id}, data ${versionOf(cited)}`;

const nameOf = (source: CitedSource) => source.title ?? source.publisher ?? source.id;

function sourceText(source: CitedSource, say: Say): string {
  const ownTitle = source.title && source.title !== source.publisher ? `“${source.title}”` : null;
  const parts = [
    source.publisher,
    ownTitle,
    source.published ? say.date(source.published) : null,
    source.url,
    source.accessed ? say.word("read_on", { date: say.date(source.accessed) }) : null,
  ];
  return parts.filter(Boolean).join(", ");
}

/** A line for a list of references, then the sources behind it. */
export function citationText(cited: Cited, say: Say): string {
  const facts = { version: cited.version, date: say.date(cited.asOf), checksum: shortChecksum(cited) };
  const version = say.word("data_version", facts);
  const head = `“${cited.title}” (${cited.id}). ${cited.work}. ${version}`;
  const lines = [cited.address ? `${head} ${cited.address}` : head];
  if (cited.sources.length) lines.push(`${say.word("sources")}:`);
  cited.sources.forEach((source, i) => {
    lines.push(`[${i + 1}] ${sourceText(source, say)}`);
  });
  return lines.join("\n");
}

/** The same as entries of BibTeX: one for the entry of the map, one for each source. */
export function citationBibtex(cited: Cited): string {
  const own = bibtexEntry("misc", bibtexKey(cited.id), {
    title: `{${bibtexText(cited.title)}}`,
    howpublished: bibtexText(cited.work),
    year: cited.asOf.slice(0, 4),
    version: bibtexText(cited.version),
    note: bibtexText(noteOf(cited)),
    url: cited.address && bibtexAddress(cited.address),
  });
  const sources = cited.sources.map((source) =>
    bibtexEntry("misc", bibtexKey(source.id), {
      author: source.publisher && `{${bibtexText(source.publisher)}}`,
      title: `{${bibtexText(nameOf(source))}}`,
      year: source.published?.slice(0, 4),
      date: source.published,
      urldate: source.accessed,
      url: source.url && bibtexAddress(source.url),
    }),
  );
  return `${[own, ...sources].join("\n\n")}\n`;
}

/** The same as CSL-JSON. */
export function citationCsl(cited: Cited): string {
  const own = {
    id: bibtexKey(cited.id),
    type: "dataset",
    title: cited.title,
    "container-title": cited.work,
    version: cited.version,
    issued: dateParts(cited.asOf),
    URL: cited.address ?? undefined,
    note: noteOf(cited),
  };
  const sources = cited.sources.map((source) => ({
    id: bibtexKey(source.id),
    type: "webpage",
    title: nameOf(source),
    author: source.publisher ? [{ literal: source.publisher }] : undefined,
    issued: dateParts(source.published),
    accessed: dateParts(source.accessed),
    URL: source.url,
  }));
  return JSON.stringify([own, ...sources], null, 2);
}

/** A report of an error, to be filled in and sent; to whom is not for a map to invent. `query`: address of the view. */
export function errorReport(cited: Cited, query: string, say: Say): string {
  return [
    say.word("report_title", { name: cited.title }),
    "",
    `${say.word("report_entry")}: ${cited.id}`,
    `${say.word("report_version")}: ${versionOf(cited)}`,
    `${say.word("report_view")}: ${cited.address ?? `#${query}`}`,
    `${say.word("sources")}: ${cited.sources.map((source) => source.id).join(", ") || "–"}`,
    "",
    `${say.word("report_wrong")}:`,
    "",
    `${say.word("report_right")}:`,
    "",
  ].join("\n");
}

export type CitationForm = "text" | "bibtex" | "csl";

export const CITATIONS: Record<CitationForm, (cited: Cited, say: Say) => string> = {
  text: citationText,
  bibtex: citationBibtex,
  csl: citationCsl,
};
