import { LEAST_SLACK, WALKS_PER_VIA } from '../weights.js';
import { addHalf, noTotals } from './sums.js';
import type { Workspace } from './workspace.js';

/** How far off the length a walk may be that is put together all the same. */
const LENGTH_OFF_LEAST = 0.03;

/**
 * Puts walks into the pool that go out to a via by the cheapest path, and home by two further pieces that avoid it and add
 * up to the length (the partial shortest paths of Gemsa, Pajor, Wagner and Zündorf, "Efficient Computation of Jogging
 * Routes", 2013, with the third point found by joining two trees at an edge).
 * @param space whose tree `out` leads from node 0, by costs that are still set
 * @param penalty how much dearer an edge is once used
 * @param tolerance how far off the length a join may be, as a share of it
 * @throws SearchEnded, Cancelled
 */
export function walkThrough(
  { graph, request: { lengthMeters }, paths, judge, pool, aim, memory }: Workspace,
  via: number,
  penalty: number,
  tolerance: number,
): void {
  const { head, out: leastOut, back, nodeCount } = graph;
  const { joiner, out, rest, walk } = memory;
  const { away, home } = joiner;
  if (!out.reaches(via)) return;
  let count = 0;
  const before = noTotals();
  paths.unmark();
  for (let node = via; node !== 0; node = head[out.link[node] ^ 1]) {
    const half = out.link[node];
    walk[count++] = half;
    addHalf(before, graph, half);
    paths.mark(half >> 1, penalty);
  }
  walk.subarray(0, count).reverse();
  if (before.meters + back[via] > lengthMeters * (1 + tolerance)) return;
  const mostMeters = lengthMeters * (1 + Math.max(tolerance, LEAST_SLACK));
  paths.grow(away, via, false, before.meters, back, mostMeters);
  for (let node = 0; node < nodeCount; node++) {
    rest[node] = away.reaches(node) ? before.meters + away.length[node] : leastOut[node];
  }
  paths.grow(home, 0, true, 0, rest, mostMeters);
  joiner.join(
    { before, used: paths.used, lengthMeters, toleranceMeters: tolerance * lengthMeters, window: aim.window },
    WALKS_PER_VIA,
    (joint) => {
      const steps = joiner.lay({ from: via, joint, to: 0 }, walk, count);
      pool.add(judge.judge(walk, steps, Math.max(LENGTH_OFF_LEAST, tolerance)));
    },
  );
}
