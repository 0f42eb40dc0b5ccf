import { turnDegrees } from '../network/longitude.js';
import { POINTS_PER_TURN, turn } from '../network/turns.js';
import type { Loop } from '../planner/loop-request.js';
import { LONG_APPROACH_SHARE, SHARED_MOST } from '../planner/weights.js';
import type { Origin } from './origins.js';

/** A loop and where it was planned from. */
export interface RankedLoop {
  loop: Loop;
  origin: Origin;
}

/** A loop that walks farther than that to and from the round is hardly one. */
const isLongApproach = (loop: Loop): boolean => loop.approachMeters > loop.lengthMeters * LONG_APPROACH_SHARE;

/** Steps of the line (pairs of points, whichever way they are walked) with their share of the line, each once. */
async function stretches({ coordinates }: Loop): Promise<Map<string, number>> {
  const found = new Map<string, number>();
  let total = 0;
  for (let i = 3; i < coordinates.length; i += 3) {
    if (i % (3 * POINTS_PER_TURN) === 0) await turn();
    const a = `${coordinates[i - 3]},${coordinates[i - 2]}`;
    const b = `${coordinates[i]},${coordinates[i + 1]}`;
    const scale = Math.cos((coordinates[i + 1]! * Math.PI) / 180);
    const east = turnDegrees(coordinates[i - 3]!, coordinates[i]!);
    const length = Math.hypot(east * scale, coordinates[i + 1]! - coordinates[i - 2]!);
    total += length;
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    if (!found.has(key)) found.set(key, length);
  }
  await turn();
  for (const [key, length] of found) found.set(key, length / total);
  return found;
}

async function shared(a: Map<string, number>, b: Map<string, number>): Promise<number> {
  let sum = 0;
  let looked = 0;
  for (const [key, share] of a) {
    if (looked++ % POINTS_PER_TURN === 0) await turn();
    if (b.has(key)) sum += share;
  }
  return sum;
}

async function isLike(own: Map<string, number>, better: { stretches: Map<string, number> }[]): Promise<boolean> {
  for (const { stretches: theirs } of better) if ((await shared(own, theirs)) >= SHARED_MOST) return true;
  return false;
}

/**
 * The best of loops from several starts: by score, those with a long approach after all others, none that shares half of
 * its length with a better one.
 * @param candidates each with its start; their order does not matter beyond breaking ties
 * @returns at most `count`, best first; a loop with a long approach carries the warning that says so
 */
export async function rankLoops<C extends { loop: Loop }>(candidates: C[], count: number): Promise<C[]> {
  const ranked = [...candidates].sort(
    (a, b) => Number(isLongApproach(a.loop)) - Number(isLongApproach(b.loop)) || a.loop.score - b.loop.score,
  );
  const chosen: { candidate: C; stretches: Map<string, number> }[] = [];
  for (const candidate of ranked) {
    if (chosen.length === count) break;
    await turn();
    const own = await stretches(candidate.loop);
    if (!(await isLike(own, chosen))) chosen.push({ candidate: warned(candidate), stretches: own });
  }
  return chosen.map(({ candidate }) => candidate);
}

function warned<C extends { loop: Loop }>(candidate: C): C {
  const { loop } = candidate;
  if (!isLongApproach(loop) || loop.warnings.some(({ code }) => code === 'long-approach')) return candidate;
  const detail = `${Math.round(loop.approachMeters)} m of the way are an approach, walked out and back.`;
  return { ...candidate, loop: { ...loop, warnings: [...loop.warnings, { code: 'long-approach', detail }] } };
}
