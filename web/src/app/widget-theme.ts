// Streamlit's own widgets, menus and fields are light or dark as the page is. Neither Python nor a component can tell
// Streamlit so: it asks the browser what the system wants, when it starts, when that changes, and after printing. So
// it gets the page's answer, and is made to ask again.

const DARK = "(prefers-color-scheme: dark)";

/** What makes Streamlit ask again; nothing else in the app's own document listens to it. */
const ASK_AGAIN = "afterprint";

const ofBrowser = window.matchMedia.bind(window);
let isPageDark: boolean | null = null;

export const isSystemDark = (): boolean => ofBrowser(DARK).matches;

/** Call `follow` whenever the system becomes light or dark; on paper the browser only says that it is light. */
export function whenSystemChanges(follow: () => void): void {
  ofBrowser(DARK).addEventListener("change", () => {
    if (!ofBrowser("print").matches) follow();
  });
}

function answered(query: string): MediaQueryList {
  const list = ofBrowser(query);
  if (query === DARK && isPageDark !== null) Object.defineProperty(list, "matches", { get: () => isPageDark });
  return list;
}

/** Dress Streamlit's widgets as the page is. */
export function dressWidgets(isDark: boolean): void {
  if (isDark === (isPageDark ?? isSystemDark())) return;
  isPageDark = isDark;
  window.matchMedia = answered;
  dispatchEvent(new Event(ASK_AGAIN));
}
