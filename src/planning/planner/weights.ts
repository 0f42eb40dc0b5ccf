/**
 * The weights and bounds by which loops are chosen, in one place; a threshold of one step of the search stands at that
 * step. They were chosen on two regions that have nothing in common (a mountain extract of OpenStreetMap and the synthetic
 * sample), and `npm run bench -- planner` shows what a change of one costs.
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

/** What a walk can gain by roundness at most: with so much more fault than another it scores worse whatever it looks like. */
export const ROUNDNESS_GAIN = SCORE.roundness * SCORE.roundnessEnough;

/** An approach of a larger share of the loop ranks it last. */
export const LONG_APPROACH_SHARE = 0.2;

/** What a loop's warnings call off. */
export const LENGTH_OFF = 0.02;
export const OVERLAP_OFF = 0.03;

/** Loops of one answer share less than this, the approach left out. */
export const SHARED_MOST = 0.5;

/** Further off than this is no answer to what was asked. */
export const LENGTH_MISSED = 0.1;
/** As a share of the bound that is missed. */
export const ASCENT_MISSED = 0.1;

/** Distances of the points to plan through, as shares of the length, by round. */
export const RINGS = [
  [0.18, 0.25, 0.33, 0.42],
  [0.14, 0.21, 0.29, 0.38],
  [0.22, 0.3, 0.36, 0.46],
  [0.16, 0.27, 0.4],
] as const;

export const SECTORS = 12;

/** Planning graphs up to this many nodes are searched through every node instead. */
export const SMALL_GRAPH = 150;

/** With a direction asked, points to plan through lie within this of it. */
export const DIRECTION_REACH_DEGREES = 60;

/** By round: how much dearer an edge is once used, and how far off the length a join may be. */
export const ROUNDS = [
  { penalty: 6, tolerance: 0.006 },
  { penalty: 2.4, tolerance: 0.006 },
  { penalty: 15, tolerance: 0.02 },
  { penalty: 6, tolerance: 0.02 },
  { penalty: 3, tolerance: 0.05 },
  { penalty: 10, tolerance: 0.1 },
] as const;

/**
 * Trees of a round grow at least so far beyond the length asked: cheapest paths are not the shortest, so what is short enough
 * in the end may look too long on the way.
 */
export const LEAST_SLACK = 0.02;

/** Walks remembered; alternatives come from among them. */
export const POOL_KEPT = 800;

/**
 * Rounds that are always done where walks are still not good; then as long as they gain so much in the scores of the walks
 * that would be the answer, together, where one that is not there at all counts for this.
 */
export const ROUNDS_LEAST = 3;
export const GAIN_LEAST = 0.01;
export const WALK_LACKING = 20;

/** Points to plan through, in each round. */
export const VIAS_PER_ROUND = 20;
/** Small graphs are cheap: their rounds may settle so many nodes. */
export const SMALL_ROUND_SETTLED = 4_000;

/** Walks made from each of those points. */
export const WALKS_PER_VIA = 10;

/** The search may end when the best loop scores this little, but for road and roundness, and enough others too. */
export const GOOD_BEST = 0.015;
export const GOOD_OTHERS = 0.05;

/** Parts of the network to plan in, when the first has too few good loops. */
export const CORES_TRIED = 3;
/** A part with less than this share of the length in it changes a loop too little to be searched for its own sake. */
export const SIDE_ROOM = 0.2;

/**
 * Work of one plan, in settled nodes, the same on every machine: so much, and more where the part of the network that can
 * be used is larger. A plan with a window of ascent begins with several times as much.
 */
export const BUDGET_BASE = 40_000;
export const BUDGET_PER_NODE = 40;
export const ASCENT_BUDGET_BASE = 440_000;

/**
 * Graphs with at most so many edges (made of at most so many segments) are enumerated: first in a number of steps that is
 * this divided by their edges; and once more, in so many steps, where the search has found nothing good.
 */
export const ENUMERATION_EDGES = 200;
export const ENUMERATION_SEGMENTS = 800;
export const ENUMERATION_STEPS = { briefly: 2_000_000, atLength: 100_000 } as const;
/** Faults that are allowed one after the other, for the more is allowed the more there is to try. */
export const ENUMERATION_FAULTS = [0.03, 0.08, 0.15, 0.3, 0.5, 0.75, 1, 1.5, 2] as const;

/** How walks are refined: which of the best in turn, what share of a walk is taken out, how far off the length it may end. */
export interface Refining {
  best: number;
  least: number;
  most: number;
  tolerance: number;
}
export const POLISHED: Refining = { best: 3, least: 0.15, most: 0.6, tolerance: 0.006 };
export const ASCENT_REFINED: Refining = { best: 6, least: 0.2, most: 0.65, tolerance: 0.006 };

/**
 * Moves to polish what was found: so many always; then up to so many while they have settled less than this, and the whole
 * search less than this share of its budget.
 */
export const POLISH_MOVES_LEAST = 4;
export const POLISH_MOVES = 12;
export const POLISH_SETTLED = 30_000;
export const POLISH_BUDGET_SHARE = 0.6;
/** By how much a move may make an edge dearer than it is, and for how many moves costs stay the same. */
export const POLISH_NOISE = 0.35;
export const POLISH_COSTS_KEPT = 6;

/**
 * How walks are crossed, every so many moves and after the last: which of the best are improved, from how many they take,
 * how many ways to go elsewhere are looked at, how many walks are made of those, and how far off the length they may be.
 */
export const CROSS_EVERY = 6;
export const CROSSED = { best: 3, others: 60, detours: 300, tried: 24, tolerance: 0.006 } as const;

/**
 * A network is small for a length when there and back from its farthest node is less than this share of it. Walks are then
 * made longer, and else after this round, if nothing was found: from loops of this share of that reach, by so much at a
 * time, in so many moves each time, after which so many differing walks are taken on. What has as much fault as a fifth
 * walked twice in the end is no loop any more.
 */
export const SMALL_REACH = 0.45;
export const LENGTHENED = {
  afterRound: 0,
  fault: 1,
  settledPerNode: 60,
  reach: 0.9,
  by: 1.3,
  moves: 8,
  best: 4,
  least: 0.05,
  most: 0.5,
  tolerance: 0.1,
} as const;

/** Moves to meet an ascent window that was missed. */
export const ASCENT_MOVES = 1_000;
/** What such a move costs of the budget at least, in settled nodes. */
export const MOVE_SETTLED_LEAST = 250;
/** Every so many turns of the best walks they are crossed. */
export const ASCENT_CROSS_EVERY = 8;
/** With such a window fewer rounds: moves find more for the same work. */
export const ASCENT_ROUNDS = 3;
