// The ledger of promises as a table and as a file. Knows no document.
import { SPREADSHEET } from "../contract.ts";
import { csvCell, type Dialect, POINT } from "../files/csv.ts";
import { fileText } from "../files/record.ts";
import type { Announcement, Ledger, Outcome } from "../routing/index.ts";
import type { Wording } from "../words/wording.ts";

/** The middle of numbers, that of the two in the middle where there are two; null of none. */
export function medianOf(values: readonly number[]): number | null {
  if (!values.length) return null;
  const sorted = [...values].sort((one, other) => one - other);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

const years = (say: Wording, value: number): string =>
  Number.isInteger(value)
    ? say.counted("promise_years", value)
    : say.word("promise_years_other", { n: say.number(value, 1) });

/** By how many years an announcement puts off the first one, or brings it forward; nothing where it does neither. */
export const signedYears = (say: Wording, value: number): string =>
  value ? `${value > 0 ? "+" : "−"} ${say.number(Math.abs(value))}` : "";

/** What the announcements come to: medians with the number of their cases. */
export function ledgerRemarks(say: Wording, { announcements, builds, medianBuildYears }: Ledger): string[] {
  const texts: string[] = [];
  const cases = (count: number) => say.counted("promise_cases", count);
  if (medianBuildYears !== null) {
    texts.push(say.word("promise_median", { years: years(say, medianBuildYears), cases: cases(builds.length) }));
  }
  const slips = announcements.flatMap(({ slipYears }) => (slipYears > 0 ? [slipYears] : []));
  const slip = medianOf(slips);
  if (slip !== null) {
    texts.push(say.word("promise_slip_median", { years: years(say, slip), cases: cases(slips.length) }));
  }
  return texts;
}

/** Announcements of one outcome, or all; those for the latest dates first. */
export const shownOf = ({ announcements }: Ledger, outcome: Outcome | null): Announcement[] =>
  announcements
    .filter((entry) => outcome === null || entry.outcome === outcome)
    .sort((one, other) => (one.opens < other.opens ? 1 : one.opens > other.opens ? -1 : one.id < other.id ? -1 : 1));

const HEAD = [
  "id",
  "project",
  "title",
  "countries",
  "by",
  "said",
  "opens",
  "slip_years",
  "outcome",
  "opened",
  "source",
];

/** The ledger as CSV. */
export function ledgerToCsv(ledger: Ledger, dialect: Dialect = POINT): string {
  const lines = ledger.announcements.map((entry) => {
    const by = fileText(entry.by);
    const { id, project, title, countries, said, opens, slipYears, outcome, opened, source } = entry;
    return [id, project, title.en ?? id, countries.join("; "), by, said, opens, slipYears, outcome, opened, source];
  });
  const texts = [HEAD, ...lines].map((cells) =>
    cells.map((cell) => csvCell(cell, undefined, dialect)).join(dialect.separator),
  );
  return `${SPREADSHEET.byte_order_mark + texts.join("\r\n")}\r\n`;
}
