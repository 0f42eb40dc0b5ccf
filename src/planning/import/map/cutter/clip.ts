import type { FeatureBuffer, FeatureColumns } from './feature-buffer.js';
import { LAYERS, POINT, POLYGON } from './layers.js';

/**
 * Of some features what lies between two parallels to an axis, edges included; what is cut anew there stays at every zoom.
 * Polygons after Sutherland and Hodgman (1974), one edge pair at a time.
 * @param into is added to
 * @param axis 0 for x, 1 for y
 * @param lineMargin how far lines and polygons are kept beyond; points have their own
 */
export function clip(
  from: FeatureColumns & { features: number },
  into: FeatureBuffer,
  axis: 0 | 1,
  low: number,
  high: number,
  lineMargin: number,
  pointMargin: number,
): void {
  for (let f = 0; f < from.features; f++) {
    clipFeature(from, f, 0, into, axis, low, high, lineMargin, pointMargin);
  }
}

/** The same for one feature. @param shift added to every x before */
export function clipFeature(
  from: FeatureColumns,
  f: number,
  shift: number,
  into: FeatureBuffer,
  axis: 0 | 1,
  low: number,
  high: number,
  lineMargin: number,
  pointMargin: number,
): void {
  const { shape } = LAYERS[from.layer[f]];
  const margin = shape === POINT ? pointMargin : lineMargin;
  const moved = axis === 0 ? shift : 0;
  const [k1, k2] = [low - margin, high + margin];
  const [least, most] = [from.box[4 * f + axis] + moved, from.box[4 * f + 2 + axis] + moved];
  if (most < k1 || least > k2) return;
  if (least >= k1 && most <= k2) {
    into.copy(from, f, shift);
    return;
  }
  if (shape === POINT) return;
  const first = into.parts;
  for (let p = from.partOffset[f]; p < from.partOffset[f + 1]; p++) {
    const sizes = from.size[p];
    const [start, end] = [from.pointOffset[p], from.pointOffset[p + 1]];
    if (shape !== POLYGON) clipLine(from, start, end, shift, into, axis, k1, k2, sizes);
    else {
      clipRing(from, start, end, shift, into, axis, k1, k2);
      if (into.points - into.partStart >= 4) into.endPart(sizes);
      else {
        into.dropPart();
        // Without its outer ring there is nothing of a polygon.
        if (into.parts === first) return;
      }
    }
  }
  into.endFeature(from.layer[f], from.minZoom[f], from.record[f]);
}

/** The point on the way from i to i + 1 where the axis has a value. */
function cross(from: FeatureColumns, i: number, shift: number, into: FeatureBuffer, axis: 0 | 1, at: number): void {
  const [ax, ay] = [from.x[i] + shift, from.y[i]];
  const [bx, by] = [from.x[i + 1] + shift, from.y[i + 1]];
  if (axis === 0) into.point(at, Math.round(ay + ((at - ax) * (by - ay)) / (bx - ax)), Number.POSITIVE_INFINITY);
  else into.point(Math.round(ax + ((at - ay) * (bx - ax)) / (by - ay)), at, Number.POSITIVE_INFINITY);
}

function clipLine(
  from: FeatureColumns,
  start: number,
  end: number,
  shift: number,
  into: FeatureBuffer,
  axis: 0 | 1,
  k1: number,
  k2: number,
  size: number,
): void {
  const along = axis === 0 ? from.x : from.y;
  const moved = axis === 0 ? shift : 0;
  const finish = (): void => {
    if (into.points - into.partStart >= 2) into.endPart(size);
    else into.dropPart();
  };
  for (let i = start; i < end - 1; i++) {
    into.reserve(3);
    const a = along[i] + moved;
    const b = along[i + 1] + moved;
    if (a < k1) {
      if (b > k1) cross(from, i, shift, into, axis, k1);
    } else if (a > k2) {
      if (b < k2) cross(from, i, shift, into, axis, k2);
    } else into.point(from.x[i] + shift, from.y[i], from.weight[i]);
    if (b < k1 && a >= k1) {
      cross(from, i, shift, into, axis, k1);
      finish();
    } else if (b > k2 && a <= k2) {
      cross(from, i, shift, into, axis, k2);
      finish();
    }
  }
  const last = along[end - 1] + moved;
  if (last >= k1 && last <= k2) {
    into.reserve(1);
    into.point(from.x[end - 1] + shift, from.y[end - 1], from.weight[end - 1]);
  }
  finish();
}

function clipRing(
  from: FeatureColumns,
  start: number,
  end: number,
  shift: number,
  into: FeatureBuffer,
  axis: 0 | 1,
  k1: number,
  k2: number,
): void {
  const along = axis === 0 ? from.x : from.y;
  const moved = axis === 0 ? shift : 0;
  for (let i = start; i < end - 1; i++) {
    into.reserve(4);
    const a = along[i] + moved;
    const b = along[i + 1] + moved;
    if (a < k1) {
      if (b > k1) cross(from, i, shift, into, axis, k1);
    } else if (a > k2) {
      if (b < k2) cross(from, i, shift, into, axis, k2);
    } else into.point(from.x[i] + shift, from.y[i], from.weight[i]);
    if (b < k1 && a >= k1) cross(from, i, shift, into, axis, k1);
    else if (b > k2 && a <= k2) cross(from, i, shift, into, axis, k2);
  }
  const first = into.partStart;
  if (into.points > first) {
    const last = into.points - 1;
    if (into.x[first] !== into.x[last] || into.y[first] !== into.y[last])
      into.point(into.x[first], into.y[first], Number.POSITIVE_INFINITY);
  }
}
