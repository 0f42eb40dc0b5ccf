export const FORWARD = 1;
export const BACKWARD = 2;

/** Ways over nodes, as a map has them: way w passes `wayNodes[wayOffset[w] … wayOffset[w + 1]]`. */
export interface WayGraph {
  /** Degrees × 1e7. */
  nodeLonE7: Int32Array;
  nodeLatE7: Int32Array;
  wayOffset: Uint32Array;
  wayNodes: Uint32Array;
  /** FORWARD | BACKWARD: which ways along it one may go. */
  direction: Uint8Array;
}

/**
 * The same network with nothing left of the nodes where there is nothing to decide. Chain c runs through nodes
 * `chainNodes[chainOffset[c] … chainOffset[c + 1]]`; its first and last node are junctions.
 */
export interface Chains {
  /** Node indexes of the junctions, ascending but for those on rings that nothing else touches. */
  junctions: Uint32Array;
  chainOffset: Uint32Array;
  chainNodes: Uint32Array;
  /** The way that leads from `chainNodes[i]` to `chainNodes[i + 1]`; meaningless at the last node of a chain. */
  pieceWay: Uint32Array;
  /** FORWARD | BACKWARD along the chain. */
  direction: Uint8Array;
}

const reversed = (direction: number): number => ((direction & 1) << 1) | (direction >> 1);

/**
 * Consecutive nodes at one and the same place are one: a piece of no length is no piece. Nodes of ways that only cross
 * there stay apart, however near.
 */
function weld({ nodeLonE7, nodeLatE7, wayOffset, wayNodes }: WayGraph): Uint32Array {
  const standsFor = new Uint32Array(nodeLonE7.length);
  for (let node = 0; node < standsFor.length; node++) standsFor[node] = node;
  const root = (node: number): number => {
    let at = node;
    while (standsFor[at] !== at) at = standsFor[at];
    return at;
  };
  for (let w = 0; w + 1 < wayOffset.length; w++) {
    for (let i = wayOffset[w] + 1; i < wayOffset[w + 1]; i++) {
      const a = wayNodes[i - 1];
      const b = wayNodes[i];
      if (a === b || nodeLonE7[a] !== nodeLonE7[b] || nodeLatE7[a] !== nodeLatE7[b]) continue;
      const [low, high] = [root(a), root(b)].sort((x, y) => x - y);
      standsFor[high] = low;
    }
  }
  for (let node = 0; node < standsFor.length; node++) standsFor[node] = root(node);
  return standsFor;
}

/**
 * The stretches between neighbouring nodes, and those at each node: `at[offset[n] … offset[n + 1]]` hold piece × 2 (+ 1 at
 * its far end).
 */
interface Pieces {
  from: Uint32Array;
  to: Uint32Array;
  way: Uint32Array;
  offset: Uint32Array;
  at: Uint32Array;
}

function piecesOf(graph: WayGraph): Pieces {
  const { wayOffset, wayNodes } = graph;
  const standsFor = weld(graph);
  const from = new Uint32Array(wayNodes.length);
  const to = new Uint32Array(wayNodes.length);
  const way = new Uint32Array(wayNodes.length);
  let count = 0;
  for (let w = 0; w + 1 < wayOffset.length; w++) {
    for (let i = wayOffset[w] + 1; i < wayOffset[w + 1]; i++) {
      const a = standsFor[wayNodes[i - 1]];
      const b = standsFor[wayNodes[i]];
      if (a === b) continue;
      from[count] = a;
      to[count] = b;
      way[count] = w;
      count++;
    }
  }
  const all = index(graph.nodeLonE7.length, from.subarray(0, count), to.subarray(0, count), way.subarray(0, count));
  return withoutTwins(graph.nodeLonE7.length, all);
}

function index(nodes: number, from: Uint32Array, to: Uint32Array, way: Uint32Array): Pieces {
  const offset = new Uint32Array(nodes + 1);
  for (let p = 0; p < from.length; p++) {
    offset[from[p] + 1]++;
    offset[to[p] + 1]++;
  }
  for (let node = 0; node < nodes; node++) offset[node + 1] += offset[node];
  const next = offset.slice();
  const at = new Uint32Array(from.length * 2);
  for (let p = 0; p < from.length; p++) {
    at[next[from[p]]++] = p * 2;
    at[next[to[p]]++] = p * 2 + 1;
  }
  return { from, to, way, offset, at };
}

/** Two ways drawn over the same two nodes are one piece of ground: the first of them stays. */
function withoutTwins(nodes: number, pieces: Pieces): Pieces {
  const { from, to, way, offset, at } = pieces;
  const twin = new Uint8Array(from.length);
  let twins = 0;
  for (let node = 0; node < nodes; node++) {
    for (let i = offset[node]; i < offset[node + 1]; i++) {
      const p = at[i] >> 1;
      for (let j = i + 1; j < offset[node + 1]; j++) {
        const q = at[j] >> 1;
        if (twin[q] || from[p] + to[p] !== from[q] + to[q] || Math.min(from[p], to[p]) !== Math.min(from[q], to[q]))
          continue;
        twin[q] = 1;
        twins++;
      }
    }
  }
  if (twins === 0) return pieces;
  const kept = (_: number, p: number): boolean => twin[p] === 0;
  return index(nodes, from.filter(kept), to.filter(kept), way.filter(kept));
}

/**
 * Contracts ways to chains between junctions. A node is a junction unless exactly two pieces meet there, of the same
 * sort and to be gone the same ways. A ring without a junction gets one. Nothing is lost but twins: the lengths of the
 * chains add up to those of the ways.
 * @param sort by way: chains are cut where it changes
 * @param cuts nodes where they are cut as well
 */
export function contract(graph: WayGraph, sort: Uint32Array, cuts: ReadonlySet<number> = new Set()): Chains {
  const pieces = piecesOf(graph);
  const { from, to, way, offset, at } = pieces;
  const nodeCount = graph.nodeLonE7.length;

  /** Going away from the node it is listed at. */
  const outward = (half: number): number => {
    const direction = graph.direction[way[half >> 1]];
    return half & 1 ? reversed(direction) : direction;
  };
  const isJunction = new Uint8Array(nodeCount);
  for (let node = 0; node < nodeCount; node++) {
    const degree = offset[node + 1] - offset[node];
    if (degree === 0) continue;
    const [a, b] = [at[offset[node]], at[offset[node] + 1]];
    const through =
      degree === 2 &&
      !cuts.has(node) &&
      sort[way[a >> 1]] === sort[way[b >> 1]] &&
      outward(a) === reversed(outward(b)) &&
      a >> 1 !== b >> 1;
    if (through) continue;
    isJunction[node] = 1;
  }

  const used = new Uint8Array(from.length);
  const chainNodes = new Uint32Array(from.length * 2);
  const pieceWay = new Uint32Array(from.length * 2);
  const offsets: number[] = [0];
  const directions: number[] = [];
  let end = 0;

  const follow = (start: number, firstHalf: number): void => {
    directions.push(outward(firstHalf));
    let node = start;
    let half = firstHalf;
    for (;;) {
      const piece = half >> 1;
      used[piece] = 1;
      chainNodes[end] = node;
      pieceWay[end++] = way[piece];
      node = half & 1 ? from[piece] : to[piece];
      if (isJunction[node]) break;
      half = at[offset[node]] >> 1 === piece ? at[offset[node] + 1] : at[offset[node]];
    }
    chainNodes[end++] = node;
    offsets.push(end);
  };

  const junctions: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (!isJunction[node]) continue;
    junctions.push(node);
    for (let i = offset[node]; i < offset[node + 1]; i++) if (!used[at[i] >> 1]) follow(node, at[i]);
  }
  for (let piece = 0; piece < from.length; piece++) {
    if (used[piece]) continue;
    isJunction[from[piece]] = 1;
    junctions.push(from[piece]);
    follow(from[piece], piece * 2);
  }
  return {
    junctions: Uint32Array.from(junctions),
    chainOffset: Uint32Array.from(offsets),
    chainNodes: chainNodes.slice(0, end),
    pieceWay: pieceWay.slice(0, end),
    direction: Uint8Array.from(directions),
  };
}
