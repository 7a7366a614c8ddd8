import type { Browser, Page } from 'playwright-core';
import { Calendar, CalendarPage } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Whoever looks after the house says when it is open, and sees what follows. */
describe('calendars, in the browser', () => {
  let world: World;
  let browser: Browser;
  let carlos: Page;
  let admin: Staff;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    [admin, carlos] = await Promise.all([
      world.login('admin@hilo.test'),
      signIn(browser, world.url, 'admin@hilo.test'),
    ]);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const kept = async () => {
    const { items } = await admin.done('/calendars', CalendarPage);
    const id = items.find(({ name }) => name === 'Tiendas')?.id;
    return id ? admin.done(`/calendars/${id}`, Calendar) : null;
  };
  const button = (name: string | RegExp) => carlos.getByRole('button', { name });

  it('makes one and gives it a week with a break at noon', async () => {
    await button(/^Tu cuenta/u).click();
    await carlos.getByRole('menuitem', { name: 'Calendarios' }).click();
    await carlos.getByRole('link', { name: /Siempre abierto/u }).waitFor();
    await carlos.getByLabel('Nuevo calendario').fill('Tiendas');
    await button('Crear').click();
    await carlos.getByRole('article', { name: 'Tiendas' }).waitFor();
    await carlos.getByLabel('lunes').fill('9 a 14');
    await button('Guardar semana').click();
    await carlos.getByText('Hay horas que no se entienden').waitFor();
    expect((await kept())?.versions).toHaveLength(1);
    await carlos.getByLabel('lunes').fill('9:00-14:00, 16:00-20:30');
    await carlos.getByLabel('Vale desde').fill('2031-01-06');
    await button('Guardar semana').click();
    await waitFor(async () => (await kept())?.versions.length === 2);
    expect((await kept())?.versions[1]).toMatchObject({
      validFrom: '2031-01-06',
      weekly: {
        mon: [
          { from: '09:00', to: '14:00' },
          { from: '16:00', to: '20:30' },
        ],
      },
    });
    await carlos.getByText('2 versiones').waitFor();
    expect(await carlos.getByLabel('Vale desde').inputValue()).toBe('2031-01-06');
  });

  it('is given to a store', async () => {
    await carlos.getByLabel('Nexo Goya').check();
    await button('Guardar tiendas').click();
    await waitFor(async () => (await kept())?.stores.map(({ id }) => id).join() === world.stores.goya);
    await carlos.getByText('Nexo Goya').nth(1).waitFor();
  });

  it('looks up holidays, which count once they are accepted', async () => {
    await carlos.getByLabel('Región').selectOption({ label: 'Comunidad de Madrid' });
    await carlos.getByLabel('Año').fill('2032');
    await button('Buscar festivos').click();
    await carlos.getByText(/festivos por revisar/u).waitFor();
    await screenshot(carlos, 'calendars-1-review');
    expect(await axeFaults(carlos)).toEqual([]);
    await button(/^Se trabaja: .*6 ene 2032/u).click();
    await waitFor(async () => (await kept())?.exceptions[1]?.state === 'dismissed');
    await button('Aceptar todos').click();
    await waitFor(async () => (await kept())?.exceptions.every(({ state }) => state !== 'proposed') ?? false);
    const states = (await kept())?.exceptions.map(({ date, state }) => [date, state]);
    expect(states).toContainEqual(['2032-01-06', 'dismissed']);
    expect(states).toContainEqual(['2032-12-25', 'accepted']);
  });

  it('explains when something is due, in both languages', async () => {
    await carlos.getByLabel(/^Empieza/u).fill('2032-12-24T17:30');
    await carlos.getByLabel('Minutos').fill('60');
    await button('Calcular').click();
    await carlos.getByText('Vence lunes, 27 de diciembre de 2032, 9:30').waitFor();
    const steps = carlos.getByRole('list', { name: '¿Cuándo vence?' }).getByRole('listitem');
    expect(await steps.count()).toBe(3);
    expect(await steps.nth(1).textContent()).toContain('Navidad');
    await screenshot(carlos, 'calendars-2-preview');
    expect(await axeFaults(carlos)).toEqual([]);
    await button(/^Tu cuenta/u).click();
    await carlos.getByRole('menuitemradio', { name: 'English' }).click();
    await carlos.getByRole('heading', { name: 'When is it due?' }).waitFor();
    await carlos.emulateMedia({ colorScheme: 'dark' });
    await carlos.getByRole('heading', { name: 'Calendars' }).waitFor();
    await screenshot(carlos, 'calendars-3-english-dark');
    expect(await axeFaults(carlos)).toEqual([]);
  });

  it('is only read by agents', async () => {
    const marta = await signIn(browser, world.url, 'agent@hilo.test');
    await marta.goto(`${world.url}/calendars`);
    await marta.getByRole('article', { name: 'Siempre abierto' }).waitFor();
    await marta.getByRole('button', { name: 'Calcular' }).click();
    await marta.getByText(/^Vence /u).waitFor();
    expect(await marta.getByRole('button', { name: 'Guardar semana' }).count()).toBe(0);
    expect(await marta.getByRole('button', { name: 'Crear' }).count()).toBe(0);
    await marta.context().close();
  });
});
