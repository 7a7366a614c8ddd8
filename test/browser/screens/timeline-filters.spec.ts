import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import {
  isShownBy,
  TimelineFilter,
  type CaseDetail,
  type EventType,
  type TimelineEntry,
  type TimelinePage,
} from '#contracts';
import { axeFaults, openBrowser, openContext, openPalette, screenshot } from '../../support/browser.js';
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
});
afterEach(async () => {
  await page.context().close();
  await stage.close();
});

const detail = caseOf(95, 'Lucía Ferrer');
const author = { kind: 'agent' as const, id: MARTA.id, displayName: MARTA.displayName };
const minutes = (count: number) => new Date(Date.UTC(2026, 10, 16, 9, count)).toISOString();
const happened = (at: number, event: EventType, data: Record<string, unknown>): TimelineEntry => ({
  ...{ type: 'event', id: uuid(9500 + at), at: minutes(at), event, author, data },
});
const said = (at: number, text: string, part = {}) => saidOn(detail, text, { at: minutes(at), ...part });
const ours = { direction: 'outbound', author } as const;
const delivery = (state: 'sent' | 'held') => ({
  ...{ state, reason: null, detail: null, dueAt: null, attempts: 1, sentAt: null, report: null, queue: null },
});
const price = { quoteId: uuid(1), repairId: uuid(2), version: 1, customerCents: 12_000, totalCents: 12_000 };
const OLD: TimelineEntry[] = [
  said(1, 'No se enciende desde ayer'),
  happened(2, 'promise.made', {
    ...{ promiseId: uuid(3), kind: 'other', text: 'Le llamamos el jueves', byName: 'Marta Rey', dueAt: minutes(900) },
  }),
  happened(3, 'quote.offered', { ...price, currency: 'EUR' }),
];
const NEW: TimelineEntry[] = [
  said(10, '¿Cómo va lo mío?'),
  { type: 'note', id: uuid(9600), at: minutes(11), author, text: 'Es clienta de siempre', audience: 'internal' },
  happened(12, 'quote.approved', {
    ...price,
    currency: 'EUR',
    goodwillCents: 0,
    how: 'counter',
    byName: 'Lucía Ferrer',
  }),
  said(13, 'Está en el taller, esta tarde le contamos', { ...ours, delivery: delivery('sent') }),
  said(14, 'Todavía se puede deshacer', { ...ours, delivery: delivery('held') }),
];

/** The same page once others have pushed its first entries out at the far end. */
const NEW_AND_MORE: TimelineEntry[] = NEW.slice(3);
const IVAN = { kind: 'agent' as const, id: uuid(77), displayName: 'Iván Sanz' };
const noted = (id: number, text: string): TimelineEntry => ({
  ...{ type: 'note', id: uuid(id), at: minutes(20), author: IVAN, text, audience: 'internal' },
});

let held: CaseDetail;
/** What is read from where. */
let pages: Record<string, TimelineEntry[]>;
/** A case of which one page is held and another is not; the stage filters as the product does. */
const show = async (options: BrowserContextOptions = {}): Promise<void> => {
  pages = { '': [...NEW], older: OLD };
  held = stage.add({ ...detail }, NEW);
  stage.canned.set(`GET /cases/${detail.id}/timeline`, (_call, query): TimelinePage => {
    const filter = TimelineFilter.parse(query.get('filter') ?? 'all');
    const cursor = query.get('cursor') ?? '';
    const items = (pages[cursor] ?? []).filter((entry) => isShownBy(filter, entry));
    return { items, nextCursor: cursor === '' ? 'older' : null };
  });
  page = await (await openContext(browser, options)).newPage();
  await page.goto(`${url}/cases/${detail.reference}`);
  await page.locator('[data-entry]').first().waitFor();
};
/** Somebody else says something, and every browser hears of it. */
const come = async (entry: TimelineEntry, unread = 0): Promise<void> => {
  await waitFor(async () => stage.listeners() > 0);
  pages['']?.push(entry);
  Object.assign(held, { unread, version: held.version + 1 });
  stage.ring(held);
};
const reply = async (text: string): Promise<string> => {
  await page.locator('#composer-text').fill(text);
  await page.locator('#composer-text').press('Control+Enter');
  const sent = () => stage.calls.find(({ path, body }) => path.endsWith('/replies') && body['text'] === text);
  await waitFor(async () => sent() !== undefined);
  return String(sent()?.body['lastSeenEntryId']);
};
const isRead = () => stage.calls.some(({ path }) => path.endsWith('/read'));
const isFocused = (id: string) => page.waitForFunction(`document.activeElement.id === 'entry-${id}'`);
const filters = () => page.getByRole('group', { name: /^(?:Qué se ve del historial|What the timeline shows)$/u });
const choose = (name: string) => filters().getByRole('button', { name, exact: true }).click();
const timeline = () => page.getByRole('region', { name: 'Historial' });

it('finds over the whole case, also where its pages are not loaded', async () => {
  await show();
  await timeline().getByRole('button', { name: 'Ver lo anterior' }).waitFor();
  await choose('Decisiones');
  await timeline().getByText('Le llamamos el jueves').waitFor();
  await timeline().getByText('aprobó el presupuesto').waitFor();
  expect(await page.locator('[data-entry]').count()).toBe(0);
  expect(await timeline().getByRole('button', { name: 'Ver lo anterior' }).count()).toBe(0);
  await choose('Dinero');
  await timeline().getByText('ofreció el presupuesto').waitFor();
  await timeline().getByText('aprobó el presupuesto').waitFor();
  expect(await timeline().getByText('Le llamamos el jueves').count()).toBe(0);
});

it('what was read of the older pages stays where it is when something comes', async () => {
  await show();
  stage.canned.set(`GET /cases/${held.id}/timeline`, (_call, query): TimelinePage => {
    const cursor = query.get('cursor') ?? '';
    if (cursor === 'older' && query.get('filter') === 'money') return { items: [], nextCursor: 'oldest' };
    if (cursor === 'oldest') return { items: OLD.slice(2), nextCursor: null };
    const items = pages[''] ?? [];
    return { items, nextCursor: items === NEW_AND_MORE ? 'shifted' : 'older' };
  });
  await choose('Dinero');
  await timeline().getByRole('button', { name: 'Ver lo anterior' }).click();
  await timeline().getByText('ofreció el presupuesto').waitFor();
  pages[''] = NEW_AND_MORE;
  await come(noted(9700, 'La página se ha movido'));
  await page.getByRole('status').getByText('1 entrada nueva, fuera de este filtro').waitFor();
  expect(await timeline().getByText('ofreció el presupuesto').count()).toBe(1);
  expect(await timeline().getByText('aprobó el presupuesto').count()).toBe(1);
  await choose('Decisiones');
  await timeline().getByText('aprobó el presupuesto').waitFor({ state: 'detached' });
});

it('what the customer sees is without notes, without events and without what can be taken back', async () => {
  await show();
  await choose('Lo que ve el cliente');
  await timeline().getByText('No se enciende desde ayer').waitFor();
  const texts = await page.locator('[data-entry]').allTextContents();
  expect(texts).toHaveLength(3);
  expect(texts.join()).not.toMatch(/siempre|deshacer|jueves/u);
});

it('a filter with nothing says so and leads back, by keyboard as well', async () => {
  await show();
  const region = await timeline().locator('[role=status]').first().elementHandle();
  if (!region) throw new Error('nothing is announced');
  await filters().getByRole('button', { name: 'Custodia' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Ningún teléfono ha cambiado de manos en este caso.').waitFor();
  expect(await region.textContent()).toContain('Ningún teléfono');
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Verlo todo' }).press('Enter');
  await timeline().getByText('Es clienta de siempre').waitFor();
  await filters().getByRole('button', { name: 'Todo', pressed: true }).waitFor();
  expect(await page.evaluate('document.activeElement !== document.body')).toBe(true);
});

it('whoever follows a link to an entry sees it, whatever was filtered', async () => {
  await show();
  await choose('Dinero');
  const id = NEW[0]?.id ?? '';
  await page.locator(`#entry-${id}`).waitFor({ state: 'detached' });
  await page.evaluate(`location.hash = 'entry-${id}'`);
  await isFocused(id);
  await filters().getByRole('button', { name: 'Todo', pressed: true }).waitFor();
});

it('a link of the story leads to where it was said, a second time as well, and what was found does', async () => {
  await show();
  const [asked] = NEW;
  if (!asked) throw new Error('nothing was said');
  pages[''] = [...NEW, ...Array.from({ length: 30 }, (_, at) => said(20 + at, `Mensaje ${at}`))];
  held.story = [
    {
      ...{ id: uuid(9800), kind: 'tried', code: null, values: {}, text: 'Ya lo reinició', language: 'es' },
      ...{ at: minutes(10), author, entryId: asked.id, promise: null, corrected: false, source: 'fact' },
    },
  ];
  const hit = { kind: 'interaction' as const, id: asked.id, title: held.customer.displayName, text: '¿Cómo va?' };
  stage.hits = [{ ...hit, caseId: held.id, reference: held.reference, at: minutes(10) }];
  await page.reload();
  await timeline().getByText('Mensaje 29').waitFor();
  const isLedTo = async () => {
    await isFocused(asked.id);
    await filters().getByRole('button', { name: 'Todo', pressed: true }).waitFor();
    await waitFor(async () => {
      const [box, frame] = [await page.locator(`#entry-${asked.id}`).boundingBox(), await timeline().boundingBox()];
      return box !== null && frame !== null && box.y > frame.y && box.y + box.height < frame.y + frame.height;
    });
  };
  const filtered = ['Dinero', 'Interno'];
  for (const name of filtered) {
    await choose(name);
    await page.getByRole('link', { name: 'Ir a donde se dijo: Ya lo reinició' }).click();
    await isLedTo();
  }
  await choose('Dinero');
  await openPalette(page);
  await page.keyboard.type('lucía');
  await page.locator('[data-hit][data-selected]').waitFor();
  await page.keyboard.press('Enter');
  await isLedTo();
});

it('what comes under a filter that hides it is not seen: the reply is written against what was there before', async () => {
  await show();
  await choose('Dinero');
  await come(noted(9700, 'OJO: no le escribas'));
  await page.getByRole('status').getByText('1 entrada nueva, fuera de este filtro').waitFor();
  expect(await reply('Ya está listo')).toBe(uuid(9600));
  await choose('Decisiones');
  expect(await reply('¿Se lo mandamos?')).toBe(uuid(9600));
  await come(said(21, '¿Sigue ahí?', { id: uuid(9701) }), 1);
  const pill = page.getByRole('button', { name: '2 entradas nuevas, fuera de este filtro' });
  await pill.waitFor();
  expect(isRead()).toBe(false);
  expect(await axeFaults(page)).toEqual([]);
  await pill.press('Enter');
  await isFocused(uuid(9700));
  await filters().getByRole('button', { name: 'Todo', pressed: true }).waitFor();
  await waitFor(async () => isRead());
  expect(await pill.count()).toBe(0);
  expect(await reply('Perdón, ya lo leo')).toBe(uuid(9701));
});

it('what comes under a filter that shows it is seen, and what was refused for has been shown', async () => {
  await show();
  await choose('Interno');
  const note = noted(9700, 'Le he llamado yo');
  await come(note);
  await timeline().getByText('Le he llamado yo').waitFor();
  expect(await reply('Hecho')).toBe(note.id);
  const hidden = said(21, 'Pues no lo veo', { id: uuid(9701) });
  await come(hidden, 1);
  await page.getByRole('status').getByText('1 entrada nueva, fuera de este filtro').waitFor();
  stage.refuseReply = { status: 409, code: 'case.unseen_entries', details: { entries: [hidden] } };
  expect(await reply('De nada')).toBe(note.id);
  await page.getByRole('button', { name: 'Revisar mi texto' }).click();
  expect(await reply('Miro qué ha pasado')).toBe(hidden.id);
  expect(isRead()).toBe(false);
  await choose('Conversación');
  await waitFor(async () => isRead());
});

it('what was looked for is not folded, and is read to its end', async () => {
  const data = { ...price, currency: 'EUR' };
  await show({ viewport: { width: 390, height: 844 } });
  pages[''] = [said(10, 'Hola'), ...[1, 2, 3, 4, 5, 6].map((at) => happened(30 + at, 'quote.offered', { ...data }))];
  await page.reload();
  await timeline().getByText('5 cambios más').waitFor();
  await choose('Dinero');
  await waitFor(async () => (await timeline().getByText('ofreció el presupuesto').count()) === 7);
  expect(await page.getByText('cambios más').count()).toBe(0);
  const cut = `[...document.querySelectorAll('[data-sought] span')].filter((words) => words.scrollWidth > words.clientWidth + 1 && words.clientWidth > 0).length`;
  expect(await page.evaluate(cut)).toBe(0);
});

it.each([
  [1440, 'es-ES', 'light'],
  [1440, 'en-GB', 'dark'],
  [834, 'es-ES', 'light'],
  [390, 'es-ES', 'dark'],
  [390, 'en-GB', 'light'],
] as const)('every filter can be reached and read whole, at %s in %s, %s', async (width, locale, colorScheme) => {
  if (locale === 'en-GB') stage.user = { ...MARTA, language: 'en' };
  await show({ viewport: { width, height: 844 }, locale, colorScheme });
  const name = `timeline-filters-${width}-${locale.slice(0, 2)}-${colorScheme}`;
  await screenshot(page, name);
  const last = page.getByRole('button', { name: /^(?:Lo que ve el cliente|What the customer sees)$/u });
  await last.focus();
  await page.keyboard.press('Enter');
  const isReached = async (chip: Locator) => {
    const [box, frame] = [await chip.boundingBox(), await filters().boundingBox()];
    return box !== null && frame !== null && box.x >= frame.x && box.x + box.width <= frame.x + frame.width;
  };
  await page.locator('[data-entry]').first().waitFor();
  await waitFor(() => isReached(last));
  await screenshot(page, `${name}-customer`);
  for (let at = TimelineFilter.options.length; at > 1; at -= 1) await page.keyboard.press('Shift+Tab');
  const first = page.getByRole('button', { name: /^(?:Todo|All)$/u });
  await waitFor(() => first.evaluate((chip) => chip === chip.ownerDocument.activeElement));
  await waitFor(() => isReached(first));
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
  expect(await axeFaults(page)).toEqual([]);
  await page.getByRole('button', { name: /^(?:Custodia|Custody)$/u }).click();
  await page.getByRole('button', { name: /^(?:Verlo todo|Show everything)$/u }).waitFor();
  await screenshot(page, `${name}-nothing`);
});
