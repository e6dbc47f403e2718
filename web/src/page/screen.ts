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
