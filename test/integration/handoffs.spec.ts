import { HandoffState, NextActionBody, type CaseEvent } from '#contracts';
import { NextActions } from '#cases';
import { Forgetting, HandoffToldJob } from '#handoffs';
import { RepairFollowJob } from '#repairs';
import { HandoffView } from '#views';
import { readerOf } from '../factories/rooms.js';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: HandoffWorld;
beforeAll(async () => {
  world = await openHandoffs();
});
afterAll(() => world.rooms.close());

const reachedOf = (id: string) => world.reached.filter(({ handoff }) => handoff.id === id).map(({ word }) => word.kind);
const types = async (caseId: string) => (await world.events(caseId, 'handoff.%')).map(({ type }) => type.slice(8));
const caseOf = async (caseId: string) =>
  (
    await world.rooms.db.query<{
      status: string;
      next_action: string;
      next_action_values: Record<string, string>;
      next_action_due_at: Date | null;
      answers: string | null;
    }>(
      'select status, next_action, next_action_values, next_action_due_at, accountable(id) as answers from cases where id = $1',
      [caseId],
    )
  )[0];

/** The relay hands on what happened, as jobs that run twice. */
async function relay(caseId: string): Promise<void> {
  const rows = await world.rooms.db.query<CaseEvent & { data: Record<string, unknown> }>(
    'select id, seq::text, type, data from case_event where case_id = $1 order by seq',
    [caseId],
  );
  const at = world.rooms.clock.now().toISOString();
  const events = rows.map((row) => ({ ...row, caseId, caseVersion: 1, at, correlationId: null }));
  for (const job of [world.rooms.get(RepairFollowJob), world.rooms.get(HandoffToldJob)])
    for (let time = 0; time < 2; time += 1) await job.run({ events, correlationId: null });
}

it('goes out with what may be told, in their order, and each word once', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  await world.say(id, { kind: 'note', text: 'Tiene prisa.' });
  const before = world.reached.length;
  await world.deliver();
  await world.deliver();
  expect(world.reached.slice(before).map(({ word }) => word.kind)).toEqual(['sent', 'note']);
  const { state, document, reference, entries, expiresAt } = await world.handoff(id);
  expect({ state, model: document?.device.model, customer: document?.customer }).toEqual({
    ...{ state: 'sent', model: 'Auriga One', customer: {} },
  });
  expect(reference).toMatch(/^H-[0-9A-Z]{4,}-[0-9A-Z]{2}\.1$/u);
  expect(entries.map(({ seq, ours, deliveries }) => [seq, ours, deliveries[0]?.state])).toEqual([
    ...[
      [1, true, 'sent'],
      [2, true, 'sent'],
    ],
  ]);
  expect(expiresAt).not.toBeNull();
  expect(await caseOf(caseId)).toMatchObject({ status: 'waiting', next_action: 'check_partner' });
});

it('waits for them as long as a weekend, in order, and then says that it could not be delivered', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  world.answers(() => ({ verdict: 'again', error: 'connect ECONNREFUSED', retryAfter: null }));
  await world.say(id, { kind: 'note', text: 'Segunda.' });
  const before = world.reached.length;
  for (let hours = 0; hours < 80; hours += 1) {
    await world.deliver();
    world.rooms.clock.advance(HOUR);
  }
  expect(new Set(world.reached.slice(before).map(({ word }) => word.kind))).toEqual(new Set(['sent']));
  const [delivery] = (await world.handoff(id)).entries.flatMap(({ deliveries }) => deliveries);
  expect(delivery).toMatchObject({ state: 'dead', error: 'connect ECONNREFUSED' });
  expect(await types(caseId)).toContain('undeliverable');
  world.answers(() => ({ verdict: 'sent', error: null, retryAfter: null }));
  await world.rooms.database.transaction((tx) => world.desk.deliveries.revive(tx, world.agent, delivery?.id ?? ''));
  await world.deliver();
  expect(world.reached.slice(-2).map(({ word }) => word.kind)).toEqual(['sent', 'note']);
});

it('what they say moves it, once, whatever comes twice or late', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  const at = (minutes: number) => new Date(world.rooms.clock.now().getTime() - DAY + minutes * 60_000).toISOString();
  const accepted = { kind: 'accepted', partnerRef: 'RMA-1', engineer: { name: 'Ana' } } as const;
  await world.hear(id, { kind: 'in_progress' }, { at: at(3), externalRef: 'c' });
  await world.hear(id, accepted, { at: at(2), externalRef: 'b' });
  await world.hear(id, accepted, { at: at(2), externalRef: 'b' });
  expect(await world.hear(id, { kind: 'asked', question: '¿Color?' }, { at: at(1), externalRef: 'a' })).toMatchObject({
    applied: false,
  });
  const { state, partnerRef, engineer, entries } = await world.handoff(id);
  expect({ state, partnerRef, engineer, said: entries.length }).toEqual({
    ...{ state: 'in_progress', partnerRef: 'RMA-1', engineer: { name: 'Ana' }, said: 4 },
  });
  expect(await types(caseId)).toEqual(['drafted', 'sent', 'acknowledged', 'accepted', 'progressed', 'late_word']);
  const told = (await world.told(caseId)).filter((text) => text.includes('se encarga'));
  expect(told).toHaveLength(1);
});

it('the customer is not handed over before they know: who answers changes then, and back when it ends', async () => {
  const { caseId, repairId } = await world.taken();
  const partnerId = await world.partner();
  const id = await world.given({ caseId, repairId }, partnerId, { mode: 'transfer' });
  await world.hear(id, { kind: 'accepted' });
  expect(await caseOf(caseId)).toMatchObject({ answers: null });
  const [{ interaction } = { interaction: '' }] = await world.rooms.db.query<{ interaction: string }>(
    'select told_by as interaction from handoff where id = $1',
    [id],
  );
  const events = [
    { id: interaction, seq: '1', type: 'interaction.sent' as const, data: { interactionId: interaction }, caseId },
  ].map((event) => ({ ...event, caseVersion: 1, at: world.rooms.clock.now().toISOString(), correlationId: null }));
  await world.rooms.get(HandoffToldJob).run({ events, correlationId: null });
  expect(await caseOf(caseId)).toMatchObject({ answers: partnerId });
  await world.say(id, { kind: 'cancelled', reason: 'El cliente lo quiere de vuelta.' });
  expect(await caseOf(caseId)).toMatchObject({ answers: null, status: 'in_solution' });
  expect((await world.events(caseId, 'owner.%')).map(({ data }) => data['toPartnerId'])).toEqual([partnerId, null]);
});

it('a rejection leaves a next step with us', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  await world.hear(id, { kind: 'rejected', reason: 'Fuera de garantía.' });
  const found = await caseOf(caseId);
  expect(found).toMatchObject({ status: 'in_solution', next_action: 'after_rejection' });
  expect(found?.next_action_values['step']).toBeTruthy();
});

const TURNS: Record<'out' | 'in', Partial<Record<HandoffState, 'waits_on_us' | 'waits_on_them'>>> = {
  out: {
    ...{ draft: 'waits_on_us', info_requested: 'waits_on_us', resolved: 'waits_on_us', rejected: 'waits_on_us' },
    ...{
      sent: 'waits_on_them',
      acknowledged: 'waits_on_them',
      accepted: 'waits_on_them',
      in_progress: 'waits_on_them',
    },
  },
  in: {
    ...{ sent: 'waits_on_us', acknowledged: 'waits_on_us', accepted: 'waits_on_us', in_progress: 'waits_on_us' },
    ...{ info_requested: 'waits_on_them', resolved: 'waits_on_them', rejected: 'waits_on_them' },
  },
};

it('each state is listed by whose turn it is, a rejection until it is closed', async () => {
  const partnerId = await world.partner();
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, partnerId);
  const { db, database } = world.rooms;
  const listed = async (view: 'open' | 'waits_on_us' | 'waits_on_them') => {
    const query = { view, partnerId, limit: 10, days: 90 };
    const { items } = await world.rooms.get(HandoffView).list(database.manager, readerOf(world.admin), query);
    return items.length === 1;
  };
  for (const direction of ['out', 'in'] as const)
    for (const state of HandoffState.options) {
      // An incoming one is never a draft.
      if (direction === 'in' && state === 'draft') continue;
      await db.query(
        `update handoff set direction = $2, state = $3::text, question = case when $3::text = 'info_requested' then '?' end where id = $1`,
        [id, direction, state],
      );
      const turn = TURNS[direction][state];
      const found = {
        open: await listed('open'),
        us: await listed('waits_on_us'),
        them: await listed('waits_on_them'),
      };
      expect([direction, state, found]).toEqual([
        ...[direction, state],
        { open: turn !== undefined, us: turn === 'waits_on_us', them: turn === 'waits_on_them' },
      ]);
    }
});

it('asked and answered: it waits for whoever has to say something', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  await world.hear(id, { kind: 'asked', question: '¿Se mojó?' });
  expect(await caseOf(caseId)).toMatchObject({
    ...{ status: 'in_solution', next_action: 'answer_partner' },
    next_action_values: { question: '¿Se mojó?' },
  });
  await world.say(id, { kind: 'info', text: 'No.' });
  expect(await caseOf(caseId)).toMatchObject({ status: 'waiting', next_action: 'check_partner' });
  await expect(world.say(id, { kind: 'accepted' })).rejects.toMatchObject({ code: 'handoff.not_yours_to_say' });
  await expect(world.hear(id, { kind: 'closed' })).rejects.toMatchObject({ code: 'handoff.not_yours_to_say' });
});

it('a price becomes a draft, a later day moves the promise, and what is repaired is repaired when it is back', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  const [first, later] = [world.in(7), world.in(10)];
  await world.hear(id, { kind: 'accepted', etaAt: first.toISOString() });
  const quote = {
    ...{ currency: 'EUR', cover: { months: 6, what: 'La placa' } },
    lines: [{ description: 'Placa', kind: 'part' as const, quantity: 1, listCents: 40_000, priceCents: 20_000 }],
  };
  await world.hear(id, { kind: 'quoted', quote });
  await relay(caseId);
  const repair = await world.repair(repairId);
  expect(repair.quotes[0]).toMatchObject({ state: 'draft', listCents: 40_000, totalCents: 20_000 });
  expect(repair.promisedReturnAt).toBe(first.toISOString());
  world.rooms.clock.advance(60_000);
  await world.hear(id, { kind: 'eta', etaAt: later.toISOString(), reason: 'Falta la pieza' });
  await relay(caseId);
  expect((await world.repair(repairId)).promisedReturnAt).toBe(later.toISOString());
  // Nobody asks them before the day they have named.
  expect(await caseOf(caseId)).toMatchObject({ next_action: 'check_partner', next_action_due_at: later });
  await world.move(repairId, 'diagnosed');
  await world.hear(id, { kind: 'resolved', outcome: 'repaired', text: 'Placa cambiada.' });
  await relay(caseId);
  expect((await world.repair(repairId)).stage).toBe('repaired');
  expect(await caseOf(caseId)).toMatchObject({ next_action: 'after_partner' });
});

it('a later day of theirs moves only what we planned about them', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  const named = async (days: number) => {
    world.rooms.clock.advance(60_000);
    await world.hear(id, { kind: 'eta', etaAt: world.in(days).toISOString(), reason: 'Falta la pieza' });
  };
  const partner = (await caseOf(caseId))?.next_action_values['partner'] ?? '';
  const { database } = world.rooms;
  const body = NextActionBody.parse({ code: 'check_partner', values: { partner }, dueAt: world.in(1).toISOString() });
  await database.transaction((tx) => world.rooms.get(NextActions).set(tx, world.agent, caseId, body));
  const byHand = await caseOf(caseId);
  await named(7);
  expect(await caseOf(caseId)).toEqual(byHand);
  await world.given({ caseId }, await world.partner(), { mode: 'advise' });
  const another = await caseOf(caseId);
  expect(another).toMatchObject({ next_action: 'check_partner' });
  expect(another?.next_action_values['partner']).not.toBe(partner);
  await named(8);
  expect(await caseOf(caseId)).toEqual(another);
});

it('taken back, they see nothing of it any more', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  await world.deliver();
  await world.say(id, { kind: 'note', text: 'Tiene prisa.' });
  await expect(world.say(id, { kind: 'recalled', reason: 'No lo autoriza.' })).rejects.toMatchObject({
    code: 'permission.denied',
  });
  await world.say(id, { kind: 'recalled', reason: 'No lo autoriza.' }, world.supervisor);
  expect(await world.handoff(id)).toMatchObject({ state: 'recalled', document: null });
  await world.deliver();
  // What had not left does not leave; that it is taken back they are told.
  expect(reachedOf(id)).toEqual(['sent', 'recalled']);
  expect(await types(caseId)).toContain('forgotten');
});

it('what they never heard of is not taken back: it does not leave', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  await world.say(id, { kind: 'cancelled', reason: 'Error.' });
  await world.deliver();
  expect(reachedOf(id)).toEqual([]);
});

it('unanswered it ends; and what ended is forgotten after the days that were agreed', async () => {
  const { caseId, repairId } = await world.taken();
  const partnerId = await world.partner({ terms: { expiresMinutes: 60, retentionDays: 2 } as never });
  const id = await world.given({ caseId, repairId }, partnerId);
  await world.deliver();
  const { database, clock } = world.rooms;
  const look = async () => {
    for (const due of await world.desk.rounds.expired(database.manager))
      await database.transaction((tx) => world.desk.rounds.expire(tx, due));
    await world.rooms.get(Forgetting).takeSome();
  };
  await look();
  expect((await world.handoff(id)).state).toBe('sent');
  clock.advance(61 * 60_000);
  await look();
  expect(await world.handoff(id)).toMatchObject({ state: 'expired', forgottenAt: null });
  clock.advance(3 * DAY);
  await look();
  expect(await world.handoff(id)).toMatchObject({ state: 'expired', document: null });
  expect(await world.hear(id, { kind: 'accepted' })).toMatchObject({ applied: false });
});

it('nobody acknowledges: one of theirs after the other is written to, and then it is ours to decide', async () => {
  const { caseId, repairId } = await world.taken();
  const ladder = [
    { contact: { name: 'Guardia', email: 'duty@orbe.example' }, afterMinutes: 0 },
    { contact: { name: 'Jefa', email: 'head@orbe.example' }, afterMinutes: 30 },
  ];
  const targets = { normal: { acknowledgeMinutes: 60, answerMinutes: 120, returnMinutes: 600 } };
  const id = await world.given({ caseId, repairId }, await world.partner({ terms: { ladder, targets } as never }));
  await world.deliver();
  const { database, clock } = world.rooms;
  const look = async () => {
    for (const due of await world.desk.rounds.silent(database.manager))
      await database.transaction((tx) => world.desk.rounds.nudge(tx, due));
  };
  const to = async () => (await world.events(caseId, 'handoff.nudged')).map(({ data }) => data['to']);
  for (const [minutes, told] of [
    [59, []],
    [2, ['Guardia']],
    [28, ['Guardia']],
    [2, ['Guardia', 'Jefa']],
    [600, ['Guardia', 'Jefa']],
  ] as const) {
    clock.advance(minutes * 60_000);
    await look();
    await look();
    expect(await to()).toEqual(told);
  }
  expect((await world.handoff(id)).state).toBe('sent');
  await expect(
    database.transaction((tx) => world.desk.handoffs.goOn(tx, world.agent, id, { reason: 'x', nextStep: 'y' })),
  ).rejects.toMatchObject({ code: 'permission.denied' });
  const alone = { reason: 'Nadie responde.', nextStep: 'Cambiar el móvil por otro.' };
  await database.transaction((tx) => world.desk.handoffs.goOn(tx, world.supervisor, id, alone));
  expect((await world.handoff(id)).state).toBe('cancelled');
  expect(await caseOf(caseId)).toMatchObject({ next_action: 'other', status: 'in_solution' });
});

it('one company at a time has a device, and a case is not over while one has it', async () => {
  const { caseId, repairId } = await world.taken();
  const partnerId = await world.partner();
  const id = await world.given({ caseId, repairId }, partnerId);
  const second = await world.draft({ caseId, repairId }, partnerId);
  await expect(
    world.rooms.database.transaction((tx) => world.desk.handoffs.send(tx, world.agent, second)),
  ).rejects.toMatchObject({ code: 'handoff.device_handed_over' });
  await world.say(id, { kind: 'cancelled', reason: 'Otro lo hace.' });
  await world.rooms.database.transaction((tx) => world.desk.handoffs.send(tx, world.agent, second));
  expect((await world.handoff(second)).state).toBe('sent');
});

it('who sees no case sees and says nothing of its handoffs', async () => {
  const { caseId, repairId } = await world.taken();
  const id = await world.given({ caseId, repairId }, await world.partner());
  await expect(world.say(id, { kind: 'note', text: 'x' }, world.stranger)).rejects.toMatchObject({
    code: 'handoff.not_found',
  });
});

it('they give us work: a case of ours, and the words the other way round', async () => {
  const partnerId = await world.partner();
  const { database, clock } = world.rooms;
  const given = {
    ...{ partnerId, via: 'email' as const, externalRef: 'NX-7', ask: 'Revisar la placa', mode: 'custody' as const },
    ...{ priority: 'high' as const, document: { customer: { name: 'Lucía' } }, at: clock.now() },
  };
  const both = await Promise.all([1, 2].map(() => database.transaction((tx) => world.desk.door.open(tx, given))));
  expect(new Set(both.map(({ handoffId }) => handoffId)).size).toBe(1);
  expect(both.filter(({ isNew }) => isNew)).toHaveLength(1);
  const id = both[0]?.handoffId ?? '';
  expect(await world.handoff(id)).toMatchObject({ direction: 'in', state: 'sent', partnerRef: 'NX-7' });
  await world.say(id, { kind: 'accepted', partnerRef: 'ORB-1' });
  await expect(world.say(id, { kind: 'closed' })).rejects.toMatchObject({ code: 'handoff.not_yours_to_say' });
  await world.say(id, { kind: 'resolved', outcome: 'repaired', text: 'Hecho.' });
  await world.hear(id, { kind: 'closed' });
  expect((await world.handoff(id)).state).toBe('closed');
});
