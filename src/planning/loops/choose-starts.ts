import type { ReachableTrailhead } from '../driving/reachable.js';
import { distanceMetersE7 } from '../network/geodesy.js';

/** What makes a trailhead worth planning from, in shares of the weight of lying apart from those chosen already. */
const TRAILS_AROUND = 0.6;
const ROOM_AROUND = 0.4;
const SHORT_DRIVE = 0.5;

/**
 * Some trailheads out of many to plan from: good ones by what import knows of their surroundings (trails rather than
 * roads, enough of them, no long approach, a short drive), and far enough from each other to stand for the whole of what
 * can be reached. Those known to have no loop of that length are left out, and of several at one junction all but the
 * nearest by car.
 * @param reachable nearest by car first
 * @returns at most `count`, the best first
 */
export function chooseStarts(
  reachable: ReachableTrailhead[],
  lengthMeters: number,
  count: number,
): ReachableTrailhead[] {
  const seen = new Set<number>();
  const left = reachable.filter(({ trailhead: { preparation, junction } }) => {
    if (preparation.island || preparation.reachableMeters < lengthMeters || seen.has(junction)) return false;
    seen.add(junction);
    return true;
  });
  const longest = Math.max(1, ...left.map(({ drive }) => drive.seconds));
  const apartEnough = lengthMeters / 2;
  const rated = left.map((start) => {
    const { nearbyMeters, nearbyTrailShare, approachMeters } = start.trailhead.preparation;
    const quality =
      TRAILS_AROUND * nearbyTrailShare +
      ROOM_AROUND * Math.min(1, nearbyMeters / (2 * lengthMeters)) -
      (2 * approachMeters) / lengthMeters -
      SHORT_DRIVE * (start.drive.seconds / longest);
    return { start, quality, apart: 1 };
  });
  const chosen: ReachableTrailhead[] = [];
  while (chosen.length < count && rated.length > 0) {
    let best = 0;
    for (let i = 1; i < rated.length; i++) {
      if (rated[i]!.quality + rated[i]!.apart > rated[best]!.quality + rated[best]!.apart) best = i;
    }
    const [{ start }] = rated.splice(best, 1) as [(typeof rated)[number]];
    chosen.push(start);
    const { junctionLonE7, junctionLatE7 } = start.trailhead;
    for (const each of rated) {
      const { junctionLonE7: lon, junctionLatE7: lat } = each.start.trailhead;
      each.apart = Math.min(each.apart, distanceMetersE7(junctionLonE7, junctionLatE7, lon, lat) / apartEnough);
    }
  }
  return chosen;
}
