import type { Browser, Page } from 'playwright-core';
import type { CaseCustody, DeadLetterRow, HandoffRow } from '#contracts';
import { openBrowser, openContext, screenshot } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { handoffOf, nameOf, ORBE, wordOf } from './handoffs.js';
import { caseOf, signedIn, uuid } from './people.js';
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
  stage.user = signedIn(7, 'Elena Vidal', 'supervisor');
  stage.canned.set('GET /partners', () => ({ items: [ORBE] }));
  page = await (await openContext(browser, { viewport: { width: 1440, height: 900 } })).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const { id, reference, caseId, direction, partner, mode, priority, sentAt } = handoffOf(uuid(190));
const row: HandoffRow = {
  ...{ id, reference, caseId, direction, partner, mode, priority, sentAt, state: 'info_requested' },
  ...{ stateAt: '2026-11-18T09:00:00Z', etaAt: '2026-11-20T17:00:00Z', question: '¿Se puede borrar?' },
  ...{ caseReference: 'H-1090-2Q', customer: 'Grace Hopper', deviceName: 'Auriga One', dead: 1 },
};
const letter: DeadLetterRow = {
  ...{
    id: uuid(990),
    way: 'in',
    partner: row.partner,
    gateway: 'email',
    handoffId: null,
    receivedAt: '2026-11-19T09:00:00Z',
  },
  ...{ raw: { subject: 'Re: ???', text: 'Hola, sobre lo otro' }, error: 'no se sabe de qué traspaso habla' },
};

it('all handoffs are one page, by whose turn it is', async () => {
  stage.canned.set('GET /handoffs', () => ({ items: [row], nextCursor: null }));
  await page.goto(`${url}/handoffs`);
  const line = page.getByRole('row', { name: /Grace Hopper/u });
  await line.waitFor();
  const words = (await line.textContent()) ?? '';
  for (const expected of ['Orbe', 'Preguntan algo', '¿Se puede borrar?', '1 mensaje no entregado', '20 nov', 'pasado'])
    expect(words).toContain(expected);
  await page.getByRole('link', { name: 'Nos toca' }).click();
  await page.waitForURL(/show=waits_on_us/u);
  await line.waitFor();
  await line.getByRole('link', { name: 'Grace Hopper' }).click();
  await page.waitForURL(/\/cases\/H-1090-2Q/u);
});

it('the list and the letters follow while somebody looks', async () => {
  let items = [row];
  let letters: DeadLetterRow[] = [];
  stage.canned.set('GET /handoffs', () => ({ items, nextCursor: null }));
  stage.canned.set('GET /handoff-letters', () => ({ items: letters, nextCursor: null }));
  await page.goto(`${url}/handoffs`);
  await page.getByRole('row', { name: /Preguntan algo/u }).waitFor();
  await waitFor(() => stage.listeners() > 0);
  items = [{ ...row, state: 'accepted', question: null, dead: 0 }];
  stage.ring({ id: row.caseId, version: 9 }, 'handoff.accepted');
  await page.getByRole('row', { name: /Aceptado/u }).waitFor();
  await page.getByRole('link', { name: 'Atascados' }).click();
  await page.getByRole('heading', { name: 'Nada está atascado' }).waitFor();
  letters = [letter];
  stage.ring({ id: row.caseId, version: 10 }, 'handoff.progressed');
  await page.getByText('no se sabe de qué traspaso habla').waitFor();
});

/** How often the list was asked for; whatever the page asked before this is counted. */
const asked = async () => {
  await page.evaluate(`fetch('/api/v1/session')`);
  return stage.calls.filter(({ path }) => path === '/handoffs').length;
};
const changes = () => page.getByRole('button', { name: '1 cambio · actualizar' });
const names = () => page.locator('tbody th a').allTextContents();

it('no row moves under the pointer: what came is let in by a click, or when it leaves', async () => {
  const other = { ...row, id: uuid(191), caseId: uuid(91), customer: 'Ada Lovelace', caseReference: 'H-1091-3R' };
  let items = [row, other];
  stage.canned.set('GET /handoffs', () => ({ items, nextCursor: null }));
  await page.goto(`${url}/handoffs`);
  await page.getByRole('row', { name: /Ada Lovelace/u }).hover();
  // Before the doorbell hangs, and once more when it does.
  await waitFor(async () => (await asked()) > 1);
  const before = await asked();
  const comes = (version: number) => {
    items = items.toReversed();
    stage.ring({ id: other.caseId, version }, 'handoff.accepted');
  };
  comes(9);
  await changes().waitFor();
  expect(await asked()).toBe(before);
  expect(await names()).toEqual(['Grace Hopper', 'Ada Lovelace']);
  const [head, button] = [page.getByRole('columnheader').last(), changes()];
  const [under, over] = [await head.boundingBox(), await button.boundingBox()];
  expect(Number(over?.y) + Number(over?.height)).toBeLessThanOrEqual(Number(under?.y));
  await screenshot(page, 'handoffs-held-1440');
  await changes().click();
  await waitFor(async () => (await names())[0] === 'Ada Lovelace');
  await page.getByRole('row', { name: /Ada Lovelace/u }).hover();
  comes(10);
  await changes().waitFor();
  await page.mouse.move(2, 2);
  await waitFor(async () => (await names())[0] === 'Grace Hopper');
});

it('what comes after the last row went under the pointer is shown, too', async () => {
  let items = [row];
  stage.canned.set('GET /handoffs', () => ({ items, nextCursor: null }));
  await page.goto(`${url}/handoffs`);
  await page.getByRole('row', { name: /Grace Hopper/u }).hover();
  await waitFor(async () => (await asked()) > 1);
  items = [];
  stage.ring({ id: row.caseId, version: 9 }, 'handoff.declined');
  await changes().click();
  await page.getByRole('heading', { name: 'Nadie de fuera tiene nada' }).hover();
  items = [row];
  stage.ring({ id: row.caseId, version: 10 }, 'handoff.accepted');
  await changes().waitFor();
  await page.mouse.move(2, 2);
  await page.getByRole('row', { name: /Grace Hopper/u }).waitFor();
});

it('whoever was cut off sees of an open case what was said to partners and who has the phone, without a word of it', async () => {
  const detail = stage.add(caseOf(90, 'Grace Hopper'));
  let open = handoffOf(detail.id);
  let held: CaseCustody['devices'] = [];
  detail.handoffs = [nameOf(open)];
  stage.canned.set(`GET /cases/${detail.id}/handoffs`, () => ({ items: [open] }));
  stage.canned.set(`GET /cases/${detail.id}/custody`, () => ({ devices: held }));
  await page.goto(`${url}/cases/${detail.reference}`);
  await page.getByText('RMA-58213').first().waitFor();
  await waitFor(() => stage.listeners() > 0);
  const device = { deviceId: uuid(930), name: 'Auriga One', since: '2026-11-17T09:00:00Z', chain: [], legs: [] };
  open = { ...open, partnerRef: 'RMA-58214' };
  held = [{ ...device, holder: { kind: 'partner', id: ORBE.id, name: 'Orbe' } }];
  stage.hangUp();
  await page.getByText('RMA-58214').first().waitFor();
  await page.getByText('Lo tiene Orbe', { exact: true }).waitFor();
});

it('what was not understood is read whole, and read again or put away', async () => {
  let letters = [letter];
  stage.canned.set('GET /handoff-letters', () => ({ items: letters, nextCursor: null }));
  stage.canned.set(`POST /handoff-letters/${letter.id}/settle`, () => {
    letters = [];
    return {};
  });
  await page.goto(`${url}/handoffs?show=letters`);
  await page.getByText('no se sabe de qué traspaso habla').waitFor();
  await page.getByText('Verlo entero').click();
  await page.getByText('Hola, sobre lo otro').waitFor();
  await page.getByRole('button', { name: 'Leer de nuevo' }).click();
  await page.getByRole('heading', { name: 'Nada está atascado' }).waitFor();
  expect(stage.calls.findLast(({ path }) => path.endsWith('/settle'))?.body).toEqual({ how: 'taken' });
});

it('what did not reach them is seen in the case and goes again; who has it is named in its head', async () => {
  const delivery = { gateway: 'tmf621' as const, attempts: 8, dueAt: null, error: 'ECONNREFUSED', sentAt: null };
  const entries = [
    wordOf({ kind: 'note', text: '¿Sigue en pie?' }, '2026-11-19T10:00:00Z', {
      ...{ ours: true, deliveries: [{ id: uuid(995), state: 'dead', ...delivery }] },
    }),
  ];
  const detail = stage.add(caseOf(90, 'Grace Hopper'));
  const open = handoffOf(detail.id, { entries });
  detail.handoffs = [nameOf(open)];
  stage.canned.set(`GET /cases/${detail.id}/handoffs`, () => ({ items: [open] }));
  stage.canned.set(`POST /handoff-deliveries/${uuid(995)}/send-again`, () => ({}));
  await page.goto(`${url}/cases/${detail.reference}`);
  await page.getByRole('button', { name: 'Tiene trabajo de este caso: Orbe' }).waitFor();
  const said = page.getByRole('listitem').filter({ hasText: '¿Sigue en pie?' });
  await said.getByText('No le ha llegado a Orbe tras 8 intentos').waitFor();
  await said.getByRole('button', { name: 'Enviar de nuevo' }).click();
  await waitFor(() => stage.calls.find(({ path }) => path.endsWith('/send-again')));
});

it('what will not reach them is given up, when somebody is sure; not what it began with', async () => {
  const died = (nth: number, state: 'dead' | 'dropped') => ({
    ...{
      id: uuid(nth),
      state,
      gateway: 'tmf621' as const,
      attempts: 8,
      dueAt: null,
      error: 'ECONNREFUSED',
      sentAt: null,
    },
  });
  const said = (state: 'dead' | 'dropped') =>
    wordOf({ kind: 'note', text: '¿Sigue en pie?' }, '2026-11-19T10:00:00Z', {
      ...{ id: uuid(970), ours: true, deliveries: [died(996, state)] },
    });
  const first = wordOf({ kind: 'sent' }, '2026-11-16T10:00:00Z', {
    ...{ id: uuid(971), ours: true, deliveries: [died(997, 'dead')] },
  });
  const detail = stage.add(caseOf(90, 'Grace Hopper'));
  let open = handoffOf(detail.id, { entries: [first, said('dead')], acknowledgedAt: null });
  detail.handoffs = [nameOf(open)];
  stage.canned.set(`GET /cases/${detail.id}/handoffs`, () => ({ items: [open] }));
  stage.canned.set(`POST /handoff-deliveries/${uuid(996)}/drop`, () => {
    open = handoffOf(detail.id, { entries: [first, said('dropped')], acknowledgedAt: null });
  });
  await page.goto(`${url}/cases/${detail.reference}`);
  const bubble = page.getByRole('listitem').filter({ hasText: '¿Sigue en pie?' });
  await bubble.getByRole('button', { name: 'Renunciar a decirlo' }).click();
  const sure = page.getByRole('dialog', { name: '¿Renunciar a decirlo?' });
  await sure.getByText('Orbe no lo leerá nunca.').waitFor();
  await screenshot(page, 'handoff-give-up');
  await sure.getByRole('button', { name: 'Renunciar a decirlo' }).click();
  await bubble.getByText('Se renunció a decirlo').waitFor();
  await page.getByRole('button', { name: 'Ver lo dicho (2)' }).click();
  await page.getByRole('log').getByRole('button', { name: 'Enviar de nuevo' }).waitFor();
  expect(await page.getByRole('button', { name: 'Renunciar a decirlo' }).count()).toBe(0);
});
