import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { USUAL_PREFERENCES, type NotificationPreferences } from '#contracts';

const COLUMNS = 'agent_id as "agentId", desktop, mail, quiet, urgent_in_quiet as "urgentInQuiet"';

/** How people want to be told. */
@Injectable()
export class NotificationWishes {
  async of(tx: EntityManager, agentId: string): Promise<NotificationPreferences> {
    return (await this.ofAll(tx, [agentId])).get(agentId) ?? USUAL_PREFERENCES;
  }

  /** Of those who have chosen something, by person. */
  async ofAll(tx: EntityManager, agentIds: string[]): Promise<Map<string, NotificationPreferences>> {
    const rows: (NotificationPreferences & { agentId: string })[] = await tx.query(
      `select ${COLUMNS} from notification_preference where agent_id = any($1)`,
      [agentIds],
    );
    return new Map(rows.map(({ agentId, ...preferences }) => [agentId, preferences]));
  }

  /** @returns what is kept of it */
  async keep(
    tx: EntityManager,
    agentId: string,
    { desktop, mail, quiet, urgentInQuiet }: NotificationPreferences,
  ): Promise<NotificationPreferences> {
    await tx.query(
      `insert into notification_preference (agent_id, desktop, mail, quiet, urgent_in_quiet) values ($1, $2, $3, $4, $5)
       on conflict (agent_id) do update set desktop = excluded.desktop, mail = excluded.mail, quiet = excluded.quiet,
         urgent_in_quiet = excluded.urgent_in_quiet`,
      [agentId, desktop, [...new Set(mail)], quiet && JSON.stringify(quiet), urgentInQuiet],
    );
    return this.of(tx, agentId);
  }
}
