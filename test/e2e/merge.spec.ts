import { randomUUID } from 'node:crypto';
import { CaseDetail, Merge, MergePage, MergePreview, SplitAnswer } from '#contracts';
import type { Person } from './outside.js';
import { errorOf, type Staff } from './staff.js';
import { startWorld, type World } from './world.js';
import { waitFor } from '../support/wait.js';

describe('merging over HTTP', () => {
  let world: World;
  let agent: Staff;
  let store: Staff;

  beforeAll(async () => {
    world = await startWorld();
    [agent, store] = await Promise.all([world.login('agent@hilo.test'), world.login('store@hilo.test')]);
  });
  afterAll(() => world?.stop());

  const caseOf = (person: Person) =>
    waitFor(async () => (await agent.cases(`q=${encodeURIComponent(person.email)}`))[0]);
  async function twoPeople() {
    const [one, other] = [await world.outside.newcomer('Ana Una'), await world.outside.newcomer('Ana Otra')];
    for (const person of [one, other]) await world.outside.writeMail(person, { subject: 'Móvil', text: 'No enciende' });
    return { one, other, kept: await caseOf(one), taken: await caseOf(other) };
  }

  it('looks at both, merges once however often it is asked, lists it, takes it back', async () => {
    const { other, kept, taken } = await twoPeople();
    const [into, from] = [kept.customer.id, taken.customer.id];
    const preview = await agent.done(`/customers/${into}/merge-preview?with=${from}`, MergePreview, {});
    expect(preview).toMatchObject({
      kept: { id: into, openCase: { reference: kept.reference } },
      taken: { id: from, openCase: { reference: taken.reference, unread: 1 } },
      conflicts: [{ field: 'displayName', kept: 'Ana Una', taken: 'Ana Otra' }],
    });
    const headers = { 'idempotency-key': randomUUID() };
    const body = { withCustomerId: from, reason: 'La misma factura', choices: { displayName: 'taken' } };
    const asked = { method: 'POST' as const, headers, body };
    const merge = await agent.done(`/customers/${into}/merge`, Merge, asked);
    expect(await agent.done(`/customers/${into}/merge`, Merge, asked)).toEqual(merge);
    expect(merge).toMatchObject({
      kept: { reference: kept.reference },
      taken: { displayName: 'Ana Otra' },
      undone: null,
    });
    expect(Date.parse(merge.undoUntil) - Date.parse(merge.at)).toBe(30 * 24 * 3_600_000);
    expect(await agent.done(`/cases/${kept.id}`, CaseDetail, {})).toMatchObject({
      customer: { displayName: 'Ana Otra' },
    });
    expect(await agent.done(`/cases/${taken.id}`, CaseDetail, {})).toMatchObject({
      status: 'merged',
      mergedInto: kept.id,
    });
    await world.outside.writeMail(other, { subject: 'Otra cosa', text: 'Sigo esperando' });
    await waitFor(async () => (await agent.cases(`q=${kept.reference}`))[0]?.preview === 'Sigo esperando');
    for (const id of [into, from])
      expect(await agent.done(`/customers/${id}/merges`, MergePage, {})).toMatchObject({ items: [{ id: merge.id }] });
    const undone = await agent.done(`/merges/${merge.id}/undo`, Merge, { method: 'POST', body: {} });
    expect(undone.undone?.by.displayName).toBe('Marta Rey');
    expect(await agent.done(`/cases/${taken.id}`, CaseDetail, {})).toMatchObject({
      status: 'new',
      preview: 'Sigo esperando',
      customer: { displayName: 'Ana Otra' },
    });
    expect(await agent.done(`/cases/${kept.id}`, CaseDetail, {})).toMatchObject({
      customer: { displayName: 'Ana Una' },
    });
    const again = await agent.ask(`/merges/${merge.id}/undo`, { method: 'POST', body: {} });
    expect([again.status, errorOf(again).code]).toEqual([409, 'merge.undone']);
  });

  it('splits an entry out, once', async () => {
    const { kept, taken } = await twoPeople();
    const [entry] = await agent.interactions(taken.id);
    const headers = { 'idempotency-key': randomUUID() };
    const body = { entryIds: [entry?.id], to: { customerId: kept.customer.id }, reason: 'Es suyo' };
    const asked = { method: 'POST' as const, headers, body };
    const answer = await agent.done(`/cases/${taken.reference}/split`, SplitAnswer, asked);
    expect(answer).toMatchObject({ caseId: kept.id, entries: 1 });
    expect(await agent.done(`/cases/${taken.reference}/split`, SplitAnswer, asked)).toEqual(answer);
  });

  it('says no to whoever may not, and to what makes no sense', async () => {
    const { kept, taken } = await twoPeople();
    const [into, from] = [kept.customer.id, taken.customer.id];
    const post = (body: unknown) => ({ method: 'POST' as const, body });
    const merging = post({ withCustomerId: from, reason: 'x' });
    for (const [path, asked] of [
      [`/customers/${into}/merge-preview?with=${from}`, {}],
      [`/customers/${into}/merge`, merging],
      [`/customers/${into}/merges`, {}],
      [`/merges/${randomUUID()}/undo`, post({})],
      [`/cases/${kept.id}/split`, post({ entryIds: [randomUUID()], to: { customerId: from }, reason: 'x' })],
      [`/cases/${kept.id}/merge`, post({ withCaseReference: taken.reference, reason: 'x' })],
    ] as const)
      expect([path, (await store.ask(path, asked)).status]).toEqual([path, 403]);
    const refusals: [string, Parameters<Staff['ask']>[1], number, string][] = [
      [`/customers/${into}/merge`, post({ withCustomerId: into, reason: 'x' }), 409, 'merge.same'],
      [`/customers/${into}/merge`, post({ withCustomerId: randomUUID(), reason: 'x' }), 404, 'customer.not_found'],
      [`/customers/${into}/merge`, post({ withCustomerId: from, reason: '' }), 400, 'request.invalid'],
      [`/merges/${randomUUID()}/undo`, post({}), 404, 'merge.not_found'],
      [
        `/cases/${kept.id}/merge`,
        post({ withCaseReference: taken.reference, reason: 'x' }),
        409,
        'merge.case_elsewhere',
      ],
      [
        `/cases/${kept.id}/split`,
        post({ entryIds: [], to: { customerId: from }, reason: 'x' }),
        400,
        'request.invalid',
      ],
    ];
    for (const [path, asked, status, code] of refusals) {
      const answer = await agent.ask(path, asked);
      expect([path, answer.status, errorOf(answer).code]).toEqual([path, status, code]);
    }
  });
});
