import { raised, returnedFrom } from './repeat.rules.js';
import type { TermParameter } from './terms.rules.js';

const rule = (kind: TermParameter['kind'], months: number): TermParameter => ({
  ...{ id: kind, country: 'ES', kind, label: '', months, validFrom: '2007-12-01', validUntil: null },
  ...{ clause: kind, source: 'law', url: null, es: 'es', en: 'en' },
});
const window = rule('repeat_window', 6);
const law = rule('repeat_after_repair', 12);
const earlier = { since: '2025-09-02', outcome: null };

describe('a fault that is back', () => {
  it.each([
    ['within both', '2026-03-02', window, law, { months: 12, free: law }],
    ['on the last day of the law', '2026-09-02', window, law, { months: 12, free: law }],
    ['a day later', '2026-09-03', window, law, null],
    ['where only the house looks', '2026-03-02', window, null, { months: 6, free: null }],
    ['after the window, with no law', '2026-03-03', window, null, null],
    ['with no rule at all', '2025-09-03', null, null, null],
  ])('%s', (_name, today, house, legal, expected) =>
    expect(returnedFrom(earlier, today, house, legal)).toEqual(expected),
  );

  it('is linked and not free where it was not covered then', () => {
    const refused = { ...earlier, outcome: 'not_covered' as const };
    expect(returnedFrom(refused, '2026-03-02', window, law)).toEqual({ months: 12, free: null });
  });
});

it('goes one step up, and stays at the top', () => {
  expect((['low', 'normal', 'high', 'critical'] as const).map(raised)).toEqual([
    'normal',
    'high',
    'critical',
    'critical',
  ]);
});
