/** Heights at the middles of square cells, row by row from the north-western one; NaN where nobody knows. */
export interface HeightGrid {
  side: number;
  meters: Float32Array;
}

/** The grid of half the side: each cell the mean of the four in it, of those that are known. */
export function halved({ side, meters }: HeightGrid): HeightGrid {
  const half = side / 2;
  const means = new Float32Array(half * half);
  for (let row = 0; row < half; row++) {
    for (let column = 0; column < half; column++) {
      const at = 2 * row * side + 2 * column;
      const [a, b, c, d] = [meters[at], meters[at + 1], meters[at + side], meters[at + side + 1]];
      let mean = (a + b + c + d) / 4;
      if (Number.isNaN(mean)) {
        let [sum, count] = [0, 0];
        for (const height of [a, b, c, d]) {
          if (Number.isNaN(height)) continue;
          sum += height;
          count++;
        }
        mean = count === 0 ? Number.NaN : sum / count;
      }
      means[row * half + column] = mean;
    }
  }
  return { side: half, meters: means };
}

/** A square part of a grid. */
export function part({ side, meters }: HeightGrid, left: number, top: number, size: number): HeightGrid {
  const cut = new Float32Array(size * size);
  for (let row = 0; row < size; row++) {
    const start = (top + row) * side + left;
    cut.set(meters.subarray(start, start + size), row * size);
  }
  return { side: size, meters: cut };
}

export const isKnown = ({ meters }: HeightGrid): boolean => meters.some((height) => !Number.isNaN(height));

/**
 * The same with heights everywhere: what nobody knows goes on from what is known, smoothly and the smoother the farther
 * off, so that a shaded relief shows neither a cliff nor streaks there (pull-push interpolation, Gortler et al. 1996).
 * @param grid with a height at least
 */
export function filled(grid: HeightGrid): HeightGrid {
  const { side, meters } = grid;
  if (!meters.some(Number.isNaN)) return grid;
  const whole = Float32Array.from(meters);
  if (side % 2 === 1 || side < 4) {
    const there = meters.filter((height) => !Number.isNaN(height));
    const mean = there.reduce((sum, height) => sum + height, 0) / there.length;
    return { side, meters: whole.map((height) => (Number.isNaN(height) ? mean : height)) };
  }
  const coarse = filled(halved(grid));
  const clamp = (i: number): number => Math.min(Math.max(i, 0), coarse.side - 1);
  for (let row = 0; row < side; row++) {
    const y = row / 2 - 0.25;
    const top = Math.floor(y);
    const down = y - top;
    const [upper, lower] = [clamp(top) * coarse.side, clamp(top + 1) * coarse.side];
    for (let column = 0; column < side; column++) {
      const at = row * side + column;
      if (!Number.isNaN(whole[at])) continue;
      const x = column / 2 - 0.25;
      const left = Math.floor(x);
      const right = x - left;
      const [near, far] = [clamp(left), clamp(left + 1)];
      const above = coarse.meters[upper + near] * (1 - right) + coarse.meters[upper + far] * right;
      const below = coarse.meters[lower + near] * (1 - right) + coarse.meters[lower + far] * right;
      whole[at] = above * (1 - down) + below * down;
    }
  }
  return { side, meters: whole };
}
