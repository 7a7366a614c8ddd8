import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { Intake, type IntakePath } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';

const TABLET = { viewport: { width: 834, height: 1112 } };

/** Behind the shelves there is no network, and a colleague goes on with it at the other counter. */
describe('an intake without a network, and on two tablets', () => {
  let world: World;
  let browser: Browser;
  let ruben: Staff;
  let one: Page;
  let other: Page;
  let id: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    ruben = await world.login('store@hilo.test');
    [one, other] = await Promise.all([
      signIn(browser, world.url, 'store@hilo.test', TABLET),
      signIn(browser, world.url, 'store@hilo.test', TABLET),
    ]);
    await one.clock.install();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const intake = () => ruben.done(`/intakes/${id}`, Intake);
  const field = async (path: IntakePath) => (await intake()).fields.find((one) => one.path === path)?.value;
  const saved = (page: Page) => page.getByText('Guardado', { exact: true }).waitFor();
  const photo = async (name: string, background: string) => ({
    ...{ name, mimeType: 'image/jpeg' },
    buffer: await sharp({ create: { width: 800, height: 600, channels: 3, background } })
      .jpeg()
      .toBuffer(),
  });

  it('five minutes without a network: everything is on the tablet, said truly, and sent when it is back', async () => {
    const counter = new AtCounter(one);
    await one.getByLabel('Buscar a la persona').fill('Begoña Ruiz');
    await one.getByRole('button', { name: /Es otra persona/u }).click();
    await one.getByLabel('Teléfono').fill('622 11 22 33');
    await saved(one);
    id = new URL(one.url()).pathname.split('/').at(-1) ?? '';
    await one.context().setOffline(true);
    await counter.step('Escuchar');
    await one.getByLabel(/¿Qué le pasa\?/u).fill('Se le cayó y la pantalla está negra.');
    await one.getByRole('checkbox', { name: 'Llamadas' }).check();
    await one.getByText(/Sin conexión · 2 cambios en la tableta/u).waitFor();
    await one.clock.fastForward('05:00');
    await counter.step('Equipo');
    await counter.choice('Se queda aquí').check();
    await one.getByLabel('Modelo').fill('Auriga One');
    await one.locator('input[type=file]').setInputFiles(await photo('rota.jpg', '#a33'));
    await one.getByAltText(/todavía solo en esta tableta/u).waitFor();
    await one.getByText(/Sin conexión · 5 cambios en la tableta/u).waitFor();
    await screenshot(one, 'counter-offline');
    expect(await axeFaults(one)).toEqual([]);
    expect(await field('listen.text')).toBeUndefined();
    await one.context().setOffline(false);
    await saved(one);
    expect(await field('listen.text')).toBe('Se le cayó y la pantalla está negra.');
    expect(await field('listen.lacks')).toEqual(['calls']);
    expect(await field('device.modelName')).toBe('Auriga One');
    expect(await field('device.photoIds')).toHaveLength(1);
  }, 90_000);

  it('is gone on with on another tablet, from the board of the store', async () => {
    await other.goto(`${world.url}/visit`);
    await other.getByRole('region', { name: 'A medias' }).getByText('Begoña Ruiz').click();
    const counter = new AtCounter(other);
    await counter.step('Equipo');
    await waitFor(async () => (await other.getByLabel('Modelo').inputValue()) === 'Auriga One');
    await other.getByAltText('Foto 1').waitFor();
  });

  it('where both wrote: photos of both are kept, and of two models a person chooses', async () => {
    await one.context().setOffline(true);
    await one.getByLabel('Modelo').fill('Auriga One Max');
    await one.locator('input[type=file]').setInputFiles(await photo('una.jpg', '#3a3'));
    await one.getByText(/Sin conexión · 2 cambios en la tableta/u).waitFor();
    await other.getByLabel('Modelo').fill('Auriga Lite');
    await other.locator('input[type=file]').setInputFiles(await photo('otra.jpg', '#33a'));
    await other.getByAltText('Foto 2').waitFor();
    await saved(other);
    await one.context().setOffline(false);
    const clash = one.getByRole('region', { name: 'Dos valores para lo mismo' });
    await clash.getByText('Auriga Lite').waitFor();
    await clash.getByText('Auriga One Max').waitFor();
    await clash.getByText(/Rubén Alba, a las/u).waitFor();
    await clash.scrollIntoViewIfNeeded();
    await screenshot(one, 'counter-clash');
    expect(await axeFaults(one)).toEqual([]);
    expect(await field('device.modelName')).toBe('Auriga Lite');
    await clash.getByRole('button', { name: 'Vale lo mío' }).click();
    await saved(one);
    expect(await field('device.modelName')).toBe('Auriga One Max');
    expect(await field('device.photoIds')).toHaveLength(3);
    // The other tablet learns of it by itself.
    await waitFor(async () => (await other.getByLabel('Modelo').inputValue()) === 'Auriga One Max');
  }, 60_000);

  it('a picture that is not taken is said to be none, counts for nothing, and keeps nobody from hearing the other', async () => {
    const refused = JSON.stringify({ code: 'photo.unreadable', message: 'No', requestId: 'x' });
    await one.route('**/intakes/*/photos', (route) => route.fulfill({ status: 422, body: refused }));
    await one.locator('input[type=file]').setInputFiles(await photo('rara.jpg', '#333'));
    await one.getByRole('alert').getByText('La foto 4 no se puede leer.').waitFor();
    await one.getByAltText('Foto 4, sin guardar').waitFor();
    await one.getByRole('alert').scrollIntoViewIfNeeded();
    await screenshot(one, 'counter-refused-picture');
    expect(await axeFaults(one)).toEqual([]);
    await other.getByLabel('Modelo').fill('Auriga Dos');
    await one.clock.fastForward('00:05');
    await waitFor(async () => (await one.getByLabel('Modelo').inputValue()) === 'Auriga Dos');
    const counter = new AtCounter(one);
    await counter.step('Firmar');
    await one.getByRole('link', { name: 'Equipo: una imagen no se puede guardar' }).click();
    await one.getByRole('button', { name: 'Quitar la foto 4' }).click();
    await saved(one);
    expect(await field('device.photoIds')).toHaveLength(3);
  }, 60_000);
});
