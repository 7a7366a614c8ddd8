import { randomBytes } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { startWorld, UNDO_SECONDS, type World } from '../e2e/world.js';
import type { Person } from '../e2e/outside.js';
import { openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';
import { AtCounter } from './at-counter.js';

/** The first chapters of the golden story, as the people at the screens live them. */
describe('one person by three doors, in the browser', () => {
  let world: World;
  let browser: Browser;
  let marta: Page;
  let ivan: Page;
  let person: Person;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    person = await world.outside.newcomer('Ana Prueba Ruiz');
    marta = await signIn(browser, world.url, 'agent@hilo.test');
    ivan = await signIn(browser, world.url, 'ivan@hilo.test');
    await ivan.goto(`${world.url}/inbox?view=open`);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const row = (page: Page) => page.locator('[data-case]', { hasText: 'Ana Prueba Ruiz' });
  /** Counts reloads: a page that was loaded again has forgotten this mark. */
  const mark = (page: Page) => page.evaluate(`document.documentElement.setAttribute('data-mark', 'same')`);
  const isSame = (page: Page) => page.locator('html[data-mark=same]').count();

  it('the shop writes the visit down on the tablet', async () => {
    await mark(ivan);
    const ruben = await signIn(browser, world.url, 'store@hilo.test', { viewport: { width: 820, height: 1180 } });
    await ruben.goto(`${world.url}/visit`);
    await ruben.getByLabel('Buscar a la persona').fill(person.email);
    await ruben.getByRole('button', { name: /Es otra persona/u }).click();
    await ruben.getByLabel('Nombre y apellidos').fill('Ana Prueba Ruiz');
    await ruben.getByLabel('Correo').fill(person.email);
    await ruben.getByLabel('Usuario de X').fill(`@${person.handle}`);
    const counter = new AtCounter(ruben);
    await counter.onward().click();
    await ruben.getByText('Llamadas', { exact: true }).click();
    await screenshot(ruben, 'golden-1-visit');
    await counter.justAVisit('Se le apagó ayer y no enciende.');
    await row(ivan).waitFor();
    expect(await isSame(ivan)).toBe(1);
  });

  it('her direct message and her mail join the same case, live in a second browser', async () => {
    await world.outside.writeDm(person, 'Hola, soy la del móvil apagado');
    await row(ivan).getByText('soy la del móvil apagado').last().waitFor();
    await world.outside.writeMail(person, {
      subject: 'La factura',
      text: 'Adjunto la factura de compra.',
      attachments: [
        {
          fileName: 'factura.pdf',
          contentType: 'application/pdf',
          contentBase64: randomBytes(5000).toString('base64'),
        },
      ],
    });
    await row(ivan).getByText('Adjunto la factura de compra').last().waitFor();
    expect(await row(ivan).count()).toBe(1);
    expect(await isSame(ivan)).toBe(1);
    await screenshot(ivan, 'golden-2-live-inbox');
  });

  it('an agent reads everything in one place and takes the case', async () => {
    await marta.goto(`${world.url}/inbox?view=open`);
    await row(marta).click();
    const timeline = marta
      .getByRole('region', { name: /Historial|Conversación|Línea/u })
      .or(marta.locator('section[aria-label]'))
      .first();
    await timeline.waitFor();
    for (const words of [
      'Se le apagó ayer y no enciende.',
      'Hola, soy la del móvil apagado',
      'Adjunto la factura de compra.',
      'factura.pdf',
    ])
      await marta.getByText(words).first().waitFor();
    await marta.keyboard.press('m');
    await marta
      .getByText(/Responsable/u)
      .getByText('Marta Rey')
      .or(marta.getByText('Marta Rey'))
      .first()
      .waitFor();
    await screenshot(marta, 'golden-3-case');
  });

  it('answers on X: held, taken back with its text, sent again, really arrives', async () => {
    await choose(/p_/u);
    const box = marta.getByRole('textbox', { name: 'Cliente' });
    await box.fill('Hola, Ana. Ya lo tenemos en el taller.');
    await box.press('Control+Enter');
    await marta.getByText(/Se envía por X en/u).waitFor();
    await marta.getByRole('button', { name: /Deshacer/u }).click();
    await waitFor(async () => (await box.inputValue()) === 'Hola, Ana. Ya lo tenemos en el taller.');
    await box.press('Control+Enter');
    await marta.getByText(/Se envía por X en/u).waitFor();
    await screenshot(marta, 'golden-4-undo');
    world.clock.advance(UNDO_SECONDS * 1000);
    const [dm] = await waitFor(async () => {
      const dms = await world.outside.dmsTo(person);
      return dms.length > 0 && dms;
    });
    expect(dm?.text).toBe('Hola, Ana. Ya lo tenemos en el taller.');
    await row(ivan).getByText('Ya lo tenemos en el taller').last().waitFor();
  });

  it('answers by mail, threaded under hers', async () => {
    await choose(new RegExp(person.email, 'u'));
    const box = marta.getByRole('textbox', { name: 'Cliente' });
    await box.fill('Factura recibida, gracias.');
    await box.press('Control+Enter');
    await marta.getByText(/Se envía por/u).waitFor();
    world.clock.advance(UNDO_SECONDS * 1000);
    const [mail] = await waitFor(async () => {
      const mails = await world.outside.mailsTo(person);
      return mails.length > 0 && mails;
    });
    expect(mail).toMatchObject({
      subject: expect.stringMatching(/^Re: La factura \[H-\w{4}-\w{2}#\w+\]$/u),
      text: expect.stringContaining('Factura recibida, gracias.'),
    });
    expect(mail?.inReplyTo).toMatch(/^<.+@correo\.test>$/u);
    expect(mail?.references).toContain(mail?.inReplyTo);
    expect(await world.outside.dmsTo(person)).toHaveLength(1);
  });

  it('keeps a note inside, and shows a failed send on the message with a way on', async () => {
    await marta.getByRole('tab', { name: 'Interno' }).click();
    await marta.getByRole('textbox', { name: 'Interno' }).fill('Llamar mañana al taller');
    await marta.getByRole('button', { name: 'Guardar nota' }).click();
    await marta.getByText('Llamar mañana al taller').first().waitFor();
    await world.outside.accept(person, false);
    await marta.getByRole('tab', { name: 'Cliente' }).click();
    await choose(/p_/u);
    const box = marta.getByRole('textbox', { name: 'Cliente' });
    await box.fill('¿Te llegó?');
    await box.press('Control+Enter');
    await marta.getByText(/Se envía por X en/u).waitFor();
    world.clock.advance(UNDO_SECONDS * 1000);
    await marta.getByText('No ha salido por X').waitFor();
    await marta.getByRole('button', { name: 'Enviar otra vez' }).waitFor();
    await marta.getByText('X está cerrado.').waitFor();
    await marta.getByRole('button', { name: 'Responder por correo' }).click();
    await waitFor(async () => (await box.inputValue()) === '¿Te llegó?');
    expect(await marta.getByRole('button', { name: /Por dónde sale/u }).getAttribute('aria-label')).toContain(
      person.email,
    );
    await screenshot(marta, 'golden-5-failed');
    const [mails, dms] = await Promise.all([world.outside.mailsTo(person), world.outside.dmsTo(person)]);
    expect(JSON.stringify([mails, dms])).not.toContain('Llamar mañana');
  });

  it('speaks English when asked, and stays that way', async () => {
    await marta.evaluate(() =>
      fetch('/api/v1/session', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: '{"language":"en"}',
      }),
    );
    await marta.reload();
    await marta.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await screenshot(marta, 'golden-6-english');
  });

  async function choose(address: RegExp): Promise<void> {
    const target = marta.getByRole('button', { name: /Por dónde sale/u });
    if (address.test((await target.getAttribute('aria-label')) ?? '')) return;
    await target.click();
    await marta.getByRole('menuitem', { name: address }).click();
  }
});
