import { type Area, headOf, tailOf } from '../../network/area.js';
import { isTrail, WALK_BOTH_WAYS } from '../../network/network.js';
import type { Loop, LoopRequest, LoopWarning } from '../loop-request.js';
import { LENGTH_OFF, LONG_APPROACH_SHARE, OVERLAP_OFF } from '../weights.js';
import { cautionWarnings, closingWarnings } from './cautions.js';
import { type MeasuredWalk, measureWalk } from './measure.js';
import { followedMost, namesAlong } from './names.js';
import { exitsTaken } from './walk.js';

type Asked = Pick<LoopRequest, 'lengthMeters' | 'minAscentMeters' | 'maxAscentMeters' | 'maxDifficulty'>;

/**
 * Everything that is said of a walk, from the walk alone.
 * @param steps half-edges of the area, closed
 * @param isApproach by segment of the area: 1 on the dead-end stretches that a loop of the requested length cannot avoid
 */
export function describeLoop(area: Area, steps: ArrayLike<number>, isApproach: Uint8Array, asked: Asked): Loop {
  return describeMeasured(area, measureWalk(area, steps, isApproach, asked), asked);
}

/** The same of a walk that was measured for that request before. */
export function describeMeasured(area: Area, measured: MeasuredWalk, asked: Asked): Loop {
  const { steps, coordinates, ...measures } = measured;
  const segments = Uint32Array.from({ length: steps.length }, (_, i) => steps[i] >> 1);
  let unknownMeters = 0;
  let oneWayMeters = 0;
  let difficulty = 0;
  for (const segment of segments) {
    const meters = area.lengthMeters[segment];
    if (isTrail(area.kind[segment]) && area.difficulty[segment] === 0) unknownMeters += meters;
    if (area.walkableSometimes[segment] !== WALK_BOTH_WAYS) oneWayMeters += meters;
    difficulty = Math.max(difficulty, area.difficulty[segment]);
  }
  return {
    startJunction: area.junctionId[tailOf(area, steps[0])],
    steps: Uint32Array.from({ length: steps.length }, (_, i) => area.segmentId[steps[i] >> 1] * 2 + (steps[i] & 1)),
    exits: exitsTaken(area, steps),
    coordinates,
    ...measures,
    durationSeconds: durationSeconds(
      measures.lengthMeters,
      measures.ascentAtLeastMeters,
      measures.descentAtLeastMeters,
    ),
    difficulty,
    ungradedMeters: unknownMeters,
    names: namesAlong(area, segments),
    followed: followedMost(area, segments),
    warnings: [
      ...warningsOf(measures, asked, { unknownMeters, oneWayMeters }),
      ...closingWarnings(area, segments),
      ...cautionWarnings(area, segments),
    ],
  };
}

/** Whether steps follow each other and end where they began. */
export function isClosedWalk(area: Area, steps: ArrayLike<number>): boolean {
  for (let i = 0; i < steps.length; i++) {
    if (headOf(area, steps[i]) !== tailOf(area, steps[(i + 1) % steps.length])) return false;
  }
  return steps.length > 0;
}

/**
 * Time on the move after DIN 33466, the formula of the Alpine clubs: 4 km an hour on the flat, 300 m up or 500 m down an
 * hour; of the horizontal and the vertical time the larger counts whole and the smaller half. Breaks are not in it.
 */
export function durationSeconds(lengthMeters: number, ascentMeters: number, descentMeters: number): number {
  const horizontal = lengthMeters / 4_000;
  const vertical = ascentMeters / 300 + descentMeters / 500;
  return Math.round(3600 * (Math.max(horizontal, vertical) + Math.min(horizontal, vertical) / 2));
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

function warningsOf(
  loop: Pick<Loop, 'lengthMeters' | 'ascentMeters' | 'overlapMeters' | 'approachMeters' | 'unknownHeightMeters'>,
  asked: Asked,
  { unknownMeters, oneWayMeters }: { unknownMeters: number; oneWayMeters: number },
): LoopWarning[] {
  const warnings: LoopWarning[] = [];
  const off = loop.lengthMeters / asked.lengthMeters - 1;
  if (Math.abs(off) > LENGTH_OFF) {
    warnings.push({
      code: 'length-off',
      detail: `${percent(Math.abs(off))} ${off > 0 ? 'longer' : 'shorter'} than asked`,
    });
  }
  const { minAscentMeters: min, maxAscentMeters: max } = asked;
  if (min !== null || max !== null) {
    if (loop.ascentMeters === null) warnings.push({ code: 'ascent-off', detail: 'the ascent is not known' });
    else if (min !== null && loop.ascentMeters < min) {
      warnings.push({ code: 'ascent-off', detail: `${Math.round(min - loop.ascentMeters)} m less ascent than asked` });
    } else if (max !== null && loop.ascentMeters > max) {
      warnings.push({ code: 'ascent-off', detail: `${Math.round(loop.ascentMeters - max)} m more ascent than asked` });
    }
  }
  if (loop.overlapMeters > OVERLAP_OFF * loop.lengthMeters) {
    warnings.push({ code: 'overlap', detail: `${Math.round(loop.overlapMeters)} m go where the loop went before` });
  }
  if (loop.approachMeters > LONG_APPROACH_SHARE * loop.lengthMeters) {
    warnings.push({
      code: 'long-approach',
      detail: `${Math.round(loop.approachMeters / 2)} m of the way out are walked back as well: there is no other way`,
    });
  }
  if (asked.maxDifficulty !== null && unknownMeters > 0) {
    warnings.push({
      code: 'unknown-difficulty',
      detail: `the difficulty of ${Math.round(unknownMeters)} m of trail is not known`,
    });
  }
  if (loop.unknownHeightMeters > 0) {
    warnings.push({
      code: 'unknown-heights',
      detail: `the heights of ${Math.ceil(loop.unknownHeightMeters)} m are not known: ascent, descent and walking time are at least what is told`,
    });
  }
  if (oneWayMeters > 0) {
    warnings.push({ code: 'one-way', detail: `${Math.round(oneWayMeters)} m may be walked only this way round` });
  }
  return warnings;
}
