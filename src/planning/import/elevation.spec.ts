import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { elevationFrom, type HeightTile, heightIn, heightTile, tileName } from './elevation.js';

const SIDE = 1201;

/** A 3″ tile whose height at a cell is what `at` says. */
function tileBytes(at: (row: number, column: number) => number): Uint8Array {
  const bytes = Buffer.alloc(2 * SIDE * SIDE);
  for (let row = 0, i = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++, i += 2) bytes.writeInt16BE(at(row, column), i);
  }
  return bytes;
}

const VOID = -32768;

describe('elevation tiles', () => {
  test('both resolutions are read, and nothing else', () => {
    expect(heightTile(tileBytes(() => 7)).side).toBe(1201);
    expect(heightTile(new Uint8Array(2 * 3601 ** 2)).side).toBe(3601);
    expect(() => heightTile(new Uint8Array(1201 * 1201))).toThrow(/is no elevation tile: 1442401 bytes/);
  });

  test('rows run from north to south, columns from west to east, heights between cells are even', () => {
    const tile = heightTile(tileBytes((row, column) => row + 2 * column));
    expect(heightIn(tile, 1, 0)).toBe(0);
    expect(heightIn(tile, 0, 0)).toBe(1200);
    expect(heightIn(tile, 0, 1)).toBe(3600);
    expect(heightIn(tile, 1 - 0.5 / 1200, 0.25 / 1200)).toBeCloseTo(1, 6);
  });

  test('a height lies between those of the four cells around it', () => {
    const tile = heightTile(tileBytes((row, column) => ((row * 7919 + column * 104729) % 3000) - 200));
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lat, lon) => {
          const row = Math.min(1199, Math.floor((1 - lat) * 1200));
          const column = Math.min(1199, Math.floor(lon * 1200));
          const corners = [0, 1, 1201, 1202].map((step) => tile.meters[row * 1201 + column + step]);
          expect(heightIn(tile, lat, lon)).toBeGreaterThanOrEqual(Math.min(...corners) - 1e-9);
          expect(heightIn(tile, lat, lon)).toBeLessThanOrEqual(Math.max(...corners) + 1e-9);
        },
      ),
    );
  });

  test('voids are closed from their rims, also at the edge of the tile', () => {
    const hole = (row: number, column: number): boolean => row < 5 && column < 5;
    const tile = heightTile(tileBytes((row, column) => (hole(row, column) ? VOID : 800)));
    expect(tile.meters).not.toContain(VOID);
    expect(heightIn(tile, 1, 0)).toBe(800);
  });

  test.each([-9999, 32767, -32767])('%s is a void as well', (spelled) => {
    const tile = heightTile(tileBytes((row, column) => (row < 5 && column < 5 ? spelled : 800)));
    expect(heightIn(tile, 1, 0)).toBe(800);
  });

  test('zeros without a shore are a void, those with one are the sea, and so are those of a whole tile', () => {
    const patch = (row: number, column: number): boolean => row > 20 && row < 25 && column > 20 && column < 25;
    const tile = heightTile(tileBytes((row, column) => (patch(row, column) ? 0 : 800)));
    expect(tile.meters).not.toContain(0);
    const sea = heightTile(tileBytes((row, column) => (patch(row, column) ? 0 : row === 25 ? 3 : 800)));
    expect(sea.meters.filter((meters) => meters === 0)).toHaveLength(16);
    expect(heightIn(heightTile(tileBytes(() => 0)), 0.5, 0.5)).toBe(0);
  });

  test('a tile of voids alone stays unknown: no height is made up', () => {
    const tile: HeightTile = heightTile(tileBytes(() => VOID));
    expect(heightIn(tile, 0.5, 0.5)).toBeNaN();
  });

  test.each([
    [42.5, 1.5, 'N42E001'],
    [-0.1, -0.1, 'S01W001'],
    [0, 0, 'N00E000'],
    [-33.9, 151.2, 'S34E151'],
    [47.2, -122.5, 'N47W123'],
  ])('the tile of %d, %d is %s', (lat, lon, name) => {
    expect(tileName(lat, lon)).toBe(name);
  });

  test('a point at 180 degrees is in the tile of -180', () => {
    const at = elevationFrom((name) => (name === 'S17W180' ? heightTile(tileBytes(() => 77)) : null));
    expect([at(1_800_000_000, -165_000_000), at(-1_800_000_000, -165_000_000)]).toEqual([77, 77]);
    expect(at(1_799_999_999, -165_000_000)).toBeNaN();
  });

  test('a point outside every tile is unknown, and each tile is looked for once', () => {
    const asked: string[] = [];
    const at = elevationFrom((name) => {
      asked.push(name);
      return name === 'N42E001' ? heightTile(tileBytes(() => 1234)) : null;
    });
    expect(at(15_000_000, 425_000_000)).toBe(1234);
    expect(at(15_000_001, 425_000_000)).toBe(1234);
    expect(at(25_000_000, 425_000_000)).toBeNaN();
    expect(at(25_000_001, 425_000_000)).toBeNaN();
    expect(asked).toEqual(['N42E001', 'N42E002']);
  });
});
