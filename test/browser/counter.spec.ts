import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { CaseCodeAnswer } from '#contracts';
import type { Person } from '../e2e/outside.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { cameraArgs, filmOf } from '../support/fake-camera.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';

const TABLET = { viewport: { width: 834, height: 1112 } };
const IMEI = '490154203237518';

describe('the counter, on a tablet', () => {
  let world: World;
  let browser: Browser;
  let folder: string;
  let agent: Staff;
  let person: Person;
  let reference: string;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hilo-camera-'));
    world = await startWorld();
    agent = await world.login('agent@hilo.test');
    person = await world.outside.newcomer('Lucía Ferrer Gil');
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil y no puedo llamar.');
    const [row] = await waitFor(async () => {
      const rows = await agent.cases();
      return rows.length === 1 && rows;
    });
    reference = row?.reference ?? '';
    const { url } = await agent.done(`/cases/${row?.id}/code`, CaseCodeAnswer);
    const film = await filmOf(folder, [
      { text: url, format: 'QRCode' },
      { text: IMEI, format: 'Code128' },
    ]);
    browser = await openBrowser(cameraArgs(film));
    page = await signIn(browser, world.url, 'store@hilo.test', TABLET);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const photo = (red: number) =>
    sharp({ create: { width: 3000, height: 2000, channels: 3, background: { r: red, g: 90, b: 120 } } })
      .jpeg()
      .toBuffer();

  it('a known customer with their dead phone is through in 90 seconds and 15 taps', async () => {
    const counter = new AtCounter(page);
    const { button, choice, heading } = counter;
    await heading('¿Quién viene?').waitFor();
    await screenshot(page, 'counter-0-board');
    expect(await axeFaults(page)).toEqual([]);
    const started = Date.now();
    await counter.tap(button('Escanear'));
    await button('Unirme a su caso').waitFor();
    await counter.tap(button('Unirme a su caso'));
    await heading('Esto ya nos lo ha contado').waitFor();
    await counter.tap(button('Sí, es así'));
    await heading('El equipo').waitFor();
    await counter.tap(button('Escanear'));
    await waitFor(async () => (await page.getByLabel('IMEI').first().inputValue()).replaceAll(' ', '') === IMEI);
    // Told in the first message, not asked again.
    await choice('No enciende').and(page.locator(':checked')).waitFor();
    await counter.tap(button('Sin marcas'));
    await counter.photos(page.locator('input[type=file]'), [await photo(200), await photo(20)]);
    await counter.tap(choice('Desactivado'));
    await counter.tap(button('Decidir'));
    await heading('¿Quién responde?').waitFor();
    await counter.tap(choice(/Lo cubre la garantía/u));
    await heading('Que siga con teléfono').waitFor();
    await choice('No hay').and(page.locator(':checked')).waitFor();
    await counter.tap(button('Firmar'));
    await heading('Lo acordado').waitFor();
    await counter.sign();
    await counter.tap(button('Terminar'));
    await heading('Visita anotada').waitFor();
    const seconds = (Date.now() - started) / 1000;
    await screenshot(page, 'counter-7-done');
    expect(await axeFaults(page)).toEqual([]);
    process.stdout.write(`known customer: ${counter.taps} taps, ${seconds.toFixed(1)} s\n`);
    expect(counter.taps).toBeLessThanOrEqual(15);
    expect(seconds).toBeLessThan(90);
    expect(await agent.cases()).toHaveLength(1);
    const { problems, nextUpdateDueAt } = await agent.case(reference);
    expect(problems).not.toHaveLength(0);
    expect(nextUpdateDueAt).not.toBeNull();
  }, 90_000);
});
