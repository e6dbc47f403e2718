// Ids that others give: the search finds a whole one, and a link is only made from what looks like one.
import assert from "node:assert/strict";
import { test } from "node:test";
import { outsideAddress } from "../src/card/outside.ts";
import { OUTSIDE } from "../src/contract.ts";
import { haystackOf } from "../src/facts/row.ts";
import { placeOf } from "../src/facts/world.ts";
import { namesOf, suggestionsFor } from "../src/words/suggest.ts";

const schemeOf = (name: string) => {
  const scheme = OUTSIDE.find((one) => one.name === name);
  assert.ok(scheme);
  return scheme;
};

const port = placeOf({ kind: "port", lon: 51, lat: 43, en: "Aktau", ru: "Актау", unlocode: "KZAAU", wikidata: "Q5" });
const row = {
  id: "line__one",
  kind: "rail",
  title: { en: "A line" },
  projects: ["line"],
  countries: ["KAZ"],
  places: ["aktau_port"],
};
const world = {
  projects: { line: { title: { en: "The line" }, layer: "rails", wikidata: "Q42" } },
  countries: { KAZ: { name: { en: "Kazakhstan" }, wikidata: "Q232" } },
  places: { aktau_port: port },
  rows: [{ ...row, facts: { wikidata: "Q77" } }],
};
const found = (text: string) => suggestionsFor(namesOf(world), text).map(({ id }) => id);

test("the search finds an entry by the whole of an id, in any case and with the space of a UN/LOCODE", () => {
  assert.deepEqual(found("Q42"), ["line"]);
  assert.deepEqual(found("q232"), ["KAZ"]);
  assert.deepEqual(found("Q77"), ["line__one"]);
  assert.deepEqual(found("KZAAU"), ["aktau_port"]);
  assert.deepEqual(found("kz aau"), ["aktau_port"]);
});

test("the beginning of an id finds nothing, so that a letter is not answered with everything", () => {
  assert.deepEqual(found("q"), []);
  assert.deepEqual(found("Q4"), []);
});

test("a place keeps its names apart from its ids", () => {
  assert.deepEqual(port.name, { en: "Aktau", ru: "Актау" });
  assert.equal(port.ids?.unlocode, "KZAAU");
});

test("the filter looks in the ids of a row and its projects, and of places in UN/LOCODEs alone", () => {
  const facts = { id: "line__one", kind: "rail", projects: ["line"], places: ["aktau_port"], wikidata: "Q77" };
  const catalog = { projects: world.projects, places: world.places, sources: {} };
  const text = haystackOf(facts as Parameters<typeof haystackOf>[0], catalog).split("\n");
  for (const id of ["q77", "q42", "kzaau"]) assert.ok(text.includes(id), id);
  assert.ok(!text.includes("q5"));
});

test("an address is made from the template of the scheme and an id that looks like one of its ids", () => {
  assert.equal(outsideAddress(schemeOf("wikidata"), "Q148"), "https://www.wikidata.org/wiki/Q148");
  const gem = "Hajiqabul–Astara–Abadan_Gas_Pipeline";
  assert.equal(outsideAddress(schemeOf("gem"), gem), `https://www.gem.wiki/${encodeURIComponent(gem)}`);
  assert.equal(outsideAddress(schemeOf("unlocode"), "KZAAU"), null);
});

test("what does not look like an id leads nowhere", () => {
  const nasty = [
    "javascript:alert(1)",
    "Q1/../../x",
    "Q1?x=1",
    "Q1#x",
    "$&",
    "q148",
    "Q0",
    "",
    " Q1",
    "Q1\n",
    "//evil.example",
  ];
  for (const id of nasty)
    for (const name of ["wikidata", "unlocode", "station_code"]) {
      assert.equal(outsideAddress(schemeOf(name), id), null, `${name} ${id}`);
    }
  for (const id of nasty.filter((one) => one !== "Q0")) assert.equal(outsideAddress(schemeOf("gem"), id), null, id);
});
