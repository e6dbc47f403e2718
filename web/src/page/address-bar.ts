// Keeps the browser's address in step with the page.
import { type Asked, parseAddress } from "./address.ts";

/** Whether an address can be written: not in a frame made from text. */
const hasAddress = () => location.protocol !== "about:" && window.parent === window;

export class AddressBar {
  private last = location.hash;

  /** `onChange`: the reader went back or typed another address. */
  constructor(onChange: (asked: Asked) => void) {
    if (!hasAddress()) return;
    window.addEventListener("popstate", () => {
      if (location.hash === this.last) return;
      this.last = location.hash;
      onChange(parseAddress(location.hash));
    });
  }

  /** `push` makes an entry for the back button; without it the present one is replaced. */
  write(text: string, push: boolean): void {
    const hash = text ? `#${text}` : "";
    if (!hasAddress() || hash === this.last || (hash === "" && location.hash === "")) return;
    this.last = hash;
    const address = location.pathname + location.search + hash;
    try {
      if (push) history.pushState(null, "", address);
      else history.replaceState(null, "", address);
    } catch {
      location.hash = hash; // a file address that may not be rewritten
    }
  }
}
