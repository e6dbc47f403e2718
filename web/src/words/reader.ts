// The language of the reader's browser, as Intl takes it: the only place that asks the browser for it.

/**
 * The first of the browser's languages that Intl knows, English where there is none.
 * In the POSIX locale a Chromium calls its language "en-US@posix", at which every Intl object throws.
 */
export function readersLocale(languages: readonly string[] = [navigator.language, ...navigator.languages]): string {
  for (const language of languages) {
    const tag = String(language)
      .replace(/[.@].*/, "")
      .replaceAll("_", "-");
    try {
      const [known] = Intl.NumberFormat.supportedLocalesOf(tag);
      if (known) return known;
    } catch {
      // No tag of a language, such as "C"; the next may be one.
    }
  }
  return "en";
}
