import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { alone, ask, freePort, load, type Program, sampleData } from './program.js';

const data = sampleData();
let program: Program;

const started = async (env: Record<string, string> = {}) => {
  const port = await freePort();
  program = alone({ PORT: String(port), DATABASE_URL: data.databaseUrl, ...env });
  await program.until((log) => log.find(({ stage }) => stage === 'ready'));
  return port;
};

describe('node dist/main.js', () => {
  it('answers with no PM2 about', async () => {
    const port = await started();
    expect(await ask(port, '/readyz')).toMatchObject({ status: 200 });
    expect(await ask(port, '/v1/regions')).toMatchObject({ status: 200 });
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('at %s answers what is on its way, then exits 0', async (signal) => {
    const port = await started();
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk;
    });
    socket.write('GET /livez HTTP/1.1\r\nHost: a\r\n\r\nGET /v1/regions HTTP/1.1\r\n');
    await once(socket, 'data');
    program.signal(signal);
    await program.until((log) => log.find(({ stage }) => stage === 'draining'));
    socket.write('Host: a\r\n\r\n');
    await once(socket, 'end');
    const [first, second] = received.split(/(?=HTTP\/1\.1 200)/);
    expect(first).toMatch(/^HTTP\/1\.1 200/);
    expect(first).toMatch(/^Connection: keep-alive\r$/m);
    expect(second).toMatch(/^HTTP\/1\.1 200/);
    expect(second).toMatch(/^Connection: close\r$/m);
    expect(await program.exit).toBe(0);
  });

  it('has a line in its log for every request, each of them whole, when it ends while it is busy', async () => {
    const port = await started();
    const busy = load(port, 16, (n) => `/v1/regions?n=${n}`);
    await program.until((log) => log.filter(({ msg }) => msg === 'request').length > 500);
    program.signal('SIGTERM');
    await program.until((log) => log.find(({ stage }) => stage === 'draining'));
    const { lost } = await busy.stop();
    expect(await program.exit).toBe(0);
    // An unknown parameter is refused: each of these answers is whole and has its own URL.
    const answered = lost.filter((each) => each.startsWith('400 ')).map((each) => JSON.parse(each.slice(4)).requestId);
    const logged = program.log.filter(({ msg }) => msg === 'request').map(({ requestId }) => requestId);
    expect(answered.length).toBeGreaterThan(500);
    expect(new Set(logged).size).toBe(logged.length);
    expect(answered.filter((id) => !logged.includes(id))).toEqual([]);
    expect(program.stdout.split('\n').filter((line) => line !== '' && !line.endsWith('}'))).toEqual([]);
  });

  it('exits 1 with one line when a variable does not fit', async () => {
    program = alone({ PORT: 'abc' });
    expect(await program.exit).toBe(1);
    expect(program.stderr).toBe('loopwright: PORT=abc: must be a whole number from 0 to 65535\n');
  });

  it('exits 1 with one line when its port is taken', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    program = alone({ PORT: String(port), DATABASE_URL: data.databaseUrl });
    expect(await program.exit).toBe(1);
    expect(program.stderr).toMatch(/^loopwright: listen EADDRINUSE.*\n$/);
    other.close();
  });

  it('boots without its database, says 503 and when to try again', async () => {
    const port = await started({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' });
    const { status, headers, body } = await ask(port, '/v1/regions');
    expect([status, headers['content-type']]).toEqual([503, 'application/problem+json; charset=utf-8']);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(JSON.parse(body).type).toBe('/problems/unavailable');
    expect(await ask(port, '/readyz')).toMatchObject({ status: 503 });
    expect(await ask(port, '/livez')).toMatchObject({ status: 200 });
  });
});
