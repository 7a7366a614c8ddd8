import type { Browser, Page } from 'playwright-core';
import { CaseDetail } from '#contracts';
import { aRepair } from '../e2e/foreign.repairs.js';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** A repair is done, and there is no way to write to whose it is. */
describe('news nobody could write, in the browser', () => {
  let world: World;
  let browser: Browser;
  let elena: Page;
  let supervisor: Staff;
  let caseId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    supervisor = await world.login('supervisor@hilo.test');
    const person = await world.outside.newcomer('Nuria Vela');
    await world.outside.writeMail(person, { subject: 'Móvil', text: 'No enciende.' });
    const row = await waitFor(async () => (await supervisor.cases('view=open'))[0]);
    caseId = row.id;
    const { repairId } = await aRepair(world, supervisor, caseId);
    await world.database.query(
      `update contact_point set valid_to = now(), end_reason = 'somebody_else' where customer_id = $1`,
      [row.customer.id],
    );
    for (const to of ['diagnosed', 'in_repair', 'repaired'])
      expect((await supervisor.ask(`/repairs/${repairId}/stage`, { method: 'POST', body: { to } })).status).toBe(200);
    elena = await signIn(browser, world.url, 'supervisor@hilo.test');
    await elena.goto(`${world.url}/cases/${row.reference}`);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  it('stands above the story with what to say, until somebody has said it', async () => {
    const strip = elena.getByRole('status', { name: 'Lo que falta por contarle' });
    await strip.getByText('ya está reparado').waitFor();
    expect(await axeFaults(elena)).toEqual([]);
    await screenshot(elena, 'untold-es');
    await strip.getByRole('button', { name: 'Ya lo sabe' }).click();
    await elena.getByRole('menuitem', { name: 'Se lo he dicho por teléfono' }).click();
    await strip.getByText('ya está reparado').waitFor({ state: 'detached' });
    expect((await supervisor.done(`/cases/${caseId}`, CaseDetail)).untold).toEqual([]);
  });
});
