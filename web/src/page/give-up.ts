// What a reader sees when the page cannot be opened: a sentence, and nothing half-drawn beside it.

/** Show the sentence for a browser that is too old, or the one for a file that is not whole. */
export function giveUp(reason: "too old" | "not whole"): void {
  const sentence = document.getElementById("tooold");
  if (!sentence) return;
  if (reason === "not whole") sentence.textContent = sentence.dataset.notWhole ?? "";
  sentence.hidden = false;
  document.body.replaceChildren(sentence);
}

/** Do what opens the page; when it fails, say so to the reader, and to whoever looks at the console. */
export async function orGiveUp(open: () => Promise<void>): Promise<void> {
  try {
    await open();
  } catch (error) {
    giveUp("not whole");
    throw error;
  }
}
