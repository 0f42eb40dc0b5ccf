/**
 * The edges whose removal would part a graph (Tarjan 1974, without recursion: a chain of ten thousand nodes is deep).
 * Parallel edges and edges that end where they begin are no bridges. One-way edges count as edges like all others.
 * @returns by edge, 1 for a bridge
 */
export function findBridges(nodeCount: number, a: Int32Array, b: Int32Array): Uint8Array {
  const edgeCount = a.length;
  const { offset, incident } = incidence(nodeCount, a, b);
  const isBridge = new Uint8Array(edgeCount);
  const entered = new Int32Array(nodeCount).fill(-1);
  const low = new Int32Array(nodeCount);
  const entryEdge = new Int32Array(nodeCount).fill(-1);
  const next = offset.slice(0, nodeCount);
  const path = new Int32Array(nodeCount);
  let clock = 0;
  for (let root = 0; root < nodeCount; root++) {
    if (entered[root] >= 0) continue;
    let depth = 0;
    path[depth++] = root;
    entered[root] = low[root] = clock++;
    while (depth > 0) {
      const node = path[depth - 1];
      if (next[node] < offset[node + 1]) {
        const edge = incident[next[node]++];
        if (edge === entryEdge[node]) continue;
        const other = a[edge] === node ? b[edge] : a[edge];
        if (entered[other] < 0) {
          entered[other] = low[other] = clock++;
          entryEdge[other] = edge;
          path[depth++] = other;
        } else if (entered[other] < low[node]) low[node] = entered[other];
      } else if (--depth > 0) {
        const above = path[depth - 1];
        if (low[node] < low[above]) low[above] = low[node];
        if (low[node] > entered[above]) isBridge[entryEdge[node]] = 1;
      }
    }
  }
  return isBridge;
}

/** The edges at each node: `incident[offset[node]] … `; an edge that ends where it begins is listed twice. */
export function incidence(
  nodeCount: number,
  a: Int32Array,
  b: Int32Array,
): { offset: Int32Array; incident: Int32Array } {
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
