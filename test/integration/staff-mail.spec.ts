import { StaffMailer } from '#channels';
import { USUAL_PREFERENCES, type NotificationPreferences } from '#contracts';
import type { Principal } from '#identity';
import { DueSoon, NotificationBell, NotificationBook, StaffMails, StaffPost, type Posted } from '#notifications';
import { loadConfig } from '#platform';
import { NotificationSweep } from '../../apps/worker/src/notification-sweep.js';
import { aPerson, aStore, openRooms, type Rooms } from '../factories/rooms.js';
import { Sink } from './mail-out.world.js';
import { caseOf, happens, raised, rowsOf, tellAll, wants } from './notifications.world.js';

let rooms: Rooms;
let sink: Sink;
let mailer: StaffMailer;
let eva: Principal;
/** Whether the relay is there. */
let refusing = false;

beforeAll(async () => {
  rooms = await openRooms();
  sink = new Sink({
    ...{ disabledCommands: ['AUTH', 'STARTTLS'], authOptional: true },
    onRcptTo: (_address, _session, done) =>
      refusing ? done(Object.assign(new Error('later'), { responseCode: 451 })) : done(),
  });
  const config = loadConfig({
    ...{ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', HILO_SECRET: 's'.repeat(32), HILO_MAIL_NAME: 'Nexo' },
    HILO_MAIL_ADDRESS: 'care@hilo.test',
    HILO_SMTP_URL: `smtp://127.0.0.1:${await sink.start()}`,
  });
  mailer = new StaffMailer(config);
});
afterAll(async () => {
  mailer.onModuleDestroy();
  await Promise.all([sink.stop(), rooms.close()]);
});
beforeEach(async () => {
  await rooms.db.query('delete from staff_mail');
  eva = await aPerson(rooms, 'supervisor');
  sink.received.splice(0);
  refusing = false;
});

/** Each in a transaction of their own, as the worker does it. */
const write = async () => {
  let written = 0;
  for (const agentId of await rooms.get(StaffMails).due(rooms.database))
    if (await rooms.database.transaction((tx) => rooms.get(StaffMails).writeTo(tx, agentId))) written += 1;
  return written;
};
const take = () => rooms.database.transaction((tx) => rooms.get(StaffPost).take(tx));
/** What the worker does: takes what is due, hands it over, writes down what became of it. */
async function send(): Promise<number> {
  const mails = await take();
  for (const mail of mails) {
    const said = await mailer.send(mail);
    const posted: Posted =
      said.outcome === 'sent' ? { outcome: 'sent' } : { outcome: 'retry', reason: 'x', detail: said.detail ?? '' };
    await rooms.database.transaction((tx) => rooms.get(StaffPost).settle(tx, mail, posted));
  }
  return mails.length;
}
const mailsOf = (person: Principal) =>
  rooms.db.query('select * from staff_mail where agent_id = $1 order by created_at', [person.id]);
async function escalate(
  person: Principal,
  name = 'Lucía Ferrer',
  acknowledgeBy: string | null = '2026-03-02T09:15:00Z',
) {
  const { caseId, reference } = await caseOf(rooms, null, name);
  await happens(rooms, caseId, raised(person, [], acknowledgeBy));
  await tellAll(rooms);
  return { caseId, reference };
}
const wish = (more: Partial<NotificationPreferences>) => wants(rooms, eva, { ...USUAL_PREFERENCES, ...more });

it('whoever answers for an escalation gets a mail at once, as from nobody, and it is on no case', async () => {
  const { caseId, reference } = await escalate(eva);
  const before = await rooms.db.query('select count(*) from interaction where case_id = $1', [caseId]);
  expect([await write(), await write(), await send(), await send()]).toEqual([1, 0, 1, 0]);
  const [got] = sink.received;
  expect({ from: got?.from, to: got?.to }).toEqual({ from: '', to: [eva.email] });
  expect(got?.mail.subject).toMatch(/^Lucía: Escalado a ti/u);
  const header = (name: string) => got?.mail.headers.get(name);
  expect([header('auto-submitted'), header('x-auto-response-suppress')]).toEqual(['auto-generated', 'All']);
  expect(header('x-hilo-id')).toBeTruthy();
  expect(got?.mail.text).toContain(`/cases/${reference}`);
  expect(got?.mail.html).toContain('<html lang="es">');
  const [row] = await mailsOf(eva);
  expect(row).toMatchObject({ state: 'sent', attempts: 1 });
  expect(got?.mail.messageId).toBe(`<${String(row?.['id'])}.staff@hilo.test>`);
  expect(await rooms.db.query('select count(*) from interaction where case_id = $1', [caseId])).toEqual(before);
});

it('several within ten minutes come in one mail, and what was read meanwhile does not come', async () => {
  await escalate(eva);
  expect(await write()).toBe(1);
  const read = await escalate(eva, 'Rosa Gil');
  await escalate(eva, 'Hassan Idrissi');
  await escalate(eva, 'Noa Gil');
  await rooms.database.transaction((tx) => rooms.get(NotificationBook).read(tx, eva.id, { caseId: read.caseId }));
  rooms.clock.advance(9 * 60_000);
  expect(await write()).toBe(0);
  rooms.clock.advance(2 * 60_000);
  expect(await write()).toBe(1);
  const [, second] = await mailsOf(eva);
  expect(second).toMatchObject({ subject: '2 novedades de tus casos' });
  expect(second?.['text']).toMatch(/Noa · [\s\S]*Hassan · /u);
  expect(second?.['text']).not.toContain('Rosa');
  expect((await rowsOf(rooms, eva.id)).every(({ mail_at }) => mail_at === null)).toBe(true);
  rooms.clock.advance(3_600_000);
  expect(await write()).toBe(0);
});

it('in quiet hours only what has to be acknowledged comes; the rest together, when they are over', async () => {
  rooms.clock.set('2026-03-03T01:00:00Z');
  const night = { from: '22:00', to: '07:30', days: ['mon' as const, 'tue' as const], timeZone: 'Europe/Madrid' };
  await wish({ quiet: night });
  await escalate(eva, 'Lucía Ferrer', null);
  await escalate(eva, 'Hassan Idrissi', null);
  expect(await write()).toBe(0);
  await escalate(eva, 'Rosa Gil');
  expect(await write()).toBe(1);
  expect(await mailsOf(eva)).toMatchObject([{ subject: expect.stringMatching(/^Rosa: /u) as string }]);
  rooms.clock.set('2026-03-03T06:29:00Z');
  expect(await write()).toBe(0);
  rooms.clock.set('2026-03-03T06:30:00Z');
  expect(await write()).toBe(1);
  expect((await mailsOf(eva))[1]).toMatchObject({ subject: '2 novedades de tus casos' });
});

it('who wants no mails gets none, who wants more gets more, in their language', async () => {
  await wish({ mail: [] });
  await escalate(eva);
  expect(await write()).toBe(0);
  await rooms.db.query(`update agent set language = 'en' where id = $1`, [eva.id]);
  await wish({ mail: ['escalation_told'] });
  const { caseId } = await caseOf(rooms, null);
  await happens(rooms, caseId, raised(null, [eva]));
  await tellAll(rooms);
  expect(await write()).toBe(1);
  expect(await mailsOf(eva)).toMatchObject([{ subject: expect.stringMatching(/^Lucía: Escalated: /u) as string }]);
});

it('is tried again with the same Message-ID until it is taken, and given up after a day', async () => {
  refusing = true;
  await escalate(eva);
  await write();
  expect([await send(), await send()]).toEqual([1, 0]);
  expect(await mailsOf(eva)).toMatchObject([{ state: 'pending', attempts: 1, reason: 'x' }]);
  rooms.clock.advance(5000);
  expect(await send()).toBe(1);
  refusing = false;
  rooms.clock.advance(30_000);
  expect(await send()).toBe(1);
  expect(await mailsOf(eva)).toMatchObject([{ state: 'sent', attempts: 3, reason: null }]);
  expect(sink.received).toHaveLength(1);
  refusing = true;
  const other = await aPerson(rooms, 'supervisor');
  await escalate(other);
  await write();
  rooms.clock.advance(25 * 3_600_000);
  await send();
  expect(await mailsOf(other)).toMatchObject([{ state: 'failed' }]);
});

it('a try that was cut off is taken over, and what the first says afterwards counts no more', async () => {
  await escalate(eva);
  await write();
  const [first] = await take();
  expect(await take()).toEqual([]);
  rooms.clock.advance(121_000);
  const [second] = await take();
  if (!first || !second) throw new Error('nothing was taken');
  const settle = (mail: typeof first, posted: Posted) =>
    rooms.database.transaction((tx) => rooms.get(StaffPost).settle(tx, mail, posted));
  await settle(first, { outcome: 'failed', reason: 'x', detail: '' });
  expect(await mailsOf(eva)).toMatchObject([{ state: 'pending', attempts: 2 }]);
  await settle(second, { outcome: 'sent' });
  expect(await mailsOf(eva)).toMatchObject([{ state: 'sent' }]);
});

it('nobody is written to of a case they see no longer, nor after they have left', async () => {
  const storeId = await aStore(rooms);
  const goya = await aPerson(rooms, 'store', storeId);
  const { caseId } = await caseOf(rooms, goya);
  await rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [storeId, caseId]);
  await happens(rooms, caseId, raised(goya));
  await tellAll(rooms);
  await rooms.db.query('delete from case_store where case_id = $1', [caseId]);
  expect(await write()).toBe(0);
  await escalate(eva);
  expect(await write()).toBe(1);
  await rooms.db.query('update agent set active = false where id = $1', [eva.id]);
  expect(await take()).toEqual([]);
  expect(await mailsOf(eva)).toMatchObject([{ state: 'failed', reason: 'recipient.gone' }]);
});

it('who cannot be written to keeps nobody else from their mail, and nobody gets one twice', async () => {
  const [noa, teo] = [await aPerson(rooms, 'supervisor'), await aPerson(rooms, 'supervisor')];
  for (const person of [eva, noa, teo]) await escalate(person);
  await rooms.db.query(
    `create function refuse_mail() returns trigger language plpgsql as $$ begin if new.agent_id = '${noa.id}' then raise exception 'broken on purpose'; end if; return new; end $$`,
  );
  await rooms.db.query('create trigger refuse before insert on staff_mail for each row execute function refuse_mail()');
  const sweep = new NotificationSweep(
    rooms.database,
    rooms.get(DueSoon),
    rooms.get(StaffMails),
    rooms.get(StaffPost),
    mailer,
    rooms.get(NotificationBell),
  );
  expect(await sweep.writeAll(rooms.get(StaffMails))).toBe(2);
  await rooms.db.query('drop trigger refuse on staff_mail');
  // Two processes at once, after one of them broke off.
  const both = await Promise.all([sweep.writeAll(rooms.get(StaffMails)), sweep.writeAll(rooms.get(StaffMails))]);
  expect(both[0] + both[1]).toBe(1);
  for (const person of [eva, noa, teo]) expect(await mailsOf(person)).toHaveLength(1);
});
