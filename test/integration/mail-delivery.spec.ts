import fc from 'fast-check';
import { FileLinks, lockCase, ReplyService } from '#cases';
import {
  ChannelHealth,
  DeliveryJob,
  DeliverySweep,
  EmailChannel,
  LetterWriter,
  OwnAddresses,
  type OutboundChannel,
  type OutgoingMessage,
} from '#channels';
import { DELIVERY_REASONS, InteractionEntry } from '#contracts';
import { JobQueues, Metrics, Secrets, STORAGE, Wake, type Storage } from '#platform';
import type { Principal } from '#identity';
import { TimelineView } from '#views';
import { aPerson, arrive, mail, openRooms, type Rooms } from '../factories/rooms.js';
import { ScriptedRelay, type Script } from './email.smtp.js';

let relay: ScriptedRelay;
let rooms: Rooms;
let agent: Principal;
let channel: EmailChannel;
let sweep: DeliverySweep;
let serial = 0;
beforeAll(async () => {
  relay = new ScriptedRelay();
  const url = await relay.start();
  rooms = await openRooms({
    HILO_SMTP_URL: `${url}?socketTimeout=1000`,
    HILO_UNDO_SECONDS: '0',
    HILO_MAIL_RATE_PER_DOMAIN: '0',
  });
  agent = await aPerson(rooms);
  const { config, database, clock } = rooms;
  const storage = rooms.get<Storage>(STORAGE as never);
  const letters = new LetterWriter(
    rooms.get(Secrets),
    rooms.get(FileLinks),
    new OwnAddresses(config, database),
    config,
    storage,
  );
  channel = new EmailChannel(config, letters, new ChannelHealth(database, clock));
  sweep = new DeliverySweep(database, rooms.get(JobQueues), new Wake(), config, clock);
});
beforeEach(() => {
  // Each on a line of its own: the greeting is part of the play.
  channel.stop();
  relay.script = {};
  relay.messages.splice(0);
});
afterAll(async () => {
  channel?.stop();
  await rooms?.close();
  await relay?.stop();
});

const jobOf = (way: OutboundChannel) =>
  new DeliveryJob(rooms.database, [way], rooms.clock, new Metrics(), new Wake(), rooms.get(Secrets));
const row = async (id: string) => (await rooms.db.query('select * from delivery where interaction_id = $1', [id]))[0];
const failedSends = async (caseId: string) =>
  (await rooms.db.query('select failed_sends from cases where id = $1', [caseId]))[0]?.['failed_sends'];

async function reply(): Promise<{ id: string; caseId: string }> {
  const { caseId } = await arrive(rooms, mail(`d${(serial += 1)}@correo.test`));
  const id = await rooms.database.transaction(async (tx) =>
    rooms
      .get(ReplyService)
      .reply(tx, agent, await lockCase(tx, agent, caseId), { channel: 'email', text: 'Ya lo miramos' }),
  );
  return { id, caseId };
}
/** The next try, as the sweep and the worker would make it. */
async function nextTry(id: string, way: OutboundChannel = channel): Promise<void> {
  await sweep.claimDue();
  await jobOf(way).run({ interactionId: id, attempt: Number((await row(id))?.['attempts']), correlationId: null });
}
const waits = async (id: string) =>
  Number(((await row(id))?.['due_at'] as Date).getTime() - rooms.clock.now().getTime());
const messageIds = () => relay.messages.map((text) => /^Message-ID: (.+)$/imu.exec(text)?.[1]?.trim());

const DEFERRED: [string, Script, string][] = [
  ['the greeting is a refusal', { greeting: '554 no service' }, 'channel.refused'],
  ['the greeting never ends', { greeting: 'drop' }, 'channel.unreachable'],
  ['4xx at MAIL', { mail: '451 4.3.0 later' }, 'channel.refused'],
  ['4xx at RCPT', { rcpt: '450 4.2.1 busy' }, 'channel.refused'],
  ['4xx at DATA', { data: '451 4.3.0 later' }, 'channel.refused'],
  ['4xx after the message', { message: '452 4.3.1 disk full' }, 'channel.refused'],
  ['421 after the message', { message: '421 4.3.2 stopping' }, 'channel.unreachable'],
  ['dropped before the end of the message', { breakAfter: 1 }, 'channel.unreachable'],
];

it.each(DEFERRED)('%s: waits, tries again and arrives once, with one Message-ID', async (_case, script, reason) => {
  const { id, caseId } = await reply();
  relay.script = script;
  await nextTry(id);
  expect(await row(id)).toMatchObject({ state: 'pending', reason, attempts: 1, transmitting_at: null });
  expect(await waits(id)).toBe(5_000);
  rooms.clock.advance(5_000);
  await nextTry(id);
  expect(await row(id)).toMatchObject({ state: 'pending', attempts: 2 });
  expect(await waits(id)).toBe(30_000);
  const taken = relay.messages.splice(0);
  relay.script = {};
  rooms.clock.advance(30_000);
  await nextTry(id);
  expect(await row(id)).toMatchObject({ state: 'sent', reason: null, detail: null, attempts: 3 });
  expect(await failedSends(caseId)).toBe(0);
  expect(relay.messages).toHaveLength(1);
  const [issued] = await rooms.db.query('select message_id as id from interaction where id = $1', [id]);
  expect(new Set([...taken.map((text) => /^Message-ID: (.+)$/imu.exec(text)?.[1]?.trim()), ...messageIds()])).toEqual(
    new Set([issued?.['id']]),
  );
});

const REFUSED: [string, Script, string][] = [
  ['at MAIL', { mail: '550 5.7.1 not from here' }, 'channel.refused'],
  ['at RCPT: unknown', { rcpt: '550 5.1.1 who?' }, 'recipient.unknown'],
  ['at RCPT: full', { rcpt: '552 5.2.2 full' }, 'recipient.refused'],
  ['at DATA', { data: '554 5.7.1 no' }, 'channel.refused'],
  ['after the message', { message: '554 5.7.1 spam' }, 'channel.refused'],
];

it.each(REFUSED)('5xx %s: fails with its reason in words, and can be sent again', async (_case, script, reason) => {
  const { id, caseId } = await reply();
  relay.script = script;
  await nextTry(id);
  expect(await row(id)).toMatchObject({
    state: 'failed',
    reason,
    attempts: 1,
    transmitting_at: null,
    detail: Object.values(script)[0] as string,
  });
  expect(await failedSends(caseId)).toBe(1);
  const entry = InteractionEntry.parse(await rooms.get(TimelineView).interaction(rooms.database.manager, id));
  expect(DELIVERY_REASONS).toHaveProperty([entry.delivery?.reason ?? '', 'es']);
  rooms.clock.advance(86_400_000);
  await sweep.claimDue();
  expect(await row(id)).toMatchObject({ attempts: 1 });
  relay.script = {};
  relay.messages.splice(0);
  await rooms.database.transaction((tx) => rooms.get(ReplyService).resend(tx, agent, id));
  await nextTry(id);
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2 });
  expect(relay.messages).toHaveLength(1);
});

it('dropped after the message: nobody knows, so it is not repeated until a person says so', async () => {
  const { id, caseId } = await reply();
  relay.script = { message: 'drop' };
  await nextTry(id);
  expect(await row(id)).toMatchObject({ state: 'failed', reason: 'outcome.unknown', transmitting_at: null });
  expect(await failedSends(caseId)).toBe(1);
  relay.script = {};
  rooms.clock.advance(86_400_000);
  await sweep.claimDue();
  expect(relay.messages).toHaveLength(1);
  await rooms.database.transaction((tx) => rooms.get(ReplyService).resend(tx, agent, id));
  await nextTry(id);
  expect(await row(id)).toMatchObject({ state: 'sent' });
  expect(new Set(messageIds()).size).toBe(1);
});

it('a try that runs three times sends once', async () => {
  const { id } = await reply();
  await sweep.claimDue();
  const job = jobOf(channel);
  await Promise.all([1, 2, 3].map(() => job.run({ interactionId: id, attempt: 1, correlationId: null })));
  expect(await row(id)).toMatchObject({ state: 'sent', attempts: 1 });
  expect(relay.messages).toHaveLength(1);
});

it('killed after the relay took it: not sent a second time', async () => {
  const dying: OutboundChannel = {
    channel: 'email',
    settles: false,
    send: async (message: OutgoingMessage) => {
      await channel.send(message);
      throw new Error('the process died');
    },
    settle: (message) => channel.settle(message),
  };
  const { id } = await reply();
  await expect(nextTry(id, dying)).rejects.toThrow('died');
  rooms.clock.advance(121_000);
  await nextTry(id);
  expect(await row(id)).toMatchObject({ state: 'failed', reason: 'outcome.unknown', attempts: 2 });
  expect(relay.messages).toHaveLength(1);
});

it('given up after a day of trying', async () => {
  const { id } = await reply();
  relay.script = { rcpt: '450 4.2.1 busy' };
  for (let tries = 0; tries < 20 && (await row(id))?.['state'] !== 'failed'; tries += 1) {
    await nextTry(id);
    rooms.clock.advance(Math.max(0, await waits(id)));
  }
  expect(await row(id)).toMatchObject({ state: 'failed', reason: 'attempts.exhausted', detail: '450 4.2.1 busy' });
  expect(relay.messages).toEqual([]);
});

it('the page of the channels knows how the relay is doing', async () => {
  const health = async () =>
    (await rooms.db.query(`select state, reason, label from channel_health where key = 'smtp-out'`))[0];
  await nextTry((await reply()).id);
  expect(await health()).toMatchObject({
    state: 'ok',
    reason: null,
    label: expect.stringMatching(/^127\.0\.0\.1:\d+$/) as string,
  });
  relay.script = { greeting: 'drop' };
  channel.stop();
  const { id } = await reply();
  await nextTry(id);
  expect(await health()).toMatchObject({ state: 'trouble', reason: 'channel.unreachable' });
  relay.script = {};
  rooms.clock.advance(5_000);
  await nextTry(id);
  expect(await health()).toMatchObject({ state: 'ok', reason: null });
});

/** What a relay may do to a try, and what a process may. */
const FATES: (Script | 'killed before' | 'killed after')[] = [
  {},
  { greeting: '421 busy' },
  { greeting: 'drop' },
  { ehlo: 'drop' },
  { mail: '451 later' },
  { mail: '550 no' },
  { rcpt: '450 busy' },
  { rcpt: '550 5.1.1 who?' },
  { data: 'drop' },
  { breakAfter: 1 },
  { message: '452 full' },
  { message: '554 spam' },
  { message: 'drop' },
  'killed before',
  'killed after',
];

it('whatever relay and process do, a customer gets it at most once, and exactly once when it says sent', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...FATES), { minLength: 1, maxLength: 6 }), async (fates) => {
      const { id } = await reply();
      let taken = 0;
      const way = (fate: (typeof FATES)[number]): OutboundChannel => ({
        channel: 'email',
        settles: false,
        settle: (message) => channel.settle(message),
        send: async (message) => {
          if (fate === 'killed before') throw new Error('the process died');
          const outcome = await channel.send(message);
          if (fate === 'killed after') throw new Error('the process died');
          return outcome;
        },
      });
      for (const fate of fates) {
        channel.stop();
        relay.script = typeof fate === 'string' ? {} : fate;
        relay.messages.splice(0);
        await nextTry(id, way(fate)).catch((error: unknown) => expect(String(error)).toContain('died'));
        // The relay has it when it answered 250, or would have: what it does after a broken line nobody knows.
        const refuses = typeof fate === 'object' && fate.message !== undefined && fate.message !== 'drop';
        if (!refuses) taken += relay.messages.length;
        const now = await row(id);
        if (now?.['state'] !== 'pending') break;
        rooms.clock.advance(Math.max(0, await waits(id)));
      }
      const end = await row(id);
      expect(taken).toBeLessThanOrEqual(1);
      if (end?.['state'] === 'sent') expect(taken).toBe(1);
      // Taken and not known to be: a person is asked, or the next try will find out that nobody can tell.
      if (taken === 1 && end?.['state'] !== 'sent')
        expect(end?.['reason'] === 'outcome.unknown' || end?.['transmitting_at'] !== null).toBe(true);
      if (end?.['state'] === 'failed') expect(DELIVERY_REASONS).toHaveProperty([String(end['reason'])]);
      await rooms.db.query(`update delivery set state = 'undone' where interaction_id = $1`, [id]);
    }),
    { numRuns: 40 },
  );
});
