import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { etagOf } from '../../runtime/http/express-adapter.js';
import { largeText } from './large-text.js';

async function made(text: string) {
  const headers: Record<string, unknown> = {};
  let rests = 0;
  const rest = async (): Promise<void> => void rests++;
  const body = await largeText(
    text,
    { setHeader: (name: string, value: unknown) => (headers[name] = value) } as never,
    rest,
  );
  return { body, etag: headers.ETag, rests };
}

test('a small text stays as it is', async () => {
  expect(await made('{}')).toEqual({ body: '{}', etag: undefined, rests: 0 });
});

test('a large one becomes its bytes and the ETag of them, whatever characters lie where it is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 2 ** 19 - 3, max: 2 ** 19 + 1 }),
      fc.string({ unit: 'binary' }),
      async (at, end) => {
        const text = `${'a'.repeat(at)}\u{1f97e}${'é'.repeat(2 ** 19)}${end.toWellFormed()}`;
        const { body, etag, rests } = await made(text);
        expect(Buffer.from(text).equals(body as Buffer)).toBe(true);
        expect(etag).toBe(etagOf(text));
        expect(rests).toBeGreaterThanOrEqual(3);
      },
    ),
    { numRuns: 10 },
  );
});
