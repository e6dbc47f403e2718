// Unpacks bzip2 in base 85: what the light page carries its data in, a fifth smaller than the browser's own packing.
"use strict";
(function (sco) {
  const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~";
  const VALUES = new Uint8Array(128);
  for (let i = 0; i < 85; i++) VALUES[ALPHABET.charCodeAt(i)] = i;
  const BLOCK_START = 0x314159, LONGEST_CODE = 20, GROUP = 50;

  /** The bytes of a text in base 85, five letters for four bytes. @param {string} text */
  function fromBase85(text) {
    const missing = (5 - (text.length % 5)) % 5, full = text + "~".repeat(missing), bytes = new Uint8Array((full.length / 5) * 4);
    for (let i = 0, at = 0; i < full.length; i += 5) {
      let value = 0;
      for (let j = 0; j < 5; j++) value = value * 85 + VALUES[full.charCodeAt(i + j)];
      bytes[at++] = value >>> 24;
      bytes[at++] = value >>> 16;
      bytes[at++] = value >>> 8;
      bytes[at++] = value;
    }
    return bytes.subarray(0, bytes.length - missing);
  }

  /** Unpack bzip2. @param {Uint8Array} packed @returns {Uint8Array} */
  function bunzip(packed) {
    let next = 4, held = 0, count = 0;
    const bits = (wanted) => {
      while (count < wanted) { held = (held << 8) | packed[next++]; count += 8; }
      count -= wanted;
      return (held >>> count) & ((1 << wanted) - 1);
    };
    const size = 100000 * (packed[3] - 48), chain = new Uint32Array(size), parts = [];
    while (bits(24) === BLOCK_START) {
      bits(24); bits(16); bits(16); bits(1);
      const origin = bits(24), bytes = usedBytes(bits), groups = bits(3), order = selectors(bits, groups), codes = [];
      for (let i = 0; i < groups; i++) codes.push(codeTable(bits, bytes.length + 2));
      const length = symbols(bits, bytes, order, codes, chain);
      parts.push(straightened(chain, length, origin));
    }
    return joined(parts);
  }

  function usedBytes(bits) {
    const rows = bits(16), bytes = [];
    for (let row = 0; row < 16; row++) {
      if (!(rows & (0x8000 >> row))) continue;
      const found = bits(16);
      for (let i = 0; i < 16; i++) if (found & (0x8000 >> i)) bytes.push(row * 16 + i);
    }
    return bytes;
  }

  /** Which code table each group of 50 symbols uses. */
  function selectors(bits, groups) {
    const recent = [...Array(groups).keys()], order = new Uint8Array(bits(15));
    for (let i = 0; i < order.length; i++) {
      let place = 0;
      while (bits(1)) place++;
      const [table] = recent.splice(place, 1);
      recent.unshift(table);
      order[i] = table;
    }
    return order;
  }

  /** A Huffman code: for each length the last code of it, the place of its first symbol, and the symbols in order. */
  function codeTable(bits, size) {
    const lengths = new Uint8Array(size), counts = new Uint16Array(LONGEST_CODE + 2);
    let length = bits(5);
    for (let i = 0; i < size; i++) {
      while (bits(1)) length += bits(1) ? -1 : 1;
      lengths[i] = length;
      counts[length]++;
    }
    const limit = new Int32Array(LONGEST_CODE + 2), base = new Int32Array(LONGEST_CODE + 2), inOrder = [];
    let code = 0, place = 0;
    for (let bit = 1; bit <= LONGEST_CODE; bit++) {
      base[bit] = place - code;
      code += counts[bit];
      place += counts[bit];
      limit[bit] = code - 1;
      code <<= 1;
      for (let i = 0; i < size; i++) if (lengths[i] === bit) inOrder.push(i);
    }
    return { limit, base, inOrder, shortest: Math.min(...lengths) };
  }

  /** Read the symbols of a block: runs and moves to front, as bytes into `chain`. @returns {number} how many */
  function symbols(bits, bytes, order, codes, chain) {
    const front = Uint8Array.from(bytes), end = bytes.length + 1;
    let length = 0, group = 0, left = 0, table = codes[0], run = 0, weight = 1;
    for (;;) {
      if (!left) { table = codes[order[group++]]; left = GROUP; }
      left--;
      let bit = table.shortest, code = bits(bit);
      while (code > table.limit[bit]) { code = (code << 1) | bits(1); bit++; }
      const symbol = table.inOrder[table.base[bit] + code];
      if (symbol < 2) { run += weight << symbol; weight <<= 1; continue; }
      if (run) {
        chain.fill(front[0], length, length + run);
        length += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) return length;
      const byte = front[symbol - 1];
      front.copyWithin(1, 0, symbol - 1);
      front[0] = byte;
      chain[length++] = byte;
    }
  }

  /** Undo the sorting of a block and its runs of four. */
  function straightened(chain, length, origin) {
    const starts = new Uint32Array(256);
    for (let i = 0; i < length; i++) starts[chain[i] & 255]++;
    for (let byte = 0, sum = 0; byte < 256; byte++) { const found = starts[byte]; starts[byte] = sum; sum += found; }
    for (let i = 0; i < length; i++) chain[starts[chain[i] & 255]++] |= i << 8;
    let out = new Uint8Array(length + (length >> 3) + 256), size = 0, same = 0, last = -1, at = chain[origin] >>> 8;
    for (let i = 0; i < length; i++) {
      const entry = chain[at], byte = entry & 255;
      at = entry >>> 8;
      if (size + 256 > out.length) { const larger = new Uint8Array(out.length * 2); larger.set(out); out = larger; }
      if (same === 4) {
        out.fill(last, size, size + byte);
        size += byte;
        same = 0;
        last = -1;
      } else {
        same = byte === last ? same + 1 : 1;
        last = byte;
        out[size++] = byte;
      }
    }
    return out.subarray(0, size);
  }

  function joined(parts) {
    const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { whole.set(part, at); at += part.length; }
    return whole;
  }

  Object.assign(sco, { bunzip, fromBase85 });
})(globalThis.sco);
