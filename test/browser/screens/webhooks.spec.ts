import type { Browser, Page } from 'playwright-core';
import type { Scorecard, Webhook, WebhookMessage } from '#contracts';
import { axeFaults, openBrowser, openContext, openPalette, screenshot } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { ORBE } from './handoffs.js';
import { signedIn } from './people.js';
import { openStage, type Stage } from './stage.js';

const ELENA = signedIn(31, 'Elena Vidal', 'admin');
const ID = '01932f6e-7a10-7cc3-9f0e-3c6d0a2f9b11';
const HOOK: Webhook = {
  ...{ id: ID, url: 'https://almacen.example/hilo', description: 'Almacén', types: ['handoff.*'], active: true },
  ...{ createdBy: { id: ELENA.id, displayName: 'Elena Vidal' }, createdAt: '2026-11-01T08:00:00Z', failures: 3 },
  ...{ resumesAt: '2026-11-19T11:00:00Z', waiting: 1, dead: 1, lastSentAt: '2026-11-19T09:00:00Z', bothUntil: null },
};
const MESSAGE: WebhookMessage = {
  ...{ id: '01932f6e-7a10-7cc3-9f0e-3c6d0a2f9b12', type: 'handoff.accepted', caseId: ID, caseReference: 'H-1001-2Q' },
  ...{ state: 'dead', attempts: 12, dueAt: null, status: 503, error: 'Service Unavailable' },
  ...{ createdAt: '2026-11-18T09:00:00Z', sentAt: null },
};
const CARD: Scorecard = {
  partner: { id: ORBE.id, name: ORBE.name, kind: ORBE.kind },
  counts: { given: 40, acknowledged_in_time: 30, acknowledged_late: 10, rejected: 4, overrun: 7, re_repaired: 2 },
  ...{ medianAcknowledgeMinutes: 95, open: 6, dead: 0 },
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
  stage.user = ELENA;
  stage.canned.set('GET /webhooks', () => ({ items: [HOOK] }));
  stage.canned.set(`GET /webhooks/${ID}/messages`, () => ({ items: [MESSAGE], nextCursor: null }));
  stage.canned.set('GET /partners', () => ({ items: [ORBE] }));
  stage.canned.set('GET /partners/scorecards', () => ({ days: 90, items: [CARD] }));
  stage.canned.set('GET /handoffs', () => ({ items: [], nextCursor: null }));
  page = await (await openContext(browser)).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const asked = (method: string, path: string) =>
  stage.calls.filter((call) => call.method === method && call.path === path);
const button = (name: string | RegExp) => page.getByRole('button', { name });

it('a webhook is added, and its secret shown once', async () => {
  stage.canned.set('POST /webhooks', () => ({ ...HOOK, id: MESSAGE.id, secret: 'whsec_abc123' }));
  await page.goto(`${url}/channels/webhooks`);
  await button('Añadir webhook').click();
  await button('Guardar').click();
  await page.getByText('La dirección tiene que empezar por').waitFor();
  await page.getByLabel('Dirección').fill('https://erp.example/avisos');
  await page.getByLabel('De qué se le avisa').fill('case.opened\nhandoff.*');
  expect(await axeFaults(page, '[role=dialog]')).toEqual([]);
  await button('Guardar').click();
  await page.getByText('whsec_abc123').waitFor();
  expect(asked('POST', '/webhooks')[0]?.body).toEqual({
    ...{ url: 'https://erp.example/avisos', description: '', active: true },
    types: ['case.opened', 'handoff.*'],
  });
  await screenshot(page, 'webhooks-secret-es');
  await button('Ya lo tengo').click();
  await page.getByText('whsec_abc123').waitFor({ state: 'detached' });
});

it('what did not arrive is found and goes again; a webhook is switched off', async () => {
  stage.canned.set(`POST /webhooks/${ID}/replay`, () => ({ messages: 1 }));
  stage.canned.set(`POST /webhooks/${ID}/messages/${MESSAGE.id}/replay`, () => ({ messages: 1 }));
  stage.canned.set(`PUT /webhooks/${ID}`, () => ({ ...HOOK, active: false }));
  await page.goto(`${url}/channels/webhooks`);
  await button('Registro de https://almacen.example/hilo').click();
  await page.getByRole('combobox', { name: 'Cuáles' }).selectOption({ label: 'No entregado' });
  await button('Enviar de nuevo handoff.accepted de H-1001-2Q').click();
  await waitFor(() => asked('POST', `/webhooks/${ID}/messages/${MESSAGE.id}/replay`).length === 1);
  await button('Enviar de nuevo el no entregado').click();
  await waitFor(() => asked('POST', `/webhooks/${ID}/replay`).length === 1);
  expect(await axeFaults(page)).toEqual([]);
  for (const [width, scheme] of [
    [1440, 'light'],
    [1440, 'dark'],
    [390, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    expect(await axeFaults(page)).toEqual([]);
    // Which part of the page it is has to be seen whole.
    const tab = await page.getByRole('link', { name: 'Webhooks', exact: true }).boundingBox();
    expect(tab && tab.x >= 0 && tab.x + tab.width <= width).toBe(true);
    await screenshot(page, `webhooks-${width}-${scheme}`);
  }
  await button('Cambiar https://almacen.example/hilo').click();
  await page.getByLabel('Encendido').uncheck();
  await button('Guardar').click();
  await waitFor(() => asked('PUT', `/webhooks/${ID}`)[0]?.body['active'] === false);
});

it('webhooks, companies and handoffs are a word away for those who may go there', async () => {
  const look = async (words: string) => {
    await page.getByRole('link', { name: 'Bandeja' }).first().waitFor();
    await openPalette(page);
    await page.keyboard.insertText(words);
  };
  await page.goto(`${url}/inbox`);
  for (const [words, place] of [
    ['webhooks', '/channels/webhooks'],
    ['convenio', '/partners'],
    ['traspasos', '/handoffs'],
  ] as const) {
    await look(words);
    await waitFor(async () => (await page.locator('[data-selected]').count()) === 1);
    await page.keyboard.press('Enter');
    await page.waitForURL(`${url}${place}`);
  }
  stage.user = signedIn(32, 'Marta Rey', 'agent');
  await page.goto(`${url}/inbox`);
  await look('webhooks');
  const entry = page.getByRole('dialog', { name: 'Buscar' }).getByRole('button', { name: /^Webhooks/u });
  await waitFor(() => entry.isDisabled());
});

it('how a company does opens what each figure counts', async () => {
  await page.goto(`${url}/partners?show=scores`);
  await page.getByRole('link', { name: 'Orbe, Pasados de fecha: 7' }).waitFor();
  await page.getByText('75 %').waitFor();
  for (const [width, scheme] of [
    [1440, 'light'],
    [390, 'dark'],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: scheme });
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, `scores-${width}-${scheme}`);
  }
  await page.getByRole('link', { name: 'Orbe', exact: true }).click();
  await page.getByRole('region', { name: 'Cómo cumplen' }).waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await screenshot(page, 'scores-block-390');
  await page.getByRole('link', { name: 'Orbe, Pasados de fecha: 7' }).click();
  await page.waitForURL(/handoffs\?.*measure=overrun/u);
  await page.getByText('Pasados de fecha, de los últimos 90 días.').waitFor();
  expect(asked('GET', '/handoffs').length).toBeGreaterThan(0);
});
