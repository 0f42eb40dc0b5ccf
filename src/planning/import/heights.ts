import { distanceMetersE7 } from '../network/geodesy.js';
import { turnE7, wrapE7 } from '../network/longitude.js';
import { UNKNOWN_ELEVATION } from '../network/network.js';
import type { WayGraph } from './contract.js';
import type { ElevationAt } from './survey.js';

/** Half metres, as points store them. */
const stored = (meters: number): number => (Number.isNaN(meters) ? UNKNOWN_ELEVATION : Math.round(meters * 2));

/** About a cell of the finer models: between two samples the ground is taken to be even. */
const SAMPLE_METERS = 30;
/** A sample that differs less from the straight line between its neighbours is left out again, in half metres. */
const NOTICED = 2;

/** Two nodes of a graph, neighbours on a way off the ground. */
interface Beside {
  node: number;
  meters: number;
}

/**
 * The height of every node that a way passes, in half metres. In tunnels and on bridges, however many ways they are made
 * of, the model shows the hill above or the gorge below: there the way rises evenly from where it leaves the ground to
 * where it comes back (where it branches, ends nearer by weigh more, by one over the distance).
 * @param isOffGround by way
 */
export function nodeHeights(
  graph: WayGraph,
  isOffGround: (way: number) => boolean,
  elevationAt: ElevationAt,
): Int16Array {
  const { nodeLonE7, nodeLatE7, wayOffset, wayNodes } = graph;
  const heights = new Int16Array(nodeLonE7.length).fill(UNKNOWN_ELEVATION);
  const onGround = new Uint8Array(nodeLonE7.length);
  const beside = new Map<number, Beside[]>();
  const put = (from: number, node: number, meters: number): void => {
    const known = beside.get(from);
    if (known) known.push({ node, meters });
    else beside.set(from, [{ node, meters }]);
  };
  for (let w = 0; w + 1 < wayOffset.length; w++) {
    const off = isOffGround(w);
    for (let i = wayOffset[w]; i < wayOffset[w + 1]; i++) {
      const node = wayNodes[i];
      if (!off) onGround[node] = 1;
      else if (i > wayOffset[w]) {
        const last = wayNodes[i - 1];
        const meters = distanceMetersE7(nodeLonE7[last], nodeLatE7[last], nodeLonE7[node], nodeLatE7[node]);
        put(last, node, meters);
        put(node, last, meters);
      }
    }
  }
  const measure = (node: number): void => {
    heights[node] = stored(elevationAt(nodeLonE7[node], nodeLatE7[node]));
  };
  for (let node = 0; node < onGround.length; node++) if (onGround[node] === 1) measure(node);
  // Where a tunnel or a bridge ends in the extract there is ground as well, as far as one can know.
  for (const [node, neighbours] of beside) {
    if (onGround[node] === 1 || neighbours.some(({ node: other }) => other !== neighbours[0].node)) continue;
    onGround[node] = 1;
    measure(node);
  }
  for (const node of beside.keys()) if (onGround[node] === 0) heights[node] = between(node, beside, onGround, heights);
  return heights;
}

/** The height of a node off the ground from those on the ground around it. */
function between(node: number, beside: Map<number, Beside[]>, onGround: Uint8Array, heights: Int16Array): number {
  const distance = new Map([[node, 0]]);
  const open = [node];
  let sum = 0;
  let weights = 0;
  // Shortest first; there are few.
  while (open.length > 0) {
    open.sort((a, b) => distance.get(b)! - distance.get(a)!);
    const at = open.pop()!;
    const here = distance.get(at)!;
    if (onGround[at] === 1) {
      if (heights[at] === UNKNOWN_ELEVATION) return UNKNOWN_ELEVATION;
      const weight = 1 / Math.max(here, 0.01);
      sum += weight * heights[at];
      weights += weight;
      continue;
    }
    for (const { node: next, meters } of beside.get(at) ?? []) {
      const reach = here + meters;
      const known = distance.get(next);
      if (known !== undefined && known <= reach) continue;
      if (known === undefined) open.push(next);
      distance.set(next, reach);
    }
  }
  return weights > 0 ? Math.round(sum / weights) : UNKNOWN_ELEVATION;
}

/** A line with heights, point after point. */
export interface Profile {
  lonE7: number[];
  latE7: number[];
  elevation: number[];
}

/**
 * Adds what the ground does between two points to a line that ends at the first: points at which it leaves the straight
 * line between them (Douglas and Peucker's reduction, on heights).
 */
export function addBetween(
  line: Profile,
  to: { lonE7: number; latE7: number; elevation: number },
  elevationAt: ElevationAt,
): void {
  const [lon, lat, low] = [line.lonE7.at(-1)!, line.latE7.at(-1)!, line.elevation.at(-1)!];
  const parts = Math.floor(distanceMetersE7(lon, lat, to.lonE7, to.latE7) / SAMPLE_METERS);
  if (parts < 2) return;
  const east = turnE7(lon, to.lonE7);
  const samples = Array.from({ length: parts + 1 }, (_, i) => {
    const lonE7 = wrapE7(Math.round(lon + (east * i) / parts));
    const latE7 = Math.round(lat + ((to.latE7 - lat) * i) / parts);
    if (i === 0 || i === parts) return { lonE7, latE7, elevation: i === 0 ? low : to.elevation };
    return { lonE7, latE7, elevation: stored(elevationAt(lonE7, latE7)) };
  });
  const kept = new Set<number>();
  const reduce = (first: number, last: number): void => {
    let [farthest, most] = [-1, NOTICED];
    const [a, b] = [samples[first].elevation, samples[last].elevation];
    for (let i = first + 1; i < last; i++) {
      const isGap = (samples[i].elevation === UNKNOWN_ELEVATION) !== (a === UNKNOWN_ELEVATION);
      const off = isGap
        ? Number.POSITIVE_INFINITY
        : Math.abs(samples[i].elevation - (a + ((b - a) * (i - first)) / (last - first)));
      if (off > most) [farthest, most] = [i, off];
    }
    if (farthest < 0) return;
    kept.add(farthest);
    reduce(first, farthest);
    reduce(farthest, last);
  };
  reduce(0, parts);
  for (let i = 1; i < parts; i++) {
    if (!kept.has(i)) continue;
    line.lonE7.push(samples[i].lonE7);
    line.latE7.push(samples[i].latE7);
    line.elevation.push(samples[i].elevation);
  }
}
