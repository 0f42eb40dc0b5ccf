import { clip, clipFeature } from './clip.js';
import { encodeTile } from './encode.js';
import { FeatureBuffer, type FeatureColumns, type Features, type Properties } from './feature-buffer.js';
import { EXTENT, LAST_ZOOM, LINE_BUFFER, POINT_BUFFER, SQUARE_ZOOM } from './layers.js';
import { meets, tileBox, tileUnits, WORLD, type WorldBox } from './world.js';

/** A tile as it is made; `x` may lie beyond the row, where a region goes on over the antimeridian. */
export interface RawTile {
  z: number;
  x: number;
  y: number;
  body: Uint8Array;
}

const margins = (z: number): [number, number] => {
  const unit = tileUnits(z) / EXTENT;
  return [LINE_BUFFER * unit, POINT_BUFFER * unit];
};

/** Buffers that are not in use: cutting goes down and comes back up, so a few serve for all tiles. */
class Spare {
  readonly #free: FeatureBuffer[] = [];

  take(): FeatureBuffer {
    const buffer = this.#free.pop() ?? new FeatureBuffer();
    buffer.clear();
    return buffer;
  }

  give(buffer: FeatureBuffer): void {
    this.#free.push(buffer);
  }
}

const spare = new Spare();

/** What of some features belongs to a tile. @param indexes of those that may; @param shifts added to the x of each */
function within(from: FeatureColumns, indexes: Uint32Array, z: number, x: number, y: number): FeatureBuffer {
  const box = tileBox(z, x, y);
  const [line, point] = margins(z);
  const wide = spare.take();
  for (const f of indexes) {
    // The world goes round: what was drawn beyond it comes in from the other side.
    for (const shift of [0, WORLD, -WORLD]) {
      clipFeature(from, f, shift, wide, 0, box.minX, box.maxX, line, point);
    }
  }
  const cut = spare.take();
  clip(wide, cut, 1, box.minY, box.maxY, line, point);
  spare.give(wide);
  return cut;
}

/** Cuts what belongs to a tile into its four children, and calls back for each that has anything. */
function quarter(
  from: FeatureBuffer,
  z: number,
  x: number,
  y: number,
  child: (cut: FeatureBuffer, x: number, y: number) => void,
): void {
  const [line, point] = margins(z + 1);
  const units = tileUnits(z + 1);
  for (const cx of [2 * x, 2 * x + 1]) {
    const half = spare.take();
    clip(from, half, 0, cx * units, (cx + 1) * units, line, point);
    for (const cy of half.features === 0 ? [] : [2 * y, 2 * y + 1]) {
      const cut = spare.take();
      clip(half, cut, 1, cy * units, (cy + 1) * units, line, point);
      if (cut.features > 0) child(cut, cx, cy);
      spare.give(cut);
    }
    spare.give(half);
  }
}

function descend(
  from: FeatureBuffer,
  records: readonly Properties[],
  z: number,
  x: number,
  y: number,
  lastZoom: number,
  firstTold: number,
  box: WorldBox,
  tiles: RawTile[],
): void {
  if (!meets(tileBox(z, x, y), box)) return;
  const body = z < firstTold ? null : encodeTile(from, records, z, x, y);
  if (body) tiles.push({ z, x, y, body });
  if (z === lastZoom) return;
  quarter(from, z, x, y, (cut, cx, cy) => descend(cut, records, z + 1, cx, cy, lastZoom, firstTold, box, tiles));
}

/**
 * All vector tiles of a square, from its own zoom to the last; squares know nothing of each other.
 * @param indexes of the features that may have something in it (`squaresOf`)
 * @param box no tile is made beyond it
 */
export function cutSquare(features: Features, indexes: Uint32Array, x: number, y: number, box: WorldBox): RawTile[] {
  const tiles: RawTile[] = [];
  const cut = within(features, indexes, SQUARE_ZOOM, x, y);
  descend(cut, features.records, SQUARE_ZOOM, x, y, LAST_ZOOM, SQUARE_ZOOM, box, tiles);
  spare.give(cut);
  return tiles;
}

/** All tiles of one zoom in a square, out of features that are shown at that zoom alone. */
export function cutSquareAt(features: Features, z: number, x: number, y: number, box: WorldBox): RawTile[] {
  const tiles: RawTile[] = [];
  const all = Uint32Array.from(features.layer, (_, f) => f);
  const cut = within(features, all, SQUARE_ZOOM, x, y);
  descend(cut, features.records, SQUARE_ZOOM, x, y, z, z, box, tiles);
  spare.give(cut);
  return tiles;
}

/**
 * The vector tiles of some zooms above the squares, out of features that were thinned for the last of them.
 * @param columns the tiles of the first zoom that the box meets, x beyond the row where it does
 */
export function cutOverview(features: Features, firstZoom: number, lastZoom: number, box: WorldBox): RawTile[] {
  const tiles: RawTile[] = [];
  const all = Uint32Array.from(features.layer, (_, f) => f);
  const units = tileUnits(firstZoom);
  for (
    let y = Math.max(0, Math.floor(box.minY / units));
    y <= Math.min(2 ** firstZoom - 1, Math.floor(box.maxY / units));
    y++
  ) {
    for (let x = Math.floor(box.minX / units); x <= Math.floor(box.maxX / units); x++) {
      const cut = within(features, all, firstZoom, x, y);
      descend(cut, features.records, firstZoom, x, y, lastZoom, firstZoom, box, tiles);
      spare.give(cut);
    }
  }
  return tiles;
}
