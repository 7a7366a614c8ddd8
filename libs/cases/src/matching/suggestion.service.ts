import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MergeChoices } from '#contracts';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockPeople } from '../merge/merge.people.js';
import { MergeService } from '../merge/merge.service.js';
import { actorOf } from '../record.js';
import { tellBoth } from './matching.service.js';
import { householdsOf } from './evidence.sql.js';
import {
  decideSuggestion,
  keptOf,
  ofPair,
  peopleOf,
  suggestionOf,
  unmarkEntries,
  type MatchPerson,
  type SuggestionRow,
} from './suggestion.sql.js';

/** A suggestion and whom it is about, both locked. */
interface Held {
  row: SuggestionRow;
  people: [MatchPerson, MatchPerson];
  /** All suggestions of the two that are open: one decision is for all. */
  open: string[];
}

/** What people say of two records: one person, or "not the same", which is remembered in both directions. */
@Injectable()
export class SuggestionService {
  constructor(
    private readonly merges: MergeService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * They are one: they are merged. Run it in `withRetry`.
   * @returns the merge
   * @throws DomainError permission.denied, suggestion.not_found, suggestion.decided, suggestion.one_person
   */
  async confirm(tx: EntityManager, principal: Principal, id: string, choices?: MergeChoices): Promise<string> {
    demand(principal, 'customer.merge');
    const { row, people, open } = await this.hold(tx, id);
    if (row.state !== 'open') throw new DomainError('suggestion.decided', { state: row.state });
    const into = keptOf(...people).id;
    const from = people.find((person) => person.id !== into)?.id ?? into;
    const households = await householdsOf(tx, [into, from]);
    const order = { into, from, reason: 'suggestion', suggestionId: id, locked: true, ...(choices ? { choices } : {}) };
    const { mergeId } = await this.merges.customers(tx, actorOf(principal), order);
    if (households.size > 0) await keepShared(tx, into);
    await decideSuggestion(tx, open, { state: 'confirmed', by: principal.id, at: this.clock.now(), mergeId });
    return mergeId;
  }

  /**
   * They are two. Again changes nothing.
   * @throws DomainError as `confirm`
   */
  async dismiss(tx: EntityManager, principal: Principal, id: string, reason: string | null): Promise<void> {
    demand(principal, 'customer.merge');
    const { row, people, open } = await this.hold(tx, id);
    if (row.state === 'dismissed') return;
    if (row.state !== 'open') throw new DomainError('suggestion.decided', { state: row.state });
    const now = this.clock.now();
    await decideSuggestion(tx, open, { state: 'dismissed', by: principal.id, reason, at: now });
    await tellBoth(tx, actorOf(principal), people, now, (other) => ({
      type: 'match.dismissed',
      data: { suggestionId: id, reason, ...other },
    }));
  }

  /**
   * "Not the same" was a slip: it is a question again.
   * @throws DomainError as `confirm`
   */
  async reopen(tx: EntityManager, principal: Principal, id: string): Promise<void> {
    demand(principal, 'customer.merge');
    const { row, people } = await this.hold(tx, id);
    if (row.state === 'open') return;
    if (row.state !== 'dismissed') throw new DomainError('suggestion.decided', { state: row.state });
    const now = this.clock.now();
    const all = (await ofPair(tx, people[0].id, people[1].id)).filter(({ state }) => state === 'dismissed');
    await decideSuggestion(
      tx,
      all.map((one) => one.id),
      { state: 'open', by: null, at: now },
    );
    await tellBoth(tx, actorOf(principal), people, now, (other) => ({
      type: 'match.reopened',
      data: { suggestionId: id, ...other },
    }));
  }

  private async hold(tx: EntityManager, id: string): Promise<Held> {
    const found = await suggestionOf(tx, id);
    if (!found) throw new DomainError('suggestion.not_found');
    await lockPeople(tx, [...new Set(found.people)]);
    // While we waited somebody may have decided, or merged one of them.
    const row = await suggestionOf(tx, id, 'for update of s');
    if (!row) throw new DomainError('suggestion.not_found');
    if (row.state === 'confirmed') throw new DomainError('suggestion.decided', { state: row.state });
    const known = await peopleOf(tx, row.people);
    const [one, other] = row.people.map((who) => known.find((person) => person.id === who));
    if (!one || !other || one.id === other.id) throw new DomainError('suggestion.one_person');
    if (row.people.some((who, at) => who !== found.people[at]))
      throw new DomainError('suggestion.decided', { state: row.state });
    const all = await ofPair(tx, one.id, other.id);
    return { row, people: [one, other], open: all.filter(({ state }) => state === 'open').map((of) => of.id) };
  }
}

/** What several people have stays so, whoever took in the one who wrote by it last. */
async function keepShared(tx: EntityManager, customerId: string): Promise<void> {
  await tx.query(
    `update contact_point p set shared = true, verified_at = null, verified_how = null, verified_by = null
     where p.customer_id = $1 and not p.shared and p.valid_to is null and exists (
       select from contact_point s where s.kind = p.kind and s.value = p.value and s.shared and s.valid_to is null)`,
    [customerId],
  );
}

/**
 * A merge was taken back: somebody of ours says that they are two. Nothing that was known by then asks again.
 * @param people who they are again; both are locked
 */
export async function toldApart(
  tx: EntityManager,
  { mergeId, people, by, at }: { mergeId: string; people: [string, string]; by: string; at: Date },
): Promise<void> {
  await unmarkEntries(tx, mergeId);
  const before = await ofPair(tx, ...people);
  if (before.length === 0)
    await tx.query(
      `insert into match_suggestion (id, newcomer_id, known_id, state, evidence, decided_by, decided_at, created_at, asked_at)
       values ($1, $2, $3, 'dismissed', '[]', $4, $5, $5, $5)`,
      [newId(), people[1], people[0], by, at],
    );
  else
    await decideSuggestion(
      tx,
      before.map(({ id }) => id),
      { state: 'dismissed', by, at },
    );
}
