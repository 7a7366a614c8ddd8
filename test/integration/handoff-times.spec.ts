import type { CalendarWeek, HandoffState, OpeningSpan, PartnerTargets } from '#contracts';
import type { Handed } from '#handoffs';
import { CalendarDays, CalendarService, ClockService } from '#sla';
import { HandoffView, ScorecardView } from '#views';
import type { EntityManager } from 'typeorm';
import { readerOf } from '../factories/rooms.js';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

/** Who of theirs is written to, when it ends and whether they were late: at the minute the clock of the handoff says, by its calendar. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONE = 'Europe/Madrid';

let world: HandoffWorld;
beforeAll(async () => {
  world = await openHandoffs();
});
afterAll(() => world.rooms.close());
beforeEach(() => world.answers(() => ({ verdict: 'sent', error: null, retryAfter: null })));

const inOne = <T>(deed: (tx: EntityManager) => Promise<T>) => world.rooms.database.transaction(deed);
const AWAY: Handed = { verdict: 'again', error: 'connect ECONNREFUSED', retryAfter: null };

const at = (from: string, to: string): OpeningSpan[] => [{ from, to }];
const shift = at('09:00', '18:00');
const OFFICE: CalendarWeek = { mon: shift, tue: shift, wed: shift, thu: shift, fri: shift };
/** Through the night in which the clocks are put forward, or back. */
const NIGHTS: CalendarWeek = { sat: at('22:00', '06:00'), sun: at('22:00', '06:00') };

const wall = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: ZONE, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
});
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
/** What the calendar is measured against: each minute, as the clock on the wall shows it, looked up in the spans. */
function isOpen(week: CalendarWeek, instant: number): boolean {
  const parts = Object.fromEntries(wall.formatToParts(instant).map(({ type, value }) => [type, value]));
  const day = DAYS.findIndex((one) => parts['weekday']?.toLowerCase() === one);
  const now = `${parts['hour']}:${parts['minute']}`;
  const on = (of: number) => week[DAYS[(of + 7) % 7] ?? 'sun'] ?? [];
  return (
    on(day).some(({ from, to }) => from <= now && (now < to || to <= from)) ||
    on(day - 1).some(({ from, to }) => to <= from && now < to)
  );
}
function counted(week: CalendarWeek, since: string, minutes: number): number {
  let instant = Date.parse(since);
  for (let left = minutes; left > 0; instant += MINUTE) if (isOpen(week, instant)) left -= 1;
  return instant;
}

const LADDER = [
  { contact: { name: 'Guardia', email: 'duty@orbe.example' }, afterMinutes: 0 },
  { contact: { name: 'Jefa', email: 'head@orbe.example' }, afterMinutes: 30 },
];
let serial = 0;
/** @returns a calendar, and a partner that agreed to answer by it */
async function agreed(weekly: CalendarWeek, acknowledgeMinutes: number, expiresMinutes: number) {
  const name = `Taller ${(serial += 1)}`;
  const { rooms, admin } = world;
  const calendar = await inOne((tx) => rooms.get(CalendarService).create(tx, admin, { name, timeZone: ZONE, weekly }));
  const target: PartnerTargets = { acknowledgeMinutes, answerMinutes: 5000, returnMinutes: 9000 };
  const targets = { low: target, normal: target, high: target, critical: target };
  const terms = { calendar, targets, ladder: LADDER, expiresMinutes } as never;
  return { calendar, partnerId: await world.partner({ name, terms }) };
}

/** What time has brought, as the worker looks for it. */
async function look(): Promise<void> {
  const { rounds } = world.desk;
  for (const id of await inOne((tx) => rounds.stale(tx))) await inOne((tx) => rounds.rework(tx, id));
  for (const id of await inOne((tx) => rounds.expired(tx))) await inOne((tx) => rounds.expire(tx, id));
  for (const id of await inOne((tx) => rounds.silent(tx))) await inOne((tx) => rounds.nudge(tx, id));
}
const standing = async (id: string) => {
  const { caseId, state } = await world.handoff(id);
  const told = (await world.events(caseId, 'handoff.nudged')).map(({ data }) => data['to']);
  return [state, ...told];
};
/** As it is one millisecond before, and then. */
async function around(instant: number, id: string): Promise<unknown[][]> {
  const seen: unknown[][] = [];
  for (const time of [instant - 1, instant]) {
    world.rooms.clock.set(new Date(time));
    await look();
    await look();
    seen.push(await standing(id));
  }
  return seen;
}
async function isLate(partnerId: string): Promise<boolean> {
  const { manager } = world.rooms.database;
  const { items } = await world.rooms.get(ScorecardView).cards(manager, readerOf(world.admin), 730);
  const count = items.find(({ partner }) => partner.id === partnerId)?.counts.acknowledged_late;
  const query = { view: 'all', measure: 'acknowledged_late', days: 730, partnerId, limit: 50 } as const;
  const listed = (await world.rooms.get(HandoffView).list(manager, readerOf(world.admin), query)).items.length;
  expect(listed).toBe(count);
  return count === 1;
}
const dueOf = async (handoffId: string): Promise<string | undefined> => {
  const { caseId } = await world.handoff(handoffId);
  await inOne((tx) => world.rooms.get(ClockService).advance(tx, [caseId]));
  await inOne((tx) => world.rooms.get(ClockService).rework(tx));
  const [row] = await world.rooms.db.query<{ at: Date }>(
    `select due_at as at from clock where handoff_id = $1 and metric = 'partner_acknowledge'`,
    [handoffId],
  );
  return row?.at.toISOString();
};
const timesOf = async (handoffId: string) => {
  const [row] = await world.rooms.db.query(
    `select acknowledge_by as late, nudge_at as nudge, expires_at as ends from handoff where id = $1`,
    [handoffId],
  );
  return row;
};
async function given(since: string, partnerId: string): Promise<string> {
  world.rooms.clock.set(since);
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, partnerId);
  await world.deliver();
  return id;
}
const iso = (instant: number) => new Date(instant).toISOString();
const waits = (...told: string[]): [HandoffState, ...string[]] => ['sent', ...told];

it.each([
  // Friday 17:55 in Madrid: Monday 09:55, 10:25, and Tuesday.
  ['over a weekend', '2026-03-06T16:55:00Z', OFFICE, 60, 600, '2026-03-09T08:55:00.000Z'],
  ['over a weekend that is an hour shorter', '2026-03-27T16:55:00Z', OFFICE, 60, 600, '2026-03-30T07:55:00.000Z'],
  ['through the hour spring skips', '2026-03-28T22:30:00Z', NIGHTS, 300, 400, '2026-03-29T03:30:00.000Z'],
  ['over a weekend that is an hour longer', '2026-10-23T15:55:00Z', OFFICE, 60, 600, '2026-10-26T08:55:00.000Z'],
  ['through the hour autumn repeats', '2026-10-24T21:30:00Z', NIGHTS, 300, 400, '2026-10-25T02:30:00.000Z'],
] as const)('%s', async (_, since, week, acknowledge, expires, due) => {
  const { partnerId } = await agreed(week, acknowledge, expires);
  const id = await given(since, partnerId);
  const late = counted(week, since, acknowledge);
  const jefa = counted(week, since, acknowledge + 30);
  const ends = counted(week, since, expires);
  expect(iso(late)).toBe(due);
  expect(await dueOf(id)).toBe(due);
  expect(await around(late, id)).toEqual([waits(), waits('Guardia')]);
  expect(await isLate(partnerId)).toBe(false);
  world.rooms.clock.set(new Date(late + 1));
  expect(await isLate(partnerId)).toBe(true);
  expect(await around(jefa, id)).toEqual([waits('Guardia'), waits('Guardia', 'Jefa')]);
  expect(await around(ends, id)).toEqual([waits('Guardia', 'Jefa'), ['expired', 'Guardia', 'Jefa']]);
  expect(await isLate(partnerId)).toBe(true);
});

it('acknowledged on Monday morning is in time, and nobody was asked over the weekend', async () => {
  const { partnerId } = await agreed(OFFICE, 60, 600);
  const id = await given('2026-11-06T16:55:00Z', partnerId);
  world.rooms.clock.set('2026-11-09T08:54:00Z');
  await look();
  await world.hear(id, { kind: 'acknowledged' });
  world.rooms.clock.set('2026-11-30T12:00:00Z');
  await look();
  expect(await standing(id)).toEqual(['acknowledged']);
  expect(await isLate(partnerId)).toBe(false);
});

it('what reached them later is asked about later, and late when the clock says', async () => {
  const { partnerId } = await agreed(OFFICE, 60, 600);
  world.answers(() => AWAY);
  const id = await given('2026-12-04T16:55:00Z', partnerId);
  expect(await timesOf(id)).toEqual({ late: new Date('2026-12-07T08:55:00Z'), nudge: null, ends: null });
  world.answers(() => ({ verdict: 'sent', error: null, retryAfter: null }));
  world.rooms.clock.set('2026-12-05T11:00:00Z');
  await world.deliver();
  expect(await dueOf(id)).toBe('2026-12-07T08:55:00.000Z');
  expect(await timesOf(id)).toEqual({
    late: new Date('2026-12-07T08:55:00Z'),
    nudge: new Date(counted(OFFICE, '2026-12-05T11:00:00Z', 60)),
    ends: new Date(counted(OFFICE, '2026-12-05T11:00:00Z', 600)),
  });
});

it('a holiday that is said while they have it moves all of it, as it moves the clock; what had come stays', async () => {
  const { rooms, admin } = world;
  const { partnerId, calendar } = await agreed(OFFICE, 60, 600);
  const id = await given('2026-12-11T16:55:00Z', partnerId);
  const closed = (date: string) => inOne((tx) => rooms.get(CalendarDays).set(tx, admin, calendar, { date, spans: [] }));
  await closed('2026-12-14');
  await look();
  const tuesday = '2026-12-15T08:55:00.000Z';
  expect(await dueOf(id)).toBe(tuesday);
  const ends = counted(OFFICE, '2026-12-14T23:00:00Z', 595);
  expect(await timesOf(id)).toEqual({ late: new Date(tuesday), nudge: new Date(tuesday), ends: new Date(ends) });
  expect(await around(Date.parse(tuesday), id)).toEqual([waits(), waits('Guardia')]);
  await closed('2026-12-15');
  await look();
  expect(await timesOf(id)).toMatchObject({ late: new Date(tuesday), nudge: new Date('2026-12-16T09:25:00Z') });
});

it('by a calendar that never opens again they are never late, and are sent it all the same', async () => {
  const { db, clock } = world.rooms;
  const { partnerId, calendar } = await agreed(OFFICE, 60, 600);
  await db.query(`update calendar_version set weekly = '{}' where calendar_id = $1`, [calendar]);
  await db.query(`update calendar set revision = nextval('calendar_revision') where id = $1`, [calendar]);
  const id = await given('2027-01-04T10:00:00Z', partnerId);
  expect(await timesOf(id)).toEqual({ late: null, nudge: null, ends: null });
  clock.advance(24 * 365 * HOUR);
  await look();
  expect(await standing(id)).toEqual(['sent']);
  expect(await isLate(partnerId)).toBe(false);
});

it('once that calendar opens again its times are worked out', async () => {
  const { db } = world.rooms;
  const { partnerId, calendar } = await agreed(OFFICE, 60, 600);
  const opens = async (weekly: CalendarWeek) => {
    await db.query('update calendar_version set weekly = $2 where calendar_id = $1', [calendar, weekly]);
    await db.query(`update calendar set revision = nextval('calendar_revision') where id = $1`, [calendar]);
  };
  await opens({});
  const sentAt = '2028-01-10T10:00:00Z';
  const id = await given(sentAt, partnerId);
  expect(await timesOf(id)).toEqual({ late: null, nudge: null, ends: null });
  await opens(OFFICE);
  await look();
  const late = new Date(counted(OFFICE, sentAt, 60));
  expect(await timesOf(id)).toEqual({ late, nudge: late, ends: new Date(counted(OFFICE, sentAt, 600)) });
});

it('of many who have time left, those whose time has come are found by an index', async () => {
  const { partnerId } = await agreed(OFFICE, 60, 600);
  const { caseId } = await world.taken();
  const plans = await inOne(async (tx) => {
    await tx.query(
      `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, ask, gateway, opened_at, sent_at,
         delivered_at, nudge_at, expires_at, calendar_revision)
       select new_id(), 'V-' || n, 'out', $1, $2, 1, 'advise', 'sent', t, 'normal', 'x', 'email', t, t, t, t, t, 1000 + n
       from generate_series(1, 5000) n, lateral (select timestamptz '2030-01-01' + n * interval '1 minute' as t) x`,
      [caseId, partnerId],
    );
    await tx.query('analyze handoff');
    const explain = async (of: string) =>
      JSON.stringify(await tx.query(`explain (format json) select id from handoff where state = 'sent' and ${of}`));
    const found = [
      await explain(`nudge_at <= timestamptz '2030-01-01' order by nudge_at limit 20`),
      await explain(`expires_at <= timestamptz '2030-01-01' order by expires_at limit 20`),
      await explain('calendar_revision < 1000 order by calendar_revision limit 100'),
    ];
    await tx.query(`delete from handoff where reference like 'V-%'`);
    return found;
  });
  for (const [place, index] of ['handoff_nudge', 'handoff_expires', 'handoff_stale'].entries())
    expect(plans[place]).toContain(`"${index}"`);
});
