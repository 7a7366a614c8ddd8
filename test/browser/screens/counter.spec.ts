import { Buffer } from 'node:buffer';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openContext } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { caseOf, customerOf, GOYA, signedIn } from './people.js';
import { openStage, type Stage } from './stage.js';

const RUBEN = signedIn(20, 'Rubén Gil', 'store', GOYA.id);
const NURIA = signedIn(21, 'Nuria Cid', 'store', GOYA.id);
const SONIA = signedIn(22, 'Sonia Paz', 'supervisor');

let browser: Browser;
let stage: Stage;
let url: string;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ stage, url } = await openStage());
  stage.stores.push(GOYA);
  stage.user = RUBEN;
  page = await (await openContext(browser, { viewport: { width: 820, height: 1180 } })).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const story = () => page.getByLabel(/¿Qué le pasa\?/u);
/** As far as what is the matter, with somebody we know. */
const listenToLucia = async () => {
  const [lucia] = stage.cases;
  stage.customers.push(customerOf(lucia ?? caseOf(1, '')));
  await page.goto(`${url}/visit`);
  await page.getByLabel('Buscar a la persona').fill('612407718');
  await page.getByRole('button', { name: 'Unirme a su caso' }).click();
  await story().fill('Sigue sin encender.');
};
const visits = () => stage.calls.filter(({ path }) => path === '/visits');

it('a visit half written is found by who wrote it, and by nobody else on the tablet', async () => {
  await page.goto(`${url}/visit`);
  await page.getByLabel('Buscar a la persona').fill('Begoña');
  await page.getByRole('button', { name: /Es otra persona/u }).click();
  await story().fill('Se le cayó al agua.');
  stage.user = NURIA;
  await page.reload();
  await page.getByLabel('Buscar a la persona').waitFor();
  expect(await page.getByLabel('Buscar a la persona').inputValue()).toBe('');
  expect(await page.content()).not.toContain('Begoña');
  stage.user = RUBEN;
  await page.reload();
  await waitFor(async () => (await story().inputValue()) === 'Se le cayó al agua.');
});

describe('photos', () => {
  it('are taken; another file is refused by name, unsent', async () => {
    await listenToLucia();
    const files = page.locator('input[type=file]');
    await files.setInputFiles([
      { name: 'notas.txt', mimeType: 'text/plain', buffer: Buffer.from('hola') },
      { name: 'pantalla.png', mimeType: 'image/png', buffer: Buffer.from('png') },
    ]);
    await page.getByText('«notas.txt» no es una foto').waitFor();
    await page.getByAltText('Imagen pantalla.png').waitFor();
    expect(stage.calls.filter(({ path }) => path === '/attachments')).toHaveLength(1);
    await page.getByRole('button', { name: 'Guardar la visita' }).click();
    await page.getByText('Visita anotada').waitFor();
    expect(visits()[0]?.body['attachmentIds']).toHaveLength(1);
  });
});

describe('another way to reach somebody known', () => {
  it('goes with the visit', async () => {
    await listenToLucia();
    await page.getByRole('button', { name: 'Añadir teléfono, correo o @usuario' }).click();
    await page.getByLabel('Correo').fill('lucia@correo.test');
    await page.getByLabel('Usuario de X').fill('@lucia_f');
    await page.getByRole('button', { name: 'Guardar la visita' }).click();
    await page.getByText('Visita anotada').waitFor();
    expect(visits()[0]?.body).toMatchObject({
      customerId: stage.customers[0]?.id,
      addContacts: { email: 'lucia@correo.test', twitterHandle: 'lucia_f' },
    });
    expect(visits()[0]?.body['addContacts']).not.toHaveProperty('phone');
  });

  it('that is somebody else’s is marked where it was typed, and everything is still there', async () => {
    await listenToLucia();
    await page.getByRole('button', { name: /Añadir teléfono/u }).click();
    await page.getByLabel('Teléfono').fill('622 00 00 01');
    stage.refuseVisit = { status: 409, code: 'contact.taken', details: { fields: ['phone'] } };
    await page.getByRole('button', { name: 'Guardar la visita' }).click();
    await page.getByText('ya es de otro cliente').first().waitFor();
    expect(await page.getByLabel('Teléfono').getAttribute('aria-invalid')).toBe('true');
    expect(await story().inputValue()).toBe('Sigue sin encender.');
  });
});

describe('the first screen', () => {
  beforeEach(() => page.setViewportSize({ width: 1440, height: 900 }));

  it('of a supervisor is what nobody has, and with nothing there, everything open', async () => {
    stage.user = SONIA;
    await page.goto(url);
    await page.getByRole('heading', { name: 'Todos los casos abiertos' }).waitFor();
    await page.locator('[data-case]').first().waitFor();
    stage.add(caseOf(40, 'Sin Dueño', { assignee: null }));
    await page.goto(`${url}/inbox`);
    await page.getByRole('heading', { name: 'Sin asignar' }).waitFor();
    await page.locator('[data-case]', { hasText: 'Sin Dueño' }).waitFor();
  });

  it('of a shop’s inbox is what is open there', async () => {
    await page.goto(`${url}/inbox`);
    await page.getByRole('heading', { name: 'Casos abiertos de tu tienda' }).waitFor();
    await page.locator('[data-case]').first().waitFor();
  });
});
