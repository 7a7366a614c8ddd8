import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '#platform';

/** How far one message of a reply has come. */
export interface PartRow {
  part: number;
  mediaId: string | null;
  uploadedAt: Date | null;
  /** X may have it since then. */
  tryingAt: Date | null;
  /** X has it. */
  eventId: string | null;
}

/** The messages of a reply that leaves in several, as far as they are gone. */
@Injectable()
export class PartStore {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(interactionId: string): Promise<Map<number, PartRow>> {
    const rows: PartRow[] = await this.database.query(
      `select part, media_id as "mediaId", uploaded_at as "uploadedAt", trying_at as "tryingAt", event_id as "eventId"
       from twitter_part where interaction_id = $1`,
      [interactionId],
    );
    return new Map(rows.map((row) => [row.part, row]));
  }

  async uploaded(interactionId: string, part: number, mediaId: string): Promise<void> {
    await this.database.query(
      `insert into twitter_part (interaction_id, part, media_id, uploaded_at) values ($1, $2, $3, $4)
       on conflict (interaction_id, part) do update set media_id = excluded.media_id, uploaded_at = excluded.uploaded_at`,
      [interactionId, part, mediaId, this.clock.now()],
    );
  }

  /** From here on X may have it. */
  async trying(tx: EntityManager, interactionId: string, part: number): Promise<void> {
    await tx.query(
      `insert into twitter_part (interaction_id, part, trying_at) values ($1, $2, $3)
       on conflict (interaction_id, part) do update set trying_at = excluded.trying_at`,
      [interactionId, part, this.clock.now()],
    );
  }

  /** Surely not at X. */
  async notSent(interactionId: string, part: number): Promise<void> {
    await this.database.query('update twitter_part set trying_at = null where interaction_id = $1 and part = $2', [
      interactionId,
      part,
    ]);
  }

  async sent(interactionId: string, part: number, eventId: string): Promise<void> {
    await this.database.query(
      `insert into twitter_part (interaction_id, part, event_id) values ($1, $2, $3)
       on conflict (interaction_id, part) do update set event_id = excluded.event_id`,
      [interactionId, part, eventId],
    );
  }
}
