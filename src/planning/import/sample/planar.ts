import type { Point } from './terrain.js';

/** A vertex this near to a crossing takes it over. */
const SNAP_METERS = 9;
const CELL_METERS = 250;

interface Piece {
  line: number;
  /** Between vertices `at` and `at + 1` of the line. */
  at: number;
}

interface Crossing {
  at: number;
  along: number;
  point: Point;
}

/**
 * Gives lines that cross a vertex in common, so that they join there.
 * @param lines vertices; equal coordinates are the same place
 * @returns the same lines with a vertex wherever two of them cross
 */
export function joinCrossings(lines: Point[][]): Point[][] {
  const crossings: Crossing[][] = lines.map(() => []);
  for (const [p, q] of neighbours(lines)) {
    const [a, b] = [lines[p.line][p.at], lines[p.line][p.at + 1]];
    const [c, d] = [lines[q.line][q.at], lines[q.line][q.at + 1]];
    const met = crossing(a, b, c, d);
    if (!met) continue;
    const point =
      [a, b, c, d].find((end) => Math.hypot(end.x - met.point.x, end.y - met.point.y) < SNAP_METERS) ?? met.point;
    crossings[p.line].push({ at: p.at, along: met.t, point });
    crossings[q.line].push({ at: q.at, along: met.u, point });
  }
  return lines.map((line, number) => withVertices(line, crossings[number]));
}

function withVertices(line: Point[], crossings: Crossing[]): Point[] {
  const vertices = [
    ...line.map((point, at) => ({ at, along: 0, point })),
    ...crossings.map(({ at, along, point }) => ({ at, along: Math.max(along, 1e-9), point })),
  ].sort((a, b) => a.at - b.at || a.along - b.along);
  return vertices
    .map(({ point }) => point)
    .filter(({ x, y }, i, all) => i === 0 || x !== all[i - 1].x || y !== all[i - 1].y);
}

/** Where two stretches cross inside both, as parts of each. */
function crossing(a: Point, b: Point, c: Point, d: Point): { t: number; u: number; point: Point } | null {
  const [rx, ry, sx, sy] = [b.x - a.x, b.y - a.y, d.x - c.x, d.y - c.y];
  const across = rx * sy - ry * sx;
  if (across === 0) return null;
  const t = ((c.x - a.x) * sy - (c.y - a.y) * sx) / across;
  const u = ((c.x - a.x) * ry - (c.y - a.y) * rx) / across;
  const tolerance = 1e-6;
  if (t <= tolerance || t >= 1 - tolerance || u <= tolerance || u >= 1 - tolerance) return null;
  return { t, u, point: { x: a.x + t * rx, y: a.y + t * ry } };
}

/** Pairs of pieces of different lines that share a square of a coarse grid, each pair once. */
function* neighbours(lines: Point[][]): Generator<[Piece, Piece]> {
  const cells = new Map<string, Piece[]>();
  const seen = new Set<string>();
  const nameOf = ({ line, at }: Piece): string => `${line}:${at}`;
  for (const [line, points] of lines.entries()) {
    for (let at = 0; at + 1 < points.length; at++) {
      const piece = { line, at };
      const [a, b] = [points[at], points[at + 1]];
      for (const cell of cellsOf(a, b)) {
        const here = cells.get(cell) ?? [];
        for (const other of here) {
          const pair = `${nameOf(other)} ${nameOf(piece)}`;
          if (other.line === line || seen.has(pair)) continue;
          seen.add(pair);
          yield [other, piece];
        }
        here.push(piece);
        cells.set(cell, here);
      }
    }
  }
}

function* cellsOf(a: Point, b: Point): Generator<string> {
  const cell = (meters: number): number => Math.floor(meters / CELL_METERS);
  for (let x = cell(Math.min(a.x, b.x)); x <= cell(Math.max(a.x, b.x)); x++) {
    for (let y = cell(Math.min(a.y, b.y)); y <= cell(Math.max(a.y, b.y)); y++) yield `${x},${y}`;
  }
}
