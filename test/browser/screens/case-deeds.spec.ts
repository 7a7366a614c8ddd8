import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { CaseDetail } from '#contracts';
import { openBrowser, openContext, openPalette } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { caseOf, uuid } from './people.js';
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
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const AT = '2026-11-16T08:12:00Z';
const problem = {
  ...{ id: uuid(800), statement: 'No enciende ni carga', stage: 'received' as const },
  ...{ stageAt: AT, createdAt: AT, agreed: null },
};
const calls = {
  ...{ id: uuid(801), kind: 'calls' as const, part: null, state: 'confirmed' as const },
  ...{ problemId: problem.id, reportedAt: AT, stateAt: AT, restoredAt: null },
};
const opened = async (part: Partial<CaseDetail> = {}, options: BrowserContextOptions = {}): Promise<CaseDetail> => {
  const detail = stage.add(caseOf(90, 'Grace Hopper', { problems: [problem], impacts: [calls], ...part }));
  page = await (await openContext(browser, { viewport: { width: 1440, height: 900 }, ...options })).newPage();
  await page.goto(`${url}/cases/${detail.reference}`);
  await page.getByRole('heading', { name: 'Grace Hopper' }).first().waitFor();
  return detail;
};
const told = (path: string, method = 'POST') =>
  waitFor(() => stage.calls.find((call) => call.method === method && call.path.endsWith(path)));
const palette = async (typed: string) => {
  await openPalette(page);
  await page.keyboard.type(typed);
};
const command = (name: string) =>
  page
    .getByRole('dialog', { name: 'Buscar' })
    .getByRole('option', { name })
    .or(page.getByRole('dialog', { name: 'Buscar' }).getByRole('button', { name }));

it('the code of the case is said in the language of the customer, at the end of what is written', async () => {
  const english = { id: uuid(390), displayName: 'Grace Hopper', tier: 'standard' as const, language: 'en' as const };
  const { reference } = await opened({ customer: english });
  await page.locator('#composer-text').fill('Hi Grace,');
  await page.getByRole('button', { name: 'Poner el código del caso' }).click();
  expect(await page.locator('#composer-text').inputValue()).toBe(
    `Hi Grace,\nYour code is ${reference}: show it at a store or say it on the phone.`,
  );
});

it('calls that only fail one way are said to', async () => {
  await opened();
  await page.getByRole('button', { name: 'Llamadas: comprobado' }).click();
  await page.getByRole('menuitem', { name: 'No puede llamar' }).click();
  expect((await told('/impacts')).body).toEqual({ kind: 'calls', part: 'out' });
});

it('a problem that is somebody else’s is split out from its own menu', async () => {
  await opened();
  await page.getByRole('button', { name: `Etapa: Recibido, ${problem.statement}` }).click();
  await page.getByRole('menuitem', { name: 'Separar lo que es de otra persona' }).click();
  const dialog = page.getByRole('dialog', { name: 'Separar lo que es de otra persona' });
  const chosen = dialog.getByRole('checkbox', { name: new RegExp(problem.statement, 'u') });
  await chosen.waitFor();
  expect(await chosen.isChecked()).toBe(true);
});

it('a promise is due by the clock of the workspace, wherever the browser is', async () => {
  await opened({}, { timezoneId: 'America/New_York' });
  await palette('due');
  await command('Prometer algo al cliente').click();
  const dialog = page.getByRole('dialog', { name: 'Añadir a la historia' });
  await dialog.getByLabel('Es escribirle con novedades').check();
  await dialog.getByLabel('Para cuándo').fill('2030-01-02T18:00');
  await dialog.getByRole('button', { name: 'Añadir', exact: true }).click();
  expect((await told('/promises')).body).toMatchObject({ kind: 'update', dueAt: '2030-01-02T17:00:00.000Z' });
});

it('so is what is planned next', async () => {
  await opened({}, { timezoneId: 'America/New_York' });
  await palette('planificar');
  await command('Próxima acción').click();
  const dialog = page.getByRole('dialog', { name: 'Próxima acción' });
  await dialog.getByText('A una hora').click();
  await dialog.getByLabel('Día y hora').fill('2030-01-02T18:00');
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  expect((await told('/next-action', 'PATCH')).body).toMatchObject({ dueAt: '2030-01-02T17:00:00.000Z' });
});

it.each([
  ['historia add', 'Añadir a la historia', 'Añadir a la historia'],
  ['tracking', 'Dar un enlace de seguimiento', 'Enlace de seguimiento'],
  ['receipt', 'Ver el código y el recibo', 'Código del caso'],
  ['duplicado', 'Unir con otra persona', /./u],
  ['split', 'Separar lo que es de otra persona', 'Separar lo que es de otra persona'],
])('the palette knows “%s”', async (typed, name, title) => {
  await opened();
  await palette(typed);
  await command(name).click();
  await page.getByRole('dialog', { name: title }).getByRole('heading').first().waitFor();
});

it('says why a promise cannot be made on a case that is over, and to whom a merge is not allowed', async () => {
  stage.user = { ...stage.user, permissions: stage.user.permissions.filter((each) => each !== 'customer.merge') };
  await opened({ status: 'closed', closedAt: AT });
  await palette('prometer');
  await page.getByText('El caso está cerrado.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog', { name: 'Buscar' }).waitFor({ state: 'detached' });
  await palette('fusionar');
  await page.getByText('Tu rol no permite hacer esto.').waitFor();
});
