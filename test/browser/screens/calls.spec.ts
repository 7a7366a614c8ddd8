import type { Browser, Page } from 'playwright-core';
import type { Caller } from '#contracts';
import { openBrowser, openContext, openPalette } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { caseOf, uuid } from './people.js';
import { openStage, type Stage } from './stage.js';

let browser: Browser;
let stage: Stage;
let url: string;
let page: Page;

const LUCIA: Caller = {
  phone: '+34612407718',
  customer: { id: uuid(301), displayName: 'Lucía Ferrer' },
  openCase: { id: uuid(101), reference: 'H-1001-2Q', problem: 'No enciende ni carga', status: 'in_solution' },
  calls: [{ direction: 'inbound', outcome: 'no_answer', startedAt: '2026-11-19T08:00:00Z' }],
};

beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ stage, url } = await openStage());
  stage.outside.callers = [LUCIA];
  page = await (await openContext(browser)).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const logged = () => stage.calls.filter(({ path }) => path === '/calls').map(({ body }) => body);
const phone = () => page.getByRole('textbox', { name: 'Teléfono' });

describe('logging a call', () => {
  it('with one key: says who it is, and it goes to their case', async () => {
    await page.goto(`${url}/inbox`);
    await page.locator('[data-case]').first().waitFor();
    await page.keyboard.press('c');
    await phone().fill('612 40 77 18');
    const who = page.getByRole('group', { name: 'Lucía Ferrer' });
    await who.getByText('Llamó y nadie contestó').waitFor();
    await page.getByLabel('Qué se dijo').fill('Sigue sin línea');
    await page.getByRole('button', { name: 'Guardar la llamada' }).click();
    await page.getByText('Está en el caso H-1001-2Q.').waitFor();
    expect(logged()).toEqual([
      {
        phone: '612 40 77 18',
        direction: 'inbound',
        outcome: 'answered',
        text: 'Sigue sin línea',
        customerId: LUCIA.customer?.id,
        caseReference: 'H-1001-2Q',
      },
    ]);
  });

  it('that led nowhere needs no words, but how often', async () => {
    await page.goto(`${url}/call?phone=%2B34612407718`);
    await page.getByRole('group', { name: 'Lucía Ferrer' }).waitFor();
    expect(await phone().inputValue()).toBe('+34612407718');
    await page.getByText('Comunicaba').click();
    await page.getByLabel('¿Cuántas veces?').fill('2');
    await page.getByRole('button', { name: 'Guardar la llamada' }).click();
    await page.getByText('Llamada anotada').waitFor();
    expect(logged()[0]).toMatchObject({ outcome: 'busy', times: 2 });
  });

  it('of a number nobody knows asks whose it is', async () => {
    await page.goto(`${url}/call?phone=%2B34699000111`);
    await page.getByText('No conocemos este número').waitFor();
    await page.getByLabel('Qué se dijo').fill('Hola');
    await page.getByRole('button', { name: 'Guardar la llamada' }).click();
    await page.getByText('Escribe su nombre o elige su caso.').waitFor();
    expect(logged()).toEqual([]);
    await page.getByRole('textbox', { name: /^Nombre/u }).fill('Begoña');
    await page.getByRole('button', { name: 'Guardar la llamada' }).click();
    await waitFor(() => logged().length === 1);
    expect(logged()[0]).toMatchObject({ displayName: 'Begoña' });
  });

  it('is about the case on the screen', async () => {
    const detail = caseOf(70, 'Nora Vidal');
    const number = {
      id: uuid(970),
      kind: 'phone' as const,
      value: '+34600000070',
      handle: null,
      display: '600 00 00 70',
      handles: [],
    };
    stage.add({ ...detail, contactPoints: [...detail.contactPoints, number] });
    await page.goto(`${url}/cases/${detail.reference}`);
    await page.locator('[data-entry]').first().waitFor();
    await page.keyboard.press('c');
    await page.getByText('No conocemos este número').waitFor();
    expect(await phone().inputValue()).toBe('600 00 00 70');
    await page.getByText('Sin respuesta').click();
    await page.getByRole('button', { name: 'Guardar la llamada' }).click();
    await waitFor(() => logged().length === 1);
    expect(logged()[0]).toMatchObject({ caseReference: detail.reference });
  });
});

describe('a telephone that rings', () => {
  beforeEach(async () => {
    await page.goto(`${url}/inbox`);
    await page.locator('[data-case]').first().waitFor();
    await waitFor(() => stage.listeners() > 0);
  });

  it('shows who it is without taking the focus, and leads to their case', async () => {
    const focused = await page.evaluate<string>('document.activeElement.tagName');
    stage.callIn('+34612407718');
    const corner = page.getByRole('region', { name: 'Llamadas entrantes' });
    await corner.getByText('Lucía Ferrer').waitFor();
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe(focused);
    await corner.getByRole('link', { name: 'Abrir el caso' }).click();
    await page.waitForURL(/H-1001-2Q/u);
    await corner.getByText('Lucía Ferrer').waitFor({ state: 'detached' });
  });

  it('is asked whose it is until we say which is ours, and what rings elsewhere goes', async () => {
    const corner = page.getByRole('region', { name: 'Llamadas entrantes' });
    stage.callIn('+34699000111', '209');
    stage.callIn('+34612407718', '204');
    await corner.getByRole('button', { name: 'La 204 es mi extensión' }).click();
    await corner.getByText('Llama +34699000111').waitFor({ state: 'detached' });
    expect(stage.outside.own.extension).toBe('204');
    stage.callIn('+34699000222', '204');
    await corner.getByText('Llama +34699000222').waitFor();
    expect(await corner.getByRole('button', { name: /es mi extensión/u }).count()).toBe(0);
    await corner.getByRole('button', { name: 'Cerrar el aviso de +34699000222' }).click();
    await corner.getByText('Llama +34699000222').waitFor({ state: 'detached' });
  });
});

it('what was said elsewhere is noted from the palette, with its link and whose it is', async () => {
  await page.goto(`${url}/inbox`);
  await page.locator('[data-case]').first().waitFor();
  await openPalette(page);
  await page.keyboard.type('foro');
  await page.getByText('Anotar algo dicho en otro sitio').click();
  const dialog = page.getByRole('dialog', { name: 'Anotar algo dicho en otro sitio' });
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await dialog.getByText('Di dónde lo has visto.').waitFor();
  await dialog.getByLabel('Dónde').fill('Foro Móvil');
  await dialog.getByLabel('Enlace').fill('foro.example/t/1');
  await dialog.getByLabel('Qué dice').fill('Nadie contesta');
  await dialog.getByLabel('O su nombre, si es nuevo').fill('bego_77');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await dialog.getByText('El enlace tiene que empezar por').waitFor();
  await dialog.getByLabel('Enlace').fill('https://foro.example/t/1');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await waitFor(() => stage.calls.some(({ path }) => path === '/elsewhere'));
  expect(stage.calls.find(({ path }) => path === '/elsewhere')?.body).toEqual({
    place: 'Foro Móvil',
    url: 'https://foro.example/t/1',
    text: 'Nadie contesta',
    displayName: 'bego_77',
  });
});

it('one’s own extension stands in the account menu and is changed there', async () => {
  stage.outside.own.extension = '204';
  await page.goto(`${url}/inbox`);
  await page.getByRole('button', { name: /Tu cuenta/u }).click();
  await page.getByRole('menuitem', { name: /Tu extensión…\s*204/u }).click();
  await page.getByRole('textbox', { name: /^Extensión/u }).fill('  ');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await waitFor(() => stage.outside.own.extension === null);
  await page.getByRole('button', { name: /Tu cuenta/u }).click();
  await page.getByRole('menuitem', { name: /Tu extensión…\s*ninguna/u }).waitFor();
});

it('one’s own signature is kept with the account', async () => {
  await page.goto(`${url}/inbox`);
  await page.getByRole('button', { name: /Tu cuenta/u }).click();
  await page.getByRole('menuitem', { name: 'Tu firma…' }).click();
  await page.getByRole('textbox', { name: /^Firma/u }).fill('Marta\nNexo');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await waitFor(() => stage.outside.own.signature === 'Marta\nNexo');
});
