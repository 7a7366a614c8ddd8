import type { Browser, Page } from 'playwright-core';
import type { Person } from '../e2e/outside.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

const DAY = [{ from: '00:00', to: '24:00' }];
const ALWAYS = {
  weekly: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: DAY, sun: DAY },
  exceptions: [],
};

/** A customer is shown the way to a store that expects them, and the case changes hands with a reason. */
describe('the warm way to a store, in the browser', () => {
  let world: World;
  let browser: Browser;
  let marta: Page;
  let ruben: Page;
  let agent: Staff;
  let person: Person;
  let reference: string;
  let caseId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    for (const [code, lat, lon] of [
      ['goya', 40.4247, -3.6791],
      ['granvia', 40.4201, -3.7033],
      ['colon', 39.4699, -0.3724],
    ] as const)
      await world.database.query('update store set lat = $2, lon = $3, hours = $4 where code = $1', [
        code,
        lat,
        lon,
        ALWAYS,
      ]);
    person = await world.outside.newcomer('Lucía Ferrer Gil');
    [agent, marta, ruben] = await Promise.all([
      world.login('agent@hilo.test'),
      signIn(browser, world.url, 'agent@hilo.test'),
      signIn(browser, world.url, 'store@hilo.test', { viewport: { width: 1024, height: 900 } }),
    ]);
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil.');
    await waitFor(async () => (await agent.cases()).length === 1);
    const [row] = await agent.cases();
    reference = row?.reference ?? '';
    caseId = row?.id ?? '';
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const dialog = () => marta.getByRole('dialog');
  const next = async () => (await agent.case(caseId)).next;

  it('says what is next, and takes a plan with a time', async () => {
    await marta.goto(`${world.url}/cases/${reference}`);
    await marta.getByRole('button', { name: /Próxima acción: Responder, por orden de llegada/u }).click();
    await dialog().getByText('Llamar al cliente').click();
    await dialog().getByText('A una hora').click();
    await dialog().getByLabel('Día y hora').fill('2099-03-02T18:30');
    await screenshot(marta, 'ownership-1-next');
    expect(await axeFaults(marta)).toEqual([]);
    await dialog().getByRole('button', { name: 'Guardar' }).click();
    await marta.getByRole('button', { name: /Próxima acción: Llamar al cliente, 2 mar/u }).waitFor();
    expect(await next()).toMatchObject({ code: 'call_back', by: { displayName: 'Marta Rey' } });
  });

  it('warns of an address alone', async () => {
    await marta.locator('#composer-text').fill('Puedes ir a nuestra tienda de Goya.');
    await marta.getByText('con la dirección y nada más').waitFor();
    await screenshot(marta, 'ownership-2-bare');
    expect(await axeFaults(marta)).toEqual([]);
    await marta.getByRole('button', { name: 'Acompañarle' }).click();
    await dialog().getByText('No sabemos dónde vive').waitFor();
    await marta.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    await marta.locator('#composer-text').fill('');
    await marta.locator('#composer-text').blur();
  });

  it('shows the nearest stores, and the words in the customer’s language', async () => {
    await marta.keyboard.press('w');
    await dialog().getByLabel('Cerca de').fill('Valencia');
    await dialog().getByText('Distancias desde Valencia').waitFor();
    const first = dialog().locator('label', { hasText: 'Nexo' }).first();
    await first.getByText('Nexo Colón').waitFor();
    await dialog().getByLabel('Cerca de').fill('28001');
    await dialog().getByText('Distancias desde 28001').waitFor();
    await dialog().getByText('Nexo Goya', { exact: true }).click();
    await dialog().getByText('el cargador', { exact: true }).click();
    const text = dialog().getByLabel(/Mensaje, en el idioma/u);
    expect(await text.inputValue()).toContain(`Tu código es ${reference}`);
    expect(await text.inputValue()).toContain('Trae el móvil, tu DNI o NIE y el cargador.');
    await screenshot(marta, 'ownership-3-redirect');
    expect(await axeFaults(marta)).toEqual([]);
  });

  it('arrives in the customer’s DM, and the store is told', async () => {
    await dialog().getByRole('button', { name: 'Enviar y avisar a la tienda' }).click();
    await marta.getByText('Va camino de Nexo Goya').waitFor();
    world.clock.advance(60_000);
    await waitFor(async () => (await world.outside.dmsTo(person)).length === 1);
    const [dm] = await world.outside.dmsTo(person);
    expect(dm?.text).toContain('Nexo Goya, Calle de Goya, 47 (Madrid)');
    expect(dm?.text).toContain('Hoy está abierta hasta las 24:00.');
    expect(dm?.text).toContain(reference);
    const link = /https?:\/\/\S+\/t\/[\w-]{32}$/u.exec(dm?.text ?? '')?.[0] ?? '';
    const page = await fetch(link);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(reference);
    expect(await next()).toMatchObject({ code: 'welcome', values: { storeName: 'Nexo Goya' } });
  });

  it('stands at the store until it is acknowledged, live', async () => {
    await ruben.goto(`${world.url}/inbox?view=open`);
    const strip = ruben.getByRole('region', { name: 'Vienen hacia aquí' });
    await strip.getByText('Lucía Ferrer Gil').waitFor();
    await strip.getByRole('button', { name: 'Una persona más esperando' }).click();
    await strip.getByText('1 esperando').waitFor();
    await screenshot(ruben, 'ownership-4-store');
    expect(await axeFaults(ruben)).toEqual([]);
    await strip.getByRole('button', { name: /Le esperamos/u }).click();
    await strip.getByText('Le esperáis').waitFor();
    await marta.getByText(/Rubén lo sabe desde/u).waitFor();
    await screenshot(marta, 'ownership-5-known');
  });

  it('changes hands with a reason, which the receiver reads and acknowledges', async () => {
    await marta.keyboard.press('m');
    await marta.getByRole('button', { name: /Responsable:? Marta Rey/u }).click();
    await marta.getByRole('option', { name: /Iván Salas/u }).click();
    await dialog().getByLabel('Por qué').fill('Habla portugués');
    await screenshot(marta, 'ownership-6-hand');
    expect(await axeFaults(marta)).toEqual([]);
    await dialog().getByRole('button', { name: 'Pasar', exact: true }).click();
    await marta.getByText('Marta se lo ha pasado a Iván Salas: Habla portugués').waitFor();
    const ivan = await signIn(browser, world.url, 'ivan@hilo.test');
    await ivan.goto(`${world.url}/cases/${reference}`);
    await ivan.locator('header').getByText('Te lo pasa Marta: Habla portugués').waitFor();
    await screenshot(ivan, 'ownership-7-received');
    expect(await axeFaults(ivan)).toEqual([]);
    await ivan.locator('header').getByRole('button', { name: 'Recibido' }).click();
    await marta.getByText('Marta se lo ha pasado').waitFor({ state: 'hidden' });
    await marta.getByText('Iván confirma que tiene el caso').first().waitFor();
  });
});
