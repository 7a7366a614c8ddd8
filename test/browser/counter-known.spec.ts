import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { z } from 'zod';
import { CaseBenefits, CaseCodeAnswer, CaseLoans, CaseRepairs, LoanerModelList } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { cameraArgs, filmOf } from '../support/fake-camera.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';

const TABLET = { viewport: { width: 834, height: 1112 } };
const IMEI = '490154203237518';

/** Somebody we know brings a dead phone and leaves with another one, and with what a rule gives them for their trouble. */
describe('a known customer, with a loaner from the shelf', () => {
  let world: World;
  let browser: Browser;
  let folder: string;
  let agent: Staff;
  let caseId: string;
  let page: Page;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hilo-camera-'));
    world = await startWorld();
    agent = await world.login('agent@hilo.test');
    const lead = await world.login('supervisor@hilo.test');
    const person = await world.outside.newcomer('Lucía Ferrer Gil');
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil y no puedo llamar.');
    const [row] = await waitFor(async () => {
      const rows = await agent.cases();
      return rows.length === 1 && rows;
    });
    caseId = row?.id ?? '';
    const post = (path: string, schema: z.ZodType, body: unknown) => lead.done(path, schema, { method: 'POST', body });
    const model = { brand: 'Auriga', name: 'Lite', os: 'android', sims: ['nano', 'esim'] };
    const models = LoanerModelList.parse(await post('/loaner-models', LoanerModelList, model));
    for (const label of ['P-0142', 'P-0097'])
      await post('/loaners', z.unknown(), { storeId: world.stores.goya, modelId: models.items[0]?.id, label });
    // Three days have passed, as a rule has it.
    await world.database.query(
      `insert into benefit (id, case_id, customer_id, kind, state, "values", value_cents, currency, tier, rule_id, rule_version, created_at, state_at)
       select new_id(), c.id, c.customer_id, 'voucher', 'proposed', v.terms - 'kind', 1000, 'EUR', 'standard', v.rule_id, v.version, now(), now()
       from cases c, goodwill_rule_version v join goodwill_rule r on r.id = v.rule_id where c.id = $1 and r.name = 'Tres días sin servicio'`,
      [caseId],
    );
    const { url } = await agent.done(`/cases/${caseId}/code`, CaseCodeAnswer);
    const film = await filmOf(folder, [
      { text: url, format: 'QRCode' },
      { text: IMEI, format: 'Code128' },
    ]);
    browser = await openBrowser(cameraArgs(film));
    page = await signIn(browser, world.url, 'store@hilo.test', TABLET);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const photo = (background: string) =>
    sharp({ create: { width: 3000, height: 2000, channels: 3, background } })
      .jpeg()
      .toBuffer();

  it('is through in 90 seconds and 15 taps; the voucher is one more', async () => {
    const counter = new AtCounter(page);
    const { button, choice, heading } = counter;
    const files = page.locator('input[type=file]');
    const pictures = await Promise.all(['#733', '#337', '#373'].map(photo));
    await heading('¿Quién viene?').waitFor();
    const started = Date.now();
    await counter.tap(button('Escanear'));
    await counter.tap(button('Unirme a su caso'));
    await counter.tap(button('Sí, es así'));
    await heading('El equipo').waitFor();
    await counter.tap(button('Escanear'));
    await waitFor(async () => (await page.getByLabel('IMEI').first().inputValue()).replaceAll(' ', '') === IMEI);
    // Told in the first message, not asked again.
    await choice('No enciende').and(page.locator(':checked')).waitFor();
    await counter.tap(button('Sin marcas'));
    await counter.photos(files, pictures.slice(0, 2));
    await counter.tap(choice('Desactivado'));
    await counter.tap(button('Decidir'));
    await counter.tap(choice(/Lo cubre la garantía/u));
    await heading('Que siga con teléfono').waitFor();
    await counter.tap(choice(/P-0142/u));
    await counter.photos(files, pictures.slice(2));
    await page.getByRole('region', { name: 'Foto del préstamo al salir' }).getByRole('img').waitFor();
    await counter.tap(button('Como nuevo, sin marcas'));
    await heading('Lo acordado').waitFor();
    await counter.sign();
    await counter.tap(button('Terminar'));
    await heading('Visita anotada').waitFor();
    const seconds = (Date.now() - started) / 1000;
    process.stdout.write(`known customer with a loaner: ${counter.taps} taps, ${seconds.toFixed(1)} s\n`);
    expect(counter.taps).toBeLessThanOrEqual(15);
    expect(seconds).toBeLessThan(90);
    const [repair] = (await agent.done(`/cases/${caseId}/repairs`, CaseRepairs)).items;
    const { loans } = await agent.done(`/cases/${caseId}/loans`, CaseLoans);
    expect(repair?.stage).toBe('received');
    expect(repair?.promisedReturnAt).not.toBeNull();
    expect(loans).toMatchObject([{ state: 'active', loaner: { label: 'P-0142' } }]);
  }, 90_000);

  it('the condition is asked of each phone anew, and the goodwill is given where it is signed', async () => {
    const person = await world.outside.newcomer('Ana Roca Vidal');
    await world.outside.writeDm(person, 'Hola, no puedo llamar.');
    const row = await waitFor(async () => (await agent.cases()).find(({ id }) => id !== caseId));
    await world.database.query(
      `insert into benefit (id, case_id, customer_id, kind, state, "values", value_cents, currency, tier, rule_id, rule_version, created_at, state_at)
       select new_id(), c.id, c.customer_id, v.terms ->> 'kind', 'proposed', (v.terms - 'kind') || '{"currency": "EUR"}', 1000, 'EUR', 'standard', v.rule_id, v.version, now(), now()
       from cases c, goodwill_rule_version v join goodwill_rule r on r.id = v.rule_id where c.id = $1 and r.name in ('Un día sin servicio', 'Tres días sin servicio')`,
      [row.id],
    );
    await agent.ask(`/cases/${row.id}/impacts`, { method: 'POST', body: { kind: 'calls' } });
    const { url } = await agent.done(`/cases/${row.id}/code`, CaseCodeAnswer);
    const counter = new AtCounter(page);
    const { button, choice, heading } = counter;
    await page.goto(`${world.url}/visit`);
    await page.getByLabel('Buscar a la persona').fill(url);
    await button('Unirme a su caso').click();
    await button('Sí, es así').click();
    await counter.step('Equipo');
    await page.getByLabel('IMEI').first().fill('3569380356438');
    await page
      .getByRole('alert')
      .filter({ hasText: /cifras/u })
      .waitFor();
    await screenshot(page, 'counter-imei-wrong');
    await page.getByLabel('IMEI').first().fill('356938035643809');
    await choice('Se lo lleva').check();
    await counter.step('Conectar');
    await choice(/P-0097/u).check();
    await button('Tiene marcas').click();
    await page.getByLabel('Qué se ve').fill('Un roce');
    await button('Como nuevo, sin marcas').click();
    await screenshot(page, 'counter-known-keep');
    expect(await axeFaults(page)).toEqual([]);
    await counter.step('Firmar');
    const gifts = page.getByRole('region', { name: 'Por las molestias' });
    await gifts.getByLabel('Cuota mensual (EUR)').fill('30');
    await gifts.getByRole('checkbox', { name: /50 % menos de cuota/u }).check();
    await page.getByRole('region', { name: 'Resumen' }).getByText('50 % menos de cuota').waitFor();
    await gifts.scrollIntoViewIfNeeded();
    await screenshot(page, 'counter-gifts');
    expect(await axeFaults(page)).toEqual([]);
    await counter.step('Conectar');
    await button('No se puede: decir por qué').click();
    await button('La cámara no va').click();
    await counter.step('Firmar');
    // What was said of the fee is there still, and can be said otherwise.
    await waitFor(async () => (await gifts.getByLabel('Cuota mensual (EUR)').inputValue()) === '30,00');
    await gifts.getByLabel('Cuota mensual (EUR)').fill('45');
    await gifts.getByRole('checkbox', { name: /50 % menos de cuota/u, checked: true }).waitFor();
    await counter.sign();
    await button('Terminar').click();
    await heading('Visita anotada').waitFor();
    const { items } = await agent.done(`/cases/${row.id}/benefits`, CaseBenefits);
    expect(items.find(({ kind }) => kind === 'fee_discount')?.values.monthlyFeeCents).toBe(4500);
    expect(items.map(({ kind, state }) => `${kind} ${state}`).toSorted()).toEqual([
      'fee_discount active',
      'voucher proposed',
    ]);
  }, 90_000);
});
