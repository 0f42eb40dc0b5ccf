import type { MapFacts } from '../api.js';
import { apart, unrolled } from './boxes.js';
import type { Tiles } from './style.js';

/** From what `/v1/map` tells and where regions are, null when no region has a map. */
export function readTiles(facts: MapFacts, regions: { bbox: number[] }[], origin: string): Tiles | null {
  if (!facts.version) return null;
  return {
    base: `${origin}/v1/map/${facts.version}`,
    boxes: apart((regions.length > 0 ? regions : facts.regions).map(({ bbox }) => unrolled(bbox))),
    zooms: facts.zooms,
    hasElevation: facts.hasElevation,
  };
}
