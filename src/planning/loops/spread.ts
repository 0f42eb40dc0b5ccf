import type { ReachableTrailhead } from '../driving/reachable.js';
import { distanceMetersE7 } from '../network/geodesy.js';
import type { TrailheadPreparation } from '../network/trailhead-survey.js';

/**
 * Some trailheads out of many to plan from: the nearest by car, then each time the one farthest from all chosen, so that
 * a handful stands for the whole surroundings. Those known to have no loop of that length are left out.
 */
export function spreadStarts(
  reachable: ReachableTrailhead[],
  lengthMeters: number,
  count: number,
): ReachableTrailhead[] {
  const seen = new Set<number>();
  const left = reachable.filter(({ trailhead }) => {
    const { island, reachableMeters } = JSON.parse(trailhead.preparation) as TrailheadPreparation;
    if (island || (reachableMeters > 0 && reachableMeters < lengthMeters) || seen.has(trailhead.junction)) return false;
    seen.add(trailhead.junction);
    return true;
  });
  const chosen = left.slice(0, 1);
  const gap = new Map(left.map((each) => [each, Infinity]));
  while (chosen.length < Math.min(count, left.length)) {
    const last = chosen.at(-1)!.trailhead;
    let farthest: ReachableTrailhead | undefined;
    for (const each of left) {
      const { lonE7, latE7 } = each.trailhead;
      const meters = Math.min(gap.get(each)!, distanceMetersE7(last.lonE7, last.latE7, lonE7, latE7));
      gap.set(each, meters);
      if (!farthest || meters > gap.get(farthest)!) farthest = each;
    }
    chosen.push(farthest!);
  }
  return chosen;
}
