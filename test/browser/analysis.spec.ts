import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { chance, keep, pastCases } from '../integration/analysis.world.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';

/** Who supervises asks how it went: what a figure says, whether channels are equal, and which cases it is made of. */
describe('analysis, in the browser', () => {
  let world: World;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    const ids = async (sql: string) => (await world.database.query<{ id: string }>(sql)).map(({ id }) => id);
    const agents = await ids('select id from agent order by email limit 3');
    const queues = await ids('select id from queue order by name limit 3');
    await keep(world.database, pastCases(140, chance(7), { now: world.clock.now(), days: 28, agents, queues }));
    page = await signIn(browser, world.url, 'supervisor@hilo.test');
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const card = (name: string) =>
    page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) });

  it('shows every figure beside how it is now, and says what it counts', async () => {
    await page.goto(`${world.url}/dashboard`);
    await page.getByRole('link', { name: 'Análisis' }).click();
    await card('Plazos cumplidos').getByText(/%$/u).first().waitFor();
    await card('Personas por caso').getByText('Personas por caso').waitFor();
    await card('De restablecido a cerrado').locator('svg').first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'analysis-1-cards');
    await page.getByRole('button', { name: 'Qué cuenta: Tuvo que preguntar' }).click();
    const words = page.getByRole('dialog', { name: 'Qué cuenta: Tuvo que preguntar' });
    await words.getByText('Una vez por caso y día', { exact: false }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await words.waitFor({ state: 'hidden' });
  });

  it('what was given is money of one currency, by what and where', async () => {
    await page.goto(`${world.url}/analysis`);
    await card('Lo que se ha dado').getByText(/€/u).first().waitFor();
    await card('Lo que se ha dado').getByRole('link').click();
    await page.getByRole('columnheader', { name: 'Importe' }).waitFor();
    await page.getByRole('rowheader', { name: 'Descuento en la cuota' }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'analysis-money-es');
    await page.getByRole('group', { name: 'Moneda' }).getByText('JPY').click();
    await page.getByRole('region').getByText(/JPY|¥/u).first().waitFor();
    await page.getByLabel('Agrupar por').selectOption('store');
    await page.getByRole('rowheader', { name: 'Sin tienda' }).waitFor();
    await page.goBack();
  });

  it('a figure opens its page by key: by channel and day, in groups, and its rows', async () => {
    await page.getByRole('button', { name: '14 días' }).click();
    await page.getByRole('link', { name: 'Plazos cumplidos', exact: true }).focus();
    await page.keyboard.press('Enter');
    const map = page.getByRole('region', { name: 'Plazos cumplidos por canal' }).getByRole('table');
    await map.waitFor();
    expect(await map.getByRole('columnheader').count()).toBe(14);
    await map.getByRole('row', { name: /^Teléfono/u }).waitFor();
    await page.getByRole('table').last().getByRole('link', { name: /^H-/u }).first().waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'analysis-2-metric');
    await page.getByLabel('Agrupar por').selectOption('person');
    await page.getByRole('columnheader', { name: 'Persona' }).first().waitFor();
    await page.getByRole('rowheader', { name: 'Nadie todavía' }).waitFor();
  });

  it('what is downloaded has as many lines as the figure has rows', async () => {
    const heading = await page.getByRole('heading', { name: /filas de esta cifra/u }).textContent();
    const count = Number(/\d+/u.exec(heading?.replace('.', '') ?? '')?.[0]);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Descargar CSV' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('sla_met.csv');
    const lines = (await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n');
    expect(lines).toHaveLength(count + 1);
    expect(count).toBeGreaterThan(50);
  });

  it('reads in English, in the dark and on a phone', async () => {
    await page.getByRole('button', { name: /^Tu cuenta/u }).click();
    await page.getByRole('menuitemradio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Deadlines met by channel' }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'analysis-3-english-dark');
    await page.setViewportSize({ width: 1024, height: 900 });
    await screenshot(page, 'analysis-6-1024');
    await page.setViewportSize({ width: 390, height: 844 });
    await screenshot(page, 'analysis-4-phone');
    expect(await axeFaults(page)).toEqual([]);
    await page.goto(`${world.url}/analysis`);
    await page.getByRole('link', { name: 'Deadlines met', exact: true }).waitFor();
    await screenshot(page, 'analysis-5-phone-cards');
  });
});
