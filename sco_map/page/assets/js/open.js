// Unpacks style and script of the page and puts them in; the policy names their hashes, so nothing else can take their
// place. Its base 85 serves the data too (see sco_map/page/squeeze.py).
"use strict";
(async () => {
  const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;,=>?@^_`{|}~", VALUES = new Uint8Array(128), BZIPPED = "~";
  for (let i = 0; i < 85; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

  /** The bytes of a text in base 85, five letters for four bytes. @param {string} text */
  function fromBase85(text) {
    const missing = (5 - (text.length % 5)) % 5, full = text + "~".repeat(missing), bytes = new Uint8Array((full.length / 5) * 4);
    for (let i = 0, at = 0; i < full.length; i += 5) {
      let value = 0;
      for (let j = 0; j < 5; j++) value = value * 85 + VALUES[full.charCodeAt(i + j)];
      for (let shift = 24; shift >= 0; shift -= 8) bytes[at++] = value >>> shift;
    }
    return bytes.subarray(0, bytes.length - missing);
  }

  /** The text that was deflated into `letters`. @param {string} letters @returns {Promise<string>} */
  const inflated = (letters) => new Response(new Blob([fromBase85(letters)]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  const sco = (globalThis.sco = Object.assign(globalThis.sco || {}, { fromBase85, inflated, unpacked }));

  /** The text in `packed`, which says itself how it is packed. @param {string} packed @returns {Promise<string>} */
  async function unpacked(packed) {
    if (!packed.startsWith(BZIPPED)) return inflated(packed);
    return new TextDecoder().decode(sco.bunzip(fromBase85(packed.slice(1))));
  }

  const at = (id) => document.getElementById(id), lettering = document.title + "Aя1";
  if (!("DecompressionStream" in window)) {
    at("loading").remove();
    at("tooold").hidden = false;
    return;
  }
  const fonts = ['400 1em "Map Sans"', '400 1em "Map Chinese"', '600 1em "Map Sans"', '600 1em "Map Serif"', 'italic 1em "Map Serif"'];
  const loaded = Promise.all(fonts.map((font) => document.fonts.load(font, lettering))).catch(() => {});
  const [css, code] = (await unpacked(at("sco-script").textContent.trim())).split("\0");
  const style = document.createElement("style"), script = document.createElement("script");
  style.textContent = css;
  document.head.append(style);
  await Promise.race([loaded, new Promise((done) => setTimeout(done, 300))]);
  script.textContent = code;
  document.body.append(script);
})();
