import type { Browser, Page } from 'playwright-core';
import { openBrowser, openContext } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { caseOf, saidOn, uuid } from './people.js';
import { openStage, type Stage } from './stage.js';

const MAIL = {
  id: uuid(901),
  kind: 'email' as const,
  value: 'nora@correo.test',
  handle: null,
  display: 'nora@correo.test',
  handles: [],
};

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

/** The composer of somebody who can be answered on X and by mail; a mail may carry so many bytes. */
async function write(mailAttachBytes: number): Promise<void> {
  await page.route('**/api/v1/session', async (route) => {
    const answer = await route.fetch();
    const session = (await answer.json()) as Record<string, unknown>;
    await route.fulfill({ response: answer, json: { ...session, mailAttachBytes } });
  });
  const base = caseOf(30, 'Nora Vidal');
  const detail = { ...base, contactPoints: [...base.contactPoints, MAIL] };
  stage.add(detail, [saidOn(detail, 'Hola')]);
  await page.goto(`${url}/cases/${detail.reference}`);
  await page.locator('[data-entry]').first().waitFor();
  await page.getByRole('button', { name: /Por dónde sale/u }).click();
  await page.getByRole('menuitem', { name: /nora@correo\.test/u }).click();
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'vídeo.png', mimeType: 'image/png', buffer: Buffer.from('png') });
}
const chip = () => page.getByRole('list', { name: 'Adjuntos' }).getByRole('listitem');

it('a file a mail has no room for is said to go as a link, and the reply leaves', async () => {
  await write(2);
  await chip().filter({ hasText: 'va como enlace' }).waitFor();
  expect(await chip().getAttribute('title')).toContain('30 días');
  await page.locator('#composer-text').fill('Aquí lo tienes');
  await page.locator('#composer-text').press('Control+Enter');
  await waitFor(() => stage.calls.some(({ path }) => path.endsWith('/replies')));
});

it('a file that fits is just attached', async () => {
  await write(10_000_000);
  await chip().first().waitFor();
  expect(await chip().textContent()).not.toContain('enlace');
});
