import { METERS_PER_DEGREE } from '../network/geodesy.js';
import type { RoadTile } from './road-tiles.js';

/** The point of a tile's roads that is nearest to some place. */
export interface Snap {
  /** Index of the road (a row of `far`, `lengthMeters`, …) and the own node that it was written at. */
  road: number;
  node: number;
  /** 0 at the own node, 1 at the far one. */
  fraction: number;
  distanceMeters: number;
}

/** Degrees × 1e7 from a to b the short way round the earth. */
const turn = (a: number, b: number): number => {
  const d = b - a;
  return d > 1.8e9 ? d - 3.6e9 : d < -1.8e9 ? d + 3.6e9 : d;
};

/**
 * @param maxMeters roads farther than this are not looked for
 * @returns the nearest point on a road that may be driven at all, or null; distances on a plane touching the earth there
 */
export function snapToRoad(tile: RoadTile, lonE7: number, latE7: number, maxMeters: number): Snap | null {
  const metersPerLat = METERS_PER_DEGREE / 1e7;
  const metersPerLon = metersPerLat * Math.cos((latE7 / 1e7) * (Math.PI / 180));
  let best: Snap | null = null;
  let bestSquare = maxMeters * maxMeters;
  for (let node = 0; node < tile.ownNodes; node++) {
    const ax = turn(lonE7, tile.nodeLonE7[node]!) * metersPerLon;
    const ay = (tile.nodeLatE7[node]! - latE7) * metersPerLat;
    for (let road = tile.roadOffset[node]!; road < tile.roadOffset[node + 1]!; road++) {
      if (tile.secondsOut[road] === Infinity && tile.secondsBack[road] === Infinity) continue;
      const far = tile.far[road]!;
      const dx = turn(lonE7, tile.nodeLonE7[far]!) * metersPerLon - ax;
      const dy = (tile.nodeLatE7[far]! - latE7) * metersPerLat - ay;
      const square = dx * dx + dy * dy;
      const fraction = square === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / square));
      const x = ax + fraction * dx;
      const y = ay + fraction * dy;
      if (x * x + y * y < bestSquare || (best === null && x * x + y * y === bestSquare)) {
        bestSquare = x * x + y * y;
        best = { road, node, fraction, distanceMeters: Math.sqrt(bestSquare) };
      }
    }
  }
  return best;
}
