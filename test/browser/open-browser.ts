import { existsSync } from 'node:fs';
import { expect, describe as jestDescribe } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath =
  process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
if (!executablePath && process.env.LOOPWRIGHT_REQUIRE_ALL === '1') {
  throw new Error('no Chromium: apt-get install chromium, or name one in CHROMIUM');
}
if (!executablePath)
  process.stderr.write('test/browser is skipped: no Chromium (apt-get install chromium, or CHROMIUM=…)\n');

/** Like `describe`, left out where there is no browser. */
export const describe = executablePath ? jestDescribe : jestDescribe.skip;

export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath!,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
    ],
  });
}

/** A page that writes down what must not happen: errors, violations of the policy, questions to other hosts. */
export interface Watched {
  page: Page;
  faults: string[];
  /** Ends the page. Fails when anything happened that must not. */
  close(): Promise<void>;
}

export const small = { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true } as const;

export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  before?: () => void,
): Promise<Watched> {
  const context = await browser.newContext({
    viewport: { width: 900, height: 620 },
    reducedMotion: 'reduce',
    locale: 'en-IE',
    colorScheme: 'light',
    ...options,
  });
  const faults: string[] = [];
  await context.route('**', (route) => {
    const { host } = new URL(route.request().url());
    if (host === new URL(url).host) return route.continue();
    faults.push(`asked ${route.request().url()}`);
    return route.abort();
  });
  if (before) await context.addInitScript(before);
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(`threw ${error.stack}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} ${message.location().url}`);
  });
  await page.goto(url);
  return {
    page,
    faults,
    close: async () => {
      await context.close();
      expect(faults).toEqual([]);
    },
  };
}

/** What the tests use of the map, which the page hangs on its element. */
interface Drawn {
  loaded(): boolean;
  areTilesLoaded(): boolean;
  isMoving(): boolean;
  project(at: [number, number]): { x: number; y: number };
  queryRenderedFeatures(options?: {
    layers: string[];
  }): { layer: { id: string }; properties: Record<string, unknown> }[];
}
export type MapElement = HTMLElement & { map?: Drawn };

/** Waits until the map stands still with all its tiles. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { map } = document.getElementById('map') as MapElement;
    return map?.loaded() && map.areTilesLoaded() && !map.isMoving();
  });
}

export const cards = (page: Page) => page.locator('.card');

/** @returns the layers of the map in which anything is to be seen */
export const drawnLayers = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found = (document.getElementById('map') as MapElement).map!.queryRenderedFeatures();
    return [...new Set(found.map(({ layer }) => layer.id))];
  });

/** @returns how many loops the map has drawn, and the rank of the chosen one */
export const drawnLoops = (page: Page): Promise<{ ranks: number[]; chosen: number[] }> =>
  page.evaluate(() => {
    const features = (document.getElementById('map') as MapElement).map!.queryRenderedFeatures({ layers: ['loop'] });
    const ranks = (of: typeof features): number[] =>
      [...new Set(of.map(({ properties }) => properties.rank as number))].sort();
    return { ranks: ranks(features), chosen: ranks(features.filter(({ properties }) => properties.chosen)) };
  });
