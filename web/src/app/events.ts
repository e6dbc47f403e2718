// What the components of the app say to each other in the document that they share.

/** Opens a card in the page; the detail is the id of a row, null closes it. */
export const OPEN_CARD = "sco:open-card";

/** Tells what Python is to know; the detail is a `Told`. */
export const TELL = "sco:tell";

/** Asks for everything that has been told so far. */
export const TELL_AGAIN = "sco:tell-again";

/** The address of what the page shows, or the tab that is open below it. */
export interface Told {
  name: "address" | "tab";
  value: string;
}
