// What the part of an address after `#` says: a selection, how it is looked at, what is asked of the network, and
// whether the page is inside another.
import { formatInquiry, type Inquiry, NO_INQUIRY, parseInquiry } from "../answers/inquiry.ts";
import { STORY, VIEW_KEYS, type ViewKey } from "../contract.ts";
import { formatSelection, onTopOf, parseSelection, type Selection } from "../facts/selection.ts";
import type { Step } from "../facts/types.ts";

export const EMBED = "embed";

export type ViewWords = Record<ViewKey, string | null>;

export interface Asked {
  selection: Selection;
  view: ViewWords & { story: string | null };
  inquiry: Inquiry;
  embed: boolean;
  /** Everything as it stands in the address. */
  words: readonly { readonly key: string; readonly value: string }[];
}

/** What an address asks for, behind its `#` or, in the app, its `?`: a selection and a view. */
export function parseAddress(hash: string): Asked {
  const query = new URLSearchParams(hash.replace(/^[#?]/, ""));
  const words = Object.fromEntries([...VIEW_KEYS, STORY].map((key) => [key, query.get(key)]));
  return {
    selection: parseSelection(query),
    view: words as Asked["view"],
    inquiry: parseInquiry(query),
    embed: query.get(EMBED) === "1",
    words: [...query].map(([key, value]) => ({ key, value })),
  };
}

const readable = (text: string) => encodeURIComponent(text).replace(/%2F/g, "/").replace(/%3A/g, ":");

/** The address part for a selection, a view and a question; what is as in `defaults` is left out. @param told the step
 * of a story that all this is on top of */
export function formatAddress(
  selection: Selection,
  view: ViewWords,
  defaults: ViewWords,
  inquiry: Inquiry = NO_INQUIRY,
  told: string | null = null,
): string {
  const parts = [told ? `${STORY}=${readable(told)}` : "", formatSelection(selection)];
  for (const key of VIEW_KEYS) {
    const text = view[key];
    if (text && text !== defaults[key]) parts.push(`${key}=${readable(text)}`);
  }
  parts.push(formatInquiry(inquiry));
  return parts.filter(Boolean).join("&");
}

/** An address that keeps the page as it is inside another one. */
export const embeddedAt = (address: string): string => [address, `${EMBED}=1`].filter(Boolean).join("&");

/** How lines are drawn: coloured by gauge instead of by layer, pipelines as flows, with a ribbon of their accuracy. */
export interface LineStyle {
  readonly colour: "gauge" | null;
  readonly flow: boolean;
  readonly accuracy: boolean;
}

const [GAUGE, FLOW, ACCURACY] = ["gauge", "flow", "accuracy"] as const;
export const STYLE_WORDS: readonly string[] = [GAUGE, FLOW, ACCURACY];

export const PLAIN: LineStyle = { colour: null, flow: false, accuracy: false };

/** A line style as the address carries it: "gauge", "flow", "accuracy", several with commas, or nothing. */
export const formatLineStyle = ({ colour, flow, accuracy }: LineStyle): string =>
  [colour, flow ? FLOW : null, accuracy ? ACCURACY : null].filter(Boolean).join(",");

export function parseLineStyle(text: string | null): LineStyle {
  const words = (text ?? "").split(",");
  const [isByGauge, flow, accuracy] = [GAUGE, FLOW, ACCURACY].map((word) => words.includes(word));
  return { colour: isByGauge ? GAUGE : null, flow, accuracy };
}

/** The line style of a step of a story. */
export const lineStyleOf = (step: Pick<Step, "colour" | "flow">): LineStyle => ({
  colour: step.colour ?? null,
  flow: !!step.flow,
  accuracy: false,
});

/** What an address asks for on top of a step of a story: its own words win. */
export const withStory = (selection: Selection, step: Pick<Step, "query">): Selection =>
  onTopOf(selection, parseSelection(step.query));

export interface MapView {
  zoom: number;
  lat: number;
  lon: number;
}

/** `zoom/lat/lon` as numbers, null when it is not that. */
export function parseView(text: string | null): MapView | null {
  const [zoom, lat, lon, ...more] = (text || "").split("/").map(Number);
  if (more.length || ![zoom, lat, lon].every(Number.isFinite) || Math.abs(lat) > 90) return null;
  return { zoom, lat, lon };
}

export const formatView = ({ zoom, lat, lon }: MapView): string =>
  [Number(zoom.toFixed(2)), Number(lat.toFixed(3)), Number(lon.toFixed(3))].join("/");
