// The app's second component, below the map: passes what Streamlit hands over to the script that draws it. Streamlit
// sends this text with every change, so it holds nothing else; what draws came once, with the frame of the map.
import { type Below, DRAW_BELOW, type Host, PLACE_BELOW } from "./events.ts";

/** Called by Streamlit whenever there is something else to draw. */
export default function (given: Below): void {
  const host = given.parentElement.querySelector<Host>(PLACE_BELOW);
  if (!host) throw new Error("the component of the app has no place for the table");
  host.given = given;
  host.dispatchEvent(new Event(DRAW_BELOW, { bubbles: true }));
}
