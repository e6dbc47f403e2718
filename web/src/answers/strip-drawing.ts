// A way drawn along its own length: states above, lines by gauge and status in the middle, borders, breaks of gauge and
// ports at their km. Several share one scale.
import { el, svg } from "../dom.ts";
import { css, gaugeColour } from "../map/looks.ts";
import type { Page } from "../page/context.ts";
import { isPhone } from "../page/screen.ts";
import type { Mark, Strip } from "../routing/index.ts";
import { countryName, term } from "../words/describe.ts";
import { borderWords, breakWords } from "./route-words.ts";

/** The drawing is so many px wide for the longest way, and so high. */
const WIDTH = { phone: 356, other: 680 };
const HEIGHT = 34;
const STATES = { y: 1, height: 13 };
const LINE_Y = 22;
const LINE_WIDTH = 5;

/** A state gets its code where it has room for it. */
const ROOM_FOR_CODE = 28;

const DASH = "10 6";

/** A mark in words. */
export function markWords({ world, say }: Page, mark: Mark): string {
  if (mark.what === "port") return say.pick(world.places[mark.place]?.name) || mark.place;
  if (mark.what === "break_of_gauge") return breakWords(world, say, mark);
  return borderWords(world, say, { leaves: mark.leaves, enters: mark.enters, at: mark.place });
}

function markShape(page: Page, mark: Mark, x: number): SVGElement {
  const title = svg("title", { text: `${markWords(page, mark)}, ${page.say.km(mark.km)}` });
  const look = { fill: css("paper"), stroke: css("accent"), "stroke-width": 1.6 };
  if (mark.what === "border") {
    return svg("path", { d: `M${x} ${STATES.y - 2}V${LINE_Y + 6}`, stroke: css("ink"), "stroke-width": 1.2 }, title);
  }
  if (mark.what === "port") {
    return svg("rect", { x: x - 3.4, y: LINE_Y - 3.4, width: 6.8, height: 6.8, ...look, stroke: css("ink") }, title);
  }
  return svg("circle", { cx: x, cy: LINE_Y, r: 4.4, ...look }, title);
}

/** The strip of a way, `longest` km being the whole width. */
export function stripDrawing(page: Page, strip: Strip, longest: number): HTMLElement {
  const { say, world } = page;
  const whole = isPhone() ? WIDTH.phone : WIDTH.other;
  const at = (km: number) => Math.round((km / longest) * whole * 10) / 10;
  const states = strip.soils.map(({ fromKm, toKm, country }, number) => {
    const [x, width] = [at(fromKm), at(toKm) - at(fromKm)];
    const opacity = country === null ? 0.1 : number % 2 ? 0.24 : 0.42;
    const name = country === null ? say.word("at_sea_only") : countryName(world, say, country);
    const title = svg("title", { text: `${name}, ${say.km(toKm - fromKm)}` });
    const area = svg(
      "rect",
      { x, y: STATES.y, width, height: STATES.height, fill: css("accent"), "fill-opacity": opacity },
      title,
    );
    const code = { x: x + width / 2, y: STATES.y + 10, "text-anchor": "middle", "font-size": 10, fill: css("ink") };
    return country && width > ROOM_FOR_CODE ? svg("g", {}, area, svg("text", { ...code, text: country })) : area;
  });
  const lines = strip.stretches.map(({ fromKm, toKm, row, gaugeMm, status, promised }) => {
    const facts = [say.pick(row.title), term(world, say, "status", status)];
    if (gaugeMm) facts.push(say.word("mm", { n: say.number(gaugeMm) }));
    return svg(
      "line",
      {
        x1: at(fromKm),
        x2: at(toKm),
        y1: LINE_Y,
        y2: LINE_Y,
        stroke: gaugeMm ? gaugeColour(world.styles, gaugeMm) : css("ink3"),
        "stroke-width": LINE_WIDTH,
        "stroke-dasharray": promised || status !== "operating" ? DASH : row.kind === "rail" ? null : "2 4",
      },
      svg("title", { text: facts.join(" · ") }),
    );
  });
  const marks = strip.marks.map((mark) => markShape(page, mark, at(mark.km)));
  const view = { viewBox: `-6 0 ${whole + 12} ${HEIGHT}`, role: "img", "aria-label": stripWords(page, strip) };
  return el("div", { class: "strip" }, svg("svg", view, ...states, ...lines, ...marks));
}

/** A strip for those who do not see it: the states with their km, then what lies where. */
export function stripWords(page: Page, strip: Strip): string {
  const { say, world } = page;
  const name = (country: string | null) =>
    country === null ? say.word("at_sea_only") : countryName(world, say, country);
  const states = strip.soils.map(({ country, fromKm, toKm }) => `${name(country)} ${say.km(toKm - fromKm)}`);
  const marks = strip.marks.map((mark) => `${say.km(mark.km)}: ${markWords(page, mark)}`);
  return [...states, ...marks].join("; ");
}

/** What the colours and marks of strips mean: the gauges that they have, borders, breaks of gauge, ports. */
export function stripKey({ say, world }: Page, strips: readonly Strip[]): HTMLElement {
  const gauges = new Set(strips.flatMap(({ stretches }) => stretches.flatMap(({ gaugeMm }) => gaugeMm ?? [])));
  const line = (stroke: string) => svg("path", { d: "M0 7H16", stroke, "stroke-width": LINE_WIDTH });
  const mark = (what: "border" | "break_of_gauge" | "port") => {
    if (what === "border") return svg("path", { d: "M8 1V13", stroke: css("ink"), "stroke-width": 1.2 });
    if (what === "port") return svg("rect", { x: 4.6, y: 3.6, width: 6.8, height: 6.8, ...outlined("ink") });
    return svg("circle", { cx: 8, cy: 7, r: 4.4, ...outlined("accent") });
  };
  const entry = (shape: SVGElement, text: string) => {
    const picture = svg("svg", { width: 16, height: 14, class: "swatch", "aria-hidden": "true" }, shape);
    return el("span", {}, picture, text);
  };
  const found = new Set(strips.flatMap(({ marks }) => marks.map(({ what }) => what)));
  return el(
    "p",
    { class: "stripkey" },
    ...[...gauges].sort().map((gauge) => {
      return entry(line(gaugeColour(world.styles, gauge)), say.word("mm", { n: say.number(gauge) }));
    }),
    ...MARKS.filter((what) => found.has(what)).map((what) => entry(mark(what), say.word(`strip_${what}`))),
  );
}

const MARKS = ["border", "break_of_gauge", "port"] as const;
const outlined = (token: string) => ({ fill: css("paper"), stroke: css(token), "stroke-width": 1.6 });
