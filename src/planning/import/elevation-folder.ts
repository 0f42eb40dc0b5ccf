import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elevationFrom, heightTile } from './elevation.js';
import type { ElevationAt } from './survey.js';

/**
 * Heights from the `.hgt` files of a folder; the case of their names does not matter.
 * @throws Error naming the folder when it cannot be read or has no such file, and the file when it is none
 */
export function elevationFolder(folder: string): ElevationAt {
  const files = new Map<string, string>();
  for (const name of readdirSync(folder)) {
    const found = /^([ns]\d{2}[ew]\d{3})\.hgt$/i.exec(name);
    if (found) files.set(found[1].toUpperCase(), join(folder, name));
  }
  if (files.size === 0) throw new Error(`there is no elevation tile like N42E001.hgt in ${folder}`);
  return elevationFrom((name) => {
    const path = files.get(name);
    if (path === undefined) return null;
    try {
      return heightTile(readFileSync(path));
    } catch (error) {
      throw error instanceof RangeError ? new Error(`${path} ${error.message}`) : error;
    }
  });
}
