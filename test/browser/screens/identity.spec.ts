import type { Browser, Page } from 'playwright-core';
import { axeFaults, holdBack, openBrowser, openContext } from '../../support/browser.js';
import { fillIdentities } from './identities.js';
import { caseOf } from './people.js';
import { openStage, type Stage } from './stage.js';

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
  fillIdentities(stage.identities, stage.cases[0] ?? caseOf(1, ''));
  page = await (await openContext(browser)).newPage();
  await page.goto(`${url}/cases/${caseOf(1, '').reference}`);
  await panel().getByText('•••• 78Z').waitFor();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const panel = () => page.getByRole('complementary').filter({ has: page.getByRole('heading', { level: 2 }) });
const dialog = () => page.getByRole('dialog');
const badge = (words: string) => page.getByRole('button', { name: new RegExp(`^${words}`) });
const menuOf = async (name: string) => page.getByRole('button', { name: `Qué hacer con ${name}` }).click();
const choose = (name: string) => page.getByRole('menuitem', { name }).click();

it('lists what identifies the customer: whose word it is, since when, what is shared, what is past', async () => {
  await panel().getByText('Comprobado 16 nov').waitFor();
  await panel().getByText('De varias personas').waitFor();
  expect(await panel().getByText('+34 611 000 111').isVisible()).toBe(false);
  await panel().getByText('Uno anterior').click();
  await panel().getByText('ahora es de otra persona').waitFor();
  expect(await axeFaults(page)).toEqual([]);
});

it('adds what the customer says is theirs, and ends what is no longer, with a reason', async () => {
  await page.getByRole('button', { name: 'Añadir', exact: true }).click();
  await dialog().getByText('IMEI').click();
  await dialog().getByRole('textbox').fill('490154203237518');
  expect(await axeFaults(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Añadir', exact: true }).click();
  await panel().getByText('•••• 518').waitFor();
  await menuOf('lucia@correo.test');
  await choose('Ya no es suyo…');
  await dialog().getByLabel('Lo ha cambiado por otro').check();
  expect(await axeFaults(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Ya no es suyo' }).click();
  await panel().getByText('2 anteriores').waitFor();
  expect(stage.calls.find(({ method }) => method === 'PATCH')?.body).toEqual({ end: { reason: 'replaced' } });
});

it('says that several people use a telephone, and what follows', async () => {
  await menuOf('lucia@correo.test');
  await choose('Lo usan varias personas…');
  await dialog().getByText('ya no irá a su caso').waitFor();
  await dialog().getByRole('button', { name: 'Sí, varias' }).click();
  await panel().getByText('De varias personas').nth(1).waitFor();
});

it('shows nothing whole before a proof; a code that the customer tells opens it on the spot', async () => {
  await badge('Identidad sin comprobar').waitFor();
  await menuOf('•••• 78Z');
  await choose('Ver completo');
  await dialog().getByText('hace falta comprobar antes su identidad').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await dialog().getByRole('button', { name: 'Enviar código' }).click();
  await dialog().getByText('Enviado a lucia@correo.test').waitFor();
  await dialog().getByLabel('Código que te dice').fill('111111');
  const readAgain = await holdBack(page, '**/proof');
  await dialog().getByRole('button', { name: 'Comprobar', exact: true }).click();
  await dialog().getByText('El código no es correcto.').waitFor();
  await dialog().getByLabel('Código que te dice').fill(stage.identities.code);
  await readAgain();
  expect(await dialog().getByLabel('Código que te dice').inputValue()).toBe(stage.identities.code);
  await dialog().getByRole('button', { name: 'Comprobar', exact: true }).click();
  await dialog().getByText('Identidad comprobada').waitFor();
  expect(await axeFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await badge('Identidad comprobada: código de un solo uso').waitFor();
  await menuOf('•••• 78Z');
  await choose('Ver completo');
  await panel().getByText('12345678Z').waitFor();
});

it('lets nobody vouch for a document who cannot have it in their hand', async () => {
  await badge('Identidad sin comprobar').click();
  await dialog().getByText('Lo que permite').waitFor();
  expect(await dialog().getByText('Documento en la mano').count()).toBe(0);
});
