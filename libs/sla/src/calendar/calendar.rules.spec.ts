import type { OpeningSpan } from '#contracts';
import {
  dueAt,
  everOpens,
  isOpenAt,
  minutesBetween,
  nextOpening,
  stretchAt,
  type Timetable,
} from './calendar.rules.js';

const at = (iso: string): number => Date.parse(iso);
const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString());

const MORNING: OpeningSpan = { from: '09:00', to: '14:00' };
const AFTERNOON: OpeningSpan = { from: '16:00', to: '19:00' };
const WORKDAYS = {
  mon: [MORNING, AFTERNOON],
  tue: [MORNING, AFTERNOON],
  wed: [MORNING],
  thu: [MORNING],
  fri: [MORNING],
};
const MADRID: Timetable = [{ timeZone: 'Europe/Madrid', weekly: WORKDAYS, exceptions: [] }];
const daily = (timeZone: string, ...spans: OpeningSpan[]): Timetable => [
  {
    timeZone,
    weekly: { mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans },
    exceptions: [],
  },
];

it('goes on after the break and after the weekend', () => {
  // Monday, 16 November 2026, 13:30 in Madrid.
  expect(iso(dueAt(MADRID, at('2026-11-16T12:30:00Z'), 60))).toBe('2026-11-16T15:30:00.000Z');
  expect(iso(dueAt(MADRID, at('2026-11-20T12:30:00Z'), 60))).toBe('2026-11-23T08:30:00.000Z');
  expect(minutesBetween(MADRID, at('2026-11-20T12:30:00Z'), at('2026-11-23T08:30:00Z'))).toBe(60);
});

it('is due when it closes, not when it opens again', () => {
  expect(iso(dueAt(MADRID, at('2026-11-16T08:00:00Z'), 300))).toBe('2026-11-16T13:00:00.000Z');
});

it('takes parts of minutes as they are', () => {
  expect(iso(dueAt(MADRID, at('2026-11-16T08:00:30Z'), 1))).toBe('2026-11-16T08:01:30.000Z');
  expect(minutesBetween(MADRID, at('2026-11-16T07:59:45Z'), at('2026-11-16T08:00:15Z'))).toBe(0.25);
});

it('counts the repeated hour twice and the skipped one not at all', () => {
  const night = daily('Europe/Madrid', { from: '02:00', to: '03:00' });
  expect(minutesBetween(night, at('2026-10-24T12:00:00Z'), at('2026-10-25T12:00:00Z'))).toBe(120);
  expect(minutesBetween(night, at('2026-03-28T12:00:00Z'), at('2026-03-29T12:00:00Z'))).toBe(0);
  const half = daily('Australia/Lord_Howe', { from: '01:00', to: '03:00' });
  expect(minutesBetween(half, at('2026-04-04T12:00:00Z'), at('2026-04-04T18:00:00Z'))).toBe(150);
  expect(minutesBetween(half, at('2026-10-03T12:00:00Z'), at('2026-10-03T18:00:00Z'))).toBe(90);
});

it('a span over midnight belongs to the date it begins on', () => {
  const nights: Timetable = [
    {
      timeZone: 'Asia/Kolkata',
      weekly: { mon: [{ from: '22:00', to: '06:00' }] },
      exceptions: [{ date: '2026-11-17', spans: [] }],
    },
  ];
  expect(minutesBetween(nights, at('2026-11-16T00:00:00Z'), at('2026-11-19T00:00:00Z'))).toBe(480);
  const cancelled: Timetable = [{ ...nights[0]!, exceptions: [{ date: '2026-11-16', spans: [] }] }];
  expect(minutesBetween(cancelled, at('2026-11-16T00:00:00Z'), at('2026-11-19T00:00:00Z'))).toBe(0);
});

it('spans that overlap are open once', () => {
  const twice = daily('UTC', { from: '09:00', to: '12:00' }, { from: '11:00', to: '13:00' });
  expect(minutesBetween(twice, at('2026-11-16T00:00:00Z'), at('2026-11-17T00:00:00Z'))).toBe(240);
});

it('an exception replaces the spans of its date', () => {
  const eve: Timetable = [
    { ...MADRID[0]!, exceptions: [{ date: '2026-12-24', spans: [{ from: '09:00', to: '11:00' }] }] },
  ];
  expect(minutesBetween(eve, at('2026-12-24T00:00:00Z'), at('2026-12-25T00:00:00Z'))).toBe(120);
});

it('each version holds from its date on', () => {
  const [hours] = MADRID;
  const shorter = { ...hours!, weekly: { mon: [{ from: '10:00', to: '11:00' }] }, validFrom: '2026-11-23' };
  const both: Timetable = [hours!, shorter];
  expect(minutesBetween(both, at('2026-11-16T00:00:00Z'), at('2026-11-17T00:00:00Z'))).toBe(480);
  expect(minutesBetween(both, at('2026-11-23T00:00:00Z'), at('2026-11-24T00:00:00Z'))).toBe(60);
  expect(iso(dueAt(both, at('2026-11-20T12:30:00Z'), 60))).toBe('2026-11-23T09:30:00.000Z');
});

it('never opens: says so at once', () => {
  const closed: Timetable = [
    { timeZone: 'Europe/Madrid', weekly: {}, exceptions: [{ date: '2026-11-16', spans: [MORNING] }] },
  ];
  expect(dueAt(closed, at('2026-11-16T08:00:00Z'), 301)).toBeNull();
  expect(iso(dueAt(closed, at('2026-11-16T08:00:00Z'), 300))).toBe('2026-11-16T13:00:00.000Z');
  expect(nextOpening(closed, at('2026-11-16T13:00:00Z'))).toBeNull();
  expect([everOpens(closed, at('2026-01-01T00:00:00Z')), everOpens(closed, at('2027-01-01T00:00:00Z'))]).toEqual([
    true,
    false,
  ]);
  // Only in the hour that is skipped.
  const skipped: Timetable = [
    {
      timeZone: 'Europe/Madrid',
      weekly: {},
      exceptions: [{ date: '2026-03-29', spans: [{ from: '02:00', to: '03:00' }] }],
    },
  ];
  expect(dueAt(skipped, at('2026-01-01T00:00:00Z'), 1)).toBeNull();
});

it('no minutes are due at once, open or not', () => {
  const night = at('2026-11-16T01:00:00Z');
  expect(dueAt(MADRID, night, 0)).toBe(night);
  expect(isOpenAt(MADRID, night)).toBe(false);
  expect(iso(nextOpening(MADRID, night))).toBe('2026-11-16T08:00:00.000Z');
});

it('what is years away costs no more than what is near', () => {
  const from = at('2026-11-16T08:00:00Z');
  const due = dueAt(MADRID, from, 1_000_000) ?? 0;
  expect(minutesBetween(MADRID, from, due)).toBe(1_000_000);
  const begun = performance.now();
  for (let turn = 0; turn < 2_000; turn += 1) dueAt(MADRID, from + turn * 60_000, 1_000_000);
  // A tenth of a millisecond each is ten times what it takes; a walk by minutes would take a thousand times as long.
  expect(performance.now() - begun).toBeLessThan(2_000);
  expect(iso(nextOpening(MADRID, at('2199-01-01T00:00:00Z')))).toBe('2199-01-01T08:00:00.000Z');
});

it('tells what holds now and until when', () => {
  expect(stretchAt(MADRID, at('2026-11-16T12:30:00Z'))).toEqual({
    isOpen: true,
    until: at('2026-11-16T13:00:00Z'),
    offset: 3_600_000,
  });
  expect(stretchAt(MADRID, at('2026-11-16T20:00:00Z'))).toMatchObject({
    isOpen: false,
    until: at('2026-11-16T23:00:00Z'),
  });
});
