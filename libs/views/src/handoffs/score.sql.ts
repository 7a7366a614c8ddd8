import type { HandoffMeasure } from '#contracts';

/** What the figures of a scorecard count, of handoffs `h` of partners `p`: the card and the list read the same. */

/** Nothing is done about it any more. What was rejected waits until whoever gave it closes it. */
export const OVER = `('closed', 'expired', 'cancelled', 'recalled')`;
/** Nobody works on it any more. */
const ENDED = `('closed', 'rejected', 'expired', 'cancelled', 'recalled')`;

/** So many days after a device came back another handoff of it counts as a repair that did not hold. */
const AGAIN = `interval '90 days'`;

const dayOf = (instant: string) => `(${instant} at time zone p.time_zone)::date`;

/** The day they named first, by their clock. */
const FIRST_DAY = `(select ${dayOf(`(e.word ->> 'etaAt')::timestamptz`)} from handoff_entry e where e.handoff_id = h.id and not e.ours
  and e.kind in ('accepted', 'eta') and e.word ->> 'etaAt' is not null order by e.at, e.seq limit 1)`;

/** What they said last of where it stands, by their clock. */
const LAST_SAID = `(select e.kind from handoff_entry e where e.handoff_id = h.id and not e.ours
  and e.kind in ('accepted', 'rejected', 'asked', 'in_progress', 'resolved') order by e.at desc, e.seq desc limit 1)`;

const REOPENED = `exists (select from handoff_entry e where e.handoff_id = h.id and e.ours and e.kind = 'reopened' and e.applied)`;
/** What could not be repaired goes elsewhere next, and rightly so. */
const CAME_BACK = `(h.outcome in ('repaired', 'replaced', 'no_fault') and exists (select from handoff n where n.device_id = h.device_id and n.id <> h.id
  and n.direction = 'out' and n.mode <> 'advise' and n.sent_at > h.resolved_at and n.sent_at <= h.resolved_at + ${AGAIN}))`;

/** @param since @param now parameters that hold an instant */
export function measures(since: string, now: string): Record<HandoffMeasure, string> {
  const given = `(h.direction = 'out' and h.sent_at >= ${since}::timestamptz)`;
  const over = `case when h.state in ${ENDED} then h.state_at else ${now}::timestamptz end`;
  const back = `case when h.state not in ${ENDED} and h.state <> 'resolved' then ${now}::timestamptz else h.resolved_at end`;
  const of = (what: string) => `(${given} and coalesce(${what}, false))`;
  return {
    given,
    acknowledged_in_time: of(`h.acknowledged_at <= h.acknowledge_by`),
    acknowledged_late: of(`coalesce(h.acknowledged_at, ${over}) > h.acknowledge_by`),
    rejected: of(`h.state = 'rejected' or (h.state = 'closed' and ${LAST_SAID} = 'rejected')`),
    overrun: of(`${dayOf(`(${back})`)} > ${FIRST_DAY}`),
    re_repaired: of(`h.resolved_at is not null and (${REOPENED} or ${CAME_BACK})`),
  };
}
