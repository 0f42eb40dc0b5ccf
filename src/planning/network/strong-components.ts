import type { RoadNetwork } from './region.js';

/** Directed edges in compressed rows: the ends of node n's edges are `to[offset[n]] … to[offset[n + 1]]`. */
interface Rows {
  offset: Uint32Array;
  to: Uint32Array;
}

/** @param backwards follow the roads against the way they may be driven */
function rowsOf(roads: RoadNetwork, backwards: boolean): Rows {
  const { from, to, secondsForward, secondsBackward } = roads;
  const offset = new Uint32Array(roads.nodeLonE7.length + 1);
  const each = (visit: (a: number, b: number) => void): void => {
    for (let road = 0; road < from.length; road++) {
      const [out, back] = backwards ? [secondsBackward, secondsForward] : [secondsForward, secondsBackward];
      if (out[road] !== Infinity) visit(from[road]!, to[road]!);
      if (back[road] !== Infinity) visit(to[road]!, from[road]!);
    }
  };
  each((a) => offset[a + 1]!++);
  for (let node = 1; node < offset.length; node++) offset[node]! += offset[node - 1]!;
  const next = offset.slice();
  const ends = new Uint32Array(offset.at(-1)!);
  each((a, b) => {
    ends[next[a]!++] = b;
  });
  return { offset, to: ends };
}

/** Walks depth first from a node over nodes not seen yet; `leave` hears of each when the walk is done with it. */
function walk(rows: Rows, start: number, seen: Uint8Array, leave: (node: number) => void): void {
  const stack = [start];
  const next = [rows.offset[start]!];
  seen[start] = 1;
  while (stack.length > 0) {
    const node = stack.at(-1)!;
    const at = next[next.length - 1]!++;
    if (at < rows.offset[node + 1]!) {
      const end = rows.to[at]!;
      if (seen[end]) continue;
      seen[end] = 1;
      stack.push(end);
      next.push(rows.offset[end]!);
    } else {
      stack.pop();
      next.pop();
      leave(node);
    }
  }
}

/**
 * How many nodes can be driven to from each node and back again, itself included: the size of its strongly connected
 * component (Kosaraju's algorithm, without recursion).
 */
export function returnableNodes(roads: RoadNetwork): Uint32Array {
  const count = roads.nodeLonE7.length;
  const left: number[] = [];
  const seen = new Uint8Array(count);
  const forwards = rowsOf(roads, false);
  for (let node = 0; node < count; node++) if (!seen[node]) walk(forwards, node, seen, (each) => left.push(each));
  seen.fill(0);
  const backwards = rowsOf(roads, true);
  const size = new Uint32Array(count);
  for (const node of left.reverse()) {
    if (seen[node]) continue;
    const members: number[] = [];
    walk(backwards, node, seen, (each) => members.push(each));
    for (const member of members) size[member] = members.length;
  }
  return size;
}
