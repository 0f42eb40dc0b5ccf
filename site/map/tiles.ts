import type { MapFacts } from '../api.js';
import type { Tiles } from './style.js';

/** From what `/v1/map` tells, null when no region has a map. */
export function readTiles(facts: MapFacts, origin: string): Tiles | null {
  const boxes = facts.regions.map(({ bbox }) => bbox);
  if (!facts.version || boxes.length === 0) return null;
  const [west, south, east, north] = boxes.reduce((a, b) => [
    Math.min(a[0]!, b[0]!),
    Math.min(a[1]!, b[1]!),
    Math.max(a[2]!, b[2]!),
    Math.max(a[3]!, b[3]!),
  ]) as [number, number, number, number];
  return {
    base: `${origin}/v1/map/${facts.version}`,
    box: [west, south, east, north],
    zooms: { map: { min: 5, max: 14 }, contour: { min: 11, max: 13 }, relief: { min: 6, max: 11 } },
    hasElevation: facts.hasElevation !== false,
  };
}
