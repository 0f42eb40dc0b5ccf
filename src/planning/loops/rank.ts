import { turnDegrees } from '../network/longitude.js';
import { inTurns, type Rest, resting } from '../network/turns.js';
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

/** A point as a number of 26 bits: another mix than that of its neighbours, so that sums of two tell pairs apart. */
const mixed = (lonE7: number, latE7: number, factor: number): number => {
  const mix = Math.imul(Math.imul(lonE7, factor) ^ latE7, 0x9e3779b1);
  return (Math.imul(mix ^ (mix >>> 15), factor) ^ mix) >>> 6;
};

/**
 * Steps of the line (pairs of points, whichever way they are walked) with their share of the line, each once. A step is a
 * number made of its ends: texts of them take longer to make and to look up, and of ten thousands of steps none are mixed up.
 */
async function stretches({ coordinates }: Loop, rest: Rest): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const points = coordinates.length / 3;
  let total = 0;
  let [before, beforeToo] = [0, 0];
  const take = (from: number, to: number): void => {
    for (let i = from; i < to; i++) {
      const [lon, lat] = [coordinates[3 * i]!, coordinates[3 * i + 1]!];
      const [lonE7, latE7] = [Math.round(lon * 1e7), Math.round(lat * 1e7)];
      const here = mixed(lonE7, latE7, 0x85ebca6b);
      const hereToo = mixed(latE7, lonE7, 0xc2b2ae35);
      if (i > 0) {
        const scale = Math.cos((lat * Math.PI) / 180);
        const east = turnDegrees(coordinates[3 * i - 3]!, lon);
        const length = Math.hypot(east * scale, lat - coordinates[3 * i - 2]!);
        total += length;
        const key = (before + here) * 2 ** 27 + beforeToo + hereToo;
        if (!found.has(key)) found.set(key, length);
      }
      [before, beforeToo] = [here, hereToo];
    }
  };
  await inTurns(points, take, rest);
  await rest(points);
  for (const [key, length] of found) found.set(key, length / total);
  return found;
}

function shared(a: Map<number, number>, b: Map<number, number>): number {
  let sum = 0;
  for (const [key, share] of a) if (b.has(key)) sum += share;
  return sum;
}

async function isLike(
  own: Map<number, number>,
  better: { stretches: Map<number, number> }[],
  rest: Rest,
): Promise<boolean> {
  for (const { stretches: theirs } of better) {
    await rest(own.size);
    if (shared(own, theirs) >= SHARED_MOST) return true;
  }
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
  const rest = resting();
  const chosen: { candidate: C; stretches: Map<number, number> }[] = [];
  for (const candidate of ranked) {
    if (chosen.length === count) break;
    const own = await stretches(candidate.loop, rest);
    if (!(await isLike(own, chosen, rest))) chosen.push({ candidate: warned(candidate), stretches: own });
  }
  return chosen.map(({ candidate }) => candidate);
}

function warned<C extends { loop: Loop }>(candidate: C): C {
  const { loop } = candidate;
  if (!isLongApproach(loop) || loop.warnings.some(({ code }) => code === 'long-approach')) return candidate;
  const detail = `${Math.round(loop.approachMeters)} m of the way are an approach, walked out and back.`;
  return { ...candidate, loop: { ...loop, warnings: [...loop.warnings, { code: 'long-approach', detail }] } };
}
