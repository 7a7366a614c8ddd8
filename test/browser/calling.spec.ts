import type { Browser, Page } from 'playwright-core';
import { startWorld, type World } from '../e2e/world.js';
import { ask } from '../e2e/staff.js';
import { openBrowser, openContext } from '../support/browser.js';

/** Both ends of a telephone: the customer's page outside and the agent's screen. */
describe('a customer calls', () => {
  let world: World;
  let browser: Browser;
  let customer: Page;
  let marta: Page;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    const agent = await world.login('agent@hilo.test');
    const phone = '+34612407718';
    const call = { phone, direction: 'outbound', outcome: 'answered', text: 'Sin línea', displayName: 'Lucía Ferrer' };
    await agent.ask('/calls', { method: 'POST', body: call });
    const person = { displayName: 'Lucía Ferrer', phone };
    await ask(`${world.sandbox.url}/control/customers`, { method: 'POST', body: person });
    [customer, marta] = await Promise.all([page(), page()]);
    await customer.goto(world.sandbox.url);
    await marta.goto(world.url);
    await marta.getByLabel('Correo').fill('agent@hilo.test');
    await marta.getByLabel('Contraseña', { exact: true }).fill('hilo-demo');
    const listening = marta.waitForEvent('websocket');
    await marta.getByRole('button', { name: 'Entrar' }).click();
    await marta.waitForURL(/inbox/u);
    await (await listening).waitForEvent('framereceived');
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const page = async () => (await openContext(browser)).newPage();
  const corner = () => marta.getByRole('region', { name: 'Llamadas entrantes' });

  it('and the agent sees who it is while it rings', async () => {
    await customer.getByRole('button', { name: 'Llamar a la compañía' }).click();
    await customer.getByRole('textbox', { name: /Extensión/u }).fill('204');
    await customer.getByRole('button', { name: 'Llamar', exact: true }).click();
    await customer.getByText('Suena…').waitFor();
    await corner().getByRole('group', { name: 'Lucía Ferrer' }).waitFor();
    await corner().getByText('extensión 204').waitFor();
    await corner().getByRole('button', { name: 'La 204 es mi extensión' }).click();
    await corner().getByRole('link', { name: 'Abrir el caso' }).click();
    await marta.waitForURL(/\/cases\/H-/u);
  });

  it('and when both have hung up it is on the case, and outside it is known that it is', async () => {
    await customer.getByRole('button', { name: 'Descuelgan' }).click();
    await customer.getByText(/Hablando · 0:\d\d/u).waitFor();
    await customer.getByRole('button', { name: 'Colgar' }).click();
    await customer.getByText(/Has hablado 0:\d\d/u).waitFor();
    await customer.getByText('Hilo lo sabe').waitFor();
    await marta.locator('[data-entry]', { hasText: 'extensión 204' }).waitFor();
  });
});
