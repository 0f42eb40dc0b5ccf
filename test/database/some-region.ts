import type { PreparedRegion } from '../../src/planning/database/editions.js';

/** A region of `size` rows in each table; `mark` stands in every row, so that a reader can tell editions apart. */
export function someRegion(region: string, mark: string, size = 20): PreparedRegion {
  const numbers = Array.from({ length: size }, (_, i) => i);
  const body = new TextEncoder().encode(mark);
  return {
    edition: {
      region,
      dataDate: '2025-01-19',
      source: mark,
      attribution: '© OpenStreetMap contributors',
      synthetic: false,
      hasElevation: true,
      bounds: { south: 42.4, west: 1.4, north: 42.7, east: 1.8 },
      counts: {
        junctions: size,
        segments: size,
        trailMeters: 1.5,
        roadMeters: 2,
        trailheads: size,
        places: size,
        stays: size,
      },
    },
    trailTiles: numbers.map((x) => ({ x, y: 1, body })),
    roadTiles: numbers.map((x) => ({ x, y: 2, body })),
    trailheads: numbers.map((i) => ({
      id: `n${i}`,
      name: i % 2 ? mark : null,
      lon_e7: 15_000_000 + i,
      lat_e7: 425_000_000,
      junction: i,
      junction_lon_e7: 15_000_000 + i,
      junction_lat_e7: 425_000_001,
      access_meters: 12.5,
      road_x: 1,
      road_y: 2,
      preparation: JSON.stringify({ mark }),
    })),
    places: numbers.map((i) => ({
      id: `n${i}`,
      name: `${mark} ${i}`,
      kind: 'village',
      lon_e7: 15_000_000,
      lat_e7: 425_000_000,
      population: i % 2 ? i : null,
    })),
    placeNames: numbers.map((i) => ({ place: `n${i}`, folded: `${mark} ${i}` })),
    stays: numbers.map((i) => ({ id: `n${i}`, name: null, kind: 'shelter', lon_e7: 15_000_000, lat_e7: 425_000_000 })),
    mapTiles: numbers.map((x) => ({ layer: 'map', z: 14, x, y: 3, body })),
  };
}
