import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { ask, cluster, load, type Program, readyWorkers, sampleData, underPm2 } from './program.js';

const data = sampleData();
let program: Program;

async function started(): Promise<number> {
  const begun = await cluster(data, 3);
  program = begun.program;
  return begun.port;
}

describe('pm2-runtime ecosystem.config.js', () => {
  it('runs as many workers as it was told, which all answer, and says why so many', async () => {
    const port = await started();
    expect(program.log.map(({ msg }) => msg)).toContainEqual(
      expect.stringContaining('3 workers, because WEB_CONCURRENCY says so'),
    );
    const workers = () => new Set(program.log.filter(({ msg }) => msg === 'request').map(({ worker }) => worker));
    while (workers().size < 3) {
      await Promise.all(Array.from({ length: 30 }, () => ask(port, '/v1/regions')));
    }
    program.signal('SIGTERM');
    expect(await program.exit).toBe(0);
  });

  it('loses no request when a worker is asked to stop, and replaces it', async () => {
    const port = await started();
    const clients = load(port, 16, (n) => `/v1/loops?trailhead=${data.trailhead}&length=6km&seed=${n}`);
    const [[worker, pid]] = readyWorkers(program.log);
    process.kill(pid, 'SIGTERM');
    await program.until((log) => log.find((line) => line.worker === worker && line.stage === 'stopped'));
    await program.until((log) => readyWorkers(log).size === 3);
    const { answered, lost } = await clients.stop();
    expect(lost).toEqual([]);
    expect(answered).toBeGreaterThan(0);
  });

  it('answers what is in flight when the container is stopped, and exits 0', async () => {
    const port = await started();
    const answers = Array.from({ length: 12 }, (_, seed) =>
      ask(port, `/v1/loops?trailhead=${data.trailhead}&length=15km&seed=${seed}`),
    );
    await Promise.any(answers);
    program.signal('SIGTERM');
    for (const { status } of await Promise.all(answers)) expect(status).toBe(200);
    expect(await program.exit).toBe(0);
  });

  it('exits 1 with one line when a variable does not fit', async () => {
    program = underPm2(data.directory, { PORT: '70000', DATABASE_URL: 'mysql://x' });
    expect(await program.exit).toBe(1);
    expect(program.stderr).toBe(
      'loopwright: PORT=70000: must be a whole number from 0 to 65535; DATABASE_URL=mysql://x: must be postgres://… or sqlite:PATH\n',
    );
  });

  it('does not exit 0 when no worker can start', async () => {
    const other = createServer().listen(0, '0.0.0.0');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    try {
      program = underPm2(data.directory, { PORT: String(port), DATABASE_URL: data.databaseUrl, WEB_CONCURRENCY: '3' });
      expect(await program.exit).toBe(2);
      expect(program.stdout).toContain('EADDRINUSE');
    } finally {
      other.close();
    }
  });
});
