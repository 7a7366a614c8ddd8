import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Audience, GatewayKind, HandoffSide, HandoffWord, MessageVia } from '#contracts';
import { CLOCK, newId, type Clock } from '#platform';
import type { HandoffRecord } from './handoff-record.js';

/** A line on its way into the log. */
export interface NewEntry {
  side: HandoffSide;
  ours: boolean;
  via: MessageVia;
  /** A word, or what the house itself notes. */
  word: HandoffWord | { kind: 'expired' | 'went_on' | 'forgotten'; text?: string | null };
  audience?: Audience;
  attachmentIds?: readonly string[];
  externalRef?: string | null;
  byId?: string | null;
  byName: string;
  at: Date;
  because?: string | null;
}

/** Which side we are. */
export const ourSide = ({ direction }: Pick<HandoffRecord, 'direction'>): HandoffSide =>
  direction === 'out' ? 'giver' : 'taker';
export const theirSide = ({ direction }: Pick<HandoffRecord, 'direction'>): HandoffSide =>
  direction === 'out' ? 'taker' : 'giver';

/** A ticket has no reader of its own: whom of theirs to ask when nobody answers is written to besides. */
const waysOf = ({ gateway }: HandoffRecord, word: HandoffWord): GatewayKind[] =>
  gateway === 'tmf621' && word.kind === 'nudged' && word.to?.email ? [gateway, 'email'] : [gateway];

/** Everything said about a handoff, in one order, each once; and what of ours is on its way to them. */
@Injectable()
export class HandoffLog {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * The caller holds the handoff.
   * @returns the id of the line
   */
  async append(tx: EntityManager, handoff: HandoffRecord, entry: NewEntry): Promise<string> {
    const id = newId();
    const [[counted]]: [{ entries: number }[], number] = await tx.query(
      'update handoff set entries = entries + 1, version = version + 1 where id = $1 returning entries',
      [handoff.id],
    );
    if (!counted) throw new Error(`no handoff ${handoff.id} to write on`);
    handoff.entries = counted.entries;
    await tx.query(
      `insert into handoff_entry (id, handoff_id, seq, side, ours, via, kind, word, audience, attachment_ids, external_ref, by_id, by_name, at, recorded_at, applied, because)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [
        ...[id, handoff.id, counted.entries, entry.side, entry.ours, entry.via, entry.word.kind],
        ...[
          JSON.stringify(entry.word),
          entry.audience ?? 'partner',
          entry.attachmentIds ?? [],
          entry.externalRef ?? null,
        ],
        ...[entry.byId ?? null, entry.byName, entry.at, this.clock.now(), !entry.because, entry.because ?? null],
      ],
    );
    return id;
  }

  /** A word of ours goes to them by the way they are written to. What they never heard of need not be taken back. */
  async dispatch(tx: EntityManager, handoff: HandoffRecord, entryId: string, word: HandoffWord): Promise<void> {
    const { kind } = word;
    const now = this.clock.now();
    if ((kind === 'cancelled' || kind === 'recalled') && (await this.keptBack(tx, handoff))) return;
    await tx.query(
      `insert into handoff_delivery (id, entry_id, handoff_id, seq, gateway, state, due_at, created_at)
       select new_id(), $1, $2, $3, g, 'waiting', $5, $5 from unnest($4::text[]) g on conflict do nothing`,
      [entryId, handoff.id, handoff.entries, waysOf(handoff, word), now],
    );
  }

  /**
   * What has not reached them when it ends is never sent: neither what it is about, nor what was said after that. A try may have arrived
   * although nobody said so.
   * @returns whether nothing of it has left, nor will
   */
  private async keptBack(tx: EntityManager, { id, direction }: HandoffRecord): Promise<boolean> {
    if (direction === 'in') return false;
    const [begun]: { arrived: boolean; tried: boolean }[] = await tx.query(
      `select coalesce(bool_or(d.state = 'sent'), false) as arrived, coalesce(bool_or(d.attempts > 0 or d.error is not null), false) as tried
       from handoff_delivery d join handoff_entry e on e.id = d.entry_id where d.handoff_id = $1 and e.kind = 'sent'`,
      [id],
    );
    if (begun?.arrived) return false;
    await tx.query(
      `update handoff_delivery set state = 'dropped', due_at = null where handoff_id = $1 and state in ('waiting', 'dead')`,
      [id],
    );
    return !begun?.tried;
  }

  /** The line a word of theirs is kept in already; null: it is new. */
  async known(tx: EntityManager, handoffId: string, externalRef: string): Promise<KnownEntry | null> {
    const rows: KnownEntry[] = await tx.query(
      `select id as "entryId", applied, because from handoff_entry where handoff_id = $1 and not ours and external_ref = $2`,
      [handoffId, externalRef],
    );
    return rows[0] ?? null;
  }
}

export interface KnownEntry {
  entryId: string;
  applied: boolean;
  because: string | null;
}
