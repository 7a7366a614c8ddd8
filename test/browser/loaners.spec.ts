import type { Browser, Page } from 'playwright-core';
import { LoanerModelList, type LoanerHistory } from '#contracts';
import type { Person } from '../e2e/outside.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Step 2 of the golden story, its loaner: kept by an agent at the nearest store, handed over there, taken back and cleaned. */
describe('a phone in the hand meanwhile, in the browser', () => {
  let world: World;
  let browser: Browser;
  let agent: Staff;
  let boss: Staff;
  let marta: Page;
  let ruben: Page;
  let person: Person;
  let reference: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    await world.database.query(
      `update store set lat = case code when 'goya' then 40.4247 else 40.4203 end, lon = case code when 'goya' then -3.6791 else -3.7058 end, postcode = case code when 'goya' then '28001' else '28013' end where code in ('goya', 'granvia')`,
    );
    [agent, boss] = await Promise.all([world.login('agent@hilo.test'), world.login('supervisor@hilo.test')]);
    await stock('goya', 'Uno', 2);
    await stock('granvia', 'Dos', 1);
    person = await world.outside.newcomer('Lucía Ferrer Gil');
    await world.outside.writeDm(person, 'Se me ha muerto el móvil.');
    const row = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
    reference = row.reference;
    await world.database.query(`update customer set postcode = '28001', city = 'Madrid' where id = $1`, [
      row.customer.id,
    ]);
    for (const kind of ['calls', 'apps'])
      await agent.ask(`/cases/${row.id}/impacts`, { method: 'POST', body: { kind } });
    [marta, ruben] = await Promise.all([
      signIn(browser, world.url, 'agent@hilo.test'),
      signIn(browser, world.url, 'store@hilo.test', { viewport: { width: 834, height: 1112 } }),
    ]);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  async function stock(store: 'goya' | 'granvia', name: string, count: number): Promise<void> {
    const { items } = await boss.done('/loaner-models', LoanerModelList, {
      ...{ method: 'POST', body: { brand: 'Auriga', name, os: 'android', sims: ['nano', 'esim'] } },
    });
    const modelId = items.find((model) => model.name === name)?.id;
    for (let n = 1; n <= count; n += 1)
      await boss.ask('/loaners', {
        ...{ method: 'POST', body: { storeId: world.stores[store], modelId, label: `${store}-${n}`, grade: 'A' } },
      });
  }
  const loanerAt = async (label: string): Promise<LoanerHistory['state'] | undefined> => {
    const [row] = await world.database.query<{ state: LoanerHistory['state'] }>(
      'select state from loaner where label = $1',
      [label],
    );
    return row?.state;
  };
  const dialog = (page: Page) => page.getByRole('dialog');
  const panel = (page: Page) => page.getByRole('region', { name: 'Préstamo' });

  it('an agent has one kept at the store nearest the customer, by key', async () => {
    await marta.goto(`${world.url}/cases/${reference}`);
    await panel(marta).getByText('Aún no se ha decidido').waitFor();
    await marta.keyboard.press('l');
    const shelves = dialog(marta).getByRole('radiogroup', { name: 'Cuál' });
    await shelves.getByText('Auriga Uno').waitFor();
    expect(await shelves.getByRole('group').evaluateAll((all) => all.map((each) => each.ariaLabel))).toEqual([
      ...['Nexo Goya', 'Nexo Gran Vía'],
    ]);
    await dialog(marta).getByRole('combobox', { name: 'Su SIM' }).selectOption('nano');
    await shelves.getByText('su SIM entra').first().waitFor();
    await shelves.getByText('Auriga Uno').click();
    await screenshot(marta, 'loan-decide');
    expect(await axeFaults(marta)).toEqual([]);
    await dialog(marta).getByRole('button', { name: 'Guardar para el cliente' }).click();
    await panel(marta).getByText('Se le guarda en Nexo Goya.').waitFor();
    expect(await loanerAt('goya-1')).toBe('reserved');
    expect(await panel(marta).getByRole('button', { name: 'Entregar' }).count()).toBe(0);
    await screenshot(marta, 'loan-kept');
  });

  it('the store sees who comes for it, and hands it over, signed', async () => {
    await ruben.goto(`${world.url}/loaners`);
    const expected = ruben.getByRole('region', { name: /Vienen a por ellos/u });
    await expected.getByText('Lucía Ferrer Gil').waitFor();
    expect(await axeFaults(ruben)).toEqual([]);
    await screenshot(ruben, 'loaners-board');
    await expected.getByRole('link').click();
    await ruben.getByRole('button', { name: 'Ficha del cliente' }).click();
    await panel(ruben).getByRole('button', { name: 'Entregar' }).click();
    const form = dialog(ruben).last();
    await form.getByText('Condiciones del préstamo, versión 1').waitFor();
    const pad = await form.locator('canvas').boundingBox();
    await form.locator('canvas').scrollIntoViewIfNeeded();
    const box = (await form.locator('canvas').boundingBox()) ?? pad;
    if (!box) throw new Error('nowhere to sign');
    await ruben.mouse.move(box.x + 40, box.y + 60);
    await ruben.mouse.down();
    await ruben.mouse.move(box.x + 160, box.y + 30, { steps: 8 });
    await ruben.mouse.move(box.x + 220, box.y + 90, { steps: 8 });
    await ruben.mouse.up();
    await screenshot(ruben, 'loan-hand-over');
    await form.getByRole('button', { name: 'Entregar' }).click();
    await panel(ruben).getByText('Lo tiene prestado, de Nexo Goya.').waitFor();
    expect(await loanerAt('goya-1')).toBe('on_loan');
    await panel(marta).getByText('Con él recupera: llamadas y apps').waitFor();
    expect((await agent.case(reference)).lacks).toEqual([]);
    await screenshot(marta, 'loan-out');
  });

  it('a case with a phone of ours is not closed, and says so', async () => {
    const { id, version } = await agent.case(reference);
    const { body } = await agent.ask(`/cases/${id}`, { method: 'PATCH', body: { status: 'closed', version } });
    expect(JSON.stringify(body)).toContain('Auriga Uno');
  });

  it('back again it is cleaned step by step, on a board for fingers, before it is free', async () => {
    await panel(ruben).getByRole('button', { name: 'Recoger' }).click();
    const form = dialog(ruben).last();
    await form.getByLabel('O por qué no firma aquí').fill('Lo trae su hermana');
    await form.getByRole('button', { name: 'Recoger' }).click();
    await panel(ruben).getByText('Devuelto').waitFor();
    await ruben.goto(`${world.url}/loaners`);
    const toClean = ruben.getByRole('region', { name: /Por limpiar/u });
    await toClean.getByText('Auriga Uno').waitFor();
    await screenshot(ruben, 'loaners-to-clean');
    for (const step of ['Cuentas cerradas', 'Bloqueo quitado', 'SIM fuera'])
      await Promise.all([
        toClean.getByRole('button', { name: step, pressed: true }).waitFor(),
        toClean.getByRole('button', { name: step }).click(),
      ]);
    await toClean.getByRole('button', { name: 'Borrado' }).click();
    await toClean.waitFor({ state: 'hidden' });
    expect(await loanerAt('goya-1')).toBe('available');
  });
});
