/**
 * Every number that was chosen rather than derived, in one place. They were chosen on two regions that have nothing in
 * common (a mountain extract of OpenStreetMap and the synthetic sample), and `npm run bench -- planner` shows what a
 * change of one costs.
 */

/** A metre of road costs the search this many metres of trail. */
export const ROAD_COST = 1.7;

/** The score of a loop; lower is better. One per cent of length error costs 0.1. */
export const SCORE = {
  lengthError: 10,
  overlapShare: 5,
  roadShare: 0.2,
  roundness: 0.1,
  /** Rounder than this is no better: a valley has no circles. */
  roundnessEnough: 0.6,
  /** Outside the ascent window: a step, or a rounder loop that misses would beat one that hits; and a slope. */
  ascentMissed: 0.15,
  ascentMiss: 5,
  /** How far the middle of the loop may lie from the direction asked, as a cosine, and what it costs beyond. */
  directionEnough: 0.8,
  direction: 0.3,
  /** An approach over a fifth of the loop: after everything else. */
  longApproach: 10,
} as const;

/** An approach of a larger share of the loop ranks it last. */
export const LONG_APPROACH_SHARE = 0.2;

/** What a loop's warnings call off. */
export const LENGTH_OFF = 0.02;
export const OVERLAP_OFF = 0.03;

/** Loops of one answer share less than this, the approach left out. */
export const SHARED_MOST = 0.5;

/** Further off than this is no answer to what was asked. */
export const LENGTH_MISSED = 0.1;
