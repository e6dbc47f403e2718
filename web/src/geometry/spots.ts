// Values by where they are on a plane, so that those around a point are found without looking at all. Knows no map.

/** Cells on either side of the origin that have a key of their own: more than any screen is away from it. */
const HALF = 2 ** 25;

export class Spots<Value> {
  private readonly cells = new Map<number, Set<Value>>();
  private readonly cell: number;

  /** @param cell how wide a cell is: about as far as is looked around */
  constructor(cell: number) {
    this.cell = cell;
  }

  private column(x: number): number {
    return Math.floor(x / this.cell);
  }

  private key(column: number, row: number): number {
    return (column + HALF) * (2 * HALF) + row + HALF;
  }

  add(x: number, y: number, value: Value): void {
    const key = this.key(this.column(x), this.column(y));
    const values = this.cells.get(key);
    if (values) values.add(value);
    else this.cells.set(key, new Set([value]));
  }

  delete(x: number, y: number, value: Value): void {
    this.cells.get(this.key(this.column(x), this.column(y)))?.delete(value);
  }

  /** All values within `reachX` and `reachY` of a point, and some a little further off. */
  around(x: number, y: number, reachX: number, reachY: number): Value[] {
    const found: Value[] = [];
    const right = this.column(x + reachX);
    const bottom = this.column(y + reachY);
    for (let column = this.column(x - reachX); column <= right; column++) {
      for (let row = this.column(y - reachY); row <= bottom; row++) {
        for (const value of this.cells.get(this.key(column, row)) ?? []) found.push(value);
      }
    }
    return found;
  }
}
