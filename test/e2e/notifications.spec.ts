import {
  type CaseDetail,
  NotificationPage,
  NotificationPreferences,
  UnreadNotifications,
  ViewCounts,
} from '#contracts';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

describe('what people are told', () => {
  let world: World;
  let marta: Staff;
  let teo: Staff;
  let found: CaseDetail;

  beforeAll(async () => {
    world = await startWorld();
    [marta, teo] = await Promise.all([world.login('agent@hilo.test'), world.login('supervisor@hilo.test')]);
    const person = await world.outside.newcomer('Lucía Ferrer');
    await world.outside.writeMail(person, { subject: 'Móvil', text: 'No enciende' });
    const [row] = await waitFor(async () => {
      const rows = await marta.cases(`q=${encodeURIComponent(person.email)}`);
      return rows.length === 1 && rows;
    });
    found = await marta.case(row?.id ?? '');
  }, 60_000);
  afterAll(() => world?.stop());

  const list = (staff: Staff) => staff.done('/notifications', NotificationPage);
  const give = async (to: Staff, by: Staff) => {
    const { version } = await by.case(found.id);
    const { user } = (await to.ask('/session')).body as { user: { id: string } };
    const body = { assigneeId: user.id, version };
    expect((await by.ask(`/cases/${found.id}`, { method: 'PATCH', body })).status).toBe(200);
  };

  it('rings at them alone, within a second, and is read by them alone', async () => {
    const [hers, his] = await Promise.all([Listener.open(marta), Listener.open(teo)]);
    const began = performance.now();
    await give(marta, teo);
    await waitFor(() => hers.events.includes('notifications.changed'), { every: 5 });
    expect(performance.now() - began).toBeLessThan(3000);
    const { items, unread } = await list(marta);
    expect({ items, unread }).toMatchObject({
      unread: 1,
      items: [{ case: { id: found.id, customerName: found.customer.displayName }, items: [{ kind: 'assigned' }] }],
    });
    expect((await marta.done('/cases/counts', ViewCounts)).notifications).toBe(1);
    expect(his.events).not.toContain('notifications.changed');
    expect((await list(teo)).items).toEqual([]);
    const ids = items.flatMap((group) => group.items.map(({ id }) => id));
    await teo.done('/notifications/read', UnreadNotifications, { method: 'POST', body: { ids } });
    expect((await list(marta)).unread).toBe(1);
    const read = await marta.done('/notifications/read', UnreadNotifications, {
      ...{ method: 'POST', body: { caseId: found.id } },
    });
    expect(read.unread).toBe(0);
    hers.close();
    his.close();
  });

  it('is what they chose to be told, and nothing that makes no sense', async () => {
    const path = '/me/notification-preferences';
    expect(await marta.done(path, NotificationPreferences)).toMatchObject({ desktop: false, mail: ['escalated'] });
    const quiet = { from: '22:00', to: '07:30', days: ['mon'], timeZone: 'Europe/Madrid' };
    const wanted = { desktop: true, mail: ['mentioned', 'mentioned'], quiet, urgentInQuiet: false };
    const kept = await marta.done(path, NotificationPreferences, { method: 'PUT', body: wanted });
    expect(kept).toEqual({ ...wanted, mail: ['mentioned'] });
    expect(await marta.done(path, NotificationPreferences)).toEqual(kept);
    expect(await teo.done(path, NotificationPreferences)).toMatchObject({ desktop: false });
    for (const wrong of [{ timeZone: 'Europe/Nowhere' }, { from: '25:00' }, { days: [] }])
      expect(
        errorOf(await marta.ask(path, { method: 'PUT', body: { ...wanted, quiet: { ...quiet, ...wrong } } })),
      ).toMatchObject({ status: 400, code: 'request.invalid' });
    for (const body of [{}, { ids: [] }, { all: false }, { all: true, caseId: found.id }])
      expect(errorOf(await marta.ask('/notifications/read', { method: 'POST', body }))).toMatchObject({ status: 400 });
    expect(errorOf(await marta.ask('/notifications?cursor=x'))).toMatchObject({ status: 400 });
  });

  it('nobody is told anything without a session', async () => {
    for (const path of ['/notifications', '/me/notification-preferences'])
      expect((await fetch(`${world.url}/api/v1${path}`)).status).toBe(401);
  });

  it('by mail as well when somebody answers for an escalation: to them, and to no customer', async () => {
    const { user } = (await teo.ask('/session')).body as { user: { id: string } };
    await world.database.query(
      `select record_event($1, (select version from cases where id = $1), 'escalation.raised', jsonb_build_object('escalationId', new_id(), 'metric', 'relief', 'round', 1,
         'rung', 1, 'reason', 'breach', 'accountableId', $2::text, 'accountableName', 'x', 'toldIds', '[]'::jsonb, 'queueId', null, 'acknowledgeBy', iso(now())), 'system', null, 'Hilo', 'test', null, now())`,
      [found.id, user.id],
    );
    const mail = await waitFor(async () => {
      const rows = await world.database.query<{ state: string }>(
        "select state from staff_mail where state <> 'pending'",
      );
      return rows[0];
    });
    expect(mail).toEqual({ state: 'sent' });
    expect((await list(teo)).items).toMatchObject([{ items: [{ kind: 'escalated' }] }]);
  });
});
