import { spanE7 } from '../network/longitude.js';
import type { Network } from '../network/network.js';
import type { Region } from '../network/region.js';
import { roadNetwork } from './road-network.js';
import type { ElevationAt, Survey } from './survey.js';
import { trailNetwork } from './trail-network.js';
import { trailheads } from './trailheads.js';

/** What a region is called and where it comes from. */
export type About = Pick<Region, 'name' | 'synthetic' | 'dataDate' | 'source' | 'attribution'>;

/**
 * Makes the region that a survey tells of.
 * @throws Error when there is nothing to walk on
 */
export function makeRegion(about: About, survey: Survey, elevationAt: ElevationAt | null): Region {
  const network = trailNetwork(survey, elevationAt);
  if (network.segmentCount === 0) throw new Error('there is not one way to walk on in it');
  return {
    ...about,
    hasElevation: network.ascentMeters.some((meters) => !Number.isNaN(meters)),
    bounds: boundsOf(network),
    network,
    roads: roadNetwork(survey),
    trailheads: trailheads(network, survey.parkings),
    places: survey.places,
    stays: survey.stays,
  };
}

function boundsOf({ pointLonE7, pointLatE7 }: Network): Region['bounds'] {
  const { west, east } = spanE7(pointLonE7);
  let [south, north] = [pointLatE7[0], pointLatE7[0]];
  for (const lat of pointLatE7) {
    if (lat < south) south = lat;
    else if (lat > north) north = lat;
  }
  return { south: south / 1e7, west: west / 1e7, north: north / 1e7, east: east / 1e7 };
}
