import { METERS_PER_DEGREE } from './geodesy.js';

/** A square of the grid, in steps from longitude -180 and latitude -90. */
export interface TileKey {
  x: number;
  y: number;
}

/** A grid of squares of some size in degrees; the earth closes at the antimeridian, so x is taken modulo the row. */
export interface TileGrid {
  degreesPerTile: number;
  tilesPerRow: number;
}

const grid = (tilesPerDegree: number): TileGrid => ({
  degreesPerTile: 1 / tilesPerDegree,
  tilesPerRow: 360 * tilesPerDegree,
});

/** Trails: about 5.5 km a side, so that a 15 km loop touches about sixteen. */
export const TRAIL_GRID = grid(20);

/** Roads: about 28 km a side, for drives of an hour. */
export const ROAD_GRID = grid(4);

/** The tile that holds a point given in degrees × 1e7. */
export function tileAt({ degreesPerTile, tilesPerRow }: TileGrid, lonE7: number, latE7: number): TileKey {
  const x = Math.floor((lonE7 / 1e7 + 180) / degreesPerTile);
  return { x: ((x % tilesPerRow) + tilesPerRow) % tilesPerRow, y: Math.floor((latE7 / 1e7 + 90) / degreesPerTile) };
}

/** A block of tiles: rows from south to north, in each so many from the left eastwards, round the earth if need be. */
export interface TileBlock {
  bottom: number;
  top: number;
  left: number;
  across: number;
}

/**
 * The block that holds every tile a circle may touch.
 * @param radiusMeters of the circle; near a pole a row is taken whole
 */
export function blockAround(tiles: TileGrid, lonE7: number, latE7: number, radiusMeters: number): TileBlock {
  const { degreesPerTile, tilesPerRow } = tiles;
  const lat = latE7 / 1e7;
  const reachLat = radiusMeters / METERS_PER_DEGREE;
  const bottom = Math.floor((Math.max(-90, lat - reachLat) + 90) / degreesPerTile);
  const top = Math.floor((Math.min(90, lat + reachLat) + 90) / degreesPerTile);
  const narrowest = Math.cos((Math.min(89.999, Math.abs(lat) + reachLat) * Math.PI) / 180);
  const reachLon = reachLat / narrowest;
  const left = Math.floor((lonE7 / 1e7 - reachLon + 180) / degreesPerTile);
  const right = Math.floor((lonE7 / 1e7 + reachLon + 180) / degreesPerTile);
  const across = Math.min(tilesPerRow, right - left + 1);
  return { bottom, top, left: ((left % tilesPerRow) + tilesPerRow) % tilesPerRow, across };
}

/** Tiles in a block. */
export const countOf = ({ bottom, top, across }: TileBlock): number => (top - bottom + 1) * across;

/** The tiles of a block, row by row. @param block of no more tiles than may be made in one go (`countOf`) */
export function keysOf({ tilesPerRow }: TileGrid, { bottom, top, left, across }: TileBlock): TileKey[] {
  const keys: TileKey[] = [];
  for (let y = bottom; y <= top; y++) {
    for (let i = 0; i < across; i++) keys.push({ x: (left + i) % tilesPerRow, y });
  }
  return keys;
}

/** From which x to which a row of the block goes: two spans where it goes round the earth. */
export function spansOf({ tilesPerRow }: TileGrid, { left, across }: TileBlock): [number, number][] {
  const end = left + across - 1;
  return end < tilesPerRow
    ? [[left, end]]
    : [
        [0, end - tilesPerRow],
        [left, tilesPerRow - 1],
      ];
}
