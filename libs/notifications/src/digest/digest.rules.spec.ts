import { awaySince, saidUntil } from './digest.rules.js';

const NOW = new Date('2026-11-23T07:10:00Z');

it('says what is due up to the full hour after the next two', () => {
  expect(saidUntil(NOW, 'Europe/Madrid').toISOString()).toBe('2026-11-23T10:00:00.000Z');
  expect(saidUntil(NOW, 'Asia/Kolkata').toISOString()).toBe('2026-11-23T09:30:00.000Z');
});

it('goes back to when they left, a night when nobody knows, two weeks at most', () => {
  expect(awaySince(NOW, new Date('2026-11-22T17:00:00Z')).toISOString()).toBe('2026-11-22T17:00:00.000Z');
  expect(awaySince(NOW, null).toISOString()).toBe('2026-11-22T15:10:00.000Z');
  expect(awaySince(NOW, new Date('2026-01-01T00:00:00Z')).toISOString()).toBe('2026-11-09T07:10:00.000Z');
});
