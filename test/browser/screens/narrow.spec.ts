import type { Browser, Page } from 'playwright-core';
import { openBrowser, openContext, screenshot } from '../../support/browser.js';
import { caseOf, MARTA, saidOn, uuid } from './people.js';
import { openStage, type Stage } from './stage.js';

const AT = '2026-11-16T08:12:00Z';
const NAME = 'María de los Ángeles Fernández-Villaverde';
let browser: Browser;
let stage: Stage;
let url: string;
beforeAll(async () => {
  browser = await openBrowser();
  ({ stage, url } = await openStage());
  const detail = caseOf(90, NAME, {
    ...{ assignee: null, status: 'waiting', waitReason: 'courier', stages: [{ status: 'new', at: AT }] },
    impacts: (['calls', 'data', 'photos'] as const).map((kind, at) => ({
      ...{ id: uuid(800 + at), kind, part: null, state: 'confirmed' as const, problemId: null },
      ...{ reportedAt: AT, stateAt: AT, restoredAt: null },
    })),
  });
  const text = 'Os escribo otra vez porque sigo sin poder llamar a nadie y el miércoles estaba cerrado. '.repeat(5);
  const post = { url: 'https://x.com/a/status/1', answers: null };
  stage.add(detail, [
    saidOn(detail, text, { matchedBy: 'reference', public: post }),
    saidOn(detail, text, {
      direction: 'outbound',
      author: { kind: 'agent', id: MARTA.id, displayName: 'Maximiliana Rey' },
    }),
  ]);
}, 30_000);
afterAll(async () => {
  await browser.close();
  await stage.close();
});

const opened = async (width: number): Promise<Page> => {
  const page = await (await openContext(browser, { viewport: { width, height: 844 } })).newPage();
  await page.goto(`${url}/cases/H-1090-2Q`);
  await page.getByRole('heading', { name: NAME }).first().waitFor();
  await page.locator('[data-entry]').first().waitFor();
  return page;
};

it.each([1440, 1024, 390])('a long name and a long message have room beside all the signs, at %s', async (width) => {
  const page = await opened(width);
  const timeline = (await page.getByRole('region', { name: 'Historial' }).boundingBox()) ?? { x: 0, width: 0 };
  const edge = timeline.x + timeline.width;
  for (const menu of await page.locator('[data-entry]').getByRole('button').all()) {
    const box = await menu.boundingBox();
    expect(box && box.x >= timeline.x && box.x + box.width <= edge).toBe(true);
  }
  const name = await page.getByRole('heading', { name: NAME }).first().boundingBox();
  expect(name?.width).toBeGreaterThan(width === 390 ? 85 : 190);
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  await screenshot(page, `narrow-${width}`);
  await page.context().close();
});
