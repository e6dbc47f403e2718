// What of a name is set on the map: its short form, broken where it is long, larger for larger states.

/** A name without what follows in brackets. */
export const shortName = (name: string): string => name.replace(/\s*[(（].*$/, "").trim();

/** A name broken into two lines of like length, at a space or after a dash. */
export function twoLines(name: string): [string] | [string, string] {
  const breaks = [...name.matchAll(/\s+(?![–—-])|[–-](?=\S)/g)].map(({ index, 0: text }) => ({
    from: index,
    to: index + text.length,
    isSpace: /\s/.test(text),
  }));
  if (!breaks.length) return [name];
  const half = name.length / 2;
  const best = breaks.reduce((a, b) => (Math.abs(b.from - half) < Math.abs(a.from - half) ? b : a));
  return [name.slice(0, best.isSpace ? best.from : best.to), name.slice(best.to)];
}

/** A state of 10^5.15 km² (as Tajikistan) has the greatness 1; ten times its area makes it about twice as great. */
const MIDDLING_AREA = 5.15;
const GROWTH = 1.05;
const LEAST = 0.75;
const MOST = 3.2;

/** How great a state appears among others, by the logarithm of its area: the size of its name follows from it. */
export const greatness = (km2: number): number =>
  Math.max(LEAST, Math.min(MOST, 1 + (Math.log10(Math.max(km2, 1)) - MIDDLING_AREA) * GROWTH));
