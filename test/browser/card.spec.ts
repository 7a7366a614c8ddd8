import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { Person } from '../e2e/outside.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

const CSV = (email: string) =>
  [
    'customer_number;name;language;since;plan;lines;emails;devices;commitments;points;benefits;value_short;value_mid',
    `NX-00001;Lucía Ferrer Gil;es;2019-02-03;Nexo Móvil 40 GB;;${email};356938035643809:Auriga One 256 GB:2026-09-15;Permanencia:2099-03-12:84,00;1240;12,50;29,90;30,00`,
    'NX-00002;Berta Sanz;es;2024-02-03;Nexo Fibra;612407799:2024-02-03;;;;;;;45,00',
    'NX-00003;Sin Correo;es;;;;esto no es un correo;;;;;;',
  ].join('\r\n');

/** A file of customers is tried, imported, and read on the case and on the customer's own page. */
describe('the customer card, in the browser', () => {
  let world: World;
  let browser: Browser;
  let agent: Page;
  let lucia: Person;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    lucia = await world.outside.newcomer('Lucía Ferrer Gil');
    await world.outside.writeMail(lucia, { subject: 'No enciende', text: 'Se me ha muerto el móvil.' });
    await waitFor(async () => (await referenceOf(lucia.email)) !== '');
    agent = await signIn(browser, world.url, 'agent@hilo.test');
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const referenceOf = async (value: string) =>
    (
      await world.database.query<{ reference: string }>(
        'select c.reference from contact_point p join cases c on c.customer_id = p.customer_id where p.value = $1',
        [value],
      )
    )[0]?.reference ?? '';
  const idOf = async (number: string) =>
    (
      await world.database.query<{ id: string }>('select customer_id as id from customer_account where number = $1', [
        number,
      ])
    )[0]?.id ?? '';

  it('comes from a file that is tried first; what is refused can be put right', async () => {
    const page = await signIn(browser, world.url, 'admin@hilo.test');
    await page.goto(`${world.url}/imports`);
    const file = { name: 'clientes.csv', mimeType: 'text/csv', buffer: Buffer.from(CSV(lucia.email), 'latin1') };
    await page.locator('input[type=file]').setInputFiles(file);
    const trial = page.getByRole('region', { name: 'Esto es lo que pasaría' });
    await trial.getByText('«emails» no es válido: esto no es un correo').waitFor();
    expect(await idOf('NX-00001')).toBe('');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'import-trial-es');
    await trial.getByRole('button', { name: 'Importar de verdad' }).click();
    const done = page.getByRole('region', { name: 'Importado: clientes.csv' });
    await done.getByText('Ya lo conocíamos por «emails»').waitFor();
    const waiting = page.waitForEvent('download');
    await done.getByRole('link', { name: 'Descargar rechazadas (CSV)' }).click();
    const path = await (await waiting).path();
    const text = await readFile(path, 'utf8');
    expect(text).toContain('NX-00003,Sin Correo');
    expect(text).not.toContain('NX-00002');
    await page.context().close();
  });

  it('stands at the top of the case, dense and with what binds them in plain words', async () => {
    await agent.setViewportSize({ width: 1440, height: 900 });
    await agent.goto(`${world.url}/cases/${await referenceOf(lucia.email)}`);
    const card = agent.getByRole('group', { name: 'Ficha' });
    await card.getByText(/Permanencia hasta 12 mar 2099: dejarla hoy cuesta 84,00/u).waitFor();
    await agent.getByText(/30,00\s€\/mes/u).waitFor();
    await card.getByText('Más de su contrato').click();
    await card.getByText('no consta').waitFor();
    await card.getByText('1240 puntos').waitFor();
    await card.getByText('No se los digas todavía: su identidad no está comprobada.').waitFor();
    expect(
      await card
        .getByText(/0,00\s€(?!\/)/u)
        .filter({ hasNotText: /[1-9]0,00/u })
        .count(),
    ).toBe(0);
    expect(await axeFaults(agent)).toEqual([]);
    await screenshot(agent, 'card-on-case-es');
  });

  it('of somebody without a case is a page the palette leads to; preferences are set there', async () => {
    await agent.keyboard.press('Control+k');
    await agent.getByRole('dialog').getByRole('textbox').fill('Berta');
    await agent.getByRole('dialog').getByText('Sin caso abierto').waitFor();
    await agent.getByText('Berta Sanz').first().click();
    await agent.waitForURL(/customers\//u);
    await agent.getByText('Nunca ha tenido un caso.').waitFor();
    await agent.getByRole('button', { name: 'Cambiar preferencias' }).click();
    const dialog = agent.getByRole('dialog');
    await dialog.getByLabel('Prefiere').selectOption('email');
    await dialog.getByLabel('Trato').selectOption('usted');
    await dialog.getByLabel('Solo a ciertas horas').check();
    expect(await axeFaults(agent)).toEqual([]);
    await screenshot(agent, 'preferences-es');
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await agent.getByText(/correo · lun–vie, de 09:00 a 14:00 · español · de usted/u).waitFor();
    const kept = await world.database.query<{ field: string; source: string }>(
      'select field, source from customer_preference where customer_id = $1 order by field',
      [await idOf('NX-00002')],
    );
    expect(kept).toEqual([
      { field: 'channel', source: 'staff' },
      { field: 'formality', source: 'staff' },
      { field: 'hours', source: 'staff' },
      { field: 'language', source: 'carrier' },
    ]);
  });

  it('of somebody with a case is as it is on the case; what needs a proof leads to how it is given', async () => {
    await agent.goto(`${world.url}/customers/${await idOf('NX-00001')}`);
    await agent.getByRole('button', { name: `Qué hacer con ${lucia.email}` }).waitFor();
    await agent.getByRole('region', { name: 'Uniones' }).getByText('Unir con otra persona').waitFor();
    await agent.getByRole('button', { name: 'Cambiar preferencias' }).click();
    await agent.getByLabel('Trato').selectOption('usted');
    await agent.getByRole('button', { name: 'Guardar' }).click();
    const proof = agent.getByRole('dialog', { name: /¿Es Lucía/u });
    await proof.getByText('Para cambiar sus preferencias, antes tiene que demostrar quién es.').waitFor();
    await proof.getByRole('button', { name: 'Cerrar' }).click();
    await proof.waitFor({ state: 'detached' });
    expect(await agent.getByLabel('Trato').inputValue()).toBe('usted');
  });

  it.each([
    [1440, 900, 'light', 'es'],
    [1024, 768, 'dark', 'en'],
    [390, 844, 'light', 'en'],
    [390, 844, 'dark', 'es'],
  ] as const)('reads well at %i by %i, %s, in %s', async (width, height, colorScheme, language) => {
    await world.database.query(`update agent set language = $1 where email = 'supervisor@hilo.test'`, [language]);
    const locale = language === 'en' ? 'en-GB' : 'es-ES';
    const page = await signIn(browser, world.url, 'supervisor@hilo.test', {
      viewport: { width, height },
      colorScheme,
      locale,
    });
    for (const number of ['NX-00001', 'NX-00002']) {
      await page.goto(`${world.url}/customers/${await idOf(number)}`);
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.getByText(/^(Nexo Móvil 40 GB|Nexo Fibra)/u).waitFor();
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await screenshot(page, `customer-${number}-${width}-${colorScheme}-${language}`);
    }
    await page.goto(`${world.url}/imports`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.getByText('clientes.csv').first().click();
    await page.getByRole('table').waitFor();
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, `imports-${width}-${colorScheme}-${language}`);
    await page.context().close();
  });
});
