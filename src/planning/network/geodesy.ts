const EARTH_RADIUS_METERS = 6_371_008.8;
const RADIANS_PER_E7 = Math.PI / 180 / 1e7;

/** A place on the earth in degrees, WGS 84. */
export interface Location {
  lat: number;
  lon: number;
}

/**
 * Great-circle distance in metres between two points in degrees × 1e7 (haversine formula on the mean earth radius:
 * at most 0.5 % from the ellipsoid). Longitudes either side of the antimeridian are neighbours.
 */
export function distanceMetersE7(lonA: number, latA: number, lonB: number, latB: number): number {
  const sinLat = Math.sin(((latB - latA) * RADIANS_PER_E7) / 2);
  const sinLon = Math.sin(((lonB - lonA) * RADIANS_PER_E7) / 2);
  const h = sinLat * sinLat + Math.cos(latA * RADIANS_PER_E7) * Math.cos(latB * RADIANS_PER_E7) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The same for degrees. */
export function distanceMeters(a: Location, b: Location): number {
  return distanceMetersE7(a.lon * 1e7, a.lat * 1e7, b.lon * 1e7, b.lat * 1e7);
}

export const METERS_PER_DEGREE = (EARTH_RADIUS_METERS * Math.PI) / 180;
