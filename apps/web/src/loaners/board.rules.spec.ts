import { LoanerState, type Loaner } from '#contracts';
import { partOf, partsOf } from './board.rules.js';

const loaner = (label: string, more: Partial<Loaner> = {}): Loaner => ({
  id: label,
  label,
  imei: null,
  model: { id: 'm', brand: 'Auriga', name: 'Uno', os: 'android', sims: ['nano'] },
  grade: 'B',
  state: 'available',
  stateAt: '2026-03-01T00:00:00.000Z',
  store: { id: 's', name: 'Goya' },
  note: null,
  loan: null,
  cleaningId: null,
  cleaned: [],
  transfer: null,
  ...more,
});
const loan = (more: Partial<NonNullable<Loaner['loan']>>): NonNullable<Loaner['loan']> => ({
  ...{
    id: 'l',
    state: 'active',
    caseId: null,
    reference: null,
    customer: null,
    keepUntil: null,
    dueAt: null,
    fault: null,
  },
  ...more,
});

it('has a place for every state but what is gone', () =>
  expect(LoanerState.options.map((state) => partOf({ state, loan: null }))).toEqual([
    ...['available', 'pick_up', 'out', 'hygiene', 'away', 'away', null, null],
  ]));

it('what is late through the customer is asked for; what is late through us is just out', () => {
  expect(partOf({ state: 'on_loan', loan: loan({ fault: 'customer' }) })).toBe('overdue');
  expect(partOf({ state: 'on_loan', loan: loan({ fault: 'ours' }) })).toBe('out');
});

it('each part is in the order it ends, then by what is written on them', () => {
  const out = (label: string, dueAt: string) => loaner(label, { state: 'on_loan', loan: loan({ dueAt }) });
  const { out: parts, available } = partsOf(
    [out('b', '2026-03-09'), out('a', '2026-03-10'), loaner('d'), loaner('c')],
    [],
  );
  expect(parts.map(({ label }) => label)).toEqual(['b', 'a']);
  expect(available.map(({ label }) => label)).toEqual(['c', 'd']);
});
