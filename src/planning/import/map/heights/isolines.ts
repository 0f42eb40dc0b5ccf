import type { HeightGrid } from './grid.js';

/** A line of equal height: x and y in cells from the middle of the north-western one. */
export interface Isoline {
  meters: number;
  x: number[];
  y: number[];
}

/** Edges of the square between the middles of four cells: north, east, south, west. */
const NORTH = 0;
const EAST = 1;
const SOUTH = 2;
const WEST = 3;

/**
 * Which edges a line joins, by which corners are high: 1 north-west, 2 north-east, 4 south-east, 8 south-west. The two
 * saddles have two lines, chosen by the height in their middle: those of a low one stand at 16 and 17.
 */
const LINES: readonly (readonly (readonly [number, number])[])[] = [
  [],
  [[WEST, NORTH]],
  [[NORTH, EAST]],
  [[WEST, EAST]],
  [[EAST, SOUTH]],
  [
    [WEST, SOUTH],
    [EAST, NORTH],
  ],
  [[NORTH, SOUTH]],
  [[WEST, SOUTH]],
  [[SOUTH, WEST]],
  [[SOUTH, NORTH]],
  [
    [NORTH, WEST],
    [SOUTH, EAST],
  ],
  [[SOUTH, EAST]],
  [[EAST, WEST]],
  [[EAST, NORTH]],
  [[NORTH, WEST]],
  [],
  [
    [WEST, NORTH],
    [EAST, SOUTH],
  ],
  [
    [NORTH, EAST],
    [SOUTH, WEST],
  ],
];
const LOW_5 = 16;
const LOW_10 = 17;

/** The squares that a level passes through, level by level. */
function squaresByLevel({ side, meters }: HeightGrid, interval: number): Map<number, number[]> {
  const levels = new Map<number, number[]>();
  for (let row = 0; row + 1 < side; row++) {
    for (let column = 0; column + 1 < side; column++) {
      const at = row * side + column;
      const [a, b, c, d] = [meters[at], meters[at + 1], meters[at + side], meters[at + side + 1]];
      const low = Math.min(a, b, c, d);
      const high = Math.max(a, b, c, d);
      if (Number.isNaN(low)) continue;
      for (let level = Math.floor(low / interval) + 1; level * interval <= high; level++) {
        const list = levels.get(level);
        if (list) list.push(at);
        else levels.set(level, [at]);
      }
    }
  }
  return levels;
}

/**
 * Lines of equal height by marching squares; they end at the grid's edge, or where heights are unknown, or close.
 * @param interval metres between one line and the next
 */
export function isolines(grid: HeightGrid, interval: number): Isoline[] {
  const { side, meters } = grid;
  const lines: Isoline[] = [];
  /** By square: its case in LINES, 0 where this level is not; and which of its lines are drawn. */
  const cases = new Uint8Array(side * side);
  const drawn = new Uint8Array(side * side);

  for (const [number, squares] of [...squaresByLevel(grid, interval)].sort(([a], [b]) => a - b)) {
    const level = number * interval;
    for (const at of squares) {
      const [a, b, c, d] = [meters[at], meters[at + 1], meters[at + side + 1], meters[at + side]];
      const own = (a >= level ? 1 : 0) | (b >= level ? 2 : 0) | (c >= level ? 4 : 0) | (d >= level ? 8 : 0);
      const low = (a + b + c + d) / 4 < level;
      cases[at] = own === 5 && low ? LOW_5 : own === 10 && low ? LOW_10 : own;
      drawn[at] = 0;
    }

    const between = (from: number, to: number): number => (level - meters[from]) / (meters[to] - meters[from]);
    const add = (line: Isoline, at: number, edge: number): void => {
      const column = at % side;
      const row = (at - column) / side;
      if (edge === NORTH) line.x.push(column + between(at, at + 1));
      else if (edge === SOUTH) line.x.push(column + between(at + side, at + side + 1));
      else line.x.push(edge === EAST ? column + 1 : column);
      if (edge === WEST) line.y.push(row + between(at, at + side));
      else if (edge === EAST) line.y.push(row + between(at + 1, at + side + 1));
      else line.y.push(edge === SOUTH ? row + 1 : row);
    };

    for (const start of squares) {
      for (const [number, [from, to]] of LINES[cases[start]].entries()) {
        if (drawn[start] & (1 << number)) continue;
        drawn[start] |= 1 << number;
        const line: Isoline = { meters: level, x: [], y: [] };
        add(line, start, from);
        add(line, start, to);
        follow(start, to, line, 1);
        if (line.x[0] !== line.x.at(-1) || line.y[0] !== line.y.at(-1)) {
          const back: Isoline = { meters: level, x: [], y: [] };
          follow(start, from, back, 0);
          line.x = back.x.reverse().concat(line.x);
          line.y = back.y.reverse().concat(line.y);
        }
        lines.push(line);
      }
    }

    /** On through square after square. @param end which end of a line is beyond: 1 the second, going on; 0 going back */
    function follow(start: number, out: number, line: Isoline, end: 0 | 1): void {
      let at = start;
      let edge = out;
      for (;;) {
        if (edge === NORTH) at -= side;
        else if (edge === SOUTH) at += side;
        else at += edge === EAST ? 1 : -1;
        // Beyond an end of a row is the last of another, through which no line goes.
        if (at < 0 || at >= cases.length) return;
        const entry = (edge + 2) & 3;
        const found = LINES[cases[at]].findIndex((own, i) => own[1 - end] === entry && !(drawn[at] & (1 << i)));
        if (found < 0) return;
        drawn[at] |= 1 << found;
        edge = LINES[cases[at]][found][end];
        add(line, at, edge);
      }
    }

    for (const at of squares) cases[at] = 0;
  }
  return lines;
}
