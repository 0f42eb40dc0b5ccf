/** Numbers in [0, 1) that are the same on every machine (mulberry32, Tommy Ettinger, public domain). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const { imul } = Math;

/** A number in [-1, 1) that belongs to a point of the integer grid. */
function lattice(seed: number, x: number, y: number): number {
  let h = imul(x, 0x27d4eb2d) ^ imul(y, 0x165667b1) ^ imul(seed, 0x9e3779b1);
  h = imul(h ^ (h >>> 15), 0x2c1b3c6d);
  h = imul(h ^ (h >>> 12), 0x297a2d39);
  return ((h ^ (h >>> 15)) >>> 0) / 2 ** 31 - 1;
}

const ease = (t: number): number => t * t * t * (t * (t * 6 - 15) + 10);

/** Value noise (Perlin's fade between random values on the integer grid), -1 … 1. */
export function noise(seed: number, x: number, y: number): number {
  const [left, bottom] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [ease(x - left), ease(y - bottom)];
  const low = lattice(seed, left, bottom) * (1 - u) + lattice(seed, left + 1, bottom) * u;
  const high = lattice(seed, left, bottom + 1) * (1 - u) + lattice(seed, left + 1, bottom + 1) * u;
  return low * (1 - v) + high * v;
}
