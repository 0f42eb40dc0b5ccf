import type { Kind } from '../../network/network.js';
import { noise, randomFrom } from './random.js';
import { HEIGHT_METERS, type Point, type Terrain, WIDTH_METERS } from './terrain.js';

/** A place that trails lead to. */
export interface Stop {
  at: Point;
  elevation: number;
  sort: 'road' | 'summit' | 'slope';
}

export interface Trail {
  /** Indexes of the stops it joins; the same twice for a spur that ends nowhere. */
  from: number;
  to: number;
  points: Point[];
  kind: Kind;
  /** T number, 0 unknown. */
  difficulty: number;
  lengthMeters: number;
}

const SPACING_METERS = 980;
const VERTEX_METERS = 55;
/** Steeper than this a path winds. */
const COMFORTABLE_GRADE = 0.19;

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

/** Uphill from a point as far as 700 m, to the highest ground around. */
function climb({ elevationAt }: Terrain, start: Point): Point {
  let at = start;
  for (let step = 0; step < 10; step++) {
    const around = Array.from({ length: 8 }, (_, i) => ({
      x: at.x + 70 * Math.cos((i * Math.PI) / 4),
      y: at.y + 70 * Math.sin((i * Math.PI) / 4),
    }));
    const higher = around.reduce((best, point) => (elevationAt(point) > elevationAt(best) ? point : best), at);
    if (higher === at) break;
    at = higher;
  }
  return at;
}

/**
 * Stops where trails meet: every 800 m along the roads, and on a jittered grid away from them, half of those on a summit.
 * @param roads vertices every 200 m, in order
 */
export function stopsOf(terrain: Terrain, roads: Point[], seed: number): Stop[] {
  const random = randomFrom(seed + 31);
  const stops: Stop[] = [];
  const stop = (at: Point, sort: Stop['sort']): void => {
    if (stops.some((other) => distance(other.at, at) < 420)) return;
    stops.push({ at, elevation: terrain.elevationAt(at), sort });
  };
  for (let i = 2; i < roads.length; i += 4) stop(roads[i], 'road');
  for (let y = 900; y < HEIGHT_METERS - 700; y += SPACING_METERS) {
    for (let x = 900; x < WIDTH_METERS - 700; x += SPACING_METERS) {
      const loose = { x: x + (random() - 0.5) * 500, y: y + (random() - 0.5) * 500 };
      if (roads.some((road) => distance(road, loose) < 520)) continue;
      if (random() < 0.5) stop(climb(terrain, loose), 'summit');
      else stop(loose, 'slope');
    }
  }
  return stops;
}

/** Pairs of stops with no third inside the circle between them (Gabriel graph): neighbours, and no two cross. */
function neighbourPairs(stops: Stop[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < stops.length; a++) {
    for (let b = a + 1; b < stops.length; b++) {
      const [from, to] = [stops[a].at, stops[b].at];
      const centre = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
      const radius = distance(from, to) / 2;
      if (radius > 1_600) continue;
      if (stops.every(({ at }, c) => c === a || c === b || distance(at, centre) >= radius)) pairs.push([a, b]);
    }
  }
  return pairs;
}

/** A path from one point to another that wanders a little and winds where the ground is steep. */
function pathBetween({ elevationAt }: Terrain, from: Point, to: Point, seed: number): Point[] {
  const meters = distance(from, to);
  const count = Math.max(2, Math.round(meters / VERTEX_METERS));
  const [dx, dy] = [(to.x - from.x) / meters, (to.y - from.y) / meters];
  const on = (t: number): Point => ({ x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t });
  const points = [from];
  for (let i = 1; i < count; i++) {
    const [t, step] = [i / count, meters / count];
    const grade = Math.abs(elevationAt(on((i + 1) / count)) - elevationAt(on((i - 1) / count))) / (2 * step);
    const stretch = Math.max(1, Math.min(2.6, grade / COMFORTABLE_GRADE));
    const winding = (i % 2 === 0 ? 0.5 : -0.5) * step * Math.sqrt(stretch ** 2 - 1);
    const wandering = 0.16 * meters * noise(seed, t * 3.3, 0.5) * Math.sin(Math.PI * t);
    const aside = winding + wandering;
    points.push({ x: on(t).x - dy * aside, y: on(t).y + dx * aside });
  }
  return [...points, to];
}

/** The worst grade between neighbouring vertices, and the length. */
function measure({ elevationAt }: Terrain, points: Point[]): { steepest: number; lengthMeters: number } {
  let steepest = 0;
  let lengthMeters = 0;
  for (let i = 1; i < points.length; i++) {
    const meters = distance(points[i - 1], points[i]);
    lengthMeters += meters;
    steepest = Math.max(steepest, Math.abs(elevationAt(points[i]) - elevationAt(points[i - 1])) / meters);
  }
  return { steepest, lengthMeters };
}

function difficultyOf(steepest: number, highest: number): number {
  if (steepest > 0.55 && highest > 1_650) return 4;
  if (steepest > 0.4 && highest > 1_450) return 3;
  return steepest > 0.25 || highest > 1_500 ? 2 : 1;
}

/** Trails between neighbouring stops, some of them left out, and spurs that end at a view. */
export function trailsOf(terrain: Terrain, stops: Stop[], seed: number): Trail[] {
  const random = randomFrom(seed + 63);
  const trails: Trail[] = [];
  const ways = new Uint8Array(stops.length);
  const pairs = neighbourPairs(stops).filter(([a, b]) => stops[a].sort !== 'road' || stops[b].sort !== 'road');
  for (const [a, b] of pairs) for (const stop of [a, b]) ways[stop]++;

  const lay = (from: number, to: number, end: Point): void => {
    const points = pathBetween(terrain, stops[from].at, end, seed + trails.length * 7);
    const { steepest, lengthMeters } = measure(terrain, points);
    const highest = Math.max(stops[from].elevation, terrain.elevationAt(end));
    const gentle = steepest < 0.31 && highest < 1_300;
    const kind = gentle ? (random() < 0.7 ? 'track' : 'bridleway') : random() < 0.06 ? 'footway' : 'path';
    const difficulty = kind !== 'path' || random() < 0.12 ? 0 : difficultyOf(steepest, highest);
    trails.push({ from, to, points, kind, difficulty, lengthMeters });
  };
  for (const [a, b] of pairs) {
    if (random() < 0.5 && ways[a] > 3 && ways[b] > 3) {
      ways[a]--;
      ways[b]--;
    } else lay(a, b, stops[b].at);
  }
  for (const [number, { at, sort }] of stops.entries()) {
    if (sort !== 'slope' || random() > 0.3) continue;
    const heading = random() * 2 * Math.PI;
    lay(number, number, { x: at.x + 430 * Math.cos(heading), y: at.y + 430 * Math.sin(heading) });
  }
  return trails;
}

/** The trails of the shortest way between two stops (Dijkstra's algorithm, plain: there are a few hundred). */
export function routeBetween(trails: Trail[], stops: Stop[], start: number, goal: number): number[] {
  const meters = new Float64Array(stops.length).fill(Number.POSITIVE_INFINITY);
  const by = new Int32Array(stops.length).fill(-1);
  const open = new Set([start]);
  meters[start] = 0;
  while (open.size > 0) {
    const at = [...open].reduce((best, stop) => (meters[stop] < meters[best] ? stop : best));
    if (at === goal) break;
    open.delete(at);
    for (const [number, { from, to, lengthMeters }] of trails.entries()) {
      if (from === to || (from !== at && to !== at)) continue;
      const next = from === at ? to : from;
      if (meters[at] + lengthMeters >= meters[next]) continue;
      meters[next] = meters[at] + lengthMeters;
      by[next] = number;
      open.add(next);
    }
  }
  const route: number[] = [];
  for (let at = goal; by[at] >= 0; ) {
    const trail = trails[by[at]];
    route.push(by[at]);
    at = trail.from === at ? trail.to : trail.from;
  }
  return route.reverse();
}
