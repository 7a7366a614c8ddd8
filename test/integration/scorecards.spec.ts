import { PartnerTerms, type HandoffMeasure, type Scorecard } from '#contracts';
import { HandoffView, ScorecardView } from '#views';
import { readerOf } from '../factories/rooms.js';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let world: HandoffWorld;
let partnerId: string;
let other: string;
beforeAll(async () => {
  world = await openHandoffs();
  const targets = { normal: { acknowledgeMinutes: 60, answerMinutes: 240, returnMinutes: 5000 } };
  const each = Object.fromEntries(['low', 'normal', 'high', 'critical'].map((priority) => [priority, targets.normal]));
  const terms = { ...PartnerTerms.parse({}), targets: each };
  [partnerId, other] = [await world.partner({ terms }), await world.partner()];
});
afterAll(() => world.rooms.close());

const card = async (of = partnerId, days = 90): Promise<Scorecard | undefined> =>
  (await world.rooms.get(ScorecardView).cards(world.rooms.database.manager, readerOf(world.admin), days)).items.find(
    ({ partner }) => partner.id === of,
  );
const listed = async (measure: HandoffMeasure, days = 90): Promise<string[]> => {
  const list = world.rooms.get(HandoffView);
  const query = { view: 'all', measure, days, partnerId, limit: 50 } as const;
  return (await list.list(world.rooms.database.manager, readerOf(world.admin), query)).items.map(({ id }) => id);
};
const pass = (ms: number) => world.rooms.clock.advance(ms);
const soon = (ms: number) => new Date(world.rooms.clock.now().getTime() + ms).toISOString();
const resolved = { kind: 'resolved', outcome: 'repaired', text: 'Placa nueva.' } as const;

/** Each in a case of its own, with what is said in it. */
async function given(to = partnerId): Promise<string> {
  const { caseId, repairId } = await world.taken();
  return world.given({ caseId, repairId }, to);
}

it('counts what it says, and each figure opens just those', async () => {
  const quick = await given();
  pass(0.5 * HOUR);
  await world.hear(quick, { kind: 'accepted', etaAt: soon(10 * DAY) });

  const late = await given();
  pass(2 * HOUR);
  await world.hear(late, { kind: 'acknowledged' });

  const refused = await given();
  pass(0.25 * HOUR);
  await world.hear(refused, { kind: 'rejected', reason: 'Mojado.' });

  const silent = await given();
  const slipped = await given();
  await world.hear(slipped, { kind: 'accepted', etaAt: soon(2 * DAY) });
  await world.hear(slipped, { kind: 'eta', etaAt: soon(9 * DAY) }, { at: soon(HOUR) });

  const again = await given();
  await world.hear(again, { kind: 'accepted', etaAt: soon(3 * DAY) });
  const foreign = await given(other);
  await world.hear(foreign, { kind: 'accepted', etaAt: soon(DAY) });

  pass(DAY);
  await world.hear(again, resolved);
  await world.say(again, { kind: 'reopened', reason: 'Sigue sin encender.' });
  await world.hear(again, resolved, { at: soon(HOUR) });
  pass(4 * DAY);
  await world.hear(slipped, resolved, { at: soon(0) });

  const expected: Record<HandoffMeasure, string[]> = {
    given: [quick, late, refused, silent, slipped, again],
    acknowledged_in_time: [quick, refused, slipped, again],
    acknowledged_late: [late, silent],
    rejected: [refused],
    overrun: [slipped],
    re_repaired: [again],
  };
  const found = await card();
  for (const [measure, ids] of Object.entries(expected) as [HandoffMeasure, string[]][]) {
    expect([measure, (await listed(measure)).toSorted()]).toEqual([measure, ids.toSorted()]);
    expect([measure, found?.counts[measure]]).toEqual([measure, ids.length]);
  }
  // 0, 0, 15, 30 and 120 minutes.
  expect(found).toMatchObject({ medianAcknowledgeMinutes: 15, open: 6, dead: 0 });
  expect((await card(other))?.counts).toMatchObject({ given: 1, overrun: 1, acknowledged_in_time: 0 });
});

it('counts a phone that is handed over again within ninety days, and what does not arrive', async () => {
  const { caseId, repairId } = await world.taken();
  const first = await world.given({ caseId, repairId }, partnerId);
  await world.hear(first, resolved);
  await world.say(first, { kind: 'closed' });
  expect(await listed('re_repaired')).not.toContain(first);
  pass(89 * DAY);
  await world.deliver();
  world.answers(() => ({ verdict: 'dead', error: '550 no such mailbox', retryAfter: null }));
  const second = await world.given({ caseId, repairId }, other);
  await world.deliver();
  expect(await listed('re_repaired')).toContain(first);
  expect(await card(other)).toMatchObject({ dead: 1 });
  pass(2 * DAY);
  expect(await listed('re_repaired')).not.toContain(first);
  expect(await listed('re_repaired', 180)).toContain(first);
  expect((await card(other, 1))?.counts.given).toBe(0);
  expect(second).not.toBe(first);
});

it('is found by the indexes of what it asks', async () => {
  const plan = await world.rooms.database.transaction(async (tx) => {
    // With so few rows it would read them all; what matters is that it need not.
    await tx.query('set local enable_seqscan = off');
    const seen: string[] = await tx.query(
      `explain (format json) select id from handoff where direction = 'out' and sent_at >= now() - interval '90 days'
       union select id from handoff where state not in ('closed', 'expired', 'cancelled', 'recalled')
       union select handoff_id from handoff_delivery where state = 'dead'`,
    );
    return JSON.stringify(seen);
  });
  for (const index of ['handoff_given', 'handoff_open', 'handoff_delivery_stuck']) expect(plan).toContain(index);
});
