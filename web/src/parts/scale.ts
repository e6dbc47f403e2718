// The scale bar: two steps of round km, true at the middle of the map.
import { element, svg } from "../dom.ts";
import { EQUATOR_KM } from "../geometry/mercator.ts";
import { css } from "../map/looks.ts";
import { worldWidth } from "../map/screen-view.ts";
import type { Wording } from "../words/wording.ts";

const STEPS = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const BAR = { top: 18, height: 4.5, room: 70, all: 26 };

/** Below this width in px the figure in the middle would touch the others. */
const WIDE_ENOUGH = 120;

/** The longest round number of km that is shorter than `longest` px, and how many px it takes. */
export function scaleStep(latitude: number, zoom: number, longest: number): { km: number; width: number } {
  const kmPerPixel = (EQUATOR_KM * Math.cos((latitude * Math.PI) / 180)) / worldWidth(zoom);
  const km = STEPS.findLast((step) => step / kmPerPixel < longest) ?? STEPS[0];
  return { km, width: km / kmPerPixel };
}

/** Draw the scale for the middle of the map on the screen. */
export function drawScale(latitude: number, zoom: number, longest: number, say: Wording): void {
  element("scale").replaceChildren(scaleBar(latitude, zoom, longest, say));
}

/** The scale for a latitude, no longer than so many px. */
export function scaleBar(latitude: number, zoom: number, longest: number, say: Wording): SVGSVGElement {
  const { km, width } = scaleStep(latitude, zoom, longest);
  const box = (from: number, length: number, token: string) => {
    const place = { x: (1 + from).toFixed(1), y: BAR.top, width: length.toFixed(1), height: BAR.height };
    return svg("rect", { ...place, fill: css(token), stroke: css("label"), "stroke-width": 0.8 });
  };
  const text = (share: number, anchor: string, content: string) =>
    svg("text", { x: (1 + width * share).toFixed(1), y: 13, "text-anchor": anchor, text: content });
  return svg(
    "svg",
    { width: Math.ceil(width + BAR.room), height: BAR.all },
    box(0, width / 4, "label"),
    box(width / 4, width / 4, "paper"),
    box(width / 2, width / 2, "label"),
    text(0, "start", say.number(0)),
    width < WIDE_ENOUGH ? null : text(0.5, "middle", say.number(km / 2, 1)),
    text(1, "middle", say.word("km", { n: say.number(km) })),
  );
}
