import { setTimeout as sleep } from 'node:timers/promises';
import { AttachmentService, CaseService, issuedMessageId, lockCase, NoteService, ReplyService } from '#cases';
import { DeliveryJob, DeliverySweep, type OutboundChannel, type OutgoingMessage, type SendOutcome } from '#channels';
import { TimelinePage } from '#contracts';
import { JobQueues, Metrics, Secrets, Wake } from '#platform';
import type { Principal } from '#identity';
import { TimelineView } from '#views';
import { Readable } from 'node:stream';
import { aPerson, arrive, aStore, dm, mail, openRooms, readerOf, type Rooms } from '../factories/rooms.js';

/** The far side of the wire: answers what the test scripted, and remembers what it got. */
class ScriptedChannel implements OutboundChannel {
  readonly got: OutgoingMessage[] = [];
  readonly asked: OutgoingMessage[] = [];
  answers: SendOutcome[] = [];
  settlement: SendOutcome = { outcome: 'unknown', detail: '' };
  crash = false;
  constructor(
    readonly channel: 'twitter' | 'email',
    readonly settles: boolean,
  ) {}
  send(message: OutgoingMessage): Promise<SendOutcome> {
    this.got.push(message);
    if (this.crash) return Promise.reject(new Error('the process died'));
    return Promise.resolve(this.answers.shift() ?? { outcome: 'sent', externalId: `ext-${message.interactionId}` });
  }
  settle(message: OutgoingMessage): Promise<SendOutcome> {
    this.asked.push(message);
    return Promise.resolve(this.settlement);
  }
}

let rooms: Rooms;
let agent: Principal;
let twitter: ScriptedChannel;
let email: ScriptedChannel;
let job: DeliveryJob;
let sweep: DeliverySweep;
beforeAll(async () => {
  rooms = await openRooms();
  agent = await aPerson(rooms);
});
afterAll(() => rooms.close());
beforeEach(() => {
  twitter = new ScriptedChannel('twitter', true);
  email = new ScriptedChannel('email', false);
  job = new DeliveryJob(rooms.database, [twitter, email], rooms.clock, new Metrics(), new Wake(), rooms.get(Secrets));
  sweep = new DeliverySweep(rooms.database, rooms.get(JobQueues), new Wake(), rooms.config, rooms.clock);
});

const reply = (caseId: string, body: Partial<Parameters<ReplyService['reply']>[3]> = {}) =>
  rooms.database.transaction(async (tx) =>
    rooms
      .get(ReplyService)
      .reply(tx, agent, await lockCase(tx, agent, caseId), { channel: 'twitter', text: 'Ya lo miramos', ...body }),
  );
const undo = (id: string) => rooms.database.transaction((tx) => rooms.get(ReplyService).undo(tx, agent, id));
const resend = (id: string) => rooms.database.transaction((tx) => rooms.get(ReplyService).resend(tx, agent, id));
const delivery = async (id: string) =>
  (await rooms.db.query('select * from delivery where interaction_id = $1', [id]))[0];
const caseRow = async (id: string) => (await rooms.db.query('select * from cases where id = $1', [id]))[0];
/** The next try of this message, as the sweep and the worker would make it. */
async function nextTry(id: string): Promise<void> {
  await sweep.claimDue();
  await job.run({ interactionId: id, attempt: Number((await delivery(id))?.['attempts']), correlationId: null });
}
const dueIn = (milliseconds: number) => rooms.clock.advance(milliseconds);

describe('a reply', () => {
  it('is held, leaves when its time has come, and is sent once', async () => {
    const { caseId } = await arrive(rooms, dm('301'));
    const id = await reply(caseId);
    expect(await delivery(id)).toMatchObject({ state: 'held', attempts: 0 });
    expect(await caseRow(caseId)).toMatchObject({
      preview: 'Ya lo miramos',
      last_direction: 'outbound',
      unread: 0,
      next_action: 'await_customer',
    });
    await sweep.claimDue();
    expect(await delivery(id)).toMatchObject({ state: 'held' });
    dueIn(5_000);
    await nextTry(id);
    expect(await delivery(id)).toMatchObject({ state: 'sent', attempts: 1, transmitting_at: null, reason: null });
    await Promise.all([1, 2, 3].map(() => job.run({ interactionId: id, attempt: 1, correlationId: null })));
    expect(twitter.got).toHaveLength(1);
    expect(twitter.got[0]).toMatchObject({
      text: 'Ya lo miramos',
      to: { value: '301' },
      thread: { ref: 'conversation-301' },
    });
    const events = await rooms.db.query(
      `select type from case_event where case_id = $1 and type like 'interaction.%' order by seq`,
      [caseId],
    );
    expect(events.map((event) => event['type'])).toEqual([
      'interaction.received',
      'interaction.queued',
      'interaction.sent',
    ]);
  });

  it('by mail answers the last mail', async () => {
    const { caseId } = await arrive(
      rooms,
      mail('reply@correo.test', {
        messageId: '<last@correo.test>',
        references: ['<first@correo.test>'],
        subject: 'Re: Factura',
      }),
    );
    const id = await reply(caseId, { channel: 'email' });
    dueIn(5_000);
    await nextTry(id);
    expect(email.got[0]).toMatchObject({
      subject: 'Re: Factura',
      messageId: issuedMessageId(rooms.get(Secrets), id, 'care@hilo.test'),
      thread: { lastMessageId: '<last@correo.test>', references: ['<first@correo.test>'] },
      to: { value: 'reply@correo.test' },
    });
  });

  it('can be taken back while held, and not after', async () => {
    const { caseId } = await arrive(rooms, dm('302'));
    const id = await reply(caseId);
    await undo(id);
    expect(await caseRow(caseId)).toMatchObject({
      preview: 'Se me ha muerto el móvil',
      last_direction: 'inbound',
      next_action: 'reply',
    });
    dueIn(60_000);
    await sweep.claimDue();
    expect(await delivery(id)).toMatchObject({ state: 'undone' });
    const page = await rooms.get(TimelineView).page(rooms.database.manager, readerOf(agent), caseId, { limit: 50 });
    expect(TimelinePage.parse(JSON.parse(page)).items.some((entry) => entry.id === id)).toBe(false);
    await expect(undo(id)).rejects.toMatchObject({ code: 'interaction.not_held' });
    expect(twitter.got).toHaveLength(0);
  });

  it('gives its files back when taken back', async () => {
    const { caseId } = await arrive(rooms, mail('files-back@correo.test'));
    const upload = () =>
      rooms.get(AttachmentService).upload(rooms.database.manager, agent, {
        fileName: 'a.txt',
        contentType: 'text/plain',
        body: Readable.from([Buffer.from('hola')]),
      });
    const file = await upload();
    const id = await reply(caseId, { channel: 'email', attachmentIds: [file.id] });
    await expect(reply(caseId, { channel: 'email', attachmentIds: [file.id] })).rejects.toMatchObject({
      code: 'attachment.not_found',
    });
    await undo(id);
    const again = await reply(caseId, { channel: 'email', attachmentIds: [file.id] });
    dueIn(5_000);
    await nextTry(again);
    expect(email.got[0]?.attachments).toMatchObject([{ fileName: 'a.txt', size: 4, sha256: file.sha256 }]);
  });

  it('is refused where it cannot arrive', async () => {
    const { caseId } = await arrive(rooms, mail('only-mail@correo.test'));
    await expect(reply(caseId)).rejects.toMatchObject({ code: 'thread.unreachable' });
    await expect(reply(caseId, { channel: 'email', text: 'x'.repeat(20_001) })).rejects.toMatchObject({
      code: 'reply.too_long',
    });
    const x = await arrive(rooms, dm('303'));
    const pdf = await rooms.get(AttachmentService).upload(rooms.database.manager, agent, {
      fileName: 'a.pdf',
      contentType: 'application/pdf',
      body: Readable.from([Buffer.from('%PDF')]),
    });
    await expect(reply(x.caseId, { attachmentIds: [pdf.id] })).rejects.toMatchObject({
      code: 'reply.attachments_unsupported',
    });
    await rooms.db.query(`update cases set status = 'closed' where id = $1`, [x.caseId]);
    await expect(reply(x.caseId)).rejects.toMatchObject({ code: 'case.over' });
  });
});

describe('a try that does not succeed', () => {
  it('refused for good: failed with its reason on the case, and sent again on demand', async () => {
    const { caseId } = await arrive(rooms, dm('310'));
    const id = await reply(caseId);
    twitter.answers = [{ outcome: 'failed', reason: 'recipient.closed', detail: 'cannot DM' }];
    dueIn(5_000);
    await nextTry(id);
    expect(await delivery(id)).toMatchObject({ state: 'failed', reason: 'recipient.closed', detail: 'cannot DM' });
    expect(await caseRow(caseId)).toMatchObject({ failed_sends: 1 });
    await resend(id);
    await expect(resend(id)).rejects.toMatchObject({ code: 'interaction.not_failed' });
    await nextTry(id);
    expect(await delivery(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(await caseRow(caseId)).toMatchObject({ failed_sends: 0 });
  });

  it('refused for now: again later, not before the channel allows, given up after a day', async () => {
    const { caseId } = await arrive(rooms, dm('311'));
    const id = await reply(caseId);
    dueIn(5_000);
    const at = new Date(rooms.clock.now().getTime() + 900_000);
    twitter.answers = [{ outcome: 'retry', reason: 'channel.rate_limited', detail: '429', at }];
    await nextTry(id);
    expect(await delivery(id)).toMatchObject({ state: 'pending', due_at: at, reason: 'channel.rate_limited' });
    dueIn(899_000);
    await sweep.claimDue();
    expect(await delivery(id)).toMatchObject({ attempts: 1 });
    dueIn(24 * 3_600_000);
    twitter.answers = [{ outcome: 'retry', reason: 'channel.unreachable', detail: 'down' }];
    await nextTry(id);
    expect(await delivery(id)).toMatchObject({ state: 'failed', reason: 'attempts.exhausted' });
  });

  it('killed while sending, on a channel that can be asked: asked, never repeated blindly', async () => {
    const { caseId } = await arrive(rooms, dm('312'));
    const id = await reply(caseId);
    dueIn(5_000);
    twitter.crash = true;
    await expect(nextTry(id)).rejects.toThrow('died');
    twitter.crash = false;
    twitter.settlement = { outcome: 'sent', externalId: 'x-1' };
    dueIn(121_000);
    await nextTry(id);
    expect(twitter.got).toHaveLength(1);
    expect(twitter.asked).toHaveLength(1);
    expect(await delivery(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(await rooms.db.query('select external_id from interaction where id = $1', [id])).toEqual([
      { external_id: 'x-1' },
    ]);
  });

  it('killed while sending a mail: nobody can tell, so a person decides', async () => {
    const { caseId } = await arrive(rooms, mail('killed@correo.test'));
    const id = await reply(caseId, { channel: 'email' });
    dueIn(5_000);
    email.crash = true;
    await expect(nextTry(id)).rejects.toThrow('died');
    email.crash = false;
    dueIn(121_000);
    await nextTry(id);
    expect(email.got).toHaveLength(1);
    expect(await delivery(id)).toMatchObject({ state: 'failed', reason: 'outcome.unknown' });
  });

  it('whose job waited long has its whole lease to send in', async () => {
    const { caseId } = await arrive(rooms, dm('316'));
    const id = await reply(caseId);
    dueIn(5_000);
    await sweep.claimDue();
    dueIn(119_000);
    twitter.send = async (message) => {
      twitter.got.push(message);
      dueIn(60_000);
      await sweep.claimDue();
      return { outcome: 'sent', externalId: 'ext-316' };
    };
    await job.run({ interactionId: id, attempt: 1, correlationId: null });
    expect(await delivery(id)).toMatchObject({ state: 'sent', attempts: 1 });
    expect(twitter.got).toHaveLength(1);
  });

  it('that outlived its lease changes nothing any more', async () => {
    const { caseId } = await arrive(rooms, dm('313'));
    const id = await reply(caseId);
    dueIn(5_000);
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => (release = resolve));
    twitter.send = async (message) => {
      twitter.got.push(message);
      await slow;
      return { outcome: 'failed', reason: 'channel.refused', detail: 'late' };
    };
    const first = nextTry(id);
    while (twitter.got.length === 0) await sleep(5);
    dueIn(121_000);
    twitter.settlement = { outcome: 'sent', externalId: 'x-2' };
    await nextTry(id);
    release();
    await first;
    expect(await delivery(id)).toMatchObject({ state: 'sent', attempts: 2 });
  });
});

describe('around the case', () => {
  it('changes are versioned, recorded and refused when stale or forbidden', async () => {
    const { caseId } = await arrive(rooms, dm('320'));
    const change = (patch: Parameters<CaseService['change']>[3]) =>
      rooms.database.transaction((tx) => rooms.get(CaseService).change(tx, agent, caseId, patch));
    await change({ version: 2, assigneeId: agent.id, status: 'waiting', waitReason: 'parts', priority: 'high' });
    expect(await caseRow(caseId)).toMatchObject({
      assignee_id: agent.id,
      status: 'waiting',
      wait_reason: 'parts',
      priority: 'high',
      version: 5,
    });
    await expect(change({ version: 2, status: 'closed' })).rejects.toMatchObject({
      code: 'case.version_conflict',
      details: { version: 5 },
    });
    await expect(change({ version: 5, status: 'new' })).rejects.toMatchObject({ code: 'case.transition_forbidden' });
    await expect(change({ version: 5, assigneeId: '00000000-0000-7000-8000-000000000000' })).rejects.toMatchObject({
      code: 'agent.not_found',
    });
    await change({ version: 5, status: 'closed' });
    expect((await caseRow(caseId))?.['closed_at']).toEqual(rooms.clock.now());
    await arrive(rooms, dm('320'));
    await expect(change({ version: 6, status: 'in_solution' })).rejects.toMatchObject({
      code: 'case.customer_has_open',
    });
  });

  it('shows the second writer what came in', async () => {
    const other = await aPerson(rooms);
    const { caseId, interactionId } = await arrive(rooms, dm('321'));
    const guard = (seen: string) =>
      rooms.get(TimelineView).refuseUnseen(rooms.database.manager, caseId, agent.id, seen);
    await expect(guard(interactionId)).resolves.toBeUndefined();
    rooms.clock.advance(1000);
    const { noteId } = await rooms.database.transaction((tx) =>
      rooms.get(NoteService).add(tx, other, caseId, { text: 'Ojo', audience: 'internal' }),
    );
    await expect(guard(interactionId)).rejects.toMatchObject({
      code: 'case.unseen_entries',
      details: { entries: [{ id: noteId, text: 'Ojo' }] },
    });
    await expect(guard(noteId)).resolves.toBeUndefined();
  });

  it('is invisible to staff of other stores in every way in', async () => {
    const here = await aPerson(rooms, 'store', await aStore(rooms));
    const { caseId, interactionId } = await arrive(rooms, dm('322'));
    await expect(rooms.database.transaction((tx) => lockCase(tx, here, caseId))).rejects.toMatchObject({
      code: 'case.not_found',
    });
    await expect(
      rooms.database.transaction((tx) => rooms.get(ReplyService).undo(tx, here, interactionId)),
    ).rejects.toMatchObject({ code: 'interaction.not_found' });
    await expect(
      rooms.get(TimelineView).page(rooms.database.manager, readerOf(here), caseId, { limit: 10 }),
    ).rejects.toMatchObject({ code: 'case.not_found' });
    await rooms.db.query('insert into case_store (store_id, case_id) values ($1, $2)', [here.storeId, caseId]);
    expect(await rooms.database.transaction((tx) => lockCase(tx, here, caseId))).toMatchObject({ id: caseId });
  });
});
