import { chromium, type Browser, type BrowserServer, type Page } from 'playwright-core';
import { startWorld, type World } from '../e2e/world.js';
import type { Person } from '../e2e/outside.js';
import { axeFaults, chromiumPath, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Two people at one case, and one person at two machines. */
describe('two at one case', () => {
  let world: World;
  let browser: Browser;
  let marta: Page;
  let ivan: Page;
  let person: Person;
  let url: string;
  let doomed: BrowserServer | undefined;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    person = await world.outside.newcomer('Ana Prueba Ruiz');
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil');
    [marta, ivan] = [
      await signIn(browser, world.url, 'agent@hilo.test'),
      await signIn(browser, world.url, 'ivan@hilo.test'),
    ];
    await marta.goto(`${world.url}/inbox?view=open`);
    await marta.locator('[data-case]').first().click();
    await marta.getByRole('textbox', { name: 'Cliente' }).waitFor();
    url = marta.url();
  }, 60_000);
  afterAll(async () => {
    await doomed?.kill();
    await browser?.close();
    await world?.stop();
  });

  const box = (page: Page) => page.getByRole('textbox', { name: 'Cliente' });
  const row = (page: Page) => page.locator('[data-case]').first();

  it('see each other in the list and at the case, and that the other writes', async () => {
    await ivan.goto(`${world.url}/inbox?view=open`);
    await row(ivan).getByRole('img', { name: 'Marta Rey lo está viendo' }).waitFor();
    await ivan.goto(url);
    await ivan.getByRole('banner').or(ivan.locator('header')).getByText('Marta lo está viendo').waitFor();
    await marta.locator('header').getByText('Iván lo está viendo').waitFor();
    await box(marta).pressSequentially('Hola, Ana', { delay: 20 });
    await ivan.getByText('Marta Rey está escribiendo').last().waitFor();
    await row(ivan).getByText('escribiendo…').waitFor();
    expect(await row(ivan).getByText('Hola, Ana').count()).toBe(0);
    await screenshot(ivan, 'collision-1-writing');
  });

  it('never both answer: the second is shown what the first sent, with their own text kept', async () => {
    await box(ivan).fill('Soy Iván, ya lo miro yo.');
    await box(ivan).press('Control+Enter');
    await box(marta).fill('Soy Marta, te contesto ahora.');
    // Hers had not been on the screen of the other when it was sent: the timeline is held back for the moment of sending.
    await box(marta).press('Control+Enter');
    await waitFor(async () => {
      const guard = await marta.getByText('case.unseen_entries').count();
      const shown = await marta.getByText('Soy Iván, ya lo miro yo.').count();
      return guard + shown > 0;
    });
  });

  it('decide one after the other: who comes second is told, and may take it over', async () => {
    await openClosing(marta);
    await openClosing(ivan);
    const dialog = ivan.getByRole('dialog');
    await dialog.getByText('Marta Rey está decidiendo esto').waitFor();
    await screenshot(ivan, 'collision-2-deciding');
    expect(await axeFaults(ivan, '[role=dialog]')).toEqual([]);
    await dialog.getByRole('button', { name: 'Decidirlo yo' }).click();
    await dialog.getByText('está decidiendo esto').waitFor({ state: 'detached' });
    for (const page of [ivan, marta]) await page.keyboard.press('Escape');
  });

  async function openClosing(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Cambiar etapa' }).click();
    await page.getByRole('menuitem', { name: 'Cerrado' }).click();
    await page.getByRole('dialog').waitFor();
  }

  it('a draft survives the browser it was typed in, killed, and is there on another machine', async () => {
    doomed = await chromium.launchServer({
      executablePath: chromiumPath() ?? undefined,
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
    });
    const page = await signIn(await chromium.connect(doomed.wsEndpoint()), world.url, 'supervisor@hilo.test');
    await page.goto(url);
    await box(page).fill('Un borrador que no se pierde');
    await waitFor(async () => {
      const [draft] = await world.database.query<{ text: string }>(
        `select text from draft where text like 'Un borrador%'`,
      );
      return draft?.text === 'Un borrador que no se pierde';
    });
    await doomed.kill();
    const elsewhere = await signIn(browser, world.url, 'supervisor@hilo.test', {
      viewport: { width: 1024, height: 768 },
    });
    await elsewhere.goto(url);
    await waitFor(async () => (await box(elsewhere).inputValue()) === 'Un borrador que no se pierde');
    await elsewhere.goto(`${world.url}/inbox?view=open`);
    await row(elsewhere).getByText('Un borrador que no se pierde').waitFor();
    await screenshot(elsewhere, 'collision-3-draft');
  }, 120_000);
});
