import type { Course } from './cutter/feature-writer.js';

/** A closed ring: its last point is its first. */
export interface Ring {
  lonE7: Int32Array;
  latE7: Int32Array;
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

function boxOf({ lonE7, latE7 }: Ring): Box {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (let i = 0; i < lonE7.length; i++) {
    box.west = Math.min(box.west, lonE7[i]);
    box.east = Math.max(box.east, lonE7[i]);
    box.south = Math.min(box.south, latE7[i]);
    box.north = Math.max(box.north, latE7[i]);
  }
  return box;
}

const areaOf = ({ lonE7, latE7 }: Ring): number => {
  let sum = 0;
  for (let i = 0; i + 1 < lonE7.length; i++) {
    sum += (lonE7[i] - lonE7[0]) * (latE7[i + 1] - latE7[0]) - (lonE7[i + 1] - lonE7[0]) * (latE7[i] - latE7[0]);
  }
  return Math.abs(sum / 2);
};

/** Whether a point lies in a ring, by the number of its sides west of it. */
function holds({ lonE7, latE7 }: Ring, lon: number, lat: number): boolean {
  let isIn = false;
  for (let i = 0; i + 1 < lonE7.length; i++) {
    const [a, b] = [latE7[i], latE7[i + 1]];
    if (a > lat !== b > lat && lon > lonE7[i] + ((lat - a) / (b - a)) * (lonE7[i + 1] - lonE7[i])) isIn = !isIn;
  }
  return isIn;
}

/**
 * Puts rings together to polygons: each hole goes to the smallest outer ring that its first point lies in. One that lies in
 * none is no hole.
 * @returns for each outer ring itself, then its holes
 */
export function polygonsOf(outer: readonly Ring[], holes: readonly Ring[]): Course[][] {
  const about = outer.map((ring) => ({ rings: [ring] as Ring[], box: boxOf(ring), area: areaOf(ring) }));
  about.sort((a, b) => a.area - b.area);
  for (const hole of holes) {
    const [lon, lat] = [hole.lonE7[0], hole.latE7[0]];
    const around = about.find(
      ({ rings, box }) =>
        lon >= box.west && lon <= box.east && lat >= box.south && lat <= box.north && holds(rings[0], lon, lat),
    );
    around?.rings.push(hole);
  }
  return about.map(({ rings }) => rings);
}
