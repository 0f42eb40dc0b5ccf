import { constants, openSync } from 'node:fs';
import { basename } from 'node:path';
import { fileNameIn, isUrl } from './address.js';
import { type DownloadLimits, download } from './download.js';

/** What a region is called after its file: `andorra-latest.osm.pbf`, `andorra-250119.osm.pbf` and the like are Andorra. */
export function regionNameOf(source: string): string {
  const file = isUrl(source) ? fileNameIn(source) : basename(source);
  const bare = file.replace(/(\.osm)?\.pbf$/i, '').replace(/[-_.](latest|\d{4,8}|\d{4}-\d{2}-\d{2})$/i, '');
  const words = bare.split(/[-_\s\p{C}]+/u).filter((word) => word !== '');
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join(' ') || 'Region';
}

/**
 * A file to read: the one at a path, or what is behind an address.
 * @returns the number of the open file
 * @throws Error in one line when there is nothing to read
 */
export async function openSource(
  source: string,
  limits: DownloadLimits,
  onSize: (bytes: number | null) => void,
  onProgress: (part: number) => void,
): Promise<number> {
  if (isUrl(source)) return (await download(source, limits, onSize, onProgress)).fd;
  try {
    // Whoever opens a pipe would wait for someone to write into it.
    return openSync(source, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(code === 'ENOENT' ? `there is no file ${source}` : message);
  }
}
