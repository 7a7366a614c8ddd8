import {
  DecisionLock,
  ErrorBody,
  InteractionEntry,
  NoteEntry,
  ServerDraft,
  ServerDrafts,
  type DraftBody,
} from '#contracts';
import { errorOf, type Answer, type Staff } from './staff.js';
import { acquaintances } from './traffic.js';
import { startWorld, type World } from './world.js';

const ROUNDS = 50;

let world: World;
let marta: Staff;
let iván: Staff;
let rubén: Staff;
let cases: string[];

beforeAll(async () => {
  world = await startWorld();
  [marta, iván, rubén] = await Promise.all([
    world.login('agent@hilo.test'),
    world.login('ivan@hilo.test'),
    world.login('store@hilo.test'),
  ]);
  cases = (await acquaintances(world, marta, 8)).map(({ caseId }) => caseId);
}, 60_000);
afterAll(() => world?.stop());

/** One that writes by direct message. */
const aCase = (index: number): string => cases[index * 2] ?? '';
const unseenIn = (answer: Answer): string[] => {
  const { code, details } = ErrorBody.parse(answer.body);
  expect([answer.status, code]).toEqual([409, 'case.unseen_entries']);
  return (details as { entries: { id: string }[] }).entries.map(({ id }) => id);
};

describe('two people who answer at once', () => {
  it(`never both send: the second is shown what the first sent, ${ROUNDS} times over`, async () => {
    const caseId = aCase(0);
    const people = [marta, iván];
    let seen = (await marta.interactions(caseId)).at(-1)?.id ?? '';
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all(
        people.map((person, index) =>
          person.ask(`/cases/${caseId}/replies`, {
            method: 'POST',
            body: { channel: 'twitter', text: `Respuesta ${round} de ${index}`, lastSeenEntryId: seen },
          }),
        ),
      );
      const sent = answers.filter(({ status }) => status === 201).map(({ body }) => InteractionEntry.parse(body));
      const refused = answers.filter(({ status }) => status !== 201);
      expect([sent.length, refused.length]).toEqual([1, 1]);
      for (const answer of refused) expect(unseenIn(answer)).toEqual([sent[0]?.id]);
      seen = sent[0]?.id ?? '';
    }
    const texts = (await marta.interactions(caseId)).map(({ text }) => text).filter((text) => /^Respuesta/u.test(text));
    expect(texts).toHaveLength(ROUNDS);
    expect(new Set(texts).size).toBe(ROUNDS);
  }, 120_000);

  it('are refused at every door that answers: by mail as by direct message, and after a note of somebody else', async () => {
    const caseId = aCase(1);
    const seen = (await marta.interactions(caseId)).at(-1)?.id ?? '';
    const note = await iván.done(`/cases/${caseId}/notes`, NoteEntry, {
      method: 'POST',
      body: { text: 'Ya le llamo yo', audience: 'internal' },
    });
    for (const channel of ['twitter', 'email'])
      expect(
        unseenIn(
          await marta.ask(`/cases/${caseId}/replies`, {
            method: 'POST',
            body: { channel, text: 'Hola', lastSeenEntryId: seen },
          }),
        ),
      ).toEqual([note.id]);
    const own = await marta.ask(`/cases/${caseId}/replies`, {
      method: 'POST',
      body: { channel: 'twitter', text: 'Hola', lastSeenEntryId: note.id },
    });
    expect(own.status).toBe(201);
  });
});

describe('a decision', () => {
  const take = (person: Staff, decision: string, takeOver = false) =>
    person.ask(`/cases/${aCase(2)}/locks/${decision}`, { method: 'POST', body: { takeOver } });
  const close = async (person: Staff) => {
    const { version } = await person.case(aCase(2));
    return person.ask(`/cases/${aCase(2)}`, { method: 'PATCH', body: { status: 'closed', version } });
  };

  it('is one person’s at a time, is taken over by a click, and refused to who has lost it', async () => {
    expect(DecisionLock.parse((await take(marta, 'closing')).body).by.displayName).toBe('Marta Rey');
    expect((await take(marta, 'closing')).status).toBe(200);
    expect(errorOf(await take(iván, 'closing'))).toMatchObject({
      ...{ status: 409, code: 'case.decision_locked' },
      details: { by: { displayName: 'Marta Rey' } },
    });
    expect(errorOf(await close(iván))).toMatchObject({ status: 409, code: 'case.decision_locked' });
    expect((await take(iván, 'merge')).status).toBe(200);
    expect((await take(iván, 'closing', true)).status).toBe(200);
    expect(errorOf(await close(marta))).toMatchObject({ code: 'case.decision_locked' });
    // What was taken over cannot be given back by who had it.
    await marta.ask(`/cases/${aCase(2)}/locks/closing`, { method: 'DELETE' });
    expect(errorOf(await take(marta, 'closing'))).toMatchObject({ code: 'case.decision_locked' });
    await iván.ask(`/cases/${aCase(2)}/locks/closing`, { method: 'DELETE' });
    expect((await take(marta, 'closing')).status).toBe(200);
  });

  it('of two who take it at the same moment has one', async () => {
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all([take(marta, 'handover'), take(iván, 'handover')]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      for (const person of [marta, iván]) await person.ask(`/cases/${aCase(2)}/locks/handover`, { method: 'DELETE' });
    }
  });

  it('runs out by itself, and is nobody’s whom the case does not concern', async () => {
    expect((await take(marta, 'warranty')).status).toBe(200);
    expect(errorOf(await take(rubén, 'warranty'))).toMatchObject({ status: 404, code: 'case.not_found' });
    expect(errorOf(await take(marta, 'holiday'))).toMatchObject({ status: 400 });
    world.clock.advance(46_000);
    expect((await take(iván, 'warranty')).status).toBe(200);
  });

  it('of a merge is refused while somebody else has it before them', async () => {
    const [one, other] = await Promise.all([marta.case(aCase(2)), marta.case(aCase(3))]);
    expect((await take(iván, 'merge', true)).status).toBe(200);
    const merge = await marta.ask(`/customers/${other.customer.id}/merge`, {
      method: 'POST',
      body: { withCustomerId: one.customer.id, reason: 'La misma persona' },
    });
    expect(errorOf(merge)).toMatchObject({ status: 409, code: 'case.decision_locked' });
  });
});

describe('a draft on the server', () => {
  const path = (channel = 'customer') => `/cases/${aCase(3)}/drafts/${channel}`;
  const put = (person: Staff, body: DraftBody, channel?: string) => person.ask(path(channel), { method: 'PUT', body });
  const all = async (person: Staff) => (await person.done('/drafts', ServerDrafts)).items;

  it('is its writer’s alone, also of one who sees the case', async () => {
    const kept = ServerDraft.parse((await put(marta, { text: 'Hola, An', version: 0 })).body);
    expect((await marta.done(path(), ServerDraft)).text).toBe('Hola, An');
    expect(await all(iván)).toEqual([]);
    expect(errorOf(await iván.ask(path()))).toMatchObject({ status: 404, code: 'draft.not_found' });
    expect(errorOf(await put(rubén, { text: 'x', version: 0 }))).toMatchObject({ code: 'case.not_found' });
    expect(errorOf(await rubén.ask(path()))).toMatchObject({ code: 'case.not_found' });
    expect((await iván.ask(path(), { method: 'DELETE' })).status).toBe(204);
    expect((await all(marta)).map(({ version }) => version)).toEqual([kept.version]);
  });

  it('is not overwritten by another device that knows an older one', async () => {
    const [before] = await all(marta);
    const version = before?.version ?? 0;
    expect((await put(marta, { text: 'Hola, Ana', version })).status).toBe(200);
    expect(errorOf(await put(marta, { text: 'Buenas', version }))).toMatchObject({
      ...{ status: 409, code: 'draft.conflict' },
      details: { draft: { text: 'Hola, Ana' } },
    });
    const [now] = await all(marta);
    const both = await Promise.all(['uno', 'dos'].map((text) => put(marta, { text, version: now?.version ?? 0 })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('takes what one window writes in its order, however it arrives', async () => {
    const version = (await all(marta))[0]?.version ?? 0;
    const id = '0190c5a0-0000-7000-8000-000000000001';
    expect((await put(marta, { text: 'a', version, writer: { id, count: 1 } })).status).toBe(200);
    expect((await put(marta, { text: 'abc', version, writer: { id, count: 3 } })).status).toBe(200);
    const late = ServerDraft.parse((await put(marta, { text: 'ab', version, writer: { id, count: 2 } })).body);
    expect(late.text).toBe('abc');
  });

  it('goes with the answer it became, and is back when that is undone, with its files', async () => {
    const form = new FormData();
    form.append('file', new File(['foto'], 'foto.jpg', { type: 'image/jpeg' }));
    const file = (await marta.ask('/attachments', { method: 'POST', body: form })).body as { id: string };
    const version = (await all(marta))[0]?.version ?? 0;
    const body = { text: 'Con foto', attachmentIds: [file.id], version };
    expect(ServerDraft.parse((await put(marta, body)).body).attachments.map(({ id }) => id)).toEqual([file.id]);
    await put(marta, { text: 'nota', version: 0 }, 'internal');
    const sent = await marta.reply(aCase(3), { channel: 'twitter', text: 'Con foto', attachmentIds: [file.id] });
    expect((await all(marta)).map(({ channel }) => channel)).toEqual(['internal']);
    expect((await marta.ask(`/interactions/${sent.id}/undo`, { method: 'POST', body: {} })).status).toBeLessThan(300);
    const back = (await all(marta)).find(({ channel }) => channel === 'customer');
    expect([back?.text, back?.attachments.map(({ id }) => id)]).toEqual(['Con foto', [file.id]]);
    // What another device still holds of the one that was sent is not taken for the one that is back.
    expect(errorOf(await put(marta, { text: 'viejo', version }))).toMatchObject({ code: 'draft.conflict' });
    await marta.ask(`/cases/${aCase(3)}/notes`, { method: 'POST', body: { text: 'nota', audience: 'internal' } });
    expect((await all(marta)).map(({ channel }) => channel)).toEqual(['customer']);
  });

  it('stays when the answer was refused', async () => {
    const before = await all(marta);
    const seen = (await marta.interactions(aCase(3)))[0]?.id ?? '';
    await iván.reply(aCase(3), { channel: 'twitter', text: 'Ya contesto yo' });
    unseenIn(
      await marta.ask(`/cases/${aCase(3)}/replies`, {
        method: 'POST',
        body: { channel: 'twitter', text: 'Con foto', lastSeenEntryId: seen },
      }),
    );
    expect(await all(marta)).toEqual(before);
  });
});
