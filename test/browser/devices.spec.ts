import type { Browser, Page } from 'playwright-core';
import { CaseDeviceList } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

const IMEI = '490154203237518';

/** A phone is shown, found again, and its warranty decided in words the customer can read. */
describe('phones and warranties, in the browser', () => {
  let world: World;
  let browser: Browser;
  let elena: Page;
  let supervisor: Staff;
  let caseId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    supervisor = await world.login('supervisor@hilo.test');
    const person = await world.outside.newcomer('Nuria Vela');
    await world.outside.writeMail(person, { subject: 'Móvil', text: 'No enciende.' });
    const row = await waitFor(async () => (await supervisor.cases('view=open'))[0]);
    caseId = row.id;
    elena = await signIn(browser, world.url, 'supervisor@hilo.test');
    await elena.goto(`${world.url}/cases/${row.reference}`);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const button = (name: string | RegExp) => elena.getByRole('button', { name });
  const device = async () => (await supervisor.done(`/cases/${caseId}/devices`, CaseDeviceList)).items[0];

  it('an IMEI is checked as it is typed, and the phone stands on the case', async () => {
    await button('Añadir un teléfono').click();
    const imei = elena.getByLabel('IMEI', { exact: true });
    await imei.fill('490154203237519');
    await elena.getByText('tendría que ser 8').waitFor();
    await imei.fill(`${IMEI.slice(0, 14)}01`);
    await elena.getByText('El número cuadra.').waitFor();
    await elena.getByLabel('Cómo se llama').fill('Auriga One');
    await elena.getByLabel('Qué le pasa').selectOption('no_power');
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'device-present-es');
    await button('Guardar').click();
    await elena.getByRole('article', { name: 'Auriga One' }).getByText('•••• 518').waitFor();
    expect((await device())?.faults).toMatchObject([{ kind: 'no_power' }]);
  });

  it('its terms are reckoned from the day it was bought', async () => {
    await button('Apuntar cuándo se compró').click();
    await elena.getByLabel('Comprado el').fill('2024-01-10');
    await button('Guardar').click();
    await elena.getByText('Garantía legal').waitFor();
    expect((await device())?.terms[0]).toMatchObject({ kind: 'legal', endsOn: '2027-01-10' });
  });

  it('a no is sent only with its clause, plain words and the next step', async () => {
    await button('Decidir la garantía').click();
    await elena.getByText('No lo cubre', { exact: true }).click();
    const dialog = elena.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Decidir la garantía' }).click();
    await elena.getByText('Di por qué cláusula.').waitFor();
    expect((await device())?.decisions).toEqual([]);
    const clauses = elena.getByLabel('Elegir una cláusula…');
    const liquid = await clauses.locator('option', { hasText: 'líquidos' }).getAttribute('value');
    await clauses.selectOption(liquid);
    await elena.getByLabel(/^Siguiente paso/u).fill('Te damos presupuesto hoy.');
    await elena.getByLabel('Que lo lea en la página de su caso').check();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'warranty-decision-es');
    await dialog.getByRole('button', { name: 'Decidir la garantía' }).click();
    await elena.getByText('No lo cubre la garantía').first().waitFor();
    expect((await device())?.decisions).toMatchObject([
      { outcome: 'not_covered', state: 'standing', toldAt: expect.any(String) },
    ]);
    await screenshot(elena, 'device-panel-es');
  });

  it('a phone has a page, and the rules stand with their source', async () => {
    await elena.getByRole('link', { name: 'Auriga One' }).click();
    await elena.getByRole('heading', { name: 'De quién ha sido' }).waitFor();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'device-page-es');
    await elena.goto(`${world.url}/phones?show=warranties`);
    await elena.getByRole('heading', { name: 'Garantía legal' }).waitFor();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'warranty-rules-es');
  });
});
