import { noticeText } from '#contracts';
import {
  afterFailure,
  GONE_TRIES,
  LONGEST_WAIT_MS,
  MOST_TRIES,
  noticesWith,
  pauseAfter,
  type FileFailure,
} from './late-file.rules.js';

const NOW = new Date('2026-11-20T09:00:00.000Z');
const after = (failure: FileFailure, attempts = 1, createdAt = NOW) =>
  afterFailure({ attempts, createdAt }, failure, NOW);
const in_ = (ms: number): Date => new Date(NOW.getTime() + ms);

describe('a file that could not be fetched', () => {
  it('is tried again, each time later', () => {
    expect(after({ kind: 'broken' })).toEqual({ step: 'again', at: in_(30_000), counts: true });
    expect(after({ kind: 'answered', status: 503 }, 4)).toEqual({ step: 'again', at: in_(240_000), counts: true });
    expect(pauseAfter(MOST_TRIES)).toBe(6 * 3_600_000);
  });

  it('is given up after twelve tries, some fifteen hours', () => {
    const pauses = Array.from({ length: MOST_TRIES - 1 }, (_, index) => pauseAfter(index + 1));
    const hours = pauses.reduce((sum, pause) => sum + pause, 0) / 3_600_000;
    expect([Math.floor(hours), MOST_TRIES]).toEqual([14, 12]);
    expect(after({ kind: 'broken' }, MOST_TRIES)).toEqual({ step: 'give_up', reason: 'not_fetched' });
    expect(after({ kind: 'answered', status: 503 }, MOST_TRIES)).toEqual({ step: 'give_up', reason: 'not_fetched' });
    expect(after({ kind: 'answered', status: 403 }, MOST_TRIES)).toEqual({ step: 'give_up', reason: 'expired' });
  });

  it.each([404, 410])('that X does not have (%d) is believed to be gone after a few tries', (status) => {
    expect(after({ kind: 'answered', status }, GONE_TRIES - 1)).toMatchObject({ step: 'again' });
    expect(after({ kind: 'answered', status }, GONE_TRIES)).toEqual({ step: 'give_up', reason: 'expired' });
  });

  it('that is too large, or does not lie with X, is given up at once', () => {
    expect(after({ kind: 'too_large' })).toEqual({ step: 'give_up', reason: 'too_large' });
    expect(after({ kind: 'not_of_x' })).toEqual({ step: 'give_up', reason: 'not_fetched' });
  });

  it('of an account that is closed waits until it is open, a week at most, and that is no try', () => {
    const until = in_(3_600_000);
    expect(after({ kind: 'closed', until }, MOST_TRIES)).toEqual({ step: 'again', at: until, counts: false });
    expect(after({ kind: 'closed', until: null })).toEqual({ step: 'again', at: in_(15 * 60_000), counts: false });
    expect(after({ kind: 'closed', until: null }, 1, in_(-LONGEST_WAIT_MS - 1))).toMatchObject({ step: 'give_up' });
  });
});

describe('what an entry says of its files', () => {
  const chat = { code: 'twitter.encrypted_chat', values: { account: '@nexo' } } as const;
  const coming = { code: 'twitter.files_coming', values: { count: '2' } } as const;
  const file = (url: string, reason: 'expired' | 'not_fetched' | 'too_large' | null, attempts = 3) => ({
    ...{ url, reason, attempts },
  });

  it('is nothing when all are there, and leaves alone what is said of other things', () => {
    expect(noticesWith([chat, coming], [], '25 MB')).toEqual([chat]);
  });

  it('names those that come, and those that never will with their addresses', () => {
    const said = noticesWith(
      [coming],
      [
        file('https://x/1', null),
        file('https://x/2', 'expired'),
        file('https://x/3', 'not_fetched', 12),
        file('https://x/4', 'not_fetched', 1),
        file('https://x/5', 'too_large'),
      ],
      '25 MB',
    );
    expect(said.map((notice) => noticeText({ code: notice.code, values: notice.values ?? {} }, 'en'))).toEqual([
      'Files that are still being fetched from X: 1. They will appear here as they arrive.',
      'Files that could not be fetched from X, after 12 tries: 2. They are on X: https://x/3 https://x/4',
      'Files X no longer hands out, their link has expired: 1. They were at: https://x/2',
      'Files from X that are over the limit of 25 MB and are not kept here: 1. They are on X: https://x/5',
    ]);
    expect(noticesWith(said, [], '25 MB')).toEqual([]);
  });
});
