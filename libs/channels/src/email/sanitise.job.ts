import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { record, SYSTEM } from '#cases';
import { CLOCK, Wake, type Clock, type JobHandler } from '#platform';
import { sanitiseMailHtml } from './html.js';

interface RawHtml {
  id: string;
  caseId: string;
  html: string;
  /** Content-ID → attachment id. */
  inline: Record<string, string>;
}

/** Makes the HTML of mails safe to show, once, and keeps the result. Until then the browser shows the text. */
@Injectable()
export class SanitiseJob implements JobHandler<'interaction.sanitise'> {
  readonly job = 'interaction.sanitise';

  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly wake: Wake,
  ) {}

  async run({ events }: JobData<'interaction.sanitise'>): Promise<void> {
    const ids = events.map((event) => event.data['interactionId']);
    const mails: RawHtml[] = await this.database.query(
      `select i.id, i.case_id as "caseId", i.html,
         (select coalesce(json_object_agg(a.content_id, a.id), '{}') from attachment a where a.interaction_id = i.id and a.content_id is not null) as inline
       from interaction i where i.id = any($1) and i.html is not null and i.html_safe is null`,
      [ids],
    );
    for (const mail of mails) await this.sanitise(mail);
    this.wake.ring('relay');
  }

  private async sanitise(mail: RawHtml): Promise<void> {
    const safe = sanitiseMailHtml(mail.html, (contentId) => mail.inline[contentId] ?? null);
    await this.database.transaction(async (tx) => {
      // Case first, the order everybody takes them in.
      await tx.query('select from cases where id = $1 for update', [mail.caseId]);
      const [, changed]: [unknown, number] = await tx.query(
        'update interaction set html_safe = $2 where id = $1 and html_safe is null',
        [mail.id, safe],
      );
      if (changed > 0)
        await record(tx, mail.caseId, SYSTEM, 'email', this.clock.now(), [
          { type: 'interaction.sanitised', data: { interactionId: mail.id } },
        ]);
    });
  }
}
