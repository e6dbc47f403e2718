// What of an address is understood, and what is offered instead.
import assert from "node:assert/strict";
import { test } from "node:test";
import { formatSelection } from "../src/facts/selection.ts";
import { parseAddress } from "../src/page/address.ts";
import { understood } from "../src/page/understood.ts";
import { world } from "./vectors.ts";

const WORLD = world();
const read = (hash: string) => understood(parseAddress(hash), WORLD);
const missed = (hash: string) => read(hash).misread.map(({ key, value }) => `${key}=${value}`);
const offered = (hash: string) =>
  read(hash).misread.flatMap(({ offers }) => offers.map(({ key, value }) => `${key}=${value}`));

test("what is right is understood as it is", () => {
  for (const hash of [
    "",
    "#country=AAA,sco,-BBB&status=-idle&year=2010&since=1990&late=1&length=5-&q=anything",
    "#country=AAA&country=BBB&lang=ru&theme=dark&view=5/41/66&style=gauge,flow,accuracy&embed=1&show=silk",
    "#late=0&capacity=5-9Mt/yr&opened=2000&diameter=-1020",
    "#table",
  ]) {
    const { asked, misread } = read(hash);
    assert.deepEqual(misread, [], hash);
    assert.deepEqual(asked, parseAddress(hash));
  }
});

test("unknown values are left out and the nearest are offered", () => {
  const { asked } = read("#country=aaa,BBB,-ccc&kind=rial&project=silk_est");
  assert.equal(formatSelection(asked.selection), "country=BBB");
  assert.deepEqual(offered("#country=aaa,BBB,-ccc"), ["country=-CCC", "country=AAA"]);
  assert.deepEqual(offered("#kind=rial"), ["kind=rail"]);
  assert.deepEqual(offered("#project=silk_est"), ["project=silk_east"]);
  assert.deepEqual(offered("#status=idel&role=nobody"), ["status=idle"]);
  assert.deepEqual(offered("#lang=fr"), ["lang=en", "lang=bn", "lang=ru", "lang=zh"]);
  assert.deepEqual(offered("#embed=2"), ["embed=1"]);
  assert.deepEqual(offered("#country=Old+Aland&project=Seidenstraße"), ["country=AAA", "project=silk"]);
  assert.deepEqual(offered("#lang=RU&theme=drak&worldview=mars"), ["lang=ru", "theme=dark"]);
});

test("keys that nobody knows are named, the nearest is offered with the same value", () => {
  assert.deepEqual(missed("#contry=AAA&qqqq=1"), ["contry=AAA", "qqqq=1"]);
  assert.deepEqual(missed("#embd=1"), ["embd=1"]);
  assert.deepEqual(offered("#embd=1"), ["embed=1"]);
  assert.deepEqual(offered("#contry=AAA"), ["country=AAA"]);
  assert.deepEqual(missed("#__proto__=1&constructor=2&hasOwnProperty=3").length, 3);
});

test("years, ranges and views that are none restrict nothing", () => {
  const { asked } = read(
    "#year=99999&since=x&length=9-5&diameter=thick&capacity=5&view=here&style=flow,plaid&late=yes",
  );
  assert.equal(formatSelection(asked.selection), "");
  assert.equal(asked.view.view, null);
  assert.deepEqual(missed("#year=99999&since=x&length=9-5&diameter=thick&capacity=5&view=here&style=flow,plaid"), [
    "year=99999",
    "since=x",
    "capacity=5",
    "length=9-5",
    "diameter=thick",
    "view=here",
    "style=plaid",
  ]);
  assert.deepEqual(offered("#length=9-5"), ["length=5-9"]);
  assert.deepEqual(offered("#capacity=5-9"), ["capacity=5-9Mt/yr"]);
  assert.deepEqual(offered("#capacity=5-9mt/y"), ["capacity=5-9Mt/yr"]);
  assert.deepEqual(offered("#capacity=9-5"), ["capacity=5-9Mt/yr"]);
  assert.deepEqual(offered("#year=99999&since=3"), ["year=2100", "since=1800"]);
});

test("of a word that is given twice the first counts and the other is named; filters join", () => {
  assert.equal(read("#year=2000&year=2010").asked.selection.year, 2000);
  assert.deepEqual(missed("#year=2000&year=2010&year=2000"), ["year=2010"]);
  assert.deepEqual(missed("#country=AAA&country=BBB&country=AAA"), []);
  assert.deepEqual(read("#country=AAA&country=BBB").asked.selection.country, ["AAA", "BBB"]);
});

test("huge and hostile values cost little and change nothing", () => {
  const many = Array.from({ length: 3000 }, (_, i) => `x${i}`).join(",");
  const hostile = encodeURIComponent("<img src=x onerror=alert(1)>");
  const begin = performance.now();
  const { asked, misread } = read(`#country=${many}&project=${"y".repeat(100_000)}&kind=${hostile}&year=${hostile}`);
  assert.ok(performance.now() - begin < 2000);
  assert.equal(formatSelection(asked.selection), "");
  assert.equal(misread.length, 3003);
});

test("a search of any length that no name has is left out", () => {
  const long = "a".repeat(100_000);
  assert.equal(read(`#q=${long}&country=AAA`).asked.selection.q, null);
  assert.deepEqual(missed(`#q=${long}`), [`q=${long}`]);
  assert.deepEqual(missed(`#q=${"a".repeat(300)}`), []);
  assert.equal(read("#q=silk&q=road").asked.selection.q, "silk road");
});

test("a language that the page does not speak is not understood, and those that it speaks are offered", () => {
  const light = Object.assign(world(), { languages: ["en", "ru"] });
  const { misread } = understood(parseAddress("#lang=zh&q=x"), light);
  assert.deepEqual(
    misread.map(({ key, value }) => `${key}=${value}`),
    ["lang=zh"],
  );
  assert.deepEqual(understood(parseAddress("#lang=ru"), light).misread, []);
  assert.deepEqual([light.speaks("ru"), light.speaks("zh"), light.speaks(null)], [true, false, false]);
});
