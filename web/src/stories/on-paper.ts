// A story on paper: its steps one after the other, each with its text, its map and its sources.

import { courseOfReply, replyTo } from "../answers/reply.ts";
import { sourceNames } from "../card/source-names.ts";
import { el } from "../dom.ts";
import { applySelection } from "../facts/filter.ts";
import type { Step } from "../facts/types.ts";
import { fitted } from "../geometry/fit.ts";
import { type Box, mercatorX, mercatorY } from "../geometry/mercator.ts";
import type { Page } from "../page/context.ts";
import { withHalosApart } from "../parts/halos.ts";
import type { MapCopies } from "../parts/map-copy.ts";
import type { SheetWords } from "../words/sheet.ts";
import { chosenOnly, figuresOf, rowsInFocus } from "./shown.ts";
import { sceneOf, type Told } from "./told.ts";

/** A map across the paper, in px: two steps have room on a page of A4. */
const SIZE = { width: 1000, height: 480 };
const LONGEST_SCALE = 160;

/** The sheet of a story. */
export function storyOnPaper(page: Page, copies: MapCopies, { story }: Told, words: SheetWords): HTMLElement[] {
  const { say } = page;
  const title = el("div", {}, el("p", { text: words.organisation }), el("h1", { text: say.pick(story.title) }));
  return [
    el("header", {}, title, el("p", { text: say.pick(story.text) })),
    ...story.steps.map((step, i) => stepOnPaper(page, copies, step, i)),
    el("p", { class: "told-notes", text: [words.borders, words.credits, words.version].join(" ") }),
  ];
}

function stepOnPaper(page: Page, copies: MapCopies, step: Step, i: number): HTMLElement {
  const { say, world, state } = page;
  const { selection, lineStyle, inquiry } = sceneOf(step);
  const { worldview } = state;
  const moment = { inquiry, worldview, year: selection.year, projects: [], countries: [] };
  const name = `told-${i}`;
  const { node } = copies.draw({
    size: SIZE,
    name,
    part: fitted(boxOf(step, page), SIZE, 0, Number.POSITIVE_INFINITY),
    longestScale: LONGEST_SCALE,
    scene: {
      state: { ...state, selection, lineStyle, inquiry },
      rows: new Set(applySelection(world.rows, selection, world).rows),
      course: chosenOnly(courseOfReply(world, replyTo(world, moment), moment)),
      focus: rowsInFocus(step, world),
      figures: figuresOf(step, world, say),
    },
  });
  const sources = (step.sources ?? [])
    .flatMap((id) => world.sources[id] ?? [])
    .map((source) => {
      const { title, publisher } = sourceNames(source);
      return [title, publisher, source.published ? say.date(source.published) : null].filter(Boolean).join(", ");
    });
  const year = selection.year === null ? "" : ` · ${say.year(selection.year)}`;
  return el(
    "section",
    { class: "told" },
    el("h2", { text: `${say.number(i + 1)}. ${say.pick(step.title)}${year}` }),
    el("p", { text: say.pick(step.text) }),
    el("div", { class: "map" }, withHalosApart(node, name)),
    el("p", { class: "told-sources", text: `${say.word("sources")}: ${sources.join("; ")}` }),
  );
}

/** The part of the map of a step in Mercator coordinates, the whole region where it names none. */
function boxOf({ extent }: Step, { world }: Page): Box {
  const [south, west, north, east] = world.styles.region.bounds;
  const [left, bottom, right, top] = extent ?? [west, south, east, north];
  return [mercatorX(left), mercatorY(top), mercatorX(right), mercatorY(bottom)];
}
