// What kind of screen the page is on.

/** Only of screens: paper has a width, too, and a sheet that is being printed is no phone. */
const PHONE = window.matchMedia("screen and (max-width: 700px)");
const PAPER = window.matchMedia("print");
let last = PHONE.matches;

/** Whether the page is laid out for a phone. */
export const isPhone = () => (PAPER.matches ? last : PHONE.matches);

/** Call `action` when the screen turns into that of a phone, or back; printing is neither. */
export function onScreenChange(action: () => void): void {
  PHONE.addEventListener("change", ({ matches }) => {
    if (PAPER.matches || matches === last) return;
    last = matches;
    action();
  });
}

/** Wait until a node has a size: in a closed tab, or in a frame that is shown later, it has none yet. */
export const hasSize = (node: HTMLElement): Promise<void> =>
  new Promise((resolve) => {
    const isSized = () => node.clientWidth > 0 && node.clientHeight > 0;
    if (isSized()) {
      resolve(); // at once: nothing is observed in a frame that has not been scrolled to
      return;
    }
    const watch = new ResizeObserver(() => {
      if (!isSized()) return;
      watch.disconnect();
      resolve();
    });
    watch.observe(node);
  });
