import type { Browser, Page } from 'playwright-core';
import { WentAway } from '#contracts';
import { errorOf } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Somebody takes what is next, goes away and hands it back; somebody else says who works where. */
describe('queues, in the browser', () => {
  let world: World;
  let browser: Browser;
  let marta: Page;
  let carlos: Page;

  const known = async (count: number) => {
    const [found] = await world.database.query<{ count: number }>('select count(*)::int from case_ledger');
    return found?.count === count;
  };
  const held = () =>
    world.database.query<{ name: string; who: string | null }>(
      'select c.customer_name as name, a.display_name as who from cases c left join agent a on a.id = c.assignee_id order by c.opened_at',
    );

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    marta = await signIn(browser, world.url, 'agent@hilo.test');
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('begins at what is next, and says what comes when nothing does', async () => {
    await marta.getByRole('heading', { name: 'Siguiente para mí' }).waitFor();
    await marta.getByRole('heading', { name: 'Nada te espera' }).first().waitFor();
    await marta.keyboard.press('t');
    await marta.getByText('Nada espera en tus colas').waitFor();
    for (const name of ['Ana Ruiz', 'Bea Gil']) {
      const person = await world.outside.newcomer(name);
      await world.outside.writeMail(person, { subject: 'No enciende', text: 'Se me ha muerto el móvil.' });
      await marta.locator('[data-case]', { hasText: name }).waitFor();
    }
    await waitFor(() => known(2));
    const chip = marta.locator('[data-case]', { hasText: 'Ana Ruiz' }).locator('[title*="Está aquí porque vence"]');
    await chip.waitFor();
    await screenshot(marta, 'next-es');
    expect(await axeFaults(marta)).toEqual([]);
  });

  it('takes the most urgent with one key, and opens it', async () => {
    await marta.keyboard.press('t');
    await marta.waitForURL(/cases\/H-/u);
    await marta.getByText('Tienes el caso de Ana Ruiz').waitFor();
    expect(await held()).toEqual([
      { name: 'Ana Ruiz', who: 'Marta Rey' },
      { name: 'Bea Gil', who: null },
    ]);
  });

  it('goes away handing back what should not wait, and reads what became of it', async () => {
    const account = marta.getByRole('button', { name: /^Tu cuenta/u });
    await account.click();
    await marta.getByRole('menuitem', { name: 'Ausentarme…' }).click();
    const dialog = marta.getByRole('dialog', { name: 'Ausentarme' });
    await dialog.getByRole('checkbox', { name: /Ana Ruiz/u, checked: true }).waitFor();
    await dialog.getByRole('button', { name: /devolver 1 caso/u }).click();
    await dialog.getByText('Di por qué te ausentas.').waitFor();
    await dialog.getByLabel(/^Por qué/u).fill('Formación');
    await screenshot(marta, 'away-es');
    expect(await axeFaults(marta, '[role=dialog]')).toEqual([]);
    await dialog.getByRole('button', { name: /devolver 1 caso/u }).click();
    await marta.getByText('Constas como ausente: Formación').waitFor();
    expect((await held()).map(({ who }) => who)).toEqual([null, null]);
    await dialog.waitFor({ state: 'detached' });
    await marta.keyboard.press('t');
    await marta.getByText('Di que has vuelto para tomar casos').waitFor();
    await marta.getByRole('button', { name: 'He vuelto' }).click();
    const returned = marta.getByRole('dialog', { name: 'Mientras no estabas' });
    await returned.getByText('Espera en Atención al cliente').waitFor();
    await screenshot(marta, 'returned-es');
    await returned.getByRole('button', { name: 'Cerrar' }).click();
  });

  it('tells of each case by itself whether it was handed back, and lets nobody look after queues who may not', async () => {
    const agent = await world.login('agent@hilo.test');
    const [mine, others] = await world.database.query<{ id: string }>('select id from cases order by opened_at');
    await world.database.query(
      `update cases set assignee_id = (select id from agent where email = 'agent@hilo.test') where id = $1`,
      [mine?.id],
    );
    const body = { reason: 'Comida', handBack: [others?.id, mine?.id] };
    const { away, results } = await agent.done('/me/away', WentAway, { method: 'POST', body });
    expect(away).toMatchObject({ reason: 'Comida', until: null });
    expect(results.map(({ id, error }) => [id, error?.code ?? null])).toEqual([
      [others?.id, 'away.not_yours'],
      [mine?.id, null],
    ]);
    expect((await agent.ask('/me/away', { method: 'DELETE' })).status).toBe(200);
    for (const [method, path, sent] of [
      ['GET', '/workers', undefined],
      ['POST', '/queues', { name: 'Mía' }],
    ] as const)
      expect(errorOf(await agent.ask(path, { method, body: sent }))).toMatchObject({ code: 'permission.denied' });
  });

  it('says who works a queue and what people can do', async () => {
    carlos = await signIn(browser, world.url, 'supervisor@hilo.test');
    await carlos.getByRole('button', { name: /^Tu cuenta/u }).click();
    await carlos.getByRole('menuitem', { name: 'Colas y personas' }).click();
    await carlos.getByLabel('Nueva cola').fill('Fibra');
    await carlos.getByRole('button', { name: 'Crear' }).click();
    const queue = carlos.getByRole('article', { name: 'Fibra' });
    await queue.getByLabel(/^Qué hay que saber/u).fill('fibra, redes');
    await queue.getByLabel('Marta Rey').check();
    await screenshot(carlos, 'queues-es');
    expect(await axeFaults(carlos)).toEqual([]);
    await queue.getByRole('button', { name: 'Guardar' }).click();
    await carlos.getByText('Guardado').waitFor();
    const kept = await world.database.query(
      `select q.skills, a.display_name as who from queue q join queue_member m on m.queue_id = q.id join agent a on a.id = m.agent_id where q.name = 'Fibra'`,
    );
    expect(kept).toEqual([{ skills: ['fibra', 'redes'], who: 'Marta Rey' }]);
    await carlos.getByRole('link', { name: 'Personas' }).click();
    await carlos.getByRole('button', { name: 'Cambiar lo de Marta Rey' }).click();
    const dialog = carlos.getByRole('dialog', { name: 'Marta Rey' });
    await dialog.getByLabel('Casos que puede llevar').fill('12');
    await dialog.getByLabel('Qué sabe').fill('Fibra, redes');
    await dialog.getByRole('checkbox', { name: 'Español' }).check();
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await carlos.getByText('0 de 12').waitFor();
    await screenshot(carlos, 'workers-es');
    expect(await axeFaults(carlos)).toEqual([]);
  });
});
