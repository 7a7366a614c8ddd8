import type { Browser, Page } from 'playwright-core';
import type { Person } from '../e2e/outside.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** A case says by when somebody is waited for, and who made its clocks begin, stand still and end. */
describe('the clocks of a case, in the browser', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let person: Person;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    person = await world.outside.newcomer('Ana Ruiz');
    await world.outside.writeMail(person, { subject: 'No enciende', text: 'Se me ha muerto el móvil.' });
    const reference = await waitFor(async () => {
      const rows = await world.database.query<{ reference: string }>(
        'select c.reference from contact_point p join cases c on c.customer_id = p.customer_id join case_ledger l on l.case_id = c.id where p.value = $1',
        [person.email],
      );
      return rows[0]?.reference;
    });
    page = await signIn(browser, world.url, 'agent@hilo.test');
    await page.goto(`${world.url}/cases/${reference}`);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const open = () => page.getByRole('button', { name: 'Ver los plazos del caso' });
  const all = () => page.getByRole('region', { name: 'Plazos del caso' });

  it('the nearest opens all of them, by key', async () => {
    await open().focus();
    await page.keyboard.press('Enter');
    const first = all().locator('section', { hasText: 'Primera ayuda' });
    await first.getByText('Empieza').waitFor();
    expect(await all().locator('section').count()).toBe(3);
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'clocks-es');
    await page.keyboard.press('Escape');
    await all().waitFor({ state: 'hidden' });
  });

  it('a pointer that rests on it peeks at them, and takes nothing from who writes', async () => {
    const composer = page.getByRole('textbox', { name: 'Cliente' });
    await composer.focus();
    await open().hover();
    await all().getByText('Primera ayuda').waitFor();
    expect(await composer.and(page.locator(':focus')).count()).toBe(1);
    await composer.hover();
    await all().waitFor({ state: 'hidden' });
  });

  it('an answer ends the first of them, and says who gave it', async () => {
    await page.getByRole('textbox', { name: 'Cliente' }).fill('Hola, Ana: lo miro ahora mismo.');
    await page.keyboard.press('Control+Enter');
    await waitFor(async () => {
      world.clock.advance(5000);
      const rows = await world.database.query<{ met: boolean }>(
        "select met_at is not null as met from clock where metric = 'first_useful_action'",
      );
      return rows[0]?.met;
    });
    await open().click();
    const first = all().locator('section', { hasText: 'Primera ayuda' });
    await first.getByText(/Se cumple · Marta Rey/u).waitFor();
    expect(await first.textContent()).toContain('Cumplido en');
    expect(await axeFaults(page)).toEqual([]);
  });
});
