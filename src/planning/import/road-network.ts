import { distanceMetersE7 } from '../network/geodesy.js';
import { turnE7, wrapE7 } from '../network/longitude.js';
import type { RoadNetwork } from '../network/region.js';
import { BACKWARD, type Chains, contract, FORWARD } from './contract.js';
import type { Survey } from './survey.js';

const LONGEST_EDGE_METERS = 500;

/** Growing arrays of a road network. */
class Edges {
  readonly lonE7: number[] = [];
  readonly latE7: number[] = [];
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly meters: number[] = [];
  readonly forward: number[] = [];
  readonly backward: number[] = [];

  node(lonE7: number, latE7: number): number {
    this.lonE7.push(lonE7);
    return this.latE7.push(latE7) - 1;
  }

  /** @param seconds of driving, if it may be driven at all */
  edge(from: number, to: number, meters: number, seconds: number, direction: number): void {
    this.from.push(from);
    this.to.push(to);
    this.meters.push(meters);
    this.forward.push(direction & FORWARD ? seconds : Number.POSITIVE_INFINITY);
    this.backward.push(direction & BACKWARD ? seconds : Number.POSITIVE_INFINITY);
  }
}

/**
 * Contracts the drivable ways to nodes where they meet or end, with further nodes so that no edge is longer than 500 m:
 * an edge is kept as a straight line, and whoever looks for a road nearby looks there. At a barrier in the middle of a
 * road the two sides end apart; where more roads meet, it says nothing of which of them it closes, and closes none.
 */
export function roadNetwork({ drive, closedToCars, speedKmh }: Survey): RoadNetwork {
  const chains = contract(drive, new Uint32Array(speedKmh.length), closedToCars);
  const { junctions, chainOffset, chainNodes, pieceWay, direction } = chains;
  const { nodeLonE7: lon, nodeLatE7: lat } = drive;
  const edges = new Edges();
  const numberOf = new Map<number, number>();
  const ends = endsAt(closedToCars, chains);
  for (const node of junctions) if (ends.get(node) !== 2) numberOf.set(node, edges.node(lon[node], lat[node]));
  const endAt = (node: number): number =>
    ends.get(node) === 2 ? edges.node(lon[node], lat[node]) : numberOf.get(node)!;

  for (let c = 0; c < direction.length; c++) {
    const last = chainOffset[c + 1] - 1;
    let from = endAt(chainNodes[chainOffset[c]]);
    let meters = 0;
    let seconds = 0;
    const cut = (to: number): void => {
      edges.edge(from, to, meters, seconds, direction[c]);
      from = to;
      meters = 0;
      seconds = 0;
    };
    for (let i = chainOffset[c]; i < last; i++) {
      const [a, b] = [chainNodes[i], chainNodes[i + 1]];
      const piece = distanceMetersE7(lon[a], lat[a], lon[b], lat[b]);
      const secondsPerMeter = 3.6 / speedKmh[pieceWay[i]];
      if (meters > 0 && meters + piece > LONGEST_EDGE_METERS) cut(edges.node(lon[a], lat[a]));
      const parts = Math.ceil(piece / LONGEST_EDGE_METERS);
      for (let part = 1; part <= parts; part++) {
        meters += piece / parts;
        seconds += (piece / parts) * secondsPerMeter;
        if (part === parts) break;
        const share = part / parts;
        const east = turnE7(lon[a], lon[b]) * share;
        const north = (lat[b] - lat[a]) * share;
        cut(edges.node(wrapE7(Math.round(lon[a] + east)), Math.round(lat[a] + north)));
      }
    }
    cut(endAt(chainNodes[last]));
  }
  return {
    nodeLonE7: Int32Array.from(edges.lonE7),
    nodeLatE7: Int32Array.from(edges.latE7),
    from: Uint32Array.from(edges.from),
    to: Uint32Array.from(edges.to),
    lengthMeters: Float32Array.from(edges.meters),
    secondsForward: Float32Array.from(edges.forward),
    secondsBackward: Float32Array.from(edges.backward),
  };
}

/** How many ends of chains lie at each of some nodes. */
function endsAt(nodes: ReadonlySet<number>, { chainOffset, chainNodes, direction }: Chains): Map<number, number> {
  const ends = new Map<number, number>();
  for (let c = 0; c < direction.length; c++) {
    for (const end of [chainNodes[chainOffset[c]], chainNodes[chainOffset[c + 1] - 1]]) {
      if (nodes.has(end)) ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  }
  return ends;
}
