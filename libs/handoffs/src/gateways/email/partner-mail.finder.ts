import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Secrets } from '#platform';
import { handoffOfTag, handoffsNamedIn, wordOfMessageId } from './handoff-marks.rules.js';
import type { PartnerMail } from './partner-mail.js';
import { whoseMail, type KnownHandoff, type Whose } from './partner-mail.whose.rules.js';

interface Marks {
  references: string[];
  entryIds: string[];
  named: string[];
}

/** A line of the answer: a handoff, and by which of its names it was asked for. */
interface FoundHandoff extends KnownHandoff {
  entryIds: string[];
}

/** Finds what mails of partners belong to. A batch of customers' mails costs one question. */
@Injectable()
export class PartnerMailFinder {
  constructor(private readonly secrets: Secrets) {}

  /** @returns whose each is, by its place */
  async whose(tx: EntityManager, mails: readonly PartnerMail[]): Promise<Whose[]> {
    const senders = await this.senders(tx, mails);
    const marks = mails.map((mail) => this.marks(mail));
    const found = await this.handoffs(tx, marks, [...new Set([...senders.values()].flat())]);
    return mails.map((mail, at) => {
      const theirs = senders.get(mail.sender.address) ?? [];
      const own = marks[at] ?? { references: [], entryIds: [], named: [] };
      const ofTheirs = found.filter(({ partnerId }) => theirs.includes(partnerId));
      return whoseMail({
        senders: theirs,
        tagged: found.filter(({ reference }) => own.references.includes(reference)),
        answered: found.filter(({ entryIds }) => entryIds.some((id) => own.entryIds.includes(id))),
        named: ofTheirs.filter(({ reference }) => own.named.includes(reference)),
        numbered: ofTheirs.filter(({ partnerRef }) => partnerRef !== null && stands(partnerRef, mail.subject ?? '')),
        isDenied: mail.isDenied,
        isOfCase: mail.isOfCase,
      });
    });
  }

  /** The one handoff this partner has in hand; null: none or several. */
  async onlyOpen(tx: EntityManager, partnerId: string): Promise<KnownHandoff | null> {
    const rows: KnownHandoff[] = await tx.query(
      `select id, reference, partner_id as "partnerId", partner_ref as "partnerRef" from handoff
       where partner_id = $1 and state in ('sent', 'acknowledged', 'accepted', 'info_requested', 'in_progress', 'resolved') limit 2`,
      [partnerId],
    );
    return rows.length === 1 ? (rows[0] ?? null) : null;
  }

  private marks({ tags, references, subject, text }: PartnerMail): Marks {
    return {
      references: tags.flatMap((tag) => handoffOfTag(this.secrets, tag) ?? []),
      // What it answers stands last.
      entryIds: references.toReversed().flatMap((id) => wordOfMessageId(this.secrets, id) ?? []),
      named: handoffsNamedIn(`${subject ?? ''}\n${text}`),
    };
  }

  /** Partners by the addresses they write from; `@lab.example` is everybody there. */
  private async senders(tx: EntityManager, mails: readonly PartnerMail[]): Promise<Map<string, string[]>> {
    const addresses = [...new Set(mails.map(({ sender }) => sender.address))];
    const rows: { address: string; partners: string[] }[] = await tx.query(
      `select a.address, array_agg(p.id order by p.active desc, p.id) as partners from unnest($1::text[]) a (address)
       join partner p on lower(p.email) = a.address or p.senders && array[a.address, '@' || split_part(a.address, '@', 2)] group by a.address`,
      [addresses],
    );
    return new Map(rows.map(({ address, partners }) => [address, partners]));
  }

  private async handoffs(tx: EntityManager, marks: Marks[], partnerIds: string[]): Promise<FoundHandoff[]> {
    const references = marks.flatMap(({ references: tagged, named }) => [...tagged, ...named]);
    const entryIds = marks.flatMap(({ entryIds: ids }) => ids);
    if (references.length + entryIds.length + partnerIds.length === 0) return [];
    return tx.query(
      `select h.id, h.reference, h.partner_id as "partnerId", h.partner_ref as "partnerRef",
         array(select e.id from handoff_entry e where e.handoff_id = h.id and e.ours and e.id = any($2)) as "entryIds"
       from handoff h where h.state <> 'draft' and (h.reference = any($1) or h.id in (select handoff_id from handoff_entry where id = any($2))
         or (h.partner_id = any($3) and h.partner_ref is not null and h.state not in ('closed', 'expired', 'cancelled', 'recalled')))`,
      [references, entryIds, partnerIds],
    );
  }
}

/** Whether a number stands in a line by itself. */
function stands(number: string, line: string): boolean {
  const at = line.toLowerCase().indexOf(number.toLowerCase());
  const isEdge = (letter: string | undefined): boolean => letter === undefined || !/[\p{L}\d]/u.test(letter);
  return at >= 0 && number.length >= 3 && isEdge(line[at - 1]) && isEdge(line[at + number.length]);
}
