// @ts-nocheck
// The state of the page after `#` in the address, and the messages with a page that holds this one in a frame.
import contract from "../../contract.json" with { type: "json" };
import { formatSelection, parseSelection } from "../facts/selection.ts";

const { view: VIEW_KEYS, story: STORY } = contract.address;

/** Whether an address can be written: not in a frame made from text. */
const hasAddress = () => location.protocol !== "about:" && window.parent === window;

/** What the address asks for: a selection and a view. @param {string} hash */
export function parseAddress(hash) {
  const query = new URLSearchParams(hash.replace(/^#/, ""));
  const view = Object.fromEntries([...VIEW_KEYS, STORY].map((key) => [key, query.get(key)]));
  return { selection: parseSelection(query), view, embed: query.get("embed") === "1" };
}

/** The address part for a selection and a view; defaults are left out. */
export function formatAddress(selection, view, defaults) {
  const parts = [formatSelection(selection)];
  for (const key of VIEW_KEYS)
    if (view[key] && view[key] !== defaults[key])
      parts.push(`${key}=${encodeURIComponent(view[key]).replace(/%2F/g, "/").replace(/%3A/g, ":")}`);
  return parts.filter(Boolean).join("&");
}

/** A manner of drawing as the address carries it: "gauge", "flow", both with a comma, or nothing. */
export const formatManner = ({ colour, flow }) => [colour, flow ? "flow" : null].filter(Boolean).join(",");
export const parseManner = (text) => {
  const words = (text || "").split(",");
  return { colour: words.includes("gauge") ? "gauge" : null, flow: words.includes("flow") };
};

/** What an address asks for on top of a theme: its own words win. */
export function withTheme(selection, theme) {
  const whole = parseSelection(theme.query);
  for (const [key, value] of Object.entries(selection))
    if (Array.isArray(value) ? value.length : value) whole[key] = value;
  return whole;
}

/** `zoom/lat/lon` as numbers, null when it is not that. */
export function parseView(text) {
  const numbers = (text || "").split("/").map(Number);
  return numbers.length === 3 && numbers.every(Number.isFinite) && Math.abs(numbers[1]) <= 90
    ? { zoom: numbers[0], lat: numbers[1], lon: numbers[2] }
    : null;
}

export const formatView = (zoom, lat, lon) =>
  `${Number(zoom.toFixed(2))}/${Number(lat.toFixed(3))}/${Number(lon.toFixed(3))}`;

/** Keeps the address in step. `push` makes an entry for the back button, `replace` does not. */
export class Address {
  constructor(onChange) {
    this.last = location.hash;
    if (!hasAddress()) return;
    window.addEventListener("popstate", () => {
      if (location.hash === this.last) return;
      this.last = location.hash;
      onChange(parseAddress(location.hash));
    });
  }

  write(text, push) {
    const hash = text ? `#${text}` : "";
    if (!hasAddress() || hash === this.last || (hash === "" && location.hash === "")) return;
    this.last = hash;
    const address = location.pathname + location.search + hash;
    try {
      if (push) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    } catch {
      location.hash = hash; // a file address that may not be rewritten
    }
  }
}

/** Talks to the page that holds this one; silent when there is none. */
export class Parent {
  /** @param {Object<string, (message: any) => void>} handlers  by message type */
  constructor(handlers) {
    this.there = window.parent !== window;
    if (!this.there) return;
    window.addEventListener("message", (event) => {
      const { data } = event;
      if (event.source !== window.parent || !data || typeof data !== "object" || typeof data.type !== "string") return;
      if (Object.hasOwn(handlers, data.type)) handlers[data.type](data);
    });
  }

  tell(message) {
    if (this.there) window.parent.postMessage(message, "*");
  }
}
