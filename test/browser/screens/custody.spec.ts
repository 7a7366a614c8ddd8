import type { Browser, Page } from 'playwright-core';
import type { CaseCustody, CaseLoans, CaseRepairs, Hands, Leg, Parcel, StoreParcels } from '#contracts';
import { axeFaults, openBrowser, openContext, screenshot } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { caseOf, GOYA, MARTA, signedIn, uuid } from './people.js';
import { openStage, type Stage } from './stage.js';

let browser: Browser;
let stage: Stage;
let url: string;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ stage, url } = await openStage());
});
afterEach(() => stage.close());

const STORE: Hands = { kind: 'store', id: uuid(931), name: 'Nexo Centro' };
const ORBE: Hands = { kind: 'partner', id: uuid(932), name: 'Orbe' };
const COURIER: Hands = { kind: 'courier', id: null, name: 'Rauda' };
const CASE = uuid(190);
const legOf = (nth: number, part: Partial<Leg>): Leg => ({
  ...{ id: uuid(940 + nth), caseId: CASE, deviceId: uuid(930), deviceName: 'Auriga One', handoffId: null },
  ...{ place: nth, code: `L-0000-000${String(nth)}`, from: STORE, to: ORBE, courier: COURIER, trackingNumber: 'R-1' },
  ...{ state: 'planned', etaAt: null, sealPhotoId: null, pickedUpAt: null, arrivedAt: null, claim: null },
  ...part,
});
const CLAIM: Leg['claim'] = {
  ...{ id: uuid(950), state: 'open', amountCents: null, currency: null, note: 'La caja estaba abierta' },
  ...{ by: null, at: '2026-11-18T09:00:00Z' },
};

it('a shipment offers what can be done with it now, and nothing else', async () => {
  const detail = stage.add(caseOf(90, 'Grace Hopper'));
  const legs = [
    legOf(1, { state: 'arrived', arrivedAt: '2026-11-17T09:00:00Z', claim: CLAIM }),
    legOf(2, { from: STORE, to: ORBE }),
    legOf(3, { from: ORBE, to: STORE }),
  ];
  const device = { deviceId: uuid(930), name: 'Auriga One', holder: ORBE, since: '2026-11-17T09:00:00Z', chain: [] };
  stage.canned.set(`GET /cases/${detail.id}/custody`, (): CaseCustody => ({ devices: [{ ...device, legs }] }));
  const page: Page = await (await openContext(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${url}/cases/${detail.reference}`);
  const card = (nth: number) => page.locator(`[data-leg="L-0000-000${String(nth)}"]`);
  const offered = async (nth: number) => {
    await card(nth).getByRole('button', { name: 'Más sobre el envío' }).click();
    const items = page.getByRole('menuitem');
    await items.first().waitFor();
    const words = await items.allTextContents();
    await page.keyboard.press('Escape');
    await items.first().waitFor({ state: 'detached' });
    return words;
  };
  await card(1).waitFor();
  expect(await offered(1)).toEqual(['Reclamación']);
  expect(await offered(2)).toEqual(['Cambiar cuándo llega', 'Anular el envío']);
  await card(2).getByText('Sale cuando lo tenga Nexo Centro.').waitFor();
  expect(await card(2).getByRole('button', { name: 'Entregar al mensajero' }).count()).toBe(0);
  expect(await card(3).getByRole('button', { name: 'Entregar al mensajero' }).count()).toBe(1);
  expect(await axeFaults(page)).toEqual([]);
  await card(2).scrollIntoViewIfNeeded();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await screenshot(page, `custody-legs-${scheme}`);
  }
  await page.context().close();
});

const BY = { id: MARTA.id, displayName: MARTA.displayName };
const REPAIRS: CaseRepairs = {
  relief: [],
  items: [
    {
      ...{ id: uuid(960), caseId: CASE, device: { id: uuid(930), name: 'Auriga One', imeiEnd: '0159' } },
      ...{ store: { id: uuid(931), name: 'Nexo Centro' }, stage: 'in_repair', stageAt: '2026-11-17T09:00:00Z' },
      ...{ holder: 'store', fault: 'No enciende', diagnosis: '', erases: false, openedBy: BY },
      ...{ openedAt: '2026-11-16T09:00:00Z', promisedReturnAt: null, returnMoves: [], stages: [], quotes: [] },
      ...{ options: [], way: null, data: null },
    },
  ],
};
const charge = { photoIds: [], by: BY, at: '2026-11-17T09:00:00Z', endedAt: null };
const LOANS: CaseLoans = {
  ...{ decision: null, decisions: [] },
  loans: [
    {
      ...{ id: uuid(970), state: 'active', caseId: CASE, repairId: null },
      loaner: {
        ...{ id: uuid(971), label: 'P-014', imei: null, grade: 'A' },
        model: { id: uuid(972), brand: 'Lumen', name: 'Lite', os: 'android', sims: ['nano'] },
      },
      store: { id: uuid(931), name: 'Nexo Centro', phone: null },
      ...{ reservedAt: '2026-11-16T09:00:00Z', keepUntil: null, dueAt: '2026-11-25T17:00:00Z', follows: 'days' },
      ...{ endedAt: null, fault: null, rung: null, relieves: [], termsVersion: 1, depositCents: null, currency: null },
      ...{ out: null, in: null },
      charges: [
        {
          ...{ ...charge, id: uuid(973), kind: 'damage', text: 'Pantalla rayada', decision: 'charge' },
          ...{ amountCents: 4500, currency: 'EUR', photoIds: [uuid(974)] },
        },
        {
          ...{ ...charge, id: uuid(975), kind: 'loss', text: 'Se lo dejó en un tren', decision: 'charge' },
          ...{ amountCents: 12_000, currency: 'EUR', endedAt: '2026-11-18T09:00:00Z' },
        },
      ],
    },
  ],
};

it('says where the phone is, not where it was taken in, and what is owed for the one they were lent', async () => {
  const detail = stage.add(caseOf(90, 'Grace Hopper'));
  detail.repairs = [{ id: uuid(960), state: 'in_repair' }];
  const held: Hands = { kind: 'store', id: uuid(936), name: 'Nexo Chueca' };
  const device = { deviceId: uuid(930), name: 'Auriga One', since: '2026-11-17T09:00:00Z', chain: [], legs: [] };
  stage.canned.set(`GET /cases/${detail.id}/custody`, (): CaseCustody => ({ devices: [{ ...device, holder: held }] }));
  stage.canned.set(`GET /cases/${detail.id}/repairs`, () => REPAIRS);
  stage.canned.set(`GET /cases/${detail.id}/loans`, () => LOANS);
  const page = await (await openContext(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${url}/cases/${detail.reference}`);
  const order = page.locator(`[data-repair="${uuid(960)}"]`);
  await order.getByText('Nexo Chueca').waitFor();
  expect(await order.getByText('Nexo Centro').count()).toBe(0);
  const charges = page.getByRole('list', { name: 'Lo que le pasó' });
  await charges.getByText('Daño: se le cobran 45,00').waitFor();
  await charges.getByText('Ya no se debe desde').waitFor();
  expect(await charges.getByRole('link', { name: 'foto 1' }).getAttribute('href')).toContain(uuid(974));
  expect(await axeFaults(page)).toEqual([]);
  await charges.scrollIntoViewIfNeeded();
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await screenshot(page, `loan-charges-${scheme}`);
  }
  await page.context().close();
});

it('what follows from the word of a partner appears by itself, for not all of it rings', async () => {
  const detail = stage.add(caseOf(90, 'Grace Hopper'));
  detail.repairs = [{ id: uuid(960), state: 'in_repair' }];
  let promisedReturnAt: string | null = null;
  const items = () => REPAIRS.items.map((order) => ({ ...order, holder: 'partner' as const, promisedReturnAt }));
  stage.canned.set(`GET /cases/${detail.id}/repairs`, () => ({ relief: [], items: items() }));
  const page = await (await openContext(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  await page.goto(`${url}/cases/${detail.reference}`);
  const order = page.locator(`[data-repair="${uuid(960)}"]`);
  await order.waitFor();
  promisedReturnAt = '2026-11-27T10:00:00Z';
  await order.getByText(/27 nov/u).waitFor();
  await page.context().close();
});

it('what a store has to send and what comes follows the doorbell', async () => {
  stage.stores.push(GOYA);
  stage.user = signedIn(20, 'Rubén Gil', 'store', GOYA.id);
  const parcel: Parcel = { ...legOf(1, {}), caseReference: 'H-1090-2Q', customer: 'Grace Hopper', late: false };
  let items: Parcel[] = [];
  const none = { items: [], more: false };
  const answer = (): StoreParcels => ({ toSend: { items, more: false }, toReceive: none });
  stage.canned.set(`GET /stores/${GOYA.id}/parcels`, answer);
  const page = await (await openContext(browser, { viewport: { width: 1440, height: 900 } })).newPage();
  // Nothing is asked again unrung.
  await page.addInitScript(`{
    const { setInterval } = window;
    window.setInterval = (does, every) => (every < 5000 ? setInterval(does, every) : 0);
  }`);
  await page.goto(`${url}/visit`);
  const toSend = page.getByRole('region', { name: 'Por enviar' });
  await toSend.waitFor();
  await waitFor(() => stage.listeners() > 0);
  // Once connected, all is read anew: that may bring the first, only the doorbell brings the second.
  for (const [at, customer] of ['Grace Hopper', 'Ada Lovelace'].entries()) {
    items = [...items, { ...parcel, id: uuid(945 + at), customer }];
    stage.ring({ id: CASE, version: 9 + at }, 'leg.planned');
    await toSend.getByText(customer).waitFor();
  }
});
