// Says in words what the page is doing when opening takes longer than a reader should be left without a word.

export type Step = "unpacking" | "reading" | "drawing";

/** After so long a reader is told what is going on. */
const PATIENCE_MS = 2000;

/** The longest that opening waits for the words to be painted; frames do not come in a hidden tab. */
const LONGEST_FRAME_MS = 60;

const painted = () =>
  Promise.race([
    new Promise((done) => requestAnimationFrame(() => setTimeout(done))),
    new Promise((done) => setTimeout(done, LONGEST_FRAME_MS)),
  ]);

/** Begin a step of opening; `now`: milliseconds since the reader asked for the page. */
export async function begin(step: Step, now = performance.now()): Promise<void> {
  const node = document.getElementById("progress");
  if (!node) return;
  node.textContent = node.dataset[step] ?? "";
  if (now < PATIENCE_MS) {
    setTimeout(() => {
      node.hidden = false;
    }, PATIENCE_MS - now);
    return;
  }
  node.hidden = false;
  await painted();
}
