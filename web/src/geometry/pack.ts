// @ts-nocheck
// Unpacks geometry: strings of integer deltas on a grid of thousandths of a degree (see sco_map/page/pack.py).

import contract from "../../contract.json" with { type: "json" };

const { alphabet: ALPHABET, coarse: COARSE, payload_bits: BITS } = contract.packing;
const CONTINUES = 1 << BITS;
const DIGITS = new Int8Array(128).fill(-1);
for (let i = 0; i < ALPHABET.length; i++) DIGITS[ALPHABET.charCodeAt(i)] = i;
const SCALE = 10 ** contract.packing.decimals;
const COARSE_SCALE = SCALE / contract.packing.coarse_step;

/** The integers in a packed text. @param {string} text @returns {number[]} */
export function unpackIntegers(text) {
  const values = [];
  let rest = 0;
  let shift = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = DIGITS[text.charCodeAt(i)];
    if (digit < 0) throw new Error("not a packed path");
    rest |= (digit & (CONTINUES - 1)) << shift;
    if (digit & CONTINUES) {
      shift += BITS;
      continue;
    }
    values.push(rest & 1 ? ~(rest >> 1) : rest >> 1);
    rest = 0;
    shift = 0;
  }
  return values;
}

/** Signed integers as text; the page itself only needs it in tests. @param {number[]} values */
export function packIntegers(values) {
  let text = "";
  for (const value of values) {
    let rest = value >= 0 ? value << 1 : ~(value << 1);
    while (rest >= CONTINUES) {
      text += ALPHABET[CONTINUES | (rest & (CONTINUES - 1))];
      rest >>= BITS;
    }
    text += ALPHABET[rest];
  }
  return text;
}

/** A packed path as lon, lat, lon, lat in degrees. @param {string} text @returns {Float64Array} */
export function unpackPath(text) {
  const coarse = text.startsWith(COARSE);
  const scale = coarse ? COARSE_SCALE : SCALE;
  const deltas = unpackIntegers(coarse ? text.slice(1) : text);
  const path = new Float64Array(deltas.length);
  let x = 0;
  let y = 0;
  for (let i = 0; i < deltas.length; i += 2) {
    path[i] = (x += deltas[i]) / scale;
    path[i + 1] = (y += deltas[i + 1]) / scale;
  }
  return path;
}

/** Web Mercator: the world is 1 wide, y grows southward. */
export const mercatorX = (lon) => lon / 360 + 0.5;
export const mercatorY = (lat) => 0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI);
export const longitude = (x) => (x - 0.5) * 360;
export const latitude = (y) => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

/** Degrees to Mercator, in place. @param {Float64Array} path */
export function projectPath(path) {
  for (let i = 0; i < path.length; i += 2) {
    path[i] = mercatorX(path[i]);
    path[i + 1] = mercatorY(path[i + 1]);
  }
  return path;
}

/** The bounds of Mercator paths: west, north, east, south. @param {Float64Array[]} paths */
export function boundsOf(paths) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const path of paths) {
    for (let i = 0; i < path.length; i += 2) {
      if (path[i] < box[0]) box[0] = path[i];
      if (path[i] > box[2]) box[2] = path[i];
      if (path[i + 1] < box[1]) box[1] = path[i + 1];
      if (path[i + 1] > box[3]) box[3] = path[i + 1];
    }
  }
  return box;
}
