// Where a story is: which step of it is told, what the step sets, and how an address says so. Knows no document.
import { type Inquiry, parseInquiry } from "../answers/inquiry.ts";
import { emptySelection, isSame, parseSelection, restrictions, type Selection } from "../facts/selection.ts";
import type { Step, Story } from "../facts/types.ts";
import { type LineStyle, lineStyleOf } from "../page/address.ts";

/** A step of a story. */
export interface Told {
  readonly story: Story;
  /** Which step, from 0. */
  readonly at: number;
}

/** Between a story and the number of its step in an address. */
const AT = "/";

/** Whether a story is told step by step; else it is a question that is answered at once. */
export const isLong = ({ steps }: Pick<Story, "steps">): boolean => steps.length > 1;

export const stepOf = ({ story, at }: Told): Step => story.steps[at];

/** The step that an address names, `story` or `story/step`; null when there is no such story or step. */
export function toldBy(text: string | null, stories: readonly Story[]): Told | null {
  const [id, number = "1", ...more] = (text ?? "").split(AT);
  const story = stories.find((one) => one.id === id);
  const at = /^[1-9]\d?$/.test(number) ? Number(number) - 1 : -1;
  return story?.steps[at] && !more.length ? { story, at } : null;
}

/** A step as an address names it. */
export const formatTold = ({ story, at }: Told): string => `${story.id}${AT}${at + 1}`;

/** What a step sets. */
export interface Scene {
  readonly selection: Selection;
  readonly lineStyle: LineStyle;
  readonly inquiry: Inquiry;
}

export const sceneOf = (step: Step): Scene => ({
  selection: parseSelection(step.query),
  lineStyle: lineStyleOf(step),
  inquiry: parseInquiry(new URLSearchParams(step.query)),
});

/** What of a selection is not as a step sets it: what an address says beside the story. */
export function besides(selection: Selection, set: Selection): Selection {
  const own = emptySelection();
  if (isSame(selection, set)) return own;
  for (const part of restrictions(selection)) {
    if (String(selection[part]) !== String(set[part])) Object.assign(own, { [part]: selection[part] });
  }
  return own;
}
