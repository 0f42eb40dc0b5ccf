import { defineProblem } from '../../runtime/door.js';

export const unknownPlace = defineProblem({
  slug: 'unknown-place',
  status: 422,
  title: 'No place has this name',
  explanation:
    'No place in the imported regions is called so. `suggestions` lists names that look alike; `/v1/places?q=` searches by the beginning of a name, and coordinates (`near=LAT,LON`) always work.',
});

export const outsideRegions = defineProblem({
  slug: 'outside-regions',
  status: 422,
  title: 'This point is outside every region',
  explanation:
    'Loops can be planned only where data has been imported. `regions` names the regions there are with their bounds; `/v1/regions` tells more of them. Latitude comes first.',
});

export const unknownTrailhead = defineProblem({
  slug: 'unknown-trailhead',
  status: 422,
  title: 'There is no such trailhead',
  explanation: 'No trailhead in the imported regions has this id. `/v1/trailheads?near=…` lists those around a place.',
});

export const noRoadNear = defineProblem({
  slug: 'no-road-near',
  status: 422,
  title: 'No road is near this point',
  explanation:
    'A drive has to begin on a road, and the nearest one is too far away. Give a point nearer to a road, or start on foot with `start=LAT,LON`.',
});

export const noTrailNear = defineProblem({
  slug: 'no-trail-near',
  status: 422,
  title: 'No trail is near this point',
  explanation:
    'A loop given by `start` begins at the junction of the trail network nearest to it, and none is near. Give a point nearer to a trail, or a place to drive from with `near`.',
});

export const noElevation = defineProblem({
  slug: 'no-elevation',
  status: 422,
  title: 'The elevation here is unknown',
  explanation:
    'An ascent was asked for, and the region was imported without elevation data. Leave out `minAscent` and `maxAscent`.',
});

export const loopGone = defineProblem({
  slug: 'loop-gone',
  status: 410,
  title: 'This loop no longer exists',
  explanation:
    'The id is that of a loop which the present data does not hold any more: a newer import has changed a way that it follows. Ask for new loops from the same place.',
});

export const methodNotAllowed = defineProblem({
  slug: 'method-not-allowed',
  status: 405,
  title: 'This interface only reads',
  explanation: 'Every resource is read with GET (or HEAD); nothing can be written.',
});
