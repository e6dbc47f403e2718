// Measures texts in the fonts of the page.
import type { Look } from "./text.ts";

/** Widths are measured once at this size in px and scaled. */
const MEASURED_AT = 100;

const widths = new Map<string, number>();
let context: CanvasRenderingContext2D | null = null;

function fontOf(look: Look): string {
  const family = getComputedStyle(document.documentElement)
    .getPropertyValue(look.serif ? "--serif" : "--sans")
    .trim();
  return `${look.italic ? "italic " : ""}${look.weight ?? 400} ${MEASURED_AT}px ${family}`;
}

const fonts = new Map<string, string>();

function cachedFont(look: Look): string {
  const key = `${look.serif} ${look.italic} ${look.weight}`;
  const font = fonts.get(key) ?? fontOf(look);
  fonts.set(key, font);
  return font;
}

/** The width of a text in px. */
export function textWidth(text: string, look: Look): number {
  const font = cachedFont(look);
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    context ??= document.createElement("canvas").getContext("2d");
    if (!context) return 0;
    context.font = font;
    width = context.measureText(text).width;
    widths.set(key, width);
  }
  return (width * look.size) / MEASURED_AT + (look.spacing ?? 0) * [...text].length;
}

/** Measure again: a font has come that was not there before. */
export const forgetWidths = (): void => widths.clear();
