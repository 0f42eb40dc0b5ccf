import type { Chosen } from './choose-loops.js';
import { type Ball, type From, findBall } from './graph/ball.js';
import { type Core, findCores } from './graph/cores.js';
import type { LoopRequest, Miss } from './loop-request.js';
import { ascentMiss } from './score.js';
import { ASCENT_MISSED, LENGTH_MISSED } from './weights.js';

/** Whether a loop is near enough to what was asked to be an answer; its warnings say how it differs. */
export function isAnswer({ loop, directionCosine }: Chosen, request: LoopRequest): boolean {
  return !missesAscent({ loop }, request) && directionCosine > 0;
}

function missesAscent({ loop }: Pick<Chosen, 'loop'>, { minAscentMeters, maxAscentMeters }: LoopRequest): boolean {
  if (loop.ascentMeters === null) return minAscentMeters !== null || maxAscentMeters !== null;
  return ascentMiss(loop.ascentMeters, minAscentMeters, maxAscentMeters) > ASCENT_MISSED;
}

/** Loops that exist, of another length than asked. */
export type Nearest = Miss['nearest'];

interface Findings {
  from: From;
  ball: Ball;
  cores: Core[];
  request: LoopRequest;
  /** Loops of about the length that miss something else. */
  found: Chosen[];
  /** Every walk was tried that could be a loop. */
  isComplete: boolean;
  /** Looks for loops of another length. */
  lookFor: (lengthMeters: number) => Nearest;
}

const km = (meters: number): string => `${(meters / 1000).toFixed(1)} km`;

/** Says why there is no loop, with as much proof as there is, and the nearest that exist. */
export function missOf({ from, ball, cores, request, found, isComplete, lookFor }: Findings): Miss {
  if (found.length > 0) {
    const nearest = found.map(({ loop: { lengthMeters, ascentMeters } }) => ({ lengthMeters, ascentMeters }));
    if (found.every((chosen) => missesAscent(chosen, request))) {
      const tried = isComplete ? 'No loop of that length has' : 'No loop of that length was found with';
      return { reason: 'ascent', detail: `${tried} the ascent asked for.`, nearest };
    }
    return { reason: 'direction', detail: 'The loops of that length lie in other directions.', nearest };
  }
  if (request.maxDifficulty !== null) {
    const any = findCores(findBall({ ...from, maxDifficulty: null }, request.lengthMeters), from.stop);
    if (any.some(({ mostMeters }) => mostMeters >= request.lengthMeters * (1 - LENGTH_MISSED))) {
      return {
        reason: 'difficulty',
        detail: `Without anything harder than T${request.maxDifficulty} there is no loop of that length.`,
        nearest: [],
      };
    }
  }
  if (cores.length === 0) {
    return ball.sealed
      ? {
          reason: 'island',
          detail: 'Every way from here is a dead end: no loop of any length begins here.',
          nearest: [],
        }
      : {
          reason: 'not-found',
          detail: `Every loop from here is longer than ${km(request.lengthMeters)}: nearer by there are only dead ends.`,
          nearest: [],
        };
  }
  const most = Math.max(...cores.map(({ mostMeters }) => mostMeters));
  if (most < request.lengthMeters * (1 - LENGTH_MISSED)) {
    return {
      reason: 'too-small',
      detail: `No loop from here that stays within ${km(request.lengthMeters)} can be longer than ${km(most)}.`,
      nearest: firstOf([1, 0.9, 0.8, 0.7, 0.6, 0.5], (share) => lookFor(share * most)),
    };
  }
  return {
    reason: 'not-found',
    detail: isComplete
      ? `Nothing from here between ${km(0.9 * request.lengthMeters)} and ${km(1.1 * request.lengthMeters)} comes home without going a fifth of its way twice.`
      : 'No loop of about that length was found.',
    nearest: firstOf([0.82, 0.7, 0.55, 0.4], (share) => lookFor(share * request.lengthMeters)),
  };
}

/** What the first share gives that gives something. */
function firstOf(shares: number[], look: (share: number) => Nearest): Nearest {
  for (const share of shares) {
    const found = look(share);
    if (found.length > 0) return found;
  }
  return [];
}
