import { type CaseDetail, InteractionEntry, OpenReviewPage } from '#contracts';
import { ledger } from './ledger.js';
import { waitFor } from '../support/wait.js';
import type { Person } from './outside.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, UNDO_SECONDS, type World } from './world.js';

let world: World;
let agent: Staff;
let store: Staff;
beforeAll(async () => {
  world = await startWorld();
  [agent, store] = await Promise.all([world.login('agent@hilo.test'), world.login('store@hilo.test')]);
});
afterAll(() => world?.stop());

const mailsTo = (person: Person) =>
  world.sandbox.outside.mails.of(person.email).filter(({ direction }) => direction === 'in');

async function caseOf(person: Person): Promise<string> {
  const [row] = await waitFor(async () => {
    const rows = await agent.cases(`q=${person.email}`);
    return rows.length > 0 && rows;
  });
  return row?.id ?? '';
}

/** Somebody who wrote, the case of it, and our answer as it reached them. */
async function answered(name: string) {
  const person = await world.outside.newcomer(name);
  await world.outside.writeMail(person, { subject: 'Mi móvil', text: 'No tengo datos.' });
  const caseId = await caseOf(person);
  await agent.reply(caseId, { channel: 'email', text: 'Lo miramos.' });
  world.clock.advance(UNDO_SECONDS * 1000);
  const mail = await waitFor(() => Promise.resolve(mailsTo(person)[0]));
  await waitFor(async () => (await agent.interactions(caseId)).every((entry) => entry.delivery?.state !== 'pending'));
  return { person, caseId, mail, replyTo: mail.replyTo ?? '' };
}

/** A mail without any thread in its headers. */
const bare = (person: Person, to: string, subject: string, text: string) =>
  world.outside.writeRawMail(
    Buffer.from(
      [
        `From: ${person.displayName} <${person.email}>`,
        `To: ${to}`,
        `Subject: ${Buffer.from(subject).every((byte) => byte < 128) ? subject : `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`}`,
        `Date: ${world.clock.now().toUTCString()}`,
        `Message-ID: <${crypto.randomUUID()}@correo.test>`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        text,
        '',
      ].join('\r\n'),
    ),
    person.email,
  );

const entrySaying = (caseId: string, text: string) =>
  waitFor(async () => (await agent.interactions(caseId)).find((entry) => entry.text.trim() === text));

async function close(caseId: string): Promise<CaseDetail> {
  const { version } = await agent.case(caseId);
  await agent.ask(`/cases/${caseId}`, { method: 'PATCH', body: { status: 'closed', version } });
  return agent.case(caseId);
}

it('our answer names its case; whatever of that comes back finds it', async () => {
  const { person, caseId, mail, replyTo } = await answered('Noa Vidal');
  const { reference } = await agent.case(caseId);
  expect(replyTo).toMatch(/^care\+[0-9a-z]{6,}\.[a-z2-7]{16}@hilo\.test$/);
  expect(mail.from).toContain('<care@hilo.test>');
  expect(mail.subject).toContain(`[${reference}#`);
  expect(mail.messageId).toMatch(/^<[0-9a-f]{32}\.[a-z2-7]{16}@hilo\.test>$/);

  await world.outside.writeMail(person, {
    subject: 'Re: Mi móvil',
    text: 'Con su programa.',
    inReplyTo: mail.messageId ?? '',
  });
  expect(await entrySaying(caseId, 'Con su programa.')).toMatchObject({ matchedBy: 'reply_token', review: null });
  await bare(person, replyTo, 'otro asunto', 'Solo la dirección.');
  expect(await entrySaying(caseId, 'Solo la dirección.')).toMatchObject({ matchedBy: 'reply_token' });
  await bare(person, 'care@hilo.test', `RE: ${mail.subject}`, 'Solo el asunto.');
  expect(await entrySaying(caseId, 'Solo el asunto.')).toMatchObject({ matchedBy: 'subject_tag' });
  await bare(person, replyTo.replace(/.@/u, 'x@').replace('care+', 'care+0'), `sobre ${reference}`, 'Nada firmado.');
  expect(await entrySaying(caseId, 'Nada firmado.')).toMatchObject({ matchedBy: 'contact_point' });
});

it('a closed case is opened again by an answer, once', async () => {
  const { person, caseId, replyTo } = await answered('Iker Sanz');
  expect((await close(caseId)).status).toBe('closed');
  await bare(person, replyTo, 'Sigue igual', 'Sigue sin ir.');
  expect(await entrySaying(caseId, 'Sigue sin ir.')).toMatchObject({ matchedBy: 'reply_token' });
  expect((await agent.case(caseId)).status).toBe('in_solution');
});

it('a stranger with the mail in hand gets a case of their own, and a person decides', async () => {
  const { person, caseId, replyTo, mail } = await answered('Rosa Peña');
  const before = await agent.case(caseId);
  const entries = await agent.interactions(caseId);
  const daughter = await world.outside.newcomer('Eva Peña');
  await bare(daughter, replyTo, mail.subject, 'Soy su hija.');
  const theirs = await caseOf(daughter);
  expect(theirs).not.toBe(caseId);
  const entry = await entrySaying(theirs, 'Soy su hija.');
  expect(entry).toMatchObject({
    matchedBy: 'new_customer',
    review: { caseReference: before.reference, evidence: { by: 'reply_token', value: before.reference } },
  });
  expect(await agent.interactions(caseId)).toEqual(entries);
  const listed = await agent.done('/reviews', OpenReviewPage);
  expect(listed.items).toContainEqual(
    expect.objectContaining({
      entryId: entry.id,
      sender: daughter.email,
      named: expect.objectContaining({ id: caseId }),
    }),
  );

  const path = `/cases/${theirs}/entries/${entry.id}/move`;
  const body = { toCaseReference: before.reference.toLowerCase(), reason: 'Es la hija de Rosa' };
  const rowsBefore = await ledger(world);
  expect(errorOf(await store.ask(path, { method: 'POST', body }))).toMatchObject({
    status: 403,
    code: 'permission.denied',
  });
  expect(errorOf(await store.ask('/reviews'))).toMatchObject({ status: 403 });
  expect(
    errorOf(await agent.ask(path, { method: 'POST', body: { ...body, toCaseReference: 'H-0000-00' } })),
  ).toMatchObject({ status: 404, code: 'case.not_found' });
  expect(errorOf(await agent.ask(path, { method: 'POST', body: { ...body, reason: ' ' } }))).toMatchObject({
    status: 400,
  });
  expect(await ledger(world)).toEqual(rowsBefore);

  const key = { 'idempotency-key': 'move-the-daughter' };
  const moved = await agent.done(path, InteractionEntry, { method: 'POST', body, headers: key });
  expect(moved).toMatchObject({ id: entry.id, matchedBy: 'moved', review: null, threadId: null });
  expect(await agent.done(path, InteractionEntry, { method: 'POST', body, headers: key })).toEqual(moved);
  expect((await agent.interactions(caseId)).map(({ id }) => id)).toContain(entry.id);
  await agent.reply(caseId, { channel: 'email', text: 'Gracias a las dos.' });
  world.clock.advance(UNDO_SECONDS * 1000);
  await waitFor(() => Promise.resolve(mailsTo(person).find(({ text }) => text.includes('Gracias a las dos.'))));
  expect(mailsTo(daughter)).toEqual([]);
});
