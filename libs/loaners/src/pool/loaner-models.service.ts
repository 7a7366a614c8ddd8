import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LoanerModelBody, PatchLoanerModelBody } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, sqlState, type Clock } from '#platform';

/** The models there are to lend. */
@Injectable()
export class LoanerModels {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @throws DomainError permission.denied, loaner.model_taken */
  async add(tx: EntityManager, principal: Principal, { brand, name, os, sims }: LoanerModelBody): Promise<string> {
    demand(principal, 'loaner.manage');
    const id = newId();
    await named(() =>
      tx.query('insert into loaner_model (id, brand, name, os, sims, created_at) values ($1, $2, $3, $4, $5, $6)', [
        ...[id, brand, name, os, [...new Set(sims)], this.clock.now()],
      ]),
    );
    return id;
  }

  /** One that is retired is lent on while there are phones of it, and no more are added. @throws DomainError loaner.model_not_found, loaner.model_taken */
  async change(tx: EntityManager, principal: Principal, id: string, body: PatchLoanerModelBody): Promise<void> {
    demand(principal, 'loaner.manage');
    const { brand = null, name = null, os = null, sims = null, retired = null } = body;
    await named(async () => {
      const [, changed]: [unknown, number] = await tx.query(
        `update loaner_model set brand = coalesce($2, brand), name = coalesce($3, name), os = coalesce($4, os), sims = coalesce($5, sims),
           retired_at = case when $6::boolean is null then retired_at when $6 then coalesce(retired_at, $7::timestamptz) end where id = $1`,
        [id, brand, name, os, sims, retired, this.clock.now()],
      );
      if (changed === 0) throw new DomainError('loaner.model_not_found');
    });
  }
}

async function named(write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    if (sqlState(error) === '23505') throw new DomainError('loaner.model_taken');
    throw error;
  }
}
