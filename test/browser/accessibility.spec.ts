import { afterAll, beforeAll, expect, test } from '@jest/globals';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { fillWithMap, type RunningApp, startApp } from '../http/support/start-app.js';
import { cards, describe, openBrowser, openPage, settled, small } from './open-browser.js';

describe('the page, to those who do not see it or use no mouse', () => {
  let app: RunningApp;
  let browser: Browser;
  beforeAll(async () => {
    [app, browser] = await Promise.all([startApp(fillWithMap), openBrowser()]);
  });
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
  });

  test.each([
    ['light', 'desktop', {}],
    ['dark', 'desktop', {}],
    ['light', 'phone', small],
    ['dark', 'phone', small],
  ] as const)('has no fault that axe finds, %s on a %s', async (colorScheme, _, size) => {
    const url = `${app.url}/?start=47.06765,-37.49019&place=Alderby&length=8km`;
    const { page, close } = await openPage(browser, url, { colorScheme, ...size });
    await cards(page).first().waitFor();
    await settled(page);
    await page.locator('#more').evaluate((more: HTMLDetailsElement) => {
      more.open = true;
    });
    await page.evaluate(axe.source);
    const faults = () =>
      page.evaluate(async () => {
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        const { violations } = await (window as unknown as { axe: typeof import('axe-core') }).axe.run({
          runOnly: { type: 'tag', values: tags },
        });
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
      });
    expect(await faults()).toEqual([]);
    await page.locator('#legend-button').click();
    expect(await faults()).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('#settings-button').click();
    expect(await faults()).toEqual([]);
    await close();
  });
});
