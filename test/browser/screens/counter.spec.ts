import { Buffer } from 'node:buffer';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
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

const story = () => page.getByLabel(/¿Qué le pasa\?|¿Algo nuevo\?/u);
const step = (name: string) => page.getByRole('navigation', { name: 'Pasos' }).getByRole('link', { name }).click();
const values = () => {
  const [intake] = stage.intakes.kept;
  return intake ? stage.intakes.valuesOf(intake) : {};
};
/** As far as what is the matter, with somebody we know. */
const listenToLucia = async () => {
  const [lucia] = stage.cases;
  stage.customers.push(customerOf(lucia ?? caseOf(1, '')));
  await page.goto(`${url}/visit`);
  await page.getByLabel('Buscar a la persona').fill('612407718');
  await page.getByRole('button', { name: 'Unirme a su caso' }).click();
  await story().fill('Sigue sin encender.');
};

it('what was written is there again after a reload, for who wrote it; without a network nobody else finds it', async () => {
  await page.goto(`${url}/visit`);
  await page.getByLabel('Buscar a la persona').fill('Begoña');
  await page.getByRole('button', { name: /Es otra persona/u }).click();
  await page.getByRole('heading', { name: '¿Quién viene?' }).waitFor();
  await page.route(/\/api\/v1\/intakes/u, (route) => route.abort());
  await step('Escuchar');
  await story().fill('Se le cayó al agua.');
  await page.getByText(/Sin conexión · \d cambio/u).waitFor();
  const { pathname } = new URL(page.url());
  await page.reload();
  await waitFor(async () => (await story().inputValue()) === 'Se le cayó al agua.');
  stage.user = NURIA;
  await page.goto(`${url}/visit`);
  await page.getByText('Nada a medias').waitFor();
  expect(await page.content()).not.toContain('Begoña');
  stage.user = RUBEN;
  await page.unroute(/\/api\/v1\/intakes/u);
  await page.goto(url + pathname);
  await waitFor(() => values()['listen.text'] === 'Se le cayó al agua.');
});

it('a tap is kept even when the page is left in the same moment', async () => {
  await listenToLucia();
  await page.getByText('Guardado', { exact: true }).waitFor();
  await page.route(/\/api\/v1\/intakes/u, (route) => route.abort());
  await page.evaluate(`[...document.querySelectorAll('label')].find((one) => one.textContent.trim() === 'Fotos')
    .querySelector('input').click(), location.reload()`);
  await waitFor(() => page.getByRole('checkbox', { name: 'Fotos' }).isChecked());
});

it('what is signed for is read before it is signed, in the language of who signs, and nothing else', async () => {
  await listenToLucia();
  const [terms, loan] = [
    'Condiciones, versión 3. Queda en depósito.',
    'Condiciones del préstamo, versión 3. Se devuelve.',
  ];
  await step('Firmar');
  const agreed = page.getByRole('region', { name: 'Resumen' });
  await agreed.waitFor();
  expect(await agreed.getByText('Condiciones').count()).toBe(0);
  await step('Equipo');
  await page.getByRole('radio', { name: 'Se queda aquí' }).check({ force: true });
  await step('Firmar');
  await agreed.getByText(terms).waitFor();
  await step('Conectar');
  await page.getByRole('radio', { name: 'Se lo lleva' }).check({ force: true });
  await step('Firmar');
  await agreed.getByText(loan).waitFor();
  await page.getByRole('radio', { name: 'English' }).check({ force: true });
  await page.getByText('Terms of the loan, version 3. It comes back.').waitFor();
});

it('nobody signs what cannot be read: where to sign comes with the terms', async () => {
  await page.route(/\/intakes\/terms/u, (route) => route.abort());
  await listenToLucia();
  await step('Equipo');
  await page.getByRole('radio', { name: 'Se queda aquí' }).check({ force: true });
  await step('Firmar');
  await page.getByText('Se firma en cuanto se vean las condiciones.').waitFor();
  const pad = page.getByRole('img', { name: /^Aquí firma/u });
  expect(await pad.count()).toBe(0);
  await page.unroute(/\/intakes\/terms/u);
  await pad.waitFor();
  await page.getByText('Queda en depósito.').waitFor();
});

describe('photos', () => {
  it('are made small and have nothing of the camera’s in them; another file is refused by name, unsent', async () => {
    await listenToLucia();
    await step('Equipo');
    const large = await sharp({ create: { width: 2400, height: 3200, channels: 3, background: '#a33' } })
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '40/1 25/1 28/1' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(large).metadata()).exif).toBeDefined();
    await page.locator('input[type=file]').setInputFiles([
      { name: 'notas.txt', mimeType: 'text/plain', buffer: Buffer.from('hola') },
      { name: 'pantalla.jpg', mimeType: 'image/jpeg', buffer: large },
    ]);
    await page.getByText('«notas.txt» no se puede leer como foto').waitFor();
    await waitFor(() => (values()['device.photoIds'] ?? []).length === 1);
    expect(stage.uploads).toHaveLength(1);
    const { width, height, exif, format } = await sharp(stage.uploads[0]).metadata();
    expect({ width, height, exif, format }).toEqual({ width: 1200, height: 1600, exif: undefined, format: 'jpeg' });
  });
});

it('an address that is somebody else’s is said at the end, and everything is still there', async () => {
  await listenToLucia();
  await step('Reconocer');
  await page.getByRole('button', { name: /Añadir teléfono/u }).click();
  await page.getByLabel('Teléfono').fill('622 00 00 01');
  await step('Equipo');
  await page.getByRole('radio', { name: 'No lo trae' }).check();
  await step('Firmar');
  await page.getByRole('radio', { name: 'Pasa por aquí' }).check();
  stage.intakes.refuse = { status: 409, code: 'contact.taken', details: { fields: ['phone'] } };
  await page.getByRole('button', { name: 'Terminar' }).click();
  await page.getByText('ya es de otro cliente').first().waitFor();
  await step('Escuchar');
  expect(await story().inputValue()).toBe('Sigue sin encender.');
  expect(values()['who.addContacts']).toEqual({ phone: '622 00 00 01' });
  await step('Firmar');
  await page.getByRole('button', { name: 'Terminar' }).click();
  await page.getByText('Visita anotada').waitFor();
});

describe('the first screen', () => {
  beforeEach(() => page.setViewportSize({ width: 1440, height: 900 }));

  it('of a supervisor is how it is now; their inbox begins at what nobody has, and with nothing there, at everything open', async () => {
    stage.user = SONIA;
    await page.goto(url);
    await page.waitForURL(/\/dashboard$/u);
    await page.goto(`${url}/inbox`);
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
