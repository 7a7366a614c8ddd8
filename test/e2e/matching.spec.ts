import { ConfirmedSuggestion, ErrorBody, Suggestion, SuggestionList, SuggestionPage } from '#contracts';
import { waitFor } from '../support/wait.js';
import type { Person } from './outside.js';
import type { Staff } from './staff.js';
import { startWorld, type World } from './world.js';

/** Somebody at the counter, and later by other doors: recognised by what they write, or asked about. */
describe('who it may be', () => {
  let world: World;
  let agent: Staff;
  let store: Staff;

  beforeAll(async () => {
    world = await startWorld();
    [agent, store] = await Promise.all([world.login('agent@hilo.test'), world.login('store@hilo.test')]);
  });
  afterAll(() => world?.stop());

  let serial = 0;
  /** Who was at the counter: their case and what we know of them. */
  async function aKnown(displayName: string) {
    serial += 1;
    const phone = `+34644${String(100_000 + serial)}`;
    const body = { storeId: world.stores.goya, customer: { displayName, phone }, text: 'No enciende' };
    const visit = await store.visit(body);
    const { reference } = await agent.case(visit.caseId);
    return { ...visit, reference, phone };
  }
  /** Whose case what this person wrote on X is on now. */
  const caseOf = async (person: Person) => {
    const [row] = await world.database.query<{ case: string; customer: string }>(
      `select c.id as case, c.customer_id as customer from contact_point p join cases c on c.customer_id = p.customer_id and c.is_open where p.value = $1`,
      [person.id],
    );
    return row;
  };
  const suggestions = async (caseId: string, by = agent) =>
    (await by.done(`/cases/${caseId}/suggestions`, SuggestionList)).items;
  const decide = (id: string, deed: 'confirm' | 'dismiss' | 'reopen', by = agent) =>
    by.ask(`/suggestions/${id}/${deed}`, { method: 'POST', body: {} });

  it('a case code and the number on record: the message is on their case, without anybody doing anything', async () => {
    const known = await aKnown('Rosa Vidal Mena');
    const person = await world.outside.newcomer('rosita');
    await world.outside.writeDm(person, `Soy la del ${known.reference}, mi teléfono es ${known.phone.slice(3)}`);
    const entry = await waitFor(async () => {
      const entries = await agent.interactions(known.caseId);
      return entries.find(({ channel }) => channel === 'twitter');
    });
    expect(entry?.matchedBy).toBe('evidence');
    expect((await caseOf(person))?.customer).toBe(known.customerId);
    const detail = await agent.case(known.caseId);
    expect(detail.threads.find(({ channel }) => channel === 'twitter')).toMatchObject({ open: true });
    await agent.reply(known.caseId, { channel: 'twitter', text: 'Hola, Rosa.' });
  });

  it('a case code alone is asked; "not the same" is remembered, and undone', async () => {
    const known = await aKnown('Berta Solís Roca');
    const person = await world.outside.newcomer('berta_otra');
    await world.outside.writeDm(person, `Os escribo por ${known.reference}`);
    const { case: caseId } = await waitFor(() => caseOf(person));
    const [asked] = await waitFor(async () => {
      const items = await suggestions(caseId);
      return items.length > 0 && items;
    });
    const id = asked?.id ?? '';
    expect(asked).toMatchObject({ state: 'open', rules: ['case_code'], into: known.customerId });
    expect(asked?.comparisons[0]).toMatchObject({
      attribute: 'case_code',
      verdict: 'same',
      newcomer: known.reference,
      said: { caseReference: (await agent.case(caseId)).reference, channel: 'twitter' },
    });
    expect((await agent.done('/suggestions', SuggestionPage)).items.map((item) => item.id)).toContain(id);
    expect(Suggestion.parse((await decide(id, 'dismiss')).body)).toMatchObject({ state: 'dismissed' });
    await world.outside.writeDm(person, `Insisto, ${known.reference}`);
    await waitFor(async () => (await agent.interactions(caseId)).length === 2);
    // The job of this message has run when that of a later one has.
    const other = await world.outside.newcomer('despues');
    await world.outside.writeDm(other, `Caso ${known.reference}`);
    const later = await waitFor(() => caseOf(other));
    await waitFor(async () => (await suggestions(later.case)).length > 0);
    expect(await suggestions(caseId)).toMatchObject([{ id, state: 'dismissed' }]);
    expect(Suggestion.parse((await decide(id, 'reopen')).body)).toMatchObject({ state: 'open' });
    const confirmed = ConfirmedSuggestion.parse((await decide(id, 'confirm')).body);
    expect(confirmed.suggestion).toMatchObject({ state: 'confirmed', decided: { by: { displayName: 'Marta Rey' } } });
    expect(confirmed.merge).toMatchObject({ kept: { customerId: known.customerId }, reason: 'suggestion' });
    expect((await caseOf(person))?.case).toBe(known.caseId);
    const refused = await decide(id, 'dismiss');
    expect([refused.status, ErrorBody.parse(refused.body).code]).toEqual([409, 'suggestion.decided']);
    // Taken back, they are two and stay so.
    await agent.ask(`/merges/${confirmed.merge.id}/undo`, { method: 'POST', body: {} });
    expect(await suggestions(caseId)).toMatchObject([{ id, state: 'dismissed' }]);
  });

  it('store staff decide nothing, list nothing, and hear nothing of people they see no case of', async () => {
    const known = await aKnown('Nuria Campos Vela');
    const person = await world.outside.newcomer('nuria');
    await world.outside.writeDm(person, `Caso ${known.reference}`);
    const [asked] = await waitFor(async () => {
      const items = await suggestions(known.caseId);
      return items.length > 0 && items;
    });
    expect(await suggestions(known.caseId, store)).toEqual([]);
    expect((await store.ask('/suggestions')).status).toBe(403);
    for (const deed of ['confirm', 'dismiss', 'reopen'] as const)
      expect((await decide(asked?.id ?? '', deed, store)).status).toBe(403);
    const told = (await store.ask(`/cases/${known.caseId}/timeline`)).bytes.toString();
    expect(told).toContain('match.suggested');
    expect(told).not.toContain('nuria"');
    expect((await store.ask(`/cases/${(await caseOf(person))?.case}/suggestions`)).status).toBe(404);
  });
});
