/** What the shapes of a layer are; the numbers are those of the tiles' format. */
export const POINT = 1;
export const LINE = 2;
export const POLYGON = 3;

interface Layer {
  name: string;
  shape: typeof POINT | typeof LINE | typeof POLYGON;
  /** The zoom from which on a property is told, for those that are not told on all. */
  from?: Record<string, number>;
  /** How far a line may be from where it was drawn, in units of the tile's 4096. */
  tolerance: number;
}

const line = (name: string, more: Partial<Layer> = {}): Layer => ({ name, shape: LINE, tolerance: 3, ...more });
const polygon = (name: string, more: Partial<Layer> = {}): Layer => ({ name, shape: POLYGON, tolerance: 3, ...more });
const point = (name: string): Layer => ({ name, shape: POINT, tolerance: 0 });

/** The layers of the map in the order in which tiles tell them. A feature's layer is its index here. */
export const LAYERS: readonly Layer[] = [
  polygon('ground', { tolerance: 4 }),
  polygon('water'),
  polygon('reserve', { tolerance: 4 }),
  polygon('building', { tolerance: 1 }),
  line('waterway', { from: { name: 11 } }),
  line('boundary'),
  line('cliff'),
  line('ridge'),
  line('rail', { from: { name: 12 } }),
  line('lift', { from: { name: 12 } }),
  line('road', { from: { name: 12 } }),
  line('trail', { from: { name: 12, routes: 11 } }),
  point('poi'),
  point('place'),
  line('contour', { tolerance: 6 }),
];

/** @throws Error when there is no such layer */
export function layerOf(name: string): number {
  const index = LAYERS.findIndex((layer) => layer.name === name);
  if (index < 0) throw new Error(`there is no layer ${name}`);
  return index;
}

/** The map is cut square by square: squares are tiles of this zoom, and all deeper ones come out of them. */
export const SQUARE_ZOOM = 10;
/** The first zoom that has a map. */
export const FIRST_ZOOM = 5;
/** The last zoom; closer views enlarge it. */
export const LAST_ZOOM = 14;

/** Side of a tile in its own units. */
export const EXTENT = 4096;
/** How far what lies beside a tile is told as well, in its units, so that strokes and names meet across tiles. */
export const LINE_BUFFER = 64;
export const POINT_BUFFER = 128;
