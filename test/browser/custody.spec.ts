import type { Browser, Page } from 'playwright-core';
import { CaseCustody, Leg, RepairOrder } from '#contracts';
import { randomUUID } from 'node:crypto';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { AtCustody } from './at-custody.js';

/** A phone leaves the counter for another company and comes back, each change of hands by its label. */
describe('where the phone is, in the browser', () => {
  let world: World;
  let browser: Browser;
  let agent: Staff;
  let marta: Page;
  let ruben: Page;
  let caseId: string;
  let reference: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    agent = await world.login('agent@hilo.test');
    for (const [name, kind] of [
      ['Orbe Servicio', 'lab'],
      ['Rauda', 'courier'],
    ])
      await world.database.query(
        `insert into partner (id, name, kind, language, time_zone, gateway, email, terms, version, changed_at)
         values ($1, $2, $3, 'es', 'Europe/Madrid', 'email', $4, '{"share":[],"form":[],"priorities":{},"ladder":[]}', 1, now())`,
        [randomUUID(), name, kind, `${String(kind)}@partner.test`],
      );
    const person = await world.outside.newcomer('Lucía Ferrer Gil');
    await world.outside.writeDm(person, 'Se me ha muerto el móvil.');
    const row = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
    ({ id: caseId, reference } = row);
    const deviceId = randomUUID();
    await world.database.query(`insert into device (id, model_name, created_at) values ($1, 'Auriga One', now())`, [
      deviceId,
    ]);
    await world.database.query(
      'insert into case_device (case_id, device_id, first_at, last_at) values ($1, $2, now(), now())',
      [caseId, deviceId],
    );
    const body = { deviceId, storeId: world.stores.goya, fault: 'no_power' };
    await agent.done(`/cases/${caseId}/repairs`, RepairOrder, { method: 'POST', body });
    [marta, ruben] = await Promise.all([
      signIn(browser, world.url, 'agent@hilo.test'),
      signIn(browser, world.url, 'store@hilo.test', { viewport: { width: 834, height: 1112 } }),
    ]);
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const panel = () => new AtCustody(marta).panel();
  const dialog = (page: Page) => page.getByRole('dialog');
  const custody = () => agent.done(`/cases/${caseId}/custody`, CaseCustody);
  const legs = async () => (await custody()).devices[0]?.legs ?? [];

  it('an agent prepares the way to the lab; the case says who has it and where it goes', async () => {
    await marta.goto(`${world.url}/cases/${reference}`);
    await panel().getByText('Lo tiene Nexo Goya').waitFor();
    const way = { to: 'Orbe Servicio', courier: 'Rauda', trackingNumber: 'R-2026-1' };
    await new AtCustody(marta).prepare(way, async () => {
      await screenshot(marta, 'custody-plan');
      expect(await axeFaults(marta)).toEqual([]);
    });
    await panel().scrollIntoViewIfNeeded();
    await screenshot(marta, 'custody-panel');
    expect(await legs()).toMatchObject([
      { state: 'planned', to: { name: 'Orbe Servicio' }, trackingNumber: 'R-2026-1' },
    ]);
    expect(await axeFaults(marta)).toEqual([]);
  });

  it('at the counter it is in what is to be sent: the label is typed, and the courier has it', async () => {
    const [leg] = await legs();
    await ruben.goto(`${world.url}/visit`);
    const out = new AtCustody(ruben).toSend();
    await out.getByText('Auriga One').waitFor();
    await screenshot(ruben, 'custody-parcels');
    expect(await axeFaults(ruben)).toEqual([]);
    await ruben.getByLabel('Lee o escribe una etiqueta').fill(leg?.code.toLowerCase() ?? '');
    await ruben.keyboard.press('Enter');
    const form = dialog(ruben);
    await form.getByText('Desde ahora lo tiene Rauda.').waitFor();
    await screenshot(ruben, 'custody-move');
    await form.getByRole('button', { name: 'Firmar en vez de leer la etiqueta' }).click();
    await form.getByRole('img', { name: /^Firma aquí/u }).waitFor();
    await form.getByRole('button', { name: 'Leer la etiqueta en vez de firmar' }).click();
    await form.getByRole('button', { name: 'Entregar al mensajero' }).click();
    await out.getByText('Nada por enviar.').waitFor();
    await panel().getByText('Lo tiene Rauda').waitFor();
    await panel().getByText('En camino').waitFor();
  });

  it('another label is not taken for it; lost, it is claimed, and the chain says who answers', async () => {
    const [leg] = await legs();
    await panel().getByRole('button', { name: 'Ha llegado' }).click();
    await dialog(marta).getByLabel('Código de la etiqueta').fill('L-0000-0000');
    expect(await dialog(marta).getByRole('button', { name: 'Ha llegado' }).isDisabled()).toBe(true);
    await dialog(marta).getByRole('button', { name: 'Cancelar' }).click();
    await panel()
      .getByRole('button', { name: /^Más sobre el envío/u })
      .click();
    await marta.getByRole('menuitem', { name: 'Dar por perdido' }).click();
    await dialog(marta).getByLabel('Qué se sabe').fill('No consta en su almacén');
    await dialog(marta).getByRole('button', { name: 'Dar por perdido y reclamar' }).click();
    await panel().getByText('Reclamación abierta: No consta en su almacén').waitFor();
    await panel().getByRole('button', { name: '2 pasos' }).click();
    await dialog(marta).getByText('Etiqueta leída', { exact: false }).waitFor();
    await screenshot(marta, 'custody-chain');
    expect(await axeFaults(marta)).toEqual([]);
    expect(Leg.parse((await legs())[0])).toMatchObject({ id: leg?.id, state: 'lost', claim: { state: 'open' } });
  });
});
