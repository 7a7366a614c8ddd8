import type { Notice, NoticeCode } from '#contracts';

/** Tries before a file is given up: about fifteen hours. */
export const MOST_TRIES = 12;
/** X may say at once of a file that has just come that there is none; after so many tries it is believed. */
export const GONE_TRIES = 3;
/** While an account is closed nothing is tried; longer than so long nobody waits for it. */
export const LONGEST_WAIT_MS = 7 * 86_400_000;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 6 * 3_600_000;
/** Where nobody says when the account is open again. */
const CLOSED_PAUSE_MS = 15 * 60_000;

/** X has no such file, or not any more. */
const GONE = [404, 410];
/** What X says of a link that has run out. */
const EXPIRED = [403, ...GONE];

/** Why a file will not come. */
export type GivenUp = 'not_fetched' | 'expired' | 'too_large';

/** How a try ended that brought nothing. */
export type FileFailure =
  | { kind: 'answered'; status: number }
  | { kind: 'broken' }
  | { kind: 'too_large' }
  /** It lies with somebody who is not X: nobody is asked for it. */
  | { kind: 'not_of_x' }
  /** X was not asked. */
  | { kind: 'closed'; until: Date | null };

/** What is done after it: `counts` is false for a try that was none. */
export type AfterFailure = { step: 'again'; at: Date; counts: boolean } | { step: 'give_up'; reason: GivenUp };

/** @param attempts tries begun, this one among them */
export function afterFailure(
  { attempts, createdAt }: { attempts: number; createdAt: Date },
  failure: FileFailure,
  now: Date,
): AfterFailure {
  if (failure.kind === 'too_large') return { step: 'give_up', reason: 'too_large' };
  if (failure.kind === 'not_of_x') return { step: 'give_up', reason: 'not_fetched' };
  if (failure.kind === 'closed') {
    if (now.getTime() - createdAt.getTime() > LONGEST_WAIT_MS) return { step: 'give_up', reason: 'not_fetched' };
    return { step: 'again', at: failure.until ?? new Date(now.getTime() + CLOSED_PAUSE_MS), counts: false };
  }
  const status = failure.kind === 'answered' ? failure.status : null;
  const isGone = status !== null && GONE.includes(status) && attempts >= GONE_TRIES;
  if (isGone || attempts >= MOST_TRIES) {
    return { step: 'give_up', reason: status !== null && EXPIRED.includes(status) ? 'expired' : 'not_fetched' };
  }
  return { step: 'again', at: new Date(now.getTime() + pauseAfter(attempts)), counts: true };
}

/** Milliseconds until the next try. */
export const pauseAfter = (attempts: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));

/** A file of an entry that is not there (yet). */
export interface MissingFile {
  url: string;
  attempts: number;
  /** Null: it is still to be fetched. */
  reason: GivenUp | null;
}

const CODES = {
  not_fetched: 'twitter.files_not_fetched',
  expired: 'twitter.files_expired',
  too_large: 'twitter.files_too_large',
} as const satisfies Record<GivenUp, NoticeCode>;
const OURS: readonly NoticeCode[] = ['twitter.files_coming', ...Object.values(CODES)];

/** What is said on an entry of files that are still to be fetched. */
export const comingNotice = (count: number): Notice => ({
  code: 'twitter.files_coming',
  values: { count: String(count) },
});

/**
 * What an entry says now, with everything that was said beside its files left as it is.
 * @param limit of one file, as people read it
 */
export function noticesWith(said: readonly Notice[], missing: readonly MissingFile[], limit: string): Notice[] {
  const others = said.filter(({ code }) => !OURS.includes(code));
  const coming = missing.filter(({ reason }) => reason === null).length;
  const ended = (Object.keys(CODES) as GivenUp[]).flatMap((reason) => {
    const files = missing.filter((file) => file.reason === reason);
    if (files.length === 0) return [];
    const values = {
      count: String(files.length),
      addresses: files.map(({ url }) => url).join(' '),
      ...(reason === 'too_large' ? { limit } : { tries: String(Math.max(...files.map(({ attempts }) => attempts))) }),
    };
    return [{ code: CODES[reason], values }];
  });
  return [...others, ...(coming > 0 ? [comingNotice(coming)] : []), ...ended];
}
