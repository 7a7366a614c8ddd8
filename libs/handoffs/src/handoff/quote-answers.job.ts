import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { JobData } from '#contracts';
import { Wake, withRetry, type JobHandler } from '#platform';
import { lockAnyHandoff } from './handoff-record.js';
import { HOUSE, OurVoice } from './our-voice.js';

/** The customer has decided about a quote: whoever made it and waits to begin is told. */
@Injectable()
export class QuoteAnswersJob implements JobHandler<'handoff.answer_quote'> {
  readonly job = 'handoff.answer_quote';

  constructor(
    private readonly database: DataSource,
    private readonly voice: OurVoice,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'handoff.answer_quote'>): Promise<void> {
    for (const { type, data } of events) {
      const [repairId, quoteId] = [data['repairId'], data['quoteId']];
      if (typeof repairId !== 'string' || typeof quoteId !== 'string') continue;
      const said = await withRetry(this.database, (tx) =>
        this.answer(tx, { repairId, quoteId, approved: type === 'quote.approved' }),
      );
      if (said) for (const topic of ['relay', 'handoffs'] as const) this.wake.ring(topic);
    }
  }

  /** Once for each quote that was decided. */
  private async answer(
    tx: EntityManager,
    { repairId, quoteId, approved }: { repairId: string; quoteId: string; approved: boolean },
  ): Promise<boolean> {
    const [asked]: { id: string }[] = await tx.query(
      `select h.id from handoff h where h.repair_order_id = $1 and h.direction = 'out'
         and h.state in ('sent', 'acknowledged', 'accepted', 'info_requested', 'in_progress')
         and exists (select from handoff_entry e where e.handoff_id = h.id and e.kind = 'quoted' and not e.ours) order by h.opened_at desc limit 1`,
      [repairId],
    );
    if (!asked) return false;
    const handoff = await lockAnyHandoff(tx, asked.id);
    const before: unknown[] = await tx.query(
      `select from handoff_entry where handoff_id = $1 and kind = 'quote_answered' and ours and word ->> 'text' like '%' || $2 || '%'`,
      [handoff.id, quoteId.slice(-8)],
    );
    if (before.length > 0) return false;
    await this.voice.speak(tx, handoff, HOUSE, {
      kind: 'quote_answered',
      approved,
      text: `#${quoteId.slice(-8)}`,
    });
    return true;
  }
}
