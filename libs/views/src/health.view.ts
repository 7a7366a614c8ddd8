import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { ChannelsHealth, ChannelState, UnsentQueue } from '#contracts';
import { CLOCK, type Clock } from '#platform';
import { roadOf, type RoadFacts } from './road.rules.js';

interface Found {
  channels: ChannelState[];
  unsent: UnsentQueue[];
  rejects: number;
  reviews: number;
  road: RoadFacts;
}

/**
 * Since when an event of `case_event e` waits to be handed on: since it was written, which its id says (RFC 9562, version 7); what
 * it tells of may be days old, as a call that is written down later.
 */
export const WAITS_SINCE = `greatest(e.at, to_timestamp(('x0000' || translate(left(e.id::text, 13), '-', ''))::bit(64)::bigint / 1000.0))`;

/** Every figure comes from an index that holds open work only. */
const HEALTH = `
  select json_build_object(
    'channels', (select coalesce(json_agg(json_build_object('key', key, 'channel', channel, 'label', label, 'state', state,
        'reason', reason, 'since', iso(since), 'lastInAt', iso(last_in_at), 'lastOutAt', iso(last_out_at),
        'expiresAt', iso(expires_at), 'detail', case when $1 then detail end) order by channel, label, key), '[]')
      from channel_health),
    'unsent', (select coalesce(json_agg(q order by q.channel, q.account), '[]') from (
      select channel, account, count(*)::int as count, iso(min(first_due_at)) as "oldestAt"
      from delivery where state in ('held', 'pending') group by channel, account) q),
    'rejects', (select count(*)::int from inbound_reject where state = 'open'),
    'reviews', (select count(*)::int from entry_review r join interaction i on i.id = r.interaction_id
      where r.state = 'open' and living_case(r.case_id) <> i.case_id),
    'road', json_build_object(
      'worker', (select iso(at) from pulse where name = 'worker'),
      'mail', (select iso(min(received_at)) from inbound_mail where state = 'pending'),
      'events', (select iso(${WAITS_SINCE}) from case_outbox o join case_event e on e.id = o.event_id order by o.seq limit 1),
      -- On X the line itself makes messages wait; a mail that is due leaves.
      'delivery', (select iso(min(due_at)) from delivery where state in ('held', 'pending') and channel = 'email' and due_at <= $2),
      -- Until all figures agree again with what they count.
      'figures', (select iso(at) from (select at, wrong from dashboard_recount order by at desc limit 1) last where wrong <> '[]'))
  ) as found`;

/** How every channel is doing, what waits, and whether the road through the house is clear. */
@Injectable()
export class HealthView {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @param withDetail tells what the other sides said, too */
  async read(withDetail: boolean): Promise<ChannelsHealth> {
    const now = this.clock.now();
    const [row]: [{ found: Found }] = await this.database.query(HEALTH, [withDetail, now]);
    const { road, ...found } = row.found;
    return { at: now.toISOString(), ...found, road: roadOf(road, now) };
  }
}
