import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import type { Principal } from './principal.js';
import { hashToken, newSecretToken } from './secret-token.js';

const PREFIX = 'hilo_';

/** Bearer tokens for programs; each acts as the person it was made for. */
@Injectable()
export class ApiTokenService {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns the token, shown this once
   * @throws DomainError agent.not_found
   */
  async issue(email: string, name: string): Promise<string> {
    const token = PREFIX + newSecretToken();
    if (!(await this.keep(token, email, name))) throw new DomainError('agent.not_found');
    return token;
  }

  /** Makes a token that somebody holds already good for this person. @returns whether it is; a token stays whose it was first */
  async keep(token: string, email: string, name: string): Promise<boolean> {
    const rows: unknown[] = await this.database.query(
      `insert into api_token (id, agent_id, name, token_hash, created_at)
       select $1, id, $2, $3, $4 from agent where email = $5 and active
       on conflict (token_hash) do update set name = api_token.name returning id`,
      [newId(), name, hashToken(token), this.clock.now(), email.toLowerCase()],
    );
    return rows.length > 0;
  }

  /** @throws DomainError session.required for an unknown or revoked token */
  async authenticate(token: string): Promise<Principal> {
    const rows: Principal[] = await this.database.query(
      `select a.id, a.email, a.display_name as "displayName", a.role, a.store_id as "storeId", a.language
       from api_token t join agent a on a.id = t.agent_id where t.token_hash = $1 and t.revoked_at is null and a.active`,
      [hashToken(token)],
    );
    if (!rows[0]) throw new DomainError('session.required');
    return rows[0];
  }
}
