import type { Browser, Page } from 'playwright-core';
import { aDeskHandoff, type DeskHandoff } from '../e2e/desk.world.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, openContext, screenshot, signIn } from '../support/browser.js';

/** A lab works on what was handed to it: by a link alone, on a phone, without a script. */
describe('the desk of a partner', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let of: DeskHandoff;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    of = await aDeskHandoff(world, await world.login('agent@hilo.test'));
    const context = await openContext(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    page = await context.newPage();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const form = (name: string) =>
    page.locator('details.act', { has: page.locator(`input[name=action][value=${name}]`) });
  const open = async (name: string) => {
    const one = form(name);
    if ((await one.getAttribute('open')) === null) await one.locator('summary').first().click();
    return one;
  };

  it('is read and answered from a button of a message', async () => {
    await page.goto(`${of.url}?do=accepted#act`);
    await page.getByRole('heading', { name: 'Nexo os pasa este trabajo' }).waitFor();
    const accept = await open('accepted');
    await accept.getByLabel('Vuestro número de caso o RMA').fill('RMA-4711');
    await accept.getByLabel('Quién lo lleva').fill('Eva Sanz');
    await accept.getByLabel('Fecha').fill('2099-03-20');
    await accept.getByLabel('Quién escribe').fill('Eva Sanz');
    await accept.getByRole('button', { name: 'Aceptar el trabajo' }).click();
    await page.getByText('Recibido. Gracias.').waitFor();
    await page.getByRole('heading', { name: 'Lo lleváis vosotros' }).waitFor();
    expect(await page.locator('dl.fx').textContent()).toContain('RMA-4711');
    await screenshot(page, 'desk-1-accepted');
  });

  it('gets a photo, a quote in euros, and another date', async () => {
    const received = await open('received');
    await received
      .getByLabel('Archivos')
      .setInputFiles([{ name: 'llegada.png', mimeType: 'image/png', buffer: Buffer.from('89504e470d0a1a0a', 'hex') }]);
    await received.getByRole('button', { name: 'El teléfono está aquí' }).click();
    await page.getByText('Recibido. Gracias.').waitFor();
    expect(await page.getByRole('link', { name: 'llegada.png', exact: true }).count()).toBeGreaterThan(0);

    const quote = await open('quoted');
    await quote.getByLabel('Concepto').first().fill('Placa base');
    await quote.getByLabel('Precio de lista').first().fill('400');
    await quote.getByLabel('Precio para nosotros').first().fill('500');
    await quote.getByRole('button', { name: 'Enviar el presupuesto' }).click();
    await page.getByText('No puede ser más que el de lista.').waitFor();
    expect(await quote.getByLabel('Concepto').first().inputValue()).toBe('Placa base');
    await quote.getByLabel('Precio para nosotros').first().fill('200');
    await quote.getByRole('button', { name: 'Enviar el presupuesto' }).click();
    await page.getByText('Recibido. Gracias.').waitFor();
    expect((await page.locator('#talk').textContent())?.replaceAll(/\s/gu, ' ')).toContain('400,00 € 200,00 €');

    const eta = await open('eta');
    await eta.getByLabel('Fecha').fill('2099-03-25');
    await eta.getByRole('button', { name: 'Cambiar la fecha' }).click();
    await page.getByText('Recibido. Gracias.').waitFor();
    await screenshot(page, 'desk-2-going');
  });

  it('is held to the same on every screen, in both languages, light and dark', async () => {
    for (const [width, colorScheme, lang] of [
      [320, 'light', 'es'],
      [834, 'dark', 'en'],
      [1440, 'light', 'en'],
    ] as const) {
      const context = await openContext(browser, { viewport: { width, height: 900 }, colorScheme });
      const wide = await context.newPage();
      await wide.goto(`${of.url}?lang=${lang}&do=quoted`);
      expect({ width, faults: await axeFaults(wide) }).toEqual({ width, faults: [] });
      expect(await wide.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      await screenshot(wide, `desk-3-${width}-${lang}-${colorScheme}`);
      await context.close();
    }
  });

  it('is reached by a link that staff make, see being opened, and take back', async () => {
    const staff = await signIn(browser, world.url, 'agent@hilo.test');
    await staff.goto(`${world.url}/cases/${of.reference.split('.')[0]}`);
    const card = staff.getByRole('article', { name: of.reference });
    await card.getByRole('button', { name: 'Más' }).click();
    await staff.getByRole('menuitem', { name: 'Enlaces a su página' }).click();
    const dialog = staff.getByRole('dialog');
    const links = dialog.getByRole('list', { name: 'Enlaces de este traspaso' });
    await links.getByText(/Abierto \d+ veces/u).waitFor();
    await dialog.getByRole('button', { name: 'Crear enlace' }).click();
    const url = await dialog.getByLabel('Enlace nuevo').inputValue();
    expect(url).toMatch(/\/desk\/[\w-]{32}$/u);
    await screenshot(staff, 'desk-4-links');
    expect(await axeFaults(staff)).toEqual([]);
    expect((await page.goto(url))?.status()).toBe(200);
    await links.getByRole('listitem').first().getByRole('button', { name: 'Anular' }).click();
    await links.getByText('anulado').waitFor();
    expect((await page.goto(url))?.status()).toBe(410);
    await page.getByRole('heading', { name: 'Este enlace no lleva a ninguna parte' }).waitFor();
  });
});
