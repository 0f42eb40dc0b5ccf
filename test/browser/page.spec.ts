import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { gpx } from '@tmcw/togeojson';
import { DOMParser } from '@xmldom/xmldom';
import type { Browser, Page } from 'playwright-core';
import { fillWithMap, type RunningApp, startApp } from '../http/support/start-app.js';
import {
  cards,
  describe,
  drawnLayers,
  drawnLoops,
  type MapElement,
  openBrowser,
  openPage,
  settled,
  small,
} from './open-browser.js';

describe('the page', () => {
  let app: RunningApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(fillWithMap), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  const alderby = () => `${app.url}/?start=47.06765,-37.49019&place=Alderby&length=8km`;
  const start = (page: Page): string | null => new URL(page.url()).searchParams.get('start');
  const loop = (page: Page): string | null => new URL(page.url()).searchParams.get('loop');
  const found = (page: Page) => cards(page).first().waitFor();
  /** Where the chosen loop is on the screen, at a share of its length. */
  const onLoop = (page: Page, id: string, share: number) =>
    page.evaluate(
      async ([id, share]) => {
        const { geometry } = await (await fetch(`/v1/loops/${id}`)).json();
        const [lon, lat] = geometry.coordinates[Math.floor((geometry.coordinates.length - 1) * share)];
        const { x, y } = (document.getElementById('map') as MapElement).map!.project([lon, lat]);
        return { x, y };
      },
      [id, share] as const,
    );

  test('opened without an address, says what to do, and an example is one press away', async () => {
    const { page, close } = await openPage(browser, app.url);
    await page.getByRole('button', { name: 'Show me an example' }).click();
    await found(page);
    expect(new URL(page.url()).searchParams.get('trailhead')).toMatch(/^s\d+$/);
    await close();
  });

  test('draws the region: ground, waters, ways, heights and names', async () => {
    const { page, close } = await openPage(browser, `${app.url}/#map=13/47.0676/-37.4902`);
    await settled(page);
    expect(await drawnLayers(page)).toEqual(
      expect.arrayContaining(['ground', 'waterway', 'contour', 'road', 'trail', 'village']),
    );
    await close();
  });

  test('data without a map: says so, and finds loops all the same', async () => {
    const bare = await startApp();
    const { page, close } = await openPage(browser, alderby().replace(app.url, bare.url));
    await page.getByText('imported without a map').waitFor();
    expect(await cards(page).count()).toBe(3);
    await close();
    await bare.stop();
  });

  test('an import while the page is open: draws the new map', async () => {
    const { page, close } = await openPage(browser, `${app.url}/#map=12/47.0676/-37.4902`);
    await settled(page);
    await fillWithMap(app.databaseUrl);
    const versionOf = async () => (await (await fetch(`${app.url}/v1/map`)).json()).version as string;
    const version = await versionOf();
    const asked = page.waitForRequest((request) => request.url().includes(`/v1/map/${version}/map/12/`));
    // As when the visitor comes back from another page.
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await asked;
    await settled(page);
    await close();
  });

  test('by keys alone, a search leads to three loops', async () => {
    const { page, close } = await openPage(browser, app.url);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.locator('#where').focus();
    await page.keyboard.type('alde');
    await page.getByRole('option', { name: /Alderby/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    expect(await page.locator('#where').getAttribute('aria-activedescendant')).toBe('place-0');
    await page.keyboard.press('Enter');
    await found(page);
    expect(await cards(page).count()).toBe(3);
    expect(new URL(page.url()).searchParams.get('place')).toBe('Alderby');
    await page.locator('#loop-0').focus();
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('.card.chosen').getAttribute('data-rank')).toBe('1');
    await close();
  });

  test('a click on the map starts there, a dragged pin starts elsewhere, and back undoes both', async () => {
    const { page, close } = await openPage(browser, alderby());
    await settled(page);
    const first = start(page);
    await page.mouse.click(700, 120);
    await page.waitForFunction((old) => !location.search.includes(old), `start=${first}`);
    await found(page);
    const second = start(page);
    await settled(page);
    const pin = (await page.locator('.pin').boundingBox())!;
    await page.mouse.move(pin.x + 22, pin.y + 20);
    await page.mouse.down();
    await page.mouse.move(pin.x + 60, pin.y + 60, { steps: 5 });
    await page.mouse.up();
    await page.waitForFunction((old) => !location.search.includes(old), `start=${second}`);
    await page.goBack();
    await page.waitForFunction((old) => location.search.includes(old), `start=${second}`);
    await page.goBack();
    await page.waitForFunction((old) => location.search.includes(old), `start=${first}`);
    await found(page);
    expect(await page.locator('#where').inputValue()).toBe('Alderby');
    await close();
  });

  test('the pin is moved by arrow keys, 50 metres each', async () => {
    const { page, close } = await openPage(browser, alderby());
    await settled(page);
    const before = start(page)!;
    const [lat] = before.split(',').map(Number);
    await page.locator('.pin').focus();
    await page.keyboard.press('ArrowUp');
    await page.waitForFunction((old) => !location.search.includes(old), `start=${before}`);
    const [now] = start(page)!.split(',').map(Number);
    expect(((now! - lat!) * Math.PI * 6_371_000) / 180).toBeCloseTo(50, -1);
    await close();
  });

  test('a slider moved by keys asks once and for the length it shows', async () => {
    const { page, close } = await openPage(browser, alderby());
    await found(page);
    const asked: string[] = [];
    page.on('request', (request) => request.url().includes('/v1/loops?') && asked.push(request.url()));
    await page.locator('#length').focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    await page.waitForFunction(() => location.search.includes('length=10km'));
    await page.waitForFunction(() => document.querySelector('.chosen .long')?.textContent?.match(/^(9\.9|10\.\d)/));
    expect(asked).toHaveLength(1);
    await close();
  });

  test('every wish is in the address and in the question', async () => {
    const { page, close } = await openPage(browser, alderby());
    await found(page);
    await page.locator('#more summary').click();
    await page.locator('#climb-most').focus();
    await page.keyboard.press('ArrowLeft');
    await page.locator('#difficulty').focus();
    await page.keyboard.press('ArrowLeft');
    await page.locator('#drive').focus();
    await page.keyboard.press('End');
    const asked = page.waitForRequest((request) => /\/v1\/loops\?.*direction=SE/.test(request.url()));
    await page.getByRole('radio', { name: 'south-east' }).check();
    const { searchParams } = new URL((await asked).url());
    expect(Object.fromEntries(searchParams)).toMatchObject({ drive: '90min', maxAscent: '2400m', maxDifficulty: 'T5' });
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ length: '8km' });
    await page.waitForFunction(() => location.search.includes('direction=SE'));
    await close();
  });

  test('trailheads within the drive are dots on the map, and a click starts there', async () => {
    const { page, close } = await openPage(browser, `${alderby()}&drive=30min`);
    await settled(page);
    await page.waitForFunction(() => {
      const { map } = document.getElementById('map') as MapElement;
      return map!.queryRenderedFeatures({ layers: ['trailhead'] }).length > 0;
    });
    await close();
  });

  test('days say where each ends', async () => {
    const { page, close } = await openPage(
      browser,
      `${app.url}/?start=47.06765,-37.49019&length=12km&days=2&drive=60min`,
    );
    await page.waitForFunction(() => ['found', 'nothing'].includes(document.getElementById('panel')!.dataset.status!));
    if ((await cards(page).count()) > 0) expect(await page.locator('.chosen .stages li').count()).toBe(2);
    else await page.getByRole('button', { name: 'Drop the other wishes' }).waitFor();
    await close();
  });

  test('cards and lines light each other up, and a click on a line chooses its card', async () => {
    const { page, close } = await openPage(browser, alderby());
    await settled(page);
    expect(await drawnLoops(page)).toEqual({ ranks: [0, 1, 2], chosen: [0] });
    const ids: string[] = await page.evaluate(async () => {
      const answer = await (await fetch('/v1/loops?start=47.06765,-37.49019&length=8km')).json();
      return answer.features.map(({ id }: { id: string }) => id);
    });
    await page.locator('.card').nth(1).hover();
    expect(await page.locator('.card.hovered').getAttribute('data-rank')).toBe('1');
    await page.locator('.card').nth(2).locator('label').click();
    expect(loop(page)).toBe(ids[2]);
    await page.waitForFunction(() => document.querySelector('#profile')?.getAttribute('data-rank') === '2');
    const point = await onLoop(page, ids[1]!, 0.5);
    await page.mouse.move(point.x, point.y);
    await page.mouse.click(point.x, point.y);
    await page.waitForFunction((id) => location.search.includes(id), ids[1]!);
    expect(await page.locator('.card.chosen').getAttribute('data-rank')).toBe('1');
    await close();
  });

  test('profile and map point at the same place, by pointer and by keys', async () => {
    const { page, close } = await openPage(browser, alderby());
    await settled(page);
    const stage = (await page.locator('.stage').boundingBox())!;
    await page.mouse.move(stage.x + stage.width / 2, stage.y + 50);
    await page.locator('.dot').waitFor();
    expect(await page.locator('.said').textContent()).toMatch(/^4\.0 km · [\d,]+ m · /);
    const half = await onLoop(page, loop(page)!, 0.5);
    await page.mouse.move(half.x, half.y);
    await page.waitForFunction(() => /km · [\d,]+ m · .*%/.test(document.querySelector('.said')!.textContent!));
    await page.mouse.move(640, 20);
    await page.locator('.probe').focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.probe').getAttribute('aria-valuetext')).toMatch(/\d\.\d km, height [\d,]+ m/);
    await page.locator('.dot').waitFor();
    await close();
  });

  test('a shared link opened fresh shows the loop that was chosen', async () => {
    const first = await openPage(browser, alderby());
    await found(first.page);
    await first.page.locator('.card').nth(1).locator('label').click();
    const link = first.page.url();
    const length = await first.page.locator('.chosen .long').textContent();
    await first.close();
    const second = await openPage(browser, link);
    await found(second.page);
    expect(await second.page.locator('.chosen .long').textContent()).toBe(length);
    expect(loop(second.page)).toBe(new URL(link).searchParams.get('loop'));
    await second.close();
  });

  test('others are other loops', async () => {
    const { page, close } = await openPage(browser, alderby());
    await found(page);
    const before = loop(page);
    await page.getByRole('button', { name: 'Others' }).click();
    await page.waitForFunction((old) => location.search.includes('seed=1') && !location.search.includes(old!), before);
    await close();
  });

  test('GPX is saved, and holds the loop', async () => {
    const { page, close } = await openPage(browser, alderby());
    await found(page);
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.chosen a.action').click()]);
    const text = await readFile((await download.path())!, 'utf8');
    const { features } = gpx(new DOMParser().parseFromString(text, 'text/xml') as unknown as Document);
    const geometry = features[0]!.geometry as GeoJSON.LineString;
    expect(geometry.coordinates.length).toBeGreaterThan(50);
    await page.locator('.chosen [data-act=qr]').click();
    expect(await page.locator('dialog .qr path').getAttribute('d')).toMatch(/^M4 4h1v1h-1z/);
    await page.keyboard.press('Escape');
    await close();
  });

  test('on a phone the sheet has three heights, cards are swiped, and the wishes lie below the loops', async () => {
    const { page, close } = await openPage(browser, alderby(), small);
    await settled(page);
    const top = async (): Promise<number> => (await page.locator('#panel').boundingBox())!.y;
    const middle = await top();
    await page.locator('#grip').focus();
    await page.keyboard.press('ArrowUp');
    const high = await top();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const low = await top();
    expect(high).toBeLessThan(middle);
    expect(middle).toBeLessThan(low);
    await page.locator('#grip').tap();
    await page.locator('.card').nth(2).locator('label').scrollIntoViewIfNeeded();
    await page.locator('.card').nth(2).locator('label').tap();
    await page.waitForFunction(() => document.querySelector('.card.chosen')?.getAttribute('data-rank') === '2');
    const order = await page.evaluate(() => [...document.querySelectorAll('#scroll > *')].map(({ id }) => id));
    expect(order).toEqual(['results', 'profile', 'wish']);
    expect(await drawnLoops(page)).toMatchObject({ chosen: [2] });
    await close();
  });

  test('far off, and where no loop can be, it says so and what to do next', async () => {
    const far = await openPage(browser, `${app.url}/?start=10,10&length=8km`);
    await far.page.getByText('That is outside the regions known here.').waitFor();
    await far.page.getByRole('button', { name: /Show Sample/ }).waitFor();
    expect(far.faults.splice(0)).toEqual([expect.stringMatching(/status of 422.*\/v1\/loops/)]);
    await far.close();
    const none = await openPage(browser, `${alderby()}&minAscent=2500m`);
    await none.page.getByText('No loop here climbs that much or that little.').waitFor();
    await none.page.getByRole('button', { name: 'Drop the other wishes' }).click();
    await found(none.page);
    await none.close();
  });

  test('without WebGL it still plans, and says what is missing', async () => {
    const { page, close } = await openPage(browser, alderby(), {}, () => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await found(page);
    await page.getByText('This browser cannot draw the map').waitFor();
    expect(await page.locator('#profile svg').count()).toBe(1);
    await close();
  });

  test('colours, units and language are the visitor’s own, and stay', async () => {
    const { page, close } = await openPage(browser, alderby(), { colorScheme: 'dark', locale: 'de-DE' });
    await settled(page);
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    expect(await page.locator('#status').textContent()).toBe('3 Rundwege');
    await page.locator('#settings-button').click();
    await page.getByRole('radio', { name: 'hell' }).check({ force: true });
    await page.getByRole('radio', { name: 'Meilen, Fuß' }).check({ force: true });
    await page.getByRole('radio', { name: 'Français' }).check({ force: true });
    await page.keyboard.press('Escape');
    await settled(page);
    expect(await drawnLoops(page)).toEqual({ ranks: [0, 1, 2], chosen: [0] });
    expect(await page.locator('#status').textContent()).toBe('3 boucles');
    expect(await page.locator('.chosen .long').textContent()).toBe('5,0 mi');
    await page.reload();
    await found(page);
    expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dataset.theme])).toEqual([
      'fr',
      'light',
    ]);
    await close();
  });

  test('a loop that was kept opens without a network', async () => {
    const { page, faults } = await openPage(browser, alderby());
    await settled(page);
    const title = await page.locator('.chosen .title').textContent();
    await page.locator('.chosen [data-act=offline]').click();
    await page.getByText('Kept: this page opens without a network').waitFor();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.context().setOffline(true);
    await page.reload();
    await found(page);
    expect(await page.locator('.chosen .title').textContent()).toBe(title);
    await settled(page);
    expect(await drawnLoops(page)).toMatchObject({ chosen: [0] });
    expect(await drawnLayers(page)).toEqual(expect.arrayContaining(['ground', 'trail', 'contour']));
    // Far from the loop the map has holes, which the browser writes down.
    expect(faults.filter((fault) => !/ERR_\w+ \S+\/v1\/map\//.test(fault))).toEqual([]);
    await page.context().close();
  });

  test('one page of paper holds map, profile, code and names of who made the data', async () => {
    const { page, close } = await openPage(browser, alderby());
    await settled(page);
    await page.evaluate(() => {
      window.print = () => document.body.classList.add('printed');
    });
    await page.locator('.chosen [data-act=print]').click();
    await page.waitForFunction(() => document.body.classList.contains('printed'));
    const paper = await page.pdf({ preferCSSPageSize: true });
    expect(paper.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    expect(await page.locator('#sheet footer').textContent()).toContain('Synthetic data');
    expect((await page.locator('#sheet img').getAttribute('src'))!.length).toBeGreaterThan(10_000);
    await close();
  });
});
