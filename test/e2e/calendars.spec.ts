import { randomUUID } from 'node:crypto';
import { Calendar, CalendarPage, CalendarPreview, HolidayRegions } from '#contracts';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

let world: World;
let agent: Staff;
let admin: Staff;

beforeAll(async () => {
  world = await startWorld();
  [agent, admin] = await Promise.all([world.login('agent@hilo.test'), world.login('admin@hilo.test')]);
}, 60_000);
afterAll(() => world?.stop());

const MORNING = [{ from: '09:00', to: '14:00' }];
const calendar = {
  timeZone: 'Europe/Madrid',
  weekly: { mon: MORNING, tue: MORNING, sun: [{ from: '01:30', to: '03:30' }] },
  exceptions: [{ date: '2026-11-17', spans: [{ from: '16:00', to: '17:00' }] }],
};
const preview = (body: object) => agent.ask('/calendars/preview', { method: 'POST', body });
const refused = async (body: object) => {
  const { status, code } = errorOf(await preview(body));
  return [status, code];
};

it('a preview tells when so many minutes have counted and how', async () => {
  const answer = await preview({ calendar, startAt: '2026-11-16T12:30:00Z', minutes: 45 });
  expect(answer.status).toBe(200);
  const { dueAt, steps } = CalendarPreview.parse(answer.body);
  expect(dueAt).toBe('2026-11-17T15:15:00.000Z');
  expect(
    steps.map(({ kind, localFrom, minutes, exceptions }) => [kind, localFrom, minutes, exceptions.length]),
  ).toEqual([
    ['counted', '2026-11-16T13:30', 30, 0],
    ['closed', '2026-11-16T14:00', 0, 1],
    ['counted', '2026-11-17T16:00', 15, 1],
  ]);
  const { exceptions: _, ...without } = calendar;
  const autumn = await preview({ calendar: without, startAt: '2026-10-24T12:00:00+02:00', minutes: 180 });
  expect(CalendarPreview.parse(autumn.body).dueAt).toBe('2026-10-25T02:30:00.000Z');
});

it('a preview refuses what never opens or cannot be read', async () => {
  const ask = { startAt: '2026-11-16T12:30:00Z', minutes: 45 };
  const closed = { timeZone: 'Europe/Madrid', weekly: {}, exceptions: [] };
  expect(await refused({ ...ask, calendar: closed })).toEqual([422, 'calendar.never_opens']);
  expect(await refused({ ...ask, calendar: closed, minutes: 0 })).toEqual([422, 'calendar.never_opens']);
  expect(await refused({ ...ask, calendar: { ...calendar, timeZone: 'Europe/Nowhere' } })).toEqual([
    400,
    'request.invalid',
  ]);
  expect(await refused({ ...ask, calendar: { ...calendar, weekly: { mon: [{ from: '9', to: '10:00' }] } } })).toEqual([
    400,
    'request.invalid',
  ]);
  expect(await refused({ ...ask, calendar, minutes: -1 })).toEqual([400, 'request.invalid']);
});

it('a calendar is made, changed, given holidays and explained', async () => {
  const named = { name: 'Tiendas de Madrid', timeZone: 'Europe/Madrid', weekly: { mon: MORNING, tue: MORNING } };
  const key = { 'Idempotency-Key': randomUUID() };
  const made = await admin.done('/calendars', Calendar, { method: 'POST', body: named, headers: key });
  const again = await admin.done('/calendars', Calendar, { method: 'POST', body: named, headers: key });
  expect(again.id).toBe(made.id);
  const at = `/calendars/${made.id}`;
  expect(errorOf(await agent.ask('/calendars', { method: 'POST', body: { ...named, name: 'x' } })).code).toBe(
    'permission.denied',
  );
  const put = (path: string, body: object) => admin.done(`${at}${path}`, Calendar, { method: 'PUT', body });
  const post = (path: string, body: object) => admin.done(`${at}${path}`, Calendar, { method: 'POST', body });
  expect((await put('/stores', { storeIds: [world.stores.goya] })).stores.map(({ id }) => id)).toEqual([
    world.stores.goya,
  ]);
  const holiday = (await post('/holidays', { country: 'ES', region: 'MD', year: 2032 })).exceptions.at(-1);
  expect(holiday).toMatchObject({ date: '2032-12-25', kind: 'holiday', state: 'proposed', spans: [] });
  const reviewed = await post('/holidays/review', { accept: ['2032-12-25'] });
  expect(reviewed.exceptions.at(-1)?.state).toBe('accepted');
  await put('/exceptions/2032-12-27', { spans: [{ from: '10:00', to: '11:00' }], name: 'Inventario' });
  const explained = await agent.done(`${at}/preview`, CalendarPreview, {
    ...{ method: 'POST', body: { startAt: '2032-12-21T12:00:00Z', minutes: 90 } },
  });
  expect(explained.dueAt).toBe('2032-12-27T09:30:00.000Z');
  expect(explained.steps[1]?.exceptions.map(({ name }) => name)).toEqual(['Navidad', 'Inventario']);
  expect((await admin.ask(`${at}/exceptions/2032-12-27`, { method: 'DELETE' })).status).toBe(200);
  const { items } = await agent.done('/calendars', CalendarPage);
  expect(items.map(({ name, isDefault }) => [name, isDefault])).toEqual([
    ['Siempre abierto', true],
    ['Tiendas de Madrid', false],
  ]);
  const regions = await agent.done('/calendars/holiday-regions?country=ES', HolidayRegions);
  expect(regions.items).toContainEqual({ code: 'MD', name: 'Comunidad de Madrid' });
});
