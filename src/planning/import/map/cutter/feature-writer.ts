import { FeatureBuffer, type Features, type Properties } from './feature-buffer.js';
import { LAYERS, layerOf, POLYGON } from './layers.js';
import { lineLength, ringArea, weigh } from './weigh.js';
import { WORLD, worldX, worldY } from './world.js';

/** Places in degrees × 1e7. */
export interface Course {
  lonE7: ArrayLike<number>;
  latE7: ArrayLike<number>;
}

/** Takes the features of a map from wherever they come, and gives them as columns to cut. */
export class FeatureWriter {
  readonly #buffer = new FeatureBuffer();
  readonly #records: Properties[] = [];
  readonly #numbers = new Map<string, number>();

  /** @param minZoom the first zoom that shows it */
  point(layer: string, minZoom: number, properties: Properties, lonE7: number, latE7: number): void {
    const buffer = this.#buffer;
    buffer.reserve(1);
    buffer.point(worldX(lonE7), worldY(latE7), Number.POSITIVE_INFINITY);
    buffer.endPart(0);
    this.#end(layer, minZoom, properties);
  }

  /** A line of two points or more; another is passed over. */
  line(layer: string, minZoom: number, properties: Properties, course: Course): void {
    const buffer = this.#buffer;
    const start = this.#draw(course, null);
    if (buffer.points - start < 2) buffer.dropPart();
    else {
      weigh(buffer.x, buffer.y, buffer.weight, start, buffer.points);
      buffer.endPart(lineLength(buffer.x, buffer.y, start, buffer.points));
    }
    this.#end(layer, minZoom, properties);
  }

  /**
   * A polygon; its rings may run either way round, and end where they began or not. One without an area is passed over.
   * @param rings the outer one first
   */
  polygon(layer: string, minZoom: number, properties: Properties, rings: readonly Course[]): void {
    const buffer = this.#buffer;
    const first = buffer.parts;
    let near: number | null = null;
    for (const ring of rings) {
      const start = this.#draw(ring, near);
      const end = buffer.points;
      if (end > start && (buffer.x[start] !== buffer.x[end - 1] || buffer.y[start] !== buffer.y[end - 1])) {
        buffer.reserve(1);
        buffer.point(buffer.x[start], buffer.y[start], 0);
      }
      const area = buffer.points - start < 4 ? 0 : ringArea(buffer.x, buffer.y, start, buffer.points);
      if (area === 0) {
        buffer.dropPart();
        if (buffer.parts === first) return;
        continue;
      }
      const isOuter = buffer.parts === first;
      if (area > 0 !== isOuter) {
        buffer.x.subarray(start, buffer.points).reverse();
        buffer.y.subarray(start, buffer.points).reverse();
      }
      near ??= buffer.x[start];
      weigh(buffer.x, buffer.y, buffer.weight, start, buffer.points);
      buffer.endPart(Math.abs(area));
    }
    this.#end(layer, minZoom, properties);
  }

  /** @param near an x that the line lies near to, as one that crosses the antimeridian goes on beyond the world */
  #draw({ lonE7, latE7 }: Course, near: number | null): number {
    const buffer = this.#buffer;
    const start = buffer.points;
    buffer.reserve(lonE7.length + 1);
    let before = near;
    for (let i = 0; i < lonE7.length; i++) {
      let x = worldX(lonE7[i]);
      if (before !== null) {
        if (x - before > WORLD / 2) x -= WORLD;
        else if (before - x > WORLD / 2) x += WORLD;
      }
      const y = worldY(latE7[i]);
      if (buffer.points > start && x === buffer.x[buffer.points - 1] && y === buffer.y[buffer.points - 1]) continue;
      buffer.point(x, y, 0);
      before = x;
    }
    return start;
  }

  #end(name: string, minZoom: number, properties: Properties): void {
    const key = JSON.stringify(properties);
    let record = this.#numbers.get(key);
    if (record === undefined) {
      record = this.#records.push(properties) - 1;
      this.#numbers.set(key, record);
    }
    this.#buffer.endFeature(layerOf(name), minZoom, record);
  }

  /** All that was written, layer by layer; of polygons the greater ones first, so that the lesser lie upon them. */
  features(): Features {
    const from = this.#buffer;
    const order = Array.from({ length: from.features }, (_, f) => f);
    const sizeOf = (f: number): number => (LAYERS[from.layer[f]].shape === POLYGON ? from.size[from.partOffset[f]] : 0);
    order.sort((a, b) => from.layer[a] - from.layer[b] || sizeOf(b) - sizeOf(a) || a - b);
    const sorted = new FeatureBuffer();
    sorted.reserve(from.points);
    for (const f of order) sorted.copy(from, f);
    return { ...sorted.shared(), records: this.#records };
  }
}
