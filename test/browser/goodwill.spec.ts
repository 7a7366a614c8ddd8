import type { Browser, Page } from 'playwright-core';
import type { Person } from '../e2e/outside.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Somebody without service is given a discount that ends by itself, and a voucher whose code is seen once. */
describe('goodwill, in the browser', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let person: Person;
  let reference: string;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    person = await world.outside.newcomer('Ana Ruiz');
    await world.outside.writeMail(person, { subject: 'No enciende', text: 'Se me ha muerto el móvil.' });
    reference = await waitFor(async () => {
      const rows = await world.database.query<{ reference: string }>(
        'select c.reference from contact_point p join cases c on c.customer_id = p.customer_id where p.value = $1',
        [person.email],
      );
      return rows[0]?.reference;
    });
    const agent = await world.login('agent@hilo.test');
    await agent.ask(`/cases/${reference}/impacts`, { method: 'POST', body: { kind: 'calls' } });
    page = await signIn(browser, world.url, 'agent@hilo.test');
    await page.goto(`${world.url}/cases/${reference}`);
    await panel().getByText('Nada dado ni propuesto todavía.').waitFor();
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const panel = () => page.getByRole('region', { name: /^Compensación/u });
  const dialog = () => page.getByRole('dialog', { name: 'Compensar' });
  const line = (text: string) => panel().locator('li', { hasText: text });

  it('a discount is seen to the cent before it is given, by key', async () => {
    await page.locator('h1').first().click();
    await page.keyboard.press('g');
    await dialog().getByLabel('Descuento (%)').fill('70');
    await dialog().getByLabel('Cuota mensual (EUR)').fill('30');
    await dialog().getByLabel('Por qué').fill('No puede llamar.');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'goodwill-give-es');
    await dialog().getByRole('button', { name: 'Dar' }).click();
    await line('70 % menos de cuota')
      .getByText(/En marcha/u)
      .waitFor();
  });

  it('a voucher shows its code once', async () => {
    await panel().getByRole('button', { name: 'Compensar' }).click();
    await dialog().getByText('Bono', { exact: true }).click();
    await dialog().getByLabel('Importe (EUR)').fill('5');
    await dialog().getByLabel('Por qué').fill('Por la espera.');
    await dialog().getByRole('button', { name: 'Dar' }).click();
    await line('Bono de 5,00 €').getByRole('button', { name: 'Ver el código (una vez)' }).click();
    const code = await line('Bono de 5,00 €').locator('output').textContent();
    expect(code).toMatch(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/u);
    await line('Bono de 5,00 €').getByText('El cliente ha recibido el código por correo', { exact: false }).waitFor();
    await page.reload();
    await line('Bono de 5,00 €').getByText('El código ya se mostró', { exact: false }).waitFor();
    expect(await page.getByText(code ?? '').count()).toBe(0);
    await screenshot(page, 'goodwill-panel-es');
  });

  it('what the law says stands beside it, is noted, and withdrawn with a reason', async () => {
    const owed = panel().getByRole('group', { name: 'Lo que manda la ley' });
    await panel().getByText('nunca se descuenta lo uno de lo otro').waitFor();
    await owed.getByRole('button', { name: 'Anotar indemnización' }).click();
    const form = page.getByRole('dialog', { name: 'Anotar indemnización' });
    await form.getByLabel('Desde').fill('2026-01-02T09:00');
    await form.getByLabel('Hasta (vacío: sigue)').fill('2026-01-05T09:00');
    await form.getByLabel('Cuota mensual (EUR)').fill('30');
    await form.getByLabel('Por qué').fill('Antena caída.');
    expect(await axeFaults(page)).toEqual([]);
    await screenshot(page, 'goodwill-compensation-es');
    await form.getByRole('button', { name: 'Anotar indemnización' }).click();
    await owed.getByText(/va sola a la factura/u).waitFor();
    expect(await owed.locator('li').first().textContent()).toMatch(/14,52/u);
    await owed.getByRole('button', { name: 'Anotar indemnización' }).click();
    await form.getByText('Interrupción del acceso a internet').click();
    await form.getByLabel('Desde').fill('2026-01-02T09:00');
    await form.getByLabel('Cuota mensual (EUR)').fill('20');
    await form.getByLabel('Por qué').fill('Parece la fibra.');
    await form.getByRole('button', { name: 'Anotar indemnización' }).click();
    // It still runs: what it has come to, and that this is not the end of it.
    const running = owed.locator('li', { hasText: 'Interrupción del acceso a internet' });
    await running.getByText(/[1-9][\d.]*,\d\d\s€ hasta ahora/u).waitFor();
    await screenshot(page, 'goodwill-so-far-es');
    await owed.getByRole('button', { name: 'Retirar' }).click();
    const out = page.getByRole('dialog', { name: 'Retirar la indemnización' });
    await out.getByLabel('Por qué').fill('Era su router.');
    await out.getByRole('button', { name: 'Retirar' }).click();
    await owed.getByText(/retirada/u).waitFor();
    await out.waitFor({ state: 'hidden' });
    await screenshot(page, 'goodwill-sides-es');
  });

  it('a rule is written, tried on a case, changed and switched off', async () => {
    const desk = await signIn(browser, world.url, 'supervisor@hilo.test');
    await desk.goto(`${world.url}/goodwill?tab=rules`);
    await desk.getByRole('button', { name: 'Nueva regla' }).click();
    const form = desk.getByRole('dialog', { name: 'Nueva regla' });
    await form.getByLabel('Cómo se llama').fill('El primer día, algo');
    await form.getByLabel('Se propone tras estos días sin servicio').fill('0');
    await form.getByText('Puntos', { exact: true }).click();
    await form.getByRole('textbox', { name: 'Puntos' }).fill('250');
    await form.getByLabel('Probarla en un caso').fill(reference);
    await form.getByText('Se propondría: 250 puntos.').waitFor();
    expect(await axeFaults(desk)).toEqual([]);
    await screenshot(desk, 'goodwill-rule-es');
    await form.getByRole('button', { name: 'Crear regla' }).click();
    const row = desk.getByRole('row', { name: /El primer día, algo/u });
    await row.getByRole('button').click();
    const edit = desk.getByRole('dialog', { name: 'Cambiar la regla' });
    await edit.getByRole('textbox', { name: 'Puntos' }).fill('300');
    await edit.getByText('Apagada').click();
    await edit.getByRole('button', { name: 'Guardar versión' }).click();
    await row.getByText('300 puntos').waitFor();
    expect(await row.textContent()).toMatch(/Apagada2/u);
    expect(await axeFaults(desk)).toEqual([]);
    await screenshot(desk, 'goodwill-rules-es');
    await desk.context().close();
  });

  it('the discount ends by itself when everything works again', async () => {
    const agent = await world.login('agent@hilo.test');
    const [impact] = await world.database.query<{ id: string }>(
      'select i.id from impact i join cases c on c.id = i.case_id where c.reference = $1',
      [reference],
    );
    await agent.ask(`/cases/${reference}/impacts/${impact?.id}`, { method: 'PATCH', body: { state: 'restored' } });
    await line('70 % menos de cuota')
      .getByText(/Terminado/u)
      .waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });

  it('reads in English, in the dark and on a phone', async () => {
    const desk = await signIn(browser, world.url, 'supervisor@hilo.test');
    await desk.getByRole('button', { name: /^Tu cuenta/u }).click();
    await desk.getByRole('menuitemradio', { name: 'English' }).click();
    await desk.getByRole('button', { name: /^Your account/u }).waitFor();
    await desk.emulateMedia({ colorScheme: 'dark' });
    await desk.goto(`${world.url}/cases/${reference}`);
    const owed = desk.getByRole('group', { name: 'What the law says' });
    await owed.scrollIntoViewIfNeeded();
    await screenshot(desk, 'goodwill-sides-en-dark');
    expect(await axeFaults(desk)).toEqual([]);
    await owed.getByRole('button', { name: 'Note a compensation' }).click();
    await desk.getByRole('dialog', { name: 'Note a compensation' }).waitFor();
    await desk.setViewportSize({ width: 390, height: 844 });
    await screenshot(desk, 'goodwill-compensation-en-dark-390');
    await desk.goto(`${world.url}/goodwill?tab=rules`);
    await desk.getByRole('button', { name: 'New rule' }).waitFor();
    await screenshot(desk, 'goodwill-rules-en-dark-390');
    await desk.getByRole('button', { name: 'New rule' }).click();
    await desk.getByRole('dialog', { name: 'New rule' }).waitFor();
    expect(await axeFaults(desk)).toEqual([]);
    await screenshot(desk, 'goodwill-rule-en-dark-390');
    await desk.context().close();
  });
});
