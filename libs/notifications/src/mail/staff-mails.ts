import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { may, Role, type Language, type NotificationItem } from '#contracts';
import { CLOCK, CONFIG, newId, type Clock, type Config } from '#platform';
import { PACE_MS } from './mail-pace.rules.js';
import { staffLetter, type ToldOfCase } from './staff-letter.rules.js';

/** Lines one mail takes up; there are no more of one person in ten minutes. */
const MOST = 500;
const SEES_ALL = Role.options.filter((role) => may(role, 'case.read_all'));

/** Looked for at once: more than a house has. */
const PEOPLE = 1000;
/** Something of `agent a` was to leave by $1, and they had no mail since $2. */
const IS_DUE = `a.id in (select agent_id from notification where mail_at <= $1)
  and not exists (select from staff_mail m where m.agent_id = a.id and m.created_at > $2)`;

interface Recipient {
  id: string;
  displayName: string;
  language: Language;
}

type Line = Pick<NotificationItem, 'kind' | 'values'> & {
  id: string;
  groupKey: string;
  reference: string | null;
  customerName: string | null;
};

/** Makes mails of what people are told and want by mail. */
@Injectable()
export class StaffMails {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'http' | 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** For whom something has come due; those who had a mail a moment ago wait. */
  async due(on: Pick<EntityManager, 'query'>): Promise<string[]> {
    const rows: { id: string }[] = await on.query(
      `select a.id from agent a where ${IS_DUE} order by a.id limit ${PEOPLE}`,
      this.at(),
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Writes to one of them, all of it in one mail. What they have read meanwhile, or may no longer see, is left out. One person a
   * transaction: what goes wrong with one is nothing to the others, and whoever was written to before a crash has that mail.
   * @returns whether a mail was written; not when somebody else was faster
   */
  async writeTo(tx: EntityManager, agentId: string): Promise<boolean> {
    const [now, before] = this.at();
    const [person]: Recipient[] = await tx.query(
      `select a.id, a.display_name as "displayName", a.language from agent a where a.id = $3 and ${IS_DUE} for no key update skip locked`,
      [now, before, agentId],
    );
    return person ? this.tell(tx, person, now) : false;
  }

  private at(): [now: Date, pace: Date] {
    const now = this.clock.now();
    return [now, new Date(now.getTime() - PACE_MS)];
  }

  private async tell(tx: EntityManager, person: Recipient, now: Date): Promise<boolean> {
    const lines: Line[] = await tx.query(
      `select n.id, n.kind, n.values, n.group_key as "groupKey", k.reference, k.customer_name as "customerName"
       from notification n join agent a on a.id = n.agent_id left join cases k on k.id = living_case(n.case_id)
       where n.agent_id = $1 and n.mail_at <= $2 and n.read_at is null and a.active
         and (n.case_id is null or a.role = any($3) or exists (select from case_sight s where s.case_id = k.id and s.viewer in (a.store_id, a.id)))
       order by n.at desc, n.id desc limit $4`,
      [person.id, now, SEES_ALL, MOST],
    );
    const mailId = lines.length > 0 ? newId() : null;
    if (mailId) await this.keep(tx, mailId, person, lines, now);
    await tx.query(
      `update notification set mail_at = null, mail_id = case when id = any($3) then $4::uuid end where agent_id = $1 and mail_at <= $2`,
      [person.id, now, lines.map(({ id }) => id), mailId],
    );
    return mailId !== null;
  }

  private async keep(tx: EntityManager, id: string, person: Recipient, lines: Line[], now: Date): Promise<void> {
    const { http, timeZone } = this.config;
    const letter = staffLetter(byCase(lines), { ...person, baseUrl: http.baseUrl, timeZone, now });
    await tx.query(
      `insert into staff_mail (id, agent_id, subject, text, html, state, due_at, created_at) values ($1, $2, $3, $4, $5, 'pending', $6, $6)`,
      [id, person.id, letter.subject, letter.text, letter.html, now],
    );
  }
}

function byCase(lines: Line[]): ToldOfCase[] {
  const groups = new Map<string, ToldOfCase>();
  for (const { groupKey, reference, customerName, kind, values } of lines) {
    const known = groups.get(groupKey) ?? {
      case: reference === null ? null : { reference, customerName: customerName ?? '' },
      items: [],
    };
    groups.set(groupKey, { ...known, items: [...known.items, { kind, values }] });
  }
  return [...groups.values()];
}
