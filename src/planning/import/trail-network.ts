import { distanceMetersE7 } from '../network/geodesy.js';
import { type Network, UNKNOWN_ELEVATION } from '../network/network.js';
import { AscentMeter } from '../network/turning-points.js';
import { type Chains, contract, type WayGraph } from './contract.js';
import { addBetween, nodeHeights, type Profile } from './heights.js';
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
  const chains = contract(walk, sortsOf(walkTraits));
  const { junctions, chainOffset, chainNodes, pieceWay, direction } = chains;
  const segmentCount = direction.length;
  const numberOfJunction = new Uint32Array(walk.nodeLonE7.length);
  for (let number = 0; number < junctions.length; number++) numberOfJunction[junctions[number]] = number;

  const isOffGround = (way: number): boolean => walkTraits[way].offGround;
  const points = elevationAt ? raised(walk, chains, isOffGround, elevationAt) : flat(walk, chains);
  const table = new StringTable();
  const byTraits = new Map<readonly string[], number[]>();
  const routeOffset = new Uint32Array(segmentCount + 1);
  const routes: number[] = [];
  const lengthMeters = new Float64Array(segmentCount);
  const ascentMeters = new Float32Array(segmentCount);
  const descentMeters = new Float32Array(segmentCount);
  const meter = new AscentMeter();

  for (let s = 0; s < segmentCount; s++) {
    const [start, end] = [points.pointOffset[s], points.pointOffset[s + 1]];
    lengthMeters[s] = lengthOf(points, start, end);
    [ascentMeters[s], descentMeters[s]] = climb(meter, points.pointElevation, start, end);
    const names = walkTraits[pieceWay[chainOffset[s]]].routes;
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
    cautions: Uint32Array.from(direction, (_, s) => walkTraits[pieceWay[chainOffset[s]]].cautions),
    closing: Uint32Array.from(direction, (_, s) => table.numberOf(walkTraits[pieceWay[chainOffset[s]]].closing)),
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

function climb(meter: AscentMeter, elevation: Int16Array, start: number, end: number): [number, number] {
  meter.start();
  for (let p = start; p < end; p++) {
    if (elevation[p] === UNKNOWN_ELEVATION) return [Number.NaN, Number.NaN];
    meter.add(elevation[p]);
  }
  meter.finish();
  return [meter.ascentMeters, meter.descentMeters];
}

/** The nodes of the chains as points of unknown height. */
const flat = (walk: WayGraph, { chainOffset, chainNodes }: Chains): Points => ({
  pointOffset: chainOffset,
  pointLonE7: pick(walk.nodeLonE7, chainNodes),
  pointLatE7: pick(walk.nodeLatE7, chainNodes),
  pointElevation: new Int16Array(chainNodes.length).fill(UNKNOWN_ELEVATION),
});

/** The nodes of the chains with their heights, and points between them where the ground is not even there. */
function raised(
  walk: WayGraph,
  { chainOffset, chainNodes, pieceWay }: Chains,
  isOffGround: (way: number) => boolean,
  elevationAt: ElevationAt,
): Points {
  const heights = nodeHeights(walk, isOffGround, elevationAt);
  const pointOffset = new Uint32Array(chainOffset.length);
  const line: Profile = { lonE7: [], latE7: [], elevation: [] };
  for (let c = 0; c + 1 < chainOffset.length; c++) {
    for (let i = chainOffset[c]; i < chainOffset[c + 1]; i++) {
      const node = chainNodes[i];
      const point = { lonE7: walk.nodeLonE7[node], latE7: walk.nodeLatE7[node], elevation: heights[node] };
      if (i > chainOffset[c] && !isOffGround(pieceWay[i - 1])) addBetween(line, point, elevationAt);
      line.lonE7.push(point.lonE7);
      line.latE7.push(point.latE7);
      line.elevation.push(point.elevation);
    }
    pointOffset[c + 1] = line.lonE7.length;
  }
  return {
    pointOffset,
    pointLonE7: Int32Array.from(line.lonE7),
    pointLatE7: Int32Array.from(line.latE7),
    pointElevation: Int16Array.from(line.elevation),
  };
}
