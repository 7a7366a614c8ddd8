import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Channel } from '#contracts';
import { CLOCK, Sweep, type Clock } from '#platform';
import { ChannelHealth } from './channel-health.js';
import { floorId, isSilent, SILENCE_HOURS, SILENCE_WEEKS } from './silence.rules.js';

const EVERY_MS = 30_000;
const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Channels that speak by themselves. */
const SPEAKING: Channel[] = ['email', 'twitter'];

/**
 * Says every half minute that this process is at work, and notices when a channel that always brings something brings
 * nothing. It proves what it can see from inside; that the world reaches our address only a message from outside proves.
 */
@Injectable()
export class Canary {
  private readonly sweep = new Sweep(Canary.name, EVERY_MS, async () => {
    await this.sing();
    return false;
  });

  constructor(
    private readonly database: DataSource,
    private readonly health: ChannelHealth,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  start(): void {
    this.sweep.start();
  }

  stop(): Promise<void> {
    return this.sweep.stop();
  }

  async sing(): Promise<void> {
    const now = this.clock.now();
    await this.database.query(
      `insert into pulse (name, at) values ('worker', $1) on conflict (name) do update set at = greatest(pulse.at, excluded.at)`,
      [now],
    );
    for (const channel of SPEAKING) await this.listen(channel, now);
  }

  private async listen(channel: Channel, now: Date): Promise<void> {
    const key = `usual:${channel}`;
    if (isSilent(await this.counts(channel, now)))
      await this.health.report(key, { channel, label: channel, state: 'trouble', reason: 'channel.silent' });
    else await this.health.forget(key);
  }

  /** What came in lately, and in the same hours of the weeks before. */
  private async counts(channel: Channel, now: Date): Promise<number[]> {
    const ends = Array.from({ length: SILENCE_WEEKS + 1 }, (_, week) => now.getTime() - week * WEEK_MS);
    const rows: { count: number }[] = await this.database.query(
      `select (select count(*)::int from interaction i
         where i.id >= s.from_id and i.id < s.to_id and i.channel = $1 and i.direction = 'inbound') as count
       from unnest($2::uuid[], $3::uuid[]) with ordinality as s (from_id, to_id, week) order by s.week`,
      [
        channel,
        ends.map((end) => floorId(new Date(end - SILENCE_HOURS * HOUR_MS))),
        ends.map((end) => floorId(new Date(end))),
      ],
    );
    return rows.map(({ count }) => count);
  }
}
