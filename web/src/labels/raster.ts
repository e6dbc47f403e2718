// @ts-nocheck
// A coarse picture of the visible map for the label engine: whose land a cell is, what lines cost, what is taken.

const CELL = 4;
const DISPUTED = 255;

/** Running sums over a grid, so that the sum of any box takes four look-ups. */
export class Sums {
  constructor(values, columns, rows) {
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
    this.width = width;
    this.columns = columns;
    this.rows = rows;
  }

  /** The sum over cells x0..x1-1, y0..y1-1. */
  of(x0, y0, x1, y1) {
    const { sums, width, columns, rows } = this;
    x0 = Math.max(0, Math.min(columns, x0));
    x1 = Math.max(0, Math.min(columns, x1));
    y0 = Math.max(0, Math.min(rows, y0));
    y1 = Math.max(0, Math.min(rows, y1));
    return sums[y1 * width + x1] - sums[y0 * width + x1] - sums[y1 * width + x0] + sums[y0 * width + x0];
  }
}

export class Raster {
  /** @param {{x: number, y: number}} corner  layer point of the top left of the map @param {{x: number, y: number}} size */
  constructor(corner, size) {
    this.corner = corner;
    this.size = size;
    this.columns = Math.ceil(size.x / CELL);
    this.rows = Math.ceil(size.y / CELL);
    this.taken = new Uint8Array(this.columns * this.rows);
  }

  _canvas() {
    const canvas = document.createElement("canvas");
    canvas.width = this.columns;
    canvas.height = this.rows;
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    context.setTransform(1 / CELL, 0, 0, 1 / CELL, -this.corner.x / CELL, -this.corner.y / CELL);
    return context;
  }

  _pixels(context) {
    return context.getImageData(0, 0, this.columns, this.rows).data;
  }

  /** Learn whose land each cell is: number of the unit + 1, 0 for water, 255 for disputed ground. */
  paintLand(units, lakes, disputed) {
    const context = this._canvas();
    const numbered = units.filter((unit) => unit.seen).slice(0, DISPUTED - 1);
    const paint = (n) => `rgb(${n},${(n * 37) % 256},${(n * 101) % 256})`;
    numbered.forEach((unit, index) => {
      context.fillStyle = paint(index + 1);
      context.fill(new Path2D(unit.node.getAttribute("d")), "evenodd");
    });
    context.globalCompositeOperation = "destination-out";
    context.fill(new Path2D(lakes), "evenodd");
    context.globalCompositeOperation = "source-over";
    context.fillStyle = paint(DISPUTED);
    for (const area of disputed) context.fill(new Path2D(area), "evenodd");
    const pixels = this._pixels(context);
    const owner = new Uint8Array(this.columns * this.rows);
    for (let i = 0; i < owner.length; i++) {
      const n = pixels[4 * i];
      if (
        (n <= numbered.length || n === DISPUTED) &&
        pixels[4 * i + 3] > 250 &&
        pixels[4 * i + 1] === (n * 37) % 256 &&
        pixels[4 * i + 2] === (n * 101) % 256
      )
        owner[i] = n;
    }
    this.owner = owner;
    this.units = numbered;
  }

  /** Take the land from a raster of the same view. @param {Raster} other */
  reuse(other) {
    this.owner = other.owner;
    this.units = other.units;
    this.known = other.known;
  }

  /** Learn where lines run; wide ones cost most. @param {Array<{data: string, weight: number, wide?: boolean}>} lines  weight 0 to 1 */
  paintLines(lines, points) {
    const context = this._canvas();
    context.globalCompositeOperation = "lighter";
    for (const { data, weight, wide } of lines) {
      context.lineWidth = wide ? 2 * CELL : CELL;
      context.strokeStyle = `rgba(255,255,255,${weight})`;
      context.stroke(new Path2D(data));
    }
    context.fillStyle = "#fff";
    for (const [x, y] of points) context.fillRect(x - 4, y - 4, 8, 8);
    const pixels = this._pixels(context);
    const cost = new Float32Array(this.columns * this.rows);
    for (let i = 0; i < cost.length; i++) cost[i] = pixels[4 * i + 3] / 255;
    this.cost = new Sums(cost, this.columns, this.rows);
  }

  /** The cells of a box of layer points: x0, y0, x1, y1. */
  cells(box) {
    return [
      Math.floor((box[0] - this.corner.x) / CELL),
      Math.floor((box[1] - this.corner.y) / CELL),
      Math.ceil((box[2] - this.corner.x) / CELL),
      Math.ceil((box[3] - this.corner.y) / CELL),
    ];
  }

  /** Roughly how many 4 px of line a box covers. */
  lineCost(box) {
    return this.cost.of(...this.cells(box));
  }

  /** Whether anything else stands in a box. */
  isTaken(box) {
    const [x0, y0, x1, y1] = this.cells(box);
    const { columns, rows, taken } = this;
    for (let y = Math.max(0, y0); y < Math.min(rows, y1); y++)
      for (let x = Math.max(0, x0); x < Math.min(columns, x1); x++) if (taken[y * columns + x]) return true;
    return false;
  }

  take(box) {
    const [x0, y0, x1, y1] = this.cells(box);
    const { columns, rows, taken } = this;
    for (let y = Math.max(0, y0); y < Math.min(rows, y1); y++)
      taken.fill(1, y * columns + Math.max(0, x0), y * columns + Math.max(0, Math.min(columns, x1)));
  }

  /** Whether a box lies inside the map, `margin` px from its edge. */
  isInside(box, margin) {
    const { corner, size } = this;
    return (
      box[0] > corner.x + margin &&
      box[1] > corner.y + margin &&
      box[2] < corner.x + size.x - margin &&
      box[3] < corner.y + size.y - margin
    );
  }

  /** The number of the unit at a layer point, 0 for water. */
  ownerAt(x, y) {
    const column = Math.floor((x - this.corner.x) / CELL);
    const row = Math.floor((y - this.corner.y) / CELL);
    return column < 0 || row < 0 || column >= this.columns || row >= this.rows
      ? 0
      : this.owner[row * this.columns + column];
  }

  /** For each unit in sight: sums of its cells, their bounds and number. */
  territories() {
    if (this.known) return [...this.known];
    const { columns, rows, owner, units } = this;
    const found = units.map((unit, index) => ({ unit, n: index + 1, count: 0, x0: columns, y0: rows, x1: 0, y1: 0 }));
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        const n = owner[y * columns + x];
        if (!n || n === DISPUTED) continue;
        const t = found[n - 1];
        t.count++;
        if (x < t.x0) t.x0 = x;
        if (x + 1 > t.x1) t.x1 = x + 1;
        if (y < t.y0) t.y0 = y;
        if (y + 1 > t.y1) t.y1 = y + 1;
      }
    }
    for (const t of found) {
      if (!t.count) continue;
      const width = t.x1 - t.x0;
      const height = t.y1 - t.y0;
      const mask = new Uint8Array(width * height);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++) if (owner[(y + t.y0) * columns + x + t.x0] === t.n) mask[y * width + x] = 1;
      t.sums = new Sums(mask, width, height);
    }
    this.known = found.filter((t) => t.count);
    return [...this.known];
  }

  /**
   * The best place for a box of `width` by `height` px wholly on a territory: few lines, far from edges, near `wish`.
   * @returns {{x: number, y: number, cost: number}|null}  centre as layer point
   */
  bestPlace(territory, width, height, wish, avoid = []) {
    const w = Math.ceil(width / CELL);
    const h = Math.ceil(height / CELL);
    const full = w * h;
    const { corner } = this;
    let best = null;
    for (let y = territory.y0; y + h <= territory.y1; y += 1) {
      for (let x = territory.x0; x + w <= territory.x1; x += 2) {
        const own = territory.sums.of(x - territory.x0, y - territory.y0, x - territory.x0 + w, y - territory.y0 + h);
        if (own < full) continue;
        const box = [corner.x + x * CELL, corner.y + y * CELL, corner.x + (x + w) * CELL, corner.y + (y + h) * CELL];
        const cx = (box[0] + box[2]) / 2;
        const cy = (box[1] + box[3]) / 2;
        if (avoid.some(([ax, ay, radius]) => Math.hypot(ax - cx, ay - cy) < radius)) continue;
        const lines = this.cost.of(x - 2, y - 1, x + w + 2, y + h + 1);
        let cost = lines * 7;
        if (best && cost >= best.cost) continue;
        const around = territory.sums.of(
          x - territory.x0 - 3,
          y - territory.y0 - 3,
          x - territory.x0 + w + 3,
          y - territory.y0 + h + 3,
        );
        cost += (1 - around / ((w + 6) * (h + 6))) * 40;
        if (wish) cost += Math.min(160, Math.hypot(cx - wish[0], (cy - wish[1]) * 1.3)) * 0.22;
        if ((best && cost >= best.cost) || this.isTaken(box) || !this.isInside(box, 6)) continue;
        best = { x: cx, y: cy, cost };
      }
    }
    return best;
  }
}
