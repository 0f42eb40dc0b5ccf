import { defineProblem, overloaded, Problem, type ProblemType } from '../../runtime/door.js';
import {
  LoopGone,
  NoElevation,
  NoRoadNear,
  NoTrailNear,
  OutsideRegions,
  PlannersBusy,
  UnknownPlace,
  UnknownTrailhead,
} from '../loops/errors.js';
import { MapGone } from '../map/map-gone.js';
import { boundsOf } from './format/bounds.js';

const unknownPlace = defineProblem({
  slug: 'unknown-place',
  status: 422,
  title: 'No place has this name',
  explanation:
    'No place in the imported regions is called so. `suggestions` lists names that look alike; `/v1/places?q=` searches by the beginning of a name, and coordinates (`near=LAT,LON`) always work.',
});

const outsideRegions = defineProblem({
  slug: 'outside-regions',
  status: 422,
  title: 'This point is outside every region',
  explanation:
    'Loops can be planned only where data has been imported. `regions` names the regions there are with their bounds; `/v1/regions` tells more of them. Latitude comes first.',
});

const unknownTrailhead = defineProblem({
  slug: 'unknown-trailhead',
  status: 422,
  title: 'There is no such trailhead',
  explanation: 'No trailhead in the imported regions has this id. `/v1/trailheads?near=…` lists those around a place.',
});

const noRoadNear = defineProblem({
  slug: 'no-road-near',
  status: 422,
  title: 'No road is near this point',
  explanation:
    'A drive has to begin on a road, and the nearest one is too far away. Give a point nearer to a road, or start on foot with `start=LAT,LON`.',
});

const noTrailNear = defineProblem({
  slug: 'no-trail-near',
  status: 422,
  title: 'No trail is near this point',
  explanation:
    'A loop given by `start` begins at the junction of the trail network nearest to it, and none is near. Give a point nearer to a trail, or a place to drive from with `near`.',
});

const noElevation = defineProblem({
  slug: 'no-elevation',
  status: 422,
  title: 'The elevation here is unknown',
  explanation:
    'An ascent was asked for, and the region was imported without elevation data. Leave out `minAscent` and `maxAscent`.',
});

const loopGone = defineProblem({
  slug: 'loop-gone',
  status: 410,
  title: 'This loop no longer exists',
  explanation:
    'The id is that of a loop which the present data does not hold any more: a newer import has changed a way that it follows. Ask for new loops from the same place.',
});

const mapGone = defineProblem({
  slug: 'map-gone',
  status: 404,
  title: 'There is another map by now',
  explanation:
    'The address of a tile names the version of the map that it belongs to, and an import has made another map since. Ask `/v1/map` for the present version, and it for its tiles.',
});

export const methodNotAllowed = defineProblem({
  slug: 'method-not-allowed',
  status: 405,
  title: 'This interface only reads',
  explanation: 'Every resource is read with GET (or HEAD); nothing can be written.',
});

export const preconditionFailed = defineProblem({
  slug: 'precondition-failed',
  status: 412,
  title: 'The condition of the request is not met',
  explanation:
    'The request has an `If-Match` or an `If-Unmodified-Since`, which go with a change of something. To be told whether an answer is still the same, send its ETag in `If-None-Match`.',
});

/** @returns the problem that an error of planning is, null when it is none of those */
function problemOf(error: unknown): Problem | null {
  if (error instanceof OutsideRegions) {
    const { parameter, at, editions, message } = error;
    const names = editions.map(({ region }) => region).join(', ');
    return new Problem(outsideRegions, message, {
      regions: editions.map((edition) => ({ name: edition.region, bbox: boundsOf(edition) })),
      errors: [
        { parameter, given: `${at.lat},${at.lon}`, accepted: `a point inside ${names || 'a region'}`, detail: message },
      ],
    });
  }
  if (error instanceof UnknownPlace) {
    const { given, suggestions, message } = error;
    const accepted = 'the name of a place, or LAT,LON';
    return new Problem(unknownPlace, message, {
      suggestions,
      errors: [{ parameter: 'near', given, accepted, detail: message }],
    });
  }
  if (error instanceof UnknownTrailhead) {
    const detail = `${error.message} /v1/trailheads?near=… lists those around a place.`;
    return new Problem(unknownTrailhead, detail, { errors: [{ parameter: 'trailhead', given: error.id, detail }] });
  }
  if (error instanceof NoRoadNear) return blaming(noRoadNear, error, ['near']);
  if (error instanceof NoTrailNear) return blaming(noTrailNear, error, ['start']);
  if (error instanceof NoElevation) return blaming(noElevation, error, error.asked);
  if (error instanceof MapGone) return new Problem(mapGone, error.message);
  if (error instanceof LoopGone) return new Problem(loopGone, error.message);
  if (error instanceof PlannersBusy) {
    return new Problem(overloaded, error.message, {}, { 'Retry-After': String(error.retryAfterSeconds) });
  }
  return null;
}

const blaming = (type: ProblemType, { message }: Error, parameters: string[]): Problem =>
  new Problem(type, message, { errors: parameters.map((parameter) => ({ parameter, detail: message })) });

/**
 * What planning answers, its errors in the form that HTTP gives them.
 * @throws Problem
 */
export async function asProblem<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    throw problemOf(error) ?? error;
  }
}
