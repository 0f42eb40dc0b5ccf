/**
 * Judges loops from their GeoJSON coordinates and the plain arrays of the network. It shares no code with the program: its
 * own distance, its own hysteresis, its own resampling and corridors, its own bridges.
 */

/** The arrays of a network that the checker reads; the same as the program's, but nothing of the program is used. */
export interface PlainNetwork {
  junctionCount: number;
  segmentCount: number;
  from: ArrayLike<number>;
  to: ArrayLike<number>;
  walkable: ArrayLike<number>;
  kind: ArrayLike<number>;
  pointOffset: ArrayLike<number>;
  pointLonE7: ArrayLike<number>;
  pointLatE7: ArrayLike<number>;
}

export type Position = number[];

export interface Verdict {
  /** What is plainly wrong; a loop with any of these is no loop. */
  faults: string[];
  lengthMeters: number;
  lengthErrorPercent: number;
  overlapPercent: number;
  approachPercent: number;
  trailPercent: number;
  roundness: number;
  /** Times the walk turns round on the spot outside its approach. */
  spurs: number;
  ascentMeters: number;
  /** Compass degrees from the start to the middle of the loop. */
  bearing: number;
  /** The planner's score recomputed from these figures alone. */
  score: number;
  /** Network segments of the loop without its approach, with their lengths. */
  segments: Map<number, number>;
}

const RADIUS = 6_371_008.8;
const rad = (degrees: number): number => (degrees * Math.PI) / 180;

/** Great-circle distance by the spherical case of Vincenty's formula. */
function meters(a: Position, b: Position): number {
  const [p, q] = [rad(a[1]), rad(b[1])];
  const d = rad(b[0] - a[0]);
  const y = Math.hypot(Math.cos(q) * Math.sin(d), Math.cos(p) * Math.sin(q) - Math.sin(p) * Math.cos(q) * Math.cos(d));
  return RADIUS * Math.atan2(y, Math.sin(p) * Math.sin(q) + Math.cos(p) * Math.cos(q) * Math.cos(d));
}

const pointKey = (lonE7: number, latE7: number): string => `${lonE7},${latE7}`;
const legKey = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);
const keyOf = ([lon, lat]: Position): string => pointKey(Math.round(lon * 1e7), Math.round(lat * 1e7));

interface Leg {
  segment: number;
  forward: boolean;
}

export class Checker {
  readonly #network: PlainNetwork;
  /** Which segments have a leg between two points; several where ways lie on each other. */
  readonly #legs = new Map<string, Leg[]>();
  readonly #lengths: number[] = [];
  readonly #around: { segment: number; other: number }[][];
  readonly #trailKinds: Set<number>;
  readonly #approachOf = new Map<string, Set<number>>();

  /** @param trailKinds the numbers of the kinds that are trails */
  constructor(network: PlainNetwork, trailKinds: Iterable<number>) {
    this.#network = network;
    this.#trailKinds = new Set(trailKinds);
    this.#around = Array.from({ length: network.junctionCount }, () => []);
    for (let segment = 0; segment < network.segmentCount; segment++) {
      let length = 0;
      for (let p = network.pointOffset[segment]; p + 1 < network.pointOffset[segment + 1]; p++) {
        const a = [network.pointLonE7[p] / 1e7, network.pointLatE7[p] / 1e7];
        const b = [network.pointLonE7[p + 1] / 1e7, network.pointLatE7[p + 1] / 1e7];
        length += meters(a, b);
        const [from, to] = [keyOf(a), keyOf(b)];
        const key = legKey(from, to);
        const known = this.#legs.get(key) ?? [];
        known.push({ segment, forward: from < to });
        this.#legs.set(key, known);
      }
      this.#lengths.push(length);
      this.#around[network.from[segment]].push({ segment, other: network.to[segment] });
      this.#around[network.to[segment]].push({ segment, other: network.from[segment] });
    }
  }

  /** Distances from a junction along the network, nothing farther than `most`. */
  #distances(start: number, most: number): Map<number, number> {
    const settled = new Map<number, number>();
    const buckets: [number, number][][] = [[[start, 0]]];
    const width = 20;
    for (let b = 0; b < buckets.length; b++) {
      const bucket = buckets[b] ?? [];
      bucket.sort((x, y) => x[1] - y[1]);
      for (let i = 0; i < bucket.length; i++) {
        const [node, walked] = bucket[i];
        if ((settled.get(node) ?? Number.POSITIVE_INFINITY) <= walked) continue;
        settled.set(node, walked);
        for (const { segment, other } of this.#around[node]) {
          const reach = walked + this.#lengths[segment];
          if (reach > most || (settled.get(other) ?? Number.POSITIVE_INFINITY) <= reach) continue;
          const slot = Math.floor(reach / width);
          if (slot === b) bucket.push([other, reach]);
          else {
            buckets[slot] ??= [];
            buckets[slot].push([other, reach]);
          }
        }
      }
    }
    return settled;
  }

  /** Segments that are bridges of the part of the network which closed walks of that length from the start can use. */
  unavoidable(start: number, lengthMeters: number): Set<number> {
    const known = this.#approachOf.get(`${start} ${lengthMeters}`);
    if (known) return known;
    const distance = this.#distances(start, lengthMeters / 2);
    const usable = (segment: number): boolean => {
      const a = distance.get(this.#network.from[segment]);
      const b = distance.get(this.#network.to[segment]);
      return a !== undefined && b !== undefined && a + this.#lengths[segment] + b <= lengthMeters;
    };
    // Chain decomposition (Schmidt 2013): an edge of a depth-first tree on no chain is a bridge.
    const order: number[] = [];
    const parent = new Map<number, { node: number; segment: number }>();
    const rank = new Map<number, number>();
    const stack: [number, number, number][] = [[start, -1, -1]];
    while (stack.length > 0) {
      const [node, from, by] = stack.pop()!;
      if (rank.has(node)) continue;
      rank.set(node, order.length);
      order.push(node);
      if (by >= 0) parent.set(node, { node: from, segment: by });
      for (const { segment, other } of this.#around[node]) {
        if (segment !== by && usable(segment) && !rank.has(other)) stack.push([other, node, segment]);
      }
    }
    const onChain = new Set<number>();
    const visited = new Set<number>();
    for (const node of order) {
      for (const { segment, other } of this.#around[node]) {
        if (!usable(segment) || onChain.has(segment)) continue;
        const isTree = parent.get(other)?.segment === segment || parent.get(node)?.segment === segment;
        if (isTree || rank.get(other)! < rank.get(node)!) continue;
        onChain.add(segment);
        visited.add(node);
        for (let at = other; !visited.has(at); at = parent.get(at)!.node) {
          visited.add(at);
          onChain.add(parent.get(at)!.segment);
        }
      }
    }
    const bridges = new Set<number>();
    for (const node of order) {
      for (const { segment } of this.#around[node]) if (usable(segment) && !onChain.has(segment)) bridges.add(segment);
    }
    this.#approachOf.set(`${start} ${lengthMeters}`, bridges);
    return bridges;
  }

  /**
   * @param coordinates of the LineString
   * @param start the junction it should start from
   */
  judge(
    coordinates: Position[],
    start: { junction: number; lon: number; lat: number },
    asked: { lengthMeters: number; minAscentMeters?: number | null; maxAscentMeters?: number | null },
  ): Verdict {
    const faults: string[] = [];
    const keys = coordinates.map(keyOf);
    if (keys[0] !== keys[keys.length - 1]) faults.push('not closed');
    if (keys[0] !== keyOf([start.lon, start.lat])) faults.push('starts elsewhere');
    const walked = coordinates.slice(1).reduce((sum, position, i) => sum + meters(coordinates[i], position), 0);
    const approach = this.unavoidable(start.junction, Math.max(asked.lengthMeters, walked));
    const segmentOfLeg: number[] = [];
    const lengths: number[] = [];
    let total = 0;
    let trail = 0;
    let approachMeters = 0;
    for (let i = 0; i + 1 < coordinates.length; i++) {
      const candidates = this.#legs.get(legKey(keys[i], keys[i + 1])) ?? [];
      const allowed = candidates.filter(({ segment, forward }) => {
        const along = forward === keys[i] < keys[i + 1];
        return (this.#network.walkable[segment] & (along ? 1 : 2)) !== 0;
      });
      const leg = allowed.find(({ segment }) => segment === segmentOfLeg[i - 1]) ?? allowed[0];
      if (!leg) faults.push(`leg ${i} is on no way that may be walked so`);
      const length = meters(coordinates[i], coordinates[i + 1]);
      segmentOfLeg.push(leg?.segment ?? -1);
      lengths.push(length);
      total += length;
      if (leg && this.#trailKinds.has(this.#network.kind[leg.segment])) trail += length;
      if (leg && approach.has(leg.segment)) approachMeters += length;
    }
    let spurs = 0;
    for (let i = 1; i < segmentOfLeg.length; i++) {
      if (keys[i - 1] === keys[i + 1] && !approach.has(segmentOfLeg[i])) spurs++;
    }
    const overlap = overlapOf(coordinates, lengths, segmentOfLeg, approach);
    const shape = shapeOf(coordinates, lengths);
    const ascentMeters = ascentOf(coordinates);
    const lengthError = Math.abs(total / asked.lengthMeters - 1);
    let score =
      10 * lengthError + (5 * overlap) / total + 0.2 * (1 - trail / total) - 0.1 * Math.min(0.6, shape.roundness);
    const { minAscentMeters: min, maxAscentMeters: max } = asked;
    const miss = Math.max(
      min != null ? (min - ascentMeters) / Math.max(100, min) : 0,
      max != null ? (ascentMeters - max) / Math.max(100, max) : 0,
    );
    if (miss > 0) score += 0.15 + 5 * miss;
    const segments = new Map<number, number>();
    segmentOfLeg.forEach((segment, i) => {
      if (segment >= 0 && !approach.has(segment)) segments.set(segment, (segments.get(segment) ?? 0) + lengths[i]);
    });
    return {
      faults,
      lengthMeters: total,
      lengthErrorPercent: 100 * lengthError,
      overlapPercent: (100 * overlap) / total,
      approachPercent: (100 * approachMeters) / total,
      trailPercent: (100 * trail) / total,
      spurs,
      ascentMeters,
      score,
      segments,
      ...shape,
    };
  }

  /** Length of a network segment. */
  segmentMeters(segment: number): number {
    return this.#lengths[segment];
  }
}

/** Share of the shorter of two loops, approaches left out, on segments that both use. */
export function sharedOf(one: Verdict, other: Verdict): number {
  const sum = (verdict: Verdict): number => [...verdict.segments.values()].reduce((a, b) => a + b, 0);
  let both = 0;
  for (const [segment, length] of one.segments) if (other.segments.has(segment)) both += length;
  return both / Math.max(1, Math.min(sum(one), sum(other)));
}

/** Metres walked twice, by samples every 10 m: repeated segments, and corridors of 25 m within 30° over 200 m apart. */
function overlapOf(coordinates: Position[], lengths: number[], segmentOfLeg: number[], approach: Set<number>): number {
  const total = lengths.reduce((a, b) => a + b, 0);
  const scale = RADIUS * rad(1);
  const flat = coordinates.map(([lon, lat]) => [
    (((lon - coordinates[0][0] + 540) % 360) - 180) * scale * Math.cos(rad(coordinates[0][1])),
    (lat - coordinates[0][1]) * scale,
  ]);
  /** When a segment was entered for the first time, as a leg; legs of one pass follow each other. */
  const firstPass = new Map<number, number>();
  const passOf: number[] = [];
  segmentOfLeg.forEach((segment, i) => {
    const goesOn = i > 0 && segmentOfLeg[i - 1] === segment && !samePlace(coordinates[i - 1], coordinates[i + 1]);
    passOf.push(goesOn ? passOf[i - 1] : i);
    if (!firstPass.has(segment)) firstPass.set(segment, passOf[i]);
  });
  const samples: { x: number; y: number; hx: number; hy: number; at: number; repeated: boolean }[] = [];
  let walked = 0;
  let next = 5;
  let covered = 0;
  for (let i = 0; i < lengths.length; i++) {
    const [ax, ay] = flat[i];
    const [bx, by] = flat[i + 1];
    for (; next <= walked + lengths[i]; next += 10) {
      const part = (next - walked) / lengths[i];
      if (approach.has(segmentOfLeg[i])) continue;
      const norm = Math.hypot(bx - ax, by - ay) || 1;
      samples.push({
        x: ax + part * (bx - ax),
        y: ay + part * (by - ay),
        hx: (bx - ax) / norm,
        hy: (by - ay) / norm,
        at: next,
        repeated: firstPass.get(segmentOfLeg[i]) !== passOf[i],
      });
    }
    walked += lengths[i];
  }
  const squares = new Map<string, number[]>();
  samples.forEach((here, i) => {
    const [cx, cy] = [Math.floor(here.x / 25), Math.floor(here.y / 25)];
    let hit = here.repeated;
    for (let dx = -1; dx <= 1 && !hit; dx++) {
      for (let dy = -1; dy <= 1 && !hit; dy++) {
        for (const j of squares.get(`${cx + dx} ${cy + dy}`) ?? []) {
          const there = samples[j];
          const apart = here.at - there.at;
          if (apart <= 200 || total - apart <= 200) continue;
          if (Math.hypot(here.x - there.x, here.y - there.y) > 25) continue;
          if (Math.abs(here.hx * there.hx + here.hy * there.hy) < Math.cos(rad(30))) continue;
          hit = true;
          break;
        }
      }
    }
    if (hit) covered += 10;
    const key = `${cx} ${cy}`;
    squares.set(key, [...(squares.get(key) ?? []), i]);
  });
  return covered;
}

const samePlace = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

/** Rises of 10 m and more, found by walking from extreme to extreme. NaN where an elevation is missing. */
function ascentOf(coordinates: Position[]): number {
  const heights = coordinates.map((position) => position[2]);
  if (heights.some((height) => height === undefined || Number.isNaN(height))) return Number.NaN;
  let ascent = 0;
  let low = heights[0];
  let high = heights[0];
  let climbing: boolean | null = null;
  for (const height of heights) {
    if (climbing !== false) high = Math.max(high, height);
    if (climbing !== true) low = Math.min(low, height);
    if (climbing !== true && height - low >= 10) {
      climbing = true;
      high = height;
    } else if (climbing !== false && high - height >= 10) {
      if (climbing) ascent += high - low;
      climbing = false;
      low = height;
    }
  }
  return climbing ? ascent + high - low : ascent;
}

/** Isoperimetric quotient, and the bearing of the loop's middle from its start. */
function shapeOf(coordinates: Position[], lengths: number[]): { roundness: number; bearing: number } {
  const [lon0, lat0] = coordinates[0];
  const scale = RADIUS * rad(1);
  const flat = coordinates.map(([lon, lat]) => [
    (((lon - lon0 + 540) % 360) - 180) * scale * Math.cos(rad(lat0)),
    (lat - lat0) * scale,
  ]);
  let area = 0;
  let mx = 0;
  let my = 0;
  let total = 0;
  for (let i = 0; i + 1 < flat.length; i++) {
    area += (flat[i][0] * flat[i + 1][1] - flat[i + 1][0] * flat[i][1]) / 2;
    mx += (lengths[i] * (flat[i][0] + flat[i + 1][0])) / 2;
    my += (lengths[i] * (flat[i][1] + flat[i + 1][1])) / 2;
    total += lengths[i];
  }
  return {
    roundness: (4 * Math.PI * Math.abs(area)) / (total * total),
    bearing: ((Math.atan2(mx, my) * 180) / Math.PI + 360) % 360,
  };
}
