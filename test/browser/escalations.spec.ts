import type { Browser, Page } from 'playwright-core';
import { EscalationPage, LadderPage } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** What is late reaches the supervisor, who sees to it. */
describe('escalations, in the browser', () => {
  let world: World;
  let browser: Browser;
  let eva: Page;
  let supervisor: Staff;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    supervisor = await world.login('supervisor@hilo.test');
    for (const name of ['Lucía Prieto', 'Hassan Idrissi', 'Rosa Gil']) {
      const person = await world.outside.newcomer(name);
      await world.outside.writeMail(person, { subject: 'Móvil', text: 'No me llega nada' });
    }
    const agent = await world.login('agent@hilo.test');
    await waitFor(async () => (await agent.cases('')).length >= 3);
    // An hour and a minute ago, as far as their clocks know.
    await waitFor(async () => {
      const [rows] = await world.database.query<{ count: number }>(
        `select count(*)::int as count from clock where metric = 'first_useful_action' and rung_at is not null`,
      );
      return rows?.count === 3;
    });
    await world.database.query(
      `update clock set started_at = started_at - interval '61 minutes', runs_since = runs_since - interval '61 minutes',
         due_at = due_at - interval '61 minutes', rung_at = rung_at - interval '61 minutes' where metric = 'first_useful_action'`,
    );
    await waitFor(async () => (await feed()).filter(({ rung }) => rung === 2).length === 3);
    eva = await signIn(browser, world.url, 'supervisor@hilo.test');
    await eva.goto(`${world.url}/escalations`);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const feed = async (state = 'open') => (await supervisor.done(`/escalations?state=${state}`, EscalationPage)).items;
  const button = (name: string | RegExp) => eva.getByRole('button', { name });

  it('says who waits for what since when, and is taken over with one click', async () => {
    const rosa = eva.getByRole('listitem').filter({ hasText: /Rosa Gil lleva .* fuera de plazo/u });
    await rosa.waitFor();
    await screenshot(eva, 'escalations-1-feed');
    expect(await axeFaults(eva)).toEqual([]);
    await rosa.getByRole('button', { name: 'Tomar' }).click();
    await eva.getByText('1 hecho').waitFor();
    await waitFor(async () => (await feed('acknowledged')).length === 2);
    const [taken] = await feed('acknowledged');
    const [row] = await supervisor.cases(`q=${encodeURIComponent('Rosa Gil')}`);
    expect([taken?.case.customerName, row?.assignee?.displayName]).toEqual([
      'Rosa Gil',
      taken?.acknowledgedBy?.displayName,
    ]);
  });

  it('hands on many at once, with a reason', async () => {
    for (const who of ['Lucía Prieto', 'Hassan Idrissi'])
      await eva
        .getByRole('listitem')
        .filter({ hasText: `${who} lleva` })
        .getByRole('checkbox')
        .check();
    await eva.getByText('2 elegidos').waitFor();
    await screenshot(eva, 'escalations-2-bulk');
    await button('Reasignar').click();
    const dialog = eva.getByRole('dialog');
    await dialog.getByLabel('Para').selectOption({ label: 'Crítico' });
    await dialog.getByLabel('Motivo').fill('Lo lleva el turno de tarde');
    expect(await axeFaults(eva)).toEqual([]);
    await dialog.getByRole('button', { name: 'Reasignar' }).click();
    await eva.getByText('2 hechos').waitFor();
    await eva.getByText('Nada espera a nadie').waitFor();
    expect((await feed('acknowledged')).length).toBe(6);
    const queues = await world.database.query<{ name: string }>(
      `select q.name from cases c join queue q on q.id = c.queue_id where c.assignee_id is null`,
    );
    expect(queues.map(({ name }) => name)).toEqual(['Crítico', 'Crítico']);
  });

  it('reads the ladder in plain words, and makes another version of it', async () => {
    await button(/^Tu cuenta/u).click();
    await eva.getByRole('menuitem', { name: 'Escaleras' }).click();
    const ladder = eva.getByRole('article', { name: 'General' });
    await ladder.getByText('Al 75 % del plazo').waitFor();
    await button('Editar el peldaño 2').click();
    await screenshot(eva, 'ladders-1-edit');
    expect(await axeFaults(eva)).toEqual([]);
    await ladder.getByLabel('Minutos para acusar').fill('20');
    await ladder.getByText(/alguien lo acusa antes de 20 min/u).waitFor();
    await button('Guardar versión').click();
    await ladder.getByText(/^Versión 2/u).waitFor();
    const { items } = await supervisor.done('/ladders', LadderPage);
    expect(items.map(({ version, rungs }) => [version, rungs[1]?.acknowledgeMinutes])).toEqual([[2, 20]]);
    await eva.setViewportSize({ width: 390, height: 844 });
    await eva.emulateMedia({ colorScheme: 'dark' });
    await screenshot(eva, 'ladders-2-narrow-dark');
    expect(await axeFaults(eva)).toEqual([]);
  });
});
