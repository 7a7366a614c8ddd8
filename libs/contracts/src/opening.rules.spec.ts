import { openingOf, type OpeningHours } from './opening.rules.js';

const SPLIT = [
  { from: '10:00', to: '14:00' },
  { from: '17:00', to: '20:30' },
];
const HOURS: OpeningHours = {
  weekly: { mon: SPLIT, tue: SPLIT, wed: SPLIT, thu: SPLIT, fri: SPLIT, sat: [{ from: '10:00', to: '14:00' }] },
  exceptions: [
    { date: '2026-12-25', spans: [] },
    { date: '2026-12-27', spans: [{ from: '11:00', to: '19:00' }] },
  ],
};
const madrid = (moment: string) => openingOf(HOURS, 'Europe/Madrid', new Date(moment));

it.each([
  ['in the morning', '2026-11-23T09:30:00Z', { open: true, until: '14:00', next: null }],
  ['at noon', '2026-11-23T14:00:00Z', { open: false, next: { date: '2026-11-23', from: '17:00' } }],
  ['as it closes', '2026-11-23T13:00:00Z', { open: false, next: { date: '2026-11-23', from: '17:00' } }],
  ['as it opens', '2026-11-23T09:00:00Z', { open: true, until: '14:00' }],
  [
    'on Saturday afternoon',
    '2026-11-21T15:00:00Z',
    { open: false, next: { date: '2026-11-23', weekday: 'mon', from: '10:00' } },
  ],
  ['at Christmas', '2026-12-25T10:00:00Z', { open: false, today: [], next: { date: '2026-12-26', weekday: 'sat' } }],
  ['on the Sunday it opens', '2026-12-27T11:00:00Z', { open: true, until: '19:00' }],
])('%s', (_, moment, expected) => {
  expect(madrid(moment)).toMatchObject(expected);
});

it('reads the clock of the place', () => {
  const noon = new Date('2026-11-23T13:30:00Z');
  expect(openingOf(HOURS, 'Europe/Madrid', noon).open).toBe(false);
  expect(openingOf(HOURS, 'Atlantic/Canary', noon).open).toBe(true);
});

it('knows no next time of a store that never opens', () => {
  expect(openingOf({ weekly: {}, exceptions: [] }, 'Europe/Madrid', new Date())).toMatchObject({
    open: false,
    next: null,
    today: [],
  });
});

it('is either open until some time, or opens next at one, at every minute of two weeks', () => {
  for (let minute = 0; minute < 14 * 24 * 60; minute += 7) {
    const { open, until, next } = openingOf(HOURS, 'Europe/Madrid', new Date(Date.UTC(2026, 9, 18, 0, minute)));
    expect(open).toBe(until !== null);
    expect(open).toBe(next === null);
  }
});
