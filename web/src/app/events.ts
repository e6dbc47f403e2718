// What the components of the app say to each other in the document that they share.

/** Opens a card in the page; the detail is the id of a row, null closes it. */
export const OPEN_CARD = "sco:open-card";

/** Tells what Python is to know; the detail is a `Told`. */
export const TELL = "sco:tell";

/** Says what the address is to say of a question to the network; the detail is that part of an address. */
export const QUESTION = "sco:question";

/** Asks for everything that has been told so far. */
export const TELL_AGAIN = "sco:tell-again";

/** The address of what the page shows, or the tab that is open below it. */
export interface Told {
  name: "address" | "tab";
  value: string;
}

/** Says that Streamlit has handed over something else to draw below the map; the target is its place. */
export const DRAW_BELOW = "sco:draw-below";

/** What a component tells the app: a name and a value that the app keeps. */
export type Tell = (name: string, value: unknown) => void;

/** What Streamlit hands to the component below the map: a packed table. */
export interface Below {
  data: Uint8Array<ArrayBuffer>;
  parentElement: HTMLElement;
  setStateValue: Tell;
}

/** The place of the component below the map, with what was handed over last. */
export interface Host extends HTMLElement {
  given?: Below;
}

export const PLACE_BELOW = ".sco-grid";
