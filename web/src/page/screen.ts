// What kind of screen the page is on.

const PHONE = window.matchMedia("(max-width: 700px)");

/** Whether the page is laid out for a phone. */
export const isPhone = () => PHONE.matches;

/** Call `action` when the screen turns into that of a phone, or back. */
export const onScreenChange = (action: () => void) => PHONE.addEventListener("change", action);
