// What the reader asks of the network, as an address carries it: a route, ways side by side, what is taken away, or the
// ledger of promises. The year and the worldview are those of the map. Knows no document.
import { NETWORK_KEYS, type NetworkKey } from "../contract.ts";
import { AIMS, type Aim, KINDS } from "../routing/index.ts";

export type Mode = "route" | "compare" | "cut" | "promises";
export const MODES: readonly Mode[] = ["route", "compare", "cut", "promises"];

/** A question to the network; without a mode nothing is asked, and the rest waits until something is. */
export interface Inquiry {
  readonly mode: Mode | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly via: readonly string[];
  readonly avoid: readonly string[];
  readonly by: Aim;
  /** Kinds of lines; without any those that count when nobody says otherwise. */
  readonly over: readonly string[];
  readonly promised: boolean;
  /** A second year to see the route in. */
  readonly beside: number | null;
  /** Which of several ways, from 1. */
  readonly way: number;
  readonly compare: readonly string[];
  readonly cut: readonly string[];
  readonly ends: readonly string[];
  /** Of the ledger: only what was announced by somebody of this name. */
  readonly said: string | null;
}

export const NO_INQUIRY: Inquiry = {
  mode: null,
  from: null,
  to: null,
  via: [],
  avoid: [],
  by: AIMS[0],
  over: [],
  promised: false,
  beside: null,
  way: 1,
  compare: [],
  cut: [],
  ends: [],
  said: null,
};

/** What of a question an address says, by mode. Each begins with a word that an address of that mode always has. */
const WORDS: Record<Mode, readonly NetworkKey[]> = {
  route: ["from", "to", "via", "avoid", "by", "over", "promised", "beside", "way"],
  compare: ["compare", "promised"],
  cut: ["cut", "ends", "over", "promised"],
  promises: ["promises", "by"],
};

const ON = "1";
const YEAR = /^\d{4}$/;
const NUMBER = /^[1-9]$/;

const named = (texts: readonly string[]): string[] => {
  const values = texts.flatMap((text) => text.split(",")).map((value) => value.trim());
  return values.filter(Boolean);
};

const listed = (texts: readonly string[]): string[] => [...new Set(named(texts))];

/** Whether `compare` names the second year of a route, as on the command line, and no line. */
function isSecondYear(query: URLSearchParams): boolean {
  const compared = listed(query.getAll("compare"));
  return compared.length === 1 && YEAR.test(compared[0]) && (query.has("from") || query.has("to"));
}

/** The mode of an address: that of the first word of a mode that it has. */
function modeOf(query: URLSearchParams): Mode | null {
  if (query.has("compare") && !isSecondYear(query)) return "compare";
  if (query.has("cut")) return "cut";
  if (query.get("promises") === ON) return "promises";
  return query.has("from") || query.has("to") ? "route" : null;
}

/** The question that an address asks; values that cannot be right are left out. */
export function parseInquiry(query: URLSearchParams): Inquiry {
  const all = (key: NetworkKey) => listed(query.getAll(key));
  const [aim] = all("by");
  const [beside = ""] = all(isSecondYear(query) ? "compare" : "beside");
  const [way = ""] = all("way");
  const over = all("over");
  const mode = modeOf(query);
  return {
    mode,
    from: query.get("from")?.trim() || null,
    to: query.get("to")?.trim() || null,
    via: all("via"),
    avoid: all("avoid"),
    by: AIMS.find((one) => one === aim) ?? AIMS[0],
    over: KINDS.filter((kind) => over.includes(kind)),
    promised: query.get("promised") === ON,
    beside: YEAR.test(beside) ? Number(beside) : null,
    way: NUMBER.test(way) ? Number(way) : 1,
    // The same twice is answered in a sentence, so it is kept.
    compare: isSecondYear(query) ? [] : named(query.getAll("compare")),
    cut: all("cut"),
    ends: all("ends"),
    said: mode === "promises" ? query.get("by")?.trim() || null : null,
  };
}

/** A value as an address carries it: what parts values and parts of it is escaped, what can be read stays. */
const readable = (text: string) =>
  encodeURIComponent(text)
    .replace(/%2F/g, "/")
    .replace(/%3A/g, ":")
    .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** What an address says of a question; what is plain is left out, all but the word that names the mode. */
export function formatInquiry(inquiry: Inquiry): string {
  const { mode, said } = inquiry;
  if (!mode) return "";
  const aim = inquiry.by === AIMS[0] ? [] : [inquiry.by];
  const values: Record<NetworkKey, readonly (string | number)[]> = {
    from: inquiry.from ? [inquiry.from] : [],
    to: inquiry.to ? [inquiry.to] : [],
    via: inquiry.via,
    avoid: inquiry.avoid,
    by: mode !== "promises" ? aim : said ? [said] : [],
    over: inquiry.over,
    promised: inquiry.promised ? [ON] : [],
    beside: inquiry.beside === null ? [] : [inquiry.beside],
    way: inquiry.way === 1 ? [] : [inquiry.way],
    compare: inquiry.compare,
    cut: inquiry.cut,
    ends: inquiry.ends,
    promises: [ON],
  };
  const [naming] = WORDS[mode];
  const keys = NETWORK_KEYS.filter((key) => WORDS[mode].includes(key) && (values[key].length || key === naming));
  return keys.map((key) => `${key}=${values[key].map((value) => readable(String(value))).join(",")}`).join("&");
}

/** The question with other values; another question begins with its first way. */
export const asking = (inquiry: Inquiry, change: Partial<Inquiry>): Inquiry => ({ ...inquiry, way: 1, ...change });

/** The question the other way round. */
export const turned = (inquiry: Inquiry): Inquiry =>
  asking(inquiry, { from: inquiry.to, to: inquiry.from, via: [...inquiry.via].reverse() });
