import { noise, randomFrom } from './random.js';

/** Metres east and north of the sample's south-western corner. */
export interface Point {
  x: number;
  y: number;
}

/** A valley: its bottom from where it opens to its head, and how high the bottom lies there. */
export interface Valley {
  bottom: Point[];
  mouthMeters: number;
  headMeters: number;
}

export interface Terrain {
  valleys: Valley[];
  /** Metres above the sea. */
  elevationAt(at: Point): number;
}

export const WIDTH_METERS = 17_000;
export const HEIGHT_METERS = 15_000;

const { min } = Math;
const STEP_METERS = 200;

/** A winding line from a point in a direction (radians from east), a vertex every 200 m. */
function winding(from: Point, heading: number, lengthMeters: number, seed: number): Point[] {
  const line = [from];
  let at = from;
  for (let done = STEP_METERS; done <= lengthMeters; done += STEP_METERS) {
    const turn = heading + 0.9 * noise(seed, done / 1_700, 0.5);
    at = { x: at.x + STEP_METERS * Math.cos(turn), y: at.y + STEP_METERS * Math.sin(turn) };
    line.push(at);
  }
  return line;
}

/** One main valley from south to north, and side valleys that leave it left and right in turn. */
function carve(seed: number): Valley[] {
  const random = randomFrom(seed);
  const main = winding({ x: WIDTH_METERS / 2, y: 600 }, Math.PI / 2, HEIGHT_METERS - 2_200, seed);
  const valleys: Valley[] = [{ bottom: main, mouthMeters: 620, headMeters: 1_180 }];
  for (let side = 0; side < 6; side++) {
    const at = Math.floor(((side + 0.7) / 6.4) * (main.length - 1));
    const eastward = side % 2 === 0;
    const heading = eastward ? 0.35 + random() * 0.35 : Math.PI - 0.35 - random() * 0.35;
    const mouthMeters = 620 + (560 * at) / (main.length - 1);
    const bottom = winding(main[at], heading, 6_000 + random() * 2_200, seed + 10 + side);
    valleys.push({ bottom, mouthMeters, headMeters: mouthMeters + 380 + random() * 260 });
  }
  return valleys;
}

/** Nearest point of a valley's bottom: how far it is and how high it lies. */
function bottomNear({ bottom, mouthMeters, headMeters }: Valley, { x, y }: Point): { meters: number; level: number } {
  let nearest = Number.POSITIVE_INFINITY;
  let along = 0;
  for (let i = 1; i < bottom.length; i++) {
    const [a, b] = [bottom[i - 1], bottom[i]];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const foot = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy);
    const t = foot < 0 ? 0 : min(foot, 1);
    const squared = (x - a.x - t * dx) ** 2 + (y - a.y - t * dy) ** 2;
    if (squared >= nearest) continue;
    nearest = squared;
    along = i - 1 + t;
  }
  const level = mouthMeters + ((headMeters - mouthMeters) * along) / (bottom.length - 1);
  return { meters: Math.sqrt(nearest), level };
}

/**
 * Mountains between valleys: the ground rises from the valley bottoms to ridges half-way between them, and noise makes
 * summits, gullies and cirques of it.
 */
export function terrainOf(seed: number): Terrain {
  const valleys = carve(seed);
  const elevationAt = (at: Point): number => {
    let nearest = Number.POSITIVE_INFINITY;
    let weights = 0;
    let levels = 0;
    for (const valley of valleys) {
      const { meters, level } = bottomNear(valley, at);
      const weight = 1 / (meters + 60) ** 3;
      nearest = Math.min(nearest, meters);
      weights += weight;
      levels += weight * level;
    }
    const { x, y } = at;
    const ridged = 1 - Math.abs(noise(seed + 1, x / 2_600, y / 2_600));
    const detail = 0.6 * noise(seed + 2, x / 1_100, y / 1_100) + 0.25 * noise(seed + 3, x / 420, y / 420);
    const slope = 1 - Math.exp(-((nearest / 1_500) ** 2));
    return levels / weights + slope * (330 + 520 * ridged + 170 * detail);
  };
  return { valleys, elevationAt };
}
