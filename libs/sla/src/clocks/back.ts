import { MS } from './milliseconds.js';

/** What became of a case while it was part of another, as it is read with the event that says that it is one of its own again. */

/** When a message came, or left; what has not left was said to nobody. */
const SAID_AT = `coalesce(d.sent_at, case when d.interaction_id is null then i.received_at end)`;

/**
 * Of an event `e`: the Back of its case as JSON; null where it says something else. Read only where a case came back: it looks
 * through all messages of the case.
 */
export const BACK = `case when e.type = 'case.status_changed' and e.data ->> 'from' = 'merged' then (
  select json_build_object('since', ${MS('b.since')},
    'said', (select coalesce(json_agg(json_build_object('type', case when d.interaction_id is null then 'interaction.received' else 'interaction.sent' end,
        'at', ${MS(SAID_AT)},
        'actor', json_build_object('kind', i.author_kind, 'id', i.author_id, 'name', i.author_name),
        'interaction', json_build_object('author', json_build_object('kind', i.author_kind, 'id', i.author_id, 'name', i.author_name),
          'direction', i.direction, 'automatic', i.automatic, 'reached', i.answers_post is null and coalesce(o.outcome, 'answered') = 'answered',
          'bare', exists (select from case_event r where r.case_id = b.kept and r.type = 'redirect.bare' and r.data ->> 'interactionId' = i.id::text)))
        order by ${SAID_AT}, i.id), '[]')
      from interaction i left join delivery d on d.interaction_id = i.id left join call o on o.interaction_id = i.id
      where i.case_id = e.case_id and ${SAID_AT} > b.since and ${SAID_AT} <= e.at),
    'relievedAt', (select max(${MS('p.state_at')}) from impact p where p.case_id = e.case_id and p.state in ('relieved', 'restored')
      and p.state_at > b.since and p.state_at <= e.at),
    'kept', exists (select from promise p where p.case_id = e.case_id and p.kind = 'update' and p.state = 'kept' and p.decided_at > b.since))
  from (select m.at as since, (select k.kept_case from merge k where k.taken_case = e.case_id order by k.seq desc limit 1) as kept
    from case_event m where m.case_id = e.case_id and m.seq < e.seq and m.type = 'case.status_changed' and m.data ->> 'to' = 'merged'
    order by m.seq desc limit 1) b) end`;
