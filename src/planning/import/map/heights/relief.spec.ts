import { inflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { boxOf, tileBox } from '../cutter/world.js';
import { filled, type HeightGrid, halved } from './grid.js';
import type { HeightRaster } from './raster.js';
import { reliefTile } from './relief.js';
import { resample } from './resample.js';
import { squareHeights } from './square-heights.js';

/** The heights in a relief, read by the rules of PNG and of terrarium and by nothing of ours. */
function decode(bytes: Uint8Array): { side: number; meters: number[] } {
  const view = Buffer.from(bytes);
  expect(view.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  let packed = Buffer.alloc(0);
  let side = 0;
  for (let at = 8; at < view.length; ) {
    const length = view.readUInt32BE(at);
    const type = view.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') side = view.readUInt32BE(at + 8);
    if (type === 'IDAT') packed = Buffer.concat([packed, view.subarray(at + 8, at + 8 + length)]);
    at += 12 + length;
  }
  const rows = inflateSync(packed);
  const stride = 3 * side;
  const rgb = new Uint8Array(side * stride);
  const at = (row: number, i: number): number => (row < 0 || i < 0 ? 0 : rgb[row * stride + i]!);
  for (let row = 0; row < side; row++) {
    expect(rows[row * (stride + 1)]).toBe(4);
    for (let i = 0; i < stride; i++) {
      const [a, b, c] = [at(row, i - 3), at(row - 1, i), at(row - 1, i - 3)];
      const p = a + b - c;
      const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
      const predicted = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
      rgb[row * stride + i] = rows[row * (stride + 1) + 1 + i]! + predicted;
    }
  }
  const meters = Array.from({ length: side * side }, (_, i) => {
    const [red, green, blue] = rgb.subarray(3 * i, 3 * i + 3);
    return red! * 256 + green! + blue! / 256 - 32_768;
  });
  return { side, meters };
}

/** Heights in degrees' crossings, each what `heightAt` says there. */
function rasterOf(heightAt: (lon: number, lat: number) => number, side = 121): HeightRaster {
  const step = 1 / (side - 1);
  const meters = Float32Array.from({ length: side * side }, (_, i) =>
    heightAt(1 + (i % side) * step, 43 - Math.floor(i / side) * step),
  );
  return { west: 1, north: 43, lonStep: step, latStep: step, columns: side, rows: side, meters };
}

describe('the relief', () => {
  test('tells every height to a quarter of a metre', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -430, max: 8_848, noNaN: true }), { minLength: 16, maxLength: 16 }),
        (meters) => {
          const told = decode(reliefTile({ side: 4, meters: Float32Array.from(meters) }));
          for (const [i, height] of told.meters.entries())
            expect(Math.abs(height - meters[i]!)).toBeLessThanOrEqual(0.251);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('of a plane is that plane, at the middles of its pixels', () => {
    const plane = (lon: number, lat: number): number => 1_000 + 400 * (lon - 1.5) - 900 * (lat - 42.5);
    const box = tileBox(11, 1_032, 757);
    const grid = resample([rasterOf(plane)], box, 64)!;
    const { side, meters } = decode(reliefTile(grid));
    expect(side).toBe(64);
    const cell = (box.maxX - box.minX) / 64;
    for (const [column, row] of [
      [0, 0],
      [31, 40],
      [63, 63],
    ] as const) {
      const lon = ((box.minX + (column + 0.5) * cell) / 2 ** 30 - 0.5) * 360;
      const y = (box.minY + (row + 0.5) * cell) / 2 ** 30;
      const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
      expect(Math.abs(meters[row * 64 + column]! - plane(lon, lat))).toBeLessThan(0.3);
    }
  });

  test('goes on smoothly where nobody knows a height: no higher and no lower than what is known', () => {
    const side = 64;
    const known = (i: number): boolean => i % side < 20;
    const grid: HeightGrid = {
      side,
      meters: Float32Array.from({ length: side * side }, (_, i) => (known(i) ? 500 + 10 * (i % side) : Number.NaN)),
    };
    const whole = filled(grid);
    expect(whole.meters.every((height) => height >= 499 && height <= 691)).toBe(true);
    for (const [i, height] of grid.meters.entries()) if (known(i)) expect(whole.meters[i]).toBe(height);
    let steepest = 0;
    for (let i = 1; i < side; i++) steepest = Math.max(steepest, Math.abs(whole.meters[i]! - whole.meters[i - 1]!));
    expect(steepest).toBeLessThan(100);
  });

  test('at half the side has the means of what is known', () => {
    const { meters } = halved({ side: 2, meters: Float32Array.of(10, 20, Number.NaN, 30) });
    expect([...meters]).toEqual([20]);
    expect([...halved({ side: 2, meters: new Float32Array(4).fill(Number.NaN) }).meters]).toEqual([Number.NaN]);
  });

  test('of a square that no tile of heights reaches is none', () => {
    expect(resample([rasterOf(() => 1)], tileBox(10, 100, 100), 16)).toBeNull();
    const box = boxOf({ south: 10, west: 10, north: 10.1, east: 10.1 });
    expect(squareHeights([rasterOf(() => 1)], 540, 483, box)).toBeNull();
  });
});

describe('a square', () => {
  test('gets contours at the heights of its zooms, the main ones marked, and relief at two zooms', () => {
    const dome = (lon: number, lat: number): number => 2_000 - 3_000 * Math.hypot(lon - 1.5, lat - 42.5);
    const heights = squareHeights(
      [rasterOf(dome)],
      516,
      378,
      boxOf({ south: 42.4, west: 1.4, north: 42.6, east: 1.7 }),
    )!;
    expect(heights.relief.map(({ z }) => z).sort()).toEqual([10, 11, 11, 11, 11]);
    for (const [zoom, { records, layer }] of heights.contours) {
      const interval = { 11: 100, 12: 50, 13: 20 }[zoom]!;
      expect(layer.length).toBeGreaterThan(3);
      for (const { ele, idx } of records as { ele: number; idx?: true }[]) {
        expect(ele % interval).toBe(0);
        expect(idx === true).toBe(ele % (5 * interval) === 0);
      }
    }
  });
});
