import type { Browser, Page } from 'playwright-core';
import type { Person } from '../e2e/outside.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

const IMEI = '356938035643809';
/** As whoever has not proven who they are is told it. */
const TOLD = `•••• ${IMEI.slice(-3)}`;

/** Three people have worked on a case; the fourth reads its story, asks nothing again, and ends it. */
describe('the story so far, in the browser', () => {
  let world: World;
  let browser: Browser;
  let elena: Page;
  let agent: Staff;
  let person: Person;
  let caseId: string;
  let reference: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    person = await world.outside.newcomer('Lucía Ferrer Gil');
    [agent, elena] = await Promise.all([
      world.login('agent@hilo.test'),
      signIn(browser, world.url, 'supervisor@hilo.test'),
    ]);
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil. Ya probé otro cargador.');
    await waitFor(async () => (await agent.cases()).length === 1);
    const store = await world.login('store@hilo.test');
    const visit = await store.visit({
      storeId: world.stores.goya,
      customer: { displayName: person.displayName, twitterHandle: person.handle, email: person.email },
      text: 'Trae el equipo apagado',
      lacks: ['calls', 'photos'],
      device: { imei: IMEI, model: 'Auriga One' },
    });
    caseId = visit.caseId;
    reference = visit.caseReference;
    const caller = await world.login('ivan@hilo.test');
    const phone = { phone: '+34612407718', direction: 'outbound', outcome: 'no_answer', caseReference: reference };
    await caller.ask('/calls', { method: 'POST', body: phone });
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const story = () => elena.getByRole('region', { name: /Historia hasta ahora|Story so far/u });
  const dialog = () => elena.getByRole('dialog');
  const composer = () => elena.getByRole('textbox', { name: 'Para el cliente' }).or(elena.locator('#composer-text'));

  it('is the first thing on the screen, told by what was done', async () => {
    await elena.goto(`${world.url}/cases/${reference}`);
    await story().getByText(`Auriga One · IMEI ${TOLD}`).waitFor();
    await story().getByText('Le llamamos, sin éxito').waitFor();
    await story().getByText('Fotos').waitFor();
    await story().getByText('Veces que ha tenido que repetirlo: 0').waitFor();
  });

  it('takes the words of an entry with one key', async () => {
    await elena.locator('[data-entry]', { hasText: 'Ya probé otro cargador' }).hover();
    await elena.keyboard.press('b');
    await dialog().getByLabel('Con pocas palabras').fill('Otro cargador');
    await dialog().getByText('Probado', { exact: true }).click();
    await screenshot(elena, 'story-2-add');
    expect(await axeFaults(elena)).toEqual([]);
    await dialog().getByRole('button', { name: 'Añadir', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    await story().getByText('Otro cargador').waitFor();
    const facts = (await agent.case(caseId)).story.filter(({ text }) => text === 'Otro cargador');
    expect(facts).toMatchObject([
      { kind: 'tried', entryId: expect.any(String) as string, author: { displayName: 'Elena Vidal' } },
    ]);
  });

  it('a promise is a fact with a name and a time, and is on the case', async () => {
    await elena.keyboard.press('b');
    await dialog().getByText('Prometido', { exact: true }).click();
    await dialog().getByLabel('Es escribirle con novedades').check();
    await dialog().getByLabel('Para cuándo').fill('2030-01-02T18:00');
    await dialog().getByRole('button', { name: 'Añadir', exact: true }).click();
    await dialog().waitFor({ state: 'detached' });
    await story().getByText('Escribirle con novedades').waitFor();
    expect((await agent.case(caseId)).nextUpdateDueAt).toBe('2030-01-02T17:00:00.000Z');
    await screenshot(elena, 'story-1-case');
    expect(await axeFaults(elena)).toEqual([]);
  });

  it('what is held is offered to whoever is about to ask for it; nothing had to be repeated', async () => {
    await composer().fill('¿Me puedes dar el IMEI?');
    const hint = elena.getByRole('status', { name: 'Ya consta' });
    await hint.getByText(TOLD).waitFor();
    await screenshot(elena, 'story-3-known');
    expect(await axeFaults(elena)).toEqual([]);
    await hint.getByRole('button', { name: 'Insertar' }).click();
    expect(await composer().inputValue()).toBe(`¿Me puedes dar el IMEI? ${TOLD}`);
    await hint.waitFor({ state: 'hidden' });
    expect((await agent.case(caseId)).reExplanations).toBe(0);
    await composer().fill('');
    await composer().press('Escape');
  });

  it('is handed over as text in the language of the reader', async () => {
    await elena.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await elena.keyboard.press('Shift+B');
    await elena.getByText('Relevo copiado').waitFor();
    const text = String(await elena.evaluate('navigator.clipboard.readText()'));
    expect(text.split('\n')[0]).toContain(reference);
    expect(text).toContain(`Auriga One · IMEI ${TOLD}`);
    expect(text).toContain('Probado: ');
  });

  it('prints the story and nothing else', async () => {
    await elena.emulateMedia({ media: 'print' });
    expect(await elena.locator('.story-print h1').isVisible()).toBe(true);
    expect(await elena.locator('main').isVisible()).toBe(false);
    await screenshot(elena, 'story-4-print');
    await elena.emulateMedia({ media: 'screen' });
  });

  it('a customer who says it again is counted when a person agrees', async () => {
    await world.outside.writeDm(person, 'Ya os lo he explicado en la tienda…');
    const entry = elena.locator('[data-entry]', { hasText: 'Ya os lo he explicado' });
    await entry.getByText('Parece que ya lo había explicado.').waitFor();
    await screenshot(elena, 'story-5-again');
    await entry.getByRole('button', { name: 'Contarlo como repetición' }).click();
    await story().getByText('Veces que ha tenido que repetirlo: 1').waitFor();
    await entry.getByText('Parece que ya lo había explicado.').waitFor({ state: 'hidden' });
  });

  it('the problem is understood when the customer agreed, and what they lack moves on by one click', async () => {
    const problems = elena.getByRole('region', { name: 'Problemas' });
    await problems.getByRole('button', { name: /^Etapa: Recibido/u }).click();
    await elena.getByRole('menuitem', { name: 'por teléfono' }).click();
    await problems.getByText(/^De acuerdo:/u).waitFor();
    await problems.getByRole('button', { name: 'Llamadas: sin comprobar' }).click();
    await elena.getByRole('menuitem', { name: 'Aliviado' }).click();
    await problems.getByRole('button', { name: 'Llamadas: aliviado' }).waitFor();
    await screenshot(elena, 'story-6-problems');
    expect(await agent.case(caseId)).toMatchObject({ status: 'understood', lacks: ['photos'] });
  });

  it('cannot be closed with something open; says what, and the way out of each', async () => {
    await elena.keyboard.press('s');
    await elena.getByRole('menuitem', { name: 'Cerrado' }).click();
    await dialog().getByText('Llamadas: aliviado').waitFor();
    await dialog().getByText('Fotos: sin comprobar').waitFor();
    await dialog()
      .getByText(/lo prometió Elena Vidal/u)
      .waitFor();
    await screenshot(elena, 'story-7-closing');
    expect(await axeFaults(elena)).toEqual([]);
    const refused = await agent.ask(`/cases/${caseId}`, {
      method: 'PATCH',
      body: { status: 'closed', version: (await agent.case(caseId)).version },
    });
    expect(refused.status).toBe(409);
    for (const name of ['Ya funciona', 'Ya funciona', 'Cumplida']) {
      const open = await dialog().getByRole('listitem').count();
      await dialog().getByRole('button', { name }).first().click();
      await waitFor(async () => (await dialog().getByRole('listitem').count()) < open);
    }
    await dialog().getByText('por teléfono').click();
    await dialog().getByRole('button', { name: 'Cerrar el caso' }).click();
    await waitFor(async () => (await agent.case(caseId)).status === 'closed');
    const confirmed = await world.database.query(
      `select data from case_event where case_id = $1 and type = 'closing.confirmed'`,
      [caseId],
    );
    expect(confirmed).toEqual([{ data: { by: expect.any(String) as string, how: 'phone', entryId: null } }]);
  });

  it('speaks English, fits a phone, and is readable in the dark', async () => {
    expect((await agent.ask('/session', { method: 'PATCH', body: { language: 'en' } })).status).toBe(200);
    const dark = await signIn(browser, world.url, 'agent@hilo.test', {
      locale: 'en-GB',
      colorScheme: 'dark',
      viewport: { width: 390, height: 844 },
    });
    await dark.goto(`${world.url}/cases/${reference}`);
    await dark.getByRole('region', { name: 'Story so far' }).getByText('We called without success').waitFor();
    await screenshot(dark, 'story-8-phone-dark');
    expect(await axeFaults(dark)).toEqual([]);
  });
});
