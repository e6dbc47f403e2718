// Rounding as Python does it, so that both sides give the same figures.

/** A number with so many decimals; one that lies exactly between two becomes the even one. */
export function rounded(value: number, decimals = 2): number {
  const steps = 10 ** decimals;
  // Only a multiple of this power of two can lie exactly between two decimals, and then the product is exact, too.
  const isExact = Number.isInteger(value * 2 ** (decimals + 1));
  if (isExact && Math.abs((value * steps) % 1) === 0.5) return (2 * Math.round((value * steps) / 2)) / steps;
  return Number(value.toFixed(decimals));
}
