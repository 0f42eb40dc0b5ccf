import { createHash } from 'node:crypto';
import { closeSync, statfsSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { type Address, addressOf } from './address.js';
import { writeByteSize } from './byte-size.js';
import { namelessFile } from './nameless-file.js';

/** A transfer that brings less than a thousand bytes a second is given up: whoever waits for it waits for ever. */
const STALLED_BYTES_PER_MS = 1;

/** For the checksum, which is one line. */
const CHECKSUM_MS = 15_000;
const CHECKSUM_BYTES = 1_024;

export interface DownloadLimits {
  maxBytes: number;
  /** For so long next to nothing may come. */
  stalledMs: number;
  /** Ends the download from outside. */
  signal: AbortSignal;
}

export interface Downloaded {
  /** Number of an open file without a name. */
  fd: number;
  /** Whether a checksum lay beside it, and was right. */
  checked: boolean;
}

/**
 * Downloads to a temporary file that has no name any more.
 * @param onSize called before the first byte with what the server says there is; null when it does not say
 * @param onProgress called with the part downloaded, 0–1, where the size is known
 * @throws Error in one line that shows no credentials: the server cannot be reached, refuses, sends too much, too little,
 *   too slowly, or something else than its checksum says
 */
export async function download(
  source: string,
  { maxBytes, stalledMs, signal }: DownloadLimits,
  onSize: (bytes: number | null) => void,
  onProgress: (part: number) => void,
): Promise<Downloaded> {
  const address = addressOf(source);
  const patience = new Patience(stalledMs);
  const either = AbortSignal.any([signal, patience.signal]);
  try {
    const response = await answer(address, either);
    const size = sizeOf(response);
    if (size !== null) checkSize(size, maxBytes, address);
    onSize(size);
    const fd = namelessFile();
    try {
      const md5 = await toFile(response.body!, fd, { maxBytes, size, address }, (done, bytes) => {
        patience.got(bytes);
        if (size !== null) onProgress(done / size);
      });
      patience.end();
      return { fd, checked: await isAsItsChecksumSays(md5, address, response.url, signal) };
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (patience.signal.aborted) {
      throw new Error(`${address.shown} has sent nothing, or next to nothing, for ${stalledMs / 1_000} s`);
    }
    throw error;
  } finally {
    patience.end();
  }
}

/** Gives up when too little comes. */
class Patience {
  readonly #controller = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;

  constructor(stalledMs: number) {
    this.#timer = setInterval(() => {
      if (this.#bytes < stalledMs * STALLED_BYTES_PER_MS) this.#controller.abort();
      this.#bytes = 0;
    }, stalledMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  got(bytes: number): void {
    this.#bytes += bytes;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

async function answer({ url, shown, headers }: Address, signal: AbortSignal): Promise<Response> {
  const response = await fetch(url, { headers, signal }).catch((error: Error & { cause?: Error }) => {
    throw new Error(`${shown} cannot be reached: ${error.cause?.message || error.message}`);
  });
  if (response.ok && response.body) return response;
  await response.body?.cancel();
  throw new Error(`${shown} answered ${response.status} ${response.statusText.slice(0, 100)}`.trim());
}

/** A server that packs what it sends all the same says how long it is packed, which tells nothing. */
function sizeOf({ headers }: Response): number | null {
  const said = headers.get('content-length');
  const size = said !== null && headers.get('content-encoding') === null ? Number(said) : Number.NaN;
  return Number.isSafeInteger(size) && size >= 0 ? size : null;
}

function checkSize(size: number, maxBytes: number, { shown }: Address): void {
  if (size > maxBytes) {
    throw new Error(
      `${shown} has ${writeByteSize(size)}, more than ${writeByteSize(maxBytes)}: --max-download allows more`,
    );
  }
  const { bavail, bsize } = statfsSync(tmpdir());
  if (size > bavail * bsize) {
    throw new Error(
      `${shown} has ${writeByteSize(size)}, and there is room for ${writeByteSize(bavail * bsize)} in ${tmpdir()}`,
    );
  }
}

/** @returns the MD5 of what came, in hexadecimal digits */
async function toFile(
  body: ReadableStream<Uint8Array>,
  fd: number,
  { maxBytes, size, address: { shown } }: { maxBytes: number; size: number | null; address: Address },
  onChunk: (done: number, bytes: number) => void,
): Promise<string> {
  const hash = createHash('md5');
  let done = 0;
  try {
    for await (const chunk of body) {
      if (done + chunk.length > maxBytes) {
        throw new RangeError(`sends more than ${writeByteSize(maxBytes)}: --max-download allows more`);
      }
      hash.update(chunk);
      for (let at = 0; at < chunk.length; ) at += writeSync(fd, chunk, at, chunk.length - at, done + at);
      done += chunk.length;
      onChunk(done, chunk.length);
    }
    if (size !== null && done !== size) throw new RangeError(`ended after ${done} of ${size} bytes`);
  } catch (error) {
    const { code, cause, message } = error as NodeJS.ErrnoException & { cause?: Error };
    if (code === 'ENOSPC') throw new Error(`there is no room for ${shown} in ${tmpdir()}`);
    if (error instanceof RangeError) throw new Error(`${shown} ${message}`);
    throw new Error(`${shown} broke off: ${cause?.message ?? message}`);
  }
  return hash.digest('hex');
}

/**
 * Compares with the checksum beside a file, as Geofabrik and others have one (`FILE.md5`: 32 hexadecimal digits, then the
 * name of the file).
 * @param from where the file came from after all redirections: `latest` may be another one in a moment
 * @returns false when there is none
 * @throws Error in one line when it is another
 */
async function isAsItsChecksumSays(hex: string, address: Address, from: string, signal: AbortSignal): Promise<boolean> {
  const beside = new URL(from || address.url);
  beside.pathname += '.md5';
  const sameHost = beside.origin === new URL(address.url).origin;
  let said = '';
  try {
    const response = await fetch(beside, {
      headers: sameHost ? address.headers : {},
      signal: AbortSignal.any([signal, AbortSignal.timeout(CHECKSUM_MS)]),
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return false;
    }
    for await (const chunk of response.body) {
      said += Buffer.from(chunk).toString('latin1');
      if (said.length >= CHECKSUM_BYTES) break;
    }
  } catch {
    // One that does not come is none.
    signal.throwIfAborted();
    return false;
  }
  const expected = /^\s*([0-9a-f]{32})(\s|$)/i.exec(said)?.[1].toLowerCase();
  if (expected !== undefined && expected !== hex) {
    throw new Error(`${address.shown} is not what its checksum says: damaged on the way, or made anew just now`);
  }
  return expected !== undefined;
}
