import type { Browser, BrowserContextOptions, Page, Response } from 'playwright-core';
import { IssuedLink, NoteEntry, type CaseDetail } from '#contracts';
import type { Staff } from '../../e2e/staff.js';
import { startWorld, type World } from '../../e2e/world.js';
import { axeFaults, openBrowser, openContext, screenshot } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';

const PHOTO = {
  name: 'photo.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
};
const PHONE = { width: 390, height: 844 };

let world: World;
let browser: Browser;
let agent: Staff;
let detail: CaseDetail;
let url: string;

beforeAll(async () => {
  [world, browser] = await Promise.all([startWorld(), openBrowser()]);
  agent = await world.login('agent@hilo.test');
  const person = await world.outside.newcomer('Lucía Ferrer Aguado');
  await world.outside.writeDm(person, 'Se me ha muerto el móvil. Se apagó cargando y ya no enciende.');
  const [row] = await waitFor(async () => {
    const rows = await agent.cases(`q=${person.handle}`);
    return rows.length === 1 && rows;
  });
  const caseId = row?.id ?? '';
  await agent.visit({
    storeId: world.stores.goya,
    caseReference: row?.reference,
    text: 'Trae el equipo apagado.',
    lacks: ['calls', 'data', 'photos'],
    device: { imei: '356938035643809', model: 'Auriga One' },
  });
  const { user } = (await agent.ask('/session')).body as { user: { id: string } };
  const change = async (body: object) =>
    agent.ask(`/cases/${caseId}`, { method: 'PATCH', body: { ...body, version: (await agent.case(caseId)).version } });
  await change({ assigneeId: user.id });
  await change({ status: 'in_solution' });
  await agent.reply(caseId, { channel: 'twitter', text: 'Hola, Lucía, soy Marta. Lo primero son tus fotos.' });
  await agent.done(`/cases/${caseId}/notes`, NoteEntry, { method: 'POST', body: { text: 'SECRETO' } });
  await agent.ask(`/cases/${caseId}/promises`, {
    method: 'POST',
    body: { kind: 'update', dueAt: new Date(world.clock.now().getTime() + 3 * 3_600_000).toISOString() },
  });
  await agent.ask(`/cases/${caseId}/promises`, {
    method: 'POST',
    body: {
      kind: 'other',
      text: 'Copiamos tus fotos antes de tocar la placa',
      dueAt: new Date(world.clock.now().getTime() + 50 * 3_600_000).toISOString(),
    },
  });
  world.clock.advance(60_000);
  await waitFor(async () => (await agent.interactions(caseId)).every(({ delivery }) => delivery?.state !== 'held'));
  detail = await agent.case(caseId);
  url = (await agent.done(`/cases/${caseId}/links`, IssuedLink, { method: 'POST', body: {} })).url;
}, 90_000);
afterAll(async () => {
  await browser?.close();
  await world?.stop();
});

/** The page in a browser that runs no script; what it fetched is weighed. */
async function open(options: BrowserContextOptions = {}, path = ''): Promise<{ page: Page; bytes: () => number }> {
  const context = await openContext(browser, { viewport: PHONE, javaScriptEnabled: false, ...options });
  const page = await context.newPage();
  let bytes = 0;
  const weigh = async (response: Response) => {
    if (response.status() < 300) bytes += (await response.body()).length;
  };
  page.on('response', (response) => void weigh(response));
  await page.goto(url + path);
  return { page, bytes: () => bytes };
}

it('tells a customer on a phone everything, without a script, in less than 100 kB', async () => {
  const { page, bytes } = await open();
  await page.getByRole('heading', { name: 'Lucía, estamos en ello' }).waitFor();
  await page.getByText('Donde vimos tu móvil por última vez: Nexo Goya').waitFor();
  await page.getByText(/Te escribimos (hoy|mañana) antes de las/u).waitFor();
  await page.getByText('Copiamos tus fotos antes de tocar la placa').waitFor();
  await page.getByText('Nuestra conversación').click();
  await page.getByText('Lo primero son tus fotos.').waitFor();
  expect(await page.content()).not.toContain('SECRETO');
  await waitFor(() => bytes() > 5_000);
  expect(bytes()).toBeLessThan(100_000);
  const wide = await page.locator('body').evaluate((body) => body.scrollWidth - body.clientWidth);
  expect(wide).toBe(0);
  await page.context().close();
});

it('takes words and a photo without a script', async () => {
  const { page } = await open();
  await page.getByLabel('Tu mensaje').fill('También pita al conectarlo.');
  await page.getByLabel('Fotos').setInputFiles(PHOTO);
  await page.getByRole('button', { name: 'Enviar' }).click();
  await page.getByRole('status').getByText('Recibido').waitFor();
  const said = (await agent.interactions(detail.id)).filter(({ channel }) => channel === 'web');
  expect(said).toMatchObject([{ text: 'También pita al conectarlo.', matchedBy: 'signed_link' }]);
  expect(said[0]?.attachments).toMatchObject([{ fileName: 'photo.jpg', contentType: 'image/jpeg' }]);
  await page.context().close();
});

const LOOKS: [string, BrowserContextOptions, string][] = [
  ['es-light-390', {}, ''],
  ['es-dark-390', { colorScheme: 'dark' }, ''],
  ['en-light-390', {}, '?lang=en'],
  ['en-dark-1024', { colorScheme: 'dark', viewport: { width: 1024, height: 900 } }, '?lang=en'],
  ['es-light-1440', { viewport: { width: 1440, height: 900 } }, ''],
];

it.each(LOOKS)('is readable for everybody: %s', async (name, options, path) => {
  // axe is a script: it looks at the page from outside the page's own policy.
  const { page } = await open({ ...options, javaScriptEnabled: true, bypassCSP: true }, path);
  await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
  await page.setViewportSize({ width: options.viewport?.width ?? PHONE.width, height: 2600 });
  await screenshot(page, `tracking-${name}`);
  expect(await axeFaults(page)).toEqual([]);
  await page.context().close();
});

it.each(['t/nothing-here', 'c/H-0000-05'])('says in both languages what to do at /%s', async (path) => {
  const context = await openContext(browser, { viewport: PHONE, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${world.url}/${path}`);
  await screenshot(page, `tracking-${path.startsWith('t') ? 'nowhere' : 'code'}`);
  expect(await page.locator('section[lang]').count()).toBe(2);
  expect(await axeFaults(page)).toEqual([]);
  await context.close();
});
