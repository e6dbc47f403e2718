// Builds DOM nodes. Data never become markup: text goes in as text nodes only.

const SVG = "http://www.w3.org/2000/svg";

type Value = string | number | boolean | null | undefined;
type Listeners = { [Type in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Type]) => void };

/** `text` sets the text, `on` holds listeners, null, undefined and false leave an attribute out. */
export interface Attributes {
  text?: string | null;
  on?: Listeners;
  [name: string]: Value | Listeners;
}

export type Child = Node | string | null | undefined;

function fill<Node_ extends Element>(node: Node_, attributes: Attributes, children: readonly Child[]): Node_ {
  const { text, on, ...rest } = attributes;
  if (text !== null && text !== undefined) node.textContent = text;
  for (const [type, listener] of Object.entries(on ?? {})) node.addEventListener(type, listener as EventListener);
  for (const [name, value] of Object.entries(rest)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}

/** Make an HTML element. */
export const el = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] => fill(document.createElement(tag), attributes, children);

/** Make an SVG element. */
export const svg = <Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[Tag] => fill(document.createElementNS(SVG, tag), attributes, children);

/** An element of the page's skeleton by its id. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no element with the id ${id}`);
  return found;
}

/** A stroke icon of 16 by 16 px from one path. */
export function icon(path: string, filled = false): SVGSVGElement {
  const stroke = { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.4 };
  const shape = svg("path", filled ? { d: path, fill: "currentColor" } : stroke);
  return svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true", class: "icon" }, shape);
}

/** Make the text of a button that shows a picture only known to readers of screens, and show it on pointing. */
export function label(node: HTMLElement, text: string): void {
  node.setAttribute("aria-label", text);
  node.title = text;
}
