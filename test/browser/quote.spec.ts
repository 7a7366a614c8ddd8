import type { Browser, Page } from 'playwright-core';
import { IssuedLink, RepairOrder } from '#contracts';
import { aRepair } from '../e2e/foreign.repairs.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, openContext, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** A quote of 400 for 200, of which the carrier pays 100: written at the desk, read and approved by its customer without a script. */
describe('a quote, from the desk to a yes', () => {
  let world: World;
  let browser: Browser;
  let desk: Page;
  let agent: Staff;
  let caseId: string;
  let reference: string;
  let repairId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    [agent, desk] = await Promise.all([world.login('agent@hilo.test'), signIn(browser, world.url, 'agent@hilo.test')]);
    const person = await world.outside.newcomer('Lucía Ferrer Gil');
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil.');
    const row = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
    ({ id: caseId, reference } = row);
    ({ repairId } = await aRepair(world, agent, caseId));
    await agent.done(`/repairs/${repairId}/stage`, RepairOrder, { method: 'POST', body: { to: 'diagnosed' } });
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const panel = () => desk.getByRole('region', { name: 'Reparación' });
  const dialog = () => desk.getByRole('dialog');

  it('is worked out while it is written', async () => {
    await desk.goto(`${world.url}/cases/${reference}`);
    await panel().getByText('Diagnosticado', { exact: true }).waitFor();
    await panel()
      .getByText(/El cliente lee: Ya sabemos qué le pasa/u)
      .waitFor();
    await screenshot(desk, 'quote-1-panel');
    await panel()
      .getByRole('button', { name: /borrador/u })
      .click();
    await dialog().getByLabel('Precio de tarifa, línea 1').fill('400');
    await dialog().getByLabel('Precio acordado, línea 1').fill('200');
    await dialog().getByText('Di de dónde sale cada precio acordado.').waitFor();
    expect(await dialog().getByRole('button', { name: 'Ofrecer al cliente' }).isDisabled()).toBe(true);
    await dialog().getByLabel('De dónde sale el precio acordado, línea 1').fill('Convenio Nexo 2026-14');
    await dialog().getByLabel('Operador').fill('100');
    await dialog().getByLabel('Meses cubiertos').fill('6');
    await dialog().getByLabel('Qué queda cubierto').fill('La placa y la mano de obra');
    await dialog().getByLabel('Vale hasta').fill('2099-01-01T10:00');
    await dialog()
      .getByText(/100,00/u)
      .first()
      .waitFor();
    await screenshot(desk, 'quote-2-write');
    expect(await axeFaults(desk)).toEqual([]);
    await dialog().getByRole('button', { name: 'Ofrecer al cliente' }).click();
    await dialog().waitFor({ state: 'detached' });
    await panel().getByText('Con presupuesto', { exact: true }).waitFor();
    const { quotes } = await agent.done(`/repairs/${repairId}`, RepairOrder);
    expect(quotes).toMatchObject([
      { state: 'offered', totalCents: 20_000, shares: { carrier: 10_000, customer: 10_000 } },
    ]);
  });

  it('is read and approved by the customer without a script', async () => {
    const { url } = await agent.done(`/cases/${caseId}/links`, IssuedLink, { method: 'POST', body: {} });
    const context = await openContext(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(url);
    await page.getByRole('heading', { name: /Presupuesto para tu Auriga One/u }).waitFor();
    await page.getByText('Precio acordado: Convenio Nexo 2026-14').waitFor();
    await page.screenshot({ path: 'test-results/quote-3-page.png', fullPage: true });
    await page.locator('#yes-name').fill('Lucía Ferrer Gil');
    await page.getByRole('button', { name: 'Sí, apruebo esta versión' }).click();
    await page.getByText(/Lo aprobaste aquí, Lucía Ferrer Gil/u).waitFor();
    expect(await page.getByRole('button', { name: 'Sí, apruebo esta versión' }).count()).toBe(0);
    await page.screenshot({ path: 'test-results/quote-4-approved.png', fullPage: true });
    await context.close();
    await panel().getByText('Aprobado', { exact: true }).waitFor();
    await screenshot(desk, 'quote-5-desk');
  });

  it('what relieves meanwhile is planned and done, and gives back what was lacking', async () => {
    await panel().getByRole('button', { name: 'Hecho' }).click();
    await panel()
      .getByText(/hecho, /u)
      .waitFor();
    await panel().getByRole('button', { name: 'Comparar' }).click();
    await dialog().getByRole('checkbox', { name: 'Cambiar por otro' }).check();
    await screenshot(desk, 'quote-6-ways');
    expect(await axeFaults(desk)).toEqual([]);
    await desk.keyboard.press('Escape');
    await panel().getByRole('button', { name: 'Preguntar al cliente' }).click();
    await dialog().getByText('Qué quiere recuperar').waitFor();
    await screenshot(desk, 'quote-7-data');
    await desk.keyboard.press('Escape');
  });
});
