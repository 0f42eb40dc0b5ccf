import type { Area } from '../../network/area.js';
import { METERS_PER_DEGREE } from '../../network/geodesy.js';
import { isTrail } from '../../network/network.js';
import type { Loop, LoopRequest } from '../loop-request.js';
import { scoreOf } from '../score.js';
import { overlapMeters } from './overlap.js';
import { climbOf, roundnessOf, walkGeometry } from './walk.js';

/** What a walk is ranked by, from its geometry. */
export interface MeasuredWalk
  extends Pick<
    Loop,
    | 'coordinates'
    | 'lengthMeters'
    | 'ascentMeters'
    | 'descentMeters'
    | 'ascentAtLeastMeters'
    | 'descentAtLeastMeters'
    | 'unknownHeightMeters'
    | 'overlapMeters'
    | 'approachMeters'
    | 'trailShare'
    | 'score'
  > {
  /** Half-edges of the area. */
  steps: ArrayLike<number>;
}

/**
 * @param steps half-edges of the area, closed
 * @param isApproach by segment of the area: 1 on the dead-end stretches that a loop of the requested length cannot avoid
 */
export function measureWalk(
  area: Area,
  steps: ArrayLike<number>,
  isApproach: Uint8Array,
  asked: Pick<LoopRequest, 'lengthMeters' | 'minAscentMeters' | 'maxAscentMeters'>,
): MeasuredWalk {
  const walk = walkGeometry(area, steps);
  const { coordinates } = walk;
  const segments = new Uint32Array(steps.length);
  const approachSteps = new Uint8Array(steps.length);
  let lengthMeters = 0;
  let trailMeters = 0;
  let approachMeters = 0;
  for (let i = 0; i < steps.length; i++) {
    const segment = steps[i] >> 1;
    const meters = area.lengthMeters[segment];
    segments[i] = segment;
    approachSteps[i] = isApproach[segment];
    lengthMeters += meters;
    if (isTrail(area.kind[segment])) trailMeters += meters;
    if (isApproach[segment]) approachMeters += meters;
  }
  const climb = climbOf(coordinates);
  const isKnown = climb.unknownMeters === 0;
  const measures = {
    lengthMeters,
    ascentMeters: isKnown ? climb.ascentMeters : null,
    overlapMeters: overlapMeters(walk, segments, approachSteps),
    approachMeters,
    trailShare: trailMeters / lengthMeters,
  };
  const score = scoreOf(measures, roundnessOf(coordinates, lengthMeters, METERS_PER_DEGREE), asked);
  return {
    steps,
    coordinates,
    ...measures,
    descentMeters: isKnown ? climb.descentMeters : null,
    ascentAtLeastMeters: climb.ascentMeters,
    descentAtLeastMeters: climb.descentMeters,
    unknownHeightMeters: climb.unknownMeters,
    score,
  };
}
