// Thousands of tiles cut into blocks, so that only those near the eye are drawn. Pure.

const FULL = 24;
const WHOLE_ROWS = 12; // full rows of 2, 3 and 4 columns alike

/** Blocks of rows: cut before a heading or where a row of tiles is full whatever the number of columns. */
export function blocksOf(rows) {
  const blocks = [];
  let block, run = 0;
  for (const row of rows) {
    if (!block || (block.tiles >= FULL && (row.heading || run % WHOLE_ROWS === 0))) blocks.push((block = { rows: [], tiles: 0 }));
    block.rows.push(row);
    run = row.heading ? 0 : run + 1;
    if (!row.heading) block.tiles += 1;
  }
  return blocks;
}
