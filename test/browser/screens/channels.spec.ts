import { Buffer } from 'node:buffer';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openContext } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { ACCOUNT, channelState, clearRoad, healthOf, MAILBOX, rejectOf } from './outside.js';
import { signedIn } from './people.js';
import { openStage, type Stage } from './stage.js';

const ELENA = signedIn(31, 'Elena Vidal', 'admin');
const SONIA = signedIn(32, 'Sonia Paz', 'supervisor');
const CLOSED = { state: 'trouble', reason: 'channel.reconnect', since: '2026-11-19T10:00:00Z' } as const;

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
  page = await (await openContext(browser)).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const asked = (method: string, path: string) =>
  stage.calls.filter((call) => call.method === method && call.path === path);
const banner = () => page.getByRole('status', { name: 'Canales con problemas' });

describe('the banner', () => {
  it('is on every screen while something is broken, put aside until that changes, by each person', async () => {
    stage.outside.health = healthOf([channelState('twitter:17:poll', CLOSED)]);
    await page.goto(`${url}/inbox`);
    await banner().getByText('X @nexo_ayuda').waitFor();
    await banner().getByText('Hay que conectar la cuenta de nuevo').waitFor();
    await page.goto(`${url}/rejects`);
    await banner().getByRole('button', { name: 'Ocultar hasta que cambie' }).click();
    await banner().getByText('X @nexo_ayuda').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('link', { name: 'Canales: 1 canal con problemas' }).waitFor();
    expect(await banner().textContent()).toBe('');
    stage.outside.health = healthOf([
      channelState('twitter:17:poll', { ...CLOSED, reason: 'channel.no_credit', since: '2026-11-19T11:00:00Z' }),
    ]);
    await page.reload();
    await banner().getByText('No queda crédito en X').waitFor();
    await banner().getByRole('link', { name: 'Qué hacer' }).click();
    await page.getByRole('heading', { name: 'Canales' }).waitFor();
    stage.user = SONIA;
    stage.outside.health = healthOf([channelState('twitter:17:poll', CLOSED)]);
    await page.goto(`${url}/inbox`);
    await banner().getByText('X @nexo_ayuda').waitFor();
  });

  it('comes and goes when a channel rings', async () => {
    await page.goto(`${url}/inbox`);
    await page.getByRole('link', { name: 'Canales', exact: true }).waitFor();
    await waitFor(() => stage.listeners() > 0);
    stage.outside.health = healthOf([channelState('twitter:17:poll', CLOSED)]);
    stage.ringChannel('trouble');
    await banner().getByText('X @nexo_ayuda').waitFor();
    stage.outside.health = healthOf([channelState('twitter:17:poll')]);
    stage.ringChannel('ok');
    await banner().getByText('X @nexo_ayuda').waitFor({ state: 'detached' });
  });

  it('is silent about what is only slower', async () => {
    stage.outside.health = healthOf([channelState('twitter:17:send', { ...CLOSED, reason: 'channel.rate_limited' })]);
    await page.goto(`${url}/inbox`);
    await page.getByRole('link', { name: 'Canales', exact: true }).waitFor();
    await waitFor(() => asked('GET', '/channels/health').length > 0);
    expect(await banner().textContent()).toBe('');
  });
});

describe('how the channels are', () => {
  it('says of each what is wrong, since when, and leads those who may to where it is mended', async () => {
    stage.user = ELENA;
    stage.outside.health = healthOf(
      [
        channelState('smtp-out'),
        channelState('imap:mailbox-1', {
          ...CLOSED,
          reason: 'channel.login_refused',
          detail: 'NO invalid credentials',
        }),
      ],
      { unsent: [{ channel: 'email', account: null, count: 2, oldestAt: '2026-11-19T09:05:00Z' }], rejects: 3 },
    );
    await page.goto(`${url}/channels`);
    const first = page.getByRole('row').nth(1);
    await first.getByText('El servidor rechaza el acceso.').waitFor();
    expect(await first.textContent()).toContain('Dice: NO invalid credentials');
    expect(await page.getByRole('row', { name: /Correo que enviamos/u }).textContent()).toContain('2 · el más antiguo');
    await page.getByRole('link', { name: '3 mensajes retenidos' }).waitFor();
    await first.getByRole('link', { name: /Revisar el buzón/u }).click();
    await page.getByRole('heading', { name: 'Buzones' }).waitFor();
  });

  it('says which stretch of the way is blocked, and takes it back by itself', async () => {
    const steps = clearRoad.steps.map((step) => (step.name === 'worker' ? { ...step, works: false, at: null } : step));
    stage.outside.health = healthOf([channelState('smtp-in')], { road: { works: false, steps } });
    await page.goto(`${url}/channels`);
    await page.getByText('Hilo no está trabajando').waitFor();
    stage.outside.health = healthOf([channelState('smtp-in')]);
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
    await page.reload();
    await page.getByText('Despejado').waitFor();
    await page.getByText('Todos los canales funcionan').waitFor();
  });
});

describe('what was held back', () => {
  beforeEach(() => {
    stage.outside.rejects = [rejectOf(1), rejectOf(2)];
  });

  it('is let in after asking once, and stands among the decided', async () => {
    await page.goto(`${url}/rejects`);
    await page.getByText('El correo da vueltas entre servidores.').first().waitFor();
    await page.getByRole('button', { name: 'Dejar entrar lo de robot1@tienda.test' }).click();
    const dialog = page.getByRole('dialog', { name: '¿Dejar entrar este mensaje?' });
    await dialog.getByRole('button', { name: 'Dejar entrar' }).click();
    await page.getByText('robot1@tienda.test').waitFor({ state: 'detached' });
    expect(asked('POST', '/rejects/reject-1/release')).toHaveLength(1);
    await page.getByRole('link', { name: 'Decididos' }).click();
    await page.getByText(/Dejado entrar por Marta Rey/u).waitFor();
  });

  it('is put away, and not when one thinks better of it', async () => {
    await page.goto(`${url}/rejects`);
    await page.getByRole('button', { name: 'Descartar lo de robot1@tienda.test' }).click();
    await page.getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('button', { name: 'Descartar lo de robot2@tienda.test' }).click();
    await page.getByRole('button', { name: 'Deshacer' }).waitFor();
    // Whoever leaves means it.
    await page.getByRole('link', { name: 'Bandeja', exact: true }).click();
    await waitFor(() => asked('POST', '/rejects/reject-2/discard').length === 1);
    expect(asked('POST', '/rejects/reject-1/discard')).toHaveLength(0);
  });
});

it('what names somebody else’s case is listed, and leads to the very entry', async () => {
  stage.outside.reviews = [
    {
      entryId: 'entry-1',
      case: { id: 'case-1', reference: 'H-1001-2Q', customer: 'Lucía Ferrer' },
      named: { id: 'case-2', reference: 'H-1002-2Q', customer: 'Antonio Bermejo' },
      evidence: { by: 'subject_tag', value: 'H-1002-2Q' },
      sender: 'vecino@correo.test',
      subject: 'Re: presupuesto',
      receivedAt: '2026-11-19T10:00:00Z',
    },
  ];
  await page.goto(`${url}/rejects`);
  await page.getByRole('link', { name: 'Por revisar' }).click();
  await page.getByText('Está en H-1001-2Q (Lucía Ferrer) y nombra H-1002-2Q (Antonio Bermejo)').waitFor();
  await page.getByRole('link', { name: 'Ver y decidir lo de vecino@correo.test' }).click();
  await page.waitForURL(/cases\/H-1001-2Q.*#entry-entry-1$/u);
});

describe('mailboxes', () => {
  beforeEach(async () => {
    stage.user = ELENA;
    stage.outside.mailboxes = [{ ...MAILBOX }];
    await page.goto(`${url}/channels/mailboxes`);
  });

  it('one is added with what it takes to log in', async () => {
    await page.getByRole('button', { name: 'Añadir un buzón' }).click();
    const dialog = page.getByRole('dialog', { name: 'Añadir un buzón' });
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await dialog.getByText('Faltan datos: Dirección, Servidor IMAP, Usuario, Contraseña.').waitFor();
    await dialog.getByLabel('Dirección').fill('tienda@hilo.test');
    await dialog.getByLabel('Servidor IMAP').fill('imap.hilo.test');
    await dialog.getByLabel('Usuario').fill('tienda');
    await dialog.getByRole('textbox', { name: 'Contraseña' }).fill('s3creta');
    await dialog.getByRole('button', { name: 'Guardar' }).click();
    await page.getByRole('heading', { name: 'tienda@hilo.test' }).waitFor();
    expect(asked('POST', '/mailboxes')[0]?.body).toMatchObject({
      port: 993,
      security: 'tls',
      access: { kind: 'password', password: 's3creta' },
    });
  });

  it('one is changed without stating its secret again, tried, and removed after asking', async () => {
    await page.getByRole('button', { name: 'Cambiar care@hilo.test' }).click();
    await page.getByLabel('Carpeta', { exact: true }).fill('Care');
    await page.getByRole('button', { name: 'Guardar' }).click();
    await waitFor(() => asked('PATCH', '/mailboxes/mailbox-1').length === 1);
    expect(asked('PATCH', '/mailboxes/mailbox-1')[0]?.body).toMatchObject({ folder: 'Care' });
    expect(asked('PATCH', '/mailboxes/mailbox-1')[0]?.body).not.toHaveProperty('access');
    stage.outside.mailboxTest = {
      ...stage.outside.mailboxTest,
      works: false,
      message: 'La carpeta del buzón no existe.',
      folders: ['INBOX', 'Archivo'],
    };
    await page.getByRole('button', { name: 'Probar care@hilo.test' }).click();
    await page.getByText('Carpetas que hay: INBOX, Archivo').waitFor();
    await page.getByRole('button', { name: 'Quitar care@hilo.test' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Quitar' }).click();
    await page.getByText('Ningún buzón vigilado').waitFor();
  });
});

it('a mailbox that moves to another server asks for its secret again, where that is entered', async () => {
  stage.user = ELENA;
  stage.outside.mailboxes = [{ ...MAILBOX }];
  await page.goto(`${url}/channels/mailboxes`);
  await page.getByRole('button', { name: 'Cambiar care@hilo.test' }).click();
  await page.getByLabel('Servidor IMAP').fill('imap.otro.test');
  await page.getByRole('button', { name: 'Guardar' }).click();
  const access = page.locator('label').filter({ hasText: 'Cómo se entra' });
  await access.getByRole('alert').filter({ hasText: 'hay que volver a escribir la contraseña' }).waitFor();
  expect(await access.getByRole('combobox').getAttribute('aria-invalid')).toBe('true');
  await access.getByRole('combobox').selectOption('password');
  await page.getByRole('textbox', { name: 'Contraseña' }).fill('s3creta');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(asked('PATCH', '/mailboxes/mailbox-1')[1]?.body).toMatchObject({
    host: 'imap.otro.test',
    access: { kind: 'password', password: 's3creta' },
  });
});

describe('accounts on X', () => {
  it('say what is wrong and are connected again; what X refused is told on the way back', async () => {
    stage.user = ELENA;
    stage.outside.accounts = [ACCOUNT];
    await page.goto(`${url}/channels/twitter`);
    await page.getByText('Hay que conectarla de nuevo').waitFor();
    await page.getByText('4 respuestas esperan').waitFor();
    await page.getByRole('button', { name: 'Conectar de nuevo @nexo_ayuda' }).click();
    await page.getByText('La cuenta no se ha conectado.').waitFor();
    expect(new URL(page.url()).pathname).toBe('/channels/twitter');
    await page.getByRole('button', { name: 'Desconectar @nexo_ayuda' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Desconectar' }).click();
    await page.getByText('Ninguna cuenta conectada').waitFor();
  });
});

describe('a list of calls', () => {
  it('tells what became of it, and the lines it could not read', async () => {
    stage.user = SONIA;
    stage.outside.imported = {
      imported: 41,
      duplicates: 3,
      onCases: 17,
      refused: [{ line: 7, column: 'startedAt', message: 'is no date and time' }],
    };
    await page.goto(`${url}/channels/calls`);
    await page.locator('input[type=file]').setInputFiles({
      name: 'lista.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('id,phone\n1,612407718\n'),
    });
    await page.getByText('41 llamadas nuevas').waitFor();
    await page.getByText('3 ya estaban').waitFor();
    await page.getByRole('row', { name: '7 La fecha y la hora no se entienden: 2026-11-21 10:04.' }).waitFor();
  });
});
