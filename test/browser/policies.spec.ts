import type { Browser, Page } from 'playwright-core';
import { CaseClocks, PolicyPage } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Whoever looks after the house says how long things may take, sees what follows, and gives it to cases that run. */
describe('policies, in the browser', () => {
  let world: World;
  let browser: Browser;
  let carlos: Page;
  let admin: Staff;
  let caseId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    [admin, carlos] = await Promise.all([
      world.login('admin@hilo.test'),
      signIn(browser, world.url, 'admin@hilo.test'),
    ]);
    const visit = await admin.visit({
      ...{ storeId: world.stores.goya, customer: { displayName: 'Lucía Prieto', phone: '+34612407711' } },
      text: 'No puede llamar',
    });
    caseId = visit.caseId;
    await waitFor(async () => (await resolution()) !== undefined);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const resolution = async () =>
    (await admin.done(`/cases/${caseId}/clocks`, CaseClocks)).items.find(
      ({ metric, side }) => metric === 'resolution' && side === 'customer',
    );
  const policies = async () => (await admin.done('/policies', PolicyPage)).items;
  const button = (name: string | RegExp) => carlos.getByRole('button', { name });
  const dialog = () => carlos.getByRole('dialog');

  it('makes one in plain words, which stands before the one for every case', async () => {
    await button(/^Tu cuenta/u).click();
    await carlos.getByRole('menuitem', { name: 'Plazos' }).click();
    await carlos.getByRole('heading', { name: /General/u }).waitFor();
    await button('Nueva política').click();
    await dialog().getByLabel('Nombre').fill('Crítica sin llamadas');
    await dialog().getByLabel('Crítica', { exact: true }).check();
    await dialog().getByLabel('Llamadas').check();
    await dialog().getByLabel('Primera ayuda', { exact: true }).fill('un rato');
    await dialog().getByText('Hay tiempos que no se entienden').waitFor();
    expect(await dialog().getByRole('button', { name: 'Guardar' }).isDisabled()).toBe(true);
    await dialog().getByLabel('Primera ayuda', { exact: true }).fill('15 min');
    await dialog().getByLabel('Volver a estar conectado', { exact: true }).fill('1 h 30');
    await dialog().getByLabel('Volver a estar conectado: qué minutos cuentan').selectOption({ label: 'a todas horas' });
    expect(await axeFaults(carlos, '[role=dialog]')).toEqual([]);
    await screenshot(carlos, 'policies-1-form');
    await dialog().getByRole('button', { name: 'Guardar' }).click();
    await carlos.getByText('Prioridad crítica · Sin llamadas').waitFor();
    expect((await policies()).map(({ name, targets }) => [name, targets.relief])).toMatchObject([
      ['Crítica sin llamadas', { minutes: 90, calendar: 'always' }],
      ['General', {}],
    ]);
  });

  it('tells what a case would get and why', async () => {
    await carlos.getByLabel('Prioridad').selectOption({ label: 'Crítica' });
    await button('Calcular').click();
    await carlos.getByText('Va por «General», versión 1').waitFor();
    await carlos.getByText('No va por «Crítica sin llamadas»: no encaja lo que le falta.').waitFor();
    await carlos
      .getByRole('region', { name: /Qué plazos/u })
      .getByLabel('Llamadas')
      .check();
    await button('Calcular').click();
    await carlos.getByText('Va por «Crítica sin llamadas», versión 1').waitFor();
    await carlos.locator('summary', { hasText: 'Volver a estar conectado' }).click();
    await carlos.getByText('cuentan 90 minutos').waitFor();
    await screenshot(carlos, 'policies-2-page');
    expect(await axeFaults(carlos)).toEqual([]);
  });

  it('is edited, and given to the cases that run', async () => {
    await button('Editar «General»').click();
    await dialog().getByLabel('Solución', { exact: true }).fill('10 d');
    await dialog().getByRole('button', { name: 'Guardar' }).click();
    // Who has changed what others go by is shown to whom it could be given.
    await carlos.getByText('La versión 2 se aplica').waitFor();
    expect((await resolution())?.minutes).toBe(7200);
    await screenshot(carlos, 'policies-3-preview');
    await dialog().getByRole('button', { name: 'Aplicar a 1 caso' }).click();
    await carlos.getByText('Aplicada').waitFor();
    await carlos.getByText('1 de 1').waitFor();
    expect(await axeFaults(carlos, '[role=dialog]')).toEqual([]);
    expect(await resolution()).toMatchObject({ minutes: 14_400, policy: { name: 'General', version: 2 } });
    await screenshot(carlos, 'policies-4-applied');
    await dialog().getByRole('button', { name: 'Cerrar' }).last().click();
    await button('Versiones de «General»').click();
    await dialog().getByText('5 d, a todas horas').waitFor();
    await dialog().getByText('10 d, a todas horas').waitFor();
    await screenshot(carlos, 'policies-5-versions');
    await carlos.keyboard.press('Escape');
  });

  it('is ordered, and the last for every case stays', async () => {
    await button('Subir «General»').click();
    await carlos.getByText('No se usa nunca').waitFor();
    await button('Bajar «General»').click();
    await carlos.getByText('No se usa nunca').waitFor({ state: 'detached' });
    await carlos
      .getByRole('listitem')
      .filter({ hasText: 'Todos los casos' })
      .getByRole('button', { name: 'Desactivar' })
      .click();
    await carlos.getByText('Es la última política activa').waitFor();
    expect((await policies()).every(({ isActive }) => isActive)).toBe(true);
  });

  it('reads in English, in the dark and on a phone', async () => {
    await button(/^Tu cuenta/u).click();
    await carlos.getByRole('menuitemradio', { name: 'English' }).click();
    await carlos.getByText('Critical priority · without calls').waitFor();
    await carlos.emulateMedia({ colorScheme: 'dark' });
    await screenshot(carlos, 'policies-6-english-dark');
    expect(await axeFaults(carlos)).toEqual([]);
    await carlos.setViewportSize({ width: 390, height: 844 });
    await carlos.getByRole('button', { name: 'Edit “General”' }).click();
    await dialog().getByRole('button', { name: 'Save' }).waitFor();
    await screenshot(carlos, 'policies-7-english-phone');
    expect(await axeFaults(carlos, '[role=dialog]')).toEqual([]);
  });

  it('is only read by agents', async () => {
    const marta = await signIn(browser, world.url, 'agent@hilo.test');
    await marta.goto(`${world.url}/policies`);
    await marta.getByRole('heading', { name: /General/u }).waitFor();
    expect(await marta.getByRole('button', { name: /Editar|Aplicar|Nueva política|Desactivar/u }).count()).toBe(0);
    await marta.context().close();
  });
});
