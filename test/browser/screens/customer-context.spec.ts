import type { Browser } from 'playwright-core';
import { openBrowser, openContext } from '../../support/browser.js';
import { caseOf, uuid } from './people.js';
import { openStage } from './stage.js';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const renamed = (number: number) => ({
  ...caseOf(number, 'Ana Ruiz'),
  contactPoints: [
    {
      ...{ id: uuid(980), kind: 'twitter' as const, value: '980', handle: 'ana_tres', display: '@ana_tres' },
      handles: [
        { handle: 'ana_dos', until: '2026-11-18T12:00:00Z' },
        { handle: 'ana_uno', until: '2026-10-02T12:00:00Z' },
      ],
    },
  ],
});

it.each([
  ['es', 'antes @ana_dos', /^@ana_dos, hasta el .*\n@ana_uno, hasta el /u],
  ['en', 'formerly @ana_dos', /^@ana_dos, until .*\n@ana_uno, until /u],
] as const)('who changed their handle is known by the one before, in %s', async (language, words, all) => {
  const { stage, url } = await openStage();
  stage.user = { ...stage.user, language };
  const detail = renamed(80);
  stage.add(detail);
  stage.add(caseOf(81, 'Nora Vidal'));
  const page = await (await openContext(browser)).newPage();
  await page.goto(`${url}/cases/${detail.reference}`);
  const before = page.getByText(words, { exact: true });
  await before.first().waitFor({ state: 'attached' });
  expect(await before.first().getAttribute('title')).toMatch(all);
  await page.goto(`${url}/cases/${caseOf(81, 'Nora Vidal').reference}`);
  await page.getByText('@cliente').first().waitFor({ state: 'attached' });
  expect(await page.getByText(/^(?:antes|formerly) @/u).count()).toBe(0);
  await page.context().close();
  await stage.close();
});
