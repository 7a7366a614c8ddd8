import { nextTryAt, rounds } from './mail.drain.rules.js';

it('waits longer after each failure, never more than an hour', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  const waits = [1, 2, 3, 7, 20].map((attempts) => (nextTryAt(now, attempts).getTime() - now.getTime()) / 1000);
  expect(waits).toEqual([5, 20, 80, 3600, 3600]);
});

it('reads small mails side by side and large ones alone', () => {
  const mails = [1, 9e6, 2, 3, 8e6].map((size) => ({ size }));
  expect(rounds(mails, 2).map((round) => round.map((mail) => mail.size))).toEqual([[1, 2], [3], [9e6], [8e6]]);
});
