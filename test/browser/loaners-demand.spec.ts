import type { Browser, Page } from 'playwright-core';
import { LoanerModelList } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Where a loaner was wanted and none was there: a supervisor sees it, and sends what another store can spare. */
describe('unmet demand, in the browser', () => {
  let world: World;
  let browser: Browser;
  let boss: Staff;
  let elena: Page;
  let modelId: string | undefined;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    const agent = await world.login('agent@hilo.test');
    boss = await world.login('supervisor@hilo.test');
    const { items } = await boss.done('/loaner-models', LoanerModelList, {
      ...{ method: 'POST', body: { brand: 'Auriga', name: 'Tres', os: 'android', sims: ['nano'] } },
    });
    modelId = items.find(({ name }) => name === 'Tres')?.id;
    for (const label of ['GV-1', 'GV-2', 'GV-3'])
      await boss.ask('/loaners', {
        ...{ method: 'POST', body: { storeId: world.stores.granvia, modelId, label, grade: 'A' } },
      });
    for (const name of ['Nuria Salas', 'Iván Prieto']) {
      const person = await world.outside.newcomer(name);
      await world.outside.writeDm(person, 'Me he quedado sin móvil.');
      const row = await waitFor(async () => (await agent.cases(`q=${person.handle}`))[0]);
      const body = { outcome: 'none_available', storeId: world.stores.goya, modelId };
      await agent.ask(`/cases/${row.id}/loan-decisions`, { method: 'POST', body });
    }
    elena = await signIn(browser, world.url, 'supervisor@hilo.test');
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('says where, what and who still waits, each with the way to its case', async () => {
    await elena.goto(`${world.url}/loaners?show=demand`);
    const row = elena.getByRole('row', { name: /Nexo Goya/u });
    await row.getByRole('button', { name: 'Enviar (3)' }).waitFor();
    expect(await row.getByRole('cell').allTextContents()).toEqual(['', '2', '2', 'Enviar (3)']);
    await row.getByRole('button', { name: /Auriga Tres/u }).click();
    const rows = elena.getByRole('region', { name: 'Cada vez en Nexo Goya: Auriga Tres' });
    await rows.getByText('aún espera').first().waitFor();
    expect(await rows.getByRole('link').count()).toBe(2);
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'loaners-demand');
    const file = elena.waitForEvent('download');
    await elena.getByRole('link', { name: 'Archivo CSV' }).click();
    expect((await file).suggestedFilename()).toBe('unmet-demand.csv');
  });

  it('sends as many as wait, in one deed', async () => {
    await elena.getByRole('button', { name: 'Enviar (3)' }).click();
    const dialog = elena.getByRole('dialog');
    expect(await dialog.getByLabel('Cuántos').inputValue()).toBe('2');
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'loaners-send');
    await dialog.getByRole('button', { name: 'Enviar 2 móviles' }).click();
    await elena.getByRole('button', { name: 'Enviar (1)' }).waitFor();
    expect(
      await world.database.query(
        `select l.label from loaner_transfer t join loaner l on l.id = t.loaner_id where t.to_store = $1 order by 1`,
        [world.stores.goya],
      ),
    ).toEqual([{ label: 'GV-1' }, { label: 'GV-2' }]);
  });

  it('takes a list row by row, and gives back what was refused with its reasons', async () => {
    await elena.goto(`${world.url}/loaners`);
    await elena.getByRole('button', { name: 'Añadir', exact: true }).click();
    const list = ['label,brand,model,store', 'GV-9,Auriga,Tres,Nexo Gran Vía', 'GV-10,Auriga,Trez,Nexo Gran Vía'];
    await elena.locator('input[type=file]').setInputFiles({
      ...{ name: 'lista.csv', mimeType: 'text/csv', buffer: Buffer.from(list.join('\n')) },
    });
    const told = elena.getByRole('dialog').getByRole('status');
    await told.getByText('no existe ese modelo').waitFor();
    await screenshot(elena, 'loaners-import');
    const file = elena.waitForEvent('download');
    await told.getByRole('button', { name: 'Filas rechazadas en un archivo' }).click();
    expect((await file).suggestedFilename()).toBe('refused.csv');
    expect(await world.database.query(`select label from loaner where label in ('GV-9', 'GV-10')`)).toEqual([
      { label: 'GV-9' },
    ]);
  });
});
