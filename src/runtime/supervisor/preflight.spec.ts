import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { preflight } from './preflight.js';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'preflight-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

/** A program that answers /readyz with this status, and writes down how it ended. */
function program(status: number): string {
  const script = join(directory, `program-${status}.mjs`);
  writeFileSync(
    script,
    `import { createServer } from 'node:http';
     import { writeFileSync } from 'node:fs';
     const server = createServer((_, response) => response.writeHead(${status}).end('the reason'));
     server.listen(0, '127.0.0.1', () => process.send({ listening: server.address().port }));
     process.on('SIGTERM', () => {
       writeFileSync(process.env.ENDED, \`SIGTERM, trial: \${process.env.RUNTIME_TRIAL}, slot: \${process.env.pm_id}\`);
       process.exit(0);
     });`,
  );
  return script;
}

describe('preflight', () => {
  it('tells a program that it is on trial, and lets it end in order', async () => {
    const ENDED = join(directory, 'ended');
    await preflight(program(200), { ENDED, pm_id: '3' });
    expect(readFileSync(ENDED, 'utf8')).toBe('SIGTERM, trial: 1, slot: undefined');
  });

  it('says why a program is not ready, and ends it all the same', async () => {
    const ENDED = join(directory, 'ended-unready');
    await expect(preflight(program(503), { ENDED })).rejects.toThrow('it is not ready: the reason');
    expect(readFileSync(ENDED, 'utf8')).toContain('SIGTERM');
  });

  it('passes on what a program says that does not boot', async () => {
    const script = join(directory, 'broken.mjs');
    writeFileSync(script, "throw new Error('no such table');");
    await expect(preflight(script, {})).rejects.toThrow('Error: no such table');
  });
});
