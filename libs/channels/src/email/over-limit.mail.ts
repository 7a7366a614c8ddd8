import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AutomaticMail, SystemMail } from '#cases';
import { NOTICES, noticeText, OVER_LIMIT_MAIL, type Arrival, type InboundInteraction, type Language } from '#contracts';

/** A mail that has just become an entry. */
export interface LandedMail {
  message: InboundInteraction;
  arrival: Arrival;
}

/** Tells a sender, once a mail, what of it went over a limit; a person can send it again in another way. */
@Injectable()
export class OverLimitMail {
  constructor(
    private readonly automatic: AutomaticMail,
    private readonly mails: SystemMail,
  ) {}

  /**
   * In the transaction that takes the mails in. A common batch costs nothing.
   * @returns whether a mail waits to be sent
   */
  async tell(tx: EntityManager, landed: readonly LandedMail[]): Promise<boolean> {
    let waits = false;
    for (const mail of landed)
      if (mail.arrival.outcome !== 'duplicate' && leftOut(mail.message).length > 0)
        waits = (await this.write(tx, mail)) || waits;
    return waits;
  }

  private async write(tx: EntityManager, { message, arrival }: LandedMail): Promise<boolean> {
    const { caseId, interactionId } = arrival;
    const cause = `over_limit:${interactionId}`;
    const answers = message.automaticKind ?? (message.automatic ? 'auto_reply' : null);
    const address = message.contact?.value ?? '';
    if (!(await this.automatic.permit(tx, { address, kind: 'over_limit', caseId, answers }))) return false;
    const rows: { contact_point_id: string | null }[] = await tx.query(
      'select contact_point_id from interaction where id = $1',
      [interactionId],
    );
    const contactPointId = rows[0]?.contact_point_id;
    if (!contactPointId) return false;
    const text = { es: lettered(message, 'es'), en: lettered(message, 'en') };
    return (await this.mails.write(tx, { cause, caseId, contactPointId, text })) !== null;
  }
}

const leftOut = ({ notices = [] }: InboundInteraction) => notices.filter(({ code }) => NOTICES[code].over);

/** What was left out, one line each, between how it begins and what to do. */
function lettered(message: InboundInteraction, language: Language): string {
  const { opening, closing } = OVER_LIMIT_MAIL[language];
  const lines = leftOut(message).map(({ code, values = {} }) => `- ${noticeText({ code, values }, language)}`);
  return [opening, lines.join('\n'), closing].join('\n\n');
}
