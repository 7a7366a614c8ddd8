import type { Browser, Page } from 'playwright-core';
import { VOUCHER_DOTS, type CaseDetail, type InteractionEntry, type TimelineEntry } from '#contracts';
import { axeFaults, openBrowser, openContext } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { caseOf, MARTA, saidOn, signedIn, uuid } from './people.js';
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
  page = await (await openContext(browser)).newPage();
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const SONIA = signedIn(32, 'Sonia Paz', 'supervisor');
const detail = caseOf(80, 'Begoña Uriarte');
const mail = (text: string, part: Partial<InteractionEntry> = {}) =>
  saidOn(detail, text, { channel: 'email', subject: 'Presupuesto', ...part });
const TRUST = {
  verified: false,
  by: null,
  proof: 'none',
  spf: 'fail',
  dkim: 'none',
  dmarc: 'fail',
  domain: 'correo.test',
  source: 'check',
} as const satisfies InteractionEntry['sender'];
const SENT = {
  state: 'sent',
  reason: null,
  detail: null,
  dueAt: null,
  attempts: 1,
  sentAt: null,
  report: null,
} as const;
const ours = (text: string, delivery: Partial<NonNullable<InteractionEntry['delivery']>>) =>
  mail(text, {
    direction: 'outbound',
    author: { kind: 'agent', id: MARTA.id, displayName: MARTA.displayName },
    matchedBy: null,
    delivery: { ...SENT, queue: null, ...delivery },
  });
const entry = (text: string) => page.locator('[data-entry]', { hasText: text });
const show = async (entries: TimelineEntry[], opened: CaseDetail = detail) => {
  stage.add(opened, entries);
  await page.goto(`${url}/cases/${opened.reference}`);
  await page.locator('[data-entry]').first().waitFor();
};

it('says why it is on this case and who really sent it, to pointer, focus and ear', async () => {
  await show([
    mail('Acepto', { matchedBy: 'reply_token', sender: TRUST, automatic: true, automaticKind: 'auto_reply' }),
  ]);
  const why = entry('Acepto').getByRole('img', { name: 'Colocado aquí por responder a un correo nuestro' });
  await why.focus();
  await page.getByRole('tooltip').getByText('responder a un correo nuestro').waitFor();
  await entry('Acepto')
    .getByRole('img', { name: /Remitente falso.*SPF fail/u })
    .waitFor();
  await entry('Acepto').getByText('Automático', { exact: false }).first().waitFor();
});

it('folds what is quoted, in text and in the page it was sent as', async () => {
  const html = '<div>Acepto</div><div data-quoted="part">son 400 €</div><img data-src="https://tracker.example/p.gif">';
  await show([mail('De acuerdo', { quoted: 'El 18 nov Nexo escribió:\n> son 400 €' }), mail('Acepto', { html })]);
  const text = entry('De acuerdo');
  expect(await text.getByText('son 400 €').count()).toBe(0);
  await text.getByRole('button', { name: 'Mostrar el texto citado', expanded: false }).press('Enter');
  await text.getByText('son 400 €').waitFor();
  await text.getByRole('button', { name: 'Ocultar el texto citado', expanded: true }).waitFor();
  const asSent = page.locator('[data-entry]').nth(1);
  const quote = asSent.frameLocator('iframe').getByText('son 400 €');
  await asSent.frameLocator('iframe').getByText('Acepto').waitFor();
  expect(await quote.isVisible()).toBe(false);
  await asSent.getByRole('button', { name: 'Mostrar el texto citado' }).click();
  await quote.waitFor();
});

it('offers the original of a mail, and of one with the code of a voucher only to who gets it', async () => {
  const plain = mail('Acepto', { hasOriginal: true });
  const quoting = mail('Gracias', { hasOriginal: true, quoted: `El código del bono es ${VOUCHER_DOTS} y vale` });
  const original = page.getByRole('menuitem', { name: 'Descargar el original' });
  const offered = async (text: string) => {
    await entry(text).getByRole('button', { name: /^Más/u }).click();
    await page.getByRole('menuitem').first().waitFor();
    const there = await original.isVisible();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    return there;
  };
  await show([plain, quoting]);
  expect([await offered('Acepto'), await offered('Gracias')]).toEqual([true, false]);
  stage.user = SONIA;
  await page.reload();
  expect([await offered('Acepto'), await offered('Gracias')]).toEqual([true, true]);
});

it('images from elsewhere are fetched when asked for, not before', async () => {
  const asked: string[] = [];
  await page.context().route('https://tracker.example/**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ status: 204 });
  });
  const html = '<p>Hola</p><img data-src="https://tracker.example/p.gif" data-blocked="remote">';
  await show([mail('Hola', { html })]);
  await page.frameLocator('iframe').getByText('Hola').waitFor();
  expect(asked).toEqual([]);
  await page.getByRole('button', { name: 'Mostrar imágenes' }).click();
  await waitFor(() => asked.length === 1);
});

it('is opened where the address names it, however much came after', async () => {
  const many = Array.from({ length: 40 }, (_, number) => saidOn(detail, `Mensaje ${number}`));
  stage.add(detail, many);
  await page.goto(`${url}/cases/${detail.reference}#entry-${many[3]?.id}`);
  await entry('Mensaje 3').first().waitFor();
  await waitFor(async () => {
    const box = await page.locator(`#entry-${many[3]?.id}`).boundingBox();
    return box !== null && box.y > 100 && box.y < 500;
  });
});

it('is moved to the case it belongs to, with the reason', async () => {
  await show([mail('No es para este'), saidOn(detail, 'Sí es para este')]);
  await entry('No es para este').hover();
  await page
    .getByRole('button', { name: /Más sobre el mensaje/u })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Mover a otro caso…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Mover a otro caso' });
  await dialog.getByRole('button', { name: 'Mover' }).click();
  await dialog.getByText('Escribe la referencia del caso.').waitFor();
  await dialog.getByLabel('Caso').fill('H-1002-2Q');
  await dialog.getByLabel('Por qué').fill('Es de su hermano');
  await dialog.getByRole('button', { name: 'Mover', exact: true }).click();
  await entry('No es para este').waitFor({ state: 'detached' });
  const [move] = stage.calls.filter(({ path }) => path.endsWith('/move'));
  expect(move?.body).toEqual({ toCaseReference: 'H-1002-2Q', reason: 'Es de su hermano', withSender: false });
  expect(move?.key).toMatch(/^[0-9a-f-]{36}$/u);
});

it('an answer in public shows what it answers and leads there, or to X when it is not on the screen', async () => {
  const post = saidOn(detail, 'Nadie me hace caso\nen tres días', {
    externalId: 'post:71',
    public: { url: 'https://x.com/i/status/71', answers: null },
  });
  const between = Array.from({ length: 30 }, (_, at) => saidOn(detail, `Mensaje ${at + 1}`));
  const answer = (text: string, answers: string) =>
    saidOn(detail, text, { direction: 'outbound', public: { url: null, answers } });
  await show([post, ...between, answer('Escríbenos', 'post:71'), answer('Te leemos', 'post:70')]);
  const link = entry('Escríbenos').getByRole('link', { name: /Responde a «Nadie me hace caso/u });
  expect(await entry('Nadie me hace caso').first().isVisible()).toBe(true);
  await link.click();
  await page.waitForFunction(`document.activeElement.id === 'entry-${post.id}'`);
  await waitFor(async () => {
    const box = await page.locator(`#entry-${post.id}`).boundingBox();
    return box !== null && box.y > 0 && box.y < 900;
  });
  expect(
    await entry('Te leemos').getByRole('link', { name: 'Responde a una publicación en X' }).getAttribute('href'),
  ).toBe('https://x.com/i/status/70');
});

it('said in public is answered with an invitation to write in private', async () => {
  await show([saidOn(detail, 'Nadie me hace caso', { public: { url: 'https://x.com/i/status/1', answers: null } })]);
  await entry('Nadie me hace caso').hover();
  await page.getByRole('button', { name: /Más sobre el mensaje/u }).click();
  await page.getByRole('menuitem', { name: 'Invitar a escribir en privado' }).click();
  await entry('Escríbenos por mensaje privado').waitFor();
  const [invited] = stage.calls.filter(({ path }) => path.endsWith('/invitations'));
  expect(invited?.body).toEqual({ interactionId: expect.stringMatching(/^[0-9a-f-]{36}$/u) as string });
  expect(invited?.key).toMatch(/^[0-9a-f-]{36}$/u);
});

describe('an entry that names somebody else’s case', () => {
  const review = { caseReference: 'H-1002-2Q', evidence: { by: 'subject_tag' as const, value: 'H-1002-2Q' } };
  const notice = () => page.getByRole('group', { name: /Nombra el caso H-1002-2Q/u });

  it('stays when somebody says so', async () => {
    await show([mail('Yo también espero', { review })]);
    await notice().getByRole('button', { name: 'Dejarlo aquí' }).click();
    await notice().waitFor({ state: 'detached' });
    expect(await entry('Yo también espero').count()).toBe(1);
    expect(stage.calls.some(({ path }) => path.endsWith('/review/dismiss'))).toBe(true);
  });

  it('goes there with its reference filled in', async () => {
    await show([mail('Yo también espero', { review }), saidOn(detail, 'Otra cosa')]);
    await notice().getByRole('button', { name: 'Mover a H-1002-2Q' }).click();
    expect(await page.getByRole('textbox', { name: /^Caso/u }).inputValue()).toBe('H-1002-2Q');
  });
});

it('a mail that came back says what the other server said, and how to go on', async () => {
  const report = {
    action: 'failed',
    status: '5.1.1',
    diagnostic: '550 no such user',
    recipient: 'bego@correo.test',
    at: '2026-11-19T10:00:00Z',
  } as const;
  await show([saidOn(detail, 'Hola'), ours('El resguardo', { report })]);
  const back = page.getByRole('group', { name: 'No entregado' });
  await back.getByText('El correo a bego@correo.test ha vuelto').waitFor();
  expect(await back.textContent()).toContain('550 no such user');
  expect(await back.getByRole('button', { name: 'Enviar otra vez' }).count()).toBe(0);
  await back.getByRole('button', { name: 'Responder por X' }).click();
  await waitFor(async () => (await page.locator('#composer-text').inputValue()) === 'El resguardo');
});

it('a reply that waits for its turn is taken back from its menu, words and all', async () => {
  const waits = { state: 'pending', reason: 'rate.domain', attempts: 0, dueAt: '2026-11-19T13:00:00Z' } as const;
  await show([saidOn(detail, 'Hola'), ours('Hay muchos antes', waits)]);
  await entry('Hay muchos antes').getByText('Sale a las 14:00').waitFor();
  await entry('Hay muchos antes').hover();
  await entry('Hay muchos antes')
    .getByRole('button', { name: /Más sobre el mensaje/u })
    .click();
  await page.getByRole('menuitem', { name: 'Deshacer el envío' }).click();
  await waitFor(async () => (await page.locator('#composer-text').inputValue()) === 'Hay muchos antes');
  expect(await entry('Hay muchos antes').count()).toBe(0);
});

it('a reply in the line of a channel says its place and when it leaves', async () => {
  const eta = new Date(Date.now() + 3_600_000).toISOString();
  await show([
    ours('Espera su turno', { state: 'pending', reason: 'channel.rate_limited', queue: { position: 3, eta } }),
  ]);
  await entry('Espera su turno')
    .getByText(/Nº 3 en la cola, hacia las/u)
    .waitFor();
});

it('the limits of a channel and its line are known before a word is typed', async () => {
  const files = { most: 4, types: { 'image/png': 5_000_000 } };
  const [thread] = detail.threads;
  const opened = (queue: { waiting: number; eta: string | null } | null): CaseDetail => ({
    ...detail,
    threads: thread ? [{ ...thread, limits: { textLength: 10_000, files, queue } }] : [],
  });
  await show([saidOn(detail, 'Hola')], opened(null));
  await page.getByText('10.000 caracteres · hasta 4 fotos, GIF o vídeos').waitFor();
  await page.locator('#composer-text').fill('x'.repeat(9_700));
  await page.getByText('quedan 300 caracteres').waitFor();
  const [held] = stage.cases.splice(-1);
  stage.cases.push({ ...(held ?? detail), ...opened({ waiting: 3, eta: null }) });
  await page.locator('#composer-text').fill('');
  await page.reload();
  await page.getByText('3 respuestas delante').waitFor();
});

it('calls, other places, notices and moves are told in words, with nothing axe minds', async () => {
  const call = { outcome: 'busy', times: 2, durationSeconds: null, extension: '204' } as const;
  const elsewhere = { place: 'Foro Móvil', url: 'https://foro.example/t/1', authorName: 'bego_77' };
  const moved = {
    interactionId: uuid(1),
    fromCaseId: uuid(2),
    fromReference: 'H-1003-2Q',
    matchedBefore: 'contact_point',
    reason: 'era de su hermana',
    withSender: null,
  };
  await show([
    saidOn(detail, 'Comunicabais', { channel: 'phone', call }),
    saidOn(detail, 'Nadie contesta', { channel: 'other', elsewhere }),
    mail('Con sello', {
      sender: TRUST,
      hasOriginal: true,
      notices: [{ code: 'mail.signed', values: { kind: 'S/MIME' } }],
    }),
    {
      ...{ type: 'event', id: uuid(7001), at: new Date().toISOString(), event: 'entry.moved_in' },
      author: { kind: 'agent', id: MARTA.id, displayName: MARTA.displayName },
      data: moved,
    },
  ]);
  await entry('Comunicabais').getByText('Llamó y comunicaba').waitFor();
  await entry('Comunicabais').getByText('2 intentos · extensión 204').waitFor();
  await entry('Nadie contesta').getByRole('link', { name: 'Ver en foro.example' }).waitFor();
  await entry('Con sello').getByText('El mensaje está firmado con S/MIME.').waitFor();
  await page.getByText('Marta trajo un mensaje del caso H-1003-2Q: era de su hermana').waitFor();
  expect(await axeFaults(page)).toEqual([]);
});

it('an event of a newer server is one line without its words, and the case is there', async () => {
  const author = { kind: 'system', id: null, displayName: '' } as const;
  const event = { type: 'event', author, at: '2026-11-23T09:00:00.000Z' } as const;
  const unknown = { event: 'case.frozen', data: { by: 'frost' } };
  const unheard = { event: 'impact.reported', data: { kinds: ['telepathy'] } };
  await show([
    saidOn(detail, 'Hola'),
    { ...event, id: uuid(950), ...unknown },
    { ...event, id: uuid(951), ...unheard },
  ]);
  await waitFor(async () => (await page.getByText('Cambio en el caso').count()) === 2);
  await entry('Hola').waitFor();
});
