import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

const log = new Logger('Clocks');

/**
 * Does something to the clocks of these cases. A case that cannot be read holds up no other: it is looked for by halves and
 * marked as stuck.
 */
export async function eachThatCan(
  tx: EntityManager,
  caseIds: string[],
  deed: (caseIds: string[]) => Promise<void>,
): Promise<void> {
  if (caseIds.length === 0) return;
  await tx.query('savepoint clocks');
  const failure = await deed(caseIds).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (failure) await tx.query('rollback to savepoint clocks');
  await tx.query('release savepoint clocks');
  if (!failure) return;
  const [first] = caseIds;
  if (caseIds.length === 1 && first !== undefined) return mark(tx, first, failure.error);
  const half = Math.ceil(caseIds.length / 2);
  await eachThatCan(tx, caseIds.slice(0, half), deed);
  await eachThatCan(tx, caseIds.slice(half), deed);
}

async function mark(tx: EntityManager, caseId: string, error: unknown): Promise<void> {
  log.error(`clocks of ${caseId}: ${String(error)}`);
  await tx.query(
    'insert into case_ledger (case_id, stuck) values ($1, $2) on conflict (case_id) do update set stuck = excluded.stuck',
    [caseId, String(error).slice(0, 500)],
  );
}
