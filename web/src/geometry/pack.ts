// Unpacks geometry: strings of integer deltas on a grid of thousandths of a degree (see sco_map/page/pack.py).

import { PACKING } from "../contract.ts";

const { alphabet: ALPHABET, payload_bits: BITS } = PACKING;
const DIGITS = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) DIGITS[ALPHABET.charCodeAt(i)] = i;

/** A letter carries BITS of a number, and one more that says whether another letter follows. */
const FOLLOWED = 1 << BITS;
const PAYLOAD = FOLLOWED - 1;

/** Steps of a degree, and those of a path on the coarse grid of the light page, which begins with a mark. */
const SCALE = 10 ** PACKING.decimals;
const COARSE_MARK = PACKING.coarse;
const COARSE_SCALE = SCALE / PACKING.coarse_step;

/** The integers in a packed text, from letter `begin` on. */
export function unpackIntegers(text: string, begin = 0): number[] {
  const values: number[] = [];
  let rest = 0;
  let shift = 0;
  for (let i = begin; i < text.length; i++) {
    const digit = DIGITS[text.charCodeAt(i)] ?? -1;
    if (digit < 0) throw new Error(`${JSON.stringify(text[i])} is not a letter of a packed path`);
    rest |= (digit & PAYLOAD) << shift;
    if (digit & FOLLOWED) {
      shift += BITS;
      continue;
    }
    values.push(rest & 1 ? ~(rest >> 1) : rest >> 1);
    rest = 0;
    shift = 0;
  }
  return values;
}

/** Signed integers as text; the page itself only needs it in tests. */
export function packIntegers(values: readonly number[]): string {
  let text = "";
  for (const value of values) {
    let rest = value >= 0 ? value << 1 : ~(value << 1);
    while (rest >= FOLLOWED) {
      text += ALPHABET[FOLLOWED | (rest & PAYLOAD)];
      rest >>= BITS;
    }
    text += ALPHABET[rest];
  }
  return text;
}

/** A packed path as lon, lat, lon, lat in degrees. */
export function unpackPath(text: string): Float64Array {
  const coarse = text.startsWith(COARSE_MARK);
  const scale = coarse ? COARSE_SCALE : SCALE;
  const deltas = unpackIntegers(text, coarse ? COARSE_MARK.length : 0);
  const path = new Float64Array(deltas.length);
  let x = 0;
  let y = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    x += deltas[i];
    y += deltas[i + 1];
    path[i] = x / scale;
    path[i + 1] = y / scale;
  }
  return path;
}
