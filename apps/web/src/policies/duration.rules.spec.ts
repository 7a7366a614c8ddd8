import fc from 'fast-check';
import { durationText, minutesOf } from './duration.rules.js';

it.each([
  ['15', 15],
  ['15 min', 15],
  ['45 minutos', 45],
  ['1 minute', 1],
  ["20'", 20],
  ['1 h 30', 90],
  ['1h30', 90],
  ['1h 30m', 90],
  ['1:30', 90],
  ['48:00', 2880],
  ['1,5 h', 90],
  ['1.5 hours', 90],
  ['2 horas y 5 minutos', 125],
  ['2 hours and 5 minutes', 125],
  ['2 hrs.', 120],
  ['2 d', 2880],
  ['2 días', 2880],
  ['1 dia', 1440],
  ['3 days', 4320],
  ['2 d 4', 3120],
  ['1 día, 4 h, 20 min', 1700],
  ['1 semana', 10080],
  ['2 weeks 1 day', 21600],
  ['  1 H 30 Min ', 90],
])('%s is %i minutes', (typed, minutes) => {
  expect(minutesOf(typed)).toBe(minutes);
});

it.each([
  '',
  '   ',
  '0',
  '0 min',
  'mañana',
  'hora y media',
  '-5',
  '1 h 2 h',
  '30 min 1 h',
  '1:75',
  '3 lunas',
  '99999999',
  '1 h x',
  '1e3',
])('%s is no length of time', (typed) => {
  expect(minutesOf(typed)).toBeNull();
});

it('what is shown is read as what it was', () => {
  expect([15, 60, 90, 1440, 2885, 1530].map(durationText)).toEqual([
    '15 min',
    '1 h',
    '1 h 30 min',
    '1 d',
    '2 d 5 min',
    '1 d 1 h 30 min',
  ]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_256_000 }), (minutes) => minutesOf(durationText(minutes)) === minutes),
    { numRuns: 500 },
  );
});
