// A heap of numbered things by two costs; of equal ones the first put in comes out first.

export class Heap {
  private readonly first: number[] = [];
  private readonly second: number[] = [];
  private readonly turn: number[] = [];
  private readonly thing: number[] = [];
  private turns = 0;
  private count = 0;

  get size(): number {
    return this.count;
  }

  push(first: number, second: number, thing: number): void {
    let at = this.count++;
    const turn = this.turns++;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.isBefore(first, second, turn, above)) break;
      this.move(above, at);
      at = above;
    }
    this.put(at, first, second, turn, thing);
  }

  /** Take out the thing that costs least; of none nothing can be taken. */
  pop(): number {
    const least = this.thing[0];
    this.count -= 1;
    const size = this.count;
    // The last one goes to where it belongs from the top; what is left of it at the end is written over.
    const first = this.first[size];
    const second = this.second[size];
    const turn = this.turn[size];
    const thing = this.thing[size];
    let at = 0;
    for (let below = 1; below < size; below = 2 * at + 1) {
      if (
        below + 1 < size &&
        this.isBefore(this.first[below + 1], this.second[below + 1], this.turn[below + 1], below)
      ) {
        below += 1;
      }
      if (this.isBefore(first, second, turn, below)) break;
      this.move(below, at);
      at = below;
    }
    this.put(at, first, second, turn, thing);
    return least;
  }

  private isBefore(first: number, second: number, turn: number, at: number): boolean {
    if (first !== this.first[at]) return first < this.first[at];
    if (second !== this.second[at]) return second < this.second[at];
    return turn < this.turn[at];
  }

  private move(from: number, to: number): void {
    this.put(to, this.first[from], this.second[from], this.turn[from], this.thing[from]);
  }

  private put(at: number, first: number, second: number, turn: number, thing: number): void {
    this.first[at] = first;
    this.second[at] = second;
    this.turn[at] = turn;
    this.thing[at] = thing;
  }
}
