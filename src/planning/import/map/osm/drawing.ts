import type { Properties } from '../cutter/feature-buffer.js';

/** How an element is drawn, its shape apart. */
export interface Drawing {
  /** Name of one of LAYERS. */
  layer: string;
  /** The first zoom that shows it. */
  minZoom: number;
  properties: Properties;
}
