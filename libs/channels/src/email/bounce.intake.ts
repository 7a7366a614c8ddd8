import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { DeliveryReason, DeliveryReport } from '#contracts';
import { interactionOfMessageId, lockCaseOf, record, SYSTEM } from '#cases';
import { CLOCK, Secrets, type Clock } from '#platform';
import type { MailReport, RecipientReport } from './bounce.rules.js';
import { readBounceToken } from './bounce.token.js';

interface Sent {
  id: string;
  address: string | null;
}

/** The message a report is about, and what the report says of its recipient. */
interface Matched {
  sent: Sent;
  told: RecipientReport;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/iu;

/**
 * Writes what mail servers report on the message they report of. Anybody can write a bounce: it counts when it brings back a
 * token only we can have made, or when it names a message of ours and whom that message went to.
 */
@Injectable()
export class BounceIntake {
  constructor(
    private readonly secrets: Secrets,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns the message it is about, null when it is about none of ours. Once for the same report, however often it runs */
  async take(tx: EntityManager, report: MailReport, mail: { id: string; storageKey: string }): Promise<string | null> {
    const matched = await this.match(tx, report);
    if (!matched) return null;
    const { sent, told } = matched;
    const caseId = await lockCaseOf(tx, sent.id);
    const again: unknown[] = await tx.query(
      `select from inbound_mail where storage_key = $1 and state = 'reported' and id <> $2`,
      [mail.storageKey, mail.id],
    );
    if (again.length === 0) await this.write(tx, caseId, sent.id, told);
    return sent.id;
  }

  private async match(tx: EntityManager, report: MailReport): Promise<Matched | null> {
    const proven = report.tokens.flatMap((token) => readBounceToken(this.secrets, token) ?? []);
    const issued = report.messageId ? interactionOfMessageId(this.secrets, report.messageId) : null;
    const named = report.hiloId && UUID.test(report.hiloId) ? [report.hiloId.toLowerCase()] : [];
    const found: Sent[] = await tx.query(
      `select i.id, p.value as address from interaction i join delivery d on d.interaction_id = i.id
       left join contact_point p on p.id = i.contact_point_id
       where i.channel = 'email' and i.direction = 'outbound' and (i.id = any($1) or i.message_id = $2)`,
      [[...proven, ...(issued ? [issued] : []), ...named], report.messageId],
    );
    const byToken = found.find(({ id }) => proven.includes(id));
    if (byToken) {
      const told = toldOf(report, byToken.address) ?? report.recipients[0];
      return told ? { sent: byToken, told } : null;
    }
    for (const sent of found) {
      const told = toldOf(report, sent.address);
      if (told) return { sent, told };
    }
    return null;
  }

  private async write(tx: EntityManager, caseId: string, id: string, told: RecipientReport): Promise<void> {
    const report: DeliveryReport = {
      action: told.action,
      status: told.status,
      diagnostic: told.diagnostic,
      recipient: told.addresses[0] ?? null,
      at: this.clock.now().toISOString(),
    };
    if (told.action === 'failed') await this.bounced(tx, caseId, id, report);
    else if (told.action === 'delayed') await this.delayed(tx, caseId, id, report);
    else
      await tx.query(
        `update delivery set report = $2, reason = case when reason = 'recipient.delayed' then null else reason end,
           detail = case when reason = 'recipient.delayed' then null else detail end
         where interaction_id = $1 and state in ('sent', 'pending')`,
        [id, report],
      );
  }

  /** A server may report before our own transaction says that the message has left: then it is at the other side. */
  private async bounced(tx: EntityManager, caseId: string, id: string, report: DeliveryReport): Promise<void> {
    const detail = [report.status, report.diagnostic].filter(Boolean).join(' ').slice(0, 500) || null;
    const [failed]: [{ was: string }[], number] = await tx.query(
      `update delivery d set state = 'failed', reason = 'recipient.bounced', detail = $2, report = $3, transmitting_at = null
       from (select interaction_id, state from delivery where interaction_id = $1 for update) old
       where d.interaction_id = old.interaction_id and (d.state = 'sent' or (d.state = 'pending' and d.transmitting_at is not null)
         or (d.state = 'failed' and d.reason = 'outcome.unknown')) returning old.state as was`,
      [id, detail, report],
    );
    const was = failed[0]?.was;
    if (!was) return;
    if (was !== 'failed') await tx.query('update cases set failed_sends = failed_sends + 1 where id = $1', [caseId]);
    await this.tell(tx, caseId, id, 'interaction.failed', 'recipient.bounced');
  }

  private async delayed(tx: EntityManager, caseId: string, id: string, report: DeliveryReport): Promise<void> {
    const [noted]: [{ was: string | null }[], number] = await tx.query(
      `update delivery d set reason = 'recipient.delayed', detail = $2, report = $3
       from (select interaction_id, reason from delivery where interaction_id = $1 for update) old
       where d.interaction_id = old.interaction_id and d.state = 'sent' returning old.reason as was`,
      [id, report.diagnostic ?? report.status, report],
    );
    if (noted[0] && noted[0].was !== 'recipient.delayed')
      await this.tell(tx, caseId, id, 'interaction.delayed', 'recipient.delayed');
  }

  private async tell(
    tx: EntityManager,
    caseId: string,
    interactionId: string,
    type: 'interaction.failed' | 'interaction.delayed',
    reason: DeliveryReason,
  ): Promise<void> {
    await record(tx, caseId, SYSTEM, 'delivery', this.clock.now(), [
      { type, data: { interactionId, channel: 'email', reason } },
    ]);
  }
}

/** What a report says of this recipient; of one that names nobody when the returned mail was addressed to them. */
function toldOf({ recipients, to }: MailReport, address: string | null): RecipientReport | null {
  if (!address) return null;
  const byName = recipients.find(({ addresses }) => addresses.includes(address));
  return byName ?? (to.includes(address) ? (recipients[0] ?? null) : null);
}
