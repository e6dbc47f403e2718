// Writes out the addresses of sources that repeat words of their titles (see sco_map/page/addresses.py).

/** What stands for words of the title: what is between them, the first of them, and the one after the last. */
const REPEATED = /<(_?)(\d*)(?:\.(\d+))?>/g;

/** The words of a title as addresses write them: in small letters without accents, apostrophes left out. */
const wordsOf = (title: string) =>
  (title.replace(/['’]/g, "").match(/[A-Za-z0-9]+/g) ?? []).map((word) => word.toLowerCase());

/** The address that was shortened with the title of its page. */
export function writtenOut(address: string, title: string): string {
  return address.replace(REPEATED, (_, mark: string, first: string, after: string | undefined) =>
    wordsOf(title)
      .slice(Number(first), after ? Number(after) : undefined)
      .join(mark || "-"),
  );
}

interface Addressed {
  url?: string;
  title?: string;
}

/** Sources by id, each address written out. */
export function withAddresses<Source extends Addressed>(sources: Record<string, Source>): Record<string, Source> {
  for (const source of Object.values(sources)) {
    if (source.url && source.title) source.url = writtenOut(source.url, source.title);
  }
  return sources;
}
