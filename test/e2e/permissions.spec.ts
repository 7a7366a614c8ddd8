import { randomUUID } from 'node:crypto';
import { type CaseDetail, CasePage, InteractionEntry, SearchPage, UploadedAttachment, ViewCounts } from '#contracts';
import { ledger } from './ledger.js';
import { type Answer, ask, type Asked, errorOf, type Staff } from './staff.js';
import { waitFor } from '../support/wait.js';
import { startWorld, type World } from './world.js';

describe('who may see and do what', () => {
  let world: World;
  let agent: Staff;
  /** Works in the store of Goya. */
  let store: Staff;
  /** A case of another store, with a file, a failed reply, and words to search for. */
  let foreign: CaseDetail & { fileId: string; replyId: string };

  beforeAll(async () => {
    world = await startWorld();
    [agent, store] = await Promise.all([world.login('agent@hilo.test'), world.login('store@hilo.test')]);
    foreign = await caseOfGranVia();
  });
  afterAll(() => world?.stop());

  async function caseOfGranVia() {
    const person = await world.outside.newcomer('Begoña Ausente');
    await world.outside.accept(person, false);
    await world.outside.writeDm(person, 'murciélago');
    const [found] = await waitFor(async () => {
      const rows = await agent.cases(`q=${person.handle}`);
      return rows.length === 1 && rows;
    });
    const form = new FormData();
    form.set('file', new Blob(['secreto'], { type: 'image/png' }), 'secreto.png');
    const file = await agent.done('/attachments', UploadedAttachment, { method: 'POST', body: form });
    const { caseId } = await agent.visit({
      ...{ storeId: world.stores.granvia, caseReference: found?.reference, text: 'Vino a Gran Vía.' },
      attachmentIds: [file.id],
    });
    const reply = await agent.reply(caseId, { channel: 'twitter', text: 'No llega.' });
    world.clock.advance(60_000);
    await waitFor(async () => (await agent.entry(caseId, reply.id))?.delivery?.state === 'failed');
    return { ...(await agent.case(caseId)), fileId: file.id, replyId: reply.id };
  }

  /** Every door to a case, for somebody who may not see it. */
  const doors = (): [string, Asked, string][] => {
    const body = { channel: 'twitter', text: 'Hola' };
    return [foreign.id, foreign.reference, foreign.reference.toLowerCase()].flatMap((id): [string, Asked, string][] => [
      [`/cases/${id}`, {}, 'case.not_found'],
      [`/cases/${id}/timeline`, {}, 'case.not_found'],
      [`/cases/${id}`, { method: 'PATCH', body: { status: 'spam', version: foreign.version } }, 'case.not_found'],
      [`/cases/${id}/read`, { method: 'POST' }, 'case.not_found'],
      [`/cases/${id}/replies`, { method: 'POST', body }, 'case.not_found'],
      [`/cases/${id}/notes`, { method: 'POST', body: { text: 'Hola' } }, 'case.not_found'],
      [`/customers/${foreign.customer.id}`, {}, 'customer.not_found'],
      [`/attachments/${foreign.fileId}/content`, {}, 'attachment.not_found'],
      [`/interactions/${foreign.replyId}/undo`, { method: 'POST' }, 'interaction.not_found'],
      [`/interactions/${foreign.replyId}/resend`, { method: 'POST' }, 'interaction.not_found'],
    ]);
  };

  it('a case of another store is not there for store staff, by no door', async () => {
    const before = await ledger(world);
    for (const [path, asked, code] of doors())
      expect({ path, ...errorOf(await store.ask(path, asked)) }).toMatchObject({ path, status: 404, code });
    expect(await ledger(world)).toEqual(before);
    expect((await agent.case(foreign.id)).version).toBe(foreign.version);
  });

  it('nor is it in any of their lists, counts or searches', async () => {
    const queries = [
      '',
      'view=open',
      'view=unassigned',
      'view=failed',
      `customerId=${foreign.customer.id}`,
      'status=new',
    ];
    const words = ['murciélago', 'Begoña', foreign.reference, `@${foreign.contactPoints[0]?.handle}`, 'Vino'];
    for (const query of [...queries, ...words.map((word) => `q=${encodeURIComponent(word)}`)]) {
      expect({ query, rows: await store.cases(query) }).toEqual({ query, rows: [] });
      expect({ query, rows: (await agent.cases(query)).length }).toEqual({ query, rows: 1 });
    }
    const { counts } = await store.done('/cases/counts', ViewCounts);
    expect(counts.map(({ count }) => count)).toEqual(counts.map(() => 0));
    expect((await agent.done('/cases/counts', ViewCounts)).counts).toContainEqual({
      view: 'failed',
      count: 1,
      capped: false,
    });
  });

  it('nor does the search of everything lead to it, by whatever words', async () => {
    const kinds = async (staff: Staff, q: string) =>
      (await staff.done(`/search?q=${encodeURIComponent(q)}`, SearchPage)).items.map(({ kind }) => kind);
    const all = { murciélago: ['case', 'interaction'], Vino: ['case', 'interaction'], Ausente: ['case', 'customer'] };
    for (const [q, found] of Object.entries(all)) {
      expect({ q, found: await kinds(agent, q) }).toEqual({ q, found });
      expect({ q, found: await kinds(store, q) }).toEqual({ q, found: [] });
    }
    // At the counter a person is recognised by what they can show, and their open case joined; nothing is said of it.
    for (const q of [foreign.reference, `@${foreign.contactPoints[0]?.handle}`]) {
      expect({ q, found: await kinds(agent, q) }).toEqual({ q, found: ['case', 'customer'] });
      expect({ q, found: await kinds(store, q) }).toEqual({ q, found: ['customer'] });
      expect((await store.ask(`/search?q=${encodeURIComponent(q)}`)).bytes.toString()).not.toMatch(/murciélago|Vino/u);
    }
  });

  it('a cursor of somebody else opens nothing', async () => {
    await agent.visit({
      storeId: world.stores.granvia,
      customer: { displayName: 'Otro', phone: '+34612407700' },
      text: 'x',
    });
    const page = await agent.done('/cases?limit=1', CasePage);
    expect(page.nextCursor).not.toBeNull();
    expect((await store.done(`/cases?cursor=${page.nextCursor}`, CasePage)).items).toEqual([]);
  });

  it('people are found by name only by those who may search', async () => {
    const found = async (staff: Staff, q: string) =>
      JSON.stringify((await staff.ask(`/customers?q=${encodeURIComponent(q)}`)).body);
    expect(await found(agent, 'Begoña')).toContain(foreign.customer.id);
    expect(await found(store, 'Begoña')).not.toContain(foreign.customer.id);
    expect(await found(store, 'Beg%')).not.toContain(foreign.customer.id);
  });

  it('a case of their own shows store staff no other case of that person', async () => {
    const { version } = await agent.case(foreign.id);
    const person = { displayName: 'Carla', phone: '+34612407701' };
    const old = await agent.visit({ storeId: world.stores.granvia, customer: person, text: 'asunto confidencial' });
    expect(version).toBe(foreign.version);
    await agent.ask(`/cases/${old.caseId}`, {
      method: 'PATCH',
      body: { status: 'closed', version: (await agent.case(old.caseId)).version },
    });
    const own = await agent.visit({ storeId: world.stores.goya, customer: person, text: 'otra cosa' });
    expect((await agent.case(own.caseId)).otherCases.map(({ id }) => id)).toEqual([old.caseId]);
    // While they are there, the store sees them; the day after, what was theirs elsewhere is no business of it.
    expect((await store.case(own.caseId)).otherCases.map(({ id }) => id)).toEqual([old.caseId]);
    await world.database.query('update case_grant set until = now()');
    expect((await store.case(own.caseId)).otherCases).toEqual([]);
    const { body } = await store.ask(`/customers/${own.customerId}`);
    expect(JSON.stringify(body)).not.toContain('confidencial');
  });

  it('store staff write down visits of their own store only', async () => {
    const visit = (storeId: string) =>
      store.ask('/visits', {
        method: 'POST',
        body: { storeId, customer: { displayName: 'Ana', phone: '+34612407702' }, text: 'Hola' },
      });
    expect(errorOf(await visit(world.stores.granvia))).toMatchObject({ status: 403, code: 'permission.denied' });
    expect((await visit(world.stores.goya)).status).toBe(201);
  });

  it('store staff do not see what could not be read', async () => {
    for (const path of ['/rejects', `/rejects/${randomUUID()}/raw`])
      expect(errorOf(await store.ask(path))).toMatchObject({ status: 403, code: 'permission.denied' });
    for (const what of ['release', 'discard'])
      expect(errorOf(await store.ask(`/rejects/${randomUUID()}/${what}`, { method: 'POST' }))).toMatchObject({
        status: 403,
        code: 'permission.denied',
      });
  });

  it('an upload is its uploader’s own until it is sent', async () => {
    const form = new FormData();
    form.set('file', new Blob(['borrador'], { type: 'text/plain' }), 'borrador.txt');
    const { id } = await agent.done('/attachments', UploadedAttachment, { method: 'POST', body: form });
    expect((await agent.content(id)).toString()).toBe('borrador');
    const supervisor = await world.login('supervisor@hilo.test');
    for (const staff of [store, supervisor])
      expect(errorOf(await staff.ask(`/attachments/${id}/content`))).toMatchObject({ code: 'attachment.not_found' });
  });

  it('nothing but the doors meant for everybody opens without a session', async () => {
    const { body } = await ask(`${world.url}/api/openapi.json`);
    const routes = routesOf(body);
    expect(routes.length).toBeGreaterThan(20);
    const open: string[] = [];
    for (const { method, path } of routes) {
      const answer = await ask(`${world.url}${path}`, { method, ...(method === 'GET' ? {} : { body: {} }) });
      if (answer.status !== 401 || codeOf(answer) !== 'session.required')
        open.push(`${method} ${path} ${answer.status}`);
    }
    expect(open.sort()).toEqual([
      'DELETE /api/v1/session 204',
      // The browser of whoever owns an account on X, with the sealed state an administrator was given.
      'GET /api/v1/twitter/callback 302',
      // A screen on a wall, by the token of its link.
      'GET /api/v1/wall 403',
      'GET /webhooks/twitter 400',
      'POST /api/v1/session 400',
      'POST /webhooks/twitter 401',
    ]);
  });

  it('one Idempotency-Key of two people are two', async () => {
    const { caseId } = await agent.visit({
      ...{ storeId: world.stores.goya, customer: { displayName: 'Eva', phone: '+34612407703' }, text: 'Hola' },
    });
    const note = (staff: Staff) =>
      staff.ask(`/cases/${caseId}/notes`, {
        ...{ method: 'POST', headers: { 'idempotency-key': 'the-same-key' }, body: { text: 'Nota' } },
      });
    const ids = (await Promise.all([note(agent), note(store)])).map(({ body }) => (body as { id: string }).id);
    expect(new Set(ids).size).toBe(2);
  });

  it('undo and resend are refused for words of the customer', async () => {
    const [inbound] = await agent.interactions(foreign.id);
    expect(InteractionEntry.parse(inbound).direction).toBe('inbound');
    for (const verb of ['undo', 'resend'])
      expect(errorOf(await agent.ask(`/interactions/${inbound?.id}/${verb}`, { method: 'POST' }))).toMatchObject({
        code: 'interaction.not_found',
      });
  });
});

const codeOf = (answer: Answer): unknown => (answer.body as { code?: unknown }).code;

/** Every route the product documents, ids filled in. */
function routesOf(document: unknown): { method: string; path: string }[] {
  const { paths } = document as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/gu, randomUUID()),
    })),
  );
}
