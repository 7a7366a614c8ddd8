import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Handover, Ownership, WarmRedirect } from '#contracts';
import { DomainError } from '#platform';
import { visibleTo } from './case-row.sql.js';
import { UUID } from './cursor.js';
import type { Reader } from './inbox.view.js';
import {
  HANDOVER,
  HANDOVER_JOINS,
  HANDOVER_OPEN,
  NEXT_ACTION,
  ON_THEIR_WAY,
  REDIRECT_JOINS,
  WARM_REDIRECT,
} from './ownership.sql.js';

const OWNER = `case when c.assignee_id is not null then json_build_object('kind', 'agent', 'id', a.id, 'name', a.display_name, 'storeId', a.store_id)
  else json_build_object('kind', 'queue', 'id', q.id, 'name', q.name, 'storeId', q.store_id) end`;

/** Who answers for cases, and what is on its way from hand to hand. */
@Injectable()
export class OwnershipView {
  /**
   * @param idOrReference a case id, or its canonical reference
   * @throws DomainError case.not_found, also when the reader may not see it
   */
  async find(tx: EntityManager, reader: Reader, idOrReference: string): Promise<Ownership> {
    const rows: { item: Ownership }[] = await tx.query(
      `select json_build_object('owner', ${OWNER}, 'why', case when (c.owner_why ->> 'agentId')::uuid = c.assignee_id then c.owner_why - 'agentId' end,
         'nextAction', ${NEXT_ACTION},
         'handover', (select ${HANDOVER} from handover h ${HANDOVER_JOINS} where h.case_id = c.id and ${HANDOVER_OPEN} order by h.at desc, h.id desc limit 1),
         'redirect', (select ${WARM_REDIRECT} from warm_redirect w ${REDIRECT_JOINS} where w.case_id = c.id and ${ON_THEIR_WAY} order by w.at desc, w.id desc limit 1)) as item
       from cases c left join agent a on a.id = c.assignee_id left join queue q on q.id = c.queue_id where ${UUID.test(idOrReference) ? 'c.id' : 'c.reference'} = $1 and ${visibleTo('$2')}`,
      [idOrReference, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('case.not_found');
    return rows[0].item;
  }

  /**
   * Cases that changed hands and nobody has said yet that they have them, the longest waiting first.
   * @param box received: to the reader, or to the store they work at · sent: by the reader · all: everybody's they may see
   */
  async handovers(tx: EntityManager, reader: Reader, box: 'received' | 'sent' | 'all'): Promise<Handover[]> {
    const mine = {
      received: `(h.to_agent = $2 or tq.store_id = (select store_id from agent where id = $2))`,
      sent: 'h.by_id = $2',
      all: '$2::uuid is not null',
    }[box];
    const rows: { item: Handover }[] = await tx.query(
      `select ${HANDOVER} as item from handover h join cases c on c.id = h.case_id ${HANDOVER_JOINS}
       where ${HANDOVER_OPEN} and c.is_open and ${mine} and ${visibleTo('$1')} order by h.at, h.id limit 200`,
      [reader.storeId, reader.id],
    );
    return rows.map(({ item }) => item);
  }

  /** One handover, whatever became of it. @throws DomainError handover.not_found */
  async handover(tx: EntityManager, reader: Reader, id: string): Promise<Handover> {
    const rows: { item: Handover }[] = await tx.query(
      `select ${HANDOVER} as item from handover h join cases c on c.id = h.case_id ${HANDOVER_JOINS} where h.id = $1 and ${visibleTo('$2')}`,
      [id, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('handover.not_found');
    return rows[0].item;
  }

  /**
   * Who is on their way to a store, newest first: those who have come leave the list.
   * @param storeId null: to any
   */
  async onTheirWay(tx: EntityManager, reader: Reader, storeId: string | null): Promise<WarmRedirect[]> {
    const rows: { item: WarmRedirect }[] = await tx.query(
      `select ${WARM_REDIRECT} as item from warm_redirect w join cases c on c.id = w.case_id ${REDIRECT_JOINS}
       where ${ON_THEIR_WAY} and c.is_open and ($2::uuid is null or w.store_id = $2) and ${visibleTo('$1')} order by w.at desc, w.id desc limit 100`,
      [reader.storeId, storeId],
    );
    return rows.map(({ item }) => item);
  }

  /** @throws DomainError redirect.not_found */
  async redirect(tx: EntityManager, reader: Reader, id: string): Promise<WarmRedirect> {
    const rows: { item: WarmRedirect }[] = await tx.query(
      `select ${WARM_REDIRECT} as item from warm_redirect w join cases c on c.id = w.case_id ${REDIRECT_JOINS} where w.id = $1 and ${visibleTo('$2')}`,
      [id, reader.storeId],
    );
    if (!rows[0]) throw new DomainError('redirect.not_found');
    return rows[0].item;
  }
}
