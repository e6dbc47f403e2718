// Unpacks the texts of the page: deflated, then written in base 85 (see sco_map/page/squeeze.py).

/** The letters of RFC 1924, with a comma for the sign that could end a script element. */
const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";
const LETTERS = 5;
const BYTES = 4;
const LAST_LETTER = "~";

const VALUES = new Uint8Array(128);
for (let i = 0; i < ALPHABET.length; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

/** The bytes of a text in base 85, five letters for four bytes. */
export function fromBase85(text: string): Uint8Array<ArrayBuffer> {
  const missing = (LETTERS - (text.length % LETTERS)) % LETTERS;
  const full = text + LAST_LETTER.repeat(missing);
  const bytes = new Uint8Array((full.length / LETTERS) * BYTES);
  let at = 0;
  for (let i = 0; i < full.length; i += LETTERS) {
    let value = 0;
    for (let j = 0; j < LETTERS; j++) value = value * ALPHABET.length + VALUES[full.charCodeAt(i + j)];
    for (let shift = 24; shift >= 0; shift -= 8) bytes[at++] = value >>> shift;
  }
  return bytes.subarray(0, bytes.length - missing);
}

/** The text that was deflated (RFC 1951) into `letters`. */
export function inflated(letters: string): Promise<string> {
  const raw = new Blob([fromBase85(letters)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(raw).text();
}
