import type { TwitterAccountState } from '#contracts';

/** What X knows us by. Sealed in the database, never logged. */
export type AccountTokens =
  | { kind: 'oauth1'; accessToken: string; accessSecret: string }
  | { kind: 'oauth2'; accessToken: string; refreshToken: string | null };

/** A care account as its row has it. */
export interface Account {
  userId: string;
  handle: string | null;
  name: string | null;
  auth: 'oauth1' | 'oauth2';
  source: 'environment' | 'connected';
  /** Sealed. */
  tokens: string;
  tokensVersion: number;
  scopes: string[];
  expiresAt: Date | null;
  state: TwitterAccountState;
  detail: string | null;
  openAt: Date | null;
  strikes: number;
  /** Connected, renewed, opened or closed then. */
  changedAt: Date;
}

/** What people call it. */
export const labelOf = ({ userId, handle }: Pick<Account, 'userId' | 'handle'>): string =>
  handle === null ? userId : `@${handle}`;

/** The account cannot be used now: X was not asked. */
export class AccountClosed extends Error {
  constructor(
    /** Or there is no such account; or its keys have ended and X cannot be reached to renew them. */
    readonly state: Exclude<TwitterAccountState, 'ok'> | 'unknown' | 'unreachable',
    readonly detail: string,
    /** When it is worth asking again; null: when somebody has connected it. */
    readonly until: Date | null,
  ) {
    super(`the account is not open: ${detail}`);
  }
}

/** Why X is not to be asked in its name now; null when it is open, or when it is time to see whether it is open again. */
export function closedBy(account: Account, now: Date): AccountClosed | null {
  const { state, openAt, detail } = account;
  if (state === 'ok' || (openAt !== null && openAt <= now && state !== 'revoked')) return null;
  return new AccountClosed(state, detail ?? state, openAt);
}
