import { distanceMetersE7 } from '../network/geodesy.js';
import { type Network, UNKNOWN_ELEVATION } from '../network/network.js';
import { AscentMeter } from '../network/turning-points.js';
import { contract } from './contract.js';
import type { ElevationAt, Survey, WalkTraits } from './survey.js';

/** Ways of one sort may be one segment: whoever walks from one onto the other notices nothing. */
function sortsOf(traits: WalkTraits[]): Uint32Array {
  const sorts = new Map<string, number>();
  return Uint32Array.from(traits, ({ offGround: _, ...noticed }) => {
    const key = JSON.stringify(noticed);
    const sort = sorts.get(key) ?? sorts.size;
    sorts.set(key, sort);
    return sort;
  });
}

/** Strings by number, number 0 being the empty one. */
class StringTable {
  readonly strings: string[] = [''];
  readonly #numbers = new Map([['', 0]]);

  numberOf(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) {
      number = this.strings.push(text) - 1;
      this.#numbers.set(text, number);
    }
    return number;
  }
}

/** The network's arrays that hold a list for each segment. */
type Points = Pick<Network, 'pointOffset' | 'pointLonE7' | 'pointLatE7' | 'pointElevation'>;

/**
 * Contracts the walkable ways to the network of a region.
 * @param elevationAt null when no elevation was given: ascents are then unknown
 */
export function trailNetwork({ walk, walkTraits }: Survey, elevationAt: ElevationAt | null): Network {
  const { junctions, chainOffset, chainNodes, pieceWay, direction } = contract(walk, sortsOf(walkTraits));
  const segmentCount = direction.length;
  const numberOfJunction = new Uint32Array(walk.nodeLonE7.length);
  for (let number = 0; number < junctions.length; number++) numberOfJunction[junctions[number]] = number;

  const points: Points = {
    pointOffset: chainOffset,
    pointLonE7: pick(walk.nodeLonE7, chainNodes),
    pointLatE7: pick(walk.nodeLatE7, chainNodes),
    pointElevation: new Int16Array(chainNodes.length).fill(UNKNOWN_ELEVATION),
  };
  const table = new StringTable();
  const byTraits = new Map<readonly string[], number[]>();
  const routeOffset = new Uint32Array(segmentCount + 1);
  const routes: number[] = [];
  const lengthMeters = new Float64Array(segmentCount);
  const ascentMeters = new Float32Array(segmentCount);
  const descentMeters = new Float32Array(segmentCount);
  const meter = new AscentMeter();
  const offGround = (point: number): boolean => walkTraits[pieceWay[point]].offGround;

  for (let s = 0; s < segmentCount; s++) {
    const [start, end] = [chainOffset[s], chainOffset[s + 1]];
    if (elevationAt) raise(points, start, end, elevationAt, offGround);
    lengthMeters[s] = lengthOf(points, start, end);
    [ascentMeters[s], descentMeters[s]] = climb(meter, points.pointElevation, start, end);
    const names = walkTraits[pieceWay[start]].routes;
    let numbers = byTraits.get(names);
    if (!numbers) {
      numbers = names.map((name) => table.numberOf(name));
      byTraits.set(names, numbers);
    }
    routes.push(...numbers);
    routeOffset[s + 1] = routes.length;
  }
  const ofSegment = (value: (traits: WalkTraits) => number) =>
    Uint8Array.from(direction, (_, s) => value(walkTraits[pieceWay[chainOffset[s]]]));
  return {
    junctionCount: junctions.length,
    junctionId: Uint32Array.from(junctions, (_, number) => number),
    junctionLonE7: pick(walk.nodeLonE7, junctions),
    junctionLatE7: pick(walk.nodeLatE7, junctions),
    segmentCount,
    segmentId: Uint32Array.from(direction, (_, s) => s),
    from: Uint32Array.from(direction, (_, s) => numberOfJunction[chainNodes[chainOffset[s]]]),
    to: Uint32Array.from(direction, (_, s) => numberOfJunction[chainNodes[chainOffset[s + 1] - 1]]),
    lengthMeters,
    ascentMeters,
    descentMeters,
    kind: ofSegment(({ kind }) => kind),
    surface: ofSegment(({ surface }) => surface),
    difficulty: ofSegment(({ difficulty }) => difficulty),
    visibility: ofSegment(({ visibility }) => visibility),
    walkable: direction,
    name: Uint32Array.from(direction, (_, s) => table.numberOf(walkTraits[pieceWay[chainOffset[s]]].name)),
    routeOffset,
    routes: Uint32Array.from(routes),
    ...points,
    strings: table.strings,
  };
}

/** A loop, for `Int32Array.from` with a function goes through an iterator: it was most of this file's time. */
function pick(values: Int32Array, indexes: Uint32Array): Int32Array {
  const picked = new Int32Array(indexes.length);
  for (let i = 0; i < indexes.length; i++) picked[i] = values[indexes[i]];
  return picked;
}

function lengthOf({ pointLonE7, pointLatE7 }: Points, start: number, end: number): number {
  let meters = 0;
  for (let p = start + 1; p < end; p++) {
    meters += distanceMetersE7(pointLonE7[p - 1], pointLatE7[p - 1], pointLonE7[p], pointLatE7[p]);
  }
  return meters;
}

/** Gives the points their elevation; through tunnels and over bridges the way rises evenly from end to end. */
function raise(
  points: Points,
  start: number,
  end: number,
  elevationAt: ElevationAt,
  offGround: (point: number) => boolean,
): void {
  const { pointLonE7, pointLatE7, pointElevation } = points;
  for (let p = start; p < end; p++) {
    const inside = p > start && p < end - 1 && offGround(p) && offGround(p - 1);
    if (inside) continue;
    const meters = elevationAt(pointLonE7[p], pointLatE7[p]);
    pointElevation[p] = Number.isNaN(meters) ? UNKNOWN_ELEVATION : Math.round(meters * 2);
  }
  for (let p = start + 1; p < end - 1; p++) {
    if (!(offGround(p) && offGround(p - 1))) continue;
    let far = p + 1;
    while (far < end - 1 && offGround(far)) far++;
    const [low, high] = [pointElevation[p - 1], pointElevation[far]];
    if (low === UNKNOWN_ELEVATION || high === UNKNOWN_ELEVATION) continue;
    const toFar = lengthOf(points, p - 1, far + 1);
    pointElevation[p] = Math.round(low + ((high - low) * lengthOf(points, p - 1, p + 1)) / toFar);
  }
}

function climb(meter: AscentMeter, elevation: Int16Array, start: number, end: number): [number, number] {
  meter.start();
  for (let p = start; p < end; p++) {
    if (elevation[p] === UNKNOWN_ELEVATION) return [Number.NaN, Number.NaN];
    meter.add(elevation[p]);
  }
  meter.finish();
  return [meter.ascentMeters, meter.descentMeters];
}
