// Pure: from a line of [lon, lat, elevation?] to what can be drawn.

const EARTH_RADIUS_METERS = 6_371_008.8;
const radians = (degrees) => (degrees * Math.PI) / 180;

/** Great-circle metres between two positions (haversine). */
export function metersBetween([lonA, latA], [lonB, latB]) {
  const half = (a, b) => Math.sin(radians(b - a) / 2) ** 2;
  const h = half(latA, latB) + Math.cos(radians(latA)) * Math.cos(radians(latB)) * half(lonA, lonB);
  return 2 * EARTH_RADIUS_METERS * Math.asin(Math.sqrt(h));
}

/**
 * A loop's points in one line, whose longitudes go on beyond 180 where it crosses the antimeridian.
 * @param geometry LineString or MultiLineString
 * @param near a longitude not far away: of loops drawn together always the same
 */
export function lineOf({ type, coordinates }, near) {
  const points = type === 'MultiLineString' ? coordinates.flat() : coordinates;
  return points.map(([lon, ...rest]) => [lon + 360 * Math.round((near - lon) / 360), ...rest]);
}

/** @returns [lat, lon] in the middle of a bounding box, which may lie across the antimeridian */
export function middleOf([west, south, east, north]) {
  const lon = (west + east + (east < west ? 360 : 0)) / 2;
  return [(south + north) / 2, lon > 180 ? lon - 360 : lon];
}

/** How far along the line each of its points lies, in metres. */
export function distances(line) {
  const along = [0];
  for (let i = 1; i < line.length; i++) along.push(along[i - 1] + metersBetween(line[i - 1], line[i]));
  return along;
}

/** @returns [lon, lat, elevation?] at `meters` along the line, between its points */
export function at(line, along, meters) {
  let i = along.findIndex((d) => d >= meters);
  if (i <= 0) i = i === 0 ? 1 : line.length - 1;
  const span = along[i] - along[i - 1] || 1;
  const share = Math.min(1, Math.max(0, (meters - along[i - 1]) / span));
  return line[i].map((value, k) => line[i - 1][k] + (value - line[i - 1][k]) * share);
}

/** 1, 2 or 5 times a power of ten, not above `most`. */
export function roundBelow(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return ([5, 2, 1].find((n) => n * power <= most) ?? 1) * power;
}

/**
 * A map small enough to be flat: equirectangular about its middle, north up, the whole line inside the margin.
 * @returns `xy` from [lon, lat] to pixels, and how many pixels a metre has
 */
export function projection(line, width, height, margin) {
  const lats = line.map((point) => point[1]);
  const lons = line.map((point) => point[0]);
  const [west, east, south, north] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)];
  const metersPerDegree = radians(1) * EARTH_RADIUS_METERS;
  const squeeze = Math.cos(radians((south + north) / 2));
  const spanX = Math.max((east - west) * squeeze * metersPerDegree, 50);
  const spanY = Math.max((north - south) * metersPerDegree, 50);
  const pixelsPerMeter = Math.min((width - 2 * margin) / spanX, (height - 2 * margin) / spanY);
  const scale = metersPerDegree * pixelsPerMeter;
  const middle = [(west + east) / 2, (south + north) / 2];
  const xy = ([lon, lat]) => [width / 2 + (lon - middle[0]) * squeeze * scale, height / 2 - (lat - middle[1]) * scale];
  return { xy, pixelsPerMeter };
}
