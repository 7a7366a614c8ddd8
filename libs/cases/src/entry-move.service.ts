import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MatchedBy, MoveEntryBody } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { findCase, lockCases, type CaseRecord } from './case-access.js';
import { givenBack, lockSender, takeSender, threadOnCase, tidyThread, type MovedSender } from './entry-sender.js';
import { showLastWord } from './last-word.js';
import { actorOf, record } from './record.js';

/** An entry as deciding about its place needs it. */
interface Entry {
  id: string;
  caseId: string;
  direction: 'inbound' | 'outbound';
  channel: string;
  matchedBy: MatchedBy | null;
  contactPointId: string | null;
  threadId: string | null;
  storeId: string | null;
  /** No person wrote it, so nobody is called for it. */
  automatic: boolean;
}

/** The customer has it, with the marks of its case. A call of ours was only written down here. */
const hasLeft = ({ direction, channel }: Entry): boolean =>
  direction === 'outbound' && (channel === 'email' || channel === 'twitter');

/** Somebody should look at it. */
const asksForSomebody = ({ direction, automatic }: Entry): boolean => direction === 'inbound' && !automatic;

interface Move {
  entry: Entry;
  from: CaseRecord;
  to: CaseRecord;
  reason: string;
  sender: MovedSender | null;
  /** The move it takes back: the last one, the other way round. */
  undoes: string | null;
  at: Date;
}

/**
 * Puts what came in on the case it belongs to, and a person's decision about mails that name another case than their
 * sender's. Everybody who waits for these rows takes addresses first, then customers, then cases, each in one order.
 */
@Injectable()
export class EntryMoveService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Moves what came in, or a call that was written down; once it is there, again changes nothing. Moving it back takes everything back that the move did.
   * @returns the entry's id
   * @throws DomainError permission.denied, case.not_found, interaction.not_found, entry.not_movable (it left from here),
   * entry.target_over, contact.taken (the address is a confirmed customer's)
   */
  async move(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    entryId: string,
    { toCaseReference, reason, withSender }: MoveEntryBody,
  ): Promise<string> {
    demand(principal, 'case.move_entry');
    const stated = await findCase(tx, principal, idOrReference);
    const target = await findCase(tx, principal, toCaseReference);
    const seen = await entryOn(tx, entryId, [stated, target]);
    if (hasLeft(seen)) throw new DomainError('entry.not_movable');
    const undoes = await lastMove(tx, entryId, { from: target, to: stated });
    if (seen.contactPointId && (withSender || undoes?.senderFrom)) await lockSender(tx, seen.contactPointId, target);
    const [from, to] = await lockCases(tx, principal, stated, target);
    if (to.status === 'merged' || to.status === 'spam') throw new DomainError('entry.target_over');
    // While we waited somebody may have moved it, or taken one of the customers in.
    const entry = await entryOn(tx, entryId, [stated, target]);
    if (entry.caseId === to.id) return entry.id;
    const move: Move = { entry, from, to, reason, sender: null, undoes: undoes?.id ?? null, at: this.clock.now() };
    if (entry.contactPointId) {
      if (undoes?.senderFrom) move.sender = await givenBack(tx, entry.contactPointId, from, undoes.senderFrom);
      else if (withSender) move.sender = await takeSender(tx, entry.contactPointId, to);
    }
    await this.relocate(tx, principal, move);
    await this.journal(tx, principal, move);
    return entry.id;
  }

  /**
   * Leaves an entry that names another case where it is; once done, again changes nothing.
   * @throws DomainError permission.denied, case.not_found, interaction.not_found, review.not_found
   */
  async dismiss(tx: EntityManager, principal: Principal, idOrReference: string, entryId: string): Promise<string> {
    demand(principal, 'case.move_entry');
    const stated = await findCase(tx, principal, idOrReference);
    const [found] = await lockCases(tx, principal, stated);
    await entryOn(tx, entryId, [found.id]);
    const now = this.clock.now();
    const [open]: [{ reference: string }[], number] = await tx.query(
      `update entry_review r set state = 'dismissed', decided_by = $2, decided_at = $3 from cases q
       where r.interaction_id = $1 and r.state = 'open' and q.id = r.case_id returning q.reference`,
      [entryId, principal.id, now],
    );
    if (open[0]) {
      const data = { interactionId: entryId, caseReference: open[0].reference };
      await record(tx, found.id, actorOf(principal), 'api', now, [{ type: 'entry.review_dismissed', data }]);
      return entryId;
    }
    const known: unknown[] = await tx.query('select from entry_review where interaction_id = $1', [entryId]);
    if (known.length === 0) throw new DomainError('review.not_found');
    return entryId;
  }

  private async relocate(tx: EntityManager, principal: Principal, move: Move): Promise<void> {
    const { entry, from, to } = move;
    const unread = await isUnread(tx, entry);
    await this.note(tx, principal, move);
    const threadId = await threadOnCase(tx, entry, to);
    await tx.query(`update interaction set case_id = $2, thread_id = $3, matched_by = 'moved' where id = $1`, [
      entry.id,
      to.id,
      threadId,
    ]);
    if (entry.threadId) await tidyThread(tx, entry.threadId, from);
    if (entry.storeId) await moveStore(tx, entry.storeId, from.id, to.id);
    await decideReview(tx, principal, move);
    await showLastWord(tx, from.id);
    await showLastWord(tx, to.id);
    await tx.query('update cases set unread = greatest(0, unread - $2) where id = $1', [from.id, Number(unread)]);
    if (!asksForSomebody(entry)) return;
    // Whoever has that case has not seen this yet, whoever else has.
    await tx.query(
      `update cases set unread = unread + 1, next_action = case when is_open then 'reply' else next_action end where id = $1`,
      [to.id],
    );
  }

  /** The move itself, with what the thread it leaves knew of the mails before it: taken back, it answers those again. */
  private async note(
    tx: EntityManager,
    principal: Principal,
    { entry, from, to, reason, sender, at }: Move,
  ): Promise<void> {
    await tx.query(
      `insert into entry_move (id, interaction_id, from_case, to_case, moved_by, reason, matched_before, sender_from, moved_at, message_refs)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, coalesce(
         (select t.message_refs from channel_thread t join interaction i on i.thread_id = t.id and i.message_id = t.last_message_id where i.id = $2),
         (select v.message_refs from entry_move v where v.interaction_id = $2 order by v.id desc limit 1), '{}'))`,
      [newId(), entry.id, from.id, to.id, principal.id, reason, entry.matchedBy, sender?.fromCustomerId ?? null, at],
    );
  }

  private async journal(tx: EntityManager, principal: Principal, move: Move): Promise<void> {
    const { entry, from, to, reason, sender, at } = move;
    const said = { interactionId: entry.id, reason, withSender: sender };
    await record(tx, from.id, actorOf(principal), 'api', at, [
      { type: 'entry.moved_out', data: { ...said, toCaseId: to.id, toReference: to.reference } },
    ]);
    await record(tx, to.id, actorOf(principal), 'api', at, [
      {
        type: 'entry.moved_in',
        data: { ...said, fromCaseId: from.id, fromReference: from.reference, matchedBefore: entry.matchedBy },
      },
    ]);
  }
}

/** @throws DomainError interaction.not_found when it is none, or on neither of these cases */
async function entryOn(tx: EntityManager, entryId: string, cases: string[]): Promise<Entry> {
  const rows: Entry[] = await tx.query(
    `select id, case_id as "caseId", direction, channel, matched_by as "matchedBy", contact_point_id as "contactPointId",
       thread_id as "threadId", store_id as "storeId", automatic from interaction where id = $1 and case_id = any($2)`,
    [entryId, cases],
  );
  if (!rows[0]) throw new DomainError('interaction.not_found');
  return rows[0];
}

/** The entry's last move, if it went this way. */
async function lastMove(
  tx: EntityManager,
  entryId: string,
  way: { from: string; to: string },
): Promise<{ id: string; senderFrom: string | null } | null> {
  const rows: { id: string; from: string; to: string; senderFrom: string | null }[] = await tx.query(
    `select id, from_case as "from", to_case as "to", sender_from as "senderFrom" from entry_move
     where interaction_id = $1 order by id desc limit 1`,
    [entryId],
  );
  const last = rows[0];
  return last?.from === way.from && last.to === way.to ? last : null;
}

/** Unread are the `unread` entries that came onto the case last, by their arrival or a move. */
async function isUnread(tx: EntityManager, entry: Entry): Promise<boolean> {
  if (!asksForSomebody(entry)) return false;
  const rows: { unread: boolean }[] = await tx.query(
    `with landed as (
       select i.id, coalesce((select max(v.moved_at) from entry_move v where v.interaction_id = i.id), i.received_at) as at
       from interaction i where i.case_id = $2 and i.direction = 'inbound' and not i.automatic)
     select c.unread > (select count(*) from landed l, landed e where e.id = $1 and (l.at, l.id) > (e.at, e.id)) as unread
     from cases c where c.id = $2`,
    [entry.id, entry.caseId],
  );
  return rows[0]?.unread ?? false;
}

/** A case is of the stores its entries were written in. */
async function moveStore(tx: EntityManager, storeId: string, from: string, to: string): Promise<void> {
  await tx.query('insert into case_store (store_id, case_id) values ($1, $2) on conflict do nothing', [storeId, to]);
  await tx.query(
    'delete from case_store s where s.store_id = $1 and s.case_id = $2 and not exists (select from interaction where case_id = $2 and store_id = $1)',
    [storeId, from],
  );
}

/** A move decides what was open about the entry; taken back, it is open again. */
async function decideReview(tx: EntityManager, principal: Principal, { entry, undoes, at }: Move): Promise<void> {
  await tx.query(
    undoes
      ? `update entry_review set state = 'open', decided_by = null, decided_at = null where interaction_id = $1 and state = 'moved'`
      : `update entry_review set state = 'moved', decided_by = $2, decided_at = $3 where interaction_id = $1 and state = 'open'`,
    undoes ? [entry.id] : [entry.id, principal.id, at],
  );
}
