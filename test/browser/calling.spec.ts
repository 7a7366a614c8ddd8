import type { Browser, Page } from 'playwright-core';
import { startWorld, type World } from '../e2e/world.js';
import { ask } from '../e2e/staff.js';
import { joinedLive, openBrowser, openContext, signIn } from '../support/browser.js';

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
    customer = await (await openContext(browser)).newPage();
    await customer.goto(world.sandbox.url);
    marta = await signIn(browser, world.url, 'agent@hilo.test');
    // The page before has gone with all it had asked for.
    await marta.goto('about:blank');
    const live = joinedLive(marta);
    await marta.goto(`${world.url}/inbox`);
    await live;
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

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
