import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { times } from '../src/runtime/cluster.js';

const limits = { ...times, ...times.stopTimes() };

/** Every value of a directive in nginx's files, in milliseconds. */
function nginx(directive: string, files = nginxFiles()): number[] {
  const pattern = new RegExp(`^\\s*${directive}\\s+(\\d+)(ms|s|m|h)\\s*;`, 'gm');
  const unit = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
  return files.flatMap((text) =>
    [...text.matchAll(pattern)].map(([, value, of]) => Number(value) * unit[of as keyof typeof unit]),
  );
}

const nginxFiles = (): string[] =>
  readdirSync('nginx', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.conf'))
    .map((name) => readFileSync(`nginx/${name}`, 'utf8'));

/** The block of a service in docker-compose.yml. */
function service(name: string): string {
  const compose = readFileSync('docker-compose.yml', 'utf8');
  const block = new RegExp(`^ {2}${name}:\\n((?: {4}.*\\n|\\s*\\n)+)`, 'm').exec(compose);
  if (!block) throw new Error(`docker-compose.yml has no service ${name}`);
  return block[1];
}

const seconds = (text: string, key: string): number => {
  const found = new RegExp(`^ {4}${key}: (\\d+)s$`, 'm').exec(text);
  if (!found) throw new Error(`${key} is not there in whole seconds`);
  return Number(found[1]) * 1_000;
};

/** Holds a chain `a < b < c`, naming the link that does not hold. */
function rising(chain: [name: string, ms: number][]): void {
  for (const [i, [name, ms]] of chain.slice(1).entries()) {
    const [before, beforeMs] = chain[i];
    if (!(beforeMs < ms)) throw new Error(`${before} (${beforeMs} ms) must be less than ${name} (${ms} ms)`);
  }
}

describe('the times of a request', () => {
  it('rise from the inside out, so that the innermost part that knows answers first', () => {
    rising([
      ['healthCheckLimitMs', limits.healthCheckLimitMs],
      ['hangLimitMs', limits.hangLimitMs],
      ['requestDeadlineMs', limits.requestDeadlineMs],
      ['proxyReadTimeoutMs', limits.proxyReadTimeoutMs],
      ['proxyNextUpstreamTimeoutMs', limits.proxyNextUpstreamTimeoutMs],
    ]);
  });

  it('are nginx’s as well', () => {
    expect(nginx('proxy_read_timeout', [readFileSync('nginx/snippets/timeouts.conf', 'utf8')])).toEqual([
      limits.proxyReadTimeoutMs,
    ]);
    expect(nginx('proxy_next_upstream_timeout')).toEqual([limits.proxyNextUpstreamTimeoutMs]);
  });

  it('leave nginx time to try another worker after one was found hung', () => {
    const [connect] = nginx('proxy_connect_timeout');
    expect(limits.hangLimitMs + limits.requestDeadlineMs + connect).toBeLessThan(limits.proxyNextUpstreamTimeoutMs);
  });
});

describe('the times of an idle connection', () => {
  it('let nginx close it first, inside the quiet period of a draining worker, and Node much later', () => {
    const upstream = readFileSync('nginx/snippets/keepalive.conf', 'utf8');
    expect(nginx('keepalive_timeout', [upstream])).toEqual([limits.proxyKeepAliveMs]);
    rising([
      ['proxyKeepAliveMs', limits.proxyKeepAliveMs],
      ['quietPeriodMs', limits.quietPeriodMs],
      ['keepAliveTimeoutMs', limits.keepAliveTimeoutMs],
    ]);
  });

  it('satisfy Node, which wants the headers read before the request is', () => {
    rising([
      ['headersTimeoutMs', limits.headersTimeoutMs],
      ['requestTimeoutMs', limits.requestTimeoutMs],
    ]);
  });
});

describe('the times of a stop', () => {
  it('leave a request that began in the quiet period its whole deadline', () => {
    rising([
      ['quiet period and deadline', limits.quietPeriodMs + limits.requestDeadlineMs],
      ['drainCapMs', limits.drainCapMs],
      ['killTimeoutMs', limits.killTimeoutMs],
    ]);
  });

  it.each([10_000, 30_000, 3_600_000])('do so for routes of %d ms, too', (maxDeadlineMs) => {
    const { drainCapMs, killTimeoutMs, stopGracePeriodMs } = times.stopTimes(maxDeadlineMs);
    rising([
      ['quiet period and deadline', limits.quietPeriodMs + maxDeadlineMs],
      ['drainCapMs', drainCapMs],
      ['killTimeoutMs', killTimeoutMs],
      ['two rounds of PM2', 2 * killTimeoutMs + 5_000],
      ['stopGracePeriodMs', stopGracePeriodMs],
    ]);
  });

  it('leave a stream time for its last words', () => {
    rising([
      ['streamDrainMs', limits.streamDrainMs],
      ['drainCapMs', limits.drainCapMs],
    ]);
  });

  it('fit into the grace of the container, for the twenty processes that two rounds of PM2 stop', () => {
    const rounds = Math.ceil(20 / 10);
    expect(rounds * limits.killTimeoutMs + 5_000).toBeLessThan(limits.stopGracePeriodMs);
    expect(seconds(service('api'), 'stop_grace_period')).toBe(limits.stopGracePeriodMs);
  });

  it('let an old worker of nginx finish what it has begun before its container is killed', () => {
    const [shutdown] = nginx('worker_shutdown_timeout');
    rising([
      ['proxyNextUpstreamTimeoutMs', limits.proxyNextUpstreamTimeoutMs],
      ['worker_shutdown_timeout', shutdown],
      ['stop_grace_period of nginx', seconds(service('nginx'), 'stop_grace_period')],
    ]);
  });
});

describe('the times of a start', () => {
  it('end a boot that hangs before PM2 takes it for online', () => {
    rising([
      ['bootLimitMs', limits.bootLimitMs],
      ['listenTimeoutMs', limits.listenTimeoutMs],
    ]);
  });
});
