import type { Browser, Page } from 'playwright-core';
import { Intake, type IntakePath } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';

const TABLET = { viewport: { width: 834, height: 1112 } };

/** The tablet was put down and has gone to sleep: it loads the page anew, and there is still no network. */
describe('the counter, loaded without a network', () => {
  let world: World;
  let browser: Browser;
  let ruben: Staff;
  let page: Page;
  let id: string;
  let begunThere: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    ruben = await world.login('store@hilo.test');
    page = await signIn(browser, world.url, 'store@hilo.test', TABLET);
    await page.clock.install();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const field = async (path: IntakePath) =>
    (await ruben.done(`/intakes/${id}`, Intake)).fields.find((one) => one.path === path)?.value;
  const saved = () => page.getByText('Guardado', { exact: true }).waitFor();
  const kept = () =>
    waitFor(() =>
      page.evaluate<boolean>(
        `navigator.serviceWorker.getRegistration('/visit').then((found) => found?.active?.state === 'activated')`,
      ),
    );
  const signOut = async () => {
    await page.getByRole('link', { name: 'Bandeja' }).click();
    await page.getByRole('button', { name: /^Tu cuenta/u }).click();
    await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
  };
  const comeIn = async (email: string) => {
    await page.getByLabel('Correo').fill(email);
    await page.getByLabel(/^Contraseña$/u).fill('hilo-demo');
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.waitForURL(({ pathname }) => pathname !== '/login');
  };
  /** Everything the worker keeps, by its path. */
  const inCaches = () =>
    page.evaluate<
      string[]
    >(`caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name).then((one) => one.keys()))))
      .then((all) => all.flat().map(({ url }) => new URL(url).pathname))`);

  /** The keys of everything the tablet keeps of intakes. */
  const onShelf = () =>
    page.evaluate<string[]>(`new Promise((read, failed) => {
      const opening = indexedDB.open('hilo-counter');
      opening.onerror = failed;
      opening.onsuccess = () => {
        const keys = opening.result.transaction('kept').objectStore('kept').getAllKeys();
        keys.onsuccess = () => { opening.result.close(); read(keys.result); };
      };
    })`);

  it('keeps the files of the page, and nothing of a person', async () => {
    await page.getByLabel('Buscar a la persona').fill('Begoña Ruiz');
    await page.getByRole('button', { name: /Es otra persona/u }).click();
    await page.getByLabel('Teléfono').fill('622 11 22 33');
    await saved();
    id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await kept();
    const paths = await inCaches();
    expect(paths).toContain('/index.html');
    expect(paths.filter((path) => !/^\/(assets\/|index\.html$|hilo\.svg$|scheme\.js$)/u.test(path))).toEqual([]);
  });

  it('goes on with the intake after it is loaded again, and five minutes later all of it is saved', async () => {
    await page.context().setOffline(true);
    await page.reload();
    const counter = new AtCounter(page);
    await counter.step('Escuchar');
    await page.getByLabel(/¿Qué le pasa\?/u).fill('Se le cayó y la pantalla está negra.');
    await page.getByText(/Sin conexión · 1 cambio en la tableta/u).waitFor();
    await screenshot(page, 'counter-reloaded');
    expect(await axeFaults(page)).toEqual([]);
    await page.clock.fastForward('05:00');
    await page.reload();
    await counter.step('Escuchar');
    expect(await page.getByLabel(/¿Qué le pasa\?/u).inputValue()).toBe('Se le cayó y la pantalla está negra.');
    await page.getByRole('checkbox', { name: 'Llamadas' }).check();
    await counter.step('Equipo');
    await counter.choice('Se queda aquí').check();
    await page.getByText(/Sin conexión · 3 cambios en la tableta/u).waitFor();
    expect(await field('listen.text')).toBeUndefined();
    await page.context().setOffline(false);
    await saved();
    expect(await field('listen.text')).toBe('Se le cayó y la pantalla está negra.');
    expect(await field('listen.lacks')).toEqual(['calls']);
    expect(await field('device.stays')).toBe('here');
  }, 60_000);

  it('begins another one there, which stands on the board beside the first', async () => {
    await page.goto(`${world.url}/visit`);
    await page.getByRole('region', { name: 'A medias' }).getByText('Begoña Ruiz').waitFor();
    await page.context().setOffline(true);
    await page.reload();
    const begun = page.getByRole('region', { name: 'A medias' });
    await begun.getByText('Begoña Ruiz').waitFor();
    await page.getByLabel('Buscar a la persona').fill('Lucía Ferrer');
    await page.getByRole('button', { name: /Es otra persona/u }).click();
    await page.getByLabel('Teléfono').fill('633 44 55 66');
    const counter = new AtCounter(page);
    await counter.step('Escuchar');
    await page.getByLabel(/¿Qué le pasa\?/u).fill('No carga.');
    begunThere = new URL(page.url()).pathname;
    await page.getByRole('link', { name: 'Tienda' }).click();
    await begun.getByText('Lucía Ferrer').waitFor();
    await screenshot(page, 'counter-board-offline');
    expect(await axeFaults(page)).toEqual([]);
  });

  it('shows nothing of it once they have signed out there, nor to whoever comes next; it is still theirs', async () => {
    await signOut();
    await page
      .getByRole('alert')
      .getByText(/No se puede|conexión|red/iu)
      .waitFor();
    expect(await page.getByText('Lucía Ferrer').count()).toBe(0);
    // What the server has is gone from the tablet itself; what it has not is kept.
    expect((await onShelf()).map((key) => key.split('/').at(-1))).toEqual([begunThere.split('/').at(-1)]);
    await screenshot(page, 'counter-signed-out');
    await page.context().setOffline(false);
    await page.goto(`${world.url}/visit`);
    await comeIn('agent@hilo.test');
    await page.goto(`${world.url}${begunThere}`);
    await page.getByRole('alert').waitFor();
    expect(await page.getByText('No carga.').count()).toBe(0);
    await page.goto(`${world.url}/visit`);
    await signOut();
    await comeIn('store@hilo.test');
    await page.goto(`${world.url}${begunThere}`);
    await saved();
    id = begunThere.split('/').at(-1) ?? '';
    expect(await field('listen.text')).toBe('No carga.');
  }, 60_000);

  it('signs them out although a part of the page can no longer be had', async () => {
    await page.goto(`${world.url}/inbox`);
    await page.getByRole('button', { name: /^Tu cuenta/u }).waitFor();
    await page.context().setOffline(true);
    await page.getByRole('button', { name: /^Tu cuenta/u }).click();
    await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
    await page.waitForURL(({ pathname }) => pathname === '/visit');
    await page.getByRole('alert').waitFor();
    await page.context().setOffline(false);
    await page.goto(`${world.url}/inbox`);
    await page.waitForURL(({ pathname }) => pathname === '/login');
  }, 60_000);
});
