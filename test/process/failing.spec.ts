import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { alone, ask, cluster, freePort, load, type Program, readyWorkers, sampleData } from './program.js';

const data = sampleData();
let program: Program;

const withFaults = { NODE_OPTIONS: `--import=${pathToFileURL(resolve('test/process/faults.js'))}` };
async function faulty(workers: number): Promise<number> {
  const begun = await cluster(data, workers, withFaults);
  program = begun.program;
  return begun.port;
}

describe('a worker whose main loop hangs', () => {
  it('is ended with its stack and its request in the log, and replaced, while the others answer', async () => {
    const port = await faulty(2);
    await expect(ask(port, '/v1/regions?fault=hang')).rejects.toThrow('socket hang up');
    const others = load(port, 4, () => '/v1/regions');
    const last = await program.until((log) => log.find(({ level }) => level === 'fatal'));
    expect(last).toMatchObject({
      msg: 'the main loop hangs: ending this worker',
      request: { method: 'GET', path: '/v1/regions' },
      inFlight: 1,
    });
    expect((last.stack as string[])[0]).toMatch(/^hangHere file:.*faults\.js:\d+:\d+$/);
    await program.until((log) => log.filter(({ stage }) => stage === 'ready').length === 3);
    const { lost, answered } = await others.stop();
    expect(lost).toEqual([]);
    expect(answered).toBeGreaterThan(0);
  });

  it('has what it answered before in its log, even in the turn in which it hangs', async () => {
    const port = await freePort();
    program = alone({ PORT: String(port), DATABASE_URL: data.databaseUrl, ...withFaults });
    await program.until((log) => readyWorkers(log).size === 1);
    const sockets = Array.from({ length: 9 }, () => connect(port, '127.0.0.1'));
    const answers = sockets.map(() => '');
    const send = (socket: Socket, path: string) =>
      new Promise((sent) => socket.write(`GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`, sent));
    for (const [n, socket] of sockets.entries()) {
      socket.on('error', () => {});
      await send(socket, '/livez');
      await once(socket, 'data');
      socket.on('data', (chunk) => {
        answers[n] += chunk;
      });
    }
    // They arrive while it is stopped, so it finds them all in one turn, in an order that is the kernel's.
    program.signal('SIGSTOP');
    for (const [n, socket] of sockets.entries()) await send(socket, `/v1/regions?${n === 4 ? 'fault=hang' : `n=${n}`}`);
    program.signal('SIGCONT');
    expect(await program.exit).toBe('SIGKILL');
    const answered = answers.flatMap((answer) => /^x-request-id: (\S+)/im.exec(answer)?.[1] ?? []);
    expect(answered.length).toBeGreaterThan(0);
    expect(program.log.filter(({ msg }) => msg === 'request').map(({ requestId }) => requestId)).toEqual(
      expect.arrayContaining(answered),
    );
    expect(program.log.at(-1)).toMatchObject({ level: 'fatal', request: { path: '/v1/regions' } });
    for (const socket of sockets) socket.destroy();
  });

  it('is ended as well when it sleeps and takes no processor time', async () => {
    const port = await freePort();
    program = alone({ PORT: String(port), DATABASE_URL: data.databaseUrl, ...withFaults });
    await program.until((log) => readyWorkers(log).size === 1);
    await expect(ask(port, '/v1/regions?fault=sleep')).rejects.toThrow('socket hang up');
    const last = await program.until((log) => log.find(({ level }) => level === 'fatal'));
    expect(last).toMatchObject({ msg: 'the main loop hangs: ending this worker', inFlight: 1 });
    expect((last.stack as string[])[0]).toMatch(/^sleep file:.*faults\.js:\d+:\d+$/);
    expect(await program.exit).toBe('SIGKILL');
  });

  it('is left alone when the watchdog is off', async () => {
    const port = await freePort();
    program = alone({ PORT: String(port), DATABASE_URL: data.databaseUrl, WATCHDOG: 'off', ...withFaults });
    await program.until((log) => readyWorkers(log).size === 1);
    const asked = ask(port, '/v1/regions?fault=hang').then(
      () => 'answered',
      () => 'hung up',
    );
    // Longer than the watchdog would take: the only proof that nothing happens is time.
    const nothing = new Promise((after) => setTimeout(after, 7_000, 'still hanging'));
    expect(await Promise.race([asked, nothing])).toBe('still hanging');
    program.signal('SIGKILL');
    expect(await asked).toBe('hung up');
  });
});

describe('a worker with an error that nobody caught', () => {
  it.each([
    ['throw', 'thrown on purpose', 'an error that nobody caught'],
    ['reject', 'rejected on purpose', 'a rejection that nobody handled'],
  ])('%s: answers, says it once, exits 1 and is replaced', async (fault, message, msg) => {
    const port = await faulty(1);
    expect(await ask(port, `/v1/regions?fault=${fault}`)).toMatchObject({ status: 400 });
    await program.until((log) => log.filter(({ stage }) => stage === 'ready').length === 2);
    const fatal = program.log.filter(({ level }) => level === 'fatal');
    expect(fatal).toEqual([expect.objectContaining({ msg, err: expect.objectContaining({ message }) })]);
    expect(program.stdout).toMatch(/exited with code \[1\]/);
    const lines = program.log.filter(
      (line) => line.msg === 'request' && line.path === '/v1/regions' && line.status === 400,
    );
    expect(lines).toEqual([expect.objectContaining({ status: 400 })]);
  });
});
