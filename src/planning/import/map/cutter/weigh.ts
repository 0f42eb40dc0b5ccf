/** Their algorithm may take the square of the length; of a longer line a point in so many stays whatever it says. */
const LONGEST = 2_048;

/**
 * How much each point of a line says: the square of how far the line would be off without it, by Douglas and Peucker
 * (1973). A point that stays only because another does weighs no more than that one, so that leaving out all that weighs
 * less than a tolerance is what their algorithm gives for that tolerance. Computed once, heeded at every zoom.
 * @param start first point
 * @param end beyond the last point
 * @param weight is filled; both ends become infinite
 */
export function weigh(x: Int32Array, y: Int32Array, weight: Float32Array, start: number, end: number): void {
  weight.fill(0, start, end);
  weight[start] = weight[end - 1] = Number.POSITIVE_INFINITY;
  for (let from = start; from < end - 1; from += LONGEST) {
    const to = Math.min(from + LONGEST, end - 1);
    weight[to] = Number.POSITIVE_INFINITY;
    weighStretch(x, y, weight, from, to);
  }
}

function weighStretch(x: Int32Array, y: Int32Array, weight: Float32Array, from: number, to: number): void {
  // Not by recursion: a line that winds as it likes would be too deep.
  const stack: number[] = [from, to];
  const caps: number[] = [Number.POSITIVE_INFINITY];
  while (stack.length > 0) {
    const last = stack.pop()!;
    const first = stack.pop()!;
    const cap = caps.pop()!;
    if (last - first < 2) continue;
    const [ax, ay] = [x[first], y[first]];
    const dx = x[last] - ax;
    const dy = y[last] - ay;
    const squared = dx * dx + dy * dy;
    let farthest = -1;
    let at = first + 1;
    for (let i = first + 1; i < last; i++) {
      const px = x[i] - ax;
      const py = y[i] - ay;
      const dot = px * dx + py * dy;
      let off = px * px + py * py;
      if (dot > 0 && squared > 0) {
        if (dot < squared) off -= (dot * dot) / squared;
        else off = (px - dx) ** 2 + (py - dy) ** 2;
      }
      // Of equals the one nearest to the middle, so that even a straight line is cut in halves.
      if (off > farthest || (off === farthest && Math.abs(2 * i - first - last) < Math.abs(2 * at - first - last))) {
        farthest = off;
        at = i;
      }
    }
    const own = Math.min(cap, Math.max(0, farthest));
    weight[at] = own;
    if (own === 0) continue;
    stack.push(first, at, at, last);
    caps.push(own, own);
  }
}

/** A ring's area by the shoelace formula: positive where it runs clockwise as seen, y going down. Its last point is its first. */
export function ringArea(x: ArrayLike<number>, y: ArrayLike<number>, start: number, end: number): number {
  const [x0, y0] = [x[start], y[start]];
  let sum = 0;
  for (let i = start + 1; i < end - 2; i++) {
    sum += (x[i] - x0) * (y[i + 1] - y0) - (x[i + 1] - x0) * (y[i] - y0);
  }
  return sum / 2;
}

export function lineLength(x: ArrayLike<number>, y: ArrayLike<number>, start: number, end: number): number {
  let length = 0;
  for (let i = start + 1; i < end; i++) length += Math.hypot(x[i] - x[i - 1], y[i] - y[i - 1]);
  return length;
}
