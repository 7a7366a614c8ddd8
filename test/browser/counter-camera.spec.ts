import type { Browser, Page } from 'playwright-core';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { AtCounter } from './at-counter.js';

const TABLET = { viewport: { width: 834, height: 1112 } };
const IMEI = '490154203237518';

/** A camera that may not be used, or is not there: said in words, with the way on, and nothing is lost. */
describe('a counter without a camera', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  }, 90_000);
  afterAll(() => world?.stop());

  const begun = async (page: Page): Promise<AtCounter> => {
    const counter = new AtCounter(page);
    await page.goto(`${world.url}/visit`);
    await page.getByLabel('Buscar a la persona').fill('Marina Sol');
    await page.getByRole('button', { name: /nueva|nuevo/iu }).click();
    await counter.step('Escuchar');
    await page.getByLabel('¿Qué le pasa?').fill('No enciende desde ayer');
    await counter.step('Equipo');
    await counter.choice('Se queda aquí').check();
    await page.getByLabel('Modelo').fill('Auriga One');
    await counter.button('Escanear').click();
    return counter;
  };
  /** Types what could not be scanned, and finds everything as it was. */
  const goesOn = async (page: Page, counter: AtCounter): Promise<void> => {
    const { button, choice } = counter;
    await button('Escribirlo').click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByLabel('IMEI').first().fill(IMEI);
    await page.getByText('Guardado').waitFor();
    await page.reload();
    expect((await page.getByLabel('IMEI').first().inputValue()).replaceAll(' ', '')).toBe(IMEI);
    expect(await page.getByLabel('Modelo').inputValue()).toBe('Auriga One');
    await choice('Se queda aquí').and(page.locator(':checked')).waitFor();
    await counter.step('Escuchar');
    expect(await page.getByLabel('¿Qué le pasa?').inputValue()).toBe('No enciende desde ayer');
  };

  const withBrowser = async (args: readonly string[], deed: (browser: Browser) => Promise<void>): Promise<void> => {
    const browser = await openBrowser(args);
    try {
      await deed(browser);
    } finally {
      await browser.close();
    }
  };

  it(
    'says that it has no permission, and goes on by typing',
    () =>
      withBrowser(['--use-fake-device-for-media-stream', '--deny-permission-prompts'], async (browser) => {
        const page = await signIn(browser, world.url, 'store@hilo.test', TABLET);
        const counter = await begun(page);
        await page.getByRole('alert').filter({ hasText: 'La cámara no tiene permiso' }).waitFor();
        await screenshot(page, 'counter-camera-denied');
        expect(await axeFaults(page)).toEqual([]);
        await goesOn(page, counter);
      }),
    60_000,
  );

  it(
    'says that there is none, and goes on by typing',
    () =>
      withBrowser(['--use-fake-ui-for-media-stream'], async (browser) => {
        const page = await signIn(browser, world.url, 'store@hilo.test', TABLET);
        const counter = await begun(page);
        await page.getByRole('alert').filter({ hasText: 'no tiene cámara' }).waitFor();
        expect(await axeFaults(page)).toEqual([]);
        await goesOn(page, counter);
      }),
    60_000,
  );
});
