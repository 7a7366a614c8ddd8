import { randomBytes } from 'node:crypto';
import { InteractionEntry, UploadedAttachment, type ReplyBody } from '#contracts';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import type { Person } from './outside.js';
import type { Staff } from './staff.js';
import { type World, UNDO_SECONDS } from './world.js';

/** Long enough for the first retry of anything. */
const FIRST_RETRY_MS = 6_000;

/** Answers really go out, once: on whichever queues the world runs. */
export function answersGoOut(start: () => Promise<World>): void {
  let world: World;
  let agent: Staff;

  beforeAll(async () => {
    world = await start();
    agent = await world.login('agent@hilo.test');
  });
  afterEach(() => world.outside.fairWeather());
  afterAll(() => world?.stop());

  /** Somebody who has written by X and by mail, and their one case. */
  async function customer(): Promise<{ person: Person; caseId: string; subject: string; messageId: string }> {
    const person = await world.outside.newcomer();
    const subject = 'Mi línea no funciona';
    await world.outside.writeDm(person, 'Hola, no tengo línea.');
    const mail = await world.outside.writeMail(person, { subject, text: 'Os escribo también por aquí.' });
    await waitFor(async () => (await agent.cases(`q=${person.handle}`)).length === 1);
    await waitFor(async () => (await agent.cases(`q=${person.email}`)).length === 1);
    const { caseId } = await agent.visit({
      storeId: world.stores.goya,
      customer: { displayName: person.displayName, email: person.email, twitterHandle: person.handle },
      text: 'Los dos son la misma persona.',
    });
    return { person, caseId, subject, messageId: mail.messageId ?? '' };
  }

  const undoTimePasses = () => world.clock.advance(UNDO_SECONDS * 1000);

  async function settled(caseId: string, id: string, state: string): Promise<InteractionEntry> {
    return waitFor(async () => {
      const entry = await agent.entry(caseId, id);
      return entry?.delivery?.state === state ? entry : null;
    });
  }

  async function answer(caseId: string, body: ReplyBody): Promise<InteractionEntry> {
    const entry = await agent.reply(caseId, body);
    expect(entry.delivery).toMatchObject({ state: 'held', reason: null, attempts: 0 });
    undoTimePasses();
    return entry;
  }

  it('a reply on X arrives as a direct message', async () => {
    const { person, caseId } = await customer();
    const { id } = await answer(caseId, { channel: 'twitter', text: 'Lo miramos ahora mismo.' });
    const entry = await settled(caseId, id, 'sent');
    const received = await world.outside.dmsTo(person);
    expect(received.map(({ text }) => text)).toEqual(['Lo miramos ahora mismo.']);
    expect(entry.externalId).toBe(received[0]?.id);
    // X tells us our own message too, by the webhook: it is known.
    await waitFor(() => world.sandbox.outside.courier.deliveries.some(({ dmId }) => dmId === received[0]?.id));
    expect((await agent.interactions(caseId)).filter(({ channel }) => channel === 'twitter')).toHaveLength(2);
  });

  it('a reply by mail arrives in the thread, and the answer to it comes back to the case', async () => {
    const { person, caseId, subject, messageId } = await customer();
    const first = await answer(caseId, { channel: 'email', text: '¿Desde cuándo?' });
    await settled(caseId, first.id, 'sent');
    const [mail] = await world.outside.mailsTo(person);
    expect(mail).toMatchObject({ inReplyTo: messageId, references: [messageId] });
    expect(mail?.replyTo).toMatch(/^care\+[0-9a-z]+\.[a-z2-7]{16}@hilo\.test$/);
    expect(mail?.from).toContain('<care@hilo.test>');
    expect(mail?.subject.replace(/ \[H-.*\]$/u, '')).toBe(`Re: ${subject}`);
    expect(mail?.text).toContain('¿Desde cuándo?');

    const back = await world.outside.writeMail(person, {
      subject: `Re: ${subject}`,
      text: 'Desde ayer.',
      inReplyTo: mail?.messageId ?? '',
    });
    await waitFor(async () => (await agent.interactions(caseId)).some(({ text }) => text.includes('Desde ayer.')));
    const second = await answer(caseId, { channel: 'email', text: 'Ya funciona.' });
    await settled(caseId, second.id, 'sent');
    const received = await world.outside.mailsTo(person);
    expect(received).toHaveLength(2);
    expect(received[1]).toMatchObject({
      inReplyTo: back.messageId,
      references: [messageId, mail?.messageId, back.messageId],
    });
  });

  it('a file goes out with a mail byte for byte', async () => {
    const { person, caseId } = await customer();
    const bytes = randomBytes(300_000);
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), 'factura ñ.pdf');
    const upload = await agent.done('/attachments', UploadedAttachment, { method: 'POST', body: form });
    const { id } = await answer(caseId, { channel: 'email', text: 'Va adjunta.', attachmentIds: [upload.id] });
    await settled(caseId, id, 'sent');
    const mail = world.sandbox.outside.mails.of(person.email).find(({ direction }) => direction === 'in');
    expect(mail?.files.map(({ fileName, size }) => [fileName, size])).toEqual([['factura ñ.pdf', bytes.length]]);
    expect(mail?.files[0]?.bytes.equals(bytes)).toBe(true);
  });

  it.each(['twitter', 'email'] as const)('undo takes a reply by %s back, and nothing arrives', async (channel) => {
    const { person, caseId } = await customer();
    const { id } = await agent.reply(caseId, { channel, text: 'Con una errata.' });
    const undone = await agent.done(`/interactions/${id}/undo`, InteractionEntry, { method: 'POST' });
    expect(undone.delivery?.state).toBe('undone');
    const { id: next } = await answer(caseId, { channel, text: 'Sin errata.' });
    await settled(caseId, next, 'sent');
    const texts = [...(await world.outside.dmsTo(person)), ...(await world.outside.mailsTo(person))].map(
      ({ text }) => text,
    );
    expect(texts).toHaveLength(1);
    expect(texts[0]).toContain('Sin errata.');
    expect(await agent.entry(caseId, id)).toBeUndefined();
    const late = await agent.ask(`/interactions/${next}/undo`, { method: 'POST' });
    expect([late.status, late.body]).toEqual([409, expect.objectContaining({ code: 'interaction.not_held' })]);
  });

  it('a message X refuses is a visible failure that can be sent again', async () => {
    const { person, caseId } = await customer();
    const inbox = await Listener.open(agent);
    await world.outside.accept(person, false);
    const { id } = await answer(caseId, { channel: 'twitter', text: '¿Seguimos por aquí?' });
    const failed = await settled(caseId, id, 'failed');
    expect(failed.delivery).toMatchObject({ reason: 'recipient.closed', attempts: 1 });
    expect(failed.delivery?.detail).toContain('permission to DM');
    await inbox.hears(caseId, 'interaction.failed');
    inbox.close();
    expect((await agent.cases('view=failed')).map((row) => row.id)).toContain(caseId);

    await world.outside.accept(person, true);
    await agent.done(`/interactions/${id}/resend`, InteractionEntry, { method: 'POST' });
    await settled(caseId, id, 'sent');
    expect((await world.outside.dmsTo(person)).map(({ text }) => text)).toEqual(['¿Seguimos por aquí?']);
    expect((await agent.case(caseId)).failedSends).toBe(0);
    const again = await agent.ask(`/interactions/${id}/resend`, { method: 'POST' });
    expect([again.status, again.body]).toEqual([409, expect.objectContaining({ code: 'interaction.not_failed' })]);
  });

  it('an address nobody has is a visible failure', async () => {
    const { person, caseId } = await customer();
    await world.outside.weather({ mail: { refuseAddresses: [person.email] } });
    const { id } = await answer(caseId, { channel: 'email', text: '¿Nos lees?' });
    const failed = await settled(caseId, id, 'failed');
    expect(failed.delivery).toMatchObject({ reason: 'recipient.unknown', attempts: 1 });
    expect(failed.delivery?.detail).toContain('no such mailbox');
    expect(await world.outside.mailsTo(person)).toEqual([]);
  });

  it.each([
    ['X answers 503', 'twitter', { twitter: { errorNext: 1 } }],
    ['X limits', 'twitter', { twitter: { limitNext: 1 } }],
    ['the mailbox is busy', 'email', { mail: { deferNext: 1 } }],
    ['the line breaks in the middle of a mail', 'email', { mail: { dropNext: 1 } }],
  ] as const)('%s: it waits, says why, and leaves later, once', async (_what, channel, knobs) => {
    const { person, caseId } = await customer();
    await world.outside.weather(structuredClone(knobs));
    const { id } = await answer(caseId, { channel, text: 'Insistimos.' });
    const waiting = await waitFor(async () => {
      const entry = await agent.entry(caseId, id);
      return entry?.delivery?.reason ? entry : null;
    });
    expect(waiting.delivery).toMatchObject({ state: 'pending', attempts: 1 });
    world.clock.advance(FIRST_RETRY_MS);
    await settled(caseId, id, 'sent');
    const received = channel === 'twitter' ? await world.outside.dmsTo(person) : await world.outside.mailsTo(person);
    expect(received).toHaveLength(1);
  });

  it.each([
    ['the answer is lost', { resetAfterCommitNext: 1 }],
    ['the answer is 503', { errorAfterCommitNext: 1 }],
  ])('X took the message and %s: it is found there, not sent twice', async (_what, twitter) => {
    const { person, caseId } = await customer();
    await world.outside.weather({ twitter });
    const { id } = await answer(caseId, { channel: 'twitter', text: 'Una sola vez.' });
    await waitFor(async () => (await world.outside.dmsTo(person)).length > 0);
    await waitFor(async () => (await agent.entry(caseId, id))?.delivery?.reason !== null);
    world.clock.advance(FIRST_RETRY_MS);
    await settled(caseId, id, 'sent');
    expect(await world.outside.dmsTo(person)).toHaveLength(1);
    expect((await agent.interactions(caseId)).filter(({ text }) => text === 'Una sola vez.')).toHaveLength(1);
  });

  it('a mail that was taken without an answer is left to a person', async () => {
    const { person, caseId } = await customer();
    await world.outside.weather({ mail: { dropAfterAcceptNext: 1 } });
    const { id } = await answer(caseId, { channel: 'email', text: 'Quizá llegó.' });
    const failed = await settled(caseId, id, 'failed');
    expect(failed.delivery).toMatchObject({ reason: 'outcome.unknown' });
    expect(await world.outside.mailsTo(person)).toHaveLength(1);
  });
}
