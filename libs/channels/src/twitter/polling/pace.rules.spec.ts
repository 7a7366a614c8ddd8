import fc from 'fast-check';
import { brings, pauseUntilNextLook, type Pace } from './pace.rules.js';

const NOW = new Date('2026-11-20T10:00:00Z');
const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
const MINUTE = 60_000;
const pace = (more: Partial<Pace> = {}): Pace => ({
  everyMs: MINUTE,
  now: NOW,
  lastFoundAt: null,
  webhook: { isValid: true, lastInAt: ago(MINUTE) },
  ...more,
});

describe('the pause until the next look', () => {
  it('is long while the webhook brings everything', () => {
    expect(pauseUntilNextLook(pace())).toBe(5 * MINUTE);
    expect(pauseUntilNextLook(pace({ everyMs: 1000 }))).toBe(5000);
    expect(pauseUntilNextLook(pace({ everyMs: 10 * MINUTE }))).toBe(10 * MINUTE);
  });

  it.each([
    ['X takes the address for invalid', { webhook: { isValid: false, lastInAt: ago(MINUTE) } }],
    ['the webhook has never brought anything', { webhook: { isValid: true, lastInAt: null } }],
    ['it has brought nothing for a day', { webhook: { isValid: true, lastInAt: ago(25 * 60 * MINUTE) } }],
    ['a look has just found something', { lastFoundAt: ago(2 * MINUTE) }],
    [
      'a look found something and the webhook is silent since',
      { lastFoundAt: ago(30 * MINUTE), webhook: { isValid: true, lastInAt: ago(40 * MINUTE) } },
    ],
  ])('is short when %s', (_why, more) => {
    expect(pauseUntilNextLook(pace(more))).toBe(MINUTE);
  });

  it('is long again once the webhook brings something after what it had missed', () => {
    expect(brings(pace({ lastFoundAt: ago(30 * MINUTE) }))).toBe(true);
    expect(pauseUntilNextLook(pace({ lastFoundAt: ago(30 * MINUTE) }))).toBe(5 * MINUTE);
  });

  it('is never shorter than the usual one, and at most five times as long', () => {
    const moment = fc.option(fc.integer({ min: 0, max: 3 * 86_400_000 }).map(ago), { nil: null });
    fc.assert(
      fc.property(
        fc.integer({ min: 50, max: 3_600_000 }),
        moment,
        fc.boolean(),
        moment,
        (everyMs, lastFoundAt, isValid, lastInAt) => {
          const pause = pauseUntilNextLook({ everyMs, now: NOW, lastFoundAt, webhook: { isValid, lastInAt } });
          expect(pause).toBeGreaterThanOrEqual(everyMs);
          expect(pause).toBeLessThanOrEqual(5 * everyMs);
        },
      ),
    );
  });
});
