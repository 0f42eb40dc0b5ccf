import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, type Page } from 'playwright-core';
import { table } from './tables.js';

const PICTURE = 'docs/page.jpg';
const LINK = '/?start=47.06765,-37.49019&place=Alderby&length=12km';
const START_LIMIT_MS = 60_000;
/** In the page, whose types are not those of this program. */
const MAP_IS_DRAWN =
  '(({ map }) => map?.loaded() && map.areTilesLoaded() && !map.isMoving())(document.getElementById("map"))';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** What came over the network so far: by kind, how many files and how many kilobytes. */
function loaded(page: Page): Promise<[kind: string, files: number, kilobytes: number][]> {
  return page.evaluate(() => {
    const kinds: [string, RegExp][] = [
      ['script', /\.js$/],
      ['style', /\.css$/],
      ['fonts', /\.woff2$/],
      ['map tiles', /\/v1\/map\/[^/]+\/map\//],
      ['contour tiles', /\/contour\//],
      ['relief tiles', /\/relief\//],
      ['answers', /\/v1\//],
    ];
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const found = Map.groupBy(
      entries,
      ({ name }) => kinds.find(([, path]) => path.test(new URL(name).pathname))?.[0] ?? 'other',
    );
    return [...found].map(([kind, own]) => [
      kind,
      own.length,
      Math.round(own.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1_024),
    ]);
  });
}

/**
 * Opens a shared link of the sample region as a visitor does, with nothing kept, tells what that loads and how long it takes,
 * and takes the picture that the README begins with.
 */
export async function pageBench(): Promise<string> {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error('no Chromium: apt-get install chromium, or name one in CHROMIUM');
  const folder = mkdtempSync(join(tmpdir(), 'loopwright-page-'));
  const port = await freePort();
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    DATABASE_URL: `sqlite:${join(folder, 'db')}`,
    PORT: String(port),
    LOG_LEVEL: 'silent',
  };
  for (const words of [['build.js'], ['dist/planning/import/trails.command.js', 'sample']]) {
    execFileSync(process.execPath, words, { env, stdio: 'ignore' });
  }
  const server = spawn(process.execPath, ['dist/main.js'], { env, stdio: 'ignore' });
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
  try {
    const url = `http://127.0.0.1:${port}`;
    const giveUpAt = performance.now() + START_LIMIT_MS;
    while (!(await fetch(`${url}/readyz`).catch(() => null))?.ok) {
      if (performance.now() > giveUpAt) throw new Error('the program did not get ready');
      await pause(100);
    }
    const page = await browser.newPage({
      viewport: { width: 1_280, height: 800 },
      colorScheme: 'light',
      reducedMotion: 'reduce',
      locale: 'en-IE',
    });
    const start = performance.now();
    await page.goto(url + LINK);
    await page.locator('.card').first().waitFor();
    const cardMs = performance.now() - start;
    // Not by `waitForFunction`: the page's policy forbids it to evaluate a text again and again.
    while (!(await page.evaluate(MAP_IS_DRAWN))) await pause(50);
    const mapMs = performance.now() - start;
    const rows = (await loaded(page)).sort(([, , a], [, , b]) => b - a);
    await page.screenshot({ path: PICTURE, type: 'jpeg', quality: 88 });
    const sums = [1, 2].map((column) => rows.reduce((sum, row) => sum + Number(row[column]), 0));
    const whole = [...rows, ['all', ...sums]].map((row) => row.map(String));
    return `![The page with three loops around a village of the sample region](page.jpg)\n\nThe first card after ${Math.round(cardMs)} ms, the map with all its tiles after ${Math.round(mapMs)} ms, from this machine to itself and drawn without a graphics card. The worker’s vector tiles are not among the files.\n\n${table(['', 'files', 'KB, packed'], whole)}`;
  } finally {
    await browser.close();
    const closed = once(server, 'close');
    server.kill('SIGTERM');
    await closed;
    rmSync(folder, { recursive: true, force: true });
  }
}
