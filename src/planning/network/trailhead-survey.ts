import { findBridges, incidence } from './bridges.js';
import { Heap } from './heap.js';
import { isTrail, type Network } from './network.js';
import type { Trailhead } from './region.js';

/** What is known of a trailhead whatever is asked: enough to choose among hundreds without planning from each. */
export interface TrailheadPreparation {
  /** Nothing but dead ends: no loop of any length starts here. */
  island: boolean;
  /**
   * Length of every stretch that a loop from here could use but for its approach, each once: no loop that walks nothing
   * twice is longer.
   */
  reachableMeters: number;
  /** One way, to the nearest junction where loops begin; it must be walked back as well. 0 on an island. */
  approachMeters: number;
  /** Metres of such stretches within 5 km of walking, and the share of them that is trail (0–1). */
  nearbyMeters: number;
  nearbyTrailShare: number;
}

/** How far "nearby" is, in metres of walking. */
const NEARBY_METERS = 5_000;

/**
 * @param network of the whole region
 * @returns by trailhead id
 */
export function surveyTrailheads(network: Network, trailheads: Trailhead[]): Map<string, TrailheadPreparation> {
  const survey = new RegionSurvey(network);
  const byJunction = new Map<number, TrailheadPreparation>();
  return new Map(
    trailheads.map(({ id, junction }) => {
      const known = byJunction.get(junction) ?? survey.of(junction);
      byJunction.set(junction, known);
      return [id, known];
    }),
  );
}

type OpenSegments = Pick<Network, 'junctionCount' | 'from' | 'to' | 'lengthMeters' | 'kind'>;

/** Without the segments that are closed unless a date opens them. */
function openSegments({ junctionCount, from, to, lengthMeters, kind, walkable }: Network): OpenSegments {
  const isOpen = (_: number, segment: number): boolean => walkable[segment] !== 0;
  return {
    junctionCount,
    from: from.filter(isOpen),
    to: to.filter(isOpen),
    lengthMeters: lengthMeters.filter(isOpen),
    kind: kind.filter(isOpen),
  };
}

class RegionSurvey {
  readonly #network: OpenSegments;
  readonly #offset: Int32Array;
  readonly #incident: Int32Array;
  readonly #isBridge: Uint8Array;
  /** By junction: which connected part it lies in; and of each part, the metres that are no bridges. */
  readonly #part: Int32Array;
  readonly #partMeters: number[] = [];
  readonly #distance: Float64Array;
  readonly #heap = new Heap();

  constructor(whole: Network) {
    const network = openSegments(whole);
    const a = Int32Array.from(network.from);
    const b = Int32Array.from(network.to);
    const at = incidence(network.junctionCount, a, b);
    this.#network = network;
    this.#offset = at.offset;
    this.#incident = at.incident;
    this.#isBridge = findBridges(a, b, at);
    this.#part = new Int32Array(network.junctionCount).fill(-1);
    this.#distance = new Float64Array(network.junctionCount).fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < network.junctionCount; j++) if (this.#part[j] < 0) this.#addPart(j);
  }

  #addPart(first: number): void {
    const part = this.#partMeters.length;
    const queue = [first];
    let doubled = 0;
    this.#part[first] = part;
    for (const junction of queue) {
      for (let k = this.#offset[junction]; k < this.#offset[junction + 1]; k++) {
        const segment = this.#incident[k];
        if (!this.#isBridge[segment]) doubled += this.#network.lengthMeters[segment];
        const other = this.#across(segment, junction);
        if (this.#part[other] >= 0) continue;
        this.#part[other] = part;
        queue.push(other);
      }
    }
    this.#partMeters.push(doubled / 2);
  }

  #across(segment: number, junction: number): number {
    const { from, to } = this.#network;
    return from[segment] === junction ? to[segment] : from[segment];
  }

  of(junction: number): TrailheadPreparation {
    const reachableMeters = this.#partMeters[this.#part[junction]];
    const island = reachableMeters === 0;
    let approachMeters = -1;
    let nearbyMeters = 0;
    let trailMeters = 0;
    const { lengthMeters, kind } = this.#network;
    const distance = this.#distance;
    const heap = this.#heap;
    const touched = [junction];
    heap.clear();
    distance[junction] = 0;
    heap.push(0, junction);
    for (let at = heap.pop(); at >= 0; at = heap.pop()) {
      const walked = heap.key;
      if (walked > distance[at]) continue;
      if (walked > NEARBY_METERS && (approachMeters >= 0 || island)) break;
      for (let k = this.#offset[at]; k < this.#offset[at + 1]; k++) {
        const segment = this.#incident[k];
        if (!this.#isBridge[segment]) {
          if (approachMeters < 0) approachMeters = walked;
          // Each segment is met from both of its ends.
          if (walked <= NEARBY_METERS) {
            nearbyMeters += lengthMeters[segment] / 2;
            if (isTrail(kind[segment])) trailMeters += lengthMeters[segment] / 2;
          }
        }
        const other = this.#across(segment, at);
        const reach = walked + lengthMeters[segment];
        if (reach >= distance[other]) continue;
        distance[other] = reach;
        touched.push(other);
        heap.push(reach, other);
      }
    }
    for (const at of touched) distance[at] = Number.POSITIVE_INFINITY;
    return {
      island,
      reachableMeters: Math.round(reachableMeters),
      approachMeters: Math.round(Math.max(0, approachMeters)),
      nearbyMeters: Math.round(nearbyMeters),
      nearbyTrailShare: nearbyMeters > 0 ? Math.round((100 * trailMeters) / nearbyMeters) / 100 : 0,
    };
  }
}
