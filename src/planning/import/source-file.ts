import { mkdtempSync, rmSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export const isUrl = (source: string): boolean => /^https?:\/\//i.test(source);

/** What a region is called after its file: `andorra-latest.osm.pbf`, `andorra-250119.osm.pbf` and the like are Andorra. */
export function regionNameOf(source: string): string {
  const file = basename(isUrl(source) ? decodeURIComponent(new URL(source).pathname) : source);
  const bare = file.replace(/(\.osm)?\.pbf$/i, '').replace(/[-_.](latest|\d{4,8}|\d{4}-\d{2}-\d{2})$/i, '');
  const words = bare.split(/[-_\s]+/).filter((word) => word !== '');
  return words.map((word) => word[0].toUpperCase() + word.slice(1)).join(' ') || 'Region';
}

/**
 * A file to read. What is behind an address is downloaded to a temporary file that has no name any more once it is open:
 * it is gone with the program, however that ends.
 * @param onProgress called with the part downloaded, 0–1, where its size is known
 * @throws Error in one line when there is nothing to read
 */
export async function openSource(
  source: string,
  signal: AbortSignal,
  onProgress: (part: number) => void,
): Promise<FileHandle> {
  if (isUrl(source)) return download(source, signal, onProgress);
  try {
    return await open(source);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(code === 'ENOENT' ? `there is no file ${source}` : message);
  }
}

async function download(url: string, signal: AbortSignal, onProgress: (part: number) => void): Promise<FileHandle> {
  const response = await fetch(url, { signal }).catch((error: Error & { cause?: Error }) => {
    throw signal.aborted ? error : new Error(`${url} cannot be reached: ${error.cause?.message || error.message}`);
  });
  if (!response.ok || !response.body)
    throw new Error(`${url} answered ${response.status} ${response.statusText}`.trim());
  const size = Number(response.headers.get('content-length') ?? Number.NaN);
  const file = await nameless();
  try {
    let done = 0;
    for await (const chunk of response.body) {
      await file.write(chunk, 0, chunk.length, done);
      done += chunk.length;
      onProgress(done / size);
    }
    if (done < size) throw new Error(`${url} ended after ${done} of ${size} bytes`);
    return file;
  } catch (error) {
    await file.close();
    const { cause } = error as { cause?: Error };
    throw cause && !signal.aborted ? new Error(`${url} broke off: ${cause.message}`) : error;
  }
}

async function nameless(): Promise<FileHandle> {
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  // A signal may end the process before the file is open.
  process.once('exit', remove);
  try {
    return await open(join(folder, 'extract.osm.pbf'), 'w+');
  } finally {
    remove();
    process.off('exit', remove);
  }
}
