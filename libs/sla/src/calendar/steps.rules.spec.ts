import type { Timetable } from './calendar.rules.js';
import { explain } from './steps.rules.js';

const MORNING = [{ from: '09:00', to: '14:00' }];
const MADRID: Timetable = [
  {
    timeZone: 'Europe/Madrid',
    weekly: { mon: MORNING, tue: MORNING, wed: MORNING },
    exceptions: [{ date: '2026-12-08', spans: [], name: 'Inmaculada' }],
  },
];
const told = (timetable: Timetable, from: string, minutes: number) => {
  const preview = explain(timetable, Date.parse(from), minutes);
  return {
    dueAt: preview?.dueAt,
    steps: preview?.steps.map(({ kind, localFrom, localTo, minutes: counted, total }) => [
      kind,
      localFrom,
      localTo,
      counted,
      total,
    ]),
  };
};

it('tells when it was open and when it was not, and which day was another', () => {
  expect(told(MADRID, '2026-12-07T12:00:00Z', 90)).toEqual({
    dueAt: '2026-12-09T08:30:00.000Z',
    steps: [
      ['counted', '2026-12-07T13:00', '2026-12-07T14:00', 60, 60],
      ['closed', '2026-12-07T14:00', '2026-12-09T09:00', 0, 60],
      ['counted', '2026-12-09T09:00', '2026-12-09T09:30', 30, 90],
    ],
  });
  const closed = explain(MADRID, Date.parse('2026-12-07T12:00:00Z'), 90)?.steps[1];
  expect(closed?.exceptions).toEqual([{ date: '2026-12-08', name: 'Inmaculada' }]);
});

it('tells of clocks put back in the night', () => {
  const nights: Timetable = [
    { timeZone: 'Europe/Madrid', weekly: { sat: [{ from: '22:00', to: '06:00' }] }, exceptions: [] },
  ];
  expect(told(nights, '2026-10-24T22:00:00Z', 300).steps).toEqual([
    ['counted', '2026-10-25T00:00', '2026-10-25T03:00', 180, 180],
    ['clock_change', '2026-10-25T03:00', '2026-10-25T02:00', -60, 180],
    ['counted', '2026-10-25T02:00', '2026-10-25T04:00', 120, 300],
  ]);
});

it('tells what is too long in one step', () => {
  const { dueAt, steps = [] } = told(MADRID, '2026-12-07T12:00:00Z', 1_000_000);
  expect(dueAt).toMatch(/^204/u);
  expect(steps.filter(([kind]) => kind !== 'clock_change')).toHaveLength(401);
  expect(steps.at(-1)?.[0]).toBe('more');
  expect(steps.at(-1)?.[4]).toBe(1_000_000);
});

it('says nothing of what never comes', () => {
  expect(explain([{ timeZone: 'UTC', weekly: {}, exceptions: [] }], 0, 1)).toBeNull();
});
