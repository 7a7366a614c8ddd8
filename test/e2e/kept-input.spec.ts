import { connect } from 'node:net';
import { ErrorBody, Reject, RejectPage } from '#contracts';
import { createTransport, type Transporter } from 'nodemailer';
import { waitFor } from '../support/wait.js';
import { dmBody } from './envelopes.js';
import { type Ledger, ledger } from './ledger.js';
import { knock, type Person, signatureOf as signed } from './outside.js';
import { type Answer, ask, errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const MEGABYTE = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };

const crlf = (text: string): Buffer => Buffer.from(text.replace(/\n/gu, '\r\n'));
describe('what comes from outside and is wrong', () => {
  let world: World;
  let agent: Staff;
  let person: Person;
  let before: Ledger;
  let post: Transporter;

  beforeAll(async () => {
    world = await startWorld({ environment: { HILO_MAIL_LIMIT_MB: '2' } });
    agent = await world.login('agent@hilo.test');
    person = await world.outside.newcomer();
    post = createTransport({ host: '127.0.0.1', port: world.mailPort, ignoreTLS: true });
  });
  beforeEach(async () => {
    before = await ledger(world);
  });
  afterAll(() => world?.stop());

  /** As it is, without a mail program that would mend it. */
  const deliver = (raw: Buffer) => post.sendMail({ envelope: { from: 'a@b.test', to: 'care@hilo.test' }, raw });

  const nothingWritten = async () => expect(await ledger(world)).toEqual(before);

  async function refused(answer: Answer, status: number, code: string): Promise<void> {
    expect(errorOf(answer)).toMatchObject({ status, code });
    await nothingWritten();
  }

  describe('at the webhook', () => {
    it.each([
      ['of another secret', (body: Buffer) => knock(world.url, body, `sha256=${Buffer.alloc(32).toString('base64')}`)],
      ['of another body', (body: Buffer) => knock(world.url, Buffer.concat([body, Buffer.from(' ')]), signed(body))],
      ['that is empty', (body: Buffer) => knock(world.url, body, '')],
      [
        'that is missing',
        (body: Buffer) => ask(`${world.url}/webhooks/twitter`, { method: 'POST', body, headers: JSON_TYPE }),
      ],
    ])('a signature %s', async (_what, deliver) => {
      await refused(await deliver(dmBody(person, 'Falsa')), 401, 'webhook.bad_signature');
    });

    it('a body that is too large', async () => {
      const body = Buffer.alloc(MEGABYTE + 1, 'x');
      await refused(await knock(world.url, body), 413, 'request.too_large');
    });

    it('a challenge without a token', async () => {
      await refused(await ask(`${world.url}/webhooks/twitter`), 400, 'request.invalid');
    });

    it.each([
      ['no JSON', Buffer.from('{"for_user_id": "17000'), 400],
      ['no object', Buffer.from('[1, 2]'), 400],
      ['no envelope we know', Buffer.from('{"hello": "\\u00f1"}'), 200],
    ])('a body that is %s is kept byte for byte', async (_what, body, status) => {
      const answer = await knock(world.url, body);
      expect(answer.status).toBe(status);
      if (status >= 400) expect(ErrorBody.parse(answer.body).code).toBe('webhook.bad_body');
      const [reject] = (await agent.done('/rejects', RejectPage)).items;
      expect(reject).toMatchObject({ channel: 'twitter', size: body.length });
      const raw = await agent.ask(`/rejects/${reject?.id}/raw`);
      expect(raw.bytes.equals(body)).toBe(true);
      expect(raw.headers.get('content-disposition')).toContain('attachment');
      const after = await ledger(world);
      expect(after).toEqual({
        rows: { ...before.rows, inbound_reject: (before.rows['inbound_reject'] ?? 0) + 1 },
        files: before.files + 1,
      });
      // The same again is the same reject.
      await knock(world.url, body);
      expect(await ledger(world)).toEqual(after);
    });
  });

  describe('in mail', () => {
    it.each([
      ['nobody wrote', crlf('Subject: Sin remitente\n\nHola\n'), 'mail.no_sender'],
      ['nobody can read', crlf(`From: a@b.test\n${'X: y\n'.repeat(200_000)}\n\n`), 'mail.unparseable'],
    ])('what %s is kept whole', async (_what, raw, reason) => {
      await deliver(raw);
      const [reject] = await waitFor(async () => {
        const { items } = await agent.done('/rejects', RejectPage);
        return items.length > (before.rows['inbound_reject'] ?? 0) && items;
      });
      expect(reject).toMatchObject({ channel: 'email', reason });
      const { bytes } = await agent.ask(`/rejects/${reject?.id}/raw`);
      expect(bytes.equals(raw)).toBe(true);
      const { rows } = await ledger(world);
      expect(rows).toEqual({
        ...before.rows,
        inbound_reject: (before.rows['inbound_reject'] ?? 0) + 1,
        inbound_mail: (before.rows['inbound_mail'] ?? 0) + 1,
      });
    });

    it('what was kept back is taken in once when a person says so, and put away when another does', async () => {
      const echo = (subject: string) =>
        crlf(
          `From: robin${subject}@b.test\nSubject: ${subject}\nX-Hilo-Id: 1\nMessage-ID: <${subject}@b.test>\n\nHola\n`,
        );
      await deliver(echo('dentro'));
      await deliver(echo('fuera'));
      const kept = await waitFor(async () => {
        const { items } = await agent.done('/rejects', RejectPage);
        const [inside, outside] = ['dentro', 'fuera'].map((subject) => items.find((item) => item.subject === subject));
        return inside && outside && { inside, outside };
      });
      expect(kept.inside).toMatchObject({ reason: 'mail.own_loop', state: 'open', releasable: true });
      const decide = (id: string, what: string) => agent.done(`/rejects/${id}/${what}`, Reject, { method: 'POST' });
      await Promise.all([1, 2, 3].map(() => decide(kept.inside.id, 'release')));
      expect(await decide(kept.outside.id, 'discard')).toMatchObject({
        state: 'discarded',
        decidedBy: expect.anything(),
      });
      const [taken, ...others] = await waitFor(async () => {
        const cases = await agent.cases('q=robindentro%40b.test');
        return cases.length > 0 && cases;
      });
      expect(others).toEqual([]);
      expect((await agent.interactions(taken?.id ?? '')).map(({ subject }) => subject)).toEqual(['dentro']);
      const again = await agent.ask(`/rejects/${kept.inside.id}/discard`, { method: 'POST' });
      expect(errorOf(again)).toMatchObject({ status: 409, code: 'reject.released' });
      const { items } = await agent.done('/rejects?state=released', RejectPage);
      expect(items.map(({ id }) => id)).toContain(kept.inside.id);
      expect(await agent.cases('q=robinfuera%40b.test')).toEqual([]);
    });

    it('a mail that is too large is refused for good', async () => {
      const raw = crlf(`From: a@b.test\nSubject: Grande\n\n${'x'.repeat(70)}\n`.padEnd(2 * MEGABYTE + 10, 'y\n'));
      await expect(deliver(raw)).rejects.toMatchObject({ responseCode: 552 });
      await nothingWritten();
    });

    it('a mail that breaks off is not there', async () => {
      const socket = connect(world.mailPort, '127.0.0.1');
      let heard = '';
      socket.on('data', (chunk) => (heard += chunk.toString()));
      await waitFor(() => heard.startsWith('220 '));
      socket.write('EHLO x\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<care@hilo.test>\r\nDATA\r\n');
      await waitFor(() => /^354 /mu.test(heard));
      // More than is gathered in memory: it is on its way to storage already.
      socket.write(`From: a@b.test\r\nSubject: A medias\r\n\r\n${'Hola\r\n'.repeat(30_000)}`);
      await waitFor(async () => (await ledger(world)).files > before.files);
      socket.destroy();
      await waitFor(async () => (await ledger(world)).files === before.files);
      await nothingWritten();
    });
  });
});
