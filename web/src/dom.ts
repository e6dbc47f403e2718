// @ts-nocheck
// Names the namespace and builds DOM nodes. Data never become markup: text goes in as text nodes only.

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {Element} Node_
 * @param {Node_} node
 * @param {Object<string, any>} attributes  `text` sets the text, `on` holds listeners, null and false leave out
 * @param {Array<Node|string|null>} children
 * @returns {Node_}
 */
function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "on")
      for (const [event, listener] of Object.entries(value))
        node.addEventListener(event, /** @type {any} */ (listener));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) node.append(child);
  return node;
}

/** Make an HTML element. @returns {HTMLElement} */
export const el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

/** Make an SVG element. @returns {SVGElement} */
export const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS(SVG, tag), attributes, children);

/** Find one element by its id; the page's skeleton holds all of them. */
export const element = (id) => document.getElementById(id);

/** A stroke icon of 16 by 16 px from one path. */
export const icon = (path, filled = false) =>
  svg(
    "svg",
    { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true", class: "icon" },
    svg(
      "path",
      filled
        ? { d: path, fill: "currentColor" }
        : { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.4 },
    ),
  );

/** Put a text on the clipboard; the old way where the new is not allowed. Whether it worked. @param {string} text */
export const copyText = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = /** @type {HTMLTextAreaElement} */ (el("textarea", { class: "offscreen" }));
    const before = /** @type {HTMLElement|null} */ (document.activeElement);
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus({ preventScroll: true });
    return done;
  }
};

/** Call `action` when calls have paused for `wait` ms. */
export const settled = (action, wait) => {
  let timer = 0;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), wait);
  };
};
