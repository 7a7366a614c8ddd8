import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Escalation, EscalationPage, EscalationQuery, EscalationState } from '#contracts';
import { may } from '#contracts';
import { visibleStore, type Principal } from '#identity';
import { visible } from '#cases';

/** The conditions the indexes of escalations are made for. */
const STATES: Record<EscalationState, string> = {
  open: 'x.is_shown and x.acknowledged_at is null and x.ended_at is null',
  acknowledged: 'x.acknowledged_at is not null and x.ended_at is null',
  ended: 'x.ended_at is not null',
};

const PERSON = (agent: string) =>
  `case when ${agent}.id is not null then json_build_object('id', ${agent}.id, 'displayName', ${agent}.display_name) end`;

/** Whether somebody may acknowledge it: who was told, answers for it or has the case; who supervises may all. */
export const isTheirs = (agentId: string): string =>
  `(x.accountable_id = ${agentId} or c.assignee_id = ${agentId} or ${agentId} = any(x.told))`;

const encode = (at: string, id: string): string => Buffer.from(`${at} ${id}`).toString('base64url');
const decode = (cursor: string | undefined): [string | null, string | null] => {
  const [at = null, id = null] = cursor === undefined ? [] : Buffer.from(cursor, 'base64url').toString().split(' ');
  return [at, id];
};

/** What was escalated, the newest first. */
@Injectable()
export class EscalationReader {
  /** Of cases this person may see. */
  async list(
    tx: EntityManager,
    principal: Principal,
    { state, queueId, limit, cursor }: EscalationQuery,
  ): Promise<EscalationPage> {
    const [at, id] = decode(cursor);
    const rows: (Escalation & { at: string })[] = await tx.query(
      `with page as (
         select x.* from escalation x
         where ${STATES[state]} and ($4::uuid is null or x.queue_id = $4) and ($5::timestamptz is null or (x.raised_at, x.id) < ($5, $6::uuid))
           and ${visible('$3', 'x.case_id')}
         order by x.raised_at desc, x.id desc limit $1)
       select x.id, json_build_object('id', c.id, 'reference', c.reference, 'customerName', c.customer_name, 'problem', c.problem) as case,
         x.metric, w.partner_name as "partnerName", x.round, x.rung + 1 as rung, jsonb_array_length(v.rungs) as rungs, x.reason, iso(x.due_at) as "dueAt", iso(x.raised_at) as "raisedAt",
         ${PERSON('p')} as accountable, ${PERSON('k')} as "acknowledgedBy",
         coalesce((select json_agg(json_build_object('id', t.id, 'displayName', t.display_name) order by t.display_name, t.id) from agent t where t.id = any(x.told)), '[]') as told,
         case when q.id is not null then json_build_object('id', q.id, 'name', q.name) end as queue,
         iso(x.acknowledge_by) as "acknowledgeBy", iso(x.acknowledged_at) as "acknowledgedAt", iso(x.ended_at) as "endedAt",
         ($7 or ${isTheirs('$2')}) as mine, x.raised_at::text as at
       from page x left join clock w on w.case_id = x.case_id and w.metric = x.metric and w.side = x.side and w.round = x.round join cases c on c.id = x.case_id join ladder_version v on v.id = x.ladder_version_id
         left join agent p on p.id = x.accountable_id left join agent k on k.id = x.acknowledged_by left join queue q on q.id = x.queue_id
       order by x.raised_at desc, x.id desc`,
      [limit + 1, principal.id, visibleStore(principal), queueId ?? null, at, id, may(principal.role, 'supervise')],
    );
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(({ at: _, ...item }) => item),
      nextCursor: rows.length > limit && last ? encode(last.at.replace(' ', 'T'), last.id) : null,
    };
  }
}
