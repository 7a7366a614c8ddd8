import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Rung } from '#contracts';
import type { Ladders } from './ladder.rules.js';

/** All ladders and their versions, kept until one is changed: every clock that moves asks for its own. */
@Injectable()
export class LadderShelf {
  private revision = '';
  private kept: Ladders = { versionFor: () => null, rungsOf: () => [] };

  /** @returns the ladders as they are now */
  async read(tx: EntityManager): Promise<Ladders> {
    // Of two that are changed at once the higher number may be seen first: with each of them the sum is another, whichever that is.
    const [latest]: { revision: string }[] = await tx.query(
      'select coalesce(sum(revision), 0)::text as revision from ladder',
    );
    const revision = latest?.revision ?? '';
    if (revision !== this.revision) {
      this.kept = await load(tx);
      this.revision = revision;
    }
    return this.kept;
  }
}

async function load(tx: EntityManager): Promise<Ladders> {
  const rows: { id: string; queueId: string | null; rungs: Rung[]; isLatest: boolean }[] = await tx.query(
    `select v.id, l.queue_id as "queueId", v.rungs, v.version = max(v.version) over (partition by v.ladder_id) as "isLatest"
     from ladder_version v join ladder l on l.id = v.ladder_id`,
  );
  const latest = new Map(rows.filter(({ isLatest }) => isLatest).map(({ id, queueId }) => [queueId, id]));
  const rungs = new Map(rows.map((row) => [row.id, row.rungs]));
  return {
    versionFor: (queueId) => latest.get(queueId) ?? latest.get(null) ?? null,
    rungsOf: (versionId) => rungs.get(versionId) ?? [],
  };
}
