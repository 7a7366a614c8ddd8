import type { Browser, Page } from 'playwright-core';
import type { Dm, Person } from '../e2e/outside.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { openBrowser, joinedLive, openContext, scan, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';

const NAME = 'Lucía Ferrer Gil';
const PHONE = '+34612407718';
const IMEI = '356938035643809';
const DAY = [{ from: '00:00', to: '24:00' }];
const ALWAYS = {
  weekly: { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: DAY, sun: DAY },
  exceptions: [],
};

/** Chapters 1, 2, 3 and 5 of the golden story: a message, a way to the store, the counter, the telephone. Nobody asks twice. */
describe('nobody explains twice, in the browser', () => {
  let world: World;
  let browser: Browser;
  let agent: Staff;
  let marta: Page;
  let ruben: Page;
  let person: Person;
  let reference: string;
  let dm: Dm;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    await world.database.query(`update store set lat = 40.4247, lon = -3.6791, hours = $1 where code = 'goya'`, [
      ALWAYS,
    ]);
    person = await world.outside.newcomer(NAME);
    agent = await world.login('agent@hilo.test');
    [marta, ruben] = await Promise.all([
      signIn(browser, world.url, 'agent@hilo.test'),
      signIn(browser, world.url, 'store@hilo.test', { viewport: { width: 820, height: 1180 } }),
    ]);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const dialog = () => marta.getByRole('dialog');
  const storyOn = (page: Page) => page.getByRole('region', { name: 'Historia hasta ahora' });

  it('1 · a direct message is a case, with what she lacks', async () => {
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil: ni llamadas, ni datos, ni apps.');
    await marta.goto(`${world.url}/inbox?view=open`);
    await marta.locator('[data-case]', { hasText: NAME }).click();
    await marta.waitForURL(/\/cases\/H-/u);
    reference = /H-\w{4}-\w{2}/u.exec(marta.url())?.[0] ?? '';
    for (const lost of ['Llamadas', 'Datos', 'Apps']) {
      await marta.getByRole('button', { name: 'Le falta algo más' }).click();
      await marta.getByRole('menuitem', { name: lost }).click();
      await marta.getByRole('button', { name: `${lost}: sin comprobar` }).waitFor();
    }
    expect((await agent.case(reference)).lacks.toSorted()).toEqual(['apps', 'calls', 'data']);
  });

  it('2 · an agent confirms the problem and shows her the way to a store', async () => {
    await marta.keyboard.press('m');
    await marta.getByRole('button', { name: /Etapa.*muerto/u }).click();
    await marta.getByRole('menuitem', { name: 'por mensaje' }).click();
    await marta.getByText(/De acuerdo: .+, por mensaje/u).waitFor();
    await marta.keyboard.press('w');
    await dialog().getByText('Nexo Goya', { exact: true }).click();
    await dialog().getByRole('button', { name: 'Enviar y avisar a la tienda' }).click();
    await marta.getByText('Va camino de Nexo Goya').waitFor();
    await screenshot(marta, 'thread-2-redirect');
    world.clock.advance(60_000);
    [dm] = await waitFor(async () => {
      const dms = await world.outside.dmsTo(person);
      return dms.length === 1 && (dms as [Dm]);
    });
    expect(dm.text).toContain('Nexo Goya, Calle de Goya, 47 (Madrid)');
    expect(dm.text).toContain(reference);
  });

  it('3 · the counter scans her code: the same case, with its story; the visit joins it', async () => {
    const link = /https?:\/\/\S+\/t\/[\w-]{32}/u.exec(dm.text)?.[0] ?? '';
    const page = await (await openContext(browser, { viewport: { width: 390, height: 844 } })).newPage();
    await page.goto(link);
    await page.getByText(reference).first().waitFor();
    await screenshot(page, 'thread-3-her-page');

    await ruben.goto(`${world.url}/inbox?view=open`);
    await ruben.getByRole('navigation').first().waitFor();
    await scan(ruben, reference);
    await ruben.waitForURL(new RegExp(`/cases/${reference}`, 'u'));
    await storyOn(ruben)
      .getByText(/muerto el móvil/u)
      .first()
      .waitFor();
    await screenshot(ruben, 'thread-3-counter-story');

    await ruben.goto(`${world.url}/visit`);
    await ruben.getByLabel('Buscar a la persona').fill(reference);
    await ruben.getByRole('button', { name: 'Unirme a su caso' }).click();
    const counter = new AtCounter(ruben);
    await ruben.getByLabel(/¿Algo nuevo/u).fill('No enciende. Ya probó otro cargador.');
    await counter.step('Equipo');
    await counter.choice('Se lo lleva').check();
    await ruben.getByLabel(/IMEI/u).first().fill(IMEI);
    await counter.step('Conectar');
    await counter.choice('No hay').check();
    await counter.step('Reconocer');
    await ruben.getByRole('button', { name: 'Añadir teléfono, correo o @usuario' }).click();
    await ruben.getByLabel('Teléfono').fill('612 40 77 18');
    await counter.finish();
    expect(await agent.cases()).toHaveLength(1);
  });

  it('5 · she telephones: a third handler reads the story and has nothing to ask again', async () => {
    const ivan = await signIn(browser, world.url, 'ivan@hilo.test');
    // The page before has gone with all it had asked for.
    await ivan.goto('about:blank');
    const live = joinedLive(ivan);
    await ivan.goto(`${world.url}/inbox?view=open`);
    await live;
    const switchboard = await world.login('supervisor@hilo.test');
    await switchboard.ask('/calls/ringing', { method: 'POST', body: { phone: PHONE } });
    const corner = ivan.getByRole('region', { name: 'Llamadas entrantes' });
    await corner.getByRole('group', { name: NAME }).waitFor();
    await corner.getByRole('link', { name: 'Abrir el caso' }).click();
    await ivan.waitForURL(new RegExp(`/cases/${reference}`, 'u'));
    const answered = { phone: PHONE, direction: 'inbound', outcome: 'answered', text: '¿Cómo va lo mío?' };
    await agent.ask('/calls', { method: 'POST', body: answered });
    const story = storyOn(ivan);
    // Known, and read out whole only to her.
    await story
      .getByText(`IMEI •••• ${IMEI.slice(-3)}`)
      .first()
      .waitFor();
    await story.getByText('Veces que ha tenido que repetirlo: 0').waitFor();
    await ivan.locator('#composer-text').fill('¿Me dices el IMEI?');
    const hint = ivan.getByRole('status', { name: 'Ya consta' });
    await hint.getByRole('button', { name: 'Insertar' }).click();
    await screenshot(ivan, 'thread-5-third-handler');
    const found = await agent.case(reference);
    expect(found.reExplanations).toBe(0);
    expect(found.channels.toSorted()).toEqual(['phone', 'store', 'twitter']);
    const cases: { count: string }[] = await world.database.query('select count(*) from cases where customer_id = $1', [
      found.customer.id,
    ]);
    expect(cases[0]?.count).toBe('1');
  });
});
