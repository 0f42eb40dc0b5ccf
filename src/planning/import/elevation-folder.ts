import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elevationFrom, type HeightTile, heightTile, tileName } from './elevation.js';
import { type DegreeBox, type HeightRaster, rasterOf } from './map/heights/raster.js';
import type { ElevationAt } from './survey.js';

/** Heights, point by point and tile by tile. */
export interface Elevation {
  at: ElevationAt;
  /** The tiles that reach into a box. @param box degrees; west is greater than east where the antimeridian lies between */
  within(box: DegreeBox): HeightRaster[];
}

/** Beyond a box heights are looked at as well, so that the shade of its edge is right: degrees. */
const RIM = 0.02;

/**
 * Heights from the `.hgt` files of a folder; the case of their names does not matter.
 * @throws Error naming the folder when it cannot be read or has no such file, and the file when it is none
 */
export function elevationFolder(folder: string): Elevation {
  const files = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    const found = /^([ns]\d{2}[ew]\d{3})\.hgt$/i.exec(name);
    if (found) files.set(found[1].toUpperCase(), join(folder, name));
  }
  if (files.size === 0) throw new Error(`there is no elevation tile like N42E001.hgt in ${folder}`);
  const read = new Map<string, HeightTile | null>();
  const load = (name: string): HeightTile | null => {
    const path = files.get(name);
    if (path === undefined) return null;
    try {
      return heightTile(readFileSync(path));
    } catch (error) {
      throw error instanceof RangeError ? new Error(`${path} ${error.message}`) : error;
    }
  };
  const tileOf = (name: string): HeightTile | null => {
    if (!read.has(name)) read.set(name, load(name));
    return read.get(name)!;
  };
  return {
    at: elevationFrom(tileOf),
    within({ south, west, north, east }) {
      const rasters: HeightRaster[] = [];
      const last = Math.floor((east < west ? east + 360 : east) + RIM);
      for (let lat = Math.floor(south - RIM); lat <= Math.floor(north + RIM); lat++) {
        for (let lon = Math.floor(west - RIM); lon <= last; lon++) {
          const wrapped = ((((lon + 180) % 360) + 360) % 360) - 180;
          const tile = tileOf(tileName(lat, wrapped));
          if (tile) rasters.push(rasterOf(tile, lat, wrapped));
        }
      }
      return rasters;
    },
  };
}
