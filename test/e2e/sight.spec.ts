import {
  BREAK_GLASS_PER_HOUR,
  BreakGlassAnswer,
  BrokenGlassPage,
  CaseCodeAnswer,
  NoteEntry,
  ScanAnswer,
  SearchPage,
  STRANGE_REFERENCES_PER_HOUR,
  TimelinePage,
  UploadedAttachment,
  VisitAnswer,
} from '#contracts';
import { waitFor } from '../support/wait.js';
import { Listener } from './live.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';

const HOUR = 3_600_000;
const REASON = 'El cliente está en la puerta y no recuerda su correo';

let world: World;
let agent: Staff;
let supervisor: Staff;
/** Both at the counter of Goya. */
let store: Staff;
let colleague: Staff;

beforeAll(async () => {
  world = await startWorld();
  await world.database.query(
    `insert into agent (id, email, display_name, password_hash, role, store_id)
     select gen_random_uuid(), 'otra@hilo.test', 'Otra Persona', password_hash, role, store_id from agent where email = 'store@hilo.test'`,
  );
  agent = await world.login('agent@hilo.test');
  supervisor = await world.login('supervisor@hilo.test');
  store = await world.login('store@hilo.test');
  colleague = await world.login('otra@hilo.test');
});
afterAll(() => world?.stop());
beforeEach(() => world.clock.advance(2 * HOUR));

/** A case of Gran Vía with a file and a word nobody else says. */
async function aForeignCase(word: string) {
  const form = new FormData();
  form.set('file', new Blob(['secreto'], { type: 'image/png' }), 'secreto.png');
  const file = await agent.done('/attachments', UploadedAttachment, { method: 'POST', body: form });
  const visit = await agent.visit({
    storeId: world.stores.granvia,
    customer: { displayName: `Persona ${word}`, email: `${word}@correo.test` },
    text: `Vino con un ${word}.`,
    attachmentIds: [file.id],
  });
  return { ...visit, fileId: file.id, word };
}
type Foreign = Awaited<ReturnType<typeof aForeignCase>>;

/** What somebody gets to see of a case, by every door there is. */
async function seenBy(who: Staff, { caseId, caseReference, customerId, fileId, word }: Foreign): Promise<string[]> {
  const doors: Record<string, string> = {
    id: `/cases/${caseId}`,
    reference: `/cases/${caseReference}`,
    timeline: `/cases/${caseId}/timeline`,
    links: `/cases/${caseId}/links`,
    code: `/cases/${caseId}/code`,
    customer: `/customers/${customerId}`,
    file: `/attachments/${fileId}/content`,
  };
  const seen: string[] = [];
  for (const [name, path] of Object.entries(doors)) {
    const { status } = await who.ask(path);
    if (status === 200) seen.push(name);
    else if (status !== 404) throw new Error(`${name}: ${status}`);
  }
  if ((await who.cases('view=open')).some(({ id }) => id === caseId)) seen.push('list');
  if ((await who.cases(`q=${word}`)).length > 0) seen.push('filter');
  const { items } = await who.done(`/search?q=${word}`, SearchPage);
  if (items.some(({ kind }) => kind !== 'customer')) seen.push('search');
  return seen;
}
const EVERYTHING = ['id', 'reference', 'timeline', 'links', 'code', 'customer', 'file', 'list', 'filter', 'search'];

const scan = (who: Staff, code: string) => who.ask('/cases/scan', { method: 'POST', body: { code } });
const breakGlass = (who: Staff, reference: string, reason = REASON) =>
  who.ask('/cases/break-glass', { method: 'POST', body: { reference, reason } });
const eventsOf = async (caseId: string, type: string) =>
  (await agent.done(`/cases/${caseId}/timeline?limit=500`, TimelinePage)).items.filter(
    (entry) => entry.type === 'event' && entry.event === type,
  );

describe('a code shown at the counter', () => {
  it('opens the case to the whole store, by every door, until its day ends', async () => {
    const foreign = await aForeignCase('ornitorrinco');
    expect(await seenBy(store, foreign)).toEqual([]);
    const { url } = await agent.done(`/cases/${foreign.caseId}/code`, CaseCodeAnswer);
    expect(url).toMatch(new RegExp(`^${world.url}/c/${foreign.caseReference}#[a-z2-7]{16}$`, 'u'));
    const answer = ScanAnswer.parse((await scan(store, url)).body);
    expect(answer).toMatchObject({ caseId: foreign.caseId, reference: foreign.caseReference });
    // The end of the day in Madrid.
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Madrid', timeStyle: 'medium' });
    expect(clock.format(new Date(answer.until ?? ''))).toBe('00:00:00');
    expect(await seenBy(store, foreign)).toEqual(EVERYTHING);
    expect(await seenBy(colleague, foreign)).toEqual(EVERYTHING);
    expect(await eventsOf(foreign.caseId, 'code.presented')).toHaveLength(1);
    // Again it is seen already, and not written down twice.
    expect((await scan(store, url)).body).toMatchObject({ until: null });
    expect(await eventsOf(foreign.caseId, 'code.presented')).toHaveLength(1);
    await world.database.query('update case_grant set until = now()');
    expect(await seenBy(store, foreign)).toEqual([]);
  });

  it('typed, or with a proof that was made up, opens nothing', async () => {
    const [foreign, other] = [await aForeignCase('tapir'), await aForeignCase('okapi')];
    const { url } = await agent.done(`/cases/${other.caseId}/code`, CaseCodeAnswer);
    const proof = url.split('#')[1] ?? '';
    const wrong = [
      foreign.caseReference,
      `${world.url}/c/${foreign.caseReference}`,
      `${world.url}/c/${foreign.caseReference}#${'a'.repeat(16)}`,
      `${world.url}/c/${foreign.caseReference}#${proof}`,
      `${world.url}/c/H-0000-05#${proof}`,
      'H-0000-05',
      'cualquier cosa',
    ];
    for (const code of wrong)
      expect(errorOf(await scan(store, code))).toEqual({ status: 404, code: 'case.not_found', details: undefined });
    expect(await seenBy(store, foreign)).toEqual([]);
    // Whoever sees it anyway may type it, as a scanner for another keyboard does too.
    const [, code = ''] = /\/c\/H-(.*)#/u.exec(url) ?? [];
    for (const typed of [other.caseReference, `httpsñ--127.0.0.1-c-H'${code.replaceAll('-', "'")}·${proof}`])
      expect((await scan(agent, typed)).body).toMatchObject({ caseId: other.caseId, until: null });
  });

  it('is understood by every box one types into, in whatever form', async () => {
    const found = await aForeignCase('zarigueya');
    const { url } = await agent.done(`/cases/${found.caseId}/code`, CaseCodeAnswer);
    for (const typed of [url, found.caseReference.toLowerCase(), found.caseReference.replaceAll('-', '')]) {
      const q = encodeURIComponent(typed);
      const { items } = await agent.done(`/search?q=${q}`, SearchPage);
      expect({ typed, cases: items.filter(({ kind }) => kind === 'case').map(({ id }) => id) }).toEqual({
        typed,
        cases: [found.caseId],
      });
      expect((await agent.cases(`q=${q}`)).map(({ id }) => id)).toEqual([found.caseId]);
      expect(JSON.stringify((await agent.ask(`/customers?q=${q}`)).body)).toContain(found.customerId);
      expect((await agent.case(encodeURIComponent(typed))).id).toBe(found.caseId);
    }
  });

  it('shows a present customer’s other cases too, and rings for them', async () => {
    const foreign = await aForeignCase('pangolin');
    const ears = await Listener.open(store);
    const visit = await store.done('/visits', VisitAnswer, {
      method: 'POST',
      body: { storeId: world.stores.goya, customerId: foreign.customerId, text: 'Ha venido aquí' },
    });
    expect(visit.caseId).toBe(foreign.caseId);
    await ears.hears(foreign.caseId, 'interaction.received');
    expect(await seenBy(colleague, foreign)).toEqual(EVERYTHING);
    // A visit makes it the store's own, for good.
    await world.database.query('update case_grant set until = now()');
    expect(await seenBy(colleague, foreign)).toEqual(EVERYTHING);
    ears.close();
  });
});

describe('the glass', () => {
  it('opens a case to one person, for two hours, with a reason on the case and before supervisors', async () => {
    const foreign = await aForeignCase('quetzal');
    const [ears, others] = [await Listener.open(store), await Listener.open(colleague)];
    const { until } = BreakGlassAnswer.parse((await breakGlass(store, foreign.caseReference.toLowerCase())).body);
    expect(Date.parse(until ?? '') - world.clock.now().getTime()).toBeGreaterThan(1.9 * HOUR);
    expect(Date.parse(until ?? '') - world.clock.now().getTime()).toBeLessThanOrEqual(2 * HOUR);
    expect(await seenBy(store, foreign)).toEqual(EVERYTHING);
    expect(await seenBy(colleague, foreign)).toEqual([]);
    const [event] = await eventsOf(foreign.caseId, 'glass.broken');
    expect(event).toMatchObject({ author: { displayName: expect.any(String) }, data: { reason: REASON, until } });
    await ears.hears(foreign.caseId, 'glass.broken');
    await agent.done(`/cases/${foreign.caseId}/notes`, NoteEntry, {
      method: 'POST',
      body: { text: 'x' },
    });
    await ears.hears(foreign.caseId, 'note.added');
    expect(others.cases).not.toContain(foreign.caseId);
    const { items } = await supervisor.done('/break-glass', BrokenGlassPage);
    const [listed] = items.filter((row) => row.case.id === foreign.caseId);
    expect(listed).toMatchObject({ reason: REASON, until, reviewedBy: null, store: { id: world.stores.goya } });
    for (const who of [store, agent])
      expect(errorOf(await who.ask('/break-glass'))).toMatchObject({ status: 403, code: 'permission.denied' });
    expect((await supervisor.ask(`/break-glass/${listed?.id}/review`, { method: 'POST' })).status).toBe(204);
    expect((await supervisor.done('/break-glass', BrokenGlassPage)).items).toEqual([]);
    expect((await supervisor.done('/break-glass?state=reviewed', BrokenGlassPage)).items[0]?.reviewedBy).not.toBeNull();
    await world.database.query('update case_grant set until = now()');
    expect(await seenBy(store, foreign)).toEqual([]);
    const heard = ears.heard.length;
    await agent.done(`/cases/${foreign.caseId}/notes`, NoteEntry, {
      method: 'POST',
      body: { text: 'y' },
    });
    const own = await store.visit({
      storeId: world.stores.goya,
      customer: { displayName: 'Ana', phone: '+34612407799' },
      text: 'Hola',
    });
    await ears.hears(own.caseId, 'case.opened');
    expect(ears.heard.slice(heard).map(({ caseId }) => caseId)).not.toContain(foreign.caseId);
    [ears, others].forEach((one) => one.close());
  });

  it('wants a reason, and is not broken for what one sees anyway', async () => {
    const foreign = await aForeignCase('ajolote');
    expect(errorOf(await breakGlass(store, foreign.caseReference, 'porque'))).toMatchObject({ status: 400 });
    expect((await breakGlass(agent, foreign.caseReference)).body).toEqual({
      caseId: foreign.caseId,
      reference: foreign.caseReference,
      until: null,
    });
    expect(await eventsOf(foreign.caseId, 'glass.broken')).toEqual([]);
    expect(await seenBy(store, foreign)).toEqual([]);
  });

  it('does not stand much trying: wrong references count like right ones', async () => {
    const foreign = await aForeignCase('dugongo');
    const answers = await Promise.all(
      Array.from({ length: BREAK_GLASS_PER_HOUR + 3 }, () => breakGlass(store, 'H-0000-05')),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 404)).toHaveLength(BREAK_GLASS_PER_HOUR);
    expect(statuses.filter((status) => status === 429)).toHaveLength(3);
    expect(errorOf(await breakGlass(store, foreign.caseReference))).toMatchObject({
      status: 429,
      code: 'glass.throttled',
    });
    expect((await breakGlass(colleague, foreign.caseReference)).status).toBe(200);
    world.clock.advance(HOUR);
    expect((await breakGlass(store, foreign.caseReference)).status).toBe(200);
    await waitFor(async () => (await eventsOf(foreign.caseId, 'glass.broken')).length === 2);
  });
});

describe('a reference typed for an arrival', () => {
  const logged = (who: Staff, path: 'visits' | 'calls', stated: object) =>
    who.ask(`/${path}`, {
      method: 'POST',
      body:
        path === 'visits'
          ? { storeId: world.stores.goya, text: 'Está aquí', ...stated }
          : { phone: '+34612407733', direction: 'inbound', outcome: 'answered', text: 'Llama', ...stated },
    });

  it.each(['visits', 'calls'] as const)('is not for trying: strange ones count, in %s', async (path) => {
    const [foreign, own] = [await aForeignCase(`armadillo${path}`), await aForeignCase(`lemur${path}`)];
    await logged(store, 'visits', { customerId: own.customerId });
    const tries = await Promise.all(
      Array.from({ length: STRANGE_REFERENCES_PER_HOUR + 2 }, () =>
        logged(store, path, { caseReference: 'H-0000-05' }),
      ),
    );
    const statuses = tries.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([...Array.from({ length: STRANGE_REFERENCES_PER_HOUR }, () => 404), 429, 429]);
    expect(errorOf(await logged(store, path, { caseReference: foreign.caseReference }))).toMatchObject({
      status: 429,
      code: 'reference.throttled',
    });
    expect(await seenBy(store, foreign)).toEqual([]);
    // What they see already, and whom they have found already, is no try.
    expect((await logged(store, path, { caseReference: own.caseReference })).status).toBe(201);
    const { caseReference, customerId } = foreign;
    expect((await logged(colleague, path, { caseReference })).status).toBe(201);
    expect((await logged(store, path, { caseReference, customerId })).status).toBe(201);
    world.clock.advance(HOUR);
    expect(errorOf(await logged(store, path, { caseReference: 'H-0000-05' }))).toMatchObject({ status: 404 });
  });

  it('and nothing else is written on the case, and stands before supervisors; a second fact is enough', async () => {
    const [alone, found, held] = [
      await aForeignCase('suricata'),
      await aForeignCase('caracal'),
      await aForeignCase('numbat'),
    ];
    const reference = ({ caseReference }: Foreign) => ({ caseReference });
    supervisor = await world.login('supervisor@hilo.test');
    const visits = [
      reference(alone),
      { ...reference(found), customerId: found.customerId },
      { ...reference(held), customer: { displayName: 'Persona', email: `${held.word}@correo.test` } },
    ];
    for (const stated of visits) expect((await logged(store, 'visits', stated)).status).toBe(201);
    expect(await seenBy(colleague, alone)).toEqual(EVERYTHING);
    expect(await eventsOf(alone.caseId, 'case.reached')).toMatchObject([{ data: { reference: alone.caseReference } }]);
    const listed = (await supervisor.done('/break-glass', BrokenGlassPage)).items;
    const [row] = listed.filter(({ how }) => how === 'reference').filter((one) => one.case.id === alone.caseId);
    expect(row).toMatchObject({ reason: null, until: null, store: { id: world.stores.goya }, reviewedBy: null });
    for (const { caseId } of [found, held]) {
      expect(await eventsOf(caseId, 'case.reached')).toEqual([]);
      expect(listed.map((one) => one.case.id)).not.toContain(caseId);
    }
    expect((await supervisor.ask(`/break-glass/${row?.id}/review`, { method: 'POST' })).status).toBe(204);
    // Seen by now: not told again.
    expect((await logged(store, 'visits', reference(alone))).status).toBe(201);
    expect(await eventsOf(alone.caseId, 'case.reached')).toHaveLength(1);
  });
});
