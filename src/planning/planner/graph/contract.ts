import { lookUpAfter, type StopFlag } from '../stop.js';
import type { Ball } from './ball.js';

/** Chains of kept edges from fork to fork. */
export interface Chains {
  /** Nodes of the ball: the forks in its order, the start first, then the middles of chains that come back to their fork. */
  nodes: Int32Array;
  /** By chain: its ends, as indexes of `nodes`; never the same. */
  a: Int32Array;
  b: Int32Array;
  /** By chain: edge of the ball × 2, plus 1 when walked its `b` → `a`. */
  stepOffset: Int32Array;
  steps: Int32Array;
  /** Half of an edge that ends where it began: the other half, the chain before, has the step of both. */
  share: Float64Array;
  isApproach: Uint8Array;
}

/**
 * Makes chains of edges between two forks one each.
 * @param keep by edge of the ball: 1 for the edges to build from, which are connected and hold the start
 * @throws Cancelled when the flag says so
 */
export function contract(ball: Ball, keep: Uint8Array, stop: StopFlag): Chains {
  const { nodeCount, a, b, offset, incident, isBridge } = ball;
  const { degree, both, kept } = keptAt(ball, keep, stop);
  const nodeOf = new Int32Array(nodeCount).fill(-1);
  let forks = 0;
  let ends = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (node > 0 && (degree[node] === 0 || degree[node] === 2)) continue;
    nodeOf[node] = forks++;
    ends += degree[node];
  }
  // Two ends make one chain, or a chain that comes back: two edges and a node.
  const nodes = new Int32Array(forks + ends / 2);
  for (let node = 0; node < nodeCount; node++) if (nodeOf[node] >= 0) nodes[nodeOf[node]] = node;
  const chains: Chains = {
    nodes,
    a: new Int32Array(ends),
    b: new Int32Array(ends),
    stepOffset: new Int32Array(ends + 1),
    steps: new Int32Array(kept),
    share: new Float64Array(ends),
    isApproach: new Uint8Array(ends),
  };
  const { steps } = chains;
  let nodesMade = forks;
  let chainsMade = 0;
  let stepsMade = 0;
  const add = (from: number, to: number, stepsEnd: number, share: number, approach: number): void => {
    chains.a[chainsMade] = from;
    chains.b[chainsMade] = to;
    chains.share[chainsMade] = share;
    chains.isApproach[chainsMade] = approach;
    chains.stepOffset[++chainsMade] = stepsEnd;
  };
  const left = keep.slice();
  for (let fork = 0; fork < forks; fork++) {
    for (let k = offset[nodes[fork]]; k < offset[nodes[fork] + 1]; k++) {
      let edge = incident[k];
      if (!left[edge]) continue;
      const first = stepsMade;
      let node = nodes[fork];
      for (;;) {
        left[edge] = 0;
        const backward = a[edge] === node ? 0 : 1;
        steps[stepsMade++] = 2 * edge + backward;
        lookUpAfter(stepsMade, stop);
        node = backward ? a[edge] : b[edge];
        if (nodeOf[node] >= 0) break;
        edge ^= both[node];
      }
      const end = nodeOf[node];
      const approach = isBridge[edge];
      if (end !== fork) {
        add(fork, end, stepsMade, 1, approach);
        continue;
      }
      // A chain that comes back to its fork: two edges that meet in its middle, or no shortest path would ever take it.
      const middle = nodesMade++;
      const through = stepsMade - first - 1;
      if (through > 0) {
        const cut = first + (through >> 1);
        nodes[middle] = steps[cut] & 1 ? a[steps[cut] >> 1] : b[steps[cut] >> 1];
        add(fork, middle, cut + 1, 1, approach);
        add(middle, fork, stepsMade, 1, approach);
      } else {
        nodes[middle] = nodes[fork];
        add(fork, middle, stepsMade, 0.5, approach);
        add(middle, fork, stepsMade, 0.5, approach);
      }
    }
  }
  return {
    nodes: nodes.subarray(0, nodesMade),
    a: chains.a.subarray(0, chainsMade),
    b: chains.b.subarray(0, chainsMade),
    stepOffset: chains.stepOffset.subarray(0, chainsMade + 1),
    steps,
    share: chains.share.subarray(0, chainsMade),
    isApproach: chains.isApproach.subarray(0, chainsMade),
  };
}

/** By node: how many kept edges are at it, and these combined by xor: where there are two, either gives the other. */
function keptAt({ nodeCount, edgeCount, a, b }: Ball, keep: Uint8Array, stop: StopFlag) {
  const degree = new Int32Array(nodeCount);
  const both = new Int32Array(nodeCount);
  let kept = 0;
  for (let edge = 0; edge < edgeCount; edge++) {
    lookUpAfter(edge, stop);
    if (!keep[edge]) continue;
    kept++;
    degree[a[edge]]++;
    degree[b[edge]]++;
    both[a[edge]] ^= edge;
    both[b[edge]] ^= edge;
  }
  return { degree, both, kept };
}
