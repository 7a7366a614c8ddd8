import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { UNDO_DAYS, type MergeChoices } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { findCase } from '../case-access.js';
import { actorOf, record, type Actor, type NewEvent } from '../record.js';
import { joinCases } from './merge.cases.js';
import { casesOf, entriesOf, stoodOf, type PlacedCase } from './merge.entries.js';
import type { MergeJournal } from './merge.journal.js';
import { filledColumns, lockPeople, nameCases, setColumns, twoPeople, type Person } from './merge.people.js';
import { chosenColumns } from './merge.rules.js';
import { takeRows } from './merge.rows.js';

export interface MergeOrder {
  /** Who goes on. */
  into: string;
  /** Who turned out to be them too. */
  from: string;
  reason: string;
  suggestionId?: string;
  choices?: MergeChoices;
  /** The caller holds the locks of the addresses and the people already. */
  locked?: boolean;
}

export interface Merged {
  mergeId: string;
  /** Neither had a case to tell it on; whoever lands on one may. */
  untold: NewEvent | null;
}

const DAY_MS = 24 * 3_600_000;

/**
 * Two records of one person become one, two cases of one person too: a pointer, and a journal of every row that moved, by which
 * `UnmergeService` takes it back. What a merge does with each table stands in merge.moves.
 */
@Injectable()
export class MergeService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Takes one customer into another: addresses, cases that are over, and their open case, which joins the other's when there is
   * one. New arrivals follow. Run it in `withRetry`.
   * @throws DomainError merge.same, merge.moved_on (one of them was merged meanwhile), customer.not_found
   */
  async customers(tx: EntityManager, actor: Actor, order: MergeOrder): Promise<Merged> {
    const { into, from } = order;
    if (into === from) throw new DomainError('merge.same');
    await lockPeople(tx, [into, from], !order.locked);
    const [kept, taken] = await twoPeople(tx, into, from);
    const cases = await casesOf(tx, [into, from]);
    const [mine, theirs] = [into, from].map((id) => cases.find((one) => one.customerId === id && one.isOpen));
    const journal = await this.blank(tx, cases);
    const joined = mine && theirs ? { kept: mine, taken: theirs } : null;
    if (joined) await this.join(tx, actor, joined, journal);
    journal.customerRows = await takeRows(tx, 'customer', { kept: into, taken: from });
    await tx.query('update customer set merged_into = $1 where id = $2', [into, from]);
    journal.customer = await this.choose(tx, kept, taken, order.choices ?? {});
    await nameCases(tx, [into]);
    const mergeId = await this.write(tx, actor, 'customer', { people: [into, from], joined, order, journal });
    return {
      mergeId,
      untold: await this.tell(tx, actor, mergeId, { kept, taken, joined, cases, reason: order.reason }),
    };
  }

  /**
   * Joins two cases of one customer; the one that is open is kept, else the first.
   * @returns the merge and the case that is left
   * @throws DomainError permission.denied, case.not_found, merge.same_case, merge.case_elsewhere, merge.case_over
   */
  async cases(
    tx: EntityManager,
    principal: Principal,
    order: { into: string; from: string; reason: string },
  ): Promise<{ mergeId: string; caseId: string }> {
    demand(principal, 'customer.merge');
    const ids = [await findCase(tx, principal, order.into), await findCase(tx, principal, order.from)];
    if (ids[0] === ids[1]) throw new DomainError('merge.same_case');
    const owners: { id: string }[] = await tx.query('select distinct customer_id as id from cases where id = any($1)', [
      ids,
    ]);
    await lockPeople(
      tx,
      owners.map(({ id }) => id),
    );
    const people = owners.map(({ id }) => id);
    const all = await casesOf(tx, people);
    const [first, second] = ids.map((id) => all.find((one) => one.id === id));
    if (!first || !second || first.customerId !== second.customerId) throw new DomainError('merge.case_elsewhere');
    if ([first, second].some(({ status }) => status === 'merged' || status === 'spam'))
      throw new DomainError('merge.case_over');
    const joined = second.isOpen ? { kept: second, taken: first } : { kept: first, taken: second };
    const journal = await this.blank(tx, all);
    const actor = actorOf(principal);
    await this.join(tx, actor, joined, journal);
    const { customerId } = first;
    const mergeId = await this.write(tx, actor, 'case', { people: [customerId, customerId], joined, order, journal });
    const displayName = await nameOf(tx, customerId);
    await this.tellSides(tx, actor, 'case.merged', mergeId, order.reason, [
      { at: joined.kept, other: joined.taken, side: 'kept', customerId, displayName },
      { at: joined.taken, other: joined.kept, side: 'taken', customerId, displayName },
    ]);
    return { mergeId, caseId: joined.kept.id };
  }

  private async join(
    tx: EntityManager,
    actor: Actor,
    joined: { kept: PlacedCase; taken: PlacedCase },
    journal: MergeJournal,
  ): Promise<void> {
    const now = this.clock.now();
    const { journal: moved, followed } = await joinCases(tx, joined, now);
    Object.assign(journal, moved);
    if (followed.length > 0) await record(tx, joined.kept.id, actor, 'api', now, followed);
  }

  private async blank(tx: EntityManager, cases: PlacedCase[]): Promise<MergeJournal> {
    const entries = await entriesOf(
      tx,
      cases.map(({ id }) => id),
    );
    return {
      customerRows: {},
      caseRows: {},
      copies: {},
      stood: stoodOf(cases, entries),
      twins: [],
      customer: { before: {}, after: {} },
      kept: null,
      taken: null,
    };
  }

  /** Where they say something else, whose word was chosen; whoever a person has spoken with is no longer provisional. */
  private async choose(tx: EntityManager, kept: Person, taken: Person, choices: MergeChoices) {
    const speaks = choices.language !== undefined || (taken.languageKnown && taken.language === kept.language);
    const after = {
      ...(speaks && !kept.languageKnown ? { language_known: true } : {}),
      ...(await filledColumns(tx, kept.id, taken.id)),
      ...chosenColumns(kept, taken, choices),
      ...(kept.provisional && !taken.provisional ? { provisional: false } : {}),
    };
    return { before: await setColumns(tx, kept.id, after), after };
  }

  private async write(
    tx: EntityManager,
    actor: Actor,
    kind: 'customer' | 'case',
    merge: {
      people: [string, string];
      joined: { kept: PlacedCase; taken: PlacedCase } | null;
      order: { reason: string; suggestionId?: string; choices?: MergeChoices };
      journal: MergeJournal;
    },
  ): Promise<string> {
    const id = newId();
    const now = this.clock.now();
    const { people, joined, order, journal } = merge;
    await tx.query(
      `insert into merge (id, kind, kept_customer, taken_customer, kept_case, taken_case, actor_kind, actor_id, actor_name, reason, suggestion_id,
         choices, journal, at, undo_until)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        id,
        kind,
        ...people,
        joined?.kept.id ?? null,
        joined?.taken.id ?? null,
        actor.kind,
        actor.id,
        actor.name,
        order.reason,
        order.suggestionId ?? null,
        JSON.stringify(order.choices ?? {}),
        JSON.stringify(journal),
        now,
        undoUntil(now),
      ],
    );
    return id;
  }

  /** On the case each of them had: the joined ones, else the newest. @returns what nobody had a case for */
  private async tell(
    tx: EntityManager,
    actor: Actor,
    mergeId: string,
    merge: {
      kept: Person;
      taken: Person;
      joined: { kept: PlacedCase; taken: PlacedCase } | null;
      cases: PlacedCase[];
      reason: string;
    },
  ): Promise<NewEvent | null> {
    const { kept, taken, joined, cases, reason } = merge;
    const newestOf = (person: Person) =>
      cases.filter(({ customerId, status }) => customerId === person.id && status !== 'merged').at(-1);
    const mine = joined?.kept ?? newestOf(kept);
    const theirs = joined?.taken ?? newestOf(taken);
    const other = (one: PlacedCase | undefined) => (joined && one ? one : null);
    const sides = [
      { at: mine, other: other(theirs), side: 'kept' as const, customerId: taken.id, displayName: taken.displayName },
      { at: theirs, other: other(mine), side: 'taken' as const, customerId: kept.id, displayName: kept.displayName },
    ];
    await this.tellSides(tx, actor, 'customer.merged', mergeId, reason, sides);
    if (mine?.isOpen || theirs?.isOpen) return null;
    const { id: customerId, displayName } = taken;
    const data = { mergeId, customerId, displayName, side: 'kept' as const, reason };
    return { type: 'customer.merged', data: { ...data, undoUntil: undoUntil(this.clock.now()).toISOString() } };
  }

  private async tellSides(
    tx: EntityManager,
    actor: Actor,
    type: 'customer.merged' | 'case.merged',
    mergeId: string,
    reason: string,
    sides: {
      at: PlacedCase | undefined;
      other: PlacedCase | null;
      side: 'kept' | 'taken';
      customerId: string;
      displayName: string;
    }[],
  ): Promise<void> {
    const now = this.clock.now();
    for (const { at, other, ...said } of sides)
      if (at)
        await record(tx, at.id, actor, 'api', now, [
          ...(other && said.side === 'taken' ? [ended(at)] : []),
          {
            type,
            data: {
              mergeId,
              ...said,
              otherCaseId: other?.id ?? null,
              otherReference: other?.reference ?? null,
              reason,
              undoUntil: undoUntil(now).toISOString(),
            },
          },
        ]);
  }
}

/** A case that was joined ends. */
const ended = ({ status }: PlacedCase): NewEvent => ({
  type: 'case.status_changed',
  data: { from: status, to: 'merged', waitReason: null },
});

const undoUntil = (at: Date): Date => new Date(at.getTime() + UNDO_DAYS * DAY_MS);

async function nameOf(tx: EntityManager, customerId: string): Promise<string> {
  const rows: { name: string }[] = await tx.query('select display_name as name from customer where id = $1', [
    customerId,
  ]);
  return rows[0]?.name ?? '';
}
