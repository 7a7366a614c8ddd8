import fc from 'fast-check';
import { isQuiet, QuietDay, USUAL_PREFERENCES, type NotificationPreferences, type QuietHours } from '#contracts';
import { mailAt, quietEndsAt } from './quiet-end.rules.js';

const NIGHT: QuietHours = { from: '22:00', to: '07:30', days: [...QuietDay.options], timeZone: 'Europe/Madrid' };
const ZONES = [
  'Europe/Madrid',
  'Atlantic/Canary',
  'America/Mexico_City',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/New_York',
];

/** Whether the clock on the wall was put back at that minute. */
const wentBack = (minute: number, timeZone: string): boolean => {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return wall.format(minute) < wall.format(minute - 60_000);
};

describe('quiet hours', () => {
  it.each<[string, string, Partial<QuietHours>, boolean]>([
    ['before it begins', '2026-11-20T20:59:59Z', {}, false],
    ['when it begins', '2026-11-20T21:00:00Z', {}, true],
    ['after midnight', '2026-11-21T02:00:00Z', {}, true],
    ['in its last minute', '2026-11-21T06:29:59Z', {}, true],
    ['when it ends', '2026-11-21T06:30:00Z', {}, false],
    ['the night into Saturday, when only Friday’s is quiet', '2026-11-21T02:00:00Z', { days: ['fri'] }, true],
    ['the night into Friday, when only Friday’s is quiet', '2026-11-20T02:00:00Z', { days: ['fri'] }, false],
    ['within a day', '2026-11-20T13:00:00Z', { from: '13:30', to: '15:00' }, true],
    ['a whole day', '2026-11-21T11:00:00Z', { from: '00:00', to: '00:00', days: ['sat'] }, true],
    ['the day after a whole day', '2026-11-22T11:00:00Z', { from: '00:00', to: '00:00', days: ['sat'] }, false],
  ])('%s', (_name, at, more, quiet) => expect(isQuiet(new Date(at), { ...NIGHT, ...more })).toBe(quiet));

  it.each<[string, string, Partial<QuietHours>, string | null]>([
    ['by day, at once', '2026-11-20T12:00:00Z', {}, '2026-11-20T12:00:00.000Z'],
    ['by night, in the morning', '2026-11-20T23:00:00Z', {}, '2026-11-21T06:30:00.000Z'],
    ['the night that is an hour shorter', '2026-03-28T22:00:00Z', {}, '2026-03-29T05:30:00.000Z'],
    ['the night that is an hour longer', '2026-10-24T21:00:00Z', {}, '2026-10-25T06:30:00.000Z'],
    [
      'a quiet weekend, on Monday',
      '2026-11-21T12:00:00Z',
      { from: '00:00', to: '00:00', days: ['sat', 'sun'] },
      '2026-11-22T23:00:00.000Z',
    ],
    ['always, never', '2026-11-21T12:00:00Z', { from: '00:00', to: '00:00' }, null],
  ])('ends: %s', (_name, at, more, ends) =>
    expect(quietEndsAt(new Date(at), { ...NIGHT, ...more })?.toISOString() ?? null).toBe(ends),
  );

  it('ends in the first minute that is not quiet, in every zone and through every change of the clocks', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom('00', '30', '45'))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
    const quiet = fc.record({
      from: time,
      to: time,
      days: fc.uniqueArray(fc.constantFrom(...QuietDay.options), { minLength: 1, maxLength: 3 }),
      timeZone: fc.constantFrom(...ZONES),
    });
    // Around the changes of both hemispheres.
    const at = fc
      .constantFrom('2026-03-28', '2026-04-04', '2026-10-24', '2026-10-03', '2026-11-01', '2026-03-07')
      .chain((day) =>
        fc
          .integer({ min: 0, max: 48 * 60 })
          .map((minutes) => new Date(Date.parse(`${day}T00:00:00Z`) + minutes * 60_000)),
      );
    fc.assert(
      fc.property(quiet, at, (hours, now) => {
        const ends = quietEndsAt(now, hours);
        let minute = now.getTime();
        while (isQuiet(new Date(minute), hours)) minute += 60_000;
        // What begins within the hour that comes twice is not broken off when that hour begins anew.
        if (!wentBack(minute, hours.timeZone)) expect(ends?.getTime()).toBe(minute);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what leaves by mail, and when', () => {
  const now = new Date('2026-11-20T23:00:00Z');
  const morning = '2026-11-21T06:30:00.000Z';
  const wish = (more: Partial<NotificationPreferences> = {}): NotificationPreferences => ({
    ...USUAL_PREFERENCES,
    quiet: NIGHT,
    ...more,
  });
  const asked = { kind: 'escalated' as const, values: { acknowledgeBy: '2026-11-20T23:15:00.000Z' } };
  const unasked = { kind: 'escalated' as const, values: { acknowledgeBy: null } };
  const wrote = { kind: 'customer_wrote' as const, values: {} };
  it.each<[string, Parameters<typeof mailAt>[0], NotificationPreferences, string | null]>([
    ['what nobody chose, never', wrote, wish(), null],
    ['what somebody chose, after their night', wrote, wish({ mail: ['customer_wrote'] }), morning],
    ['what has to be acknowledged, at once', asked, wish(), now.toISOString()],
    ['unless they chose to sleep', asked, wish({ urgentInQuiet: false }), morning],
    ['what has not, after their night', unasked, wish(), morning],
    [
      'what they are only to know, after their night',
      { ...asked, kind: 'escalation_told' },
      wish({ mail: ['escalation_told'] }),
      morning,
    ],
  ])('%s', (_name, telling, preferences, at) =>
    expect(mailAt(telling, preferences, now)?.toISOString() ?? null).toBe(at),
  );
});
