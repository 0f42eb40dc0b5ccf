import type { Generated } from 'kysely';

/** One imported state of a region. Publishing an edition is one row of `region` pointing at it. */
export interface EditionTable {
  id: Generated<number>;
  region: string;
  /** Layout of the tiles; a reader refuses one it does not know. */
  format: number;
  data_date: string;
  imported_at: string;
  source: string;
  attribution: string;
  synthetic: number;
  has_elevation: number;
  south: number;
  west: number;
  north: number;
  east: number;
  /** JSON: RegionCounts. */
  counts: string;
}

export interface RegionTable {
  name: string;
  edition: number;
}

/** A block of columns (network/columns.ts) for one square of a grid. */
export interface TileTable {
  edition: number;
  x: number;
  y: number;
  body: Uint8Array;
}

export interface TrailheadTable {
  edition: number;
  id: string;
  name: string | null;
  lon_e7: number;
  lat_e7: number;
  /** Number of the junction in the region, and where it lies. */
  junction: number;
  junction_lon_e7: number;
  junction_lat_e7: number;
  access_meters: number;
  /** Square of the road grid that the parking lies in. */
  road_x: number;
  road_y: number;
  /** JSON, what preparation knows of loops from here: TrailheadPreparation. */
  preparation: string;
}

export interface PlaceTable {
  edition: number;
  id: string;
  name: string;
  kind: string;
  lon_e7: number;
  lat_e7: number;
  population: number | null;
}

/** The keys under which a place is found (name-keys.ts): its names, folded, and more. */
export interface PlaceNameTable {
  edition: number;
  place: string;
  folded: string;
}

export interface StayTable {
  edition: number;
  id: string;
  name: string | null;
  kind: string;
  lon_e7: number;
  lat_e7: number;
}

/** A tile of the drawn map, in the numbering of the web's maps (y from the north). */
export interface MapTileTable {
  edition: number;
  layer: 'map' | 'contour' | 'relief';
  z: number;
  x: number;
  y: number;
  /** A vector tile packed by gzip; a PNG in the layer `relief`. */
  body: Uint8Array;
}

export interface Schema {
  edition: EditionTable;
  region: RegionTable;
  trail_tile: TileTable;
  road_tile: TileTable;
  trailhead: TrailheadTable;
  place: PlaceTable;
  place_name: PlaceNameTable;
  stay: StayTable;
  map_tile: MapTileTable;
}
