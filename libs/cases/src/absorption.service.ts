import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseStatus, EventData } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import type { Principal } from '#identity';
import { actorOf, record } from './record.js';

interface OpenCase {
  id: string;
  reference: string;
  status: CaseStatus;
}

/** What moved with a customer who had no case to join: told on the case the arrival lands on. */
export type Absorbed = EventData<'customer.absorbed'>;

/** Takes a provisional customer into the one they turned out to be; a journal event lists everything that moved. */
@Injectable()
export class AbsorptionService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @returns what the caller has yet to write down: null when two cases became one, whose journal is written here */
  async absorb(tx: EntityManager, principal: Principal, into: string, from: string): Promise<Absorbed | null> {
    const kept = await openCase(tx, into);
    const taken = await openCase(tx, from);
    const contactPointIds = await moved(
      tx,
      'update contact_point set customer_id = $1 where customer_id = $2 returning id',
      [into, from],
    );
    const [renamed]: [{ displayName: string }[], number] = await tx.query(
      'update customer set merged_into = $1 where id = $2 returning display_name as "displayName"',
      [into, from],
    );
    // What is over stays what it was, under the name of who they are now; so does an open case without another beside it.
    const caseIds = await moved(
      tx,
      `update cases set customer_id = $1, customer_name = (select display_name from customer where id = $1)
       where customer_id = $2 and (not is_open or $3) returning id`,
      [into, from, kept === null],
    );
    if (!taken || !kept)
      return { customerId: from, displayName: renamed[0]?.displayName ?? '', contactPointIds, caseIds };
    const moves = await this.joinCases(tx, kept, taken);
    const now = this.clock.now();
    await record(tx, taken.id, actorOf(principal), 'api', now, [
      { type: 'case.status_changed', data: { from: taken.status, to: 'merged', waitReason: null } },
    ]);
    await record(tx, kept.id, actorOf(principal), 'api', now, [
      {
        type: 'case.absorbed',
        data: { caseId: taken.id, reference: taken.reference, customerId: from, contactPointIds, caseIds, ...moves },
      },
    ]);
    return null;
  }

  private async joinCases(tx: EntityManager, kept: OpenCase, taken: OpenCase) {
    const both = [kept.id, taken.id];
    await tx.query(
      `update cases set status = 'merged', wait_reason = null, merged_into = $1, closed_at = $3 where id = $2`,
      [...both, this.clock.now()],
    );
    await joinThreads(tx, kept.id, taken.id);
    const threadIds = await moved(tx, 'update channel_thread set case_id = $1 where case_id = $2 returning id', both);
    const interactionIds = await moved(tx, 'update interaction set case_id = $1 where case_id = $2 returning id', both);
    await tx.query('update note set case_id = $1 where case_id = $2', both);
    await tx.query('update problem set case_id = $1 where case_id = $2', both);
    await tx.query(
      'insert into case_store (store_id, case_id) select store_id, $1 from case_store where case_id = $2 on conflict do nothing',
      both,
    );
    await tx.query(
      `insert into impact (id, case_id, kind, state, reported_at) select new_id(), $1, kind, state, reported_at from impact where case_id = $2
       on conflict (case_id, kind) do nothing`,
      both,
    );
    await tx.query(
      `update cases k set
         channels = array(select distinct c from unnest(k.channels || t.channels) c),
         lacks = array(select distinct l from unnest(k.lacks || t.lacks) l),
         unread = k.unread + t.unread, failed_sends = k.failed_sends + t.failed_sends,
         assignee_id = coalesce(k.assignee_id, t.assignee_id),
         preview = case when t.last_interaction_at > k.last_interaction_at then t.preview else k.preview end,
         last_channel = case when t.last_interaction_at > k.last_interaction_at then t.last_channel else k.last_channel end,
         last_direction = case when t.last_interaction_at > k.last_interaction_at then t.last_direction else k.last_direction end,
         last_interaction_at = greatest(k.last_interaction_at, t.last_interaction_at)
       from cases t where k.id = $1 and t.id = $2`,
      both,
    );
    // What failed or is unread has moved: an empty case must not ask for anything.
    await tx.query('update cases set unread = 0, failed_sends = 0 where id = $1', [taken.id]);
    return { threadIds, interactionIds };
  }
}

async function openCase(tx: EntityManager, customerId: string): Promise<OpenCase | null> {
  const rows: OpenCase[] = await tx.query(
    'select id, reference, status from cases where customer_id = $1 and is_open for update',
    [customerId],
  );
  return rows[0] ?? null;
}

async function moved(tx: EntityManager, update: string, parameters: unknown[]): Promise<string[]> {
  const [rows]: [{ id: string }[], number] = await tx.query(update, parameters);
  return rows.map(({ id }) => id);
}

/** An address whose entries were moved about may have a thread on both cases: the kept one goes on, as the newer of the two stood. */
async function joinThreads(tx: EntityManager, kept: string, taken: string): Promise<void> {
  const twins =
    'k.case_id = $1 and t.case_id = $2 and k.contact_point_id = t.contact_point_id and k.channel = t.channel';
  await tx.query(
    `update channel_thread k set account = coalesce(t.account, k.account), thread_ref = coalesce(t.thread_ref, k.thread_ref), subject = t.subject,
       last_message_id = t.last_message_id, message_refs = t.message_refs, last_inbound_at = t.last_inbound_at
     from channel_thread t where ${twins} and t.last_inbound_at > coalesce(k.last_inbound_at, '-infinity')`,
    [kept, taken],
  );
  await tx.query(
    `update interaction i set thread_id = k.id from channel_thread t join channel_thread k on ${twins} where i.thread_id = t.id`,
    [kept, taken],
  );
  await tx.query(`delete from channel_thread t using channel_thread k where ${twins}`, [kept, taken]);
}
