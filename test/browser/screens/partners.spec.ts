import type { Browser, Page } from 'playwright-core';
import type { Partner } from '#contracts';
import { axeFaults, openBrowser, openContext, screenshot } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { ORBE } from './handoffs.js';
import { signedIn, uuid } from './people.js';
import { openStage, type Stage } from './stage.js';

const VEGA = { ...ORBE, id: uuid(901), name: 'Taller Vega' };
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
  stage.user = signedIn(31, 'Elena Vidal', 'admin');
  stage.canned.set('GET /partners', () => ({ items: [ORBE, VEGA] }));
  stage.canned.set('GET /partners/scorecards', () => ({ days: 90, items: [] }));
  page = await (await openContext(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${url}/partners`);
  await page.getByRole('heading', { name: 'Orbe' }).waitFor();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const button = (name: string) => page.getByRole('button', { name });
const asked = () => page.getByRole('dialog', { name: 'Hay cambios sin guardar' });
const change = async () => {
  await button('Qué se le cuenta').click();
  await page.getByLabel('Modelo', { exact: true }).check();
};

it('what was changed is not left behind without a word', async () => {
  await change();
  await button('Acuerdo').click();
  await button('Qué se le cuenta').click();
  expect(await page.getByLabel('Modelo', { exact: true }).isChecked()).toBe(true);
  await page.getByRole('link', { name: 'Taller Vega' }).click();
  await asked().waitFor();
  expect(await axeFaults(page, '[role=dialog]')).toEqual([]);
  for (const [width, scheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await screenshot(page, `partners-unsaved-${String(width)}-${scheme}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await asked().getByRole('button', { name: 'Cancelar' }).click();
  await asked().waitFor({ state: 'detached' });
  expect(await page.getByLabel('Modelo', { exact: true }).isChecked()).toBe(true);
  await page.getByRole('link', { name: 'Taller Vega' }).click();
  await button('Irme sin guardar').click();
  await page.getByRole('heading', { name: 'Taller Vega' }).waitFor();
  await asked().waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Orbe' }).click();
  await page.getByRole('heading', { name: 'Orbe' }).waitFor();
});

/** What a browser asks by itself before it closes a page. */
const heardOf = (of: Page): string[] => {
  const heard: string[] = [];
  of.on('dialog', (dialog) => {
    heard.push(dialog.type());
    void dialog.dismiss();
  });
  return heard;
};

it('nor when the page is closed', async () => {
  const heard = heardOf(page);
  await change();
  await page.close({ runBeforeUnload: true });
  await waitFor(() => heard.length === 1);
  expect(heard).toEqual(['beforeunload']);
});

it('what was saved goes quietly', async () => {
  const heard = heardOf(page);
  let orbe: Partner = { ...ORBE, gateway: 'email' };
  stage.canned.set('GET /partners', () => ({ items: [orbe, VEGA] }));
  stage.canned.set(`PUT /partners/${ORBE.id}`, ({ body }) => (orbe = { ...orbe, ...body, version: orbe.version + 1 }));
  await page.reload();
  await change();
  await button('Guardar versión').click();
  await page.getByText('Versión 2').waitFor();
  expect(orbe.terms.share.map(({ field }) => field)).toEqual(['device.model']);
  await page.getByRole('link', { name: 'Taller Vega' }).click();
  await page.getByRole('heading', { name: 'Taller Vega' }).waitFor();
  expect(await asked().count()).toBe(0);
  await page.close({ runBeforeUnload: true });
  await waitFor(() => page.isClosed());
  expect(heard).toEqual([]);
});

it('what is typed stays when somebody else saves meanwhile, and goes on top of theirs', async () => {
  const share = [{ field: 'customer.language' as const, purpose: { es: 'Para escribirle', en: 'To write' } }];
  let orbe: Partner = { ...ORBE, gateway: 'email', postalAddress: 'Calle Uno', terms: { ...ORBE.terms, share } };
  const sent: Record<string, unknown>[] = [];
  const conflict = { status: 409, code: 'partner.changed_meanwhile' };
  stage.canned.set('GET /partners', () => ({ items: [orbe, VEGA] }));
  stage.canned.set(`PUT /partners/${ORBE.id}`, ({ body }) => {
    sent.push(body);
    return (orbe = { ...orbe, ...body, version: orbe.version + 1 });
  });
  await page.reload();
  await change();
  await button('Acuerdo').click();
  await page.getByLabel('Nombre', { exact: true }).fill('Orbe SA');
  await button('Qué se le cuenta').click();
  const terms = { ...orbe.terms, share: orbe.terms.share.filter(({ field }) => field !== 'customer.language') };
  orbe = { ...orbe, terms, name: 'Orbe Iberia', postalAddress: 'Calle Dos', version: orbe.version + 1 };
  stage.refuse.set(`PUT /partners/${ORBE.id}`, conflict);
  await button('Guardar versión').click();
  await page.getByText(/Alguien ha guardado la versión 2 mientras escribías/u).waitFor();
  await page.getByText('Los dos cambiasteis: Nombre. Si lo pones sobre la nueva, ahí vale lo tuyo.').waitFor();
  expect(await page.getByLabel('Modelo', { exact: true }).isChecked()).toBe(true);
  expect(await button('Guardar versión').isDisabled()).toBe(true);
  // Where one pressed, not at the top of what was filled in; and it is no failure as well.
  const [way, end] = [await button('Ponerlo sobre la nueva').boundingBox(), await button('Guardar').boundingBox()];
  expect(Number(way?.y)).toBeGreaterThan(0);
  expect(Number(way?.y)).toBeLessThan(900);
  expect(Number(end?.y) - Number(way?.y)).toBeLessThan(120);
  expect(await page.getByText('partner.changed_meanwhile').count()).toBe(0);
  expect(await axeFaults(page)).toEqual([]);
  for (const [width, scheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    await button('Ponerlo sobre la nueva').scrollIntoViewIfNeeded();
    await screenshot(page, `partners-newer-${String(width)}-${scheme}`);
  }
  stage.refuse.clear();
  await button('Ponerlo sobre la nueva').click();
  expect(await page.locator(':focus').textContent()).toBe('Guardar versión');
  expect(await page.getByText('partner.changed_meanwhile').count()).toBe(0);
  await page.keyboard.press('Enter');
  await page.getByText('Versión 3').waitFor();
  expect(sent).toMatchObject([{ version: 2, postalAddress: 'Calle Dos', name: 'Orbe SA' }]);
  expect(orbe.terms.share.map(({ field }) => field)).toEqual(['device.model']);
});

it('or is thrown away for theirs', async () => {
  let orbe: Partner = { ...ORBE, gateway: 'email' };
  stage.canned.set('GET /partners', () => ({ items: [orbe, VEGA] }));
  await page.reload();
  await change();
  orbe = { ...orbe, version: orbe.version + 1 };
  stage.refuse.set(`PUT /partners/${ORBE.id}`, { status: 409, code: 'partner.changed_meanwhile' });
  await button('Guardar versión').click();
  await button('Descartar lo mío').click();
  expect(await page.getByLabel('Modelo', { exact: true }).isChecked()).toBe(false);
  expect(await page.getByText('partner.changed_meanwhile').count()).toBe(0);
  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Orbe');
});
