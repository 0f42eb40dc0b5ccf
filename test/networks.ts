import fc from 'fast-check';
import { type Area, assembleArea } from '../src/planning/network/area.js';
import { buildNetwork, type DrawnSegment } from '../src/planning/network/build-network.js';
import { toShared } from '../src/planning/network/columns.js';
import { type Network, WALK_FORWARD } from '../src/planning/network/network.js';
import { prepareRegion } from '../src/planning/network/prepare.js';
import { openTile } from '../src/planning/network/tile.js';

/** The area of a whole network, by the way that every area goes: through tiles. */
export function areaOf(network: Network): Area {
  const { tiles } = prepareRegion({ network, trailheads: [] });
  return assembleArea(tiles.map(({ body }) => openTile(toShared(body))));
}

const METERS_PER_DEGREE = 111_195;

/** Degrees from metres east and north of 1.5 E 42.5 N. */
export const at = (east: number, north: number, elevation?: number): [number, number, number?] => [
  1.5 + east / METERS_PER_DEGREE / Math.cos((42.5 * Math.PI) / 180),
  42.5 + north / METERS_PER_DEGREE,
  elevation,
];

export interface RandomNetworkOptions {
  maxJunctions: number;
  maxSegments: number;
  oneWays?: boolean;
}

/**
 * Junctions anywhere in 2 × 2 km, segments between any two of them: dead ends, islands, parallel segments, segments that
 * end where they began, segments of no length and ways that cross without a junction all occur.
 */
export const randomNetwork = ({ maxJunctions, maxSegments, oneWays = false }: RandomNetworkOptions) =>
  fc
    .array(fc.tuple(fc.nat(200), fc.nat(200), fc.nat(40)), { minLength: 2, maxLength: maxJunctions })
    .chain((places) => {
      const junctions = places.map(([x, y, z]) => at(10 * x, 10 * y, 1000 + 10 * z));
      const segment = fc
        .record({
          from: fc.nat(places.length - 1),
          to: fc.nat(places.length - 1),
          bend: fc.nat(200),
          difficulty: fc.nat(6),
          road: fc.boolean(),
          oneWay: oneWays ? fc.nat(4).map((k) => k === 0) : fc.constant(false),
        })
        .map(({ from, to, bend, difficulty, road, oneWay }): DrawnSegment => {
          const [x, y] = [(places[from][0] + places[to][0]) * 5, (places[from][1] + places[to][1]) * 5];
          return {
            from,
            to,
            difficulty,
            kind: road ? 'residential' : 'path',
            ...(oneWay && { walkable: WALK_FORWARD }),
            ...((bend > 20 || from === to) && { between: [at(x + bend, y - bend, 1100)] as DrawnSegment['between'] }),
          };
        });
      return fc
        .array(segment, { minLength: 1, maxLength: maxSegments })
        .map((segments) => buildNetwork(junctions, segments));
    });
