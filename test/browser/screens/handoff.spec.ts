import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { CaseDetail, CaseHandoffs } from '#contracts';
import { openBrowser, openContext, openPalette } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { handoffOf, nameOf, ORBE, previewOf, sentBack, wordOf } from './handoffs.js';
import { caseOf, uuid } from './people.js';
import { openStage, type Stage } from './stage.js';

let browser: Browser;
let stage: Stage;
let url: string;
let page: Page;
let detail: CaseDetail;
let handoffs: CaseHandoffs['items'];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  ({ stage, url } = await openStage());
  detail = stage.add(caseOf(90, 'Grace Hopper'));
  handoffs = [];
  stage.canned.set('GET /partners', () => ({ items: [ORBE] }));
  stage.canned.set(`GET /cases/${detail.id}/handoffs`, () => ({ items: handoffs }));
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

/** What becomes of the handoffs of the case. */
const given = (those: CaseHandoffs['items']) => {
  handoffs = those;
  Object.assign(detail, { handoffs: those.map(nameOf), version: detail.version + 1 });
};
/** The case with these handoffs. */
const opened = async (those: CaseHandoffs['items'], options: BrowserContextOptions = {}) => {
  given(those);
  page = await (await openContext(browser, { viewport: { width: 1440, height: 900 }, ...options })).newPage();
  await page.goto(`${url}/cases/${detail.reference}`);
  await page.getByRole('heading', { name: 'Grace Hopper' }).first().waitFor();
};
const told = (path: string, method = 'POST') =>
  waitFor(() => stage.calls.findLast((call) => call.method === method && call.path.endsWith(path)));
const panel = () => page.getByRole('region', { name: 'Traspasos' });
/** Something to their partner, once the key has turned the box to it: a key waits until it is known to be no scanner's. */
const write = async (text: string) => {
  await page.keyboard.press('p');
  await page.getByPlaceholder('Escribe a Orbe. Grace no lo verá.').fill(text);
};
const written = (id: string) => `/handoffs/${id}/words`;

describe('work is given', () => {
  const draft = handoffOf(uuid(190), {
    state: 'draft',
    sentAt: null,
    document: null,
    partnerRef: null,
    engineer: null,
  });
  const complete = previewOf();
  const lacking = previewOf({ missing: [{ key: 'lock', title: 'Bloqueo quitado' }] });

  beforeEach(() => {
    stage.canned.set(`POST /cases/${detail.id}/handoffs`, () => {
      given([draft]);
      return sentBack(draft);
    });
    stage.canned.set(`PATCH /handoffs/${draft.id}`, () => sentBack(draft));
    stage.canned.set(`GET /handoffs/${draft.id}/preview`, () => {
      const form = stage.calls.findLast(({ method }) => method === 'PATCH')?.body['form'] as
        { wet?: boolean } | undefined;
      return form?.wet === false ? complete : lacking;
    });
    stage.canned.set(`POST /handoffs/${draft.id}/send`, () => {
      given([handoffOf(detail.id, { state: 'sent' })]);
      return sentBack(draft);
    });
  });

  it('after all that they will see was seen, and nothing they ask for is missing', async () => {
    await opened([]);
    await page.keyboard.press('h');
    const dialog = page.getByRole('dialog', { name: 'Traspasar a otra empresa' });
    await dialog.getByLabel('A quién').selectOption({ label: 'Orbe' });
    await dialog.getByText('Que aconsejen').click();
    await dialog.getByLabel('Qué les pedimos').fill('Diagnosticar y presupuestar');
    await dialog.getByRole('button', { name: 'Continuar' }).click();
    expect((await told(`/cases/${detail.id}/handoffs`)).body).toMatchObject({
      ...{ partnerId: ORBE.id, mode: 'advise', deviceId: null, ask: 'Diagnosticar y presupuestar' },
    });

    const whole = page.getByRole('dialog', { name: 'Traspaso a Orbe' });
    const seen = whole.getByRole('region', { name: 'Justo lo que verá Orbe' });
    await seen.getByText('Otro cargador, reinicio').waitFor();
    expect(await seen.getByText('Orbe no verá:').locator('..').textContent()).toContain(
      'Teléfono del cliente · Correo del cliente',
    );
    await whole.getByText('Falta algo que pide Orbe: Bloqueo quitado').waitFor();
    const send = whole.getByRole('button', { name: 'Enviar a Orbe' });
    expect(await send.isDisabled()).toBe(true);

    await whole.getByLabel('Bloqueo quitado').selectOption('sí');
    await whole.getByRole('group', { name: '¿Se ha mojado?' }).getByText('No', { exact: true }).click();
    await waitFor(async () => (await whole.getByText('Falta algo').count()) === 0);
    await send.click();
    await told('/send');
    await panel().getByText('Enviado, sin acuse').waitFor();
    expect((await told(`/handoffs/${draft.id}`, 'PATCH')).body).toMatchObject({ form: { lock: 'sí', wet: false } });
  });

  it('a draft goes on from where it was left, however it was closed', async () => {
    stage.canned.set(`PATCH /handoffs/${draft.id}`, ({ body }) => {
      handoffs = handoffs.map((one) => ({ ...one, ...body }));
      return sentBack(handoffs[0] ?? draft);
    });
    stage.canned.set(`GET /handoffs/${draft.id}/preview`, () => complete);
    const patches = () => stage.calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body['ask']);
    await opened([draft]);
    const dialog = page.getByRole('dialog', { name: 'Traspaso a Orbe' });
    const ask = dialog.getByLabel('Qué les pedimos');
    const goOn = async () => {
      await panel().getByRole('button', { name: 'Completar y enviar' }).click();
      await dialog.getByText('Otro cargador, reinicio').waitFor();
    };
    await goOn();
    expect(patches()).toEqual([]);
    await ask.fill('Solo diagnosticar');
    await waitFor(() => patches().length === 1);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await goOn();
    expect(await ask.inputValue()).toBe('Solo diagnosticar');
    expect(patches()).toEqual(['Solo diagnosticar']);

    await ask.fill('Diagnosticar y esperar');
    await waitFor(() => patches().length === 2);
    const keep = dialog.getByRole('button', { name: 'Guardar borrador' });
    stage.refuse.set(`PATCH /handoffs/${draft.id}`, { status: 503, code: 'server.unavailable' });
    await keep.click();
    await dialog.getByText('server.unavailable').waitFor();
    await keep.click();
    await dialog.waitFor({ state: 'hidden' });
    expect(handoffs[0]?.ask).toBe('Diagnosticar y esperar');
  });

  it('from the palette, in either language of the one who looks for it', async () => {
    await opened([]);
    await openPalette(page);
    await page.keyboard.type('hand over');
    await page.getByRole('dialog', { name: 'Buscar' }).getByText('Traspasar a otra empresa').click();
    await page.getByRole('dialog', { name: 'Traspasar a otra empresa' }).waitFor();
  });
});

describe('work that is with them', () => {
  const at = (day: number) => `2026-11-${day}T10:00:00Z`;
  const quote = {
    ...{ currency: 'EUR', agreement: 'Acuerdo 2026' },
    lines: [{ description: 'Placa base', kind: 'part' as const, quantity: 1, listCents: 40_000, priceCents: 20_000 }],
  };

  it('says who has it, until when and by how much that slipped, and that the customer is not told', async () => {
    const entries = [
      wordOf({ kind: 'accepted', etaAt: '2026-11-20T17:00:00Z' }, at(17)),
      wordOf({ kind: 'eta', etaAt: '2026-11-23T17:00:00Z', reason: 'Falta la pieza' }, at(19)),
    ];
    await opened([handoffOf(detail.id, { entries })]);
    await panel().getByText('RMA-58213').waitFor();
    const words = (await panel().textContent()) ?? '';
    for (const expected of ['RMA-58213', 'Teresa Olmo', '600 100 200', '20 nov', '23 nov', '+3 d', 'Marta Rey'])
      expect(words).toContain(expected);
    await panel().getByText('Grace todavía no sabe que lo tiene Orbe.').waitFor();
  });

  it('what they ask is read among the rest and answered from the composer, for their eyes only', async () => {
    const question = '¿Se puede borrar la memoria?';
    const open = handoffOf(detail.id, {
      ...{ state: 'info_requested', question },
      entries: [wordOf({ kind: 'asked', question }, at(18))],
    });
    stage.canned.set(`POST ${written(open.id)}`, () => {
      handoffs = [{ ...open, state: 'accepted', question: null }];
      return sentBack(open);
    });
    await opened([open]);
    await page.getByRole('listitem').filter({ hasText: question }).waitFor();
    await panel().getByRole('button', { name: 'Responder' }).click();
    const box = page.locator('#composer-text');
    expect(await box.getAttribute('placeholder')).toBe('Responde a Orbe. Grace no lo verá.');
    await box.fill('No, nunca sin su permiso escrito');
    await page.getByRole('button', { name: 'Enviar al socio' }).click();
    expect((await told(written(open.id))).body).toEqual({
      word: { kind: 'info', text: 'No, nunca sin su permiso escrito' },
    });
    await waitFor(async () => (await box.inputValue()) === '');
    expect(stage.calls.filter(({ path }) => path.endsWith('/replies'))).toEqual([]);
  });

  it('what did not reach them stays in the composer, and is not said twice', async () => {
    const open = handoffOf(detail.id);
    stage.canned.set(`POST ${written(open.id)}`, () => sentBack(open));
    await opened([open]);
    await write('¿Sigue en pie el lunes?');
    stage.refuse.set(`POST ${written(open.id)}`, { status: 503, code: 'server.unavailable' });
    await page.getByRole('button', { name: 'Enviar al socio' }).click();
    await page.getByText('No le ha llegado al socio. Tu texto sigue aquí.').waitFor();
    expect(await page.locator('#composer-text').inputValue()).toBe('¿Sigue en pie el lunes?');
    await page.getByRole('button', { name: 'Enviar al socio' }).click();
    await waitFor(async () => (await page.locator('#composer-text').inputValue()) === '');
    const calls = stage.calls.filter(({ path }) => path === written(open.id));
    expect(calls.map(({ body }) => body)).toEqual(
      Array<unknown>(2).fill({ word: { kind: 'note', text: '¿Sigue en pie el lunes?' } }),
    );
    const [first, again] = calls.map(({ key }) => key);
    expect(first).toMatch(/-note$/u);
    expect(again).toBe(first);
  });

  it('what was said is no draft, though its draft could not be thrown away when it ended meanwhile', async () => {
    const open = handoffOf(detail.id);
    const drafts = `/cases/${detail.id}/drafts/partner`;
    const thrown = () => stage.calls.filter(({ method, path }) => method === 'DELETE' && path === drafts);
    stage.canned.set(`POST ${written(open.id)}`, () => {
      given([{ ...open, state: 'closed' }]);
      stage.refuse.set(`DELETE ${drafts}`, { status: 503, code: 'server.unavailable' });
      return sentBack(open);
    });
    await opened([open]);
    await write('¿Sigue en pie el lunes?');
    await page.getByRole('button', { name: 'Enviar al socio' }).click();
    await waitFor(() => thrown().length === 2);
    await page.getByText('Nadie de fuera trabaja en este caso.').waitFor();
    expect(await page.locator('#composer-text').inputValue()).toBe('');
    expect(await page.getByText('No le ha llegado al socio').count()).toBe(0);
    expect(stage.calls.filter(({ path }) => path === written(open.id))).toHaveLength(1);
  });

  it('what was written to one whose handoff ended meanwhile is thrown away, wherever it is kept', async () => {
    const open = handoffOf(detail.id);
    await opened([open]);
    await write('¿Sigue en pie el lunes?');
    await waitFor(() => stage.calls.some(({ method, path }) => method === 'PUT' && path.endsWith('/drafts/partner')));
    given([{ ...open, state: 'closed' }]);
    stage.ring(detail, 'handoff.closed');
    await page.getByRole('button', { name: 'Descartar lo escrito' }).click();
    await waitFor(() =>
      stage.calls.some(({ method, path }) => method === 'DELETE' && path.endsWith('/drafts/partner')),
    );
    expect(await page.locator('#composer-text').inputValue()).toBe('');
    await page.getByRole('button', { name: 'Descartar lo escrito' }).waitFor({ state: 'detached' });
  });

  it('their quote is answered, and begins the quote of the customer', async () => {
    const open = handoffOf(detail.id, { entries: [wordOf({ kind: 'quoted', quote }, at(18))] });
    stage.canned.set(`POST ${written(open.id)}`, () => sentBack(open));
    await opened([open]);
    const offer = panel().getByText('Presupuesto de Orbe').locator('xpath=ancestor::div[1]');
    expect(await offer.getByRole('table').textContent()).toMatch(/Placa base.*400,00.*200,00/u);
    await offer.getByRole('button', { name: 'Aceptárselo' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Aceptar su presupuesto' }).click();
    expect((await told(written(open.id))).body).toEqual({ word: { kind: 'quote_answered', approved: true } });
  });

  it('a note of ours goes to them only after it was said who reads it then', async () => {
    const open = handoffOf(detail.id);
    stage.canned.set(`POST ${written(open.id)}`, () => sentBack(open));
    stage.timelines.get(detail.id)?.push({
      ...{ type: 'note', id: uuid(980), at: at(18), text: 'La batería ya se cambió en 2025', audience: 'internal' },
      author: { kind: 'agent', id: uuid(1), displayName: 'Marta Rey' },
    });
    await opened([open]);
    await page.getByRole('article', { name: 'Nota interna' }).getByRole('button', { name: 'Compartir' }).click();
    const dialog = page.getByRole('dialog', { name: 'Compartir con un socio' });
    await dialog.getByText('lo verá también Orbe, y no se puede deshacer').waitFor();
    expect(stage.calls.filter(({ path }) => path === written(open.id))).toEqual([]);
    await dialog.getByRole('button', { name: 'Compartir con Orbe' }).click();
    expect((await told(written(open.id))).body).toEqual({
      word: { kind: 'note', text: 'La batería ya se cambió en 2025' },
    });
  });

  it('only who answers for it recalls it, and says why', async () => {
    const open = handoffOf(detail.id);
    stage.canned.set(`POST ${written(open.id)}`, () => sentBack(open));
    await opened([open]);
    await panel().getByRole('button', { name: 'Más' }).click();
    await page.getByRole('menuitem', { name: 'Recordárselo' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Retirarlo' }).count()).toBe(0);
    await page.context().close();
    stage.user = { ...stage.user, permissions: [...stage.user.permissions, 'handoff.manage'] };
    await opened([open]);
    await panel().getByRole('button', { name: 'Más' }).click();
    await page.getByRole('menuitem', { name: 'Retirarlo y que lo olviden' }).click();
    const dialog = page.getByRole('dialog');
    const deed = dialog.getByRole('button', { name: 'Retirarlo y que lo olviden' });
    expect(await deed.isDisabled()).toBe(true);
    await dialog.getByLabel('Por qué').fill('La clienta retira su permiso');
    await deed.click();
    expect((await told(written(open.id))).body).toEqual({
      word: { kind: 'recalled', reason: 'La clienta retira su permiso' },
    });
  });
});

describe('work they give us', () => {
  it('is accepted with our number, who is in charge and until when', async () => {
    const theirs = handoffOf(detail.id, {
      ...{ direction: 'in', state: 'sent', partnerRef: null, engineer: null, etaAt: null, acceptedAt: null },
    });
    stage.canned.set(`POST ${written(theirs.id)}`, () => sentBack(theirs));
    await opened([theirs], { timezoneId: 'America/New_York' });
    await panel().getByText('Nos lo piden').waitFor();
    await panel().getByRole('button', { name: 'Aceptar' }).click();
    const dialog = page.getByRole('dialog', { name: 'Aceptar · Orbe' });
    await dialog.getByLabel('Nuestro número (RMA)').fill('N-77');
    await dialog.getByLabel('Quién lo lleva').fill('Rubén Alba');
    await dialog.getByLabel('Para cuándo').fill('2030-01-02T18:00');
    await dialog.getByRole('button', { name: 'Aceptar' }).click();
    expect((await told(written(theirs.id))).body).toEqual({
      word: {
        ...{ kind: 'accepted', partnerRef: 'N-77', engineer: { name: 'Rubén Alba' } },
        etaAt: '2030-01-02T17:00:00.000Z',
      },
    });
  });
});
