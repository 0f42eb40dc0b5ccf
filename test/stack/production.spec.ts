import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { times } from '../../src/runtime/cluster.js';
import { dataDirectory, describeStack } from './describe-stack.js';
import { projectRoot, Stack, until } from './stack.js';
import { nothingIsTold, triedByStrangers } from './strangers.js';

const MEBIBYTE = 2 ** 20;
const ordino = 'start=42.5565,1.5332';
const importing = ['run', '--rm', '--no-TTY', 'api', 'loopwright', 'trails', 'import'];

interface Loops {
  features: { geometry: { coordinates: number[][] }; properties: { lengthMeters: number; links: { gpx: string } } }[];
}

describeStack('the production stack', { needsExtract: true }, () => {
  const stack = new Stack(projectRoot, ['docker-compose.yml'], {
    LOOPWRIGHT_DATA_DIR: dataDirectory,
    WEB_CONCURRENCY: '2',
  });
  let site: string;

  const importExtract = (file: string): Promise<string> =>
    stack.compose(...importing, `data/${file}`, '--elevation', 'data', '--name', 'Andorra');

  /** Each call asks what no call has asked before, so that no cache answers for the workers. */
  let seed = 0;
  const freshLoops = (): Promise<Response> => {
    seed += 1;
    return fetch(`${site}/v1/loops?${ordino}&length=8km&count=1&seed=${seed}`);
  };

  const regions = async (): Promise<{ name: string; dataDate: string }[]> =>
    ((await (await fetch(`${site}/v1/regions`)).json()) as { regions: { name: string; dataDate: string }[] }).regions;

  beforeAll(async () => {
    await stack.up('--build');
    site = await stack.origin('nginx', 8080);
    await importExtract('andorra-2023.osm.pbf');
  }, 600_000);

  afterAll(() => stack.remove(), 120_000);

  test('its image weighs at most 90 MB on top of its base image', async () => {
    const size = async (image: string) =>
      Number(await stack.docker('image', 'inspect', '--format', '{{.Size}}', image));
    const added = (await size(`${stack.image}:test`)) - (await size('node:26-slim'));
    expect(await size(`${stack.image}:test`)).toBeGreaterThan(MEBIBYTE);
    expect(added).toBeLessThanOrEqual(90e6);
  });

  test('its API runs as nobody special, on a root it cannot write, and cannot rewrite its code', async () => {
    expect(await stack.compose('exec', '--no-TTY', 'api', 'id', '--user')).toBe('1000\n');
    const write = await stack.run('docker', ['exec', await stack.container('api'), 'touch', '/app/dist/main.js']);
    expect(write.code).not.toBe(0);
  });

  test('`docker compose exec api pm2` finds both workers online', async () => {
    const list = JSON.parse(await stack.compose('exec', '--no-TTY', 'api', 'pm2', 'jlist')) as {
      name: string;
      pm2_env: { status: string };
    }[];
    const workers = list.filter(({ name }) => name === 'api');
    expect(workers.map(({ pm2_env }) => pm2_env.status)).toEqual(['online', 'online']);
  });

  test('a loop near Ordino comes through nginx, of the length asked for and closed', async () => {
    const answer = await fetch(`${site}/v1/loops?${ordino}&length=15km`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringMatching(/geo\+json/)]);
    const { features } = (await answer.json()) as Loops;
    expect(features.length).toBeGreaterThan(0);
    for (const { geometry, properties } of features) {
      expect(geometry.coordinates.at(-1)).toEqual(geometry.coordinates[0]);
      expect(properties.lengthMeters).toBeGreaterThan(13_500);
      expect(properties.lengthMeters).toBeLessThan(16_500);
    }
    const gpx = await fetch(`${site}${features[0]!.properties.links.gpx}`);
    expect([gpx.status, await gpx.text()]).toEqual([200, expect.stringContaining('<trkpt')]);
  });

  test('the second to ask for the same loop gets it out of the cache, and one who has it already gets 304', async () => {
    const link = `${site}/v1/loops?${ordino}&length=9km`;
    const first = await fetch(link);
    const second = await fetch(link);
    expect([first.headers.get('x-cache'), second.headers.get('x-cache')]).toEqual(['MISS', 'HIT']);
    expect(await second.text()).toBe(await first.text());
    expect(second.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'));
    const again = await fetch(link, { headers: { 'If-None-Match': first.headers.get('etag')! } });
    expect(again.status).toBe(304);
  });

  test('of many who ask for the same at once, one plan serves all', async () => {
    const link = `${site}/v1/loops?${ordino}&length=11km`;
    const answers = await Promise.all(Array.from({ length: 12 }, () => fetch(link)));
    const served = answers.map((answer) => `${answer.status} ${answer.headers.get('x-cache')}`).sort();
    expect(served).toEqual([...Array.from({ length: 11 }, () => '200 HIT'), '200 MISS']);
  });

  test('a bad request gets the API’s own problem', async () => {
    const answer = await fetch(`${site}/v1/loops?${ordino}&length=15`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([400, expect.stringMatching(/problem\+json/)]);
    expect(JSON.stringify(await answer.json())).toContain('length');
  });

  test.each(['/metrics', '/workers', '/livez', '/readyz', '/nginx.conf', '/none.html', '/../nginx.conf'])(
    '%s is not there for the world',
    async (path) => {
      const answer = await ask(site, { path });
      expect(answer.status).toBe(path.includes('..') ? 400 : 404);
      expect(answer.type).toBe('application/problem+json');
      expect(JSON.parse(answer.body)).toMatchObject({ status: answer.status, requestId: expect.any(String) });
    },
  );

  test.each([
    ['a path longer than 8 kB', 414, { path: `/${'a'.repeat(9_000)}` }],
    ['a header longer than 8 kB', 431, { path: '/', headers: { 'X-Long': 'a'.repeat(9_000) } }],
    ['a body', 413, { path: '/v1/regions', method: 'POST', body: 'a'.repeat(20_000) }],
    ['a POST to the page', 405, { path: '/', method: 'POST' }],
  ])('%s is refused with %i and a problem', async (_what, status, question) => {
    const answer = await ask(site, question);
    expect([answer.status, answer.type]).toEqual([status, 'application/problem+json']);
    expect(JSON.parse(answer.body)).toMatchObject({ status, title: expect.any(String) });
  });

  test('the page and all it is made of are there, and its policy lets it load nothing else', async () => {
    const page = await fetch(site);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\/(?!www\.openstreetmap\.org\/copyright)/);
    const parts = [...html.matchAll(/(?:src|href)="(\/[\w./-]+\.\w+)"/g)].map((match) => match[1]!);
    expect(parts.filter((part) => /^\/assets\/index-[\w-]+\.(js|css)$/.test(part))).toHaveLength(2);
    for (const part of [...parts, '/sw.js', '/manifest.webmanifest']) {
      const answer = await fetch(site + part, { headers: { 'Accept-Encoding': 'br' } });
      const kept = part.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
      expect([part, answer.status, answer.headers.get('cache-control')]).toEqual([part, 200, kept]);
      if (/\.(js|css)$/.test(part)) expect([part, answer.headers.get('content-encoding')]).toEqual([part, 'br']);
    }
    const plain = await fetch(site, { headers: { 'Accept-Encoding': 'identity' } });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect((await fetch(`${site}/assets/index-00000000.js`)).status).toBe(404);
  });

  test('the map comes in tiles, out of nginx’s cache the second time, and more of them at once than of loops', async () => {
    const facts = (await (await fetch(`${site}/v1/map`)).json()) as { version: string; hasElevation: boolean };
    const base = `${site}/v1/map/${facts.version}`;
    const tile = `${base}/map/10/516/377`;
    const first = await fetch(tile);
    expect([first.status, first.headers.get('content-encoding')]).toEqual([200, 'gzip']);
    expect(first.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const again = await fetch(tile, { headers: { 'Accept-Encoding': 'identity' } });
    expect([again.headers.get('x-cache'), again.headers.get('content-encoding')]).toEqual(['HIT', null]);
    expect(Buffer.from(await again.arrayBuffer())).toEqual(Buffer.from(await first.arrayBuffer()));
    const rows = Array.from({ length: 15 }, (_, y) =>
      Array.from({ length: 20 }, (_, x) => `${base}/map/14/${8250 + x}/${6030 + y}`),
    );
    const statuses = new Set<number>();
    for (const addresses of rows) {
      for (const { status } of await Promise.all(addresses.map((address) => fetch(address)))) statuses.add(status);
    }
    expect([...statuses].filter((status) => status !== 200 && status !== 204)).toEqual([]);
    const gone = await fetch(`${site}/v1/map/AAAAAAAAAAAA/map/10/516/377`);
    expect([gone.status, gone.headers.get('cache-control')]).toEqual([404, 'no-store']);
  });

  triedByStrangers({ stack, site: () => site });

  test('a newer extract is imported under load, no request fails, and then its date is the data’s', async () => {
    const before = await regions();
    const imported = importExtract('andorra-2025.osm.pbf');
    let running = true;
    void imported.finally(() => {
      running = false;
    });
    const failed: string[] = [];
    let asked = 0;
    while (running) {
      const answer = await freshLoops().catch((error: Error) => error);
      asked += 1;
      if (answer instanceof Error) failed.push(answer.message);
      else if (answer.status !== 200) failed.push(`${answer.status} ${await answer.text()}`);
      else await answer.json();
      // Below what nginx lets one address ask.
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    await imported;
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(20);
    // Each worker asks the database for its regions twice a second.
    const after = await until('the newer data', 10_000, async () => {
      const now = await regions();
      return now[0]!.dataDate > before[0]!.dataDate ? now : null;
    });
    expect(after.map(({ name }) => name)).toEqual(['Andorra']);
  }, 300_000);

  test('without its database it answers 503 with a problem, and recovers by itself', async () => {
    await stack.compose('stop', 'db');
    const answer = await freshLoops();
    expect([answer.status, answer.headers.get('content-type')]).toEqual([503, expect.stringMatching(/problem\+json/)]);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
    await stack.compose('start', 'db');
    await until('a loop after the database is back', 60_000, async () => {
      const again = await freshLoops();
      return again.status === 200 ? again : null;
    });
  }, 120_000);

  test('a flood from one address is held back with 429 and a problem', async () => {
    const answers = await Promise.all(Array.from({ length: 150 }, () => fetch(`${site}/v1/regions`)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.every(({ status }) => status === 200 || status === 429)).toBe(true);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]!.headers.get('retry-after')).toBe('1');
    expect(await refused[0]!.json()).toMatchObject({ status: 429 });
  });

  test('it shuts down within the grace period, every process of its own accord', async () => {
    const containers = await Promise.all(['nginx', 'api', 'db'].map((service) => stack.container(service)));
    const begin = performance.now();
    await stack.compose('stop');
    const state = '{{.State.ExitCode}} {{.State.OOMKilled}}';
    const ends = (await stack.docker('inspect', '--format', state, ...containers)).trim().split('\n');
    expect(ends).toEqual(['0 false', '0 false', '0 false']);
    expect(performance.now() - begin).toBeLessThan(3 * times.stopTimes().stopGracePeriodMs);
  }, 200_000);

  nothingIsTold({ stack, site: () => site });
});

interface Question {
  path: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Without the tidying that `fetch` does to a path. */
function ask(origin: string, { path, method = 'GET', headers = {}, body }: Question) {
  return new Promise<{ status: number; type: string | undefined; body: string }>((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const question = request({ hostname, port, path, method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, type: response.headers['content-type'], body: text }),
      );
    });
    question.on('error', reject);
    question.end(body);
  });
}
