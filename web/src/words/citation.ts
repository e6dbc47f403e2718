// @ts-nocheck
// Citations of what a card shows and reports of errors, as texts to copy: built from a row or project, its sources and the
// version of the data. Knows no document and no map.

const CHECKSUM_LETTERS = 16;

/**
 * @typedef {{id: string, title: string, work: string, asOf: string, checksum: string, address: string|null,
 *   sources: Array<{id: string, title?: string, publisher?: string, url?: string, published?: string, accessed?: string}>}} Cited
 * `work`: the name of the whole map; `asOf`: the date of its facts; `address`: of this very view, null when it has none
 */

/** A year, month or day as CSL writes it. @param {string|null|undefined} moment */
const dateParts = (moment) => (moment ? { "date-parts": [moment.split("-").map(Number)] } : undefined);

/** A text for a field of BibTeX: what means something there stands for itself. @param {string} text */
export function bibtexText(text) {
  const words = { "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  return text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\{}$&#%_~^]/g, (letter) => words[letter] ?? `\\${letter}`);
}

/** An address for a field of BibTeX, which takes it letter by letter: braces, which would end it, are written another way. */
export const bibtexAddress = (url) => encodeURI(url).replace(/%25([0-9A-Fa-f]{2})/g, "%$1");

/** A key that every reader of BibTeX takes. */
export const bibtexKey = (id) =>
  `sco-map-${id}`
    .toLowerCase()
    .replace(/[^a-z0-9:-]+/g, "-")
    .replace(/^-|-$/g, "");

function bibtexEntry(type, key, fields) {
  const known = Object.entries(fields).filter(([, text]) => text);
  return `@${type}{${key},\n${known.map(([name, text]) => `  ${name} = {${text}}`).join(",\n")}\n}`;
}

/** The version of the data in words that do not change with the language. @param {Cited} cited */
const versionOf = (cited) => `${cited.asOf} (SHA-256 ${cited.checksum.slice(0, CHECKSUM_LETTERS)})`;

/** A line for a list of references, then the sources behind it. @param {Cited} cited @param {any} say */
export function citationText(cited, say) {
  const head = `“${cited.title}” (${cited.id}). ${cited.work}. ${say.word("data_version", { date: say.date(cited.asOf), checksum: cited.checksum.slice(0, CHECKSUM_LETTERS) })}${cited.address ? ` ${cited.address}` : ""}`;
  const sources = cited.sources.map((source, i) => {
    const parts = [
      source.publisher,
      source.title && source.title !== source.publisher ? `“${source.title}”` : null,
      source.published ? say.date(source.published) : null,
      source.url ?? null,
      source.accessed ? say.word("read_on", { date: say.date(source.accessed) }) : null,
    ];
    return `[${i + 1}] ${parts.filter(Boolean).join(", ")}`;
  });
  return [head, ...(sources.length ? [`${say.word("sources")}:`, ...sources] : [])].join("\n");
}

/** The same as entries of BibTeX: one for the entry of the map, one for each source. @param {Cited} cited */
export function citationBibtex(cited) {
  const own = bibtexEntry("misc", bibtexKey(cited.id), {
    title: `{${bibtexText(cited.title)}}`,
    howpublished: bibtexText(cited.work),
    year: cited.asOf.slice(0, 4),
    version: bibtexText(cited.asOf),
    note: bibtexText(`Entry ${cited.id}, data ${versionOf(cited)}`),
    url: cited.address && bibtexAddress(cited.address),
  });
  const sources = cited.sources.map((source) =>
    bibtexEntry("misc", bibtexKey(source.id), {
      author: source.publisher && `{${bibtexText(source.publisher)}}`,
      title: `{${bibtexText(source.title ?? source.publisher ?? source.id)}}`,
      year: source.published?.slice(0, 4),
      date: source.published,
      urldate: source.accessed,
      url: source.url && bibtexAddress(source.url),
    }),
  );
  return `${[own, ...sources].join("\n\n")}\n`;
}

/** The same as CSL-JSON. @param {Cited} cited */
export function citationCsl(cited) {
  const own = {
    id: bibtexKey(cited.id),
    type: "dataset",
    title: cited.title,
    "container-title": cited.work,
    version: cited.asOf,
    issued: dateParts(cited.asOf),
    URL: cited.address ?? undefined,
    note: `Entry ${cited.id}, data ${versionOf(cited)}`,
  };
  const sources = cited.sources.map((source) => ({
    id: bibtexKey(source.id),
    type: "webpage",
    title: source.title ?? source.publisher ?? source.id,
    author: source.publisher ? [{ literal: source.publisher }] : undefined,
    issued: dateParts(source.published),
    accessed: dateParts(source.accessed),
    URL: source.url,
  }));
  return JSON.stringify([own, ...sources], null, 2);
}

/** A report of an error, to be filled in and sent; to whom is not for a map to invent. @param {Cited} cited @param {string} selection */
export function errorReport(cited, selection, say) {
  return [
    say.word("report_title", { name: cited.title }),
    "",
    `${say.word("report_entry")}: ${cited.id}`,
    `${say.word("report_version")}: ${versionOf(cited)}`,
    `${say.word("report_view")}: ${cited.address ?? `#${selection}`}`,
    `${say.word("sources")}: ${cited.sources.map((source) => source.id).join(", ") || "–"}`,
    "",
    `${say.word("report_wrong")}:`,
    "",
    `${say.word("report_right")}:`,
    "",
  ].join("\n");
}

export const CITATIONS = { text: citationText, bibtex: citationBibtex, csl: citationCsl };
