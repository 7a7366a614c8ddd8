import { randomUUID } from 'node:crypto';
import { ErrorBody } from '#contracts';
import { type Ledger, ledger } from './ledger.js';
import { type Answer, ask, type Asked, errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const MEGABYTE = 1024 * 1024;
const JSON_TYPE = { 'content-type': 'application/json' };
const FORM = 'application/x-www-form-urlencoded';
const UNSUPPORTED = 'request.unsupported_media';
const TOO_LARGE = 'request.too_large';
const NO_ADDRESS = { displayName: 'Ana', email: 'ana@' };

const cursor = (at: string, id = '00000000-0000-4000-8000-000000000000'): string =>
  Buffer.from(`${at} ${id}`).toString('base64url');

describe('what is wrong is refused whole', () => {
  let world: World;
  let agent: Staff;
  let caseId: string;
  let before: Ledger;

  beforeAll(async () => {
    world = await startWorld();
    agent = await world.login('agent@hilo.test');
    ({ caseId } = await agent.visit({
      storeId: world.stores.goya,
      customer: { displayName: 'Ana', email: 'ana@correo.test' },
      text: 'Viene a preguntar.',
    }));
  });
  beforeEach(async () => {
    before = await ledger(world);
  });
  afterAll(() => world?.stop());

  const nothingWritten = async () => expect(await ledger(world)).toEqual(before);

  /** The answer is this error, in words, and nothing was written. */
  async function refused(answer: Answer, status: number, code: string): Promise<unknown> {
    const error = errorOf(answer);
    expect({ status: error.status, code: error.code }).toEqual({ status, code });
    await nothingWritten();
    return error.details;
  }

  const visit = (over: Record<string, unknown>) => ({
    storeId: world.stores.goya,
    customer: { displayName: 'Ana', phone: '+34612407718' },
    text: 'Hola',
    ...over,
  });
  const post = (body: unknown, headers?: Record<string, string>): Asked => ({ method: 'POST', body, headers });

  describe('in requests', () => {
    it.each<[string, string, () => Asked, number, string]>([
      ['malformed JSON', '/visits', () => post('{"storeId":', JSON_TYPE), 400, 'request.invalid'],
      ['JSON that is no object', '/visits', () => post('[]', JSON_TYPE), 400, 'request.invalid'],
      ['no body', '/visits', () => ({ method: 'POST' }), 400, 'request.invalid'],
      [
        'a content type nobody asked for',
        '/visits',
        () => post('<a/>', { 'content-type': 'text/xml' }),
        415,
        UNSUPPORTED,
      ],
      ['a form', '/visits', () => post('a=b', { 'content-type': FORM }), 415, UNSUPPORTED],
      ['a JSON body that is too large', '/visits', () => post(visit({ text: 'x'.repeat(MEGABYTE) })), 413, TOO_LARGE],
      ['a store that does not exist', '/visits', () => post(visit({ storeId: randomUUID() })), 404, 'store.not_found'],
      ['a store that is no id', '/visits', () => post(visit({ storeId: 'goya' })), 400, 'request.invalid'],
      ['a visit of nobody', '/visits', () => post(visit({ customer: undefined })), 400, 'request.invalid'],
      ['an address that is none', '/visits', () => post(visit({ customer: NO_ADDRESS })), 400, 'contact.invalid'],
      [
        'a customer who does not exist',
        '/visits',
        () => post(visit({ customerId: randomUUID() })),
        404,
        'customer.not_found',
      ],
      [
        'a case that does not exist',
        '/visits',
        () => post(visit({ caseReference: 'H-00000-0' })),
        404,
        'case.not_found',
      ],
      [
        'a NUL in a name',
        '/visits',
        () => post(visit({ customer: { displayName: 'A\0', phone: '+34612407718' } })),
        400,
        'request.invalid',
      ],
      ['a NUL in an IMEI', '/visits', () => post(visit({ device: { imei: '35\0' } })), 400, 'request.invalid'],
      ['a NUL in a search', '/cases?q=a%00b', () => ({}), 400, 'request.invalid'],
      ['a NUL in an address', '/cases/a%00b', () => ({}), 400, 'request.invalid'],
      ['an escape that is none', '/cases/%E0%A4%A', () => ({}), 400, 'request.invalid'],
      ['an unknown case', `/cases/${randomUUID()}`, () => ({}), 404, 'case.not_found'],
      ['an unknown reference', '/cases/H-00000-0/timeline', () => ({}), 404, 'case.not_found'],
      ['an unknown customer', `/customers/${randomUUID()}`, () => ({}), 404, 'customer.not_found'],
      ['an unknown attachment', `/attachments/${randomUUID()}/content`, () => ({}), 404, 'attachment.not_found'],
      ['an unknown reject', `/rejects/${randomUUID()}/raw`, () => ({}), 404, 'reject.not_found'],
      [
        'an unknown entry to undo',
        `/interactions/${randomUUID()}/undo`,
        () => ({ method: 'POST' }),
        404,
        'interaction.not_found',
      ],
      [
        'an unknown entry to send',
        `/interactions/${randomUUID()}/resend`,
        () => ({ method: 'POST' }),
        404,
        'interaction.not_found',
      ],
      ['an id that is none', '/customers/17', () => ({}), 400, 'request.invalid'],
      ['an attachment id that is none', '/attachments/17/content', () => ({}), 400, 'request.invalid'],
      ['a cursor that is none', '/cases?cursor=bm9uZQ', () => ({}), 400, 'request.invalid'],
      ['a cursor beyond all time', `/cases?cursor=${cursor('9'.repeat(30))}`, () => ({}), 400, 'request.invalid'],
      ['a cursor without an id', `/rejects?cursor=${cursor('1', '-'.repeat(36))}`, () => ({}), 400, 'request.invalid'],
      ['a page of nothing', '/cases?limit=0', () => ({}), 400, 'request.invalid'],
      ['a view nobody has', '/cases?view=secret', () => ({}), 400, 'request.invalid'],
      ['a place where nothing is', '/nothing', () => ({}), 404, 'request.not_found'],
      ['a method nobody answers', '/cases', () => ({ method: 'PUT', body: {} }), 404, 'request.not_found'],
      ['a short Idempotency-Key', '/visits', () => post(visit({}), { 'idempotency-key': 'a' }), 400, 'request.invalid'],
      ['a session without a password', '/session', () => post({ email: 'agent@hilo.test' }), 400, 'request.invalid'],
      ['a NUL in a login', '/session', () => post({ email: 'a\0@b.test', password: 'x' }), 400, 'request.invalid'],
    ])('%s', async (_what, path, asked, status, code) => {
      await refused(await agent.ask(path, asked()), status, code);
    });

    it('names every field that is wrong', async () => {
      const answer = await agent.ask('/visits', post({ storeId: 'x', customer: { displayName: '' } }));
      const details = await refused(answer, 400, 'request.invalid');
      expect(JSON.stringify(details)).toMatch(/storeId.*customer\.displayName.*text/u);
    });

    it('speaks the language of who asks', async () => {
      const texts = await Promise.all(
        ['en', 'es'].map(async (language) => {
          const answer = await ask(`${world.url}/api/v1/cases`, { headers: { 'accept-language': language } });
          return ErrorBody.parse(answer.body).message;
        }),
      );
      expect(texts).toEqual(['Please sign in to continue.', 'Inicia sesión para continuar.']);
    });

    it('carries the request id of the caller, when it is sane', async () => {
      const given = await agent.ask('/nothing', { headers: { 'x-request-id': 'counter-7.request-12' } });
      expect(ErrorBody.parse(given.body).requestId).toBe('counter-7.request-12');
      const insane = await agent.ask('/nothing', { headers: { 'x-request-id': '<script>' } });
      expect(ErrorBody.parse(insane.body).requestId).toMatch(/^[0-9a-f-]{36}$/u);
    });
  });

  it('an answer to a case nobody can be reached on', async () => {
    const reply = { method: 'POST', body: { channel: 'twitter', text: 'Hola' } };
    await refused(await agent.ask(`/cases/${caseId}/replies`, reply), 422, 'thread.unreachable');
  });
});
