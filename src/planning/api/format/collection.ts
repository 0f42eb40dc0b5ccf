import type { Edition } from '../../database/editions.js';
import type { FoundLoops } from '../../loops/found-loops.js';
import type { TrailheadsAround } from '../../loops/trailheads.service.js';
import { boundsOf } from '../../loops/where.js';
import { locationOf } from '../../network/region.js';
import type { FoundPlace } from '../../places/places.js';
import { roundedLocation, tenths } from './rounding.js';

/** What every answer says of the data it was made from. */
export const aboutData = (edition: Edition) => ({
  region: edition.region,
  dataDate: edition.dataDate,
  synthetic: edition.synthetic,
  attribution: edition.attribution,
});

/** The answer of /v1/loops. Members beside `features` are foreign members in the sense of RFC 7946 6.1. */
export function loopCollection({ edition, searched, features, why, nearest, truncated }: FoundLoops, query: string) {
  return {
    type: 'FeatureCollection' as const,
    features,
    search: searched,
    ...(why && { why, nearest }),
    truncated,
    ...aboutData(edition),
    links: { self: `/v1/loops${query}`, gpx: `/v1/loops.gpx${query}` },
  };
}

function pointFeature<P>({ id, ...at }: { id: string; lonE7: number; latE7: number }, properties: P) {
  const { lat, lon } = roundedLocation(locationOf(at));
  return {
    type: 'Feature' as const,
    id,
    geometry: { type: 'Point' as const, coordinates: [lon, lat] },
    properties,
  };
}

/** The answer of /v1/trailheads. */
export function trailheadCollection({ edition, place, drive, roadMeters, trailheads }: TrailheadsAround) {
  return {
    type: 'FeatureCollection' as const,
    features: trailheads.map(({ trailhead, drive }) =>
      pointFeature(trailhead, {
        name: trailhead.name,
        driveMeters: Math.round(drive.meters),
        driveSeconds: Math.round(drive.seconds),
        walkToTrailMeters: tenths(trailhead.accessMeters),
        links: { loops: `/v1/loops?trailhead=${trailhead.id}&length=15km` },
      }),
    ),
    search: { place, drive: { ...drive, roadMeters: Math.round(roadMeters) } },
    ...aboutData(edition),
  };
}

/** The answer of /v1/places. */
export function placeCollection(places: FoundPlace[], editions: Edition[]) {
  return {
    type: 'FeatureCollection' as const,
    features: places.map((place) => {
      const edition = editions.find(({ id }) => id === place.edition)!;
      const { lat, lon } = roundedLocation(locationOf(place));
      return pointFeature(place, {
        name: place.name,
        kind: place.kind,
        population: place.population,
        region: edition.region,
        synthetic: edition.synthetic,
        match: place.match,
        links: { loops: `/v1/loops?near=${lat},${lon}&length=15km` },
      });
    }),
    attribution: [...new Set(editions.map(({ attribution }) => attribution))].join('; '),
  };
}

/** The answer of /v1/regions. */
export const regionList = (editions: Edition[]) => ({
  regions: editions.map((edition) => ({
    name: edition.region,
    bbox: boundsOf(edition),
    dataDate: edition.dataDate,
    importedAt: edition.importedAt,
    synthetic: edition.synthetic,
    hasElevation: edition.hasElevation,
    counts: edition.counts,
    attribution: edition.attribution,
  })),
});
