import type { Browser, Page } from 'playwright-core';
import type { CaseDetail, TimelineEntry } from '#contracts';
import { axeFaults, openBrowser, openContext } from '../../support/browser.js';
import { waitFor } from '../../support/wait.js';
import { caseOf, MARTA, saidOn, uuid } from './people.js';
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

/** Puts a case on the stage and opens it. */
const show = async (detail: CaseDetail, entries?: TimelineEntry[]) => {
  stage.add(detail, entries);
  await page.goto(`${url}/cases/${detail.reference}`);
  await page.locator('[data-entry]').first().waitFor();
};
const box = () => page.locator('#composer-text');
const target = () => page.getByRole('button', { name: /Por dónde sale/u });
const refusedOn = (detail: CaseDetail, text: string) =>
  saidOn(detail, text, {
    direction: 'outbound',
    author: { kind: 'agent', id: MARTA.id, displayName: MARTA.displayName },
    delivery: {
      state: 'failed',
      reason: 'recipient.closed',
      detail: '403',
      dueAt: null,
      attempts: 1,
      sentAt: null,
      report: null,
      queue: null,
    },
  });
const MAIL = {
  id: uuid(900),
  kind: 'email' as const,
  value: 'nora@correo.test',
  handle: null,
  display: 'nora@correo.test',
  handles: [],
};

describe('a thread the other side closed', () => {
  it('is shown as closed, with why, and the text goes by another channel with one click', async () => {
    const base = caseOf(20, 'Nora Vidal');
    const detail = { ...base, contactPoints: [...base.contactPoints, MAIL] };
    const refused = refusedOn(detail, '¿Te llegó el paquete?');
    await show(detail, [saidOn(detail, 'Hola', { at: '2026-11-18T09:00:00Z' }), refused]);
    await page.getByText('X está cerrado.').waitFor();
    expect(await target().getAttribute('aria-label')).toContain('nora@correo.test');
    await target().click();
    const closed = page.getByRole('menuitem', { name: /@cliente/u });
    expect(await closed.textContent()).toContain('Ya no acepta mensajes de esta cuenta.');
    expect(await closed.isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    const failed = page.getByRole('group', { name: 'No entregado' });
    await failed.getByText('El cliente no acepta mensajes por este canal.').waitFor();
    await failed.getByRole('button', { name: 'Responder por correo' }).click();
    await waitFor(async () => (await box().inputValue()) === '¿Te llegó el paquete?');
    await box().press('Control+Enter');
    await waitFor(() => stage.calls.some(({ path }) => path.endsWith('/replies')));
    const sent = stage.calls.find(({ path }) => path.endsWith('/replies'))?.body;
    expect(sent).toMatchObject({ channel: 'email', text: '¿Te llegó el paquete?' });
    expect(sent).not.toHaveProperty('threadId');
  });

  it('is open again as soon as the customer writes', async () => {
    const detail = caseOf(21, 'Olga Ríos');
    await show(detail, [refusedOn(detail, '¿Hola?')]);
    await page.getByText('No hay otra vía').waitFor();
    expect(await box().isDisabled()).toBe(true);
    stage.arrive(detail, 'Ya os leo otra vez');
    await page.locator('[data-entry]', { hasText: 'Ya os leo otra vez' }).waitFor();
    await waitFor(async () => !(await box().isDisabled()));
    expect(await page.getByText('X está cerrado.').count()).toBe(0);
  });
});

describe('a case that is over', () => {
  const past = (otherCases: CaseDetail['otherCases']) =>
    caseOf(22, 'Paco León', { status: 'closed', closedAt: '2026-11-17T10:00:00Z', otherCases });

  it('leads to the open one of the same customer, and is not offered to be opened again', async () => {
    const now = stage.add(caseOf(23, 'Paco León'));
    await show(past([now]));
    await page.getByText('Paco ya tiene otro abierto').waitFor();
    expect(await page.getByRole('button', { name: 'Reabrir' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Cambiar etapa' }).count()).toBe(0);
    await page.getByRole('link', { name: `Ir al caso ${now.reference}` }).click();
    await page.waitForURL(new RegExp(now.reference, 'u'));
    await box().waitFor();
  });

  it('can be opened again where nothing is in its way', async () => {
    await show(past([caseOf(24, 'Paco León', { status: 'closed' })]));
    await page.getByRole('button', { name: 'Reabrir' }).waitFor();
  });
});

describe('who carries the case', () => {
  beforeEach(() => {
    const people = ['Marta Rey', 'Iván Soto', 'Irene Paz'].map((displayName, index) => ({
      ...{ id: index === 0 ? MARTA.id : uuid(10 + index), displayName, role: 'agent' as const, storeId: null },
    }));
    stage.people.push(...people);
  });

  it('is chosen with the keyboard alone', async () => {
    const detail = caseOf(25, 'Quima Sala');
    await show(detail);
    await page.keyboard.press('a');
    const find = page.getByRole('combobox', { name: 'Buscar persona' });
    await find.waitFor();
    await page.getByRole('option', { name: /Irene Paz/u }).waitFor();
    await page.keyboard.type('ivan');
    await waitFor(async () => (await page.getByRole('option').count()) === 1);
    await page.keyboard.press('Enter');
    // It leaves Marta's hands: whoever gets it reads why.
    await page.getByRole('textbox', { name: 'Por qué' }).fill('Conoce el caso');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Responsable: Iván Soto' }).waitFor();
    const handed = stage.calls.findLast(({ method, path }) => method === 'POST' && path.endsWith('/handovers'));
    expect(handed?.body).toMatchObject({ to: { agentId: uuid(11) }, reason: 'Conoce el caso' });
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('a');
    await find.waitFor();
    await page.keyboard.press('Escape');
    await find.waitFor({ state: 'hidden' });
    await waitFor(() => page.evaluate<boolean>(`document.activeElement?.getAttribute('aria-haspopup') === 'dialog'`));
  });

  it('is offered in roles that fit together', async () => {
    await show(caseOf(26, 'Rosa Gil'));
    await page.getByRole('button', { name: /Responsable/u }).click();
    await page.getByRole('option', { name: /Iván Soto/u }).waitFor();
    expect(await axeFaults(page)).toEqual([]);
  });
});

describe('what is long', () => {
  const LONG = Array.from({ length: 40 }, (_, line) => `Línea ${line + 1} de lo que pasó.`).join('\n');

  it('is folded until asked for, by keyboard too, and stays as it is while the case is open', async () => {
    const detail = caseOf(27, 'Sol Marín');
    await show(detail, [
      saidOn(detail, LONG),
      saidOn(detail, LONG, { channel: 'email', subject: 'Todo lo que pasó' }),
      saidOn(detail, 'Corto'),
    ]);
    const [message, mail] = [page.locator('[data-entry]').nth(0), page.locator('[data-entry]').nth(1)];
    const heights = async () => Promise.all([message, mail].map(async (one) => (await one.boundingBox())?.height ?? 0));
    const all = page.getByRole('button', { name: 'Mostrar todo' });
    await waitFor(async () => (await all.count()) === 2);
    expect(Math.max(...(await heights()))).toBeLessThan(400);
    await message.getByRole('button', { name: 'Mostrar todo' }).focus();
    await page.keyboard.press('Enter');
    await message.getByRole('button', { name: 'Mostrar menos', expanded: true }).waitFor();
    const [unfolded, stillFolded] = await heights();
    expect(unfolded).toBeGreaterThan(800);
    expect(stillFolded).toBeLessThan(400);
    await page.getByRole('button', { name: 'Interno', exact: true }).click();
    await page.getByRole('button', { name: 'Todo', exact: true }).click();
    await message.getByRole('button', { name: 'Mostrar menos' }).waitFor();
    await mail.getByRole('button', { name: 'Mostrar todo' }).waitFor();
  });
});

describe('a line that broke', () => {
  it('is no longer reported once it is back, and the text is still there', async () => {
    await show(caseOf(28, 'Toni Mas'));
    await page.route('**/api/v1/**', (route) => route.abort('connectionrefused'));
    await box().fill('Hola, Toni');
    await box().press('Control+Enter');
    const alert = page.getByRole('alert').filter({ hasText: 'No se ha enviado' });
    await alert.waitFor();
    await page.unroute('**/api/v1/**');
    await alert.waitFor({ state: 'detached' });
    await page.getByText('Vuelve a haber conexión').waitFor();
    expect(await box().inputValue()).toBe('Hola, Toni');
    expect(stage.calls.some(({ path }) => path.endsWith('/replies'))).toBe(false);
  });
});

describe('stages and moments', () => {
  it('only what happened is ticked', async () => {
    const stages = [{ status: 'closed' as const, at: '2026-11-17T10:00:00Z' }];
    await show(caseOf(29, 'Uxía Rey', { status: 'closed', stages }));
    const states = await page
      .getByRole('list', { name: 'Etapas del caso' })
      .getByRole('listitem')
      .evaluateAll((knots) =>
        knots.map((knot) => [knot.getAttribute('data-state'), knot.querySelectorAll('svg').length]),
      );
    expect(states).toEqual([
      ['done', 1],
      ['skipped', 0],
      ['skipped', 0],
      ['skipped', 0],
      ['done', 1],
    ]);
  });

  it('read by the clock of the workspace, with its zone on the hover where the browser has another', async () => {
    const detail = caseOf(30, 'Vera Cano', { openedAt: '2026-01-15T23:30:00Z' });
    const said = saidOn(detail, 'De noche', { at: '2026-01-15T23:30:00Z', occurredAt: '2026-01-15T23:30:00Z' });
    await page.context().close();
    page = await (await openContext(browser, { timezoneId: 'Atlantic/Canary' })).newPage();
    await show(detail, [said]);
    const entry = page.locator('[data-entry]');
    await entry.getByText('00:30').waitFor();
    expect(await page.getByText(/viernes, 16 de enero/iu).count()).toBe(1);
    expect(await entry.locator('[title]').first().getAttribute('title')).toContain('(hora estándar de Europa central)');
  });
});
