// @ts-nocheck
// Work that may wait for the painted frame, done in slices so that a click in between is answered at once.

const SLICE_MS = 8;

/** Runs one job after the other in slices; starting anew drops what is left of the work before. */
export class Later {
  constructor() {
    this.turn = 0;
    this.channel = new MessageChannel();
    this.channel.port1.onmessage = ({ data }) => {
      if (data === this.turn) this.slice();
    };
    /** @type {Iterator<any>[]} */
    this.jobs = [];
  }

  /** @param {Array<() => (Iterator<any>|void)>} jobs  a generator is run step by step, a plain function in one go */
  start(jobs) {
    this.turn++;
    this.jobs = jobs.map((job) =>
      (function* () {
        const steps = job();
        if (steps) yield* /** @type {any} */ (steps);
      })(),
    );
    this.next();
  }

  stop() {
    this.turn++;
    this.jobs = [];
  }

  next() {
    if (this.jobs.length) this.channel.port2.postMessage(this.turn);
  }

  slice() {
    const end = performance.now() + SLICE_MS;
    const { turn } = this;
    try {
      while (turn === this.turn && this.jobs.length && performance.now() < end)
        if (this.jobs[0].next().done && turn === this.turn) this.jobs.shift();
    } finally {
      if (turn === this.turn) this.next(); // also after a job that failed: the others are not to suffer
    }
  }
}
