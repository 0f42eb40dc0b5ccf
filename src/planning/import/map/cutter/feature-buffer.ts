import { LAYERS, POLYGON } from './layers.js';

/** What is told of a feature. Of what is false or unknown there is no property. */
export type Properties = Record<string, string | number | true>;

/**
 * Features without an object for each. Feature f is parts `partOffset[f] … partOffset[f + 1]`, part p is points
 * `pointOffset[p] … pointOffset[p + 1]` in units of the world. Parts are lines; or rings whose last point is their first,
 * the outer one first and clockwise as seen, holes the other way round; or points.
 */
export interface FeatureColumns {
  /** Index into LAYERS. */
  layer: Uint8Array;
  /** The first zoom that shows it. */
  minZoom: Uint8Array;
  /** Index into the records beside. */
  record: Uint32Array;
  /** Four for each feature: minX, minY, maxX, maxY. */
  box: Int32Array;
  partOffset: Uint32Array;
  /** By part: a ring's area, a line's length, before anything was cut off it. */
  size: Float64Array;
  pointOffset: Uint32Array;
  x: Int32Array;
  y: Int32Array;
  /** How far the line would be off without this point, squared; infinite where it must not be missing. */
  weight: Float32Array;
}

/** Columns and what they point to. */
export interface Features extends FeatureColumns {
  records: readonly Properties[];
}

function longer<T extends Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array>(
  column: T,
  needed: number,
): T {
  if (needed <= column.length) return column;
  const grown = new (column.constructor as new (length: number) => T)(Math.max(needed, column.length * 2));
  grown.set(column);
  return grown;
}

/** Features that are being put together, or cut out of others; used again and again without new memory. */
export class FeatureBuffer implements FeatureColumns {
  layer = new Uint8Array(64);
  minZoom = new Uint8Array(64);
  record = new Uint32Array(64);
  box = new Int32Array(256);
  partOffset = new Uint32Array(65);
  size = new Float64Array(64);
  pointOffset = new Uint32Array(65);
  x = new Int32Array(1_024);
  y = new Int32Array(1_024);
  weight = new Float32Array(1_024);
  features = 0;
  parts = 0;
  points = 0;

  clear(): void {
    this.features = this.parts = this.points = 0;
  }

  /** Memory for so many more points. */
  reserve(points: number): void {
    const needed = this.points + points;
    if (needed <= this.x.length) return;
    this.x = longer(this.x, needed);
    this.y = longer(this.y, needed);
    this.weight = longer(this.weight, needed);
  }

  /** Another point of the part that is being drawn; `reserve` was called for it. */
  point(x: number, y: number, weight: number): void {
    this.x[this.points] = x;
    this.y[this.points] = y;
    this.weight[this.points++] = weight;
  }

  /** Where the part begins that is being drawn. */
  get partStart(): number {
    return this.pointOffset[this.parts];
  }

  /** Ends the part that is being drawn. @param size see FeatureColumns */
  endPart(size: number): void {
    this.pointOffset = longer(this.pointOffset, this.parts + 2);
    this.size = longer(this.size, this.parts + 1);
    this.size[this.parts] = size;
    this.pointOffset[++this.parts] = this.points;
  }

  /** Forgets the part that is being drawn. */
  dropPart(): void {
    this.points = this.partStart;
  }

  /** Ends the feature that is being drawn; one without parts is none. */
  endFeature(layer: number, minZoom: number, record: number): void {
    const first = this.partOffset[this.features];
    if (this.parts === first) return;
    const f = this.features;
    this.layer = longer(this.layer, f + 1);
    this.minZoom = longer(this.minZoom, f + 1);
    this.record = longer(this.record, f + 1);
    this.box = longer(this.box, 4 * f + 4);
    this.partOffset = longer(this.partOffset, f + 2);
    this.layer[f] = layer;
    this.minZoom[f] = minZoom;
    this.record[f] = record;
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    // Holes lie inside.
    const end = this.pointOffset[LAYERS[layer].shape === POLYGON ? first + 1 : this.parts];
    for (let i = this.pointOffset[first]; i < end; i++) {
      const [x, y] = [this.x[i], this.y[i]];
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    this.box[4 * f] = minX;
    this.box[4 * f + 1] = minY;
    this.box[4 * f + 2] = maxX;
    this.box[4 * f + 3] = maxY;
    this.partOffset[f + 1] = this.parts;
    this.features++;
  }

  /** The same feature out of other columns, whole. @param shift added to every x */
  copy(from: FeatureColumns, f: number, shift = 0): void {
    for (let p = from.partOffset[f]; p < from.partOffset[f + 1]; p++) {
      const [start, end] = [from.pointOffset[p], from.pointOffset[p + 1]];
      this.reserve(end - start);
      if (shift === 0) this.x.set(from.x.subarray(start, end), this.points);
      else for (let i = start; i < end; i++) this.x[this.points + i - start] = from.x[i] + shift;
      this.y.set(from.y.subarray(start, end), this.points);
      this.weight.set(from.weight.subarray(start, end), this.points);
      this.points += end - start;
      this.endPart(from.size[p]);
    }
    this.endFeature(from.layer[f], from.minZoom[f], from.record[f]);
  }

  /** The columns as they are now, without a copy: they hold until more is written. */
  columns(): FeatureColumns {
    return {
      layer: this.layer.subarray(0, this.features),
      minZoom: this.minZoom.subarray(0, this.features),
      record: this.record.subarray(0, this.features),
      box: this.box.subarray(0, 4 * this.features),
      partOffset: this.partOffset.subarray(0, this.features + 1),
      size: this.size.subarray(0, this.parts),
      pointOffset: this.pointOffset.subarray(0, this.parts + 1),
      x: this.x.subarray(0, this.points),
      y: this.y.subarray(0, this.points),
      weight: this.weight.subarray(0, this.points),
    };
  }

  /** A copy of the columns in memory that threads can share. */
  shared(): FeatureColumns {
    const columns = Object.entries(this.columns()).map(([name, column]) => [name, inShared(column)]);
    return Object.fromEntries(columns);
  }
}

function inShared<T extends Uint8Array | Uint32Array | Int32Array | Float32Array | Float64Array>(column: T): T {
  const Type = column.constructor as (new (memory: SharedArrayBuffer) => T) & { BYTES_PER_ELEMENT: number };
  const copy = new Type(new SharedArrayBuffer(column.byteLength));
  copy.set(column as never);
  return copy;
}
