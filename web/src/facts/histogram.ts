// How figures are spread: a scale from the least to the most of them, and how many lie in each step of it.

/** Where the largest figure is more than so many times the smallest, steps grow by a factor instead of a sum. */
const WIDE_FROM = 40;

/** A thumb of a slider moves in so many steps from one end to the other. */
export const STEPS = 60;

export interface Scale {
  readonly least: number;
  readonly most: number;
  readonly isWide: boolean;
}

/** The scale of some figures; null when there is nothing to choose among. */
export function scaleOf(figures: readonly number[]): Scale | null {
  let least = Infinity;
  let most = -Infinity;
  for (const figure of figures) {
    least = Math.min(least, figure); // one by one: a call takes no more than some hundred thousand arguments
    most = Math.max(most, figure);
  }
  if (figures.length < 2 || least === most) return null;
  return { least, most, isWide: least > 0 && most / least > WIDE_FROM };
}

/** Where a figure lies on a scale: 0 is the least, 1 the most. */
export function shareOf({ least, most, isWide }: Scale, figure: number): number {
  const share = isWide ? Math.log(figure / least) / Math.log(most / least) : (figure - least) / (most - least);
  return Math.max(0, Math.min(1, Number.isNaN(share) ? 0 : share));
}

/** The figure at a step of a slider, with two digits that count where steps grow by a factor, else whole. */
export function figureAt({ least, most, isWide }: Scale, step: number): number {
  if (step <= 0) return least;
  if (step >= STEPS) return most;
  const share = step / STEPS;
  if (!isWide) return Math.round(least + share * (most - least));
  const rounded = Number((least * (most / least) ** share).toPrecision(2));
  return Number(Math.max(least, Math.min(most, rounded)).toFixed(3));
}

/** How many figures lie in each of so many equal parts of a scale. */
export function spread(figures: readonly number[], scale: Scale, parts: number): number[] {
  const counts = new Array<number>(parts).fill(0);
  for (const figure of figures) counts[Math.min(parts - 1, Math.floor(shareOf(scale, figure) * parts))] += 1;
  return counts;
}
