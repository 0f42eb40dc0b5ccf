import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';
import { sampleServer } from './support/server.js';
import { chromiumPath, describeWith, lackOfChromium } from './support/tools.js';

const server = sampleServer();

describeWith(lackOfChromium, 'the page of the interface in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  test.each([
    ['a desk lets one try requests of every kind', { width: 1280, height: 900 }, 'light', [0, 2, 4, 6]],
    ['a phone at night lets one try a request', { width: 375, height: 800 }, 'dark', [0]],
  ] as const)('on %s, and meets its policy', async (_, viewport, colorScheme, tries) => {
    const page = await browser.newPage({ viewport, colorScheme });
    // Only what hangs may meet this.
    page.setDefaultTimeout(120_000);
    const foreign: string[] = [];
    const errors: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url) && !request.url().startsWith('data:')) foreign.push(request.url());
    });
    // A violation of the policy is written there too.
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    const answer = await page.goto(`${server.url}/docs`);
    expect(answer!.headers()['content-security-policy']).toMatch(/default-src 'none'.*style-src 'self';/);

    const operations = page.locator('.opblock');
    await operations.first().waitFor();
    expect(await operations.count()).toBe(9);
    for (const n of tries) {
      const operation = operations.nth(n);
      await operation.locator('.opblock-summary-control').click();
      await operation.locator('.btn.execute').click();
      const status = operation.locator('.live-responses-table .response .response-col_status');
      await status.waitFor();
      expect(await status.textContent()).toMatch(/^\s*200/);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(viewport.width);
    expect(await page.evaluate('document.documentElement.classList.contains("dark-mode")')).toBe(
      colorScheme === 'dark',
    );
    expect({ foreign, errors }).toEqual({ foreign: [], errors: [] });
    await page.close();
  });
});
