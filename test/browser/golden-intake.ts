import sharp from 'sharp';
import { screenshot } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import type { AtCounter } from './at-counter.js';
import { IMEI } from './golden-run.js';

const photo = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 1600, height: 1200, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** From the code she shows to her signature: her story, her phone, what is not covered, and one of ours in her hand. */
export async function takenIn(counter: AtCounter, way: string): Promise<void> {
  const { page } = counter;
  await counter.tap(counter.button('Escanear'));
  await counter.tap(counter.button('Unirme a su caso'));
  await page
    .getByText(/se me ha muerto el móvil/u)
    .first()
    .waitFor();
  await screenshot(page, `golden-${way}-07-story`);
  await counter.tap(counter.button('Sí, es así'));
  await counter.tap(counter.button('Escanear'));
  await waitFor(async () => (await page.getByLabel('IMEI').first().inputValue()).replaceAll(' ', '') === IMEI);
  await counter.choice('No enciende').and(page.locator(':checked')).waitFor();
  await counter.tap(counter.button('Sin marcas'));
  await counter.photos(page.locator('input[type=file]'), [await photo('#733'), await photo('#337')]);
  await counter.tap(counter.choice('Desactivado'));
  await counter.tap(counter.onward());
  await counter.tap(counter.choice(/No lo cubre la garantía/u));
  await counter.tap(counter.button('Le entró líquido'));
  await counter.choice('Se lo lleva').and(page.locator(':checked')).waitFor();
  await page.getByText('Apartado', { exact: true }).waitFor();
  await counter.photos(page.locator('input[type=file]'), [await photo('#373')]);
  await screenshot(page, `golden-${way}-08-lent`);
  await counter.tap(counter.button('Como nuevo, sin marcas'));
  await counter.heading('Lo acordado').waitFor();
  await counter.sign();
  await screenshot(page, `golden-${way}-09-sign`);
  await counter.tap(counter.button('Terminar'));
}
