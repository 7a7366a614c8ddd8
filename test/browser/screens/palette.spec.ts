import type { Browser, Page } from 'playwright-core';
import type { SearchHit } from '#contracts';
import { openBrowser, openContext, openPalette } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { caseOf, saidOn, uuid } from './people.js';
import { openStage, type Stage } from './stage.js';

let browser: Browser;
let stage: Stage;
let url: string;
let page: Page;

const GEMA = caseOf(4, 'Gema Pardo');
const said = saidOn(GEMA, 'Nada de cobertura en Goya');
const hitOf = (kind: SearchHit['kind'], title: string, part: Partial<SearchHit> = {}): SearchHit => ({
  kind,
  id: uuid(9000 + title.length * 10 + kind.length),
  title,
  text: GEMA.preview,
  caseId: GEMA.id,
  reference: GEMA.reference,
  at: GEMA.lastInteractionAt,
  ...part,
});

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ stage, url } = await openStage());
  const others = Array.from({ length: 30 }, (_, at) => saidOn(GEMA, `Mensaje ${at + 1}`));
  stage.timelines.set(GEMA.id, [said, ...others]);
  stage.hits = [
    hitOf('case', 'Gema Pardo'),
    hitOf('customer', 'Gema Pardo', { text: '647 02 28 16', at: null }),
    hitOf('customer', 'Gema Soler', { text: '600 11 22 33', caseId: null, reference: null, at: null }),
    hitOf('interaction', 'Gema Pardo', { id: said.id, text: said.text }),
    hitOf('case', 'Antonio Bermejo', { reference: 'H-1002-2Q' }),
  ];
  page = await (await openContext(browser)).newPage();
  await page.goto(`${url}/inbox`);
  await page.locator('[data-case]').first().waitFor();
  await openPalette(page);
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const palette = () => page.getByRole('dialog', { name: 'Buscar' });
const chosen = () => palette().locator('[data-selected]');
const asked = () => stage.calls.filter(({ path }) => path === '/search');
const hits = () => palette().locator('[data-hit]');

it('finds cases, customers and what was said, each kind by itself', async () => {
  await page.keyboard.insertText('gema');
  await hits().first().waitFor();
  const groups = await page.evaluate(
    `[...document.querySelectorAll('[data-hit]')].map((hit) => getComputedStyle(hit.parentElement, '::before').content)`,
  );
  expect(groups).toEqual(['"Casos"', '"Clientes"', '"Clientes"', '"Lo que se dijo"']);
  // Who has no open case has a page of their own.
  expect(
    await palette()
      .getByRole('button', { name: /Gema Soler.*Sin caso abierto/u })
      .isEnabled(),
  ).toBe(true);
  expect(asked()).toHaveLength(1);
});

it('keeps what it shows until what was typed next is answered', async () => {
  await page.keyboard.type('gema');
  await hits().nth(3).waitFor();
  let fewest = 4;
  await page.exposeFunction('seen', (count: number) => (fewest = Math.min(fewest, count)));
  await page.evaluate(
    `new MutationObserver(() => seen(document.querySelectorAll('[data-hit]').length)).observe(document.body, { childList: true, subtree: true })`,
  );
  await page.keyboard.type(' pardo', { delay: 30 });
  await waitFor(async () => (await hits().count()) === 3);
  expect(fewest).toBe(3);
  await page.keyboard.type('xyz');
  await palette().getByText('Nada coincide').waitFor();
});

it('is walked with the arrows, and Enter opens what was said where it was said', async () => {
  await page.keyboard.type('gema');
  await hits().nth(3).waitFor();
  await chosen().waitFor();
  await page.keyboard.press('ArrowUp');
  await waitFor(async () => (await chosen().textContent())?.includes('Nada de cobertura en Goya') ?? false);
  await page.keyboard.press('Enter');
  await page.waitForURL(new RegExp(`${GEMA.reference}.*#entry-${said.id}`, 'u'));
  await page.locator(`#entry-${said.id}`).waitFor();
  await waitFor(async () => {
    const box = await page.locator(`#entry-${said.id}`).boundingBox();
    return box !== null && box.y > 0 && box.y < 900;
  });
});

it('Enter before the answer goes to what is found, not to what stood there before', async () => {
  await page.keyboard.type('gema');
  await hits().first().waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('antonio');
  await page.keyboard.press('Enter');
  await page.waitForURL(/H-1002-2Q/u);
});
