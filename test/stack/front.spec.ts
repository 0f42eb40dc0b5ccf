import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { askRaw } from '../http/support/raw.js';
import { describeStack } from './describe-stack.js';
import { type Front, front } from './front.js';
import { projectRoot } from './stack.js';

const head = 'Host: loops.example:8080\r\nConnection: close\r\n\r\n';
const long = 'a'.repeat(9_000);

describe('the settings of nginx', () => {
  const settings = (environment: Record<string, string>) => {
    const command = join(projectRoot, 'nginx/settings');
    const { status, stdout, stderr } = spawnSync('sh', [command], {
      env: { PATH: process.env.PATH, ...environment },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };

  test('have limits unless they are off, and believe nobody unless they are told to', () => {
    expect(settings({}).stdout).toMatch(/rate=30r\/s;.*burst=60 nodelay;.*limit_conn connections 50;/s);
    expect(settings({}).stdout).not.toContain('real_ip');
    const off = settings({ RATE_LIMIT: 'off', CONNECTION_LIMIT: 'off' });
    expect(off).toEqual({ status: 0, stderr: '', stdout: 'map "" $limited_client {\n    default "";\n}\n' });
    expect(settings({ TRUSTED_PROXIES: 'none' }).stdout).not.toContain('real_ip');
    expect(settings({ TRUSTED_PROXIES: 'loopback' }).stdout).toContain('set_real_ip_from ::1;\n');
    expect(settings({ TRUSTED_PROXIES: '10.0.0.0/8, fd00::/8' }).stdout).toMatch(
      /set_real_ip_from 10\.0\.0\.0\/8;\nset_real_ip_from fd00::\/8;\nreal_ip_header X-Forwarded-For;\nreal_ip_recursive on;/,
    );
    expect(settings({ TRUSTED_PROXIES: 'loopback,10.0.0.1' }).stdout).toMatch(
      /set_real_ip_from 127\.0\.0\.0\/8;\nset_real_ip_from ::1;\nset_real_ip_from 10\.0\.0\.1;\n/,
    );
  });

  test.each([
    ['RATE_LIMIT', '0'],
    ['RATE_LIMIT', '1.5'],
    ['RATE_LIMIT', '30r/s'],
    ['CONNECTION_LIMIT', 'none'],
    ['CONNECTION_LIMIT', '-1'],
    ['CONNECTION_LIMIT', '70000'],
    ['HTTPS_PORT', 'off'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.1;deny all'],
  ])('%s=%s is refused in one line', (name, value) => {
    const { status, stderr } = settings({ [name]: value });
    expect([status, stderr]).toEqual([1, expect.stringMatching(new RegExp(`^nginx: ${name}[=:].*\n$`))]);
  });
});

describeStack('nginx by itself', { needsExtract: false }, () => {
  let nginx: Front;
  beforeAll(async () => {
    nginx = await front({ RATE_LIMIT: 'off', CONNECTION_LIMIT: 'off', HTTPS_PORT: '8443' }, true);
  }, 60_000);
  afterAll(() => nginx?.remove());

  test('leads from HTTP to HTTPS at the port that it is published on', async () => {
    const { status, headers } = await askRaw(nginx.http, `GET /v1/regions?a=b HTTP/1.1\r\n${head}`);
    expect([status, headers.location]).toEqual([308, 'https://loops.example:8443/v1/regions?a=b']);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['a method in small letters', `get / HTTP/1.1\r\n${head}`, 400],
    ['a space in the address', `GET /v1/loops?near=42.5565 1 HTTP/1.1\r\n${head}`, 400],
    ['no Host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a step above the root', `GET /../x HTTP/1.1\r\n${head}`, 400],
    ['an address of 9 kB', `GET /${long} HTTP/1.1\r\n${head}`, 414],
    ['a header of 9 kB', `GET / HTTP/1.1\r\nX-Long: ${long}\r\n${head}`, 431],
    ['an unknown transfer coding', `POST / HTTP/1.1\r\nTransfer-Encoding: lzw\r\n${head}`, 501],
    ['another version', `GET / HTTP/3.0\r\n${head}`, 505],
    ['CONNECT', `CONNECT a:443 HTTP/1.1\r\n${head}`, 405],
  ])('refuses %s with a problem that has all its members, and the policies', async (_what, text, status) => {
    const answer = await askRaw(nginx.http, text);
    expectProblem(answer, status);
  });

  test('refuses HTTP on the port of HTTPS', async () => {
    expectProblem(await askRaw(nginx.https, `GET /v1/regions HTTP/1.1\r\n${head}`), 400, '/v1/regions');
  });

  test('has written no word of where anybody wanted to go', async () => {
    await askRaw(nginx.http, `GET /nowhere/42.5565,1.5332?near=42.5565 HTTP/1.1\r\n${head}`);
    expect(nginx.log()).toContain('"path":"/nowhere/…"');
    expect(nginx.log()).not.toMatch(/42\.5565|near=|a{20}/);
  });
});

describeStack('limits by address', { needsExtract: false }, () => {
  let nginx: Front;
  beforeAll(async () => {
    // All that comes from outside of the container is a proxy's.
    nginx = await front({ RATE_LIMIT: '2', TRUSTED_PROXIES: 'uniquelocal' });
  }, 60_000);
  afterAll(() => nginx?.remove());

  /** @returns how many of thirty requests at once were too many */
  async function tooMany(clientOf: (n: number) => string): Promise<number> {
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        askRaw(nginx.http, `GET / HTTP/1.1\r\nX-Forwarded-For: ${clientOf(n)}\r\n${head}`),
      ),
    );
    const refused = answers.filter(({ status }) => status === 429);
    for (const answer of refused) {
      expectProblem(answer, 429, '/');
      expect(answer.headers['retry-after']).toBe('1');
    }
    return refused.length;
  }

  test('count a client that a proxy speaks for, and of IPv6 its /64', async () => {
    expect(await tooMany(() => '198.51.100.1')).toBeGreaterThan(15);
    expect(await tooMany((n) => `198.51.100.${n + 10}`)).toBe(0);
    expect(await tooMany((n) => `2001:db8:a0a:1::${n + 1}`)).toBeGreaterThan(15);
    expect(await tooMany((n) => `2001:db8:a0b:${n + 1}::1`)).toBe(0);
    expect(await tooMany((n) => `::ffff:203.0.113.${n + 1}`)).toBe(0);
  });

  test('believe the nearest that is no proxy, whatever it says of others', async () => {
    expect(await tooMany((n) => `203.0.113.${n + 100}, 198.51.100.77`)).toBeGreaterThan(15);
  });
});

interface Refusal {
  status: number;
  headers: Record<string, string>;
  body: string;
}

function expectProblem({ status, headers, body }: Refusal, wanted: number, instance?: string): void {
  expect([status, headers['content-type']]).toEqual([wanted, 'application/problem+json']);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  });
  expect(JSON.parse(body)).toEqual({
    type: expect.any(String),
    title: expect.any(String),
    status: wanted,
    detail: expect.any(String),
    instance: instance ?? expect.stringMatching(/^(\/|urn:request:)/),
    requestId: headers['x-request-id'],
  });
}
