import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { JobData } from '#contracts';
import { lockCaseOf, record, SYSTEM } from '#cases';
import { CLOCK, Wake, type Clock, type JobHandler } from '#platform';
import { sanitiseMailHtml } from './html.js';

interface RawHtml {
  id: string;
  html: string;
  /** It carries earlier mails along. */
  quotes: boolean;
  /** Content-ID → attachment id. */
  inline: Record<string, string>;
}

/** How long a job may take to come. */
const OVERDUE_MS = 60_000;
const PORTION = 50;

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
    await this.sanitiseAll(events.map((event) => String(event.data['interactionId'])));
  }

  private async sanitiseAll(ids: string[]): Promise<void> {
    const mails: RawHtml[] = await this.database.query(
      `select i.id, i.html, i.quoted is not null as quotes,
         (select coalesce(json_object_agg(a.content_id, a.id), '{}') from attachment a where a.interaction_id = i.id and a.content_id is not null) as inline
       from interaction i where i.id = any($1) and i.html is not null and i.html_safe is null`,
      [ids],
    );
    for (const mail of mails) await this.sanitise(mail);
    this.wake.ring('relay');
  }

  /**
   * Does what no job came for (a flushed Redis forgets jobs): mails that have waited for a minute.
   * @returns true when there may be more
   */
  async catchUp(): Promise<boolean> {
    const left: { id: string }[] = await this.database.query(
      'select id from interaction where html is not null and html_safe is null and received_at < $1 order by received_at limit $2',
      [new Date(this.clock.now().getTime() - OVERDUE_MS), PORTION],
    );
    if (left.length > 0) await this.sanitiseAll(left.map(({ id }) => id));
    return left.length === PORTION;
  }

  private async sanitise(mail: RawHtml): Promise<void> {
    const safe = sanitiseMailHtml(mail.html, (contentId) => mail.inline[contentId] ?? null, mail.quotes);
    await this.database.transaction(async (tx) => {
      // Case first, the order everybody takes them in.
      const caseId = await lockCaseOf(tx, mail.id);
      const [, changed]: [unknown, number] = await tx.query(
        'update interaction set html_safe = $2 where id = $1 and html_safe is null',
        [mail.id, safe],
      );
      if (changed > 0)
        await record(tx, caseId, SYSTEM, 'email', this.clock.now(), [
          { type: 'interaction.sanitised', data: { interactionId: mail.id } },
        ]);
    });
  }
}
