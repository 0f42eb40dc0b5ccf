import type { Edition } from '../database/editions.js';
import type { Location } from '../network/geodesy.js';

// What can be wrong with a question that is well put. The messages name parameters by the words of a wish and are ready to
// be shown; which status and which page go with each is for HTTP to know.

/** No region holds the point. */
export class OutsideRegions extends Error {
  override name = 'OutsideRegions';

  /**
   * @param parameter that the point was given in
   * @param editions there are
   * @param mirrored one that holds the point with its coordinates swapped
   */
  constructor(
    readonly parameter: string,
    readonly at: Location,
    readonly editions: Edition[],
    mirrored: Edition | undefined,
  ) {
    const given = `${at.lat},${at.lon}`;
    const names = editions.map(({ region }) => region).join(', ');
    super(
      mirrored
        ? `${given} is outside every region, but the other way round it is in ${mirrored.region}: latitude comes first, did you mean ${parameter}=${at.lon},${at.lat}?`
        : editions.length > 0
          ? `${given} is outside every region. There is data for ${names}.`
          : `${given} is outside every region: no region has been imported yet.`,
    );
  }
}

/** No place is called so. */
export class UnknownPlace extends Error {
  override name = 'UnknownPlace';

  constructor(
    readonly given: string,
    /** Names that look alike. */
    readonly suggestions: string[],
  ) {
    super(
      suggestions.length > 0
        ? `There is no place called ${given}. Did you mean ${suggestions.join(' or ')}?`
        : `There is no place called ${given}. Coordinates work everywhere: near=LAT,LON.`,
    );
  }
}

/** No trailhead has this id. */
export class UnknownTrailhead extends Error {
  override name = 'UnknownTrailhead';

  constructor(readonly id: string) {
    super(`There is no trailhead ${id}.`);
  }
}

/** The place to drive from is far from any road. */
export class NoRoadNear extends Error {
  override name = 'NoRoadNear';

  constructor(place: string) {
    super(`No road is within 10 km of ${place}.`);
  }
}

/** The point to start at is far from any trail. */
export class NoTrailNear extends Error {
  override name = 'NoTrailNear';

  constructor({ lat, lon }: Location, withinMeters: number) {
    super(`No junction of the trail network is within ${withinMeters / 1000} km of ${lat},${lon}.`);
  }
}

/** An ascent is asked for where none is known. */
export class NoElevation extends Error {
  override name = 'NoElevation';

  constructor(
    region: string,
    /** The bounds of the ascent that were asked for. */
    readonly asked: ('minAscent' | 'maxAscent')[],
  ) {
    super(`The elevation of ${region} is unknown, so no ascent can be asked for there.`);
  }
}

/** An id whose loop the data does not hold any more. */
export class LoopGone extends Error {
  override name = 'LoopGone';

  constructor() {
    super('The data has no such loop any more: a way that it followed has changed.');
  }
}

/** More plans wait than may: try again later. */
export class PlannersBusy extends Error {
  override name = 'PlannersBusy';

  constructor(readonly retryAfterSeconds = 1) {
    super('All planners are busy.');
  }
}
