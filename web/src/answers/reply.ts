// What the network replies to a question of an address: asked once, kept until something of the question changes. Knows
// no document.
import type { World } from "../facts/world.ts";
import type { Course } from "../map/course-drawing.ts";
import {
  type Comparison,
  type Complaint,
  type Cut,
  compare,
  cut,
  isRefusal,
  type Ledger,
  line,
  promises,
  type Refusal,
  type Route,
  route,
} from "../routing/index.ts";
import { courseOf, courseOfCut } from "./course.ts";
import { formatInquiry, type Inquiry } from "./inquiry.ts";
import { BETWEEN } from "./names.ts";
import { chosenWay } from "./route-words.ts";

/** What the page is asked with: the question, and the year and worldview of the map. */
export interface Moment {
  readonly inquiry: Inquiry;
  readonly year: number | null;
  readonly worldview: string | null;
  /** The projects and states that filters have chosen: a ledger is of these. */
  readonly projects: readonly string[];
  readonly countries: readonly string[];
}

export type Reply =
  | { readonly mode: "none" }
  | { readonly mode: "route"; readonly found: Route | Refusal; readonly beside: Route | Refusal | null }
  | { readonly mode: "compare"; readonly found: Comparison | Refusal }
  | { readonly mode: "promises"; readonly found: Ledger | Refusal }
  | { readonly mode: "cut"; readonly found: Cut | Refusal };

const NOTHING: Reply = { mode: "none" };

/** The network as an inquiry wants it. */
const networkAsked = ({ inquiry, year, worldview }: Moment) => ({
  year,
  worldview,
  promised: inquiry.promised,
  kinds: inquiry.over,
  by: inquiry.by,
});

/** A year that is named by itself: what is past is known, only a year to come rests on promises. */
const inYear = ({ page }: World, year: number, promised: boolean) => ({ year, promised: promised && year > page.year });

function routeReply(world: World, moment: Moment): Reply {
  const { inquiry } = moment;
  const { from, to, via, avoid, beside } = inquiry;
  if (from === null || to === null) return NOTHING;
  const asked = { ...kindsOnly(networkAsked(moment)), from, to, via, avoid };
  // The same year a second time says nothing new.
  const isOther = beside !== null && beside !== (moment.year ?? world.page.year);
  return {
    mode: "route",
    found: route(world, asked),
    beside: isOther ? route(world, { ...asked, ...inYear(world, beside, inquiry.promised), alternatives: 1 }) : null,
  };
}

/** Without kinds the usual ones count. */
function kindsOnly<Asked extends { readonly kinds: readonly string[] }>({ kinds, ...rest }: Asked) {
  return kinds.length ? { ...rest, kinds } : rest;
}

export function replyTo(world: World, moment: Moment): Reply {
  const { inquiry } = moment;
  if (inquiry.mode === "route") return routeReply(world, moment);
  if (inquiry.mode === "cut") {
    const asked = { ...kindsOnly(networkAsked(moment)), avoid: inquiry.cut, ends: inquiry.ends };
    return { mode: "cut", found: cut(world, asked) };
  }
  if (inquiry.mode === "compare") return compareReply(world, moment);
  if (inquiry.mode === "promises") {
    const { year, projects, countries } = moment;
    return { mode: "promises", found: promises(world, { year, projects, countries, by: inquiry.said }) };
  }
  return NOTHING;
}

/** A route among lines by the words of an address. */
export const routeSubject = (from: string, to: string, year: number | null): string =>
  [from, to, ...(year === null ? [] : [year])].join(BETWEEN);

const ROUTE_SUBJECT = new RegExp(`^([^${BETWEEN}]+)${BETWEEN}([^${BETWEEN}]+)(?:${BETWEEN}(\\d+))?$`);

/** One of those that are compared: a line by its id, or a route. */
function compared(world: World, subject: string, { inquiry, year, worldview }: Moment): Route | Refusal {
  const { promised } = inquiry;
  const [, from, to, then] = ROUTE_SUBJECT.exec(subject) ?? [];
  if (to === undefined) return line(world, { subject, year, promised, worldview });
  const when = then ? inYear(world, Number(then), promised) : { year, promised };
  return route(world, { from, to, ...when, worldview, alternatives: 1 });
}

function compareReply(world: World, moment: Moment): Reply {
  const { compare: subjects } = moment.inquiry;
  const found = subjects.map((subject) => compared(world, subject, moment));
  const complaints = found.flatMap((one): readonly Complaint[] => (isRefusal(one) ? one.complaints : []));
  if (complaints.length) return { mode: "compare", found: { complaints } };
  const routes = found.flatMap((one) => (isRefusal(one) ? [] : [one]));
  return routes.length < 2 ? NOTHING : { mode: "compare", found: compare(routes) };
}

/** What of a reply is drawn on the map; null for nothing. */
export function courseOfReply(world: World, reply: Reply, { inquiry }: Moment): Course | null {
  if (reply.mode === "none" || isRefusal(reply.found)) return null;
  if (reply.mode === "route") return courseOf(world, reply.found.ways, chosenWay(reply.found, inquiry.way));
  if (reply.mode === "compare") {
    return courseOf(
      world,
      reply.found.routes.map(({ ways: [way] }) => way),
      0,
    );
  }
  if (reply.mode !== "cut" || !reply.found.links.length) return null;
  return courseOfCut(
    world,
    reply.found.links,
    inquiry.cut.filter((id) => world.places[id]),
  );
}

/** The last question and its reply. */
export class Replies {
  private readonly world: World;
  private asked = "";
  private kept: Reply = NOTHING;

  constructor(world: World) {
    this.world = world;
  }

  to(moment: Moment): Reply {
    const { inquiry, ...rest } = moment;
    const asked = JSON.stringify([formatInquiry({ ...inquiry, way: 1 }), rest]);
    if (asked !== this.asked) this.kept = replyTo(this.world, moment);
    this.asked = asked;
    return this.kept;
  }
}
