// What may be done about a question that has no answer: for each complaint the sentence, and changes of the question
// that would mend it. Knows no document.
import { NETWORK } from "../contract.ts";
import { type Charted, type Complaint, sentenceOf } from "../routing/index.ts";
import type { Wording } from "../words/wording.ts";
import { asking, type Inquiry } from "./inquiry.ts";
import { nameOfThing } from "./names.ts";

/** A change of the question, and what it is called. */
export interface Proposal {
  readonly name: string;
  readonly inquiry: Inquiry;
}

/** A complaint in words with what would mend it. */
export interface Told {
  readonly sentence: string;
  readonly proposals: readonly Proposal[];
}

/** So many parts of a project are offered in its place. */
const MOST_PARTS = 6;

const PLACES = ["from", "to"] as const;
const LISTS = ["via", "avoid", "over", "compare", "cut", "ends"] as const;

/** The question with another value wherever it names `value`. */
export function replaced(inquiry: Inquiry, value: string, other: string): Inquiry {
  const changed: { -readonly [Key in keyof Inquiry]?: Inquiry[Key] } = {};
  for (const key of PLACES) if (inquiry[key] === value) changed[key] = other;
  for (const key of LISTS) {
    if (inquiry[key].includes(value)) changed[key] = inquiry[key].map((one) => (one === value ? other : one));
  }
  return asking(inquiry, changed);
}

/** The places by which a question may name one: its id, or any of its names. */
function namedAs(inquiry: Inquiry, charted: Charted, place: string): string {
  const named = new Set([place, ...Object.values(charted.places[place]?.name ?? {})].map((text) => text.toLowerCase()));
  const asked = [inquiry.from, inquiry.to, ...inquiry.via, ...inquiry.ends].filter((one) => one !== null);
  return asked.find((one) => named.has(one.toLowerCase())) ?? place;
}

function proposalsFor(complaint: Complaint, inquiry: Inquiry, charted: Charted, say: Wording): Proposal[] {
  const instead = (value: string, id: string) => ({
    name: nameOfThing(charted, say, id),
    inquiry: replaced(inquiry, value, id),
  });
  const promised = inquiry.promised
    ? []
    : [{ name: say.word("ask_promised"), inquiry: asking(inquiry, { promised: true }) }];
  if (complaint.fault === "unknown") {
    const whole = (id: string) => (complaint.of ? `${complaint.of}${NETWORK.way_of}${id}` : id);
    return complaint.offers.map((id) => instead(whole(complaint.value), whole(id)));
  }
  if (complaint.fault === "off_network") {
    const value = namedAs(inquiry, charted, complaint.place);
    return [...complaint.near.map(([id]) => instead(value, id)), ...(complaint.waiting ? promised : [])];
  }
  if (complaint.fault === "not_a_place") return complaint.places.map((id) => instead(complaint.value, id));
  const without = (key: "avoid" | "via", ids: readonly string[]) => ({
    name: say.word("ask_remove", { name: say.list(ids.map((id) => nameOfThing(charted, say, id))) }),
    inquiry: asking(inquiry, { [key]: [] }),
  });
  if (complaint.fault === "cut_off") return [without("avoid", complaint.avoided)];
  if (complaint.fault === "no_way") {
    const whole = complaint.avoided.length ? [without("avoid", complaint.avoided)] : [];
    return [...whole, ...(complaint.missing.length ? promised : [])];
  }
  if (complaint.fault === "not_through") return [without("via", complaint.passed)];
  if (complaint.fault === "no_end") {
    const value = namedAs(inquiry, charted, complaint.place);
    const ends = inquiry.ends.filter((end) => end !== value);
    return [
      {
        name: say.word("hidden_value", { name: nameOfThing(charted, say, complaint.place) }),
        inquiry: asking(inquiry, { ends }),
      },
    ];
  }
  if (complaint.fault === "promiser") {
    const [name, said] = [say.word("promise_all"), null];
    return [
      ...complaint.offers.map((id) => ({
        name: say.prose(complaint.names[id]),
        inquiry: asking(inquiry, { said: id }),
      })),
      { name, inquiry: asking(inquiry, { said }) },
    ];
  }
  if (complaint.fault === "way") return proposalsFor(complaint.of, inquiry, charted, say);
  if (complaint.fault === "no_ways")
    return [instead(`${complaint.project}${NETWORK.way_of}${complaint.way}`, complaint.project)];
  if (complaint.fault === "not_one_line" || complaint.fault === "not_there") {
    return complaint.parts.slice(0, MOST_PARTS).map((id) => instead(complaint.id, id));
  }
  if (complaint.fault === "no_kind" || complaint.fault === "nothing_open") {
    return inquiry.over.length ? [{ name: say.word("reset"), inquiry: asking(inquiry, { over: [] }) }] : [];
  }
  return [];
}

/** All complaints about a question in words, each with what would mend it. */
export const told = (complaints: readonly Complaint[], inquiry: Inquiry, charted: Charted, say: Wording): Told[] =>
  complaints.map((complaint) => ({
    sentence: sentenceOf(complaint, charted, say),
    proposals: proposalsFor(complaint, inquiry, charted, say),
  }));
