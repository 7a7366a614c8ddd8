import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { CLOCK, sqlState, type Clock } from '#platform';

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

  /** The first message names the reply at once: its echo may come long before the last one has left. */
  async sent(interactionId: string, part: number, eventId: string): Promise<void> {
    if (part === 1) await this.nameReply(interactionId, eventId);
    await this.database.query(
      `insert into twitter_part (interaction_id, part, event_id) values ($1, $2, $3)
       on conflict (interaction_id, part) do update set event_id = excluded.event_id`,
      [interactionId, part, eventId],
    );
  }

  private async nameReply(interactionId: string, eventId: string): Promise<void> {
    try {
      await this.database.query('update interaction set external_id = $2 where id = $1 and external_id is null', [
        interactionId,
        eventId,
      ]);
    } catch (error) {
      // An echo that could not be told apart has taken the id already: both stay visible, nothing is lost.
      if (sqlState(error) !== '23505') throw error;
    }
  }
}
