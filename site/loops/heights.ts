import type { Loop } from '../api.js';
import { at, distances, lineOf, type Position } from '../geometry.js';

/** A loop measured along its way, for profiles and for the point that moves on them. */
export interface Measured {
  line: Position[];
  along: number[];
  total: number;
  /** Null where heights are unknown. */
  heights: { low: number; high: number } | null;
}

const measured = new WeakMap<Loop, Measured>();

export function measure(loop: Loop): Measured {
  const known = measured.get(loop);
  if (known) return known;
  const line = lineOf(loop.geometry as { type: string; coordinates: Position[] });
  const along = distances(line);
  const values = line.map((point) => point[2]).filter((value): value is number => value !== undefined);
  const heights = values.length === line.length ? { low: Math.min(...values), high: Math.max(...values) } : null;
  const result = { line, along, total: along.at(-1)!, heights };
  measured.set(loop, result);
  return result;
}

/** Rise over run in percent around a point, over as much way as a walker feels. */
export function slopeAt({ line, along, total }: Measured, meters: number, reach = 60): number {
  const [from, to] = [Math.max(0, meters - reach), Math.min(total, meters + reach)];
  const rise = (at(line, along, to)[2] ?? 0) - (at(line, along, from)[2] ?? 0);
  return to > from ? (rise / (to - from)) * 100 : 0;
}

/** Heights at so many places evenly along the way. */
export function sampled({ line, along, total }: Measured, count: number): [number, number][] {
  return Array.from({ length: count + 1 }, (_, i) => {
    const meters = (total * i) / count;
    return [meters, at(line, along, meters)[2] ?? 0];
  });
}
