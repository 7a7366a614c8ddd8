import type { Browser, Page } from 'playwright-core';
import { holdBack, openBrowser, openContext } from '../../support/browser.js';
import { caseOf } from './people.js';
import { openStage, type Stage } from './stage.js';

let browser: Browser;
let stage: Stage;
let url: string;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ stage, url } = await openStage());
  page = await (await openContext(browser)).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

it('what changes after it was read, and before the doorbell hangs, is shown', async () => {
  const hang = await holdBack(page, '**/socket.io/**');
  await page.goto(`${url}/inbox`);
  await page.locator('[data-case]').first().waitFor();
  stage.arrive(stage.cases[0] ?? caseOf(1, ''), 'Otra vez sin línea');
  await hang();
  await page.locator('[data-case]').first().filter({ hasText: 'Otra vez sin línea' }).waitFor();
});
