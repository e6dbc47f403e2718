// @ts-nocheck
// Plane geometry on screen points: distances, offsets, resampling, smoothing. Knows no map.

/** The least distance of (x, y) to paths of screen points, Infinity when beyond `reach`. */
export function distanceTo(paths, x, y, reach) {
  let best = reach * reach;
  let found = false;
  for (const points of paths) {
    for (let i = 2; i < points.length; i += 2) {
      const ax = points[i - 2];
      const ay = points[i - 1];
      const bx = points[i];
      const by = points[i + 1];
      if (
        (ax < x - reach && bx < x - reach) ||
        (ax > x + reach && bx > x + reach) ||
        (ay < y - reach && by < y - reach) ||
        (ay > y + reach && by > y + reach)
      )
        continue;
      const dx = bx - ax;
      const dy = by - ay;
      const square = dx * dx + dy * dy;
      const t = square ? Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
      const px = ax + t * dx - x;
      const py = ay + t * dy - y;
      const distance = px * px + py * py;
      if (distance <= best) {
        best = distance;
        found = true;
      }
    }
  }
  return found ? Math.sqrt(best) : Infinity;
}

/** Whether a point lies in a ring of x, y pairs. */
export function isInRing(ring, x, y) {
  let inside = false;
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    if (
      ring[i + 1] > y !== ring[j + 1] > y &&
      x < ((ring[j] - ring[i]) * (y - ring[i + 1])) / (ring[j + 1] - ring[i + 1]) + ring[i]
    )
      inside = !inside;
  }
  return inside;
}

/** Points moved `distance` px to the right of their direction. */
export function movedAside(points, distance) {
  const count = points.length;
  const moved = new Float32Array(count);
  for (let i = 0; i < count; i += 2) {
    const a = Math.max(0, i - 2);
    const b = Math.min(count - 2, i + 2);
    const dx = points[b] - points[a];
    const dy = points[b + 1] - points[a + 1];
    const length = Math.hypot(dx, dy) || 1;
    moved[i] = points[i] - (dy / length) * distance;
    moved[i + 1] = points[i + 1] + (dx / length) * distance;
  }
  return moved;
}

/** Points every `step` px along a path, as [x, y] pairs. */
export function resample(points, step) {
  if (points.length < 2) return [];
  const out = [[points[0], points[1]]];
  let rest = step;
  for (let i = 2; i < points.length; i += 2) {
    let ax = points[i - 2];
    let ay = points[i - 1];
    const bx = points[i];
    const by = points[i + 1];
    let length = Math.hypot(bx - ax, by - ay);
    while (length >= rest && length > 0) {
      const t = rest / length;
      ax += (bx - ax) * t;
      ay += (by - ay) * t;
      out.push([ax, ay]);
      length -= rest;
      rest = step;
    }
    rest -= length;
  }
  return out;
}

/** A running mean over `reach` neighbours on either side, `passes` times. */
export function smooth(pairs, reach, passes) {
  let current = pairs;
  for (let pass = 0; pass < passes; pass++) {
    const count = current.length;
    const sumX = new Float64Array(count + 1);
    const sumY = new Float64Array(count + 1);
    for (let i = 0; i < count; i++) {
      sumX[i + 1] = sumX[i] + current[i][0];
      sumY[i + 1] = sumY[i] + current[i][1];
    }
    const next = [];
    for (let i = 0; i < count; i++) {
      const half = Math.min(reach, i, count - 1 - i);
      const from = i - half;
      const to = i + half + 1;
      const n = to - from;
      next.push([(sumX[to] - sumX[from]) / n, (sumY[to] - sumY[from]) / n]);
    }
    current = next;
  }
  return current;
}

/** Join paths whose ends meet within `gap` px into longer ones, longest first. */
export function chained(paths, gap = 3) {
  const open = paths.filter((points) => points.length > 3).map((points) => [...points]);
  const near = (a, i, b, j) => Math.hypot(a[i] - b[j], a[i + 1] - b[j + 1]) <= gap;
  const reversed = (points) => {
    const out = [];
    for (let i = points.length - 2; i >= 0; i -= 2) out.push(points[i], points[i + 1]);
    return out;
  };
  for (let joined = true; joined && open.length > 1; ) {
    joined = false;
    search: for (let a = 0; a < open.length; a++) {
      for (let b = 0; b < open.length; b++) {
        if (a === b) continue;
        const first = open[a];
        const end = first.length - 2;
        let next = null;
        if (near(first, end, open[b], 0)) next = open[b];
        else if (near(first, end, open[b], open[b].length - 2)) next = reversed(open[b]);
        if (!next) continue;
        open[a] = first.concat(next.slice(2));
        open.splice(b, 1);
        joined = true;
        break search;
      }
    }
  }
  return open.sort((a, b) => b.length - a.length);
}
