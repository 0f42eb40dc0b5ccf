import { type Edition, TILE_FORMAT } from '../database/editions.js';

const kilometers = (meters: number): string => `${Math.round(meters / 1_000)} km`;

/** One line about a region: what there is in it and of when. */
export function regionLine({ region, dataDate, hasElevation, counts, format }: Edition): string {
  const facts = [
    dataDate === null ? 'data of an unknown day' : `data of ${dataDate}`,
    `${kilometers(counts.trailMeters)} of trails`,
    `${kilometers(counts.roadMeters)} of roads to walk on`,
    `${counts.trailheads} trailheads`,
    `${counts.places} places`,
    hasElevation ? 'elevation known' : 'no elevation',
    ...(format === TILE_FORMAT ? [] : ['in the format of another version: import it again']),
  ];
  return `${region}: ${facts.join(', ')}`;
}
