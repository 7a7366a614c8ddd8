import type { Browser, Page } from 'playwright-core';
import { CaseCodeAnswer } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, scan, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Links, codes and the glass, as staff use them. */
describe('a case by its link and by its code', () => {
  let world: World;
  let browser: Browser;
  let agent: Staff;
  let reference: string;
  let caseId: string;
  let codeUrl: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    agent = await world.login('agent@hilo.test');
    const person = await world.outside.newcomer('Lucía Ferrer');
    await world.outside.writeDm(person, 'Se me ha muerto el móvil');
    const [row] = await waitFor(async () => {
      const rows = await agent.cases(`q=${person.handle}`);
      return rows.length === 1 && rows;
    });
    [reference, caseId] = [row?.reference ?? '', row?.id ?? ''];
    codeUrl = (await agent.done(`/cases/${caseId}/code`, CaseCodeAnswer)).url;
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const opened = (page: Page) => page.getByRole('heading', { name: 'Lucía Ferrer' }).first().waitFor();
  const sightEnds = () => world.database.query('update case_grant set until = now()');

  it('an agent makes a link, writes it to the customer and takes it back', async () => {
    const page = await signIn(browser, world.url, 'agent@hilo.test');
    await page.goto(`${world.url}/cases/${reference}`);
    const menu = async (item: string) => {
      await page.getByRole('button', { name: 'Más acciones' }).click();
      await page.getByRole('menuitem', { name: item }).click();
    };
    await menu('Enlace de seguimiento');
    await page.getByRole('button', { name: 'Crear enlace' }).click();
    const url = await page.getByLabel('Enlace nuevo').inputValue();
    await screenshot(page, 'tracking-links');
    expect(await axeFaults(page)).toEqual([]);
    expect((await fetch(url)).status).toBe(200);
    await page.getByRole('button', { name: /Escribir a/u }).click();
    await page.getByText(url).first().waitFor();
    await menu('Enlace de seguimiento');
    await page.getByText('Abierto una vez').waitFor();
    await page.getByRole('button', { name: 'Anular' }).click();
    await page.getByText('anulado').first().waitFor();
    expect((await fetch(url)).status).toBe(404);
    await page.keyboard.press('Escape');
    await menu('Código y recibo');
    await page.getByRole('img', { name: /Código QR/u }).waitFor();
    await screenshot(page, 'tracking-code-dialog');
    expect(await axeFaults(page)).toEqual([]);
    await page.goto(`${world.url}/receipt/${reference}`);
    await page.getByRole('img', { name: /Código QR/u }).waitFor();
    await screenshot(page, 'tracking-receipt');
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').count()).toBe(0);
    const printed = await page.getByRole('heading', { level: 1 }).boundingBox();
    expect(printed?.width).toBeGreaterThan(300);
    await page.emulateMedia({ media: null });
    expect(await axeFaults(page)).toEqual([]);
    await page.context().close();
  });

  it('a scanner opens a case for whoever stands at the counter; a typed code asks why', async () => {
    const page = await signIn(browser, world.url, 'store@hilo.test', { viewport: { width: 1024, height: 900 } });
    const scanInside = async (text: string) => {
      await page.goto(`${world.url}/inbox`);
      await page.getByRole('navigation').first().waitFor();
      await scan(page, text);
    };
    await scanInside(codeUrl);
    await opened(page);
    await sightEnds();
    // The camera of a phone opens the address itself.
    await page.goto(codeUrl);
    await opened(page);
    await sightEnds();
    await scanInside(reference);
    await page.getByRole('heading', { name: `${reference} no es de tu tienda` }).waitFor();
    await screenshot(page, 'tracking-glass');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Abrir con este motivo' }).click();
    await page.getByText('al menos diez letras').waitFor();
    await page.getByLabel(/Por qué lo necesitas/u).fill('La clienta llama a la tienda');
    await page.getByRole('button', { name: 'Abrir con este motivo' }).click();
    await opened(page);
    await page.context().close();
  });

  it('a supervisor sees who did, and reviews it', async () => {
    const page = await signIn(browser, world.url, 'supervisor@hilo.test', { colorScheme: 'dark' });
    await page.getByRole('link', { name: 'Casos abiertos con motivo' }).click();
    await page.getByText('La clienta llama a la tienda').waitFor();
    // The pointer still rests on the link, whose tooltip lies outside of all regions.
    await page.mouse.move(900, 700);
    await page.getByRole('tooltip').waitFor({ state: 'hidden' });
    await screenshot(page, 'tracking-glass-list');
    expect(await axeFaults(page)).toEqual([]);
    await page.getByRole('listitem').getByRole('button', { name: 'Revisado' }).click();
    await page.getByText('Nada que revisar').waitFor();
    await page.getByRole('button', { name: 'Revisados' }).click();
    await page.getByText('Revisado por Elena').waitFor();
    await page.context().close();
  });
});
