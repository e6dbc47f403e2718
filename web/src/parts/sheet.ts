// The panel of a phone: a sheet that peeks out, stands half or is full, dragged by its head or moved by keys.
import { element } from "../dom.ts";
import { isPhone } from "../page/screen.ts";
import type { Wording } from "../words/wording.ts";

const STEPS = ["peek", "half", "full"] as const;
export type SheetStep = (typeof STEPS)[number];

/** Shares of the window's height up to which a dragged sheet falls to a step. */
const PEEK_BELOW = 0.3;
const HALF_BELOW = 0.66;

/** A finger that moved less has tapped. Px. */
const TAP = 4;

/** What a sheet keeps free above it, and what always peeks out. Px. */
const ABOVE = 70;
const LEAST = 90;

export class Sheet {
  private readonly say: () => Wording;
  private readonly onMove: () => void;
  private readonly grab = element("grab");
  private readonly panel = element("panel");
  private startY = 0;
  private startHeight = 0;
  private moved = false;

  constructor(say: () => Wording, onMove: () => void) {
    this.say = say;
    this.onMove = onMove;
    document.body.dataset.sheet = "half";
    this.panel.addEventListener("transitionend", ({ target, propertyName }) => {
      if (target === this.panel && propertyName === "height") this.onMove(); // before, it still covered what it leaves
    });
    this.grab.addEventListener("keydown", (event) => this.key(event));
    for (const handle of [this.grab, element("head")]) {
      handle.addEventListener("pointerdown", (event) => this.begin(event));
    }
  }

  /** Write the words in the language of now. */
  build(): void {
    this.grab.setAttribute("aria-label", this.say().word("sheet"));
  }

  set(step: SheetStep): void {
    document.body.dataset.sheet = step;
    this.grab.setAttribute("aria-valuenow", String(STEPS.indexOf(step)));
    this.grab.setAttribute("aria-valuetext", this.say().word(`sheet_${step}`));
    this.onMove();
  }

  private get at(): number {
    return Math.max(0, (STEPS as readonly string[]).indexOf(document.body.dataset.sheet ?? "half"));
  }

  private key(event: KeyboardEvent): void {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.set(STEPS[Math.max(0, Math.min(STEPS.length - 1, this.at + by))]);
  }

  private begin(event: PointerEvent): void {
    if (!isPhone()) return;
    this.startY = event.clientY;
    this.startHeight = this.panel.offsetHeight;
    this.moved = false;
    const listening = new AbortController();
    const { signal } = listening;
    const end = () => {
      listening.abort();
      this.end();
    };
    window.addEventListener("pointermove", (pointer) => this.drag(pointer), { signal });
    window.addEventListener("pointerup", end, { signal });
    window.addEventListener("pointercancel", end, { signal });
  }

  private drag(pointer: PointerEvent): void {
    const by = this.startY - pointer.clientY;
    if (Math.abs(by) > TAP) this.moved = true;
    const height = Math.max(LEAST, Math.min(innerHeight - ABOVE, this.startHeight + by));
    this.panel.style.transition = "none";
    this.panel.style.height = `${height}px`;
  }

  private end(): void {
    const share = this.panel.offsetHeight / innerHeight;
    this.panel.style.transition = "";
    this.panel.style.height = "";
    if (!this.moved) this.set(this.at === 1 ? "full" : "half");
    else this.set(share < PEEK_BELOW ? "peek" : share < HALF_BELOW ? "half" : "full");
  }
}
