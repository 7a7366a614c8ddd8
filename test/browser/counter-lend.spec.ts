import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { z } from 'zod';
import { CaseCodeAnswer, CaseLoans, CaseRepairs, LoanerModelList, LoanerPage, StoreBoard } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';

const TABLET = { viewport: { width: 834, height: 1112 } };
const IMEI = '356938035643809';

/** The story of the shop: a phone is kept for her, lent with her signature, and comes back when hers does. */
describe('the golden story at the counter', () => {
  let world: World;
  let browser: Browser;
  let agent: Staff;
  let lead: Staff;
  let store: Staff;
  let page: Page;
  let counter: AtCounter;
  let caseId: string;
  let reference: string;
  let code: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    [agent, lead, store] = (await Promise.all(
      ['agent@hilo.test', 'supervisor@hilo.test', 'store@hilo.test'].map((email) => world.login(email)),
    )) as [Staff, Staff, Staff];
    const person = await world.outside.newcomer('Lucía Ferrer Gil');
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil y no puedo llamar a nadie.');
    const [row] = await waitFor(async () => {
      const rows = await agent.cases();
      return rows.length === 1 && rows;
    });
    [caseId, reference] = [row?.id ?? '', row?.reference ?? ''];
    code = (await agent.done(`/cases/${caseId}/code`, CaseCodeAnswer)).url;
    page = await signIn(browser, world.url, 'store@hilo.test', TABLET);
    counter = new AtCounter(page);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const post = (staff: Staff, path: string, schema: z.ZodType, body: unknown) =>
    staff.done(path, schema, { method: 'POST', body });
  const photo = (background: string) =>
    sharp({ create: { width: 900, height: 700, channels: 3, background } })
      .jpeg()
      .toBuffer();
  const repair = async () => (await agent.done(`/cases/${caseId}/repairs`, CaseRepairs)).items[0];
  const loan = async () => (await agent.done(`/cases/${caseId}/loans`, CaseLoans)).loans[0];

  /** What was said and photographed of one loaner says nothing of the next one. */
  const nothingOfAnother = async () => {
    const test = page.getByRole('checkbox', { name: 'Llamada de prueba' });
    const pictures = page.getByRole('region', { name: 'Foto del préstamo al salir' }).getByRole('img');
    await test.check();
    await counter.photos(page.locator('input[type=file]'), [await photo('#111')]);
    await pictures.waitFor();
    await counter.choice(/P-0097/u).check();
    await waitFor(async () => !(await test.isChecked()) && (await pictures.count()) === 0);
    await counter.choice(/P-0142/u).check();
    await waitFor(async () => !(await test.isChecked()) && (await pictures.count()) === 0);
  };
  /** Digit by digit the year is 0002 first. */
  const dayByKeyboard = async () => {
    const day = page.getByLabel('U otro día');
    await day.focus();
    await page.keyboard.type('12122027');
    await waitFor(async () => (await day.inputValue()) === '2027-12-12');
    await counter.choice('Sin fecha').check();
    await waitFor(async () => (await day.inputValue()) === '');
  };

  it('2 · an agent keeps one for her at the store', async () => {
    const phone = { brand: 'Auriga', name: 'One', os: 'android', sim: ['nano'], tacs: [IMEI.slice(0, 8)] };
    await post(await world.login('admin@hilo.test'), '/device-models', z.unknown(), phone);
    const model = { brand: 'Auriga', name: 'Lite', os: 'android', sims: ['nano', 'esim'] };
    const models = LoanerModelList.parse(await post(lead, '/loaner-models', LoanerModelList, model));
    const modelId = models.items[0]?.id;
    for (const label of ['P-0142', 'P-0097'])
      await post(lead, '/loaners', z.unknown(), { storeId: world.stores.goya, modelId, label });
    const { items } = await lead.done(`/loaners?storeId=${world.stores.goya}`, LoanerPage);
    const loanerId = items.find(({ label }) => label === 'P-0142')?.id;
    const order = { outcome: 'accepted', storeId: world.stores.goya, loanerId };
    await post(agent, `/cases/${caseId}/loan-decisions`, z.unknown(), order);
    await page.goto(`${world.url}/visit`);
    await page.getByRole('region', { name: 'Apartados' }).getByText('Lucía Ferrer Gil').waitFor();
    await screenshot(page, 'counter-board');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('3 · the store takes hers in: not covered, with the clause and plain words; the loaner leaves signed for', async () => {
    await page.getByLabel('Buscar a la persona').fill(code);
    await counter.button('Unirme a su caso').click();
    await counter.button('Sí, es así').click();
    await page.getByLabel('IMEI').first().fill(IMEI);
    await counter.choice('Se queda aquí').check();
    await waitFor(async () => (await page.getByLabel('Modelo').inputValue()) === 'Auriga One');
    await counter.choice('No enciende').check();
    const front = page.getByRole('button', { name: /^Delante\. Flechas/u });
    await front.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('Raya: Delante, en el tercio de abajo, en el centro').waitFor();
    await counter.photos(page.locator('input[type=file]'), [await photo('#733'), await photo('#337')]);
    await counter.choice('Desactivado').check();
    await screenshot(page, 'counter-2-device');
    expect(await axeFaults(page)).toEqual([]);
    await counter.onward().click();
    await counter.choice(/No lo cubre la garantía/u).check();
    await page.getByText(/Faltan? \d dato/u).waitFor();
    await page.getByLabel('Cláusula').fill('Art. 4.2: humedad en el conector');
    await page.getByLabel(/palabras de la calle/u).fill('Le ha entrado agua y eso no lo cubre la garantía.');
    await counter.button('Pedimos presupuesto y se lo enviamos').click();
    await counter.choice(/^Reparar/u).check();
    await screenshot(page, 'counter-3-decide');
    expect(await axeFaults(page)).toEqual([]);
    await counter.onward().click();
    await counter.choice('Se lo lleva').and(page.locator(':checked')).waitFor();
    await page.getByText('Apartado', { exact: true }).waitFor();
    await nothingOfAnother();
    await page.getByRole('checkbox', { name: /SIM o eSIM pasada/u }).check();
    await page.getByRole('checkbox', { name: 'Llamada de prueba' }).check();
    await counter.photos(page.locator('input[type=file]'), [await photo('#373')]);
    await counter.button('Tiene marcas').click();
    await page.getByLabel('Qué se ve').fill('Un roce en la esquina');
    await screenshot(page, 'counter-4-keep');
    expect(await axeFaults(page)).toEqual([]);
    await counter.step('Encargar');
    await counter.choice(/^Otra empresa/u).check();
    await counter.choice(/^Se decide después/u).check();
    await dayByKeyboard();
    await screenshot(page, 'counter-5-take');
    expect(await axeFaults(page)).toEqual([]);
    await counter.onward().click();
    await counter.heading('Lo acordado').waitFor();
    await counter.sign();
    await screenshot(page, 'counter-6-sign');
    expect(await axeFaults(page)).toEqual([]);
    await counter.button('Terminar').click();
    await counter.heading('Visita anotada').waitFor();
    expect((await repair())?.stage).toBe('received');
    expect(await loan()).toMatchObject({ state: 'active', loaner: { label: 'P-0142' } });
    const receipt = await page.getByRole('link', { name: 'Recibo en PDF' }).getAttribute('href');
    const pdf = await store.ask((receipt ?? '').replace('/api/v1', ''));
    expect([pdf.status, pdf.bytes.subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    expect(await agent.cases()).toHaveLength(1);
  }, 120_000);

  it('7 · it comes back repaired: tried together, the loaner returned, signed', async () => {
    const id = (await repair())?.id ?? '';
    for (const to of ['diagnosed', 'in_repair', 'repaired'])
      await post(agent, `/repairs/${id}/stage`, z.unknown(), { to, holder: 'store' });
    await waitFor(async () => {
      const board = await store.done(`/stores/${world.stores.goya}/board`, StoreBoard);
      return board.ready.items.length === 1;
    });
    await page.goto(`${world.url}/visit`);
    await page.getByRole('region', { name: 'Listos para recoger' }).getByText('Lucía Ferrer Gil').click();
    await counter.button('Recoge su móvil').click();
    await counter.heading('Se lleva su equipo').waitFor();
    for (const what of ['Una llamada', 'Los datos', 'Sus apps'])
      await page.getByRole('group', { name: what }).getByRole('radio', { name: 'Va bien' }).check();
    await page.getByRole('group', { name: '¿Han vuelto sus datos?' }).getByRole('radio', { name: 'Todos' }).check();
    await counter.choice(/Sí, todo bien/u).check();
    await screenshot(page, 'counter-8-back');
    expect(await axeFaults(page)).toEqual([]);
    await counter.onward().click();
    await counter.heading('Devuelve el préstamo').waitFor();
    await page.getByText('Salió así: Un roce en la esquina').waitFor();
    await counter.button('Vuelve como salió').click();
    await page.getByRole('checkbox', { name: 'Cuentas cerradas' }).check();
    await screenshot(page, 'counter-9-loaner');
    expect(await axeFaults(page)).toEqual([]);
    await counter.onward().click();
    await counter.heading('Lo acordado').waitFor();
    await counter.sign();
    await counter.button('Entregar y terminar').click();
    await counter.heading('Devuelto').waitFor();
    expect((await repair())?.stage).toBe('returned');
    expect(await loan()).toMatchObject({
      state: 'returned',
      out: { condition: { note: 'Un roce en la esquina' } },
      in: { condition: { note: 'Un roce en la esquina' } },
    });
    expect((await agent.case(reference)).impacts.every(({ state }) => state === 'restored')).toBe(true);
  }, 120_000);
});
