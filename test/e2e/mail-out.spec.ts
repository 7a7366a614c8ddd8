import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { type CaseDetail, type InteractionEntry, OwnSettings, UploadedAttachment } from '#contracts';
import { waitFor } from '../support/wait.js';
import type { Person } from './outside.js';
import { ask, errorOf, type Staff } from './staff.js';
import { startWorld, UNDO_SECONDS, type World } from './world.js';

const DAY_MS = 86_400_000;

let world: World;
let agent: Staff;
beforeAll(async () => {
  world = await startWorld({ environment: { HILO_MAIL_ATTACH_MB: '0.1', HILO_UPLOAD_LIMIT_MB: '1' } });
  agent = await world.login('agent@hilo.test');
});
afterEach(() => world.outside.fairWeather());
afterAll(() => world?.stop());

/** Somebody who wrote by mail, and their case. */
async function customer(): Promise<{ person: Person; caseId: string }> {
  const person = await world.outside.newcomer('Ana Ruiz');
  await world.outside.writeMail(person, { subject: 'Mi móvil', text: '¿Me pasáis el vídeo?' });
  const [row] = await waitFor(async () => {
    const rows = await agent.cases(`q=${person.email}`);
    return rows.length > 0 && rows;
  });
  return { person, caseId: row?.id ?? '' };
}

async function upload(bytes: Buffer, name: string): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'text/html' }), name);
  return (await agent.done('/attachments', UploadedAttachment, { method: 'POST', body: form })).id;
}

async function answer(caseId: string, text: string, files: string[] = []): Promise<InteractionEntry> {
  const { id } = await agent.reply(caseId, { channel: 'email', text, attachmentIds: files });
  world.clock.advance(UNDO_SECONDS * 1000);
  return waitFor(async () => {
    const entry = await agent.entry(caseId, id);
    return entry?.delivery?.state === 'sent' || entry?.delivery?.state === 'failed' ? entry : null;
  });
}

const mailTo = (person: Person) =>
  world.sandbox.outside.mails.of(person.email).findLast(({ direction }) => direction === 'in');

it('a file that is too large for the mail is a link anybody who has the mail can follow, for a month', async () => {
  const { person, caseId } = await customer();
  const [film, note] = [randomBytes(200_000), Buffer.from('<script>alert(1)</script>')];
  await answer(caseId, 'Aquí lo tienes.', [await upload(film, 'vídeo ñ.mp4'), await upload(note, 'nota.html')]);
  const mail = mailTo(person);
  expect(mail?.files.map(({ fileName }) => fileName)).toEqual(['nota.html']);
  const [link = ''] = /http:\/\/127\.0\.0\.1:\d+\/files\/[\w-]+/u.exec(mail?.text ?? '') ?? [];
  expect(mail?.html).toContain(`<a href="${link}">vídeo ñ.mp4</a> (200 kB)`);

  const got = await ask(link);
  expect([got.status, got.bytes.equals(film)]).toEqual([200, true]);
  expect(Object.fromEntries(got.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''v%C3%ADdeo%20%C3%B1.mp4`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'private, no-store',
    'x-robots-tag': 'noindex, nofollow',
  });
  expect((await ask(link, { method: 'HEAD' })).headers.get('content-length')).toBe('200000');

  for (const wrong of [
    link.slice(0, -1),
    `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}`,
    `${link}A`,
    link.replace(/files\/...../u, 'files/AAAAA'),
  ]) {
    const page = await ask(wrong);
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.bytes.toString()).toContain('Este enlace no lleva a ningún archivo');
  }

  world.clock.advance(29 * DAY_MS);
  expect((await ask(link)).status).toBe(200);
  world.clock.advance(2 * DAY_MS);
  const late = await ask(link, { headers: { 'accept-language': 'en-GB,en' } });
  expect(late.status).toBe(410);
  expect(late.bytes.toString()).toMatch(/This link has expired.*Este enlace ha caducado/su);
  agent = await world.login('agent@hilo.test');
});

it('a file that is compressed comes as it is, from its link and from its message', async () => {
  const { person, caseId } = await customer();
  const file = deflateSync(randomBytes(200_000));
  const entry = await answer(caseId, 'Aquí lo tienes.', [await upload(file, 'copia.zz')]);
  const [link = ''] = /http:\/\/127\.0\.0\.1:\d+\/files\/[\w-]+/u.exec(mailTo(person)?.text ?? '') ?? [];
  const got = await ask(link, { headers: { 'accept-encoding': 'gzip' } });
  expect([got.headers.get('content-encoding'), got.bytes.equals(file)]).toEqual([null, true]);
  const kept = await agent.content(entry.attachments[0]?.id ?? '');
  expect(kept.equals(file)).toBe(true);
});

it('a file that is no longer on its message is gone, whatever its link says', async () => {
  const { person, caseId } = await customer();
  await answer(caseId, 'Aquí lo tienes.', [await upload(randomBytes(200_000), 'vídeo.mp4')]);
  const [link = ''] = /http:\/\/127\.0\.0\.1:\d+\/files\/[\w-]+/u.exec(mailTo(person)?.text ?? '') ?? [];
  expect((await ask(link)).status).toBe(200);
  await world.database.query(`update attachment set interaction_id = null where file_name = 'vídeo.mp4'`);
  expect((await ask(link)).status).toBe(404);
});

it('a person has a signature of their own, until they want the usual one again', async () => {
  const { person, caseId } = await customer();
  const sign = (signature: unknown) => agent.ask('/people/me', { method: 'PATCH', body: { signature } });
  await answer(caseId, 'Ya está.');
  const { text: usual } = mailTo(person) ?? {};
  expect(usual).toMatch(/^Ya está\.\s+-- \n\S+\nAtención al cliente · Nexo\n\nCaso H-/u);

  expect((await sign('  Lucía Martín  \r\nTaller de <Goya>\u0000\n\n\n\n')).body).toMatchObject({
    signature: 'Lucía Martín\nTaller de <Goya>',
  });
  expect(await agent.done('/people/me', OwnSettings)).toMatchObject({
    signature: 'Lucía Martín\nTaller de <Goya>',
  });
  await answer(caseId, 'Ya está.');
  expect(mailTo(person)?.text).toContain('-- \nLucía Martín\nTaller de <Goya>\n\nCaso H-');
  expect(mailTo(person)?.html).toContain('Lucía Martín<br>\nTaller de &lt;Goya&gt;');

  expect(errorOf(await sign('x'.repeat(501)))).toMatchObject({ status: 400, code: 'request.invalid' });
  expect(errorOf(await sign(7))).toMatchObject({ status: 400 });
  expect((await ask(`${world.url}/api/v1/people/me`)).status).toBe(401);
  expect((await sign('  \n ')).body).toMatchObject({ signature: null });
});

it('an address that does not exist fails with its reason, and the other way to the customer stands open', async () => {
  const { person, caseId } = await customer();
  await world.outside.writeDm(person, 'Soy la del vídeo.');
  await waitFor(async () => (await agent.cases(`q=${person.handle}`)).length === 1);
  await agent.visit({
    storeId: world.stores.goya,
    customer: { displayName: person.displayName, email: person.email, twitterHandle: person.handle },
    text: 'Es la misma.',
  });
  await world.outside.weather({ mail: { refuseAddresses: [person.email] } });
  const failed = await answer(caseId, 'Va de camino.');
  expect(failed.delivery).toMatchObject({ state: 'failed', reason: 'recipient.unknown', attempts: 1 });
  expect(failed.delivery?.detail).toContain('5.1.1 no such mailbox');
  const { threads, failedSends }: CaseDetail = await agent.case(caseId);
  expect(failedSends).toBe(1);
  expect(threads.filter(({ open }) => open).map(({ channel }) => channel)).toContain('twitter');
});

it('who sends a file that is too large is told, once, by a mail no program will answer', async () => {
  const person = await world.outside.newcomer('Ana Ruiz');
  const sent = await world.outside.writeMail(person, {
    subject: 'El vídeo',
    text: 'Aquí va.',
    attachments: [
      { fileName: 'vídeo.mp4', contentType: 'video/mp4', contentBase64: randomBytes(1_500_000).toString('base64') },
    ],
  });
  const told = await waitFor(() => mailTo(person));
  expect(told.envelope).toEqual({ from: '', to: [person.email] });
  expect(told).toMatchObject({ inReplyTo: sent.messageId, from: expect.stringContaining('Nexo') as string });
  expect(told.headers).toMatchObject({ 'auto-submitted': ['auto-replied'], 'x-auto-response-suppress': ['All'] });
  expect(told.text).toMatch(/vídeo\.mp4.*Este aviso es automático/su);
  const [row] = await agent.cases(`q=${person.email}`);
  const entries = await waitFor(async () => {
    const said = await agent.interactions(row?.id ?? '');
    return said.at(-1)?.delivery?.state === 'sent' && said;
  });
  expect(entries.map(({ author, automatic }) => [author.kind, automatic])).toEqual([
    ['customer', false],
    ['system', true],
  ]);
  expect(row).toMatchObject({ lastDirection: 'inbound', unread: 1 });
  expect(world.sandbox.outside.mails.of(person.email).filter(({ direction }) => direction === 'in')).toHaveLength(1);
});
