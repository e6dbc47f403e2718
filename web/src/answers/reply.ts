// What the network replies to a question of an address: asked once, kept until something of the question changes. Knows
// no document.
import type { World } from "../facts/world.ts";
import type { Course } from "../map/course-drawing.ts";
import { type Cut, cut, isRefusal, type Refusal, type Route, route } from "../routing/index.ts";
import { courseOf, courseOfCut } from "./course.ts";
import { formatInquiry, type Inquiry } from "./inquiry.ts";
import { chosenWay } from "./route-words.ts";

/** What the page is asked with: the question, and the year and worldview of the map. */
export interface Moment {
  readonly inquiry: Inquiry;
  readonly year: number | null;
  readonly worldview: string | null;
}

export type Reply =
  | { readonly mode: "none" }
  | { readonly mode: "route"; readonly found: Route | Refusal; readonly beside: Route | Refusal | null }
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

function routeReply(world: World, moment: Moment): Reply {
  const { inquiry } = moment;
  const { from, to, via, avoid, beside } = inquiry;
  if (from === null || to === null) return NOTHING;
  const asked = { ...kindsOnly(networkAsked(moment)), from, to, via, avoid };
  return {
    mode: "route",
    found: route(world, asked),
    beside: beside === null ? null : route(world, { ...asked, year: beside, alternatives: 1 }),
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
  return NOTHING;
}

/** What of a reply is drawn on the map; null for nothing. */
export function courseOfReply(world: World, reply: Reply, { inquiry }: Moment): Course | null {
  if (reply.mode === "none" || isRefusal(reply.found)) return null;
  if (reply.mode === "route") return courseOf(world, reply.found.ways, chosenWay(reply.found, inquiry.way));
  if (!reply.found.links.length) return null;
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
    const { inquiry, year, worldview } = moment;
    const asked = [formatInquiry({ ...inquiry, way: 1 }), year, worldview].join("|");
    if (asked !== this.asked) this.kept = replyTo(this.world, moment);
    this.asked = asked;
    return this.kept;
  }
}
