import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { Lines } from './lines.js';

function written() {
  const pieces: string[] = [];
  return { pieces, lines: new Lines({ write: (text) => pieces.push(text) }) };
}

it('writes the lines that may wait in one piece when the turn of the event loop ends', async () => {
  const { pieces, lines } = written();
  lines.writeLater('one\n');
  lines.writeLater('two\n');
  expect(pieces).toEqual([]);
  await turn();
  lines.writeLater('three\n');
  await turn();
  expect(pieces).toEqual(['one\ntwo\n', 'three\n']);
});

it('writes a line that may not wait before it returns, after those that came before it', async () => {
  const { pieces, lines } = written();
  lines.writeLater('request\n');
  lines.write('fatal\n');
  expect(pieces).toEqual(['request\n', 'fatal\n']);
  await turn();
  expect(pieces).toHaveLength(2);
});

it('writes what waits when it is told to, and nothing when nothing does', () => {
  const { pieces, lines } = written();
  lines.flush();
  lines.writeLater('last words\n');
  lines.flush();
  lines.flush();
  expect(pieces).toEqual(['last words\n']);
});

it('never joins lines to more bytes than a pipe takes in one piece', async () => {
  const { pieces, lines } = written();
  const all = Array.from({ length: 100 }, (_, n) => `${n} ${'é'.repeat(150)}\n`);
  for (const line of all) lines.writeLater(line);
  await turn();
  expect(pieces.join('')).toBe(all.join(''));
  expect(pieces.length).toBeLessThan(all.length / 5);
  for (const piece of pieces) {
    expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(4_096);
    expect(piece).toMatch(/\n$/);
  }
});

it('leaves a line that is longer than that in one piece', async () => {
  const { pieces, lines } = written();
  const long = `${'x'.repeat(5_000)}\n`;
  lines.writeLater('short\n');
  lines.writeLater(long);
  lines.writeLater('short\n');
  await turn();
  expect(pieces).toEqual(['short\n', long, 'short\n']);
});
