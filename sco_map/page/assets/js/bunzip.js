// Unpacks bzip2: what the light page carries its data in, a fifth smaller than what browsers unpack by themselves.
"use strict";
(function (sco) {
  const BLOCK_START = 0x314159, LONGEST_CODE = 20, QUICK = 10, GROUP = 50;

  /** Reads numbers of a few bits from bytes, high bits first. */
  class Bits {
    constructor(bytes, next) {
      this.bytes = bytes;
      this.next = next;
      this.held = 0;
      this.count = 0;
    }

    /** The next `wanted` bits, 24 at most. */
    take(wanted) {
      while (this.count < wanted) {
        this.held = (this.held << 8) | this.bytes[this.next++];
        this.count += 8;
      }
      this.count -= wanted;
      return (this.held >>> this.count) & ((1 << wanted) - 1);
    }
  }

  /** Unpack bzip2. @param {Uint8Array} packed @returns {Uint8Array} */
  function bunzip(packed) {
    const bits = new Bits(packed, 4), chain = new Uint32Array(100000 * (packed[3] - 48)), parts = [];
    while (bits.take(24) === BLOCK_START) {
      for (const passed of [24, 16, 16, 1]) bits.take(passed);
      const origin = bits.take(24), bytes = usedBytes(bits), groups = bits.take(3), order = selectors(bits, groups), codes = [];
      for (let i = 0; i < groups; i++) codes.push(codeTable(bits, bytes.length + 2));
      const length = symbols(bits, bytes, order, codes, chain);
      parts.push(straightened(chain, length, origin));
    }
    return joined(parts);
  }

  function usedBytes(bits) {
    const rows = bits.take(16), bytes = [];
    for (let row = 0; row < 16; row++) {
      if (!(rows & (0x8000 >> row))) continue;
      const found = bits.take(16);
      for (let i = 0; i < 16; i++) if (found & (0x8000 >> i)) bytes.push(row * 16 + i);
    }
    return bytes;
  }

  /** Which code table each group of 50 symbols uses. */
  function selectors(bits, groups) {
    const recent = [...Array(groups).keys()], order = new Uint8Array(bits.take(15));
    for (let i = 0; i < order.length; i++) {
      let place = 0;
      while (bits.take(1)) place++;
      const [table] = recent.splice(place, 1);
      recent.unshift(table);
      order[i] = table;
    }
    return order;
  }

  /**
   * A Huffman code: symbol and length for each beginning of QUICK bits, and for longer codes by length the last code
   * and how far its symbol's place in the order is from it.
   */
  function codeTable(bits, size) {
    const lengths = new Uint8Array(size), limit = new Int32Array(LONGEST_CODE + 1), shift = new Int32Array(LONGEST_CODE + 1);
    const quick = new Uint16Array(1 << QUICK), inOrder = [];
    let length = bits.take(5), code = 0;
    for (let i = 0; i < size; i++) {
      while (bits.take(1)) length += bits.take(1) ? -1 : 1;
      lengths[i] = length;
    }
    for (let bit = 1; bit <= LONGEST_CODE; bit++) {
      shift[bit] = inOrder.length - code;
      for (let i = 0; i < size; i++) {
        if (lengths[i] !== bit) continue;
        inOrder.push(i);
        if (bit <= QUICK) quick.fill((i << 5) | bit, code << (QUICK - bit), (code + 1) << (QUICK - bit));
        code++;
      }
      limit[bit] = code - 1;
      code <<= 1;
    }
    return { quick, limit, shift, inOrder };
  }

  /** Read the symbols of a block: runs and moves to front, as bytes into `chain`. @returns {number} how many */
  function symbols(bits, bytes, order, codes, chain) {
    const front = Uint8Array.from(bytes), end = bytes.length + 1, packed = bits.bytes;
    let { next, held, count } = bits, size = 0, group = 0, left = 0, table = codes[0], run = 0, weight = 1;
    for (;;) {
      if (!left) { table = codes[order[group++]]; left = GROUP; }
      left--;
      while (count < LONGEST_CODE) { held = (held << 8) | packed[next++]; count += 8; }
      const seen = (held >>> (count - LONGEST_CODE)) & ((1 << LONGEST_CODE) - 1), entry = table.quick[seen >>> (LONGEST_CODE - QUICK)];
      let symbol = entry >>> 5, length = entry & 31;
      if (!length) {
        length = QUICK + 1;
        while (seen >>> (LONGEST_CODE - length) > table.limit[length]) length++;
        symbol = table.inOrder[(seen >>> (LONGEST_CODE - length)) + table.shift[length]];
      }
      count -= length;
      if (symbol < 2) { run += weight << symbol; weight <<= 1; continue; }
      if (run) {
        chain.fill(front[0], size, size + run);
        size += run;
        run = 0;
        weight = 1;
      }
      if (symbol === end) break;
      const byte = front[symbol - 1];
      for (let i = symbol - 1; i > 0; i--) front[i] = front[i - 1];
      chain[size++] = front[0] = byte;
    }
    Object.assign(bits, { next, held, count });
    return size;
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

  Object.assign(sco, { bunzip });
})((globalThis.sco = globalThis.sco || {}));
