import fc from 'fast-check';
import type { LoanRung } from '#contracts';
import { daysLater, dueOf, faultOf, followsOf, keepLook, localDate, nextRung } from './due.rules.js';

const TERMS = { graceDays: 2, plainDays: 14, timeZone: 'Europe/Madrid' };
const at = (text: string) => new Date(text);
const started = {
  startedAt: at('2026-03-02T10:00:00Z'),
  repairId: null,
  promisedAt: null,
  repairBackAt: null,
  extendedTo: null,
};
const repaired = { ...started, repairId: 'r', promisedAt: at('2026-03-10T17:00:00Z') };

describe('when a loaner is due', () => {
  it.each([
    ['without a repair: so many days', started, '2026-03-16T10:00:00Z'],
    ['with one nothing is promised of: so many days', { ...started, repairId: 'r' }, '2026-03-16T10:00:00Z'],
    ['two days after the repair is promised', repaired, '2026-03-12T17:00:00Z'],
    ['and moves with it', { ...repaired, promisedAt: at('2026-03-13T17:00:00Z') }, '2026-03-15T17:00:00Z'],
    [
      'two days after it is really back',
      { ...repaired, repairBackAt: at('2026-03-20T09:00:00Z') },
      '2026-03-22T09:00:00Z',
    ],
    ['never before what was agreed', { ...repaired, extendedTo: at('2026-03-30T12:00:00Z') }, '2026-03-30T12:00:00Z'],
    ['nor sooner for it', { ...repaired, extendedTo: at('2026-03-05T12:00:00Z') }, '2026-03-12T17:00:00Z'],
    // The clocks go forward on the 29th: the same time on the wall is an hour less.
    ['by the clock on the wall', { ...repaired, promisedAt: at('2026-03-28T17:00:00Z') }, '2026-03-30T16:00:00Z'],
  ])('%s', (_words, facts, due) => expect(dueOf(facts, TERMS)).toEqual(at(due)));

  it('moves by as much as the promise does', () => {
    const days = fc.integer({ min: 0, max: 400 });
    fc.assert(
      fc.property(days, days, (first, slip) => {
        const promisedAt = daysLater(started.startedAt, first, TERMS.timeZone);
        const before = dueOf({ ...repaired, promisedAt }, TERMS);
        const after = dueOf({ ...repaired, promisedAt: daysLater(promisedAt, slip, TERMS.timeZone) }, TERMS);
        const dates = [before, after].map((each) => Date.parse(localDate(each, TERMS.timeZone)));
        return (dates[1] ?? 0) - (dates[0] ?? 0) === slip * 86_400_000;
      }),
    );
  });

  it('says what it follows', () => {
    expect(followsOf(repaired)).toBe('repair');
    expect(followsOf({ ...repaired, promisedAt: null })).toBe('days');
    expect(followsOf(started)).toBe('days');
  });
});

const HOURS = { reminder: 12, call: 72, supervisor: 168 };
const out = { state: 'active' as const, dueAt: at('2026-03-12T17:00:00Z'), repairId: null, repairBackAt: null };

describe('whose turn it is when it is late', () => {
  it.each([
    ['nobody, while it is not', out, '2026-03-12T17:00:00Z', null],
    ['the customer, without a repair', out, '2026-03-12T17:00:01Z', 'customer'],
    ['ours, while their phone is away', { ...out, repairId: 'r' }, '2026-06-01T00:00:00Z', 'ours'],
    [
      'the customer, once it is back',
      { ...out, repairId: 'r', repairBackAt: at('2026-03-11T00:00:00Z') },
      '2026-03-13T00:00:00Z',
      'customer',
    ],
    ['nobody, when it is returned', { ...out, state: 'returned' as const }, '2026-06-01T00:00:00Z', null],
  ])('%s', (_words, loan, now, fault) => expect(faultOf(loan, at(now))).toBe(fault));

  it('nobody is dunned while their phone is away, whenever one looks', () =>
    expect(nextRung({ ...out, repairId: 'r' }, HOURS, { rungs: [], lastAt: null })).toBeNull());

  it('a friendly word, a call, a supervisor: each once, in this order, never closer than agreed', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(delays, (late) => {
        const rungs: LoanRung[] = [];
        const times: number[] = [];
        let now = out.dueAt.getTime();
        for (const hours of late) {
          const next = nextRung(out, HOURS, { rungs, lastAt: times.length > 0 ? new Date(times.at(-1) ?? 0) : null });
          if (!next) break;
          now = Math.max(now, next.at.getTime()) + hours * 3_600_000;
          rungs.push(next.rung);
          times.push(now);
        }
        const gaps = [times[0] ?? 0, (times[1] ?? 0) - (times[0] ?? 0), (times[2] ?? 0) - (times[1] ?? 0)];
        return (
          rungs.join() === 'reminder,call,supervisor' &&
          (gaps[0] ?? 0) >= out.dueAt.getTime() + 12 * 3_600_000 &&
          (gaps[1] ?? 0) >= 60 * 3_600_000 &&
          (gaps[2] ?? 0) >= 96 * 3_600_000
        );
      }),
    );
  });
});

describe('what is kept for somebody', () => {
  const until = at('2026-03-03T10:00:00Z');
  it('is told of before it ends', () =>
    expect(keepLook(until, 120, null)).toEqual({ do: 'warn', at: at('2026-03-03T08:00:00Z') }));
  it.each([
    ['in time', '2026-03-03T08:00:00Z', '2026-03-03T10:00:00Z'],
    ['late, because nobody looked', '2026-03-03T11:00:00Z', '2026-03-03T13:00:00Z'],
  ])('is never given up without having been told %s', (_words, warned, released) =>
    expect(keepLook(until, 120, at(warned))).toEqual({ do: 'release', at: at(released) }),
  );
});
