// What is asked of the network in an address, where its answers lie on the map, and what they say in words and files.
import assert from "node:assert/strict";
import { test } from "node:test";
import { courseOf, courseOfCut, pathsOfLeg, spotOf } from "../src/answers/course.ts";
import { allMeantBy, meantBy } from "../src/answers/fields.ts";
import { legsToCsv, legsToGeoJson } from "../src/answers/files.ts";
import { kindsFor, namedBy } from "../src/answers/from-card.ts";
import { asking, formatInquiry, type Inquiry, NO_INQUIRY, parseInquiry, turned } from "../src/answers/inquiry.ts";
import { ledgerRemarks, ledgerToCsv, medianOf, shownOf, signedYears } from "../src/answers/ledger.ts";
import { Nameable, nameOfThing } from "../src/answers/names.ts";
import { replaced, told } from "../src/answers/proposals.ts";
import { courseOfReply, Replies, routeSubject } from "../src/answers/reply.ts";
import {
  askedWords,
  chosenWay,
  figureLines,
  legsInWords,
  routeDek,
  routeTitle,
  soilsOf,
  unchangedWord,
  withDifference,
} from "../src/answers/route-words.ts";
import { yearBeside, yearTyped } from "../src/answers/year-field.ts";
import { headlineOf } from "../src/facts/headline.ts";
import type { Row } from "../src/facts/row.ts";
import { emptySelection } from "../src/facts/selection.ts";
import { longitude } from "../src/geometry/mercator.ts";
import { stretch } from "../src/geometry/stretch.ts";
import { formatAddress, parseAddress } from "../src/page/address.ts";
import { understood } from "../src/page/understood.ts";
import { headlineFor, onlyProject } from "../src/panel/main-line.ts";
import { cut, isRefusal, promisers, type Route, type RouteQuestion, route } from "../src/routing/index.ts";
import { Wording } from "../src/words/wording.ts";
import { type SentWorld, worldOf } from "./network.ts";
import { vectors } from "./vectors.ts";

const world = worldOf(vectors<{ world: SentWorld }>("network").world);
const say = new Wording("en", world.words);

/** The view of the page, with nothing filtered. */
const NOW = { worldview: null, projects: [], countries: [] };

function found(from: string, to: string, asked: Partial<RouteQuestion> = {}): Route {
  const answer = route(world, { from, to, ...asked });
  assert.ok(!isRefusal(answer), "there is a way");
  return answer;
}

// ---------------------------------------------------------------- the address
const read = (query: string): Inquiry => parseInquiry(new URLSearchParams(query));

test("a question and its address say the same", () => {
  for (const query of [
    "",
    "from=kashgar&to=poti",
    "from=kashgar&to=poti&via=osh,tashkent&avoid=IRN&by=gauges&over=rail,road&promised=1&beside=2025&way=2",
    "from=",
    "compare=middle_corridor/khorgos_poti,instc",
    "compare=",
    "over=rail&cut=dostyk&ends=almaty,poti",
    "cut=",
    "promises=1",
    "by=KTZ%2C%20Astana&promises=1",
  ]) {
    assert.equal(formatInquiry(read(query)), query);
    assert.deepEqual(read(formatInquiry(read(query))), read(query));
  }
});

test("an address holds one question; what the others would ask is not written", () => {
  assert.equal(formatInquiry(read("from=a&to=b&cut=c")), "cut=c");
  assert.equal(formatInquiry({ ...read("from=a&to=b&cut=c"), mode: "route" }), "from=a&to=b");
  assert.equal(formatInquiry({ ...read("from=a&to=b"), mode: null }), "");
});

test("a year to compare a route with is its second year, as on the command line", () => {
  assert.equal(formatInquiry(read("from=a&to=b&compare=2025")), "from=a&to=b&beside=2025");
  assert.equal(formatInquiry(read("compare=2025")), "compare=2025");
  assert.equal(formatInquiry(read("from=a&to=b&compare=2025,instc")), "compare=2025,instc");
});

test("a second year that is the first one is not asked", () => {
  for (const [query, year, isAsked] of [
    ["from=a&to=c&beside=2020", 2020, false],
    [`from=a&to=c&beside=${world.page.year}`, null, false],
    ["from=a&to=c&beside=2020", null, true],
  ] as const) {
    const answer = replyTo(query, year);
    assert.ok(answer.mode === "route");
    assert.equal(answer.beside !== null, isAsked, query);
  }
});

test("what cannot be right is left out", () => {
  const { by, over, beside, way, promised } = read("from=a&by=cheapest&over=rail,camel&beside=soon&way=0&promised=yes");
  assert.deepEqual({ by, over, beside, way, promised }, { ...NO_INQUIRY_PARTS, over: ["rail"] });
});
const { by, over, beside, way, promised } = NO_INQUIRY;
const NO_INQUIRY_PARTS = { by, over, beside, way, promised };

test("names with what parts an address are kept whole", () => {
  const asked = { ...NO_INQUIRY, mode: "route", from: "Saint-Louis & Co, (east)", to: "喀什" } as const;
  assert.equal(read(formatInquiry(asked)).from, asked.from);
  assert.equal(read(formatInquiry(asked)).to, asked.to);
});

test("another question begins with its first way, and turns round with the places to pass", () => {
  const inquiry = read("from=a&to=b&via=x,y&way=3");
  assert.equal(asking(inquiry, { promised: true }).way, 1);
  assert.equal(formatInquiry(turned(inquiry)), "from=b&to=a&via=y,x");
});

test("the question stands in the address behind selection and view", () => {
  const view = { lang: "ru", worldview: null, theme: null, view: null, style: null, show: null };
  const plain = { ...view, lang: null };
  const inquiry = read("from=a&to=b&promised=1");
  const address = formatAddress({ ...emptySelection(), year: 2031 }, view, plain, inquiry);
  assert.equal(address, "year=2031&lang=ru&from=a&to=b&promised=1");
  assert.deepEqual(parseAddress(address).inquiry, inquiry);
});

test("words of a question are understood, what is wrong with them is named", () => {
  const missed = (hash: string) =>
    understood(parseAddress(hash), world).misread.map(({ key, value }) => `${key}=${value}`);
  assert.deepEqual(missed("#from=a&to=b&via=x&avoid=AAA&by=gauges&over=road&promised=1&beside=2020&way=2"), []);
  assert.deepEqual(missed("#cut=a&ends=b,c&promises=0"), []);
  assert.deepEqual(missed("#from=a&by=borderless&over=train&beside=3999&way=9&promised=yes&compare=a,b,c,d,e"), [
    "by=borderless",
    "over=train",
    "promised=yes",
    "beside=3999",
    "way=9",
    "compare=e",
  ]);
  const { inquiry } = understood(parseAddress("#from=a&to=b&way=9&beside=1"), world).asked;
  assert.deepEqual([inquiry.way, inquiry.beside], [3, null]);
});

// ---------------------------------------------------------------- on the map
test("a stretch of a path runs from the one point to the other, either way, over several paths", () => {
  const paths = [
    [0, 0, 10, 0],
    [10, 0, 20, 0, 20, 10],
  ];
  assert.deepEqual(stretch(paths, [2, 1], [6, -1]), [[2, 0, 6, 0]]);
  assert.deepEqual(stretch(paths, [6, 0], [2, 0]), [[6, 0, 2, 0]]);
  assert.deepEqual(stretch(paths, [4, 0], [20, 5]), [
    [4, 0, 10, 0],
    [10, 0, 20, 0, 20, 5],
  ]);
  assert.deepEqual(stretch(paths, [20, 5], [4, 0]), [
    [20, 5, 20, 0, 10, 0],
    [10, 0, 4, 0],
  ]);
  assert.deepEqual(stretch([], [0, 0], [1, 1]), []);
});

test("legs are drawn between their places in the direction of travel", () => {
  const [way] = found("c", "b", { kinds: ["road"] }).ways;
  const [path] = pathsOfLeg(world, way.legs[0]);
  assert.deepEqual([longitude(path[0]), longitude(path[path.length - 2])].map(Math.round), [8, 6]);
  const half = found("x", "b").ways[0];
  const [piece] = pathsOfLeg(world, half.legs[0]);
  assert.deepEqual([longitude(piece[0]), longitude(piece[piece.length - 2])].map(Math.round), [7, 6]);
});

test("a course has the chosen way last, its ends, borders and breaks of gauge", () => {
  const { ways } = found("a", "d");
  const course = courseOf(world, ways, 0);
  const kinds = course.marks.map(({ kind, letter = "" }) => kind + letter);
  assert.deepEqual(kinds, ["border", "break", "endA", "endB"]);
  assert.deepEqual(course.marks.find(({ kind }) => kind === "break")?.at, spotOf(world, "x"));
  assert.deepEqual(
    course.strokes.filter(({ isChosen }) => isChosen).map(({ look }) => look),
    ["open", "open", "open", "sea", "open"],
  );
  assert.equal(course.strokes.at(-1)?.isChosen, true);
});

test("what is cut is drawn, and crossed out where it is a place", () => {
  const gone = cut(world, { avoid: ["x"] });
  assert.ok(!isRefusal(gone));
  const course = courseOfCut(world, gone.links, ["x"]);
  assert.equal(course.strokes.length, 2);
  assert.deepEqual(course.marks, [{ kind: "cut", at: spotOf(world, "x") }]);
});

// ---------------------------------------------------------------- in words
test("a way in words: title, figures, states in order, the sea", () => {
  const { ends, ways } = found("Alpha", "Delta");
  assert.equal(routeTitle(world, say, ends), "Alpha – Delta");
  assert.equal(routeDek(say, ways[0]), "550 km (expected 540–570 km), 2 borders, 1 break of gauge");
  assert.deepEqual(soilsOf(ways[0]), [
    ["AAA", 150],
    ["BBB", 140],
    [null, 200],
    ["CCC", 60],
  ]);
});

test("each leg says from where to where, how far, which way, and what happens on it", () => {
  const legs = legsInWords(world, say, found("a", "c").ways[0]);
  assert.deepEqual(
    legs.map(({ title, facts, events }) => [title, ...facts.slice(0, 2), events.length]),
    [
      ["Alpha – Xing", "150 km", "east", 2],
      ["Xing – Gamma", "100 km", "east", 0],
    ],
  );
  assert.match(legs[0].events.map(({ text }) => text).join(), /Xing.*1.520\/1.435 mm/);
  assert.deepEqual(
    legs[0].events.map(({ border }) => border),
    ["x", null],
  );
});

test("all borders and breaks of a way are told once", () => {
  for (const { ways } of [found("a", "d"), found("d", "a"), found("a", "f", { year: 2030, promised: true })]) {
    for (const one of ways) {
      const events = legsInWords(world, say, one).flatMap((leg) => leg.events);
      assert.equal(events.length, one.borders.length + one.breaks.length);
    }
  }
});

test("figures of ways side by side; what is nothing for all is left out, no way is said", () => {
  const [way] = found("a", "c").ways;
  const lines = figureLines(say, [way, null]);
  assert.deepEqual(
    lines.map(({ key }) => key),
    ["length", "borders", "breaks", "operating"],
  );
  assert.deepEqual(lines[0].texts, ["250 km", "no way"]);
});

test("a number of a way that there is not means the best", () => {
  const answer = found("a", "c");
  assert.equal(chosenWay(answer, 2), 1);
  assert.equal(chosenWay(answer, 9), 0);
});

// ---------------------------------------------------------------- what mends a question
const complaintsTo = (query: string, year: number | null = null) => {
  const inquiry = read(query);
  const answer = new Replies(world).to({ inquiry, year, ...NOW });
  assert.ok(answer.mode !== "none" && isRefusal(answer.found), "there is no answer");
  return told(answer.found.complaints, inquiry, world, say);
};

test("an unknown place is offered the nearest, one without a line the next one that has", () => {
  const [misspelt] = complaintsTo("from=Alpa&to=b");
  assert.equal(misspelt.sentence, "unknown place 'Alpa'; did you mean 'Alpha'?");
  assert.deepEqual(
    misspelt.proposals.map(({ name, inquiry }) => [name, formatInquiry(inquiry)]),
    [["Alpha", "from=a&to=b"]],
  );
  const [off] = complaintsTo("from=Zeta&to=b");
  assert.ok(off.proposals.some(({ inquiry }) => inquiry.from === "f"));
});

test("where a promise would join two places it is offered", () => {
  const [apart] = complaintsTo("from=a&to=f", 2030);
  assert.deepEqual(
    apart.proposals.map(({ inquiry }) => formatInquiry(inquiry)),
    ["from=a&to=f&promised=1"],
  );
  const answer = new Replies(world).to({ inquiry: apart.proposals[0].inquiry, year: 2030, ...NOW });
  assert.ok(answer.mode === "route" && !isRefusal(answer.found));
});

test("where what is left out stands in the way, taking it back is offered", () => {
  const [cutOff] = complaintsTo("from=a&to=c&avoid=Aland");
  assert.equal(cutOff.sentence, "with Aland left out, no open line touches Alpha in 2026");
  assert.deepEqual(
    cutOff.proposals.map(({ name, inquiry }) => [name, formatInquiry(inquiry)]),
    [["Remove Aland", "from=a&to=c"]],
  );
  const [around] = complaintsTo("from=a&to=b&via=land&avoid=ferry");
  assert.deepEqual(
    around.proposals.map(({ inquiry }) => formatInquiry(inquiry)),
    ["from=a&to=b&avoid=ferry"],
  );
});

test("an answer says what was passed and left out, and which ends a cut takes away", () => {
  const way = found("a", "c", { via: ["North Pass"], avoid: ["celand"] });
  assert.deepEqual(askedWords(world, say, way), ["By way of: North Pass.", "Left out: Celand."]);
  const gone = cut(world, { avoid: ["Celand"], ends: ["Delta", "a", "c"] });
  assert.ok(!isRefusal(gone));
  assert.deepEqual(askedWords(world, say, gone), ["Left out: Celand.", "Not measured from Delta: taken away as well."]);
});

test("a cut says why no way changes: fewer than two ends are left, or nothing of it is on the network", () => {
  const why = (avoid: string, ends: readonly string[]) => {
    const answer = cut(world, { avoid: [avoid], ends });
    assert.ok(!isRefusal(answer));
    return unchangedWord(answer);
  };
  assert.equal(why("Celand", ["Delta", "a"]), "cut_few_ends");
  const answer = cut(world, { avoid: ["x"], ends: ["a", "c"] });
  assert.ok(!isRefusal(answer));
  assert.equal(unchangedWord(answer), null);
  assert.equal(unchangedWord({ ...answer, lost: [], longer: [] }), "cut_nothing");
  assert.equal(unchangedWord({ ...answer, links: [] }), "cut_no_link");
});

test("the card of a port that no line touches says so, and only offers to go to the nearest places", () => {
  const [row] = world.rows;
  assert.ok(row);
  const port = (kind: string, place: string) => {
    const values = { form: "point", kind, hops: [], places: [place] };
    const symbol: Row = Object.create(row, Object.getOwnPropertyDescriptors(values));
    return namedBy({ world }, { form: "row", id: "p", rows: [], row: symbol });
  };
  assert.deepEqual(port("port", "a"), { place: "a", thing: "a", line: null });
  assert.deepEqual(port("port", "far_away"), { place: "far_away", thing: null, line: null, isOff: true });
  assert.deepEqual(port("dam", "far_away"), { place: null, thing: null, line: null });
});

test("what is cut by a click is asked over kinds that it is of", () => {
  assert.deepEqual(kindsFor(["gas_pipeline"], []), ["gas_pipeline"]);
  assert.deepEqual(kindsFor(["rail", "road"], []), []);
  assert.deepEqual(kindsFor(["rail"], ["gas_pipeline"]), []);
  assert.deepEqual(kindsFor(["gas_pipeline"], ["gas_pipeline", "rail"]), ["gas_pipeline", "rail"]);
  assert.deepEqual(kindsFor([], ["road"]), ["road"]);
  const lane = cut(world, { avoid: ["lane"], ends: [] });
  assert.ok(!isRefusal(lane));
  assert.deepEqual([lane.otherKinds, unchangedWord(lane)], [["road"], "cut_other_kind"]);
  const asked = cut(world, { avoid: ["lane"], ends: [], kinds: ["road"] });
  assert.ok(!isRefusal(asked));
  assert.deepEqual([asked.otherKinds, asked.links.length], [[], 1]);
});

test("before and after differ by a sign and a figure, and not where one of them has no way", () => {
  const [one, other] = [found("a", "c").ways[0], found("a", "d").ways[0]];
  const lines = withDifference(say, figureLines(say, [one, other]));
  const last = Object.fromEntries(lines.map(({ key, texts }) => [key, texts.at(-1)]));
  assert.deepEqual([last.length, last.borders, last.breaks, last.sea], ["+ 300 km", "+ 1", "0", "+ 200 km"]);
  assert.ok(withDifference(say, figureLines(say, [one, null])).every(({ texts }) => texts.length === 2));
});

test("a value is replaced wherever the question names it", () => {
  assert.equal(formatInquiry(replaced(read("from=a&to=b&via=a,c"), "a", "x")), "from=x&to=b&via=x,c");
});

test("an answer is worked out again only when something of the question changes", () => {
  const replies = new Replies(world);
  const moment = { inquiry: read("from=a&to=c"), year: null, ...NOW };
  const first = replies.to(moment);
  assert.equal(replies.to({ ...moment, inquiry: { ...moment.inquiry, way: 2 } }), first);
  assert.notEqual(replies.to({ ...moment, year: 2030 }), first);
  assert.equal(courseOfReply(world, replies.to({ ...moment, inquiry: read("from=a") }), moment), null);
});

test("things are named by whatever they are, places are those that lines touch", () => {
  assert.deepEqual(
    ["a", "AAA", "main", "nothing"].map((id) => nameOfThing(world, say, id)),
    ["Alpha", say.pick(world.countries.AAA?.name), say.pick(world.byId.get("main")?.title), "nothing"],
  );
  const nameable = new Nameable(world);
  const ids = nameable.places.entries.map(({ id }) => id);
  assert.ok(ids.includes("f") && !ids.includes("z"));
  assert.ok(nameable.things.entries.some(({ form }) => form === "country"));
});

// ---------------------------------------------------------------- files
test("legs as a table and as lines", () => {
  const [way] = found("a", "c").ways;
  const [head, ...lines] = legsToCsv(world, way).trim().split("\r\n");
  assert.ok(head.includes("from_name,to,to_name,direction,km"));
  assert.equal(lines.length, way.legs.length);
  assert.ok(lines[0].startsWith("1,1,a,Alpha,x,Xing,east,150,"));
  const facts = { name: "n", selection: "s", as_of: "2026", version: "1", checksum: "c", attribution: "a" };
  const written = JSON.parse(legsToGeoJson(world, [way], facts));
  assert.deepEqual(
    written.features.map((feature: { properties: { row: string; km: number } }) => feature.properties.row),
    ["main", "east"],
  );
  assert.equal(written.answer, "route");
  assert.deepEqual(written.features[1].geometry.coordinates, [
    [7, 45],
    [8, 45],
  ]);
});

// ---------------------------------------------------------------- side by side, cut, promised
const replyTo = (query: string, year: number | null = null) =>
  new Replies(world).to({ inquiry: read(query), year, ...NOW });

test("lines and routes stand side by side; one alone is none to compare", () => {
  const answer = replyTo("compare=north,a:c,a:c:1990");
  assert.ok(answer.mode === "compare" && !isRefusal(answer.found));
  assert.deepEqual(
    answer.found.routes.map(({ ways: [way], year }) => [way.km, year]),
    [
      [350, world.page.year],
      [250, world.page.year],
      [250, 1990],
    ],
  );
  assert.equal(replyTo("compare=north").mode, "none");
  assert.equal(nameOfThing(world, say, routeSubject("a", "c", 2031)), "Alpha – Gamma, 2031");
  const wrong = replyTo("compare=nroth,a:c");
  assert.ok(wrong.mode === "compare" && isRefusal(wrong.found));
});

test("a cut is asked with its ends and kinds, and without anything ranks where the network hangs by one link", () => {
  const answer = replyTo("cut=main&ends=a,c");
  assert.ok(answer.mode === "cut" && !isRefusal(answer.found));
  assert.deepEqual(
    answer.found.longer.map(({ start, end, longerKm }) => [start, end, longerKm]),
    [["a", "c", 100]],
  );
  const ranking = replyTo("cut=");
  assert.ok(ranking.mode === "cut" && !isRefusal(ranking.found));
  assert.ok(ranking.found.bridges.length > 0);
  assert.equal(courseOfReply(world, ranking, { inquiry: read("cut="), year: null, ...NOW }), null);
});

test("the ledger follows the filters, in medians with their cases and as a file", () => {
  const answer = replyTo("promises=1", 2031);
  assert.ok(answer.mode === "promises" && !isRefusal(answer.found));
  assert.deepEqual(
    shownOf(answer.found, null).map(({ opens, slipYears }) => [opens, slipYears]),
    [
      ["2030-06", 2],
      ["2028", 0],
    ],
  );
  assert.deepEqual(shownOf(answer.found, "kept"), []);
  assert.deepEqual(ledgerRemarks(say, answer.found), ["Of announcements put off, median slip: 2 years (1 case)."]);
  const [head, ...lines] = ledgerToCsv(answer.found).trim().split("\r\n");
  assert.ok(head.endsWith("id,project,title,countries,by,said,opens,slip_years,outcome,opened,source"));
  assert.deepEqual([lines.length, lines[1].includes(",2030-06,2,late,")], [2, true]);
  const elsewhere = { inquiry: read("promises=1"), year: 2031, ...NOW, countries: ["AAA"] };
  const none = new Replies(world).to(elsewhere);
  assert.ok(none.mode === "promises" && !isRefusal(none.found) && none.found.announcements.length === 0);
});

test("the ledger is that of one who announced, by a part of the name; of nobody it says who did", () => {
  const rows = world.rows.map((row) => {
    const promises = row.facts.promises?.map((one, at) => ({
      ...one,
      by: at ? "Ministry of Roads" : "State railways",
    }));
    return promises ? Object.create(row, { facts: { value: { ...row.facts, promises } } }) : row;
  });
  const spoken: typeof world = Object.create(world, { rows: { value: rows } });
  assert.deepEqual([...promisers(spoken).keys()], ["Ministry of Roads", "State railways"]);
  const asked = (query: string) => {
    const reply = new Replies(spoken).to({ inquiry: read(query), year: 2031, ...NOW });
    assert.ok(reply.mode === "promises");
    return reply.found;
  };
  const one = asked("promises=1&by=MINISTRY");
  assert.ok(!isRefusal(one));
  assert.deepEqual(
    one.announcements.map(({ by, opens }) => [by, opens]),
    [["Ministry of Roads", "2030-06"]],
  );
  const nobody = asked("promises=1&by=Ministy%20of%20Roads");
  assert.ok(isRefusal(nobody));
  const [{ sentence, proposals }] = told(nobody.complaints, read("promises=1&by=x"), spoken, say);
  assert.ok(sentence.startsWith("nobody called 'Ministy of Roads' announced an opening"), sentence);
  assert.deepEqual(
    proposals.map(({ name, inquiry }) => [name, inquiry.said]),
    [
      ["Ministry of Roads", "Ministry of Roads"],
      ["everyone", null],
    ],
  );
  assert.deepEqual(understood(parseAddress("#promises=1&by=Ministry"), world).misread, []);
});

for (const [values, middle] of [
  [[], null],
  [[3], 3],
  [[9, 1, 4], 4],
  [[1, 2, 10, 4], 3],
] as const) {
  test(`the median of ${values}`, () => assert.equal(medianOf(values), middle));
}

test("a year earlier has one sign, and so has a year later", () => {
  assert.deepEqual(
    [2, 0, -1].map((value) => signedYears(say, value)),
    ["+ 2", "", "− 1"],
  );
});

test("what is typed means an id, else the thing of exactly that name, else what is like it", () => {
  const { things, places } = new Nameable(world);
  for (const { id } of things.entries) assert.equal(meantBy(things, id.toUpperCase()).toLowerCase(), id.toLowerCase());
  for (const { names, folded } of things.entries) {
    const entry = things.entries.find(({ id }) => id === meantBy(things, names.en ?? folded[0]));
    assert.ok(entry?.folded.includes(folded[0]), folded[0]);
  }
  const [one, other] = places.entries;
  const several = allMeantBy(places, `${one.names.en}, ${other.id},, qqqqqq`);
  assert.deepEqual(several, [one.id, other.id, "qqqqqq"]);
  assert.deepEqual(read(formatInquiry({ ...NO_INQUIRY, mode: "cut", cut: several })).cut, several);
});

test("what is written like a route but is none is unknown as a whole", () => {
  for (const subject of ["a:b:c:d", ":", "a::b", "a:b:year"]) {
    const inquiry: Inquiry = { ...NO_INQUIRY, mode: "compare", compare: [subject] };
    const reply = new Replies(world).to({ inquiry, year: null, ...NOW });
    assert.ok(reply.mode === "compare" && isRefusal(reply.found));
    const told = reply.found.complaints.map((complaint) => complaint.fault === "unknown" && complaint.value);
    assert.deepEqual(told, [subject]);
  }
});

// ---------------------------------------------------------------- the length that stands for a corridor

test("a corridor alone is as long as its main line, not as all its branches", () => {
  const ways = { "silk/main": { title: { en: "The Silk Way, main line" }, from: "a", to: "d" } };
  const named: typeof world = Object.assign(Object.create(Object.getPrototypeOf(world)), world, { ways });
  const seen = { year: null, worldview: null };
  const headline = (id: string | null, more = {}) => headlineFor(named.rows, id, named, { ...seen, ...more });
  assert.deepEqual(headline("silk"), { km: found("a", "d").ways[0].km, basis: "main_line" });
  assert.deepEqual(headline(null), headlineOf(named.rows, named));
  assert.deepEqual(headline("silk", { year: 1801 }), headlineOf(named.rows, named), "the main line is not open yet");
});

test("only a project without another filter is one project alone", () => {
  const chosen = { ...emptySelection(), project: ["a"] };
  assert.equal(onlyProject(chosen), "a");
  assert.equal(onlyProject({ ...chosen, year: 2020 }), "a");
  assert.equal(onlyProject({ ...chosen, country: ["KAZ"] }), null);
  assert.equal(onlyProject({ ...chosen, project: ["a", "b"] }), null);
  assert.equal(onlyProject(emptySelection()), null);
});

test("a year that is typed is a year, nothing, or a sentence that says which years there are", () => {
  assert.deepEqual(
    ["2031", " 1800 ", "2100", "", " "].map((text) => yearTyped(text, say)),
    [2031, 1800, 2100, null, null],
  );
  for (const text of ["1799", "2101", "20", "2026.5", "-2026", "now"]) {
    const sentence = yearTyped(text, say);
    assert.ok(typeof sentence === "string" && sentence.includes(text) && sentence.includes("1800"), text);
  }
});

test("a year is typed in the digits of the language, and stepped by the arrows", () => {
  const bengali = new Wording("bn", world.words);
  assert.equal(bengali.year(2031), "২০৩১");
  assert.deepEqual(
    ["২০৩১", "2031", "২০31"].map((text) => yearTyped(text, bengali)),
    [2031, 2031, 2031],
  );
  const sentence = yearTyped("১৭৯৯", bengali);
  assert.ok(typeof sentence === "string" && sentence.includes("১৭৯৯") && sentence.includes("১৮০০"), String(sentence));
  assert.deepEqual(
    [
      ["২০৩১", "ArrowUp"],
      ["2031", "ArrowDown"],
      ["2100", "ArrowUp"],
      ["1800", "ArrowDown"],
      ["", "ArrowUp"],
      ["2031", "a"],
    ].map(([text, key]) => yearBeside(text, key, bengali)),
    [2032, 2030, 2100, 1800, null, null],
  );
});

test("a year named by itself rests on promises only when it is to come", () => {
  const lengthOf = (answer: ReturnType<typeof route>) => (isRefusal(answer) ? null : answer.ways[0].km);
  const ids = new Nameable(world).places.entries.map(({ id }) => id);
  const differ = new Set<boolean>();
  const later: typeof world = Object.create(world, { page: { value: { ...world.page, year: 2045 } } });
  for (const year of [2020, 2040, 2045, 2046]) {
    for (const from of ids) {
      for (const to of ids.filter((id) => id !== from)) {
        const known = lengthOf(route(later, { from, to, year, promised: year > later.page.year }));
        if (known !== lengthOf(route(later, { from, to, year, promised: true }))) differ.add(year > later.page.year);
        const inquiry: Inquiry = { ...NO_INQUIRY, mode: "route", from, to, promised: true, beside: year };
        const reply = new Replies(later).to({ inquiry, year: null, ...NOW });
        assert.ok(reply.mode === "route");
        if (year !== later.page.year) assert.equal(reply.beside && lengthOf(reply.beside), known);
      }
    }
  }
  assert.deepEqual([...differ], [false], "some way of a past year would rest on promises");
});
