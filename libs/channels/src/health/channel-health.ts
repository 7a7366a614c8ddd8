import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Channel, HealthReason } from '#contracts';
import { CHANNELS, CLOCK, Doorbell, isUnavailable, type Clock } from '#platform';

/** One way in or out: a mailbox, the mail relay, an account on X. */
export interface ChannelReport {
  channel: Channel;
  /** What people call it: an address, a handle. */
  label: string;
  state: 'ok' | 'trouble' | 'stopped';
  /** Only of trouble. */
  reason?: HealthReason;
  /** What the other side said; never a secret. */
  detail?: string;
  expiresAt?: Date;
}

type Traffic = Partial<Record<'in' | 'out', Date>>;

const MAX_DETAIL = 500;
/** After so long it is said again: another process may have spoken for the same way in between. */
const SAID_FOR_MS = 60_000;

/**
 * What watchers, pollers and senders say of themselves. States are written when they change; the last message in and out
 * only now and then, for a row per message would cost more than it tells.
 */
@Injectable()
export class ChannelHealth {
  private readonly log = new Logger(ChannelHealth.name);
  private readonly told = new Map<string, { said: string; at: number }>();
  private traffic = new Map<string, Traffic>();

  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() private readonly doorbell?: Doorbell,
  ) {}

  /** Says how it is doing; costs nothing while that is what was said last. A database that is away is told later. */
  async report(key: string, report: ChannelReport): Promise<void> {
    const said = JSON.stringify(report);
    const [told, now] = [this.told.get(key), this.clock.now()];
    if (told?.said === said && now.getTime() - told.at < SAID_FOR_MS) return;
    const { channel, label, state, reason, detail, expiresAt } = report;
    try {
      const rows: { changed: boolean }[] = await this.database.query(
        `insert into channel_health as h (key, channel, label, state, reason, detail, expires_at, since, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
         on conflict (key) do update set channel = excluded.channel, label = excluded.label, state = excluded.state,
           reason = excluded.reason, detail = excluded.detail, expires_at = excluded.expires_at, updated_at = excluded.updated_at,
           since = case when (h.state, h.reason) is distinct from (excluded.state, excluded.reason) then excluded.since else h.since end
         returning h.since = $8 as changed`,
        [
          key,
          channel,
          label,
          state,
          state === 'trouble' ? (reason ?? 'channel.failing') : null,
          detail?.slice(0, MAX_DETAIL) ?? null,
          expiresAt ?? null,
          now,
        ],
      );
      this.told.set(key, { said, at: now.getTime() });
      if (rows[0]?.changed) this.ring(channel, state);
    } catch (error) {
      if (!isUnavailable(error)) throw error;
    }
  }

  /** Something came in or went out this way. */
  seen(key: string, direction: 'in' | 'out'): void {
    this.traffic.set(key, { ...this.traffic.get(key), [direction]: this.clock.now() });
  }

  /** Writes down when something last came in and went out. */
  async flush(): Promise<void> {
    if (this.traffic.size === 0) return;
    const traffic = this.traffic;
    this.traffic = new Map();
    const rows = [...traffic].map(([key, { in: last_in_at, out: last_out_at }]) => ({ key, last_in_at, last_out_at }));
    try {
      await this.database.query(
        `update channel_health h set last_in_at = greatest(h.last_in_at, t.last_in_at), last_out_at = greatest(h.last_out_at, t.last_out_at)
         from jsonb_to_recordset($1::jsonb) as t (key text, last_in_at timestamptz, last_out_at timestamptz) where h.key = t.key`,
        [JSON.stringify(rows)],
      );
    } catch (error) {
      this.log.warn(`when messages last came was not written down: ${String(error)}`);
      this.traffic = new Map([...traffic, ...this.traffic]);
    }
  }

  /** What stands written of a way, whoever has said it. */
  async known(key: string): Promise<{ state: ChannelReport['state']; lastInAt: Date | null } | null> {
    const rows: { state: ChannelReport['state']; lastInAt: Date | null }[] = await this.database.query(
      'select state, last_in_at as "lastInAt" from channel_health where key = $1',
      [key],
    );
    return rows[0] ?? null;
  }

  /** People call these ways otherwise from now on. */
  async rename(keys: readonly string[], label: string): Promise<void> {
    for (const key of keys) this.told.delete(key);
    await this.database.query('update channel_health set label = $2 where key = any($1) and label <> $2', [
      keys,
      label,
    ]);
  }

  /** Of a way that is no more. */
  async forget(key: string): Promise<void> {
    this.told.delete(key);
    this.traffic.delete(key);
    const [gone]: [{ channel: Channel }[], number] = await this.database.query(
      'delete from channel_health where key = $1 returning channel',
      [key],
    );
    if (gone[0]) this.ring(gone[0].channel, null);
  }

  private ring(channel: Channel, state: ChannelReport['state'] | null): void {
    this.doorbell?.ring([CHANNELS], 'channel.changed', { channel, state, at: this.clock.now().toISOString() });
  }
}
