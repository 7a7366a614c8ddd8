import { takesFiles } from '#contracts';
import { brokenOutcome, exhaustedUntil, mediaKind, refusedOutcome } from './send-outcome.rules.js';

const NOW = new Date('2026-11-03T10:00:00.000Z');
const refusal = (status: number, body: unknown = {}, resetAt: Date | null = null) =>
  refusedOutcome({ status, body, resetAt }, NOW, true);
const problem = (detail: string, more: object = {}) => ({ title: 'Forbidden', detail, type: 'about:blank', ...more });

describe('what X refuses', () => {
  it.each([
    [400, { title: 'Invalid Request' }, 'failed', 'channel.refused'],
    [401, { title: 'Unauthorized' }, 'failed', 'channel.unauthorised'],
    [402, { title: 'CreditsDepleted' }, 'retry', 'channel.credits'],
    [403, problem('You do not have permission to DM one or more participants.'), 'failed', 'recipient.closed'],
    [403, problem('You are not permitted to perform this action.'), 'failed', 'channel.refused'],
    [403, problem('You are not permitted to attach this media to a DM event.'), 'failed', 'channel.refused'],
    [403, problem('x', { type: 'https://api.x.com/2/problems/client-forbidden' }), 'failed', 'channel.unauthorised'],
    [403, { title: 'Unsupported Authentication', detail: 'x' }, 'failed', 'channel.unauthorised'],
    [403, problem('x', { reason: 'client-not-enrolled' }), 'failed', 'channel.unauthorised'],
    [403, { errors: [{ code: 150, message: 'not following' }] }, 'failed', 'recipient.closed'],
    [403, { errors: [{ code: 349, message: 'cannot message' }] }, 'failed', 'recipient.closed'],
    [403, { errors: [{ code: 476, message: 'not verified' }] }, 'failed', 'recipient.closed'],
    [403, { errors: [{ code: 151, message: 'send failed' }] }, 'failed', 'channel.refused'],
    [403, { errors: [{ code: 93, message: 'no DM right' }] }, 'failed', 'channel.unauthorised'],
    [403, { errors: [{ code: 226, message: 'looks automated' }] }, 'retry', 'channel.rate_limited'],
    [404, { title: 'Not Found Error' }, 'failed', 'recipient.unknown'],
    [429, 'Too Many Requests', 'retry', 'channel.rate_limited'],
  ])('%i %j ends in %s, %s', (status, body, outcome, reason) => {
    expect(refusal(status, body)).toMatchObject({ outcome, reason });
  });

  it('waits for the reset of a limit, an hour for credit, an hour when it looks automated', () => {
    const resetAt = new Date('2026-11-03T10:15:00.000Z');
    const hour = new Date('2026-11-03T11:00:00.000Z');
    expect(refusal(429, {}, resetAt)).toMatchObject({ at: resetAt });
    expect(refusal(429)).not.toHaveProperty('at');
    expect(refusal(402)).toMatchObject({ at: hour });
    expect(refusal(403, { errors: [{ code: 226 }] })).toMatchObject({ at: hour });
  });

  it('does not know what became of a send X failed on, and does know it of an upload', () => {
    expect(refusal(503)).toEqual({ outcome: 'unknown', detail: '503' });
    expect(refusedOutcome({ status: 503, body: '', resetAt: null }, NOW, false)).toMatchObject({
      outcome: 'retry',
      reason: 'channel.unreachable',
    });
  });

  it("keeps X's words", () => {
    expect(refusal(403, problem('You may not.'))).toMatchObject({ detail: '403 Forbidden · You may not.' });
    expect(refusal(400, { title: 'Invalid Request', errors: [{ message: '$.text: too long' }] })).toMatchObject({
      detail: '400 Invalid Request · $.text: too long',
    });
    expect(refusal(400, 'x'.repeat(1000))).toMatchObject({ detail: expect.stringMatching(/^400 x{496}$/) });
  });
});

describe('a line that breaks', () => {
  it('leaves the outcome open, unless it never stood', () => {
    expect(brokenOutcome('ECONNRESET', 'x', true)).toEqual({ outcome: 'unknown', detail: 'x' });
    expect(brokenOutcome(undefined, 'Request timeout.', true)).toMatchObject({ outcome: 'unknown' });
    expect(brokenOutcome('ECONNREFUSED', 'x', true)).toMatchObject({ outcome: 'retry', reason: 'channel.unreachable' });
    expect(brokenOutcome('ECONNRESET', 'x', false)).toMatchObject({ outcome: 'retry' });
  });
});

describe('limits', () => {
  it('are used up until the latest window that has nothing left', () => {
    const [quarter, day] = [1_762_160_400, 1_762_200_000];
    expect(exhaustedUntil({ remaining: 0, reset: quarter })).toEqual(new Date(quarter * 1000));
    expect(exhaustedUntil({ remaining: 0, reset: quarter, userDay: { remaining: 0, reset: day } })).toEqual(
      new Date(day * 1000),
    );
    expect(exhaustedUntil({ remaining: 3, reset: quarter, day: { remaining: 5, reset: day } })).toBeNull();
    expect(exhaustedUntil(undefined)).toBeNull();
    expect(exhaustedUntil({ remaining: 0, reset: Number.NaN })).toBeNull();
  });
});

describe('files', () => {
  const file = (contentType: string, size = 1000) => ({ contentType, size });

  it.each([
    [[], true],
    [[file('image/png')], true],
    [[file('image/gif', 14_000_000)], true],
    [[file('video/mp4', 40_000_000)], true],
    [[file('image/png', 6_000_000)], false],
    [[file('image/png', 0)], false],
    [[file('application/pdf')], false],
    [[file('toString')], false],
    [[file('image/png'), file('image/gif'), file('video/mp4'), file('image/webp')], true],
    [[file('image/png'), file('application/pdf')], false],
    [Array.from({ length: 5 }, () => file('image/png')), false],
  ])('%j: %s', (files, taken) => expect(takesFiles('twitter', files)).toBe(taken));

  it('are named to X as media of a direct message', () => {
    expect(mediaKind('image/jpeg')).toEqual({ type: 'image/jpeg', category: 'dm_image' });
    expect(mediaKind('image/gif')).toEqual({ type: 'image/gif', category: 'dm_gif' });
    expect(mediaKind('text/plain')).toBeNull();
  });
});
