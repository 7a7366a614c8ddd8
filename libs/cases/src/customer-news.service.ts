import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { firstNameOf, type Language, type ReplyChannel, type ToldHow, type UntoldNews } from '#contracts';
import { demand, type Principal } from '#identity';
import { CLOCK, DomainError, newId, Secrets, type Clock } from '#platform';
import { lockCase } from './case-access.js';
import { systemMessage, waysTo, type Way } from './customer-ways.js';
import { withoutLink } from './news.rules.js';
import { actorOf, record, SYSTEM } from './record.js';
import { SystemMail } from './system-mail.service.js';
import { CaseLinks } from './tracking/case-links.js';

const PURPOSE = 'customer-news';

/** What is dots in news that are about to leave. @param sealed as it stands on its row */
export const openNews = (secrets: Secrets, sealed: string): string => secrets.open(PURPOSE, sealed);

/** What the words of news may name. */
export interface NewsValues {
  /** First name. */
  name: string;
  reference: string;
  /** The page of the case; empty without `withLink`. */
  link: string;
}

export interface NewsOrder {
  /** What it is, as `quote:<id>:nudge:1`: told once, ever. */
  cause: string;
  /** What it is news of: what was not told of the same need not be told once this is. Left out, `quote:<id>` of that cause. */
  subject?: string;
  caseId: string;
  /** Whether it brings a link to the page of the case. */
  withLink?: boolean;
  text: Record<Language, (values: NewsValues) => string>;
  /** What must be read by nobody but its receiver: dots in the text (`VOUCHER_DOTS`), and filled in when it leaves. */
  secret?: string;
  /** The repair it is about; `isBack`: the device can be fetched. Rooms that know more of that add a sentence. */
  about?: NewsTopic;
}

export interface NewsTopic {
  repairId: string;
  isBack: boolean;
}

/** What another room has to say on the same occasion, so that the customer is written to once. Null: nothing. */
export type NewsAddition = (
  tx: EntityManager,
  caseId: string,
  topic: NewsTopic,
) => Promise<Record<Language, string> | null>;

/**
 * We write first: what the customer has to know is told once, in their language, by the way they wrote by last. It stands on the
 * case as written by nobody, and keeps no promise to write: a person still has to.
 */
@Injectable()
export class CustomerNews {
  private readonly additions: NewsAddition[] = [];

  constructor(
    private readonly mail: SystemMail,
    private readonly links: CaseLinks,
    private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Rooms above add theirs when they start. */
  register(addition: NewsAddition): void {
    this.additions.push(addition);
  }

  /**
   * In the transaction of what it tells of; safe to run again. Where there is no way that is open, it stands on the case as
   * something somebody has to tell them.
   * @returns null when there is no such way, or it was told before
   */
  async tell(tx: EntityManager, order: NewsOrder): Promise<{ interactionId: string; channel: ReplyChannel } | null> {
    const { cause, caseId, subject = subjectOf(cause) } = order;
    const id = newId();
    await tx.query('select from cases where id = $1 for update', [caseId]);
    const fresh: unknown[] = await tx.query(
      `insert into customer_news (id, cause, subject, case_id, created_at) values ($1, $2, $3, $4, $5)
       on conflict (cause) do nothing returning 1`,
      [id, cause, subject, caseId, this.clock.now()],
    );
    if (fresh.length === 0) return null;
    await this.settle(tx, subject, 'newer', id);
    const said = await this.additionsTo(tx, order);
    const whole = { ...order, text: withAll(order.text, said) };
    for (const way of await waysTo(tx, caseId)) {
      const interactionId = await this.by(tx, whole, way);
      if (!interactionId) continue;
      const sealed = order.secret === undefined ? null : this.secrets.seal(PURPOSE, order.secret);
      await tx.query('update customer_news set interaction_id = $2, sealed = $3 where cause = $1', [
        ...[cause, interactionId, sealed],
      ]);
      return { interactionId, channel: way.channel };
    }
    await this.leaveToPeople(tx, id, order, said);
    return null;
  }

  /**
   * Somebody has told them. Told before by somebody else, it stays told.
   * @throws DomainError permission.denied, case.not_found, news.not_found
   */
  async told(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    newsId: string,
    how: ToldHow,
  ): Promise<string> {
    demand(principal, 'case.note');
    const found = await lockCase(tx, principal, idOrReference);
    const rows: { settled: boolean }[] = await tx.query(
      `select settled_at is not null as settled from customer_news where id = $1 and living_case(case_id) = $2 and interaction_id is null`,
      [newsId, found.id],
    );
    if (!rows[0]) throw new DomainError('news.not_found');
    if (rows[0].settled) return found.id;
    const now = this.clock.now();
    await tx.query('update customer_news set settled_at = $2, settled_by = $3, settled_how = $4 where id = $1', [
      ...[newsId, now, principal.id, how],
    ]);
    await record(tx, found.id, actorOf(principal), 'api', now, [{ type: 'customer.told', data: { newsId, how } }]);
    return found.id;
  }

  /** What is still to be told on a case, oldest first. */
  async untold(tx: EntityManager, caseId: string): Promise<UntoldNews[]> {
    return tx.query(
      `select id, es, en, iso(created_at) as at from customer_news
       where case_id = $1 and interaction_id is null and settled_at is null order by created_at, id`,
      [caseId],
    );
  }

  /**
   * What nobody has told them yet of this subject need not be told any more: they know, or something newer says more.
   * @param but the news that takes its place
   */
  async settle(tx: EntityManager, subject: string, how: 'newer' | 'over', but: string | null = null): Promise<void> {
    const now = this.clock.now();
    const [ended]: [{ newsId: string; caseId: string }[], number] = await tx.query(
      `update customer_news set settled_at = $2, settled_how = $3
       where subject = $1 and interaction_id is null and settled_at is null and es is not null and id is distinct from $4
       returning id as "newsId", living_case(case_id) as "caseId"`,
      [subject, now, how, but],
    );
    // Whoever was asked to call need not.
    for (const { newsId, caseId } of ended)
      await record(tx, caseId, SYSTEM, 'news', now, [{ type: 'customer.untold_ended', data: { newsId, how } }]);
  }

  /** There is no way to write to them: what to say stands on the case, and whoever may call is told. */
  private async leaveToPeople(
    tx: EntityManager,
    newsId: string,
    { caseId, text }: NewsOrder,
    said: Record<Language, string>[],
  ): Promise<void> {
    const [row]: { customer: string; reference: string; callerIds: string[] }[] = await tx.query(
      `select c.customer_name as customer, c.reference, ${CALLERS} as "callerIds" from cases c where c.id = $1`,
      [caseId],
    );
    if (!row) return;
    const values = { name: firstNameOf(row.customer), reference: row.reference, link: '' };
    const say = (language: Language) =>
      [withoutLink(text[language](values)), ...said.map((each) => each[language])].join(' ');
    const words = { es: say('es'), en: say('en') };
    await tx.query('update customer_news set es = $2, en = $3 where id = $1', [newsId, words.es, words.en]);
    const data = { newsId, ...words, callerIds: row.callerIds };
    await record(tx, caseId, SYSTEM, 'news', this.clock.now(), [{ type: 'customer.untold', data }]);
  }

  private async additionsTo(tx: EntityManager, { about, caseId }: NewsOrder): Promise<Record<Language, string>[]> {
    if (!about) return [];
    const said: Record<Language, string>[] = [];
    for (const addition of this.additions) {
      const more = await addition(tx, caseId, about);
      if (more) said.push(more);
    }
    return said;
  }

  private async by(tx: EntityManager, { cause, caseId, withLink, text }: NewsOrder, way: Way): Promise<string | null> {
    const { contactPointId } = way;
    const link = withLink ? (await this.links.issue(tx, SYSTEM, caseId, { contactPointId })).url : '';
    const values = { name: firstNameOf(way.customer), reference: way.reference, link };
    if (way.channel === 'twitter')
      return systemMessage(tx, caseId, way, { text: text[way.language](values), source: 'news', at: this.clock.now() });
    return this.mail.write(tx, {
      cause: `news:${cause}`,
      caseId,
      contactPointId,
      text: { es: text.es(values), en: text.en(values) },
    });
  }
}

/** Who may call where nobody has the case: the people of the stores that see it, else supervisors. */
const CALLERS = `(select coalesce(array_agg(p.id::text order by p.id), '{}') from (
  select a.id from agent a where a.active and c.assignee_id is null and (
    (a.role = 'store' and exists (select from case_sight s where s.case_id = c.id and s.viewer = a.store_id))
    or (a.role = 'supervisor' and not exists (select from case_sight s join agent o on o.store_id = s.viewer and o.active where s.case_id = c.id)))
  order by a.id limit 20) p)`;

/** `quote:<id>` of `quote:<id>:nudge:1`. */
const subjectOf = (cause: string): string => cause.split(':').slice(0, 2).join(':');

const withAll = (text: NewsOrder['text'], said: readonly Record<Language, string>[]): NewsOrder['text'] => {
  const all = (language: Language) => (values: NewsValues) =>
    [text[language](values), ...said.map((each) => each[language])].join(' ');
  return { es: all('es'), en: all('en') };
};
