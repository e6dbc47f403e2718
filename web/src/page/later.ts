// Work that may wait for the painted frame, done in slices so that a click in between is answered at once.

const SLICE_MS = 8;

/** A generator is run step by step, a plain function in one go. */
export type Job = () => unknown;

/** Runs one job after the other in slices; a new start drops what is left of the work before. */
export class Later {
  /** What is still to do. */
  jobs: Iterator<unknown>[] = [];
  private turn = 0;
  private readonly channel = new MessageChannel();

  constructor() {
    this.channel.port1.onmessage = ({ data }) => {
      if (data === this.turn) this.slice();
    };
  }

  start(jobs: readonly Job[]): void {
    this.turn += 1;
    this.jobs = jobs.map(stepsOf);
    this.next();
  }

  /** Drop what is left, and listen no more. */
  close(): void {
    this.turn += 1;
    this.jobs = [];
    this.channel.port1.close();
  }

  private next(): void {
    if (this.jobs.length) this.channel.port2.postMessage(this.turn);
  }

  private slice(): void {
    const end = performance.now() + SLICE_MS;
    const { turn } = this;
    try {
      while (turn === this.turn && this.jobs.length && performance.now() < end) {
        const [job] = this.jobs;
        let done = true; // also of a job that failed: the others are not to suffer
        try {
          done = job.next().done === true;
        } finally {
          if (done && turn === this.turn) this.jobs.shift();
        }
      }
    } finally {
      if (turn === this.turn) this.next();
    }
  }
}

const isIterator = (steps: unknown): steps is Iterator<unknown> =>
  typeof steps === "object" && steps !== null && "next" in steps;

function* stepsOf(job: Job): Generator<unknown> {
  const steps = job();
  if (isIterator(steps)) while (!steps.next().done) yield;
}

/** Call `action` when calls have paused for `wait` ms. */
export function settled<Values extends unknown[]>(action: (...values: Values) => void, wait: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (...values: Values): void => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), wait);
  };
}
