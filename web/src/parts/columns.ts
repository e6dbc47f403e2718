// How groups of rows fill columns. Knows no document.

/** The fewest rows of a column in which all groups have room; a title is never the last of its column. */
export function columnHeight(groups: readonly { rows: readonly unknown[] }[], columns: number, least: number): number {
  for (let per = Math.max(2, least); ; per++) {
    let column = 0;
    let row = 0;
    for (const { rows } of groups) {
      if (row && row + 2 > per) [column, row] = [column + 1, 0];
      row += 1;
      for (const _ of rows) {
        if (row >= per) [column, row] = [column + 1, 0];
        row += 1;
      }
    }
    if (column < columns) return per;
  }
}
