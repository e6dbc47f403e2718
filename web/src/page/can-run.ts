// Whether a browser has everything that the page uses; what came after 2020 is listed here, and a test holds the list.

/** What the page calls, as paths from the global object. */
export const NEEDED = [
  "Array.prototype.at",
  "Array.prototype.findLast",
  "Array.prototype.flatMap",
  "Array.prototype.toSorted",
  "Blob.prototype.stream",
  "CSS.escape",
  "DecompressionStream",
  "Element.prototype.replaceChildren",
  "HTMLDialogElement.prototype.showModal",
  "Intl.ListFormat",
  "Intl.PluralRules",
  "MessageChannel",
  "Object.fromEntries",
  "Object.hasOwn",
  "Path2D",
  "ResizeObserver",
  "String.prototype.matchAll",
  "String.prototype.replaceAll",
] as const;

/** What stands at the end of a path, undefined when it leads nowhere. */
function at(scope: unknown, path: string): unknown {
  let value = scope;
  for (const name of path.split(".")) {
    if (value === null || value === undefined) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** What a browser lacks, by its global object; null when it has everything. */
export function lacking(scope: unknown): string | null {
  for (const path of NEEDED) if (at(scope, path) === undefined) return path;
  try {
    // This format came later than the rest of DecompressionStream.
    new (at(scope, "DecompressionStream") as typeof DecompressionStream)("deflate-raw");
  } catch {
    return "deflate-raw";
  }
  return null;
}
