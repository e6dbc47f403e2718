// A coarse grid over the visible map for the label engine: whose land a cell is, what lines cost, what is taken. Pure:
// what is on the map is painted into it by paint.ts.
import type { Box } from "../geometry/mercator.ts";
import { CELL } from "./weights.ts";

/** The owner of a cell on disputed ground; units are numbered from 1, water is 0. */
export const DISPUTED = 255;

/** What a cell is taken by: a symbol, or a name or panel. */
export const SYMBOL = 2;
const NAME = 1;

/** Running sums over a grid, so that the sum of any box takes four look-ups. */
export class Sums {
  readonly columns: number;
  readonly rows: number;
  private readonly sums: Float64Array;

  constructor(values: ArrayLike<number>, columns: number, rows: number) {
    const width = columns + 1;
    const sums = new Float64Array(width * (rows + 1));
    for (let y = 0; y < rows; y++) {
      let line = 0;
      for (let x = 0; x < columns; x++) {
        line += values[y * columns + x];
        sums[(y + 1) * width + x + 1] = sums[y * width + x + 1] + line;
      }
    }
    this.sums = sums;
    this.columns = columns;
    this.rows = rows;
  }

  /** The sum over cells x0 to x1 - 1, y0 to y1 - 1; cells beyond the grid count nothing. */
  of(x0: number, y0: number, x1: number, y1: number): number {
    const { sums, columns, rows } = this;
    const width = columns + 1;
    const left = Math.max(0, Math.min(columns, x0));
    const right = Math.max(0, Math.min(columns, x1));
    const top = Math.max(0, Math.min(rows, y0)) * width;
    const bottom = Math.max(0, Math.min(rows, y1)) * width;
    return sums[bottom + right] - sums[top + right] - sums[bottom + left] + sums[top + left];
  }
}

/** The visible cells of a unit of land: their number, bounds (in cells) and running sums. */
export interface Territory<Owner> {
  readonly owner: Owner;
  /** What the cells of the raster have for it. */
  readonly n: number;
  readonly count: number;
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly sums: Sums;
}

export interface Size {
  readonly x: number;
  readonly y: number;
}

/** Whose land each cell is; kept while the view stays. */
export class Land<Owner> {
  /** For each cell the number of its owner in `owners` + 1, 0 for water, DISPUTED for disputed ground. */
  readonly cells: Uint8Array;
  readonly owners: readonly Owner[];
  private readonly columns: number;
  private readonly rows: number;
  private known: Territory<Owner>[] | null = null;

  constructor(cells: Uint8Array, owners: readonly Owner[], columns: number, rows: number) {
    this.cells = cells;
    this.owners = owners;
    this.columns = columns;
    this.rows = rows;
  }

  /** The units of land in sight. */
  territories(): readonly Territory<Owner>[] {
    this.known ??= this.find();
    return this.known;
  }

  private find(): Territory<Owner>[] {
    const { columns, rows, cells } = this;
    const bounds = this.owners.map(() => ({ count: 0, x0: columns, y0: rows, x1: 0, y1: 0 }));
    for (let y = 0; y < rows; y++) {
      for (let from = 0; from < columns; ) {
        const owner = cells[y * columns + from];
        let to = from + 1;
        while (to < columns && cells[y * columns + to] === owner) to += 1;
        const bound = owner && owner !== DISPUTED ? bounds[owner - 1] : null;
        if (bound) {
          bound.count += to - from;
          bound.x0 = Math.min(bound.x0, from);
          bound.x1 = Math.max(bound.x1, to);
          bound.y0 = Math.min(bound.y0, y);
          bound.y1 = y + 1;
        }
        from = to;
      }
    }
    return bounds.flatMap((bound, i) =>
      bound.count ? [{ owner: this.owners[i], n: i + 1, ...bound, sums: this.sumsOf(i + 1, bound) }] : [],
    );
  }

  private sumsOf(n: number, { x0, y0, x1, y1 }: { x0: number; y0: number; x1: number; y1: number }): Sums {
    const width = x1 - x0;
    const height = y1 - y0;
    const mask = new Uint8Array(width * height);
    for (let y = 0; y < height; y++) {
      const line = (y + y0) * this.columns + x0;
      for (let x = 0; x < width; x++) if (this.cells[line + x] === n) mask[y * width + x] = 1;
    }
    return new Sums(mask, width, height);
  }
}

export class Raster<Owner> {
  /** The screen point of the top left of the map, and its size in px. */
  readonly corner: Size;
  readonly size: Size;
  readonly columns: number;
  readonly rows: number;
  readonly land: Land<Owner>;
  private readonly taken: Uint8Array;
  private readonly cost: Sums;

  /** @param lines for each cell what a name on it costs */
  constructor(corner: Size, size: Size, land: Land<Owner> | null = null, lines: Float32Array | null = null) {
    this.corner = corner;
    this.size = size;
    this.columns = Math.ceil(size.x / CELL);
    this.rows = Math.ceil(size.y / CELL);
    const count = this.columns * this.rows;
    this.taken = new Uint8Array(count);
    this.land = land ?? new Land<Owner>(new Uint8Array(count), [], this.columns, this.rows);
    this.cost = new Sums(lines ?? new Float32Array(count), this.columns, this.rows);
  }

  /** Roughly how many cells of line a box covers. */
  lineCost(box: Readonly<Box>): number {
    return this.cost.of(...this.cells(box));
  }

  /** The same for a box of cells. */
  lineCostOfCells(x0: number, y0: number, x1: number, y1: number): number {
    return this.cost.of(x0, y0, x1, y1);
  }

  /** Whether anything else is in a box. @param but what does not count */
  isTaken(box: Readonly<Box>, but = 0): boolean {
    const [x0, y0, x1, y1] = this.cells(box);
    const right = Math.min(this.columns, x1);
    const bottom = Math.min(this.rows, y1);
    for (let y = Math.max(0, y0); y < bottom; y++) {
      for (let x = Math.max(0, x0); x < right; x++) {
        const by = this.taken[y * this.columns + x];
        if (by && by !== but) return true;
      }
    }
    return false;
  }

  take(box: Readonly<Box>, by = NAME): void {
    const [x0, y0, x1, y1] = this.cells(box);
    const left = Math.max(0, x0);
    const right = Math.max(0, Math.min(this.columns, x1));
    const bottom = Math.min(this.rows, y1);
    for (let y = Math.max(0, y0); y < bottom; y++)
      this.taken.fill(by, y * this.columns + left, y * this.columns + right);
  }

  /** Whether a box lies inside the map, more than `margin` px from its edge. */
  isInside(box: Readonly<Box>, margin: number): boolean {
    const { corner, size } = this;
    return (
      box[0] > corner.x + margin &&
      box[1] > corner.y + margin &&
      box[2] < corner.x + size.x - margin &&
      box[3] < corner.y + size.y - margin
    );
  }

  /** What the cell at a screen point has for its owner, 0 for water. */
  ownerAt(x: number, y: number): number {
    const column = Math.floor((x - this.corner.x) / CELL);
    const row = Math.floor((y - this.corner.y) / CELL);
    if (column < 0 || row < 0 || column >= this.columns || row >= this.rows) return 0;
    return this.land.cells[row * this.columns + column];
  }

  /** The cells of a box of screen points: x0, y0, x1, y1. */
  private cells(box: Readonly<Box>): Box {
    const { corner } = this;
    return [
      Math.floor((box[0] - corner.x) / CELL),
      Math.floor((box[1] - corner.y) / CELL),
      Math.ceil((box[2] - corner.x) / CELL),
      Math.ceil((box[3] - corner.y) / CELL),
    ];
  }
}
