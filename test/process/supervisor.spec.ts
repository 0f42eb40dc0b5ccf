import { mkdtempSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ask, cluster, command, load, managementPort, type Program, readyWorkers, sampleData } from './program.js';

const data = sampleData();
let program: Program;

const workers = 2;
async function started(env: Record<string, string> = {}) {
  const begun = await cluster(data, workers, env);
  program = begun.program;
  const management = await managementPort(program);
  const view = async (path: string) => JSON.parse((await ask(management, path)).body);
  while ((await view('/readyz')).status !== 'ok');
  return { port: begun.port, management, view };
}

const loops = (n: number) => `/v1/loops?trailhead=${data.trailhead}&length=6km&seed=${n}`;
const reload = () => command(data.directory, ['dist/runtime/supervisor/reload.command.js']);
const workerIds = () => [...readyWorkers(program.log).keys()].sort();

/** Waits until the supervisor has counted an end of a worker, as it does at its next look. @returns its counts above 0 */
async function ends(management: number): Promise<string[]> {
  for (;;) {
    const { body } = await ask(management, '/metrics');
    const counts = body.match(/restarts_total\{.*\} [1-9]\d*$/gm);
    if (counts) return counts;
  }
}

/** Lets `dist` point to a build whose workers fail in some way, as a bad release would. */
async function withBuild(main: string, run: () => Promise<void>): Promise<void> {
  const good = readlinkSync('dist');
  const broken = mkdtempSync('.dist-broken-');
  const point = (to: string) => {
    symlinkSync(to, `${broken}-link`);
    renameSync(`${broken}-link`, 'dist');
  };
  try {
    writeFileSync(`${broken}/main.js`, main.replaceAll('GOOD', resolve(good)));
    symlinkSync(resolve(good, 'runtime'), `${broken}/runtime`);
    symlinkSync(resolve(good, 'config.js'), `${broken}/config.js`);
    point(broken);
    await run();
  } finally {
    point(good);
    rmSync(broken, { recursive: true });
  }
}

describe('the management port', () => {
  it('shows every worker, the state of the cluster, and metrics by slot', async () => {
    const { port, management, view } = await started();
    while (new Set((await view('/workers')).workers.map((w: { requests: number }) => w.requests > 0)).has(false)) {
      await Promise.all(Array.from({ length: 10 }, () => ask(port, '/v1/regions')));
    }
    const { workers: seen } = await view('/workers');
    expect(seen).toHaveLength(workers);
    for (const worker of seen) {
      expect(worker).toMatchObject({ stage: 'ready', ready: true, inFlight: expect.any(Number) });
      expect(worker.rssBytes).toBeGreaterThan(2 ** 20);
    }
    const { body } = await ask(management, '/metrics');
    for (const slot of [0, 1]) {
      expect(body).toContain(`worker_up{worker="${slot}"} 1\n`);
      expect(body).toMatch(
        new RegExp(`http_requests_total\\{worker="${slot}",method="GET",route="/v1/regions",status="200"\\} \\d`),
      );
    }
    expect(await ask(management, '/livez')).toMatchObject({ status: 200 });
  });

  it('misses a worker that stands still, and nothing else', async () => {
    const { management, view } = await started({ WATCHDOG: 'off' });
    const [[, pid]] = readyWorkers(program.log);
    process.kill(pid, 'SIGSTOP');
    while ((await view('/readyz')).status !== 'degraded');
    expect((await view('/workers')).silent).toHaveLength(1);
    const { status, body } = await ask(management, '/metrics');
    expect(status).toBe(200);
    expect(body.match(/^worker_up\{.*\} 0$/gm)).toHaveLength(1);
    expect(body).toMatch(/^http_requests_total\{/m);
    process.kill(pid, 'SIGCONT');
    while ((await view('/readyz')).status !== 'ok');
  });

  it('counts workers that were killed and workers that hung by cause', async () => {
    const { management } = await started();
    const [[, pid]] = readyWorkers(program.log);
    process.kill(pid, 'SIGKILL');
    expect(await ends(management)).toEqual(['restarts_total{cause="crash"} 1']);
    await program.until((log) => log.filter(({ stage }) => stage === 'ready').length === workers + 1);
  });
});

describe('recycling', () => {
  it('replaces a worker that has answered enough, start-new-first, and loses nothing', async () => {
    const { port, management } = await started({ MAX_REQUESTS: '300' });
    const clients = load(port, 8, loops);
    await program.until((log) => log.find(({ msg }) => msg === 'recycled'));
    const { lost } = await clients.stop();
    expect(lost).toEqual([]);
    const stages = program.log.filter(({ stage }) => stage !== undefined).map(({ stage }) => stage);
    expect(stages.indexOf('draining')).toBeGreaterThan(stages.lastIndexOf('ready', stages.indexOf('draining')));
    expect(stages.slice(0, stages.indexOf('draining')).filter((stage) => stage === 'ready')).toHaveLength(workers + 1);
    expect(await ends(management)).toEqual(['restarts_total{cause="recycle"} 1']);
  });
});

describe('npm run reload', () => {
  it('replaces every worker and loses no request', async () => {
    const { port } = await started();
    const before = workerIds();
    const clients = load(port, 8, loops);
    const reloading = reload();
    expect([await reloading.exit, reloading.stderr]).toEqual([0, '']);
    expect(reloading.stdout.trim().split('\n').at(-1)).toContain('reloaded: 2 of 2 workers are new');
    const { lost, answered } = await clients.stop();
    expect(lost).toEqual([]);
    expect(answered).toBeGreaterThan(0);
    expect(workerIds()).toHaveLength(workers);
    for (const id of workerIds()) expect(before).not.toContain(id);
  });

  it.each([
    [
      'throws at boot',
      'throw new Error("broken on purpose");',
      /^reload: the build cannot be used: Error: broken on purpose; all 2 workers are as they were\n$/,
    ],
    [
      'passes the check, but not as a worker',
      'if (process.env.pm_id === undefined) await import("GOOD/main.js"); else process.exit(1);',
      /^reload: the new worker failed: it ended after its start; all 2 workers are as they were\n$/,
    ],
  ])('refuses a build that %s, and leaves every worker as it was', async (_, main, complaint) => {
    const { port } = await started();
    const before = workerIds();
    const clients = load(port, 4, loops);
    await withBuild(main, async () => {
      const reloading = reload();
      expect(await reloading.exit).toBe(1);
      expect(reloading.stderr).toMatch(complaint);
    });
    expect((await clients.stop()).lost).toEqual([]);
    expect(workerIds()).toEqual(before);
  });

  it('applies the settings file as it is now, and refuses one that does not fit', async () => {
    const SETTINGS_FILE = `${data.directory}/settings`;
    writeFileSync(SETTINGS_FILE, 'LOG_LEVEL=info\n');
    const { port } = await started({ SETTINGS_FILE });
    writeFileSync(SETTINGS_FILE, 'LOG_LEVEL=loud\n');
    const refused = reload();
    expect(await refused.exit).toBe(1);
    expect(refused.stderr).toMatch(/^reload: the build cannot be used: loopwright: LOG_LEVEL=loud: .*as they were\n$/);
    writeFileSync(SETTINGS_FILE, 'LOG_LEVEL=debug\n');
    expect(await reload().exit).toBe(0);
    await ask(port, '/livez');
    await program.until((log) => log.find(({ level, path }) => level === 'debug' && path === '/livez'));
  });

  it('does not begin while another is under way, and finishes that one', async () => {
    await started();
    const first = reload();
    await first.until((_, stdout) => stdout.includes('canary'));
    const second = reload();
    expect(await second.exit).toBe(1);
    expect(second.stderr).toMatch(/^reload: a reload is under way/);
    expect(await first.exit).toBe(0);
  });

  it('takes the newcomer back when a reload was killed in the middle', async () => {
    const { view } = await started();
    const before = workerIds();
    const killed = reload();
    await program.until((log) => readyWorkers(log).size === workers + 1);
    killed.signal('SIGKILL');
    await killed.exit;
    await program.until((log) => log.find(({ msg }) => String(msg).startsWith('a replacement was broken off')));
    await program.until((log) => readyWorkers(log).size === workers);
    expect(workerIds()).toEqual(before);
    while ((await view('/readyz')).status !== 'ok');
  });
});

describe('a bare pm2 reload', () => {
  it('loses no request either', async () => {
    const { port } = await started();
    const before = workerIds();
    const clients = load(port, 8, loops);
    expect(await command(data.directory, ['node_modules/pm2/bin/pm2', 'reload', 'api']).exit).toBe(0);
    expect((await clients.stop()).lost).toEqual([]);
    for (const id of workerIds()) expect(before).not.toContain(id);
  });
});

describe('without its supervisor', () => {
  it.each(['SIGKILL', 'SIGSTOP'] as const)('%s of it costs no request', async (signal) => {
    const { port } = await started();
    const clients = load(port, 8, loops);
    const begun = program.log.find(({ msg }) => msg === 'supervising');
    process.kill(begun?.pid as number, signal);
    if (signal === 'SIGKILL') await program.until((log) => log.filter(({ msg }) => msg === 'supervising').length === 2);
    else await program.until((log) => log.filter(({ msg }) => msg === 'request').length > 500);
    expect((await clients.stop()).lost).toEqual([]);
  });
});
