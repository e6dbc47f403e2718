// Unpacks the script of the page and runs it; the policy names its hash, so nothing else can run in its place.
"use strict";
(async () => {
  const at = (id) => document.getElementById(id), lettering = document.title + "Aя1";
  if (!("DecompressionStream" in window)) {
    at("tooold").hidden = false;
    return;
  }
  const fonts = ['400 1em "Map Sans"', '600 1em "Map Sans"', '600 1em "Map Serif"', 'italic 1em "Map Serif"'];
  const loaded = Promise.all(fonts.map((font) => document.fonts.load(font, lettering))).catch(() => {});
  const text = atob(at("sco-script").textContent.trim()), bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  const unpacked = new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).text();
  const script = document.createElement("script");
  script.textContent = await unpacked;
  await Promise.race([loaded, new Promise((done) => setTimeout(done, 300))]);
  document.body.append(script);
})();
