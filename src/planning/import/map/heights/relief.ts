import type { HeightGrid } from './grid.js';
import { png } from './png.js';

/** Half a metre: what is finer costs twice the bytes and nobody sees it. */
const STEPS_PER_METER = 2;

/**
 * Heights as pixels, as “terrarium” writes them: (red × 256 + green + blue / 256) − 32768 metres.
 * @param grid known everywhere
 */
export function reliefTile({ side, meters }: HeightGrid): Uint8Array {
  const rgb = new Uint8Array(3 * side * side);
  for (let i = 0; i < meters.length; i++) {
    const height = Math.round(meters[i] * STEPS_PER_METER) / STEPS_PER_METER + 32_768;
    const whole = Math.floor(height);
    rgb[3 * i] = whole >> 8;
    rgb[3 * i + 1] = whole & 255;
    rgb[3 * i + 2] = (height - whole) * 256;
  }
  return png(side, rgb);
}
