// What a reader sees when the page cannot be opened: a sentence, and nothing half-drawn beside it.
import { tellParent } from "./parent.ts";

/** The browser is too old, the file is not whole, or drawing failed for another reason. */
export type Reason = "too old" | "not whole" | "failed";

/** The sentence for a reason, from those that the document brings along; `detail`: what the browser says of it. */
export function sentenceFor(reason: Reason, words: Readonly<DOMStringMap>, detail = ""): string | undefined {
  if (reason === "not whole") return words.notWhole;
  if (reason === "failed") return words.failed?.replace("{reason}", () => detail || "–");
  return undefined;
}

export function giveUp(reason: Reason, detail?: string): void {
  const node = document.getElementById("tooold");
  if (!node) return;
  const sentence = sentenceFor(reason, node.dataset, detail);
  if (sentence !== undefined) node.textContent = sentence;
  node.hidden = false;
  document.body.replaceChildren(node);
  tellParent({ type: "sco:failed", sentence: node.textContent ?? "" });
}

/** Do a part of opening the page; when it fails, say so to the reader, and to whoever looks at the console. */
export async function orGiveUp<Result>(reason: Reason, open: () => Promise<Result>): Promise<Result> {
  try {
    return await open();
  } catch (error) {
    giveUp(reason, error instanceof Error ? error.message : String(error));
    throw error;
  }
}
