import { FeatureBuffer, type FeatureColumns, type Features } from './feature-buffer.js';
import { EXTENT, LAYERS, LINE, POINT, POLYGON } from './layers.js';
import { tileUnits } from './world.js';

/** Of a polygon with a side of so many units of the tile nothing is told (encode.ts). */
const LEAST_AREA = (4 * EXTENT) ** 2 / 512 ** 2;

/**
 * The few of all features, and the few of their points, that views as far off as a zoom show: what is left over of a cell
 * when its squares are cut, and all that the zooms above need of it.
 */
export function thin(from: Features, z: number): Features {
  const unit = tileUnits(z) / EXTENT;
  const into = new FeatureBuffer();
  for (let f = 0; f < from.layer.length; f++) {
    if (from.minZoom[f] <= z) thinFeature(from, f, unit, into);
  }
  return { ...into.shared(), records: from.records };
}

function thinFeature(from: FeatureColumns, f: number, unit: number, into: FeatureBuffer): void {
  const { shape, tolerance } = LAYERS[from.layer[f]];
  const least = (tolerance * unit) ** 2;
  const first = from.partOffset[f];
  for (let p = first; p < from.partOffset[f + 1]; p++) {
    const size = from.size[p];
    const isSeen = shape === POINT || (shape === LINE ? size >= tolerance * unit : size >= LEAST_AREA * unit ** 2);
    if (!isSeen) {
      if (shape === POLYGON && p === first) return;
      continue;
    }
    into.reserve(from.pointOffset[p + 1] - from.pointOffset[p]);
    for (let i = from.pointOffset[p]; i < from.pointOffset[p + 1]; i++) {
      if (from.weight[i] >= least) into.point(from.x[i], from.y[i], from.weight[i]);
    }
    into.endPart(size);
  }
  into.endFeature(from.layer[f], from.minZoom[f], from.record[f]);
}
