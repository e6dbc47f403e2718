// What is wrong with a question about the network, in a sentence: where nothing was understood, what was probably
// meant; where no way leads, what would make one.
import { FIRST_YEAR, LAST_YEAR, NETWORK } from "../contract.ts";
import type { Prose, Texts } from "../facts/types.ts";
import type { Wording } from "../words/wording.ts";
import { type Charted, KINDS } from "./links.ts";
import type { Complaint, NotThrough, NoWay, OffNetwork, Unknown, Waiting } from "./questions.ts";
import { rounded } from "./rounding.ts";

/** How things are called in a sentence. */
interface Names {
  /** A place that was found. */
  place(id: string): string;
  /** Something that was named. */
  thing(id: string): string;
  /** Something that may have been meant; a way by the end of its id, and the project `of` which it is. */
  offer(id: string, of?: string | null): string;
  /** A row that is not open, with its status. */
  row(waiting: Waiting, year: number): string;
  kind(id: string): string;
  number(value: number): string;
}

/** The name of a place, state, project, way of a project or row. */
const textsOf = ({ places, projects, ways, countries, byId }: Charted, id: string) =>
  places[id]?.name ?? countries[id]?.name ?? projects[id]?.title ?? ways[id]?.title ?? byId.get(id)?.title;

/** The names in the reader's language. */
function inWords(charted: Charted, say: Wording): Names {
  const { places, byId, vocabulary } = charted;
  const label = (list: string, id: string) => say.pick(vocabulary[list]?.[id]?.label) || id;
  const place = (id: string) => say.pick(places[id]?.name) || id;
  const row = ({ row: id, status }: Waiting, year: number) =>
    say.word("net_row", { title: say.pick(byId.get(id)?.title), facts: label("status", status), year: say.year(year) });
  const texts = (id: string) => textsOf(charted, id) ?? vocabulary.kind?.[id]?.label;
  return {
    place,
    row,
    thing: (id) => say.pick(texts(id)) || id,
    offer: (id, of) => say.pick(texts(of ? `${of}${NETWORK.way_of}${id}` : id)) || id,
    kind: (id) => label("kind", id),
    number: (value) => say.number(value),
  };
}

/** The names with the ids that a command line takes. */
function withIds(charted: Charted, say: Wording): Names {
  const place = (id: string) => `${say.pick(charted.places[id]?.name)} (${id})`;
  const row = ({ row: id, status }: Waiting, year: number) =>
    say.word("net_row", {
      title: say.pick(charted.byId.get(id)?.title),
      facts: `${id}, ${status}`,
      year: say.year(year),
    });
  const thing = (id: string) => {
    const name = say.pick(textsOf(charted, id));
    return name ? `${name} (${id})` : id;
  };
  return { place, row, thing, offer: (id) => id, kind: (id) => id, number: String };
}

const textsIn = (name: Prose | undefined): Texts | undefined => (typeof name === "string" ? { en: name } : name);

/** So many parts of a project are named where it is not one line. */
const MOST_PARTS = 4;

/** Several texts as one, with the sign or the word between them that the language has. */
const inOne = (say: Wording, key: "net_or" | "net_comma", texts: readonly string[]): string =>
  texts.length ? texts.reduce((list, next) => say.word(key, { list, next })) : "";

/** What is wrong, in a sentence; with `ids` as the command line says it. */
export function sentenceOf(complaint: Complaint, charted: Charted, say: Wording, { ids = false } = {}): string {
  const names = ids ? withIds(charted, say) : inWords(charted, say);
  const things = (ids: readonly string[]) => inOne(say, "net_comma", ids.map(names.thing));
  const listed = (kinds: readonly string[]) => inOne(say, "net_comma", kinds.map(names.kind));
  const inParts = (sentence: string) => {
    const parts = "parts" in complaint ? complaint.parts.slice(0, MOST_PARTS).map((id) => names.offer(id)) : [];
    return parts.length ? say.word("net_parts", { sentence, parts: inOne(say, "net_comma", parts) }) : sentence;
  };
  switch (complaint.fault) {
    case "unknown":
      return unknownSentence(complaint, names, say);
    case "off_network":
      return offSentence(complaint, names, say);
    case "no_way":
      return noWaySentence(complaint, names, say);
    case "not_through": {
      const gaps = { ...endsAndYear(complaint, names, say), things: things(complaint.passed) };
      return leftOut(say.word("net_not_through", gaps), complaint.avoided, names, say);
    }
    case "cut_off": {
      const gaps = { place: names.place(complaint.place), year: say.year(complaint.year) };
      return say.word("net_cut_off", { ...gaps, things: things(complaint.avoided) });
    }
    case "not_a_place": {
      const { thing, isCountry, places, year } = complaint;
      const word = isCountry ? "net_country" : "net_line";
      const gaps = { thing: names.thing(thing), year: say.year(year) };
      if (!places.length) return say.word(`${word}_off`, gaps);
      return say.word(word, { ...gaps, places: inOne(say, "net_comma", places.map(names.place)) });
    }
    case "twice": {
      const { subject, ends, year } = complaint;
      const [from, to] = ends.map(names.place);
      const line = subject === null ? say.word("net_ends", { from, to, year: say.year(year) }) : names.thing(subject);
      return say.word("net_twice", { line });
    }
    case "promiser": {
      const { value, offers, known } = complaint;
      const quoted = (name: string) =>
        say.word("net_quoted", { text: say.pick(textsIn(complaint.names[name])) || name });
      const sentence = say.word("net_unknown_promiser", { value });
      if (!offers.length)
        return say.word("net_promisers", { sentence, known: inOne(say, "net_comma", known.map(quoted)) });
      return say.word("net_meant", { sentence, offers: inOne(say, "net_or", offers.map(quoted)) });
    }
    case "one_end":
      return say.word("net_one_end", { place: names.place(complaint.place) });
    case "year": {
      const gaps = { year: say.year(complaint.year), first: say.year(FIRST_YEAR), last: say.year(LAST_YEAR) };
      return say.word("net_year", gaps);
    }
    case "no_kind":
      return say.word("net_no_kind", { kinds: listed(KINDS) });
    case "nothing_open":
      return say.word("net_nothing_open", { kinds: listed(complaint.kinds), year: say.year(complaint.year) });
    case "alternatives": {
      const most = say.number(NETWORK.most_alternatives);
      return say.word("net_alternatives", { most, n: names.number(complaint.number) });
    }
    case "same_place":
      return say.word("net_same_place", { place: names.place(complaint.place) });
    case "no_end":
      return say.word("net_no_end", { place: names.place(complaint.place), year: say.year(complaint.year) });
    case "way": {
      const sentence = sentenceOf(complaint.of, charted, say, { ids });
      return say.word("net_way", { way: names.offer(complaint.way), sentence });
    }
    case "no_ways": {
      const way = `${NETWORK.way_of}${complaint.way}`;
      return say.word("net_no_ways", { project: names.offer(complaint.project), way });
    }
    case "no_line":
      return say.word("net_no_line", { line: names.offer(complaint.id) });
    case "no_rows":
      return say.word("net_no_rows", { line: names.offer(complaint.id) });
    case "not_there":
      return inParts(say.word("net_not_there", { line: names.offer(complaint.id), year: say.year(complaint.year) }));
    case "not_one_line": {
      const gaps = { line: names.offer(complaint.id), n: names.number(complaint.lines) };
      return inParts(say.word("net_not_one_line", gaps));
    }
    case "compared":
      return say.word("net_compared", {
        least: names.number(NETWORK.least_compared),
        most: names.number(NETWORK.most_compared),
        n: names.number(complaint.number),
      });
    case "too_many_ends":
      return say.word("net_many_ends", { n: names.number(complaint.number), most: say.number(NETWORK.most_ends) });
  }
}

function unknownSentence({ what, value, of, offers, known }: Unknown, names: Names, say: Wording): string {
  const sentence = say.word(`net_unknown_${what}`, { value, of: of ? names.offer(of) : "" });
  const offered = (id: string) => names.offer(id, of);
  const quoted = offers.map((id) => say.word("net_quoted", { text: offered(id) }));
  if (quoted.length) return say.word("net_meant", { sentence, offers: inOne(say, "net_or", quoted) });
  if (!known.length) return say.word("net_unlike", { sentence });
  return say.word("net_known", { sentence, known: inOne(say, "net_comma", known.map(offered)) });
}

function offSentence({ place, year, near, waiting }: OffNetwork, names: Names, say: Wording): string {
  const places = near.map(([id, km]) =>
    say.word("net_near", { place: names.place(id), km: names.number(rounded(km, 0)) }),
  );
  const [nearest = "", next = nearest] = places;
  const gaps = { place: names.place(place), year: say.year(year), near: nearest, next };
  const sentence = say.word(places.length === 1 ? "net_off" : "net_offs", gaps);
  return waiting ? say.word("net_waiting", { sentence, row: names.row(waiting, year) }) : sentence;
}

const endsAndYear = ({ places: [from, to], year }: NoWay | NotThrough, names: Names, say: Wording) => ({
  from: names.place(from),
  to: names.place(to),
  year: say.year(year),
});

/** A sentence that says what was left out, where something was. */
function leftOut(sentence: string, avoided: readonly string[], names: Names, say: Wording): string {
  if (!avoided.length) return sentence;
  return say.word("net_left_out", { sentence, things: inOne(say, "net_comma", avoided.map(names.thing)) });
}

function noWaySentence(complaint: NoWay, names: Names, say: Wording): string {
  const { year, sizes, missing, avoided } = complaint;
  const [n, m] = sizes.map(names.number);
  const gaps = { ...endsAndYear(complaint, names, say), n, m };
  const sentence = leftOut(say.word("net_no_way", gaps), avoided, names, say);
  const rows = inOne(
    say,
    "net_comma",
    missing.map((row) => names.row(row, year)),
  );
  return rows ? say.word("net_join", { sentence, rows }) : say.word("net_no_join", { sentence });
}
