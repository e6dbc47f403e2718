// Unpacks the texts of the page: deflated, then written in letters of one byte (see sco_map/page/squeeze.py).

/** Letters are the characters of ASCII but for those that a parser of HTML would change or take for an end. */
const NO_LETTERS = [0x00, 0x0d, 0x3c];
const ASCII = 128;
const BASE = ASCII - NO_LETTERS.length;

/** Two letters carry so many bits, and one more where there is room for it; a single one at the end has fewer. */
const BITS = 13;
const HALF = 1 << BITS;
const ROOM = BASE * BASE - HALF;
const LAST = 6;
const BYTE = 8;

const NUMBERS = Uint8Array.from({ length: ASCII }, (_, code) => code - NO_LETTERS.filter((none) => none < code).length);

/** The bytes that letters stand for, the lowest bit first; what fills up the last letters is left out. */
export function fromLetters(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.ceil((text.length * (BITS + 1)) / 2 / BYTE));
  let bits = 0;
  let count = 0;
  let length = 0;
  for (let at = 0; at < text.length; at += 2) {
    const isPair = at + 1 < text.length;
    const number = NUMBERS[text.charCodeAt(at)] + (isPair ? BASE * NUMBERS[text.charCodeAt(at + 1)] : 0);
    bits |= number << count;
    count += isPair ? BITS + Number(number % HALF < ROOM) : LAST;
    for (; count >= BYTE; count -= BYTE) {
      bytes[length++] = bits;
      bits >>= BYTE;
    }
  }
  return bytes.subarray(0, length);
}

/** The text that was deflated (RFC 1951) into `letters`. */
export function inflated(letters: string): Promise<string> {
  const raw = new Blob([fromLetters(letters)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(raw).text();
}
