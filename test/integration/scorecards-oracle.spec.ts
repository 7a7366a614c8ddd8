import fc from 'fast-check';
import { PartnerTerms, type HandoffMeasure } from '#contracts';
import { newId } from '#platform';
import { HandoffView, ScorecardView } from '#views';
import { readerOf } from '../factories/rooms.js';
import { openHandoffs, type HandoffWorld } from './handoffs.world.js';

/** The figures of a scorecard against a reading of the same stories in plain words, and what they cost with many of them. */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PERIOD = 90;
const TARGET = 60 * 60_000;
const ENDED = ['closed', 'rejected', 'expired', 'cancelled', 'recalled'];
const STATES = ['sent', 'acknowledged', 'accepted', 'in_progress', 'resolved', ...ENDED] as const;
const OUTCOMES = ['repaired', 'replaced', 'no_fault', 'unrepairable', 'other'] as const;

/** A handoff by what happened to it; times in hours before now. */
interface Story {
  sent: number;
  direction: 'out' | 'in';
  state: string;
  stateAfter: number;
  acknowledged: number | null;
  resolved: number | null;
  outcome: string | null;
  /** Days they named, in hours after it was sent, in the order they said so. */
  days: number[];
  last: 'accepted' | 'rejected' | 'resolved' | null;
  reopened: 'applied' | 'late' | null;
  /** It is handed over once more so many hours after it came back. */
  again: number | null;
}

const hours = (max: number) => fc.integer({ min: 0, max });
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: null });
const story: fc.Arbitrary<Story> = fc.record({
  sent: fc.oneof(fc.integer({ min: 1, max: 100 * 24 }), fc.constantFrom(PERIOD * 24 - 1, PERIOD * 24, PERIOD * 24 + 1)),
  direction: fc.constantFrom('out', 'out', 'out', 'in'),
  state: fc.constantFrom(...STATES),
  stateAfter: hours(72),
  acknowledged: maybe(fc.constantFrom(0, 1, 2, 30)),
  resolved: maybe(hours(400)),
  outcome: maybe(fc.constantFrom(...OUTCOMES)),
  days: fc.array(hours(300), { maxLength: 2 }),
  last: maybe(fc.constantFrom('accepted', 'rejected', 'resolved')),
  reopened: maybe(fc.constantFrom('applied', 'late')),
  again: maybe(fc.constantFrom(0, 1, 90 * 24, 90 * 24 + 1)),
});

let world: HandoffWorld;
let caseId: string;
let now: number;
beforeAll(async () => {
  world = await openHandoffs();
  ({ caseId } = await world.taken());
  now = world.rooms.clock.now().getTime();
});
afterAll(() => world.rooms.close());

const aPartner = () => {
  const targets = { acknowledgeMinutes: 60, answerMinutes: 240, returnMinutes: 5000 };
  const each = { low: targets, normal: targets, high: targets, critical: targets };
  return world.partner({ timeZone: 'Europe/Madrid', terms: { ...PartnerTerms.parse({}), targets: each } });
};
const at = (ms: number) => new Date(ms).toISOString();
const day = (ms: number) => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Madrid' }).format(ms);
const sentAt = ({ sent }: Story) => now - sent * HOUR;
const resolvedAt = (one: Story) => (one.resolved === null ? null : sentAt(one) + one.resolved * HOUR);

/** Which figures a story counts in. */
function countsIn(one: Story): HandoffMeasure[] {
  if (one.direction === 'in' || sentAt(one) < now - PERIOD * DAY) return [];
  const [sent, back] = [sentAt(one), resolvedAt(one)];
  const isOver = ENDED.includes(one.state);
  const heard = one.acknowledged === null ? null : sent + one.acknowledged * HOUR;
  const waited = heard ?? (isOver ? sent + one.stateAfter * HOUR : now);
  const until = isOver || one.state === 'resolved' ? back : now;
  const held = one.outcome !== null && ['repaired', 'replaced', 'no_fault'].includes(one.outcome);
  const isAgain = one.again !== null && one.again > 0 && one.again <= 90 * 24;
  return [
    'given',
    ...(heard !== null && heard <= sent + TARGET ? (['acknowledged_in_time'] as const) : []),
    ...(waited > sent + TARGET ? (['acknowledged_late'] as const) : []),
    ...(one.state === 'rejected' || (one.state === 'closed' && one.last === 'rejected') ? (['rejected'] as const) : []),
    ...(until !== null && one.days[0] !== undefined && day(until) > day(sent + one.days[0] * HOUR)
      ? (['overrun'] as const)
      : []),
    ...(back !== null && (one.reopened === 'applied' || (held && isAgain)) ? (['re_repaired'] as const) : []),
  ];
}

const HANDOFF = `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, device_id, ask, gateway, opened_at,
    sent_at, acknowledge_by, acknowledged_at, resolved_at, outcome, document)
  select h.id, 'S-' || h.id, h.direction, $1, h.partner, 1, 'custody', h.state, h.state_at, 'normal', h.device, 'x', 'email', h.sent_at, h.sent_at,
    h.sent_at + interval '1 hour', h.acknowledged_at,
    h.resolved_at, h.outcome, '{}' from jsonb_to_recordset($2::jsonb) as h (id uuid, direction text, partner uuid, state text, state_at timestamptz, device uuid,
    sent_at timestamptz, acknowledged_at timestamptz, resolved_at timestamptz, outcome text)`;
const ENTRY = `insert into handoff_entry (id, handoff_id, seq, side, ours, via, kind, word, audience, by_name, at, recorded_at, applied, because)
  select new_id(), e.of, e.seq, case when e.ours then 'giver' else 'taker' end, e.ours, 'email', e.kind, e.word, 'partner', 'x', e.at, e.at, e.applied,
    case when not e.applied then 'overtaken' end
  from jsonb_to_recordset($1::jsonb) as e (of uuid, seq int, ours boolean, kind text, word jsonb, at timestamptz, applied boolean)`;

/** @returns the handoffs, in the order of their stories */
async function write(stories: Story[], partner: string, elsewhere: string): Promise<string[]> {
  const { db } = world.rooms;
  const told = stories.map((one) => ({ id: newId(), device: newId(), one }));
  await db.query(`insert into device (id, model_name, created_at) select id, 'x', now() from unnest($1::uuid[]) id`, [
    told.map(({ device }) => device),
  ]);
  const rows = told.flatMap(({ id, device, one }) => {
    const back = resolvedAt(one);
    const row = {
      ...{
        id,
        device,
        partner,
        direction: one.direction,
        state: one.state,
        sent_at: at(sentAt(one)),
        outcome: one.outcome,
      },
      state_at: at(sentAt(one) + one.stateAfter * HOUR),
      acknowledged_at: one.acknowledged === null ? null : at(sentAt(one) + one.acknowledged * HOUR),
      resolved_at: back === null ? null : at(back),
    };
    if (one.again === null || back === null) return [row];
    const next = at(back + one.again * HOUR);
    const ended = {
      state: 'closed',
      sent_at: next,
      state_at: next,
      acknowledged_at: null,
      resolved_at: null,
      outcome: null,
    };
    return [row, { ...row, ...ended, id: newId(), partner: elsewhere, direction: 'out' }];
  });
  await db.query(HANDOFF, [caseId, JSON.stringify(rows)]);
  const entries = told.flatMap(({ id, one }) => {
    const said = [
      ...one.days.map((each) => ({
        ours: false,
        kind: 'eta',
        word: { etaAt: at(sentAt(one) + each * HOUR) },
        applied: true,
      })),
      ...(one.last ? [{ ours: false, kind: one.last, word: {}, applied: true }] : []),
      ...(one.reopened ? [{ ours: true, kind: 'reopened', word: {}, applied: one.reopened === 'applied' }] : []),
    ];
    return said.map((each, place) => ({ ...each, of: id, seq: place + 1, at: at(sentAt(one) + place * 1000) }));
  });
  await db.query(ENTRY, [JSON.stringify(entries)]);
  return told.map(({ id }) => id);
}

it('count what a reading in plain words counts, whatever happened', async () => {
  const stories = fc.sample(story, { numRuns: 300, seed: 20_261_123 });
  const [partner, elsewhere] = [await aPartner(), await aPartner()];
  const ids = await write(stories, partner, elsewhere);
  const { manager } = world.rooms.database;
  const cards = await world.rooms.get(ScorecardView).cards(manager, readerOf(world.admin), PERIOD);
  const card = cards.items.find((each) => each.partner.id === partner);
  const measures = [
    'given',
    'acknowledged_in_time',
    'acknowledged_late',
    'rejected',
    'overrun',
    're_repaired',
  ] as const;
  for (const measure of measures) {
    const expected = ids.filter((_, place) => countsIn(stories[place] as Story).includes(measure));
    expect(expected.length).toBeGreaterThan(5);
    expect([measure, card?.counts[measure]]).toEqual([measure, expected.length]);
    const query = { view: 'all', measure, days: PERIOD, partnerId: partner, limit: 400 } as const;
    const { items } = await world.rooms.get(HandoffView).list(manager, readerOf(world.admin), query);
    expect([measure, items.map(({ id }) => id).toSorted()]).toEqual([measure, expected.toSorted()]);
  }
});

interface Plan {
  'Node Type': string;
  'Relation Name'?: string;
  Plans?: Plan[];
}
const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

it('with 50,000 handoffs of 20 companies, the period of one is found without reading all of them', async () => {
  const { database } = world.rooms;
  const partners: string[] = [];
  while (partners.length < 20) partners.push(await aPartner());
  const seen: { Plan: Plan; 'Execution Time': number }[] = [];
  await database.transaction(async (tx) => {
    await tx.query(
      `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, ask, gateway, opened_at, sent_at)
       select new_id(), 'V-' || n, 'out', $1, ($2::uuid[])[n % 20 + 1], 1, 'advise', 'closed', t, 'normal', 'x', 'email', t, t
       from generate_series(1, 50000) n, lateral (select $3::timestamptz - n * interval '20 minutes' as t) x`,
      [caseId, partners, new Date(now)],
    );
    await tx.query('analyze handoff');
    const explain = async (sql: string, values: unknown[]) => {
      const [row]: { 'QUERY PLAN': typeof seen }[] = await tx.query(`explain (analyze, format json) ${sql}`, values);
      seen.push(...(row?.['QUERY PLAN'] ?? []));
      return [];
    };
    // What the views ask is explained and not answered.
    const explained = new Proxy(tx, {
      get: (target, key) => (key === 'query' ? explain : (Reflect.get(target, key) as unknown)),
    });
    const reader = readerOf(world.admin);
    const query = { view: 'all', measure: 'given', days: PERIOD, partnerId: partners[3] ?? '', limit: 50 } as const;
    await world.rooms.get(HandoffView).list(explained, reader, query);
    await world.rooms.get(ScorecardView).cards(explained, reader, PERIOD);
    await tx.query(`delete from handoff where reference like 'V-%'`);
  });
  const read = seen.map(({ Plan: plan, 'Execution Time': ms }) => ({
    ms,
    handoffs: nodesOf(plan)
      .filter((node) => node['Relation Name'] === 'handoff')
      .map((node) => node['Node Type']),
  }));
  expect(read).toHaveLength(2);
  expect(read.map(({ handoffs }) => handoffs.includes('Seq Scan'))).toEqual([false, false]);
});
