import type { Browser, Page } from 'playwright-core';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, joinedLive, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** A desktop that remembers what it was asked and shown, and a page that can be put out of sight. */
const DESKTOP = `
  window.desktop = { asked: 0, shown: [], hidden: false };
  window.Notification = class {
    static permission = localStorage.getItem('test.allowed') ? 'granted' : 'default';
    static requestPermission() {
      window.desktop.asked += 1;
      localStorage.setItem('test.allowed', 'yes');
      this.permission = 'granted';
      return Promise.resolve('granted');
    }
    constructor(title, options) { window.desktop.shown.push({ title, ...options, told: this }); }
    close() {}
  };
  Object.defineProperty(document, 'visibilityState', { get: () => (window.desktop.hidden ? 'hidden' : 'visible') });
`;

/** Marta is told what concerns her, in a line for each case, and says how she wants to be told. */
describe('notifications, in the browser', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let reference: string;

  /** Something happens to her case, as the house records it. */
  const happens = (type: string, data: object) =>
    world.database.query(
      `select record_event(c.id, c.version, $2, $3, 'system', null, 'Hilo', 'test', null, now()) from cases c where c.reference = $1`,
      [reference, type, JSON.stringify(data)],
    );
  const breached = (metric: string) =>
    happens('clock.breached', { metric, side: 'customer', dueAt: new Date().toISOString() });
  const bell = (name: string) => page.getByRole('button', { name, exact: true });
  const list = () => page.getByRole('dialog', { name: 'Avisos', exact: true });

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    const person = await world.outside.newcomer('Lucía Ferrer');
    await world.outside.writeMail(person, { subject: 'No enciende', text: 'Se me ha muerto el móvil.' });
    reference = await waitFor(async () => {
      const [row] = await world.database.query<{ reference: string }>(
        `update cases set assignee_id = (select id from agent where email = 'agent@hilo.test') where customer_name = 'Lucía Ferrer' returning reference`,
      );
      return row?.reference;
    });
    const signedIn = await signIn(browser, world.url, 'agent@hilo.test');
    page = await signedIn.context().newPage();
    await signedIn.close();
    await page.addInitScript(DESKTOP);
    const joined = joinedLive(page);
    await page.goto(`${world.url}/inbox?view=mine`);
    await joined;
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('the bell says how much there is, says it aloud, and opens by key', async () => {
    await bell('Avisos').waitFor();
    await breached('relief');
    await breached('next_response');
    await bell('Avisos: 1 sin leer').waitFor();
    await page.getByRole('status').filter({ hasText: 'Tienes 1 aviso sin leer' }).waitFor({ state: 'attached' });
    await page.keyboard.press('i');
    await list().getByText('2 novedades de Lucía').waitFor();
    expect(await axeFaults(page, '[role="dialog"]')).toEqual([]);
    await screenshot(page, 'notifications-es');
  });

  it('what is opened is read, wherever it is shown', async () => {
    await list().getByText('2 novedades de Lucía').click();
    await page.waitForURL(new RegExp(reference, 'u'));
    await bell('Avisos').waitFor();
    // While the case is before her eyes, she knows what happens to it.
    await breached('resolution');
    await waitFor(async () => {
      const [row] = await world.database.query<{ all: number; read: number }>(
        'select count(*)::int as "all", count(read_at)::int as read from notification',
      );
      return row?.all === 3 && row.read === 3;
    });
  });

  it('who is named in a note is offered, and told', async () => {
    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: 'Interno' });
    await note.fill('Lo ve @el');
    expect(await axeFaults(page, '[aria-label="Nombrar a"]')).toEqual([]);
    await screenshot(page, 'mention-es');
    await page.getByRole('group', { name: 'Nombrar a' }).getByRole('button', { name: 'Elena Vidal' }).click();
    expect(await note.inputValue()).toBe('Lo ve @Elena Vidal ');
    await page.keyboard.press('Control+Enter');
    const told = await waitFor(async () => {
      const [row] = await world.database.query(
        `select a.email, n.values from notification n join agent a on a.id = n.agent_id where n.kind = 'mentioned'`,
      );
      return row;
    });
    expect(told).toEqual({ email: 'supervisor@hilo.test', values: { by: 'Marta Rey' } });
    await page.keyboard.press('Escape');
  });

  it('the desktop is asked only when she wants it, and shows what came while she looked elsewhere', async () => {
    expect(await page.evaluate('window.desktop.asked')).toBe(0);
    await page.keyboard.press('u');
    await page.waitForURL(/inbox/u);
    await page.keyboard.press('i');
    await list().getByRole('button', { name: 'Avisos y silencio' }).click();
    const dialog = page.getByRole('dialog', { name: 'Avisos y silencio' });
    await dialog.getByLabel('Avisarme en el escritorio').check();
    const read = page.waitForResponse(/notifications\?limit=10/u);
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await page.evaluate('window.desktop.asked')).toBe(1);
    await read;
    await page.evaluate('window.desktop.hidden = true');
    await breached('silence');
    const shown = await waitFor(() => page.evaluate('window.desktop.shown[0]'));
    expect(shown).toMatchObject({ title: 'Lucía', body: expect.stringContaining('una palabra nuestra') as string });
    await page.evaluate('window.desktop.hidden = false; window.desktop.shown[0].told.onclick()');
    await page.waitForURL(new RegExp(reference, 'u'));
  });

  it('how she wants to be told is kept', async () => {
    await page.keyboard.press('i');
    await list().getByRole('button', { name: 'Avisos y silencio' }).click();
    const dialog = page.getByRole('dialog', { name: 'Avisos y silencio' });
    await dialog.getByLabel('Un cliente escribe').check();
    await dialog.getByLabel('Horas de silencio').check();
    await dialog.getByLabel('Desde').fill('23:00');
    await dialog.getByLabel('dom').uncheck();
    expect(await axeFaults(page, '[role="dialog"]')).toEqual([]);
    await screenshot(page, 'notification-settings-es');
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await world.database.query('select desktop, mail, quiet from notification_preference')).toMatchObject([
      { desktop: true, mail: ['escalated', 'customer_wrote'], quiet: { from: '23:00', timeZone: 'Europe/Madrid' } },
    ]);
  });
});
