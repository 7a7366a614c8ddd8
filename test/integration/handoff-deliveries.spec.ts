import {
  AgreedTimes,
  DeadLetters,
  Deliveries,
  DeskLinks,
  Gateways,
  PartnerMailbox,
  SENT,
  type Handed,
  type Parcel,
} from '#handoffs';
import type { Principal } from '#identity';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

let world: HandoffWorld;
beforeAll(async () => {
  world = await openHandoffs();
});
afterAll(() => world.rooms.close());
beforeEach(() => world.answers(() => SENT));

const AWAY: Handed = { verdict: 'again', error: 'connect ECONNREFUSED', retryAfter: null };
const DEAD: Handed = { verdict: 'dead', error: 'too large', retryAfter: null };
const TOO_LATE = { kind: 'cancelled', reason: 'Otro lo hace.' } as const;
const note = (text: string) => ({ kind: 'note', text }) as const;

const said = (word: Parcel['word']) => (word.kind === 'note' ? word.text : word.kind);
const reachedOf = (id: string) =>
  world.reached.filter(({ handoff }) => handoff.id === id).map(({ word }) => said(word));
const deliveriesOf = async (id: string) =>
  (await world.handoff(id)).entries.flatMap(({ word, deliveries }) =>
    deliveries.map((delivery) => ({ kind: word.kind, ...delivery })),
  );
const statesOf = async (id: string) => (await deliveriesOf(id)).map(({ kind, state }) => `${kind} ${state}`);
const given = async (partnerId?: string) => {
  const { caseId, repairId } = await world.taken();
  return world.given({ caseId, repairId }, partnerId ?? (await world.partner()));
};
const deadOf = async (id: string) => (await deliveriesOf(id)).find(({ state }) => state === 'dead')?.id ?? '';
const drop = (by: Principal, deliveryId: string) =>
  world.rooms.database.transaction((tx) => world.rooms.get(DeadLetters).drop(tx, by, deliveryId));
const revive = (deliveryId: string) =>
  world.rooms.database.transaction((tx) => world.desk.deliveries.revive(tx, world.agent, deliveryId));
const bounced = async (entryId: string) =>
  world.rooms.database.transaction((tx) =>
    world.rooms
      .get(PartnerMailbox)
      .returned(tx, { proven: [entryId], messageId: null, action: 'failed', detail: '5.1.1' }),
  );
/** By a link one of us made for them. */
const opens = async (handoffId: string) =>
  world.rooms.database.transaction(async (tx) => {
    const links = world.rooms.get(DeskLinks);
    const { url } = await links.issueBy(tx, world.agent, handoffId);
    const link = await links.find(tx, url.split('/').at(-1) ?? '');
    if (!link || 'shut' in link) throw new Error('the link leads nowhere');
    await links.opened(tx, link);
  });
/** Two of theirs are asked when nobody acknowledges for an hour. */
const ASKED_IN_AN_HOUR = {
  targets: { normal: { acknowledgeMinutes: 60, answerMinutes: 90, returnMinutes: 600 } },
  ladder: [
    { contact: { name: 'Guardia', email: 'duty@orbe.example' }, afterMinutes: 0 },
    { contact: { name: 'Jefa', phone: '+34 600 000 000' }, afterMinutes: 10 },
  ],
  calendar: 'always',
} as never;
const nudge = async () => {
  const { database } = world.rooms;
  for (const due of await world.desk.rounds.silent(database.manager))
    await database.transaction((tx) => world.desk.rounds.nudge(tx, due));
};
/** A word that they will never take, and one behind it. */
async function stuck(): Promise<string> {
  const id = await given();
  await world.deliver();
  world.answers(({ word }) => (said(word) === 'Primera' ? DEAD : SENT));
  await world.say(id, note('Primera'));
  await world.say(id, note('Segunda'));
  await world.deliver();
  expect(await statesOf(id)).toEqual(['sent sent', 'note dead', 'note waiting']);
  return id;
}

it('a word that is stuck is given up by whoever may, and the next ones go on', async () => {
  const id = await stuck();
  const dead = await deadOf(id);
  await expect(drop(world.agent, dead)).rejects.toMatchObject({ code: 'permission.denied' });
  await drop(world.supervisor, dead);
  await expect(drop(world.supervisor, dead)).rejects.toMatchObject({ code: 'handoff_message.not_dead' });
  await world.deliver();
  expect(reachedOf(id)).toEqual(['sent', 'Primera', 'Segunda']);
  expect(await statesOf(id)).toEqual(['sent sent', 'note dropped', 'note sent']);
});

it('that it is over passes what is stuck, and what waits behind that', async () => {
  const id = await stuck();
  await world.say(id, TOO_LATE);
  await world.deliver();
  expect(reachedOf(id)).toEqual(['sent', 'Primera', 'cancelled']);
});

it('what begins it is never given up', async () => {
  const id = await given();
  world.answers(() => DEAD);
  await world.deliver();
  await expect(drop(world.supervisor, await deadOf(id))).rejects.toMatchObject({ code: 'handoff_message.begins_it' });
});

it('nor is a ticket, though they have seen our page: nothing more could be said on it', async () => {
  world.rooms.get(Gateways).register({ kind: 'tmf621', deliver: () => Promise.resolve(DEAD) });
  const id = await given(
    await world.partner({ gateway: 'tmf621', tmf621: { url: 'https://orbe.example/tmf', auth: { kind: 'none' } } }),
  );
  await world.deliver();
  await opens(id);
  await expect(drop(world.supervisor, await deadOf(id))).rejects.toMatchObject({ code: 'handoff_message.begins_it' });
});

it.each([
  ['is away', AWAY],
  ['does not take it', DEAD],
])('once it is over, a partner that %s is never told what it was about', async (_, answer) => {
  const id = await given();
  await world.say(id, note('Tiene prisa.'));
  world.answers(() => answer);
  await world.deliver();
  world.answers(() => SENT);
  await world.say(id, TOO_LATE);
  world.rooms.clock.advance(3_600_000);
  await world.deliver();
  // The one try may have arrived: they are told that it is over.
  expect(reachedOf(id)).toEqual(['sent', 'cancelled']);
  expect(await statesOf(id)).toEqual(['sent dropped', 'note dropped', 'cancelled sent']);
});

it('a try from before it was sent again may have arrived, too', async () => {
  const id = await given();
  world.answers(() => DEAD);
  await world.deliver();
  await revive(await deadOf(id));
  await world.say(id, TOO_LATE);
  expect(await statesOf(id)).toEqual(['sent dropped', 'cancelled waiting']);
});

it('what begins it is not sent again once it is over', async () => {
  const id = await given();
  await world.deliver();
  await world.say(id, TOO_LATE);
  await world.deliver();
  await bounced((await world.handoff(id)).entries[0]?.id ?? '');
  await expect(revive(await deadOf(id))).rejects.toMatchObject({ code: 'handoff_message.not_dead' });
});

it('whoever took long leaves to others what they have taken since', async () => {
  const partnerId = await world.partner();
  const ids = [await given(partnerId), await given(partnerId)];
  const { rooms } = world;
  const another = new Deliveries(rooms.database, rooms.get(Gateways), rooms.get(AgreedTimes), rooms.clock);
  let slow = true;
  world.answers(async () => {
    if (!slow) return SENT;
    slow = false;
    world.rooms.clock.advance(61_000);
    while (await another.sendSome());
    return SENT;
  });
  await world.deliver();
  // The slow try was made twice, as nobody can know; what waited behind it, once.
  expect(ids.map((id) => reachedOf(id).length).toSorted()).toEqual([1, 2]);
  for (const id of ids) expect(await statesOf(id)).toEqual(['sent sent']);
});

it('a partner that hangs keeps nobody waiting but itself', async () => {
  const [hanging, quick] = [await given(), await given()];
  const [released, reached] = [Promise.withResolvers<Handed>(), Promise.withResolvers<unknown>()];
  world.answers(({ handoff }) => {
    if (handoff.id === hanging) return released.promise;
    if (handoff.id === quick) reached.resolve(null);
    return SENT;
  });
  const sending = world.deliver();
  await reached.promise;
  expect(await statesOf(hanging)).toEqual(['sent waiting']);
  released.resolve(SENT);
  await sending;
  expect([await statesOf(hanging), await statesOf(quick)]).toEqual([['sent sent'], ['sent sent']]);
});

it('a letter about a page of theirs that comes back has not arrived, and nobody is late to answer', async () => {
  world.rooms.get(Gateways).register({ kind: 'desk', deliver: () => Promise.resolve(SENT) });
  const id = await given(await world.partner({ gateway: 'desk', terms: ASKED_IN_AN_HOUR }));
  await world.deliver();
  const dates = () =>
    world.rooms.db.query(
      'select delivered_at is null as back, expires_at is null as open, nudge_at is null as quiet from handoff where id = $1',
      [id],
    );
  expect(await dates()).toEqual([{ back: false, open: false, quiet: false }]);
  expect(await bounced((await world.handoff(id)).entries[0]?.id ?? '')).toBe(true);
  expect(await statesOf(id)).toEqual(['sent dead']);
  expect(await dates()).toEqual([{ back: true, open: true, quiet: true }]);
});

it('what they gave us they never answer to: their look at its page begins no time of theirs', async () => {
  const { database, clock } = world.rooms;
  const partnerId = await world.partner({ gateway: 'desk', terms: ASKED_IN_AN_HOUR });
  const { handoffId } = await database.transaction((tx) =>
    world.desk.door.open(tx, {
      ...{ partnerId, via: 'desk', externalRef: 'NX-8', ask: 'Revisar la placa', mode: 'custody', priority: 'normal' },
      ...{ document: { customer: { name: 'Lucía' } }, at: clock.now() },
    }),
  );
  await opens(handoffId);
  clock.advance(30 * 86_400_000);
  const { rounds } = world.desk;
  const come = await database.transaction(async (tx) => [...(await rounds.silent(tx)), ...(await rounds.expired(tx))]);
  expect(come).not.toContain(handoffId);
});

it.each(['before', 'after'] as const)(
  'opened by a link that was given by hand, %s the letter came back, it has reached them all the same',
  async (when) => {
    world.rooms.get(Gateways).register({ kind: 'desk', deliver: () => Promise.resolve(SENT) });
    const id = await given(await world.partner({ gateway: 'desk', terms: ASKED_IN_AN_HOUR }));
    await world.deliver();
    const comesBack = async () => bounced((await world.handoff(id)).entries[0]?.id ?? '');
    if (when === 'after') await comesBack();
    await opens(id);
    if (when === 'before') await comesBack();
    // Nobody answers: somebody of theirs is asked, and in the end it is over.
    world.rooms.clock.advance(61 * 60_000);
    await nudge();
    expect(await statesOf(id)).toEqual(['sent dead', 'nudged waiting']);
    // What was said since goes on without the letter.
    await drop(world.supervisor, await deadOf(id));
    await world.deliver();
    expect(await statesOf(id)).toEqual(['sent dropped', 'nudged sent']);
    world.rooms.clock.advance(30 * 86_400_000);
    expect(await world.rooms.database.transaction((tx) => world.desk.rounds.expired(tx))).toContain(id);
  },
);

it('a partner that does not answer keeps nobody else waiting, and what it is told stays in its order', async () => {
  const [slow, fast] = [await world.partner(), await world.partner()];
  const [hanging, answered] = [await given(slow), await given(fast)];
  const { promise, resolve } = Promise.withResolvers<Handed>();
  world.answers(({ partner }) => (partner.id === slow ? promise : SENT));
  const { deliveries } = world.desk;
  const first = await deliveries.begin();
  expect(first).toHaveLength(2);
  await world.say(hanging, note('Una'));
  for (const text of ['Una', 'Dos', 'Tres']) {
    await world.say(answered, note(text));
    // Its first may not be done yet: then there is nothing to begin with.
    while ((await statesOf(answered)).some((state) => state.endsWith('waiting')))
      await Promise.race([Promise.all(await deliveries.begin()), promise]);
  }
  expect(reachedOf(answered)).toEqual(['sent', 'Una', 'Dos', 'Tres']);
  expect(reachedOf(hanging)).toEqual(['sent']);
  expect(await statesOf(hanging)).toEqual(['sent waiting', 'note waiting']);
  // Another round, also when the lease is over, begins nothing with who is still being spoken with.
  world.rooms.clock.advance(61_000);
  expect(await deliveries.begin()).toEqual([]);
  resolve(SENT);
  await deliveries.idle();
  await world.deliver();
  expect(reachedOf(hanging)).toEqual(['sent', 'Una']);
  expect(await statesOf(hanging)).toEqual(['sent sent', 'note sent']);
});

it('nobody of theirs is asked about what has not reached them: their time begins when it does', async () => {
  const id = await given(await world.partner({ terms: ASKED_IN_AN_HOUR }));
  const kinds = async () => (await world.handoff(id)).entries.map(({ word }) => word.kind);
  const pass = async (minutes: number) => {
    world.rooms.clock.advance(minutes * 60_000);
    await nudge();
    await world.deliver();
  };
  world.answers(() => AWAY);
  await pass(0);
  await pass(24 * 60);
  expect(await kinds()).toEqual(['sent']);
  world.answers(() => SENT);
  await pass(61);
  await pass(59);
  expect(await kinds()).toEqual(['sent']);
  await pass(2);
  expect(await kinds()).toEqual(['sent', 'nudged']);
  await pass(8);
  await pass(2);
  expect(await kinds()).toEqual(['sent', 'nudged', 'nudged']);
  expect(reachedOf(id).filter((kind) => kind === 'nudged')).toHaveLength(2);
});

it('whom of theirs to ask is written to besides the note on their ticket, once', async () => {
  const tickets: Parcel[] = [];
  const deliver = async (parcel: Parcel) => {
    tickets.push(parcel);
    return Promise.resolve(SENT);
  };
  world.rooms.get(Gateways).register({ kind: 'tmf621', deliver });
  const id = await given(
    await world.partner({
      gateway: 'tmf621',
      tmf621: { url: 'http://orbe.example/v4', auth: { kind: 'none' } },
      terms: ASKED_IN_AN_HOUR,
    }),
  );
  await world.deliver();
  for (const minutes of [61, 11]) {
    world.rooms.clock.advance(minutes * 60_000);
    for (let time = 0; time < 2; time += 1) {
      await nudge();
      await world.deliver();
    }
  }
  const ours = (all: Parcel[]) => all.filter(({ handoff }) => handoff.id === id);
  expect(ours(tickets).map(({ word }) => word.kind)).toEqual(['sent', 'nudged', 'nudged']);
  expect(ours(world.reached).map(({ word }) => word.kind === 'nudged' && word.to?.name)).toEqual(['Guardia']);
  expect(await statesOf(id)).toEqual(['sent sent', 'nudged sent', 'nudged sent', 'nudged sent']);
});
