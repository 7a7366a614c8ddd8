import type { Browser, Page } from 'playwright-core';
import { NewPartnerKey, PartnerList, type Partner } from '#contracts';
import type { Staff } from '../e2e/staff.js';
import { startWorld, type World } from '../e2e/world.js';
import { axeFaults, openBrowser, screenshot, signIn } from '../support/browser.js';
import { waitFor } from '../support/wait.js';

/** Whoever looks after the house agrees with another company what it is told, what it asks and how it is reached. */
describe('partners, in the browser', () => {
  let world: World;
  let browser: Browser;
  let carlos: Page;
  let admin: Staff;

  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openBrowser()]);
    [admin, carlos] = await Promise.all([
      world.login('admin@hilo.test'),
      signIn(browser, world.url, 'admin@hilo.test'),
    ]);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });

  const button = (name: string | RegExp) => carlos.getByRole('button', { name });
  const dialog = () => carlos.getByRole('dialog');
  const field = (name: string) => carlos.getByLabel(name, { exact: true });
  const vega = async (): Promise<Partner | undefined> =>
    (await admin.done('/partners', PartnerList)).items.find(({ name }) => name === 'Taller Vega');
  const saved = async (version: number) => {
    await button('Guardar versión').click();
    return waitFor(async () => {
      const partner = await vega();
      return partner?.version === version ? partner : undefined;
    });
  };

  it('begins with nothing shared', async () => {
    await button(/^Tu cuenta/u).click();
    await carlos.getByRole('menuitem', { name: 'Empresas' }).click();
    await button('Nueva empresa').first().click();
    await dialog().getByLabel('Nombre').fill('Taller Vega');
    await dialog().getByLabel('Su correo').fill('taller@vega.test');
    expect(await axeFaults(carlos, '[role=dialog]')).toEqual([]);
    await dialog().getByRole('button', { name: 'Crear' }).click();
    await carlos.getByRole('heading', { name: 'Taller Vega' }).waitFor();
    expect(await vega()).toMatchObject({ version: 1, gateway: 'email', terms: { share: [], form: [] } });
  });

  it('is told what somebody names, and what for; asks for nothing else', async () => {
    await button('Qué se le cuenta').click();
    await carlos.getByText('No verá nada del caso').waitFor();
    await field('Modelo').check();
    await field('IMEI completo').check();
    await carlos.getByText('Verá: Modelo, IMEI completo.').waitFor();
    await carlos.getByLabel('Para qué, en español').first().fill('Pedir la pieza');
    expect(await axeFaults(carlos)).toEqual([]);
    await screenshot(carlos, 'partners-shared-es');
    await button(/^Su formulario/u).click();
    await button('Añadir pregunta').click();
    await field('Pregunta, en español').fill('IMEI del teléfono');
    await field('Pregunta, en inglés').fill('IMEI of the phone');
    await carlos.getByRole('combobox', { name: 'Lo responde' }).selectOption({ label: 'IMEI completo' });
    await screenshot(carlos, 'partners-form-es');
    const partner = await saved(2);
    expect(partner.terms.share.map(({ field: of, purpose }) => [of, purpose.es])).toEqual([
      ['device.model', 'Pedir la pieza'],
      ['device.imei', 'Encontrar el dispositivo en su sistema'],
    ]);
    expect(partner.terms.form).toMatchObject([{ key: 'imei_of_the_phone', required: true, fact: 'device.imei' }]);

    await button('Qué se le cuenta').click();
    await field('IMEI completo').uncheck();
    await carlos.getByText('no se pregunta lo que no se le cuenta').waitFor();
    expect(await button('Guardar versión').isDisabled()).toBe(true);
    await field('IMEI completo').check();
  });

  it('may take so long, and has people who are told after that', async () => {
    await button('Acuerdo').click();
    await field('Crítica: Acusar recibo').fill('1 h');
    await carlos.getByText('plazos enteros, como 4 h, o ninguno').waitFor();
    await field('Crítica: Responder').fill('4 h');
    await field('Crítica: Devolverlo').fill('3 d');
    await button('Añadir contacto').click();
    await field('Quién').fill('Julia Vega');
    await field('Teléfono').fill('+34910550199');
    await screenshot(carlos, 'partners-agreement-es');
    const { terms } = await saved(3);
    expect(terms.targets).toEqual({
      critical: { acknowledgeMinutes: 60, answerMinutes: 240, returnMinutes: 4320 },
    });
    expect(terms.ladder).toMatchObject([{ contact: { name: 'Julia Vega', phone: '+34910550199' }, afterMinutes: 0 }]);
  });

  it('of two people who change it, the second is told', async () => {
    const partner = await vega();
    await field('Convenio').fill('Contrato 2026');
    await admin.ask(`/partners/${partner?.id}`, { method: 'PUT', body: { ...partner, language: 'en' } });
    await button('Guardar versión').click();
    await carlos.getByText(/ha guardado la versión \d+ mientras escribías/u).waitFor();
    expect(await field('Convenio').inputValue()).toBe('Contrato 2026');
    await carlos.reload();
    await carlos.getByText(/^Versión 4/u).waitFor();
  });

  it('has a key that is shown once and taken back', async () => {
    await button('Claves').click();
    await field('Cómo la llamamos').fill('Su sistema');
    await button('Crear clave').click();
    await carlos.getByText('Cópiala ahora').waitFor();
    const secret = (await carlos.locator('code').last().textContent()) ?? '';
    expect(NewPartnerKey.shape.secret.safeParse(secret).success && secret.length > 40).toBe(true);
    expect(await axeFaults(carlos)).toEqual([]);
    await screenshot(carlos, 'partners-keys-es');
    await carlos.reload();
    await carlos.getByText(/OAuth 2 · hilo-/u).waitFor();
    expect(await carlos.content()).not.toContain(secret);
    await button('Retirar «Su sistema»').click();
    await dialog().getByRole('button', { name: 'Retirar' }).click();
    await carlos.getByText(/retirada/u).waitFor();
  });

  it('is tried where it can be, from a phone, in the dark', async () => {
    await carlos.setViewportSize({ width: 390, height: 844 });
    await carlos.emulateMedia({ colorScheme: 'dark' });
    await button('Por dónde').click();
    await carlos.getByRole('radio', { name: /^Su sistema de tickets/u }).check();
    await carlos.getByText('la dirección de su sistema').waitFor();
    await screenshot(carlos, 'partners-reach-390-dark');
    await carlos.getByRole('radio', { name: /^Correo/u }).check();
    await button('Probar la conexión').click();
    await carlos.getByText('sabremos que llega cuando contesten').waitFor();
    expect(await axeFaults(carlos)).toEqual([]);
  });

  it('is read, not changed, by whoever works with it', async () => {
    const marta = await signIn(browser, world.url, 'agent@hilo.test');
    await marta.goto(`${world.url}/partners`);
    await marta.getByRole('heading', { name: 'Taller Vega' }).waitFor();
    expect(await marta.getByLabel('Nombre', { exact: true }).isDisabled()).toBe(true);
    expect(await marta.getByRole('button', { name: /Guardar|Nueva empresa|Claves/u }).count()).toBe(0);
    expect(await axeFaults(marta)).toEqual([]);
  });
});
