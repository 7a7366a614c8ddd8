import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import type { TwitterAccountState } from '#contracts';
import { CLOCK, Secrets, type Clock } from '#platform';
import type { Account, AccountTokens } from './account.js';

const PURPOSE = 'twitter.tokens';
/** Namespace of the locks of renewals among all advisory locks of the database. */
const LOCK_SPACE = 4848;
/** Said where people look; never what it was that could not be opened. */
export const KEYS_UNREADABLE = 'its keys were sealed with another HILO_SECRET and cannot be opened';

const Tokens = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('oauth1'), accessToken: z.string(), accessSecret: z.string() }),
  z.object({ kind: z.literal('oauth2'), accessToken: z.string(), refreshToken: z.string().nullable() }),
]);

const COLUMNS = `user_id as "userId", handle, name, auth, source, tokens, tokens_version as "tokensVersion", scopes,
  expires_at as "expiresAt", state, detail, open_at as "openAt", strikes, changed_at as "changedAt"`;

export interface NewAccount {
  userId: string;
  handle: string | null;
  name: string | null;
  source: Account['source'];
  tokens: AccountTokens;
  scopes: readonly string[];
  expiresAt: Date | null;
}

/** The rows of care accounts. Keys go in sealed and come out only here. */
@Injectable()
export class AccountStore {
  constructor(
    private readonly database: DataSource,
    private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws when they were sealed with another HILO_SECRET */
  open(account: Pick<Account, 'tokens'>): AccountTokens {
    return Tokens.parse(JSON.parse(this.secrets.open(PURPOSE, account.tokens)));
  }

  /** In the order they were added. */
  async all(): Promise<Account[]> {
    return this.database.query(`select ${COLUMNS} from twitter_account order by created_at, user_id`);
  }

  async find(userId: string, tx: EntityManager = this.database.manager): Promise<Account | null> {
    const rows: Account[] = await tx.query(`select ${COLUMNS} from twitter_account where user_id = $1`, [userId]);
    return rows[0] ?? null;
  }

  /** How many replies wait to leave, by user id; '' for those that name none. */
  async waiting(): Promise<Map<string, number>> {
    const rows: { account: string; count: number }[] = await this.database.query(
      `select coalesce(account, '') as account, count(*)::int as count from delivery
       where channel = 'twitter' and state in ('held', 'pending') group by 1`,
    );
    return new Map(rows.map(({ account, count }) => [account, count]));
  }

  /** Until the transaction ends nobody else renews its keys; its row stays free for everything else. */
  async lockRenewal(tx: EntityManager, userId: string): Promise<Account | null> {
    await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [LOCK_SPACE, userId]);
    return this.find(userId, tx);
  }

  /** A new account, or new keys for one that is known: it is open from then on. */
  async save(account: NewAccount): Promise<void> {
    const { userId, handle, name, source, tokens, scopes, expiresAt } = account;
    await this.database.query(
      `insert into twitter_account as a (user_id, handle, name, auth, source, tokens, scopes, expires_at, created_at, changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
       on conflict (user_id) do update set handle = coalesce(excluded.handle, a.handle), name = coalesce(excluded.name, a.name),
         auth = excluded.auth, source = excluded.source, tokens = excluded.tokens, tokens_version = a.tokens_version + 1, scopes = excluded.scopes,
         expires_at = excluded.expires_at, state = 'ok', detail = null, strikes = 0, changed_at = excluded.changed_at,
         open_at = case when a.state = 'ok' then a.open_at end`,
      [userId, handle, name, tokens.kind, source, this.seal(tokens), scopes, expiresAt, this.clock.now()],
    );
  }

  /** Keys that came by another way since this version stay. */
  async replaceTokens(
    tx: EntityManager,
    { userId, tokensVersion }: Pick<Account, 'userId' | 'tokensVersion'>,
    tokens: AccountTokens,
    scopes: readonly string[],
    expiresAt: Date | null,
  ): Promise<void> {
    await tx.query(
      `update twitter_account set tokens = $2, tokens_version = tokens_version + 1, scopes = $3, expires_at = $4, changed_at = $5
       where user_id = $1 and tokens_version = $6`,
      [userId, this.seal(tokens), scopes, expiresAt, this.clock.now(), tokensVersion],
    );
  }

  /** @returns false when it was so already */
  async setState(
    userId: string,
    state: TwitterAccountState,
    more: { detail?: string | null; openAt?: Date | null } = {},
    tx: EntityManager = this.database.manager,
  ): Promise<boolean> {
    const rows: { was: string }[] = await tx.query(
      `with old as (select user_id, state from twitter_account where user_id = $1 for update), changed as (
         update twitter_account a set state = $2, detail = $3, open_at = $4, strikes = 0, changed_at = $5 from old where a.user_id = old.user_id)
       select state as was from old`,
      [userId, state, more.detail?.slice(0, 500) ?? null, more.openAt ?? null, this.clock.now()],
    );
    return rows[0] !== undefined && rows[0].was !== state;
  }

  async nameIt(userId: string, handle: string, name: string): Promise<void> {
    await this.database.query('update twitter_account set handle = $2, name = $3 where user_id = $1', [
      userId,
      handle,
      name,
    ]);
  }

  async remove(userId: string): Promise<void> {
    await this.database.query('delete from twitter_account where user_id = $1', [userId]);
  }

  private seal(tokens: AccountTokens): string {
    return this.secrets.seal(PURPOSE, JSON.stringify(tokens));
  }
}
