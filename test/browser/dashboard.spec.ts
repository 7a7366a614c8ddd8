import type { Browser, Page } from 'playwright-core';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, openContext, screenshot, signIn } from '../support/browser.js';

/** Whoever supervises sees what asks for attention as it happens, opens exactly those cases, and hangs the figures on a wall. */
describe('the dashboard and the wall, in the browser', () => {
  let world: World;
  let browser: Browser;
  let agent: Staff;
  let elena: Page;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    agent = await world.login('agent@hilo.test');
    elena = await signIn(browser, world.url, 'supervisor@hilo.test');
    await elena.goto(`${world.url}/dashboard`);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const tile = (name: string, count: number) => elena.locator(`[data-tile="${name}"][data-count="${count}"]`);

  it('moves by itself, and a figure opens its cases', async () => {
    await tile('without_service', 0).waitFor();
    await agent.visit({
      ...{ storeId: world.stores.goya, text: 'No tiene línea.', lacks: ['calls'] },
      customer: { displayName: 'Lucía Ferrer', phone: '+34612407718' },
    });
    await tile('without_service', 1).waitFor();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'dashboard-es');
    await tile('without_service', 1).click();
    await elena.getByRole('dialog').getByText('Lucía Ferrer').waitFor();
    expect(await elena.getByRole('dialog').getByRole('listitem').count()).toBe(1);
    await elena.keyboard.press('Escape');
    await elena.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('a wall shows figures and first names without a session, until it is taken back', async () => {
    await elena.getByRole('button', { name: 'Modo pared' }).click();
    await elena.getByLabel('Dónde está').fill('Sala de Madrid');
    await elena.getByRole('button', { name: 'Crear enlace' }).click();
    const url = await elena.getByLabel('Enlace de la pantalla').inputValue();
    const wall = await (await openContext(browser, { viewport: { width: 1280, height: 720 } })).newPage();
    await wall.goto(url.replace(/^https?:\/\/[^/]+/u, world.url));
    await wall.getByText('cliente sin servicio').waitFor();
    const text = await wall.locator('main').innerText();
    expect(text).toContain('Lucía');
    expect(text).not.toMatch(/Ferrer|H-\w{4}|612/u);
    const fits = await wall.evaluate<boolean>('document.documentElement.scrollHeight <= window.innerHeight');
    expect(fits).toBe(true);
    expect(await axeFaults(wall)).toEqual([]);
    await screenshot(wall, 'wall-es');
    await elena.getByRole('button', { name: 'Retirar la pantalla Sala de Madrid' }).click();
    await wall.getByText('Esta pantalla se ha retirado').waitFor();
  });
});
