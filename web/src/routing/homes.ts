// In which state a place of the network lies, where the page does not say so of the place itself.
import type { Charted } from "./links.ts";

const homes = new WeakMap<Charted["places"], ReadonlyMap<string, string>>();

/** The state of a place of the network: its own where it says so, else that of the hops of any kind that end there. */
export function countryOf(charted: Charted, place: string): string {
  const known = homes.get(charted.places) ?? countriesOf(charted);
  homes.set(charted.places, known);
  return charted.places[place]?.country ?? known.get(place) ?? "";
}

function countriesOf({ rows }: Charted): Map<string, string> {
  const found = new Map<string, string>();
  for (const { from, to, states } of rows.flatMap(({ hops }) => hops)) {
    if (!states.length) continue;
    found.set(from, states[0][0]);
    found.set(to, states[states.length - 1][0]);
  }
  return found;
}
