import { Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { byHalves } from '../halves.js';

const log = new Logger('Clocks');

/** Does something to the clocks of these cases; a case that cannot be read is marked as stuck. */
export const eachThatCan = (
  tx: EntityManager,
  caseIds: string[],
  deed: (caseIds: string[]) => Promise<void>,
): Promise<void> =>
  byHalves(
    tx,
    caseIds,
    (some) => deed([...some]),
    (caseId, error) => mark(tx, caseId, error),
  );

async function mark(tx: EntityManager, caseId: string, error: unknown): Promise<void> {
  log.error(`clocks of ${caseId}: ${String(error)}`);
  await tx.query(
    'insert into case_ledger (case_id, stuck) values ($1, $2) on conflict (case_id) do update set stuck = excluded.stuck',
    [caseId, String(error).slice(0, 500)],
  );
}
