import type { PlainNetwork } from './checker.js';

/**
 * The round trip of GraphHopper's routing engine (RoundTripRouting, MultiPointTour and AvoidEdgesWeighting), written
 * again for the network at hand: below 50 km one point at a third of the length ± 10 % as the crow flies in a drawn
 * direction, the nearest junction to it, the cheapest way there and the cheapest way back, on which edges of the way out
 * cost five times as much. No step of it looks at the length of what comes out.
 */
export class BeelineVia {
  readonly #network: PlainNetwork;
  readonly #lengths: number[];
  readonly #isTrail: (segment: number) => boolean;
  readonly #exits: number[][];
  readonly #lon: number[] = [];
  readonly #lat: number[] = [];

  constructor(network: PlainNetwork, lengths: number[], isTrail: (segment: number) => boolean) {
    this.#network = network;
    this.#lengths = lengths;
    this.#isTrail = isTrail;
    this.#exits = Array.from({ length: network.junctionCount }, () => []);
    for (let s = 0; s < network.segmentCount; s++) {
      const first = network.pointOffset[s];
      const last = network.pointOffset[s + 1] - 1;
      for (const [junction, p, half] of [
        [network.from[s], first, 2 * s],
        [network.to[s], last, 2 * s + 1],
      ]) {
        this.#lon[junction] = network.pointLonE7[p] / 1e7;
        this.#lat[junction] = network.pointLatE7[p] / 1e7;
        if (network.walkable[s] & (half & 1 ? 2 : 1)) this.#exits[junction].push(half);
      }
    }
  }

  /** @returns half-edges (segment × 2, plus 1 backwards) of the round trip, null when the point cannot be reached */
  plan(start: number, lengthMeters: number, random: () => number): number[] | null {
    for (let attempt = 0, share = 1; attempt < 3; attempt++, share *= 0.95) {
      const heading = 2 * Math.PI * random();
      const far = (share * lengthMeters * (0.9 + 0.2 * random())) / 3;
      const via = this.#nearest(start, heading, far);
      if (via === start) continue;
      const out = this.#path(start, via, new Set());
      if (!out) continue;
      const back = this.#path(via, start, new Set(out.map((half) => half >> 1)));
      if (back) return [...out, ...back];
    }
    return null;
  }

  #nearest(start: number, heading: number, far: number): number {
    const scale = 111_195;
    const shrink = Math.cos((this.#lat[start] * Math.PI) / 180);
    const lon = this.#lon[start] + (far * Math.sin(heading)) / scale / shrink;
    const lat = this.#lat[start] + (far * Math.cos(heading)) / scale;
    let best = start;
    let least = Number.POSITIVE_INFINITY;
    for (let j = 0; j < this.#network.junctionCount; j++) {
      const d = ((this.#lon[j] - lon) * shrink) ** 2 + (this.#lat[j] - lat) ** 2;
      if (d < least) [best, least] = [j, d];
    }
    return best;
  }

  #path(from: number, to: number, avoided: Set<number>): number[] | null {
    const { from: a, to: b, junctionCount } = this.#network;
    const cost = new Float64Array(junctionCount).fill(Number.POSITIVE_INFINITY);
    const by = new Int32Array(junctionCount).fill(-1);
    const queue = new BinaryHeap();
    cost[from] = 0;
    queue.push(0, from);
    for (let top = queue.pop(); top; top = queue.pop()) {
      const [walked, node] = top;
      if (node === to) break;
      if (walked > cost[node]) continue;
      for (const half of this.#exits[node]) {
        const segment = half >> 1;
        const factor = (this.#isTrail(segment) ? 1 : 1.7) * (avoided.has(segment) ? 5 : 1);
        const reach = walked + this.#lengths[segment] * factor;
        const other = half & 1 ? a[segment] : b[segment];
        if (reach >= cost[other]) continue;
        cost[other] = reach;
        by[other] = half;
        queue.push(reach, other);
      }
    }
    if (by[to] < 0) return null;
    const path: number[] = [];
    for (let node = to; node !== from; node = by[node] & 1 ? b[by[node] >> 1] : a[by[node] >> 1]) path.push(by[node]);
    return path.reverse();
  }
}

class BinaryHeap {
  readonly #items: [number, number][] = [];

  push(key: number, value: number): void {
    const items = this.#items;
    let at = items.push([key, value]) - 1;
    for (let up = (at - 1) >> 1; at > 0 && items[up][0] > items[at][0]; at = up, up = (at - 1) >> 1) {
      [items[up], items[at]] = [items[at], items[up]];
    }
  }

  pop(): [number, number] | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (items.length === 0 || !last) return top;
    items[0] = last;
    for (let at = 0; ; ) {
      let child = 2 * at + 1;
      if (child >= items.length) return top;
      if (child + 1 < items.length && items[child + 1][0] < items[child][0]) child++;
      if (items[at][0] <= items[child][0]) return top;
      [items[at], items[child]] = [items[child], items[at]];
      at = child;
    }
  }
}
