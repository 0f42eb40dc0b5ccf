import { PbfWriter } from 'pbf';
import type { FeatureColumns, Properties } from './feature-buffer.js';
import { EXTENT, LAST_ZOOM, LAYERS, LINE, POINT } from './layers.js';
import { ringArea } from './weigh.js';
import { tileUnits } from './world.js';

/** Polygons that would be smaller than this on a screen of 512 pixels a tile are left out. */
const LEAST_PIXELS = 16;
const SCREEN = 512;

const MOVE_TO = 1;
const LINE_TO = 2;
const CLOSE_PATH = 7;
const zigzag = (value: number): number => (value << 1) ^ (value >> 31);

/** Field numbers of the Mapbox Vector Tile specification 2.1. */
const TILE = { layer: 3 } as const;
const LAYER = { name: 1, feature: 2, key: 3, value: 4, extent: 5, version: 15 } as const;
const FEATURE = { tags: 2, type: 3, geometry: 4 } as const;
const VALUE = { string: 1, double: 3, uint: 5, sint: 6, bool: 7 } as const;

/** The strings and numbers of one layer of one tile. */
class Words {
  readonly keys = new Map<string, number>();
  readonly values = new Map<string | number | true, number>();

  tags(properties: Properties, z: number, from: Record<string, number> | undefined): number[] {
    const tags: number[] = [];
    for (const key in properties) {
      if (from?.[key] !== undefined && z < from[key]) continue;
      tags.push(numberIn(this.keys, key), numberIn(this.values, properties[key]));
    }
    return tags;
  }
}

function numberIn<K>(map: Map<K, number>, key: K): number {
  let number = map.get(key);
  if (number === undefined) {
    number = map.size;
    map.set(key, number);
  }
  return number;
}

function writeValue(value: string | number | true, pbf: PbfWriter): void {
  if (typeof value === 'string') pbf.writeStringField(VALUE.string, value);
  else if (value === true) pbf.writeBooleanField(VALUE.bool, true);
  else if (!Number.isSafeInteger(value)) pbf.writeDoubleField(VALUE.double, value);
  else if (value >= 0) pbf.writeVarintField(VALUE.uint, value);
  else pbf.writeSVarintField(VALUE.sint, value);
}

/** Draws features into one tile: thinned for its zoom, in its own units. */
class Pen {
  geometry: number[] = [];
  #x = 0;
  #y = 0;
  readonly #xs: number[] = [];
  readonly #ys: number[] = [];
  readonly #left: number;
  readonly #top: number;
  readonly #scale: number;
  readonly #z: number;

  constructor(z: number, x: number, y: number) {
    const units = tileUnits(z);
    this.#left = x * units;
    this.#top = y * units;
    this.#scale = EXTENT / units;
    this.#z = z;
  }

  /** @returns whether anything of the feature is to be seen */
  draw(from: FeatureColumns, f: number): boolean {
    const { shape, tolerance } = LAYERS[from.layer[f]];
    this.geometry = [];
    this.#x = this.#y = 0;
    const units = (this.#z === LAST_ZOOM ? Math.min(tolerance, 1) : tolerance) / this.#scale;
    const first = from.partOffset[f];
    const end = from.partOffset[f + 1];
    if (shape === POINT) this.#points(from, first, end);
    else {
      const leastArea = (LEAST_PIXELS * (EXTENT / SCREEN) ** 2) / this.#scale ** 2;
      for (let p = first; p < end; p++) {
        if (shape === LINE) {
          if (from.size[p] >= units) this.#line(from, p, units ** 2);
          continue;
        }
        const isSeen = from.size[p] >= leastArea && this.#ring(from, p, units ** 2, p === first);
        if (!isSeen && p === first) return false;
      }
    }
    return this.geometry.length > 0;
  }

  #points(from: FeatureColumns, first: number, end: number): void {
    this.geometry.push(MOVE_TO | ((end - first) << 3));
    for (let i = from.pointOffset[first]; i < from.pointOffset[end]; i++) {
      this.#to(this.#across(from.x[i]), this.#down(from.y[i]));
    }
  }

  #line(from: FeatureColumns, p: number, least: number): void {
    const count = this.#thin(from, p, least);
    if (count < 2) return;
    this.geometry.push(MOVE_TO | (1 << 3));
    this.#to(this.#xs[0], this.#ys[0]);
    this.geometry.push(LINE_TO | ((count - 1) << 3));
    for (let i = 1; i < count; i++) this.#to(this.#xs[i], this.#ys[i]);
  }

  #ring(from: FeatureColumns, p: number, least: number, isOuter: boolean): boolean {
    const count = this.#thin(from, p, least);
    if (count < 4) return false;
    const area = ringArea(this.#xs, this.#ys, 0, count);
    // Rounding may turn a sliver over; a reader would take it for another thing.
    if (area === 0 || area > 0 !== isOuter) return false;
    this.geometry.push(MOVE_TO | (1 << 3));
    this.#to(this.#xs[0], this.#ys[0]);
    this.geometry.push(LINE_TO | ((count - 2) << 3));
    for (let i = 1; i < count - 1; i++) this.#to(this.#xs[i], this.#ys[i]);
    this.geometry.push(CLOSE_PATH | (1 << 3));
    return true;
  }

  /** Fills the tile's own points of a part, without those that weigh less than `least` or fall on the one before. */
  #thin(from: FeatureColumns, p: number, least: number): number {
    let count = 0;
    for (let i = from.pointOffset[p]; i < from.pointOffset[p + 1]; i++) {
      if (from.weight[i] < least) continue;
      const x = this.#across(from.x[i]);
      const y = this.#down(from.y[i]);
      if (count > 0 && x === this.#xs[count - 1] && y === this.#ys[count - 1]) continue;
      this.#xs[count] = x;
      this.#ys[count++] = y;
    }
    return count;
  }

  #across(x: number): number {
    return Math.round((x - this.#left) * this.#scale);
  }

  #down(y: number): number {
    return Math.round((y - this.#top) * this.#scale);
  }

  #to(x: number, y: number): void {
    this.geometry.push(zigzag(x - this.#x), zigzag(y - this.#y));
    this.#x = x;
    this.#y = y;
  }
}

/**
 * A vector tile out of features that were cut to it.
 * @param from sorted by layer
 * @returns the bytes, unpacked; null when there is nothing to be seen
 */
export function encodeTile(
  from: FeatureColumns & { features: number },
  records: readonly Properties[],
  z: number,
  x: number,
  y: number,
): Uint8Array | null {
  const pen = new Pen(z, x, y);
  const pbf = new PbfWriter();
  for (let f = 0; f < from.features; ) {
    const layer = from.layer[f];
    let end = f;
    while (end < from.features && from.layer[end] === layer) end++;
    const features: [number[], number[]][] = [];
    const words = new Words();
    for (; f < end; f++) {
      if (from.minZoom[f] > z || !pen.draw(from, f)) continue;
      features.push([words.tags(records[from.record[f]], z, LAYERS[layer].from), pen.geometry]);
    }
    if (features.length > 0) pbf.writeMessage(TILE.layer, writeLayer, { layer, features, words });
  }
  return pbf.pos === 0 ? null : pbf.finish();
}

interface LayerToWrite {
  layer: number;
  features: [number[], number[]][];
  words: Words;
}

function writeLayer({ layer, features, words }: LayerToWrite, pbf: PbfWriter): void {
  const { name, shape } = LAYERS[layer];
  pbf.writeVarintField(LAYER.version, 2);
  pbf.writeStringField(LAYER.name, name);
  for (const feature of features) {
    pbf.writeMessage(
      LAYER.feature,
      ([tags, geometry]: [number[], number[]], into: PbfWriter) => {
        if (tags.length > 0) into.writePackedVarint(FEATURE.tags, tags);
        into.writeVarintField(FEATURE.type, shape);
        into.writePackedVarint(FEATURE.geometry, geometry);
      },
      feature,
    );
  }
  for (const key of words.keys.keys()) pbf.writeStringField(LAYER.key, key);
  for (const value of words.values.keys()) pbf.writeMessage(LAYER.value, writeValue, value);
  pbf.writeVarintField(LAYER.extent, EXTENT);
}
