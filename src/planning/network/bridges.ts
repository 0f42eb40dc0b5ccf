/** Nodes entered between two calls of `breathe`: well under a millisecond. */
const BREATH = 2_048;

/**
 * The edges whose removal would part a graph (Tarjan 1974, without recursion: a chain of ten thousand nodes is deep).
 * Parallel edges and edges that end where they begin are no bridges. One-way edges count as edges like all others.
 * @param at the edges at each node
 * @param breathe called every so often, and may throw to give up
 * @returns by edge, 1 for a bridge
 */
export function findBridges(
  a: Int32Array,
  b: Int32Array,
  { offset, incident }: Incidence,
  breathe: () => void = () => {},
): Uint8Array {
  const nodeCount = offset.length - 1;
  const isBridge = new Uint8Array(a.length);
  const entered = new Int32Array(nodeCount).fill(-1);
  // Of the nodes on the path to the present one; its own are in variables.
  const low = new Int32Array(nodeCount);
  const entryEdge = new Int32Array(nodeCount);
  const next = new Int32Array(nodeCount);
  const path = new Int32Array(nodeCount);
  let clock = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (entered[root] >= 0) continue;
    let depth = 0;
    let node = root;
    let came = -1;
    let lowest = clock;
    let k = offset[node];
    entered[node] = clock++;
    for (;;) {
      for (let end = offset[node + 1]; k < end; ) {
        const edge = incident[k++];
        if (edge === came) continue;
        const other = a[edge] === node ? b[edge] : a[edge];
        const before = entered[other];
        if (before >= 0) {
          if (before < lowest) lowest = before;
          continue;
        }
        if (clock % BREATH === 0) breathe();
        path[depth++] = node;
        low[node] = lowest;
        entryEdge[node] = came;
        next[node] = k;
        node = other;
        came = edge;
        lowest = clock;
        entered[node] = clock++;
        k = offset[node];
        end = offset[node + 1];
      }
      if (depth === 0) break;
      const above = path[--depth];
      if (lowest > entered[above]) isBridge[came] = 1;
      if (low[above] < lowest) lowest = low[above];
      node = above;
      came = entryEdge[node];
      k = next[node];
    }
  }
  return isBridge;
}

/** The edges at each node: `incident[offset[node]] … `; an edge that ends where it begins is listed twice. */
export interface Incidence {
  offset: Int32Array;
  incident: Int32Array;
}

export function incidence(nodeCount: number, a: Int32Array, b: Int32Array): Incidence {
  const offset = new Int32Array(nodeCount + 1);
  for (let e = 0; e < a.length; e++) {
    offset[a[e] + 1]++;
    offset[b[e] + 1]++;
  }
  for (let n = 0; n < nodeCount; n++) offset[n + 1] += offset[n];
  const next = offset.slice(0, nodeCount);
  const incident = new Int32Array(2 * a.length);
  for (let e = 0; e < a.length; e++) {
    incident[next[a[e]]++] = e;
    incident[next[b[e]]++] = e;
  }
  return { offset, incident };
}
