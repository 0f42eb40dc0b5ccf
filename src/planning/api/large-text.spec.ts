import { hash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { largeText } from './large-text.js';

async function made(text: string) {
  const headers: Record<string, unknown> = { 'Content-Type': 'text/plain' };
  let rests = 0;
  const rest = async (): Promise<void> => void rests++;
  const response = {
    getHeader: (name: string) => headers[name],
    setHeader: (name: string, value: unknown) => (headers[name] = value),
  };
  const body = await largeText(text, response as never, rest);
  return { body, type: headers['Content-Type'], etag: headers.ETag, rests };
}

test('a small text stays as it is', async () => {
  expect(await made('{}')).toEqual({ body: '{}', type: 'text/plain', etag: undefined, rests: 0 });
});

test('a large one becomes its bytes and the ETag of them, whatever characters lie where it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2 ** 19 - 3, max: 2 ** 19 + 1 }),
      fc.string({ unit: 'binary' }),
      async (at, end) => {
        const text = `${'a'.repeat(at)}\u{1f97e}${'é'.repeat(2 ** 19)}${end.toWellFormed()}`;
        const { body, type, etag, rests } = await made(text);
        expect(Buffer.from(text).equals(body as Buffer)).toBe(true);
        expect(type).toBe('text/plain; charset=utf-8');
        expect(etag).toBe(`W/"${hash('sha1', text, 'base64url')}"`);
        expect(rests).toBeGreaterThanOrEqual(3);
      },
    ),
    { numRuns: 10 },
  );
});
