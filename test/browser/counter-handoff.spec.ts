import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { CaseCodeAnswer, CaseCustody, CaseHandoffs, PartnerBody, SHARE_PURPOSES } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';

const TABLET = { viewport: { width: 834, height: 1112 } };
const IMEI = '356938035643809';

const partner = (name: string, brands: string[]) =>
  PartnerBody.parse({
    ...{ name, kind: 'manufacturer', language: 'en', timeZone: 'Europe/Berlin', gateway: 'desk' },
    email: 'service@orbe.test',
    terms: {
      brands,
      form: [
        { key: 'imei', title: { es: 'IMEI', en: 'IMEI' }, type: 'text', required: true, fact: 'device.imei' },
        { key: 'wet', title: { es: '¿Se ha mojado?', en: 'Did it get wet?' }, type: 'boolean', required: true },
      ],
      share: (['device.model', 'device.imei'] as const).map((field) => ({ field, purpose: SHARE_PURPOSES[field] })),
    },
  });

/** The store hands the phone over while its owner still stands there. */
describe('an intake that hands over', () => {
  let world: World;
  let browser: Browser;
  let agent: Staff;
  let page: Page;
  let counter: AtCounter;
  let caseId: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    agent = await world.login('agent@hilo.test');
    const admin = await world.login('admin@hilo.test');
    for (const [name, brands] of [
      ['Orbe', ['Auriga']],
      ['Cénit', ['Cénit']],
    ] as const)
      await admin.done('/partners', z.unknown(), { method: 'POST', body: partner(name, [...brands]) });
    const person = await world.outside.newcomer('Lucía Ferrer Gil');
    await world.outside.writeDm(person, 'Hola, se me ha muerto el móvil y no puedo llamar.');
    const [row] = await waitFor(async () => {
      const rows = await agent.cases();
      return rows.length === 1 && rows;
    });
    caseId = row?.id ?? '';
    page = await signIn(browser, world.url, 'store@hilo.test', TABLET);
    counter = new AtCounter(page);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const handoffs = async () => (await agent.done(`/cases/${caseId}/handoffs`, CaseHandoffs)).items;

  it('asks what is missing once, shows what they will see, and sends it with the rest', async () => {
    await page.getByLabel('Buscar a la persona').fill((await agent.done(`/cases/${caseId}/code`, CaseCodeAnswer)).url);
    await counter.button('Unirme a su caso').click();
    await counter.button('Sí, es así').click();
    await page.getByLabel('IMEI').first().fill(IMEI);
    await page.getByLabel('Modelo').fill('Auriga One');
    await counter.choice('Se queda aquí').check();
    await counter.choice('No enciende').check();
    await counter.button('Sin marcas').click();
    await counter.choice('Desactivado').check();
    await counter.button('No se puede: decir por qué').first().click();
    await counter.button('La cámara no va').click();
    await counter.step('Decidir');
    await counter.choice(/Lo cubre la garantía/u).click();
    await counter.step('Encargar');
    await counter.choice(/^Otra empresa/u).check();
    await counter.choice(/^Orbe/u).check();
    // Its agreement is about other phones.
    expect(await counter.choice(/^Cénit/u).count()).toBe(0);
    await waitFor(async () =>
      (await page.getByLabel('Qué les pedimos').inputValue()).startsWith('Repair under warranty'),
    );
    const seen = page.getByRole('region', { name: 'Justo lo que verá Orbe' });
    await seen.getByText(IMEI).first().waitFor();
    await page.getByText('Falta algo que pide Orbe:').waitFor();
    await screenshot(page, 'counter-handoff-asks');
    expect(await axeFaults(page)).toEqual([]);
    expect(await handoffs()).toEqual([]);
    await page.context().setOffline(true);
    await page.getByRole('region', { name: 'Lo que pide Orbe' }).getByText('No', { exact: true }).click();
    await page.getByText(/Sin conexión · 1 cambio en la tableta/u).waitFor();
    await page.context().setOffline(false);
    await page.getByText('Falta algo que pide Orbe:').waitFor({ state: 'detached' });
    await counter.step('Firmar');
    await counter.sign();
    await counter.button('Terminar').click();
    await counter.heading('Visita anotada').waitFor();
    await page.getByText('Orbe ya tiene el encargo.').waitFor();
    await screenshot(page, 'counter-handoff-done');
    expect(await axeFaults(page)).toEqual([]);
    expect(await handoffs()).toMatchObject([
      { state: 'sent', mode: 'custody', partner: { name: 'Orbe' }, document: { form: { imei: IMEI, wet: false } } },
    ]);
    const [phone] = (await agent.done(`/cases/${caseId}/custody`, CaseCustody)).devices;
    expect(phone?.legs).toMatchObject([{ state: 'planned', to: { name: 'Orbe' } }]);
    const label = await page.getByRole('link', { name: 'Etiqueta del envío' }).getAttribute('href');
    expect(label).toContain(phone?.legs[0]?.id);
  }, 120_000);
});
