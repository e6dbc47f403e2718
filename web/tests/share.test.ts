// Links and the snippet for another page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { attributeText, fileOf, frameSnippet, homeOf, linkTo, without } from "../src/words/share.ts";

const at = (address: string) => ({ address, mark: "#" as const });

test("a page on a server is reached where it is, a file only where it was said to be", () => {
  assert.deepEqual(homeOf(null, "https://e.org/a/map.html?x=1#country=UZB"), at("https://e.org/a/map.html?x=1"));
  assert.equal(homeOf(null, "file:///home/me/map.html#country=UZB"), null);
  assert.equal(homeOf(null, "about:srcdoc"), null);
  assert.deepEqual(homeOf("https://e.org/map.html", "file:///home/me/map.html"), at("https://e.org/map.html"));
});

test("inside the app the words of a view follow the app's own address", () => {
  const home = homeOf(null, "about:srcdoc", new URL("https://e.org/app/?country=UZB#x"));
  assert.equal(linkTo(home, "country=KAZ"), "https://e.org/app/?country=KAZ");
  assert.equal(linkTo(home, ""), "https://e.org/app/");
});

test("without a home a link is only what follows the address, and gives away no folder", () => {
  assert.equal(linkTo(null, "country=UZB"), "#country=UZB");
  assert.equal(linkTo(null, ""), "#");
  assert.equal(linkTo(at("https://e.org/map.html"), ""), "https://e.org/map.html");
  assert.equal(fileOf("file:///home/me/my%20map.html#country=UZB", "map.html"), "my%20map.html");
  assert.equal(fileOf("about:srcdoc", "map.html"), "map.html");
  assert.equal(fileOf("https://e.org/folder/", "map.html"), "map.html");
});

test("words of an address are left out whole", () => {
  assert.equal(without("country=UZB&view=5/1/2&lang=zh", ["view"]), "country=UZB&lang=zh");
  assert.equal(without("viewed=1&view=5", ["view"]), "viewed=1");
  assert.equal(without("", ["view"]), "");
});

test("a snippet opens fitted to the selection, without the card, and says so once", () => {
  const snippet = frameSnippet("https://e.org/map.html", "country=UZB&view=5/41/66&show=x&embed=1&lang=bn", "Map");
  assert.match(snippet, /src="https:\/\/e\.org\/map\.html#country=UZB&amp;lang=bn&amp;embed=1"/);
  assert.match(frameSnippet("map.html", "", "Map"), /src="map\.html#embed=1"/);
});

test("a title cannot leave its attribute", () => {
  const snippet = frameSnippet("map.html", "q=%22", 'A "title" <script> & more');
  assert.match(snippet, /title="A &quot;title&quot; &lt;script&gt; &amp; more"/);
  assert.equal(attributeText("plain"), "plain");
  assert.equal((snippet.match(/</g) ?? []).length, 2);
});
