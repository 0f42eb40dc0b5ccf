import type { Edition } from '../../database/editions.js';
import type { Answer, DriveTaken, Nothing, Searched } from '../../loops/answer.js';
import type { ResolvedPlace } from '../../loops/place-resolver.js';
import type { TrailheadsAround } from '../../loops/trailheads.service.js';
import { locationOf } from '../../network/region.js';
import { type Rest, resting } from '../../network/turns.js';
import type { FoundPlace } from '../../places/places.js';
import type { Wish } from '../../wish/wish.js';
import { writeWish } from '../../wish/write-wish.js';
import { boundsOf } from './bounds.js';
import { featureText, grade, loopFeature } from './geojson.js';
import { roundedLocation, tenths, tenthsOrNull } from './rounding.js';

/** What every answer says of the data it was made from. */
export const aboutData = (edition: Edition) => ({
  region: edition.region,
  dataDate: edition.dataDate,
  synthetic: edition.synthetic,
  attribution: edition.attribution,
});

/** The wish as it was understood, in the units of the answer. */
const toldWish = ({ days, ...wish }: Wish) => ({
  lengthMeters: wish.lengthMeters,
  minAscentMeters: wish.minAscentMeters,
  maxAscentMeters: wish.maxAscentMeters,
  maxDifficulty: grade(wish.maxDifficulty ?? 0),
  directionDegrees: wish.directionDegrees,
  date: wish.date,
  count: wish.count,
  seed: wish.seed,
  ...(days && { days: days.days, perDayMeters: [days.perDay.min, days.perDay.max] }),
});

const toldPlace = ({ name, kind, at, others }: ResolvedPlace) => ({
  name,
  kind,
  location: roundedLocation(at),
  ...(others.length > 0 && {
    others: others.map((other) => ({ name: other.name, kind: other.kind, location: roundedLocation(other.at) })),
  }),
});

const toldDrive = ({ place, drive, isDriveByDefault, roadMeters }: DriveTaken) => ({
  place: toldPlace(place),
  drive: {
    limitMeters: drive.meters,
    limitSeconds: drive.seconds,
    byDefault: isDriveByDefault,
    roadMeters: Math.round(roadMeters),
  },
});

function toldSearch(searched: Searched) {
  switch (searched.by) {
    case 'drive': {
      const { taken, reachable, plannedFrom } = searched;
      return { ...toldDrive(taken), trailheads: { reachable, plannedFrom } };
    }
    case 'trailhead':
      return { trailhead: searched.id };
    case 'point':
      return { start: roundedLocation(searched.at), junction: roundedLocation(searched.junction) };
  }
}

const toldNothing = ({ reason, detail, nearest }: Nothing) => ({
  why: { reason, detail },
  nearest: nearest.map(({ lengthMeters, ascentMeters, trailhead }) => ({
    lengthMeters: tenths(lengthMeters),
    ascentMeters: tenthsOrNull(ascentMeters),
    trailhead,
  })),
});

/**
 * The answer of /v1/loops, as text: ten loops of 200 km are megabytes, which are made while the main loop turns. Members
 * beside `features` are foreign members in the sense of RFC 7946 6.1. Made from what was understood alone: a cache gives it to
 * whoever asks the same.
 */
export async function loopCollection(
  { edition, wish, searched, loops, nothing, truncated, budgetReached }: Answer,
  rest: Rest = resting(),
): Promise<string> {
  const query = writeWish(wish);
  const features: string[] = [];
  for (const found of loops) features.push(await featureText(await loopFeature(found, rest), {}, rest));
  const about = {
    search: { wish: toldWish(wish), ...toldSearch(searched) },
    ...(nothing && toldNothing(nothing)),
    truncated,
    budgetReached,
    ...aboutData(edition),
    links: { self: `/v1/loops${query}`, gpx: `/v1/loops.gpx${query}` },
  };
  return `{"type":"FeatureCollection","features":[${features.join(',')}],${JSON.stringify(about).slice(1)}`;
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
export function trailheadCollection({ edition, taken, trailheads }: TrailheadsAround) {
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
    search: toldDrive(taken),
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
