import { createHash } from 'node:crypto';
import type { Response } from 'express';
import { turn } from '../network/turns.js';

/** So many characters are made into bytes between two turns of the main loop: a millisecond or two. */
const CHARACTERS_PER_TURN = 2 ** 19;

/**
 * A text as the body of an answer. A large one is made into bytes, and its ETag of them, while the main loop turns, where
 * the adapter would do both at once; the ETag is the one that the adapter would give.
 */
export async function largeText(
  text: string,
  response: Pick<Response, 'getHeader' | 'setHeader'>,
  rest: () => Promise<void> = turn,
): Promise<string | Buffer> {
  if (text.length <= CHARACTERS_PER_TURN) return text;
  const hash = createHash('sha1');
  const parts: Buffer[] = [];
  for (let from = 0; from < text.length; ) {
    await rest();
    let to = Math.min(text.length, from + CHARACTERS_PER_TURN);
    // Both halves of a character beyond the basic plane go together.
    if ((text.charCodeAt(to - 1) & 0xfc00) === 0xd800) to = Math.max(from + 1, to - 1);
    const bytes = Buffer.from(text.slice(from, to));
    hash.update(bytes);
    parts.push(bytes);
    from = to;
  }
  // As Express says it of a text.
  response.setHeader('Content-Type', `${response.getHeader('Content-Type')}; charset=utf-8`);
  response.setHeader('ETag', `W/"${hash.digest('base64url')}"`);
  await rest();
  return Buffer.concat(parts);
}
