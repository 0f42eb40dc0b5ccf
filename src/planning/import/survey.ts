import { KINDS, type Kind } from '../network/network.js';
import type { Place, Stay } from '../network/region.js';
import type { WayGraph } from './contract.js';

/** What a walker should know of a way; indexes are those of network/network.ts. */
export interface WalkTraits {
  kind: number;
  surface: number;
  difficulty: number;
  visibility: number;
  /** Empty when it has none. */
  name: string;
  /** Bits after CAUTIONS. */
  cautions: number;
  /** When it is closed or open, as network/closings.ts writes it; empty when always as it is. */
  closing: string;
  /** Names of the hiking routes along it. */
  routes: readonly string[];
  /** In a tunnel or on a bridge, where the elevation model shows the hill above or the gorge below. */
  offGround: boolean;
}

/** A way of that kind of which nothing else is known. */
export const plainWay = (kind: Kind): WalkTraits => ({
  kind: KINDS.indexOf(kind),
  surface: 0,
  difficulty: 0,
  visibility: 0,
  name: '',
  cautions: 0,
  closing: '',
  routes: [],
  offGround: false,
});

/** Somewhere a car may be left. */
export interface Parking {
  /** As Trailhead.id. */
  id: string;
  name: string | null;
  lonE7: number;
  latE7: number;
}

/** What a source (an OpenStreetMap extract, the sample) tells of an area, before a region is made of it. */
export interface Survey {
  walk: WayGraph;
  /** By way of `walk`. */
  walkTraits: WalkTraits[];
  drive: WayGraph;
  /** Nodes of `drive` that a road may lead to, but no car goes through. */
  closedToCars: ReadonlySet<number>;
  /** By way of `drive`. */
  speedKmh: Float32Array;
  parkings: Parking[];
  places: Place[];
  stays: Stay[];
}

/** Metres above the sea at a place in degrees × 1e7; NaN where nobody knows. */
export type ElevationAt = (lonE7: number, latE7: number) => number;
