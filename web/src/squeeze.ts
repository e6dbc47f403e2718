// Unpacks the texts of the page: deflated, then written in letters of seven bits (see sco_map/page/squeeze.py).

/** Letters are the characters of ASCII, but for those that a parser of HTML would change or take for an end. */
const STAND_INS: Record<string, number> = { À: 0x00, É: 0x0d, Ð: 0x3c };
const BITS = 7;
const BYTE = 8;

const NUMBERS = Uint8Array.from({ length: 256 }, (_, code) => STAND_INS[String.fromCharCode(code)] ?? code);

/** The bytes that letters stand for, the first bit first; what fills up the last letter is left out. */
export function fromLetters(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.floor((text.length * BITS) / BYTE));
  let bits = 0;
  let count = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    bits = (bits << BITS) | NUMBERS[text.charCodeAt(i)];
    count += BITS;
    if (count < BYTE) continue;
    count -= BYTE;
    bytes[at++] = bits >> count;
    bits &= (1 << count) - 1;
  }
  return bytes;
}

/** The text that was deflated (RFC 1951) into `letters`. */
export function inflated(letters: string): Promise<string> {
  const raw = new Blob([fromLetters(letters)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(raw).text();
}
