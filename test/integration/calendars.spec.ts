import type { EntityManager } from 'typeorm';
import type { Calendar, CalendarWeek, Weekday } from '#contracts';
import type { Principal } from '#identity';
import { CalendarDays, CalendarReader, CalendarService, minutesBetween, Timetables } from '#sla';
import { aPerson, aStore, openRooms, type Rooms } from '../factories/rooms.js';

const WORKDAYS: Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];
const week = (from: string, to: string): CalendarWeek =>
  Object.fromEntries(WORKDAYS.map((day) => [day, [{ from, to }]]));

let rooms: Rooms;
let admin: Principal;

beforeAll(async () => {
  rooms = await openRooms();
  admin = await aPerson(rooms, 'admin');
}, 60_000);
afterAll(() => rooms?.close());

beforeEach(() => rooms.clock.set('2026-11-16T09:00:00Z'));

const inOne = <T>(work: (tx: EntityManager) => Promise<T>): Promise<T> => rooms.database.transaction(work);
const calendars = () => rooms.get(CalendarService);
const days = () => rooms.get(CalendarDays);
const find = (id: string): Promise<Calendar> => rooms.get(CalendarReader).find(rooms.database.manager, id);
const create = (name: string, by = admin) =>
  inOne((tx) => calendars().create(tx, by, { name, timeZone: 'Europe/Madrid', weekly: week('09:00', '18:00') }));
/** Minutes of one day in UTC by what is kept. */
const minutesOn = async (id: string, date: string): Promise<number> => {
  const { timetable } = await rooms.get(Timetables).of(rooms.database.manager, id);
  return minutesBetween(timetable, Date.parse(`${date}T00:00:00Z`), Date.parse(`${date}T24:00:00Z`));
};
const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'done',
    (error: unknown) => (error as { code?: unknown }).code,
  );

it('every minute counts until somebody says when it is open', async () => {
  const { calendarId, timetable } = await rooms.get(Timetables).of(rooms.database.manager, null);
  expect(minutesBetween(timetable, 0, 86_400_000)).toBe(1440);
  const { items } = await rooms.get(CalendarReader).list(rooms.database.manager, { limit: 50 });
  expect(items.find(({ id }) => id === calendarId)).toMatchObject({ isDefault: true, isOpen: true });
});

it('another week is another version: what has passed stays as it was', async () => {
  const id = await create('Atención');
  const { revision, isOpen, versions } = await find(id);
  expect({ isOpen, versions }).toMatchObject({ isOpen: true, versions: [{ validFrom: '2026-11-16' }] });
  await inOne((tx) =>
    calendars().change(tx, admin, id, { revision, weekly: week('10:00', '12:00'), validFrom: '2026-11-23' }),
  );
  const after = await find(id);
  expect(after.revision).toBeGreaterThan(revision);
  expect(after.versions.map(({ validFrom, by }) => [validFrom, by?.id])).toEqual([
    ['2026-11-16', admin.id],
    ['2026-11-23', admin.id],
  ]);
  expect([
    await minutesOn(id, '2026-11-10'),
    await minutesOn(id, '2026-11-20'),
    await minutesOn(id, '2026-11-24'),
  ]).toEqual([540, 540, 120]);
});

it('refuses what cannot be', async () => {
  const id = await create('Imposible');
  const { revision } = await find(id);
  const change = (body: object) => refusal(inOne((tx) => calendars().change(tx, admin, id, { revision, ...body })));
  expect(await change({ weekly: {} })).toBe('calendar.never_opens');
  expect(await change({ weekly: { mon: [] } })).toBe('calendar.never_opens');
  expect(await change({ weekly: week('09:00', '10:00'), validFrom: '2026-11-15' })).toBe('calendar.in_the_past');
  expect(await change({ revision: revision - 1, name: 'Otro' })).toBe('calendar.version_conflict');
  expect(await change({ name: 'Atención' })).toBe('calendar.name_taken');
  expect(await refusal(create('Atención'))).toBe('calendar.name_taken');
  expect(await refusal(create('De agente', await aPerson(rooms)))).toBe('permission.denied');
  expect(await refusal(find('00000000-0000-4000-8000-000000000000'))).toBe('calendar.not_found');
  expect((await find(id)).revision).toBe(revision);
});

it('a day of its own counts at once, and the week does again when it is removed', async () => {
  const id = await create('Con día');
  const set = (date: string) =>
    inOne((tx) => days().set(tx, admin, id, { date, spans: [{ from: '09:00', to: '11:00' }], name: 'Inventario' }));
  await set('2026-11-18');
  expect(await minutesOn(id, '2026-11-18')).toBe(120);
  expect((await find(id)).exceptions).toMatchObject([
    { date: '2026-11-18', name: 'Inventario', kind: 'special', state: 'accepted', decidedBy: { id: admin.id } },
  ]);
  expect(await refusal(set('2026-11-15'))).toBe('calendar.in_the_past');
  await inOne((tx) => days().remove(tx, admin, id, '2026-11-18'));
  expect(await minutesOn(id, '2026-11-18')).toBe(540);
  expect(await refusal(inOne((tx) => days().remove(tx, admin, id, '2026-11-18')))).toBe('calendar.exception_not_found');
});

it('holidays count once they are accepted, and are not proposed twice', async () => {
  const id = await create('Con festivos');
  const propose = (region: string) =>
    inOne((tx) => days().propose(tx, admin, id, { country: 'ES', region, year: 2026 }));
  // Those to come of this year; two that fall on a Sunday are made up for on the day after.
  expect(await propose('MD')).toEqual(['2026-12-06', '2026-12-07', '2026-12-08', '2026-12-25']);
  expect((await find(id)).exceptions.map(({ date, state }) => [date, state])).toEqual([
    ['2026-12-06', 'proposed'],
    ['2026-12-07', 'proposed'],
    ['2026-12-08', 'proposed'],
    ['2026-12-25', 'proposed'],
  ]);
  expect((await find(id)).exceptions.at(-1)?.name).toBe('Navidad');
  expect(await minutesOn(id, '2026-12-25')).toBe(540);
  await inOne((tx) => days().review(tx, admin, id, { accept: ['2026-12-25'], dismiss: ['2026-12-08'] }));
  expect([await minutesOn(id, '2026-12-25'), await minutesOn(id, '2026-12-08')]).toEqual([0, 540]);
  expect(await propose('MD')).toEqual([]);
  expect(await minutesOn(id, '2026-12-08')).toBe(540);
  expect(await refusal(propose('XX'))).toBe('calendar.no_such_region');
  const review = days().review.bind(days());
  expect(await refusal(inOne((tx) => review(tx, admin, id, { accept: ['2026-12-01'], dismiss: [] })))).toBe(
    'calendar.exception_not_found',
  );
});

it('a store goes by its calendar, and by that of everybody without one', async () => {
  const [id, store, other] = [await create('Tiendas'), await aStore(rooms), await aStore(rooms)];
  await inOne((tx) => calendars().setStores(tx, admin, id, [store]));
  const of = async (storeId: string | null) =>
    (await rooms.get(Timetables).ofStore(rooms.database.manager, storeId)).calendarId;
  const everybody = await of(null);
  expect([await of(store), await of(other)]).toEqual([id, everybody]);
  expect(everybody).not.toBe(id);
  await inOne((tx) => calendars().setStores(tx, admin, id, [other]));
  expect([await of(store), await of(other)]).toEqual([everybody, id]);
  expect((await find(id)).stores.map((each) => each.id)).toEqual([other]);
  const { revision } = await find(id);
  await inOne((tx) => calendars().change(tx, admin, id, { revision, isDefault: true }));
  // Whatever counts by the calendar of the house is worked out anew.
  expect((await find(id)).revision).toBeGreaterThan(revision);
  expect([await of(null), await of(store)]).toEqual([id, id]);
});

it('what was rolled back is never counted by', async () => {
  const id = await create('Deshecho');
  const undone = rooms.database.transaction(async (tx) => {
    await days().set(tx, admin, id, { date: '2026-11-19', spans: [] });
    const { timetable } = await rooms.get(Timetables).of(tx, id);
    expect(minutesBetween(timetable, Date.parse('2026-11-19T00:00:00Z'), Date.parse('2026-11-20T00:00:00Z'))).toBe(0);
    throw new Error('not after all');
  });
  await expect(undone).rejects.toThrow('not after all');
  await inOne((tx) => days().set(tx, admin, id, { date: '2026-11-20', spans: [] }));
  expect([await minutesOn(id, '2026-11-19'), await minutesOn(id, '2026-11-20')]).toEqual([540, 0]);
});

it('is listed by name, page after page', async () => {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await rooms.get(CalendarReader).list(rooms.database.manager, { limit: 2, cursor });
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  const rows = await rooms.db.query<{ name: string }>('select name from calendar order by name');
  expect(names).toEqual(rows.map(({ name }) => name));
  expect(names.length).toBeGreaterThan(4);
});
