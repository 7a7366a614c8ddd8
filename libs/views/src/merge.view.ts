import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { conflictsOf, type Merge, type MergePage, type MergePerson, type MergePreview } from '#contracts';
import { DomainError } from '#platform';

/** A MergePerson (contracts) of the customer `cu`, as JSON. */
const PERSON = `json_build_object('id', cu.id, 'displayName', cu.display_name, 'language', cu.language, 'tier', cu.tier, 'provisional', cu.provisional,
  'since', iso(cu.created_at),
  'contactPoints', (select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'value', p.value, 'handle', p.handle, 'display', p.display) order by p.created_at, p.id), '[]')
    from contact_point p where p.customer_id = cu.id and p.valid_to is null and p.kind in ('twitter', 'email', 'phone')),
  'openCase', (select json_build_object('id', c.id, 'reference', c.reference, 'problem', c.problem, 'status', c.status, 'unread', c.unread,
      'lastInteractionAt', iso(c.last_interaction_at),
      'assignee', case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end)
    from cases c left join agent a on a.id = c.assignee_id where c.customer_id = cu.id and c.is_open),
  'problems', (select coalesce(json_agg(json_build_object('id', p.id, 'statement', p.statement) order by p.created_at, p.id), '[]')
    from problem p join cases c on c.id = p.case_id where c.customer_id = cu.id and c.is_open),
  'lacks', coalesce((select to_json(c.lacks) from cases c where c.customer_id = cu.id and c.is_open), '[]'),
  'pastCases', (select count(*)::int from cases c where c.customer_id = cu.id and not c.is_open and c.status <> 'merged'))`;

/** One side of a merge: who it was, and the case that was joined. */
const side = (customer: string, reference: string): string =>
  `json_build_object('customerId', ${customer}.id, 'displayName', ${customer}.display_name, 'reference', ${reference}.reference)`;

/** A Merge (contracts) of the row `m`, as JSON. */
const MERGE = `json_build_object('id', m.id, 'kind', m.kind, 'kept', ${side('k', 'kc')}, 'taken', ${side('t', 'tc')},
  'by', json_build_object('kind', m.actor_kind, 'id', m.actor_id, 'displayName', m.actor_name), 'reason', m.reason, 'at', iso(m.at),
  'undoUntil', iso(m.undo_until),
  'undone', case when m.undone_at is not null then json_build_object('at', iso(m.undone_at), 'by', json_build_object('id', u.id, 'displayName', u.display_name)) end,
  'undoFirst', (select json_build_object('id', o.id, 'displayName', oc.display_name, 'at', iso(o.at)) from merge o join customer oc on oc.id = o.taken_customer
    where o.seq > m.seq and o.undone_at is null and (o.kept_customer in (m.kept_customer, m.taken_customer) or o.taken_customer in (m.kept_customer, m.taken_customer))
    order by o.seq desc limit 1))`;

const MERGE_FROM = `merge m join customer k on k.id = m.kept_customer join customer t on t.id = m.taken_customer
  left join cases kc on kc.id = m.kept_case left join cases tc on tc.id = m.taken_case left join agent u on u.id = m.undone_by`;

/** Both sides before a merge, and the merges there were. */
@Injectable()
export class MergeView {
  constructor(private readonly database: DataSource) {}

  /**
   * @param kept who would go on
   * @param taken who would be taken in
   * @throws DomainError customer.not_found, merge.same, merge.moved_on
   */
  async preview(kept: string, taken: string): Promise<MergePreview> {
    if (kept === taken) throw new DomainError('merge.same');
    const rows: { person: MergePerson; mergedInto: string | null }[] = await this.database.query(
      `select ${PERSON} as person, cu.merged_into as "mergedInto" from customer cu where cu.id = any($1)`,
      [[kept, taken]],
    );
    const [one, other] = [kept, taken].map((id) => rows.find(({ person }) => person.id === id));
    if (!one || !other) throw new DomainError('customer.not_found');
    const gone = [one, other].find(({ mergedInto }) => mergedInto !== null);
    if (gone) throw new DomainError('merge.moved_on', { customerId: gone.person.id, mergedInto: gone.mergedInto });
    return { kept: one.person, taken: other.person, conflicts: conflictsOf(one.person, other.person) };
  }

  /** The merges that made this customer who they are, and those undone, newest first. */
  async list(customerId: string): Promise<MergePage> {
    const rows: { item: Merge }[] = await this.database.query(
      `with recursive people (id) as (
         select living_customer($1::uuid) union select m.taken_customer from merge m join people p on p.id = m.kept_customer)
       select ${MERGE} as item from ${MERGE_FROM} where m.kept_customer in (select id from people)
         or (m.taken_customer = $1 and m.undone_at is not null) order by m.seq desc limit 100`,
      [customerId],
    );
    return { items: rows.map(({ item }) => item), nextCursor: null };
  }

  /** @throws DomainError merge.not_found */
  async one(tx: EntityManager, id: string): Promise<Merge> {
    const rows: { item: Merge }[] = await tx.query(`select ${MERGE} as item from ${MERGE_FROM} where m.id = $1`, [id]);
    if (!rows[0]) throw new DomainError('merge.not_found');
    return rows[0].item;
  }
}
