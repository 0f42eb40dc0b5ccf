import { gzipSync } from 'node:zlib';
import { cutSquare, cutSquareAt, type RawTile } from './cutter/cut.js';
import type { Features } from './cutter/feature-buffer.js';
import type { Square } from './cutter/squares.js';
import type { WorldBox } from './cutter/world.js';
import type { HeightGrid } from './heights/grid.js';
import type { HeightRaster } from './heights/raster.js';
import { squareHeights } from './heights/square-heights.js';

/** What a map is drawn from, wherever it comes from. */
export interface MapSource {
  features: Features;
  /** None where no heights are known. */
  rasters: readonly HeightRaster[];
  /** Nothing is drawn beyond it. */
  box: WorldBox;
}

/** A tile as it is stored: vector tiles packed by gzip. */
export interface DrawnTile extends RawTile {
  layer: 'map' | 'contour' | 'relief';
}

/** What is made of one square. */
export interface DrawnSquare {
  tiles: DrawnTile[];
  /** Heights for the zooms above. */
  rest: HeightGrid | null;
}

/** @param tiles vector tiles, unpacked */
export const packed = (layer: 'map' | 'contour', tiles: RawTile[]): DrawnTile[] =>
  tiles.map((tile) => ({ ...tile, layer, body: gzipSync(tile.body, { level: 9 }) }));

/** All tiles of a square and below. */
export function drawSquare({ features, rasters, box }: MapSource, square: Square): DrawnSquare {
  const { x, y } = square;
  const tiles = packed('map', cutSquare(features, square.features, x, y, box));
  const heights = squareHeights(rasters, x, y, box);
  if (!heights) return { tiles, rest: null };
  for (const [z, lines] of heights.contours) tiles.push(...packed('contour', cutSquareAt(lines, z, x, y, box)));
  for (const tile of heights.relief) tiles.push({ ...tile, layer: 'relief' });
  return { tiles, rest: heights.rest };
}
