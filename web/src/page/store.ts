// The state of the page and the only way to change it: parts ask for a change, the store says what has changed, and the
// page draws it. Knows no document.
import { formatInquiry, type Inquiry } from "../answers/inquiry.ts";
import type { Language } from "../contract.ts";
import { formatSelection, type Selection } from "../facts/selection.ts";
import { formatTold, type Told } from "../stories/told.ts";
import { formatLineStyle, type LineStyle } from "./address.ts";

export type Brightness = "light" | "dark";

export interface State {
  readonly selection: Selection;
  readonly lang: Language;
  /** The worldview on borders; null is the de facto one. */
  readonly worldview: string | null;
  readonly theme: Brightness;
  readonly lineStyle: LineStyle;
  /** What the open card tells about: the id of a row, a project or a state. */
  readonly show: string | null;
  /** What is asked of the network. */
  readonly inquiry: Inquiry;
  /** The step of a story that is told. */
  readonly told: Told | null;
}

/** `push`: the change is an entry for the back button. */
export interface How {
  readonly push: boolean;
}

export type Changed = ReadonlySet<keyof State>;
export type Listener = (changed: Changed, how: How) => void;

/** A state as text where equal ones need not be the same object. */
const written: { [Key in keyof State]: (state: State) => string | null } = {
  selection: ({ selection }) => formatSelection(selection),
  lang: ({ lang }) => lang,
  worldview: ({ worldview }) => worldview,
  theme: ({ theme }) => theme,
  lineStyle: ({ lineStyle }) => formatLineStyle(lineStyle),
  show: ({ show }) => show,
  inquiry: ({ inquiry }) => formatInquiry(inquiry),
  told: ({ told }) => told && formatTold(told),
};

export class Store {
  private now: State;
  private readonly listeners: Listener[] = [];

  constructor(first: State) {
    this.now = first;
  }

  get state(): State {
    return this.now;
  }

  listen(listener: Listener): void {
    this.listeners.push(listener);
  }

  /** Change the state; what is as it was before is no change, and without one nobody is told. Whether there was one. */
  set(change: Partial<State>, { push = false }: Partial<How> = {}): boolean {
    const next = { ...this.now, ...change };
    const keys = Object.keys(written) as (keyof State)[];
    const changed = new Set(keys.filter((key) => written[key](next) !== written[key](this.now)));
    if (!changed.size) return false;
    this.now = next;
    for (const listener of this.listeners) listener(changed, { push });
    return true;
  }
}
