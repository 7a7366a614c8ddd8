import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import {
  rulesOf,
  type Evidence,
  type SuggestedPerson,
  type Suggestion,
  type SuggestionList,
  type SuggestionPage,
} from '#contracts';
import { DomainError } from '#platform';
import { seesAll, visibleTo } from './case-row.sql.js';
import { decodeCursor, FROM_MICROS, MICROS, paged } from './cursor.js';
import type { Reader } from './inbox.view.js';
import { compare, type Known, type Place } from './suggestion.rules.js';

type Side = SuggestedPerson & Pick<Known, 'points'>;

/** A suggestion as the database tells it. */
interface Row extends Omit<Suggestion, 'newcomer' | 'known' | 'rules' | 'comparisons'> {
  newcomer: Side;
  known: Side;
  evidence: Evidence[];
  places: (Place & { entryId: string })[];
}

const SIDE = (
  cu: string,
): string => `json_build_object('id', ${cu}.id, 'displayName', ${cu}.display_name, 'provisional', ${cu}.provisional, 'since', iso(${cu}.created_at),
  'case', (select json_build_object('id', own.id, 'reference', own.reference, 'problem', own.problem, 'status', own.status) from cases own
    where own.customer_id = ${cu}.id and own.status <> 'merged' order by own.is_open desc, own.opened_at desc, own.id desc limit 1),
  'points', (select coalesce(json_agg(json_build_object('kind', p.kind, 'display', coalesce('@' || p.handle, p.display)) order by p.created_at, p.id), '[]')
    from contact_point p where p.customer_id = ${cu}.id and p.valid_to is null))`;

/** Which of two goes on; the twin of `keptOf` in the room of the cases. */
const INTO = `case when n.provisional <> k.provisional then case when n.provisional then k.id else n.id end
  when (n.created_at, n.id) <= (k.created_at, k.id) then n.id else k.id end`;

/** A Row of the suggestion `s`, its newcomer `n` and whom it may be, `k`. */
const ROW = `json_build_object('id', s.id, 'state', s.state, 'newcomer', ${SIDE('n')}, 'known', ${SIDE('k')}, 'into', ${INTO},
  'evidence', s.evidence, 'askedAt', iso(s.asked_at),
  'places', (select coalesce(json_agg(json_build_object('entryId', i.id, 'caseReference', c.reference, 'channel', i.channel, 'at', iso(i.occurred_at))), '[]')
    from interaction i join cases c on c.id = i.case_id
    where i.id in (select (e ->> 'entryId')::uuid from jsonb_array_elements(s.evidence) e where e ->> 'entryId' is not null)),
  'decided', case when s.decided_at is not null then json_build_object('at', iso(s.decided_at), 'reason', s.reason,
    'by', case when a.id is not null then json_build_object('id', a.id, 'displayName', a.display_name) end) end)`;

const FROM = `match_suggestion s join customer n on n.id = living_customer(s.newcomer_id) join customer k on k.id = living_customer(s.known_id)
  left join agent a on a.id = s.decided_by`;

/** Of several of the same two the oldest stands for all. */
const ONCE = `not exists (select from match_suggestion o where o.state = s.state and (o.created_at, o.id) < (s.created_at, s.id)
  and ((o.newcomer_id in (select customer_family(n.id)) and o.known_id in (select customer_family(k.id)))
    or (o.newcomer_id in (select customer_family(k.id)) and o.known_id in (select customer_family(n.id)))))`;

const seesSomeCaseOf = (reader: string, person: string): string =>
  `(${seesAll(reader)} or exists (select from cases v where v.customer_id = ${person}.id and ${visibleTo(reader, 'v')}))`;

/** Records that may be of one person, with what speaks for it beside what speaks against it. */
@Injectable()
export class SuggestionView {
  constructor(private readonly database: DataSource) {}

  /** Open ones, those asked last first. For readers who see every case. */
  async list(query: { limit: number; cursor?: string }): Promise<SuggestionPage> {
    const after = decodeCursor(query.cursor);
    const rows: { item: Row; at: string; id: string }[] = await this.database.query(
      `select ${ROW} as item, ${MICROS('s.asked_at')} as at, s.id from ${FROM}
       where s.state = 'open' and n.id <> k.id and ${ONCE}
         ${after ? `and (s.asked_at, s.id) < (${FROM_MICROS('$2')}, $3::uuid)` : ''}
       order by s.asked_at desc, s.id desc limit $1`,
      [query.limit + 1, ...(after ? [after.at, after.id] : [])],
    );
    const { items, nextCursor } = paged(rows, query.limit);
    return { items: items.map(told), nextCursor };
  }

  /**
   * Of the customer of a case: what is open, then what was dismissed. Store staff are told of those they see a case of.
   * @param caseId a case the reader may see
   */
  async ofCase(reader: Reader, caseId: string): Promise<SuggestionList> {
    const rows: { item: Row }[] = await this.database.query(
      `with family (id) as (select customer_family(customer_id) from cases where id = $1)
       select ${ROW} as item from ${FROM}
       where (s.newcomer_id in (select id from family) or s.known_id in (select id from family)) and s.state <> 'confirmed'
         and n.id <> k.id and ${ONCE} and s.evidence <> '[]' and ${seesSomeCaseOf('$2', 'n')} and ${seesSomeCaseOf('$2', 'k')}
       order by s.state = 'open' desc, s.asked_at desc, s.id desc limit 20`,
      [caseId, reader.storeId],
    );
    return { items: rows.map(({ item }) => told(item)) };
  }

  /** @throws DomainError suggestion.not_found */
  async one(tx: EntityManager, id: string): Promise<Suggestion> {
    const rows: { item: Row }[] = await tx.query(`select ${ROW} as item from ${FROM} where s.id = $1`, [id]);
    if (!rows[0]) throw new DomainError('suggestion.not_found');
    return told(rows[0].item);
  }
}

function told({ newcomer, known, evidence, places, ...row }: Row): Suggestion {
  const placeOf = (entryId: string) => places.find((place) => place.entryId === entryId) ?? null;
  const { points: _mine, ...mine } = newcomer;
  const { points: _theirs, ...theirs } = known;
  return {
    ...row,
    newcomer: mine,
    known: theirs,
    rules: rulesOf(evidence),
    comparisons: compare(newcomer, known, evidence, placeOf),
  };
}
