import { METERS_PER_DEGREE } from '../../network/geodesy.js';
import { turnDegrees } from '../../network/longitude.js';

/** Points of a course: one for each of so many metres, within these bounds. */
const METERS_PER_POINT = 400;
const FEWEST = 8;
const MOST = 56;

/** Steps of the scale between two points that a walk goes straight to: then each difference takes one byte. */
const STEPS_PER_STRETCH = 60;

/** East and north of the point before, in steps. */
export type Course = { east: number; north: number }[];

/** How many points the course of a loop has. @param lengthMeters as the id holds it */
export const pointsOfCourse = (lengthMeters: number): number =>
  Math.min(MOST, Math.max(FEWEST, Math.ceil(lengthMeters / METERS_PER_POINT)));

/** A plane that touches the earth where the walk begins: all that is needed to say where points lie from each other. */
function planeAt(lon: number, lat: number, lengthMeters: number) {
  const metersPerStep = lengthMeters / (pointsOfCourse(lengthMeters) + 1) / STEPS_PER_STRETCH;
  const north = METERS_PER_DEGREE;
  const east = METERS_PER_DEGREE * Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return { lon, lat, east, north, metersPerStep };
}

/**
 * Where a walk goes: points of it at equal distances, its ends left out, each to a sixtieth of that distance. Made of the
 * line alone, so that a loop can be looked for in a network whose junctions have changed.
 * @param coordinates lon, lat, elevation, three numbers a point
 * @param lengthMeters of the loop, in whole metres
 */
export function courseOf(coordinates: Float64Array, lengthMeters: number): Course {
  const { lon, lat, east, north, metersPerStep } = planeAt(coordinates[0], coordinates[1], lengthMeters);
  const x = (i: number): number => (east * turnDegrees(lon, coordinates[3 * i])) / metersPerStep;
  const y = (i: number): number => (north * (coordinates[3 * i + 1] - lat)) / metersPerStep;
  const last = coordinates.length / 3 - 1;
  let total = 0;
  for (let i = 0; i < last; i++) total += Math.hypot(x(i + 1) - x(i), y(i + 1) - y(i));
  const count = pointsOfCourse(lengthMeters);
  const course: Course = [];
  let [atEast, atNorth] = [0, 0];
  let before = 0;
  for (let i = 0; i < last && course.length < count; i++) {
    const leg = Math.hypot(x(i + 1) - x(i), y(i + 1) - y(i));
    for (;;) {
      const along = ((course.length + 1) * total) / (count + 1);
      if (course.length === count || along > before + leg) break;
      const share = leg > 0 ? (along - before) / leg : 0;
      const toEast = Math.round(x(i) + share * (x(i + 1) - x(i)));
      const toNorth = Math.round(y(i) + share * (y(i + 1) - y(i)));
      course.push({ east: toEast - atEast, north: toNorth - atNorth });
      [atEast, atNorth] = [toEast, toNorth];
    }
    before += leg;
  }
  // The last of the sum may be lost to rounding: the walk is closed, so it ends where it began.
  while (course.length < count) {
    course.push({ east: -atEast, north: -atNorth });
    [atEast, atNorth] = [0, 0];
  }
  return course;
}

/** The points of a course in degrees. @param lon of where the walk begins, as `lat` */
export function placesOf(
  course: Course,
  lon: number,
  lat: number,
  lengthMeters: number,
): { lon: number; lat: number }[] {
  const { east, north, metersPerStep } = planeAt(lon, lat, lengthMeters);
  let [atEast, atNorth] = [0, 0];
  return course.map((step) => {
    atEast += step.east;
    atNorth += step.north;
    const degrees = lon + (atEast * metersPerStep) / east;
    return {
      lon: degrees + 360 * (Number(degrees < -180) - Number(degrees >= 180)),
      lat: lat + (atNorth * metersPerStep) / north,
    };
  });
}
