import fc from 'fast-check';
import { EMPTY_LEDGER, isLive, type Clock, type Counting, type LedgerLine, type Moment } from './clock.rules.js';
import { advance } from './ledger.rules.js';
import { apart, teamsOf, withTeams } from './sharing.rules.js';

const MINUTE = 60_000;
const ANA = { kind: 'agent', id: '1', name: 'Ana' } as const;
const ALWAYS: Counting = {
  between: (from, to) => (to - from) / MINUTE,
  after: (from, minutes) => from + minutes * MINUTE,
};
const TARGETS = { resolution: { minutes: 30, counting: ALWAYS }, relief: { minutes: 20, counting: ALWAYS } };

const life = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 20 }),
      fc.oneof(
        fc.boolean().map((lacking) => ({ kind: 'lacks' as const, lacking })),
        fc
          .record({
            status: fc.constantFrom('open' as const, 'open' as const, 'restored' as const, 'dropped' as const),
            waitingFor: fc.constantFrom(null, 'customer' as const, 'partner' as const, 'parts' as const),
          })
          .map((to) => ({ kind: 'status' as const, ...to, waitingFor: to.status === 'open' ? to.waitingFor : null })),
      ),
    ),
    { maxLength: 20 },
  )
  .map((steps) => {
    let minute = 0;
    const opened: Moment = { at: 0, actor: ANA, kind: 'opened' };
    return [opened, ...steps.map(([pause, what]): Moment => ({ at: (minute += pause) * MINUTE, actor: ANA, ...what }))];
  });

/** Rows and lines as they would be kept, read by portions of moments, and what they tell of teams. */
function kept(moments: Moment[], portion: number) {
  const rows = new Map<string, Clock>();
  const lines: LedgerLine[] = [];
  let ledger = EMPTY_LEDGER;
  for (let from = 0; from < moments.length; from += portion) {
    const stored = [...rows.values()];
    const before = { ...ledger, clocks: withTeams(stored) };
    let now = before;
    const said: LedgerLine[] = [];
    for (const moment of moments.slice(from, from + portion)) {
      const next = advance(now, moment, TARGETS);
      now = next.ledger;
      said.push(...next.lines);
    }
    const changed = now.clocks.filter((clock) => !before.clocks.includes(clock));
    const own = apart(teamsOf(stored), now.clocks, { changed, lines: said });
    for (const clock of own.changed) rows.set(`${clock.metric} ${clock.side} ${clock.round}`, clock);
    lines.push(...own.lines);
    ledger = now;
  }
  return { rows: [...rows.values()], lines };
}

/** All that is told of the clock of a team: the customer's lines until its first own. That it was started its row says. */
const told = (lines: LedgerLine[], metric: string, round: number) => {
  const ours = lines.filter((line) => line.metric === metric && line.round === round && line.type !== 'started');
  const first = ours.findIndex(({ side }) => side === 'team');
  return ours.filter(({ side }, at) => side === 'team' || first < 0 || at < first).map(({ side: _, ...line }) => line);
};

it('nothing is lost of the clocks of teams that are no rows of their own', () => {
  fc.assert(
    fc.property(life, fc.integer({ min: 1, max: 5 }), (moments, portion) => {
      let ledger = EMPTY_LEDGER;
      const lines: LedgerLine[] = [];
      for (const moment of moments) {
        const next = advance(ledger, moment, TARGETS);
        ledger = next.ledger;
        lines.push(...next.lines);
      }
      const rows = kept(moments, portion);
      for (const team of ledger.clocks.filter(({ side }) => side === 'team')) {
        expect(withTeams(rows.rows)).toContainEqual(team);
        expect(told(rows.lines, team.metric, team.round)).toEqual(
          lines
            .filter(
              (line) =>
                line.side === 'team' &&
                line.metric === team.metric &&
                line.round === team.round &&
                line.type !== 'started',
            )
            .map(({ side: _, ...line }) => line),
        );
      }
    }),
    { numRuns: 1000 },
  );
});

it('of a case nobody else has in hand the team has no row', () => {
  const opened: Moment = { at: 0, actor: ANA, kind: 'opened' };
  const closed: Moment = { at: 50 * MINUTE, actor: ANA, kind: 'status', status: 'closed', waitingFor: null };
  const { rows, lines } = kept([opened, closed], 1);
  expect(rows.map(({ metric, side }) => [metric, side])).toEqual([['resolution', 'customer']]);
  expect(rows.some(isLive)).toBe(false);
  expect(lines.map(({ side, type }) => [side, type])).toEqual([
    ['customer', 'started'],
    ['customer', 'breached'],
    ['customer', 'met'],
  ]);
});
