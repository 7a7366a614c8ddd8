import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseStatus } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { toldApart } from '../matching/suggestion.service.js';
import { CaseWaits } from '../case-waits.service.js';
import { actorOf, record, type Actor, type NewEvent } from '../record.js';
import { ClosingService } from '../story/closing.service.js';
import { countFailed, partCases, wordsBack } from './merge.cases.js';
import { casesOf, entriesOf, unseenNow } from './merge.entries.js';
import { MERGE_ROW, type MergeRow } from './merge.journal.js';
import { lockPeople, nameCases, takeColumnsBack } from './merge.people.js';
import { planApart, plannedMeanwhile } from './merge.plans.js';
import { dropCopies, giveRowsBack } from './merge.rows.js';
import { countUnseen, settleArrivals } from './merge.settling.js';

/** Takes a merge back, within thirty days, as if it had not been: the rule is `settle`, told in full in docs/adr/0025. */
@Injectable()
export class UnmergeService {
  constructor(
    private readonly closing: ClosingService,
    private readonly waits: CaseWaits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Takes a merge back; once it is, again is refused. Run it in `withRetry`.
   * @returns the merge's id and the cases that changed
   * @throws DomainError permission.denied, merge.not_found, merge.undone, merge.too_late, merge.undo_later_first (details name it),
   * merge.other_open (a case that would be their second open one)
   */
  async undo(
    tx: EntityManager,
    principal: Principal,
    mergeId: string,
  ): Promise<{ mergeId: string; touched: string[] }> {
    demand(principal, 'customer.merge');
    const merge = await this.lockMerge(tx, mergeId);
    await this.refuse(tx, merge);
    const people: [string, string] = [merge.keptCustomer, merge.takenCustomer];
    const { journal } = merge;
    const both = merge.keptCase && merge.takenCase ? { kept: merge.keptCase, taken: merge.takenCase } : null;
    const joined = new Map(both ? [[both.taken, both.kept]] : []);
    const before = await casesOf(tx, people);
    const ids = before.map(({ id }) => id);
    const unseen = unseenNow(before, await entriesOf(tx, ids), journal.stood, joined);
    const way = { kept: merge.keptCustomer, taken: merge.takenCustomer };
    const meanwhile = both && (await plannedMeanwhile(tx, both.kept, journal.stood));
    if (merge.kind === 'customer') {
      await giveRowsBack(tx, 'customer', way, journal.customerRows);
      await tx.query('update customer set merged_into = null where id = $1', [merge.takenCustomer]);
      await takeColumnsBack(tx, 'customer', way.kept, Object.keys(journal.customer.before), journal.customer);
    }
    const actor = actorOf(principal);
    if (both) await this.part(tx, actor, both, merge);
    const settled = await settleArrivals(tx, actor, people, journal, this.clock.now());
    await this.rowsOfTheInbox(tx, merge, settled.touched, unseen);
    await nameCases(tx, people);
    await this.close(tx, principal, merge.id);
    if (merge.kind === 'customer') await toldApart(tx, { mergeId, people, by: principal.id, at: this.clock.now() });
    await this.tell(tx, actor, merge, settled);
    if (both) {
      const planned = await planApart(tx, both, meanwhile, journal.stood);
      await this.waits.parted(tx, actor, both, { ...journal, planned });
    }
    return { mergeId, touched: settled.touched };
  }

  /** The merge, with everybody it is about locked. */
  private async lockMerge(tx: EntityManager, mergeId: string): Promise<MergeRow> {
    const find = async (lock: string): Promise<MergeRow> => {
      const rows: MergeRow[] = await tx.query(`select ${MERGE_ROW} from merge m where m.id = $1 ${lock}`, [mergeId]);
      if (!rows[0]) throw new DomainError('merge.not_found');
      return rows[0];
    };
    const { keptCustomer, takenCustomer } = await find('');
    await lockPeople(tx, [...new Set([keptCustomer, takenCustomer])]);
    return find('for update');
  }

  private async refuse(tx: EntityManager, merge: MergeRow): Promise<void> {
    if (merge.undoneAt) throw new DomainError('merge.undone');
    if (merge.undoUntil <= this.clock.now()) throw new DomainError('merge.too_late', { undoUntil: merge.undoUntil });
    const later: { id: string; displayName: string; at: Date }[] = await tx.query(
      `select m.id, c.display_name as "displayName", m.at from merge m join customer c on c.id = m.taken_customer
       where m.seq > $1 and m.undone_at is null and (m.kept_customer = any($2) or m.taken_customer = any($2)) order by m.seq desc limit 1`,
      [merge.seq, [merge.keptCustomer, merge.takenCustomer]],
    );
    if (later[0])
      throw new DomainError('merge.undo_later_first', {
        mergeId: later[0].id,
        displayName: later[0].displayName,
        at: later[0].at.toISOString(),
      });
    await this.refuseSecondOpen(tx, merge);
  }

  /** The case that was joined opens again; one of theirs that was over may have been reopened since. */
  private async refuseSecondOpen(tx: EntityManager, merge: MergeRow): Promise<void> {
    const reopens = merge.journal.taken && !OVER.includes(merge.journal.taken.status);
    if (!reopens) return;
    const back = merge.kind === 'customer' ? (merge.journal.customerRows['cases.customer_id'] ?? []) : null;
    const open: { id: string; reference: string }[] = await tx.query(
      `select id, reference from cases where customer_id = $1 and is_open and ($2::text[] is null or id::text = any($2)) limit 1`,
      [merge.keptCustomer, back],
    );
    if (open[0]) throw new DomainError('merge.other_open', { caseId: open[0].id, reference: open[0].reference });
  }

  /** Both cases stand as they did; one that is restored again asks its customer once more whether all is well. */
  private async part(
    tx: EntityManager,
    actor: Actor,
    both: { kept: string; taken: string },
    { journal }: MergeRow,
  ): Promise<void> {
    const statusOf = async (): Promise<CaseStatus> => {
      const rows: { status: CaseStatus }[] = await tx.query('select status from cases where id = $1', [both.kept]);
      return rows[0]?.status ?? 'merged';
    };
    const from = await statusOf();
    await partCases(tx, both, journal);
    const to = await statusOf();
    if (to === 'restored' && from !== to) await this.closing.moved(tx, both.kept, from, to);
    if (journal.taken?.status === 'restored') await this.closing.moved(tx, both.taken, 'merged', 'restored');
    if (from !== to)
      await record(tx, both.kept, actor, 'api', this.clock.now(), [
        { type: 'case.status_changed', data: { from, to, waitReason: null } },
      ]);
  }

  private async rowsOfTheInbox(
    tx: EntityManager,
    merge: MergeRow,
    touched: string[],
    unseen: Set<string>,
  ): Promise<void> {
    const people = [merge.keptCustomer, merge.takenCustomer];
    const cases = await casesOf(tx, people);
    const ids = cases.map(({ id }) => id);
    const entries = await entriesOf(tx, ids);
    const { stood } = merge.journal;
    for (const caseId of new Set([...touched, merge.keptCase, merge.takenCase]))
      if (caseId) await wordsBack(tx, stood.find((one) => one.caseId === caseId) ?? { caseId, ...NOTHING }, entries);
    if (merge.keptCase) await dropCopies(tx, 'case', merge.keptCase, merge.journal.copies);
    await countFailed(tx, ids);
    await countUnseen(tx, people, unseen);
  }

  private async close(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    await tx.query('update merge set undone_at = $2, undone_by = $3 where id = $1', [
      id,
      this.clock.now(),
      principal.id,
    ]);
  }

  /** On every case that changed, and on the newest of each side. */
  private async tell(
    tx: EntityManager,
    actor: Actor,
    merge: MergeRow,
    { entries, touched }: { entries: number; touched: string[] },
  ): Promise<void> {
    const cases = await casesOf(tx, [merge.keptCustomer, merge.takenCustomer]);
    const names: { id: string; displayName: string }[] = await tx.query(
      'select id, display_name as "displayName" from customer where id = any($1)',
      [[merge.keptCustomer, merge.takenCustomer]],
    );
    const newest = [merge.keptCustomer, merge.takenCustomer].map((id) =>
      cases.filter(({ customerId, status }) => customerId === id && status !== 'merged').at(-1),
    );
    const told = new Set([
      ...touched,
      merge.keptCase,
      merge.takenCase,
      ...(merge.keptCase ? [] : newest.map((one) => one?.id)),
    ]);
    const type = merge.kind === 'customer' ? 'customer.unmerged' : 'case.unmerged';
    for (const one of cases.filter(({ id }) => told.has(id))) {
      const side =
        one.id === merge.keptCase || (one.id !== merge.takenCase && one.customerId === merge.keptCustomer)
          ? ('kept' as const)
          : ('taken' as const);
      const otherCaseId = side === 'kept' ? merge.takenCase : merge.keptCase;
      const otherPerson = side === 'kept' ? merge.takenCustomer : merge.keptCustomer;
      await record(tx, one.id, actor, 'api', this.clock.now(), [
        ...(one.id === merge.takenCase ? [livesOn(merge)] : []),
        {
          type,
          data: {
            mergeId: merge.id,
            side,
            entries,
            customerId: otherPerson,
            displayName: names.find(({ id }) => id === otherPerson)?.displayName ?? '',
            otherCaseId,
            otherReference: cases.find(({ id }) => id === otherCaseId)?.reference ?? null,
          },
        },
      ]);
    }
  }
}

/** A case that had been joined is what it was. */
const livesOn = ({ journal }: MergeRow): NewEvent => ({
  type: 'case.status_changed',
  data: { from: 'merged', to: journal.taken?.status ?? 'new', waitReason: journal.taken?.waitReason ?? null },
});

/** Of a case opened since. */
const NOTHING = { entryIds: [], unreadIds: [], words: {} };

const OVER: CaseStatus[] = ['closed', 'merged', 'spam'];
