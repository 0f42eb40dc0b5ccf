import { expect, test } from '@jest/globals';
import { askRaw } from '../http/support/raw.js';
import { type Stack, until } from './stack.js';

interface Production {
  stack: Stack;
  /** Where nginx is published. */
  site(): string;
}

/** Nobody asks for this elsewhere, and no id or time is likely to hold it: eight digits that a log may not. */
const mark = String(10_000_000 + Math.floor(Math.random() * 90_000_000));
const marked = `42.5565${mark},1.5332`;

const raw = (site: string, target: string, more = '') =>
  askRaw(Number(new URL(site).port), `GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${more}\r\n`);

/** What strangers try on a running production stack, and what must come of it. */
export function triedByStrangers({ stack, site }: Production): void {
  test('positions are asked for in every way there is', async () => {
    const targets = [
      `/v1/loops?start=${marked}&length=5km&count=1`,
      `/v1/loops?start=${marked}&length=x`,
      `/v1/trailheads?near=Ordino${mark}&drive=5km`,
      `/v1/loops/A${mark}`,
      `/nowhere/${mark}`,
      `/nowhere/%2e%2e?near=${marked}`,
      `/v1/regions%3Fnear=${marked}`,
      `/v1/loops?near=${marked} caf\xc3\xa9`,
      `/v1/loops?start=${marked}&length=5km#${mark}`,
      `//${mark}.example/v1/loops?near=${marked}`,
      `/?near=${marked}`,
    ];
    const statuses = [];
    for (const target of targets) statuses.push((await raw(site(), target)).status);
    expect(statuses).toEqual([200, 400, 422, 400, 404, 200, 404, 400, 400, 404, 200]);
  });

  test('and of workers that die with such a question in hand', async () => {
    const inApi = (...command: string[]) => stack.compose('exec', '--no-TTY', 'api', ...command);
    const list = JSON.parse(await inApi('pm2', 'jlist')) as { name: string; pid: number }[];
    const pids = list.filter(({ name }) => name === 'api').map(({ pid }) => String(pid));
    await inApi('sh', '-c', 'kill -STOP "$@"', 'kill', ...pids);
    const answers = [1, 2].map((n) => raw(site(), `/v1/loops?start=${marked}&length=7km&seed=${n}`));
    await inApi('sh', '-c', 'kill -KILL "$@"', 'kill', ...pids);
    for (const { status } of await Promise.all(answers)) expect([200, 502]).toContain(status);
    await until('workers again', 60_000, async () => ((await raw(site(), '/v1/regions')).status === 200 ? true : null));
  }, 90_000);

  test('what stands behind # is refused and gets into no cache', async () => {
    const target = `/v1/loops?near=Ordino&length=4km&count=1&seed=${mark}`;
    expect((await raw(site(), `${target}#&evil=<b>owned</b>`)).status).toBe(400);
    const answer = await raw(site(), target);
    expect([answer.status, answer.headers['x-cache']]).toEqual([200, 'MISS']);
    expect(JSON.parse(answer.body).links.self).toBe(target);
  });

  test('an answer out of the cache is the answer to that spelling, and no other is answered', async () => {
    const query = `?near=Ordino&length=4km&count=1&seed=${Number(mark) + 1}`;
    const [first, again] = [await raw(site(), `/v1/loops.gpx${query}`), await raw(site(), `/v1/loops.gpx${query}`)];
    expect([first.status, again.headers['x-cache']]).toEqual([200, 'HIT']);
    for (const path of [
      '/v1/loops%2Egpx',
      '/v1/%6Coops.gpx',
      '//v1/loops.gpx',
      '/v1/./loops.gpx',
      '/v1/x/../loops.gpx',
    ])
      expect([path, (await raw(site(), path + query)).status]).toEqual([path, 400]);
    // Another spelling of the query is another entry with the same content.
    const spelt = await raw(site(), `/v1/loops.gpx${query.replace('4km', '4.0%6Bm').replace('near', '%6eear')}`);
    expect([spelt.headers['x-cache'], spelt.body, spelt.headers.etag]).toEqual([
      'MISS',
      first.body,
      first.headers.etag,
    ]);
  });

  test('conditions and ranges mean the same in front of the cache and behind it', async () => {
    for (const target of ['/v1/regions', `/v1/loops?near=Ordino&length=4km&count=1&seed=${mark}`]) {
      const condition = await raw(site(), target, 'If-Match: "x"\r\n');
      expect([condition.status, condition.headers['content-type']?.split(';')[0]]).toEqual([
        412,
        'application/problem+json',
      ]);
      expect((await raw(site(), target, 'Range: bytes=999999999-\r\n')).status).toBe(200);
    }
  });

  test.each(['/', '/v1', '/v1/regions', '/docs', '/problems', '/openapi.json', '/v1/loops', '/nowhere', '/style.css'])(
    '%s carries the policies, once',
    async (target) => {
      const { headers } = await fetch(site() + target);
      // Twice the same header would be joined by a comma.
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'[^,]*frame-ancestors 'none'$/);
    },
  );

  test('a method that nobody knows is 501 with the id that nginx gave it', async () => {
    const port = Number(new URL(site()).port);
    const { status, headers, body } = await askRaw(
      port,
      'FOO /v1/regions HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    expect([status, JSON.parse(body).requestId]).toEqual([501, headers['x-request-id']]);
  });

  test('whoever is connected to the database reads, and is no superuser', async () => {
    await fetch(`${site()}/v1/regions`);
    const query = `select distinct r.rolname, r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls,
      (select bool_or(has_table_privilege(r.oid, c.oid, 'insert, update, delete')) from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r')
      from pg_stat_activity a join pg_roles r on r.rolname = a.usename where a.backend_type = 'client backend' and a.pid <> pg_backend_pid()`;
    const psql = ['psql', '-U', 'postgres', '-d', 'loopwright', '-AtF', ' ', '-c', query];
    expect(await stack.compose('exec', '--no-TTY', 'db', ...psql)).toBe('loopwright_reader f f\n');
    const owner = 'select rolsuper from pg_roles where rolname = $$loopwright$$';
    expect(await stack.compose('exec', '--no-TTY', 'db', 'psql', '-U', 'postgres', '-Atc', owner)).toBe('f\n');
    // Nobody becomes another by the socket.
    const other = await stack.run('docker', [
      ...['exec', await stack.container('db'), 'psql', '-U', 'loopwright', '-d', 'loopwright', '-c', 'select 1'],
    ]);
    expect([other.code, other.stderr]).toEqual([2, expect.stringContaining('Peer authentication failed')]);
  });

  test('the image holds nothing that installs, builds or maps', async () => {
    const look = [
      'for name in npm npx apt apt-get perl corepack yarn; do command -v $name && exit 1; done',
      'find / -xdev \\( -name "*.map" -path "/app/*" -o -name "libapt-pkg*" -o -name "perl" \\) -not -path "/proc/*" 2>/dev/null || true',
    ].join('; ');
    expect(await stack.compose('exec', '--no-TTY', 'api', 'sh', '-c', look)).toBe('');
  });

  test('`loopwright` is there for what npm did, and PM2 under its name', async () => {
    const inApi = (...command: string[]) => stack.compose('exec', '--no-TTY', 'api', ...command);
    expect(await inApi('loopwright', 'trails', 'list')).toContain('Andorra');
    expect(await inApi('loopwright', 'migrate')).toContain('nothing to do');
    expect((await inApi('loopwright', 'status')).split('\n').length).toBeGreaterThan(2);
    expect(await inApi('sh', '-c', 'command -v pm2')).toBe('/app/node_modules/.bin/pm2\n');
    const { code, stderr } = await stack.run('docker', ['exec', await stack.container('api'), 'loopwright', 'fly']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('no such command')]);
  });
}

/** To be asked last, of all that the stack has written. */
export function nothingIsTold({ stack }: Production): void {
  test('no line of any service says where anybody wanted to walk', async () => {
    const lines = (await stack.compose('logs', '--no-color')).split('\n');
    expect(lines.filter((line) => line.includes('"path":"/v1/loops"')).length).toBeGreaterThan(20);
    expect(lines.filter((line) => line.includes(mark) || /42\.5565|near=|start=|Ordino/.test(line))).toEqual([]);
  });
}
