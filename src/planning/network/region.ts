import type { Location } from './geodesy.js';
import type { Network } from './network.js';

/** Where a car is left and a walk begins: a parking within 200 m of a junction of the trail network. */
export interface Trailhead {
  /** Stable over imports: `n123`, `w456`, `r789` after the OSM element, `s12` in the synthetic sample. */
  id: string;
  name: string | null;
  lonE7: number;
  latE7: number;
  /** The junction (its number in the region) where the walk begins. */
  junction: number;
  /** From the car to that junction, straight. */
  accessMeters: number;
}

export const PLACE_KINDS = [
  'city',
  'town',
  'village',
  'hamlet',
  'suburb',
  'locality',
  'peak',
  'saddle',
  'lake',
  'hut',
] as const;

/** A name that a person may type. */
export interface Place {
  /** As Trailhead.id. */
  id: string;
  name: string;
  /** Other spellings and languages. */
  otherNames: string[];
  kind: (typeof PLACE_KINDS)[number];
  lonE7: number;
  latE7: number;
  population: number | null;
}

/** Where a walk of several days can sleep. */
export interface Stay {
  id: string;
  name: string | null;
  kind: 'alpine_hut' | 'wilderness_hut' | 'shelter' | 'camp_site';
  lonE7: number;
  latE7: number;
}

/**
 * The drivable road network: nodes where roads meet or end and at most every 500 m between, edges with the time of
 * driving each way (Infinity where that way is forbidden).
 */
export interface RoadNetwork {
  nodeLonE7: Int32Array;
  nodeLatE7: Int32Array;
  from: Uint32Array;
  to: Uint32Array;
  lengthMeters: Float32Array;
  secondsForward: Float32Array;
  secondsBackward: Float32Array;
}

/** All that an import knows of a region before it is written. */
export interface Region {
  name: string;
  synthetic: boolean;
  /** When the data was true, ISO 8601 date; null when it does not say. */
  dataDate: string | null;
  source: string;
  attribution: string;
  hasElevation: boolean;
  /** Degrees. */
  bounds: { south: number; west: number; north: number; east: number };
  network: Network;
  roads: RoadNetwork;
  trailheads: Trailhead[];
  places: Place[];
  stays: Stay[];
}

export const locationOf = (at: { lonE7: number; latE7: number }): Location => ({
  lon: at.lonE7 / 1e7,
  lat: at.latE7 / 1e7,
});
