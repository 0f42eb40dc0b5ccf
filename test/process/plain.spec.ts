import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { workshop } from './lift.js';
import { ask, freePort, Program } from './program.js';

let script: string;
let program: Program;

// No Nest, no PM2, no nginx: a server of `node:http` with the three functions.
beforeAll(() => {
  script = join(workshop(), 'server.mjs');
  const runtime = pathToFileURL(resolve('dist/runtime/door.js')).href;
  writeFileSync(
    script,
    `import { createServer } from 'node:http';
     import { door, drainAtStop, requestContext, watchdog } from '${runtime}';
     const front = door({ deadlineMs: 1_000 });
     const server = createServer((request, response) => front.middleware(request, response, () => {
       const { pathname } = new URL(request.url, 'http://a');
       if (pathname === '/hang') for (;;);
       if (pathname === '/never') return;
       const { requestId } = requestContext.getStore();
       setTimeout(() => response.end(requestId), pathname === '/slow' ? 500 : 0);
     }));
     drainAtStop({ server, door: front, quietPeriodMs: 100, close: async () => console.log('{"msg":"closed"}') });
     watchdog({ door: front, limitMs: 1_000 });
     server.listen(process.env.PORT, '127.0.0.1', () => console.log('{"msg":"listening"}'));`,
  );
});

async function started(): Promise<number> {
  const port = await freePort();
  program = new Program([script], { PORT: String(port) });
  await program.until((log) => log.find(({ msg }) => msg === 'listening'));
  return port;
}

describe('a server of node:http', () => {
  it('has the door: ids, health, deadlines, a line a request', async () => {
    const port = await started();
    const { body, headers } = await ask(port, '/');
    expect(body).toBe(headers['x-request-id']);
    expect((await ask(port, '/readyz')).status).toBe(200);
    const late = await ask(port, '/never');
    expect([late.status, JSON.parse(late.body).type]).toEqual([503, '/problems/deadline-exceeded']);
    await program.until((log) =>
      log.find(({ msg, path, status }) => msg === 'request' && path === '/never' && status === 503),
    );
  });

  it('has the drain: answers what is in flight, closes, exits 0', async () => {
    const port = await started();
    const slow = ask(port, '/slow');
    await ask(port, '/');
    program.signal('SIGTERM');
    expect((await slow).status).toBe(200);
    expect(await program.exit).toBe(0);
    expect(program.log.map(({ msg }) => msg)).toContain('closed');
  });

  it('has the watchdog: ends when it hangs, with stack and request', async () => {
    const port = await started();
    await expect(ask(port, '/hang')).rejects.toThrow('socket hang up');
    expect(await program.exit).toBe('SIGKILL');
    const last = program.log.at(-1);
    expect(last).toMatchObject({ level: 'fatal', request: { path: '/hang' } });
    expect((last?.stack as string[] | undefined)?.[0]).toMatch(/server\.mjs:\d+:\d+$/);
  });
});
