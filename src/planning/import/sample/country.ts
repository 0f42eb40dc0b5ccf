import { METERS_PER_DEGREE } from '../../network/geodesy.js';
import type { Place, Stay } from '../../network/region.js';
import type { Parking } from '../survey.js';
import type { Road, Settlement } from './roads.js';
import type { Point, Terrain } from './terrain.js';
import type { Trail } from './trails.js';

/** In the Atlantic, 700 km from any land. */
export const SOUTH = 47;
export const WEST = -37.6;
export const METERS_PER_DEGREE_LON = METERS_PER_DEGREE * Math.cos((47.08 * Math.PI) / 180);

export const lonE7 = ({ x }: Point): number => Math.round((WEST + x / METERS_PER_DEGREE_LON) * 1e7);
export const latE7 = ({ y }: Point): number => Math.round((SOUTH + y / METERS_PER_DEGREE) * 1e7);
export const pointAt = (lon: number, lat: number): Point => ({
  x: (lon / 1e7 - WEST) * METERS_PER_DEGREE_LON,
  y: (lat / 1e7 - SOUTH) * METERS_PER_DEGREE,
});

/** All that the sample is made of, before a region and a map are made of it. */
export interface Country {
  seed: number;
  terrain: Terrain;
  settlements: Settlement[];
  roads: Road[];
  trails: Trail[];
  /** By trail: the names of the routes along it. */
  routes: Map<number, string[]>;
  places: Place[];
  stays: Stay[];
  parkings: Parking[];
}
