import type { RawTile } from '../cutter/cut.js';
import { FeatureBuffer, type Features } from '../cutter/feature-buffer.js';
import { layerOf, SQUARE_ZOOM } from '../cutter/layers.js';
import { lineLength, weigh } from '../cutter/weigh.js';
import { grown, tileBox, tileUnits, type WorldBox } from '../cutter/world.js';
import { filled, type HeightGrid, halved, isKnown, part } from './grid.js';
import { isolines } from './isolines.js';
import type { HeightRaster } from './raster.js';
import { reliefTile } from './relief.js';
import { resample } from './resample.js';

/** Cells along a square in the finest grid: 128 for each tile of zoom 13. */
const SIDE = 1_024;
/** Cells around it, so that lines meet across squares: two are left of them in the coarsest grid. */
const RIM = 8;
/** Pixels along a tile of the relief, and so cells along a square in the grid that its own tile is made of. */
export const RELIEF_SIDE = 256;
/** The zooms that a square makes relief for. */
export const RELIEF_ZOOMS = [SQUARE_ZOOM, SQUARE_ZOOM + 1] as const;
/** Beyond the box heights are of no use; so much of them, in units, keeps the shade of its edge right. */
export const BESIDE_BOX = 8 * tileUnits(19);

/** Metres from line to line by zoom, and how many make a main one. */
const CONTOURS: Record<number, { interval: number; main: number }> = {
  11: { interval: 100, main: 500 },
  12: { interval: 50, main: 250 },
  13: { interval: 20, main: 100 },
};

/** Shorter lines are noise, in units of the tile's 4096. */
const SHORTEST = 96;

/** What heights make of a square. */
export interface SquareHeights {
  /** By zoom. */
  contours: [zoom: number, lines: Features][];
  relief: RawTile[];
  /** Half of RELIEF_SIDE: what the zooms above need. */
  rest: HeightGrid;
}

/** Heights beyond a box as unknown. */
function inside(grid: HeightGrid, own: WorldBox, box: WorldBox): void {
  const cell = (own.maxX - own.minX) / grid.side;
  for (let row = 0; row < grid.side; row++) {
    const y = own.minY + row * cell;
    const isIn = y >= box.minY && y <= box.maxY;
    for (let column = 0; column < grid.side; column++) {
      const x = own.minX + column * cell;
      if (!isIn || x < box.minX || x > box.maxX) grid.meters[row * grid.side + column] = Number.NaN;
    }
  }
}

function contours(grid: HeightGrid, own: WorldBox, zoom: number): Features {
  const { interval, main } = CONTOURS[zoom];
  const cell = (own.maxX - own.minX) / grid.side;
  const shortest = (SHORTEST * tileUnits(zoom)) / 4_096;
  const into = new FeatureBuffer();
  const records = new Map<number, number>();
  const layer = layerOf('contour');
  for (const { meters, x, y } of isolines(grid, interval)) {
    const start = into.points;
    into.reserve(x.length);
    for (let i = 0; i < x.length; i++) {
      into.point(Math.round(own.minX + (x[i] + 0.5) * cell), Math.round(own.minY + (y[i] + 0.5) * cell), 0);
    }
    const length = lineLength(into.x, into.y, start, into.points);
    if (length < shortest) {
      into.dropPart();
      continue;
    }
    weigh(into.x, into.y, into.weight, start, into.points);
    into.endPart(length);
    if (!records.has(meters)) records.set(meters, records.size);
    into.endFeature(layer, zoom, records.get(meters)!);
  }
  const told = [...records.keys()].map((ele) => ({ ele, ...(ele % main === 0 && { idx: true as const }) }));
  return { ...into.columns(), records: told };
}

/**
 * Contours and relief of a square. One grid is computed and halved for each zoom above.
 * @param box beyond which nothing is drawn
 * @returns null when nobody knows a height in it
 */
export function squareHeights(
  rasters: readonly HeightRaster[],
  x: number,
  y: number,
  box: WorldBox,
): SquareHeights | null {
  const square = tileBox(SQUARE_ZOOM, x, y);
  const own = grown(square, (RIM * (square.maxX - square.minX)) / SIDE);
  const fine = resample(rasters, own, SIDE + 2 * RIM);
  if (!fine) return null;
  inside(fine, own, grown(box, BESIDE_BOX));
  if (!isKnown(fine)) return null;
  const middle = halved(fine);
  const coarse = halved(middle);
  const relief: RawTile[] = [];
  const whole = filled(part(middle, RIM / 2, RIM / 2, 2 * RELIEF_SIDE));
  for (let row = 0; row < 2; row++) {
    for (let column = 0; column < 2; column++) {
      const body = reliefTile(part(whole, column * RELIEF_SIDE, row * RELIEF_SIDE, RELIEF_SIDE));
      relief.push({ z: RELIEF_ZOOMS[1], x: 2 * x + column, y: 2 * y + row, body });
    }
  }
  relief.push({ z: RELIEF_ZOOMS[0], x, y, body: reliefTile(halved(whole)) });
  return {
    contours: [
      [11, contours(coarse, own, 11)],
      [12, contours(middle, own, 12)],
      [13, contours(fine, own, 13)],
    ],
    relief,
    rest: halved(part(coarse, RIM / 4, RIM / 4, RELIEF_SIDE)),
  };
}
