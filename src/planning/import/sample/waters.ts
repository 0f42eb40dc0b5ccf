import type { SampleGrid } from './height-grid.js';
import { noise } from './random.js';
import type { Point, Valley } from './terrain.js';

export interface Stream {
  kind: 'river' | 'stream';
  points: Point[];
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Beside the road of its valley, now nearer and now farther. */
function beside({ bottom }: Valley, seed: number): Point[] {
  return bottom.map((at, i) => {
    const before = bottom[Math.max(0, i - 1)];
    const after = bottom[Math.min(bottom.length - 1, i + 1)];
    const meters = distance(before, after);
    const aside = 62 + 24 * noise(seed, i / 2.3, 0.5);
    return { x: at.x - (aside * (after.y - before.y)) / meters, y: at.y + (aside * (after.x - before.x)) / meters };
  });
}

const STEP_METERS = 40;
/** So far apart are the two heights that tell which way the ground falls. */
const REACH_METERS = 60;
/** Radians that a stream may swing out of the fall line. */
const MOST_SWING = 0.75;

/** Downhill from a source, swinging a little, until it meets water; null when it would have to climb, or is hardly one. */
function descend(grid: SampleGrid, source: Point, waters: readonly Point[], seed: number): Point[] | null {
  const points = [source];
  let at = source;
  for (let step = 0; step < 140; step++) {
    const water = waters.find((point) => distance(point, at) < 110);
    if (water) return points.length > 12 ? [...points, water] : null;
    const { x, y } = at;
    const east = grid.heightAt({ x: x + REACH_METERS, y }) - grid.heightAt({ x: x - REACH_METERS, y });
    const north = grid.heightAt({ x, y: y + REACH_METERS }) - grid.heightAt({ x, y: y - REACH_METERS });
    const swing = MOST_SWING * noise(seed, step / 4, 0.5);
    const heading = Math.atan2(-north, -east) + swing;
    const next = { x: x + STEP_METERS * Math.cos(heading), y: y + STEP_METERS * Math.sin(heading) };
    if (grid.heightAt(next) >= grid.heightAt(at)) return null;
    points.push(next);
    at = next;
  }
  return null;
}

/** A river along the main valley, a stream along each side valley and streams down to them from springs in the slopes. */
export function streamsOf(
  valleys: readonly Valley[],
  grid: SampleGrid,
  springs: readonly Point[],
  seed: number,
): Stream[] {
  const streams: Stream[] = valleys.map((valley, number) => ({
    kind: number === 0 ? 'river' : 'stream',
    points: beside(valley, seed + 200 + number).reverse(),
  }));
  const waters = streams.flatMap(({ points }) => points);
  for (const [number, spring] of springs.entries()) {
    const points = descend(grid, spring, waters, seed + 500 + number);
    if (!points) continue;
    waters.push(...points);
    streams.push({ kind: 'stream', points });
  }
  return streams;
}

const DIRECTIONS = Array.from({ length: 16 }, (_, i) => ({
  x: Math.cos((i * Math.PI) / 8),
  y: Math.sin((i * Math.PI) / 8),
}));

/**
 * A lake beside a place: where there is most room between the lines around it.
 * @returns its shore, closed
 */
export function lakeBeside(place: Point, lines: readonly Point[], seed: number): Point[] {
  const roomAt = (at: Point): number => lines.reduce((room, point) => Math.min(room, distance(point, at)), 170);
  const candidates = DIRECTIONS.flatMap(({ x, y }) =>
    [90, 140, 200].map((meters) => ({ x: place.x + meters * x, y: place.y + meters * y })),
  );
  const middle = candidates.reduce((best, at) => (roomAt(at) > roomAt(best) ? at : best));
  const radius = Math.max(30, roomAt(middle) - 25);
  const shore = Array.from({ length: 28 }, (_, i) => {
    const angle = (i / 28) * 2 * Math.PI;
    const own = radius * (0.82 + 0.18 * noise(seed, 3 + 1.4 * Math.cos(angle), 3 + 1.4 * Math.sin(angle)));
    return { x: middle.x + own * Math.cos(angle), y: middle.y + 0.8 * own * Math.sin(angle) };
  });
  return [...shore, shore[0]];
}
