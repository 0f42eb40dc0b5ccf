import { describe, expect, test } from '@jest/globals';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { cutOverview, cutSquare, type RawTile } from './cut.js';
import { FeatureWriter } from './feature-writer.js';
import { FIRST_ZOOM, LAST_ZOOM, SQUARE_ZOOM } from './layers.js';
import { squaresOf } from './squares.js';
import { thin } from './thin.js';
import { boxOf } from './world.js';

type Place = [lon: number, lat: number];
const courseOf = (places: Place[]) => ({
  lonE7: places.map(([lon]) => Math.round(lon * 1e7)),
  latE7: places.map(([, lat]) => Math.round(lat * 1e7)),
});
const BOUNDS = { south: 42.5, west: 1.4, north: 42.7, east: 1.7 };

/** All vector tiles of some features, decoded, by address. */
function tilesOf(writer: FeatureWriter, bounds = BOUNDS): Map<string, VectorTile> {
  const features = writer.features();
  const box = boxOf(bounds);
  const tiles: RawTile[] = squaresOf(features, box, 100).flatMap(({ x, y, features: own }) =>
    cutSquare(features, own, x, y, box),
  );
  tiles.push(...cutOverview(thin(features, SQUARE_ZOOM - 1), FIRST_ZOOM, SQUARE_ZOOM - 1, box));
  return new Map(tiles.map(({ z, x, y, body }) => [`${z}/${x}/${y}`, new VectorTile(new PbfReader(body))]));
}

const zoomOf = (address: string): number => Number(address.split('/')[0]);

/** All features of a layer at a zoom, as GeoJSON. */
function* shown(tiles: Map<string, VectorTile>, zoom: number, layer: string) {
  for (const [address, tile] of tiles) {
    const [z, x, y] = address.split('/').map(Number) as [number, number, number];
    const own = tile.layers[layer];
    if (z !== zoom || !own) continue;
    for (let i = 0; i < own.length; i++) yield own.feature(i).toGeoJSON(x, y, z);
  }
}

describe('tiles', () => {
  test('hold a point where it lies, with what is told of it, from its first zoom on', () => {
    const writer = new FeatureWriter();
    writer.point('poi', 11, { kind: 'peak', name: 'Pic', ele: 2_900 }, 15_600_000, 426_000_000);
    const tiles = tilesOf(writer);
    expect([...new Set([...tiles.keys()].map(zoomOf))].sort((a, b) => a - b)).toEqual([11, 12, 13, 14]);
    const [feature] = [...shown(tiles, LAST_ZOOM, 'poi')];
    expect(feature!.properties).toEqual({ kind: 'peak', name: 'Pic', ele: 2_900 });
    const [lon, lat] = (feature!.geometry as GeoJSON.Point).coordinates as Place;
    expect(Math.hypot(lon - 1.56, lat - 42.6)).toBeLessThan(1e-5);
  });

  test('hold no more of a line than there is of it, thinned at far zooms', () => {
    const writer = new FeatureWriter();
    const places = Array.from({ length: 200 }, (_, i): Place => [1.45 + i / 1_000, 42.6 + 0.002 * Math.sin(i / 2)]);
    writer.line('trail', 9, { kind: 'path', name: 'Camí', routes: 'GR 11', net: 2 }, courseOf(places));
    const tiles = tilesOf(writer);
    const points = (zoom: number): number =>
      [...shown(tiles, zoom, 'trail')].reduce(
        (sum, { geometry }) => sum + (geometry as GeoJSON.LineString).coordinates.flat().length,
        0,
      );
    expect(points(9)).toBeGreaterThan(0);
    expect(points(9)).toBeLessThan(points(12) / 2);
    const [near] = [...shown(tiles, 12, 'trail')];
    expect(near!.properties).toEqual({ kind: 'path', name: 'Camí', routes: 'GR 11', net: 2 });
    // Names are told where there is room for them.
    expect([...shown(tiles, 10, 'trail')][0]!.properties).toEqual({ kind: 'path', net: 2 });
  });

  test('hold polygons with their holes, whichever way round they were drawn', () => {
    const square = (from: number, to: number): Place[] => [
      [1.5 + from, 42.6 + from],
      [1.5 + to, 42.6 + from],
      [1.5 + to, 42.6 + to],
      [1.5 + from, 42.6 + to],
      [1.5 + from, 42.6 + from],
    ];
    for (const turn of [(ring: Place[]) => ring, (ring: Place[]) => ring.toReversed()]) {
      const writer = new FeatureWriter();
      writer.polygon('water', 8, { kind: 'lake' }, [
        courseOf(turn(square(0.001, 0.009))),
        courseOf(square(0.004, 0.006)),
      ]);
      const [lake] = [...shown(tilesOf(writer), 12, 'water')];
      expect(lake!.geometry.type).toBe('Polygon');
      expect((lake!.geometry as GeoJSON.Polygon).coordinates.map((ring) => ring.length)).toEqual([5, 5]);
    }
  });

  test('leave out what would be smaller than four pixels square', () => {
    const writer = new FeatureWriter();
    const square = courseOf([
      [1.5, 42.6],
      [1.502, 42.6],
      [1.502, 42.6015],
      [1.5, 42.6015],
    ]);
    writer.polygon('ground', 8, { kind: 'wood' }, [square]);
    const zooms = [...tilesOf(writer).keys()].map(zoomOf);
    expect(Math.min(...zooms)).toBe(11);
    expect(Math.max(...zooms)).toBe(LAST_ZOOM);
  });

  test('have greater grounds below the lesser ones that lie upon them', () => {
    const writer = new FeatureWriter();
    const square = (size: number): ReturnType<typeof courseOf> =>
      courseOf([
        [1.5, 42.6],
        [1.5 + size, 42.6],
        [1.5 + size, 42.6 + size],
        [1.5, 42.6 + size],
      ]);
    writer.polygon('ground', 8, { kind: 'rock' }, [square(0.005)]);
    writer.polygon('ground', 8, { kind: 'wood' }, [square(0.02)]);
    const [first, second] = [...shown(tilesOf(writer), 11, 'ground')];
    expect([first, second].map((feature) => feature!.properties!.kind)).toEqual(['wood', 'rock']);
  });

  test('of a region on both sides of the antimeridian hold its lines unbroken', () => {
    const writer = new FeatureWriter();
    writer.line(
      'road',
      7,
      { class: 'primary' },
      courseOf([
        [179.9, -16.8],
        [180, -16.8],
        [-179.9, -16.8],
      ]),
    );
    const tiles = tilesOf(writer, { south: -17, west: 179.8, north: -16.6, east: -179.8 });
    const columns = [...tiles.keys()]
      .filter((address) => zoomOf(address) === 12)
      .map((address) => Number(address.split('/')[1]));
    // Beyond the row they go on; whoever stores them counts round.
    expect([Math.min(...columns), Math.max(...columns)]).toEqual([4_094, 4_097]);
  });

  test('are none beyond the box, and squares more than may be are refused', () => {
    const writer = new FeatureWriter();
    writer.line(
      'road',
      7,
      { class: 'primary' },
      courseOf([
        [-60, 42.6],
        [1.5, 42.6],
        [60, 42.6],
      ]),
    );
    for (const address of tilesOf(writer).keys()) {
      const [z, x] = address.split('/').map(Number) as [number, number, number];
      expect((x / 2 ** z) * 360 - 180).toBeLessThanOrEqual(BOUNDS.east);
    }
    const world = boxOf({ south: -80, west: -179, north: 80, east: 179 });
    expect(() => squaresOf(writer.features(), world, 20)).toThrow('larger than its file can honestly say');
  });
});
