import type { Network } from './network.js';
import type { Trailhead } from './region.js';

/** What is known of a trailhead whatever is asked: enough to choose among hundreds without planning from each. */
export interface TrailheadPreparation {
  /** Nothing but dead ends: no loop of any length starts here. */
  island: boolean;
  /** Length of every stretch that a loop from here could use, each once, trails and roads. */
  reachableMeters: number;
  /** Of these, the metres on trails. */
  reachableTrailMeters: number;
  /** The way to the nearest junction from which two ways go on that meet again, and which must be walked back as well. */
  approachMeters: number;
}

/**
 * @param network of the whole region
 * @returns by trailhead id
 */
export function surveyTrailheads(_network: Network, trailheads: Trailhead[]): Map<string, TrailheadPreparation> {
  return new Map(
    trailheads.map(({ id }) => [id, { island: false, reachableMeters: 0, reachableTrailMeters: 0, approachMeters: 0 }]),
  );
}
