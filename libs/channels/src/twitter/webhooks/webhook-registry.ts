import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CLOCK, type Clock } from '#platform';

/** Among the places X is read from: the value is the address the webhook was registered for. */
const PREFIX = 'twitter:webhook:';

/** Which webhooks at X this house has registered: what another one has at the same application is not touched. */
@Injectable()
export class WebhookRegistry {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Their ids at X. */
  async made(): Promise<string[]> {
    const rows: { key: string }[] = await this.database.query(
      'select key from channel_cursor where starts_with(key, $1) order by key',
      [PREFIX],
    );
    return rows.map(({ key }) => key.slice(PREFIX.length));
  }

  async remember(id: string, address: string): Promise<void> {
    await this.database.query(
      `insert into channel_cursor (key, value, updated_at) values ($1, $2, $3)
       on conflict (key) do update set value = excluded.value, updated_at = excluded.updated_at`,
      [`${PREFIX}${id}`, address, this.clock.now()],
    );
  }

  async forget(id: string): Promise<void> {
    await this.database.query('delete from channel_cursor where key = $1', [`${PREFIX}${id}`]);
  }
}
