import KDBush from 'kdbush';
import { distanceMetersE7, METERS_PER_DEGREE } from '../network/geodesy.js';
import { rangesE7 } from '../network/longitude.js';
import { isTrail, type Network } from '../network/network.js';
import type { Trailhead } from '../network/region.js';
import type { Parking } from './survey.js';

const FARTHEST_METERS = 200;

/** Ways that are joined to no more than this are a scrap: steps between two streets that nobody may walk along. */
const SCRAP_METERS = 1_000;

/** Junctions where at least one segment is a trail. */
function trailJunctions({ junctionCount, segmentCount, from, to, kind, walkable }: Network): number[] {
  const touched = new Uint8Array(junctionCount);
  for (let s = 0; s < segmentCount; s++) {
    if (!isTrail(kind[s]) || walkable[s] === 0) continue;
    touched[from[s]] = 1;
    touched[to[s]] = 1;
  }
  return [...touched.keys()].filter((junction) => touched[junction] === 1);
}

/** By junction: 1 where the ways that are joined to it are a scrap. */
function scraps({ junctionCount, segmentCount, from, to, lengthMeters, walkable }: Network): Uint8Array {
  // Union by halving paths: each junction points to one nearer to the root of its part.
  const parent = Uint32Array.from({ length: junctionCount }, (_, junction) => junction);
  const rootOf = (junction: number): number => {
    let at = junction;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  };
  for (let s = 0; s < segmentCount; s++) if (walkable[s] !== 0) parent[rootOf(from[s])] = rootOf(to[s]);
  const meters = new Float64Array(junctionCount);
  for (let s = 0; s < segmentCount; s++) if (walkable[s] !== 0) meters[rootOf(from[s])] += lengthMeters[s];
  return Uint8Array.from(parent, (_, junction) => Number(meters[rootOf(junction)] < SCRAP_METERS));
}

/**
 * The parkings from which a walk can begin: those with a junction of the trail network within 200 m, with the nearest
 * such junction, on a scrap only where there is no other. Where several parkings share a junction each stays, for each is somewhere to leave a car.
 */
export function trailheads(network: Network, parkings: Parking[]): Trailhead[] {
  const { junctionLonE7: lon, junctionLatE7: lat } = network;
  const junctions = trailJunctions(network);
  if (junctions.length === 0) return [];
  const tree = new KDBush(junctions.length);
  for (const junction of junctions) tree.add(lon[junction], lat[junction]);
  tree.finish();

  const isScrap = scraps(network);
  const found: Trailhead[] = [];
  for (const parking of parkings) {
    const reachLat = (FARTHEST_METERS / METERS_PER_DEGREE) * 1e7;
    const reachLon = reachLat / Math.max(0.01, Math.cos((parking.latE7 * Math.PI) / 180e7));
    let nearest = -1;
    let accessMeters = Number.POSITIVE_INFINITY;
    const around = rangesE7(parking.lonE7 - reachLon, parking.lonE7 + reachLon).flatMap(([west, east]) =>
      tree.range(west, parking.latE7 - reachLat, east, parking.latE7 + reachLat),
    );
    for (const i of around.sort((a, b) => a - b)) {
      const junction = junctions[i];
      const meters = distanceMetersE7(parking.lonE7, parking.latE7, lon[junction], lat[junction]);
      if (meters > FARTHEST_METERS) continue;
      const better = nearest < 0 ? -1 : isScrap[junction] - isScrap[nearest];
      if (better > 0 || (better === 0 && meters >= accessMeters)) continue;
      nearest = junction;
      accessMeters = meters;
    }
    if (nearest >= 0) found.push({ ...parking, junction: nearest, accessMeters });
  }
  return found;
}
