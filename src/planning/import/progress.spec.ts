import { Writable } from 'node:stream';
import { expect, test } from '@jest/globals';
import { Progress } from './progress.js';

class Screen extends Writable {
  text = '';
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.text += chunk;
    done();
  }
}

/** What cli-progress asks of a terminal. */
class Terminal extends Screen {
  readonly isTTY = true;
  readonly columns = 120;
  cursorTo(): void {}
  clearLine(): void {}
  moveCursor(): void {}
}

const STAGES = [
  { name: 'reading', share: 30 },
  { name: 'writing', share: 10 },
];

test('elsewhere than on a terminal each stage is one line, however often it advances', () => {
  const log = new Screen();
  const progress = new Progress(STAGES, log);
  progress.next();
  progress.advance(0.5);
  progress.next();
  progress.advance(1);
  progress.end();
  expect(log.text).toBe('reading\nwriting\n');
});

test('on a terminal one bar runs over all stages and says what is done and how long it takes', () => {
  const terminal = new Terminal();
  const progress = new Progress(STAGES, terminal);
  progress.next();
  progress.advance(1);
  progress.next();
  progress.end();
  expect(terminal.text).toContain('0% | reading');
  expect(terminal.text).toMatch(/75% \| writing \| .* left/);
});

test('ending before the first stage leaves the screen alone', () => {
  const terminal = new Terminal();
  new Progress(STAGES, terminal).end();
  expect(terminal.text).toBe('');
});
