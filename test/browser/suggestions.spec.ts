import type { Browser, Page } from 'playwright-core';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, openPalette, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** A stranger who names the case of somebody we know: asked on the case, decided there or in the list. */
describe('who it may be, in the browser', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let store: Staff;
  let agent: Staff;
  let reference: string;
  let strange: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    [agent, store] = await Promise.all([world.login('agent@hilo.test'), world.login('store@hilo.test')]);
    const visit = await store.visit({
      storeId: world.stores.goya,
      customer: { displayName: 'Lucía Ferrer Gil', phone: '+34644200300', email: 'lucia.ferrer@correo.test' },
      text: 'El móvil no enciende',
    });
    ({ reference } = await agent.case(visit.caseId));
    strange = await strangerWrites('lufergil', `Hola, ¿cómo va lo mío? El caso es ${reference}`);
    page = await signIn(browser, world.url, 'agent@hilo.test');
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  async function strangerWrites(name: string, text: string): Promise<string> {
    const person = await world.outside.newcomer(name);
    await world.outside.writeDm(person, text);
    return waitFor(async () => {
      const rows = await world.database.query<{ reference: string }>(
        `select c.reference from contact_point p join cases c on c.customer_id = p.customer_id and c.is_open
           join case_event e on e.case_id = c.id and e.type = 'match.suggested' where p.value = $1`,
        [person.id],
      );
      return rows[0]?.reference;
    });
  }

  const banner = (on = page) =>
    on.getByRole('region', { name: /Puede ser la misma persona que|May be the same person as/u });

  it('the case asks above its story, with what matches and what differs, and where it was said', async () => {
    await page.goto(`${world.url}/cases/${strange}`);
    await banner()
      .getByRole('heading', { name: /Lucía Ferrer Gil/u })
      .waitFor();
    await banner().getByText('dice el código de su caso').waitFor();
    const row = banner().getByRole('row', { name: /Código del caso/u });
    await row.getByRole('img', { name: 'coincide' }).waitFor();
    await banner()
      .getByRole('row', { name: /Nombre/u })
      .getByRole('img', { name: 'distinto' })
      .waitFor();
    await row.getByRole('link', { name: /Lo dijo/u }).click();
    await page.locator('[id^=entry-]').filter({ hasText: '¿cómo va lo mío?' }).first().waitFor();
    await screenshot(page, 'suggestion-1-case');
    expect(await axeFaults(page)).toEqual([]);
    await page.goto(`${world.url}/cases/${reference}`);
    await banner()
      .getByRole('heading', { name: /lufergil/u })
      .waitFor();
  });

  it('"not the same" is said in one click, undone in another, and gone for good when it stays', async () => {
    await page.goto(`${world.url}/cases/${strange}`);
    await banner()
      .getByRole('button', { name: /no son la misma persona/u })
      .click();
    await page.getByText(/No se volverá a preguntar/u).waitFor();
    await page.getByRole('button', { name: /Deshacer: volver a preguntar/u }).click();
    await banner()
      .getByRole('button', { name: /^Unir a/u })
      .waitFor();
    await page.getByText('Marta vuelve a preguntar si es la misma persona que Lucía Ferrer Gil').waitFor();
    const other = await strangerWrites('otra_persona', `Me han dicho que mire ${reference}`);
    await page.goto(`${world.url}/cases/${other}`);
    await banner()
      .getByRole('button', { name: /no son la misma persona/u })
      .click();
    await page.getByText(/No se volverá a preguntar/u).waitFor();
    await page.reload();
    await page.getByText('Marta dice que no es la misma persona que Lucía Ferrer Gil').waitFor();
    expect(await banner().count()).toBe(0);
  });

  it.each([
    ['es', 'light', 1440],
    ['en', 'dark', 1440],
    ['en', 'light', 1024],
    ['es', 'dark', 390],
  ] as const)('looks right in %s, %s, at %i', async (language, colorScheme, width) => {
    const options = { viewport: { width, height: 900 }, locale: language === 'es' ? 'es-ES' : 'en-GB', colorScheme };
    const other = await signIn(browser, world.url, 'ivan@hilo.test', options);
    await other.evaluate(`localStorage.setItem('mantine-color-scheme-value', '${colorScheme}')`);
    await agentSpeaks(other, language);
    await other.goto(`${world.url}/cases/${strange}`);
    await banner(other).waitFor();
    await screenshot(other, `suggestion-${language}-${colorScheme}-${width}`);
    if (width < 1024)
      await banner(other)
        .getByRole('button', { name: /Comparar|Compare/u })
        .click();
    await banner(other).getByRole('table').waitFor();
    await screenshot(other, `suggestion-${language}-${colorScheme}-${width}-open`);
    expect(await axeFaults(other)).toEqual([]);
    await other.goto(`${world.url}/rejects?show=suggestions`);
    await other
      .getByRole('cell', { name: /lufergil/u })
      .first()
      .waitFor();
    await screenshot(other, `suggestion-list-${language}-${colorScheme}-${width}`);
    expect(await axeFaults(other)).toEqual([]);
    await other.context().close();
  });
  const agentSpeaks = async (on: Page, language: string) => {
    await on.evaluate(
      `fetch('/api/v1/session', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"language":"${language}"}' })`,
    );
    await on.evaluate(`localStorage.setItem('hilo.language', '${language}')`);
  };

  it('is found by the palette, and merged from the list: both sides are seen before', async () => {
    await page.goto(`${world.url}/inbox?view=open`);
    await page.locator('[data-case]').first().waitFor();
    await openPalette(page);
    await page.keyboard.type('misma persona');
    await page
      .getByRole('option', { name: /Ver sugerencias de unión/u })
      .or(page.getByText('Ver sugerencias de unión'))
      .first()
      .click();
    await page.waitForURL(/show=suggestions/u);
    await page.getByRole('button', { name: 'Unir a lufergil y Lucía Ferrer Gil' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('region', { name: 'Lucía Ferrer Gil' }).waitFor();
    await dialog.getByRole('region', { name: 'lufergil' }).waitFor();
    await screenshot(page, 'suggestion-2-merge');
    expect(await axeFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Unir', exact: true }).click();
    await page.getByText('Nada que decidir').waitFor();
    await screenshot(page, 'suggestion-3-empty');
    await page.goto(`${world.url}/cases/${reference}`);
    await page.getByText('¿cómo va lo mío?').first().waitFor();
    await page
      .getByText(/sugerencia confirmada/u)
      .first()
      .waitFor();
    expect(await banner().count()).toBe(0);
  });
});
