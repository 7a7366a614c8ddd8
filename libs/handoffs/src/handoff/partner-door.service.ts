import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  PartnerMessage,
  type GatewayKind,
  type HandoffDocument,
  type HandoffMode,
  type HandoffWord,
  type Priority,
} from '#contracts';
import { GivenCases, record, type Actor } from '#cases';
import { CLOCK, DomainError, newId, type Clock } from '#platform';
import { readPartner, type PartnerRecord } from '../partners/partner-record.js';
import { isWordOf } from './fold.rules.js';
import { whichOf } from './handoff-events.js';
import { HandoffLog, theirSide, type KnownEntry } from './handoff-log.js';
import { HandoffMoves, verdictOf } from './handoff-moves.js';
import { lockAnyHandoff, type HandoffRecord } from './handoff-record.js';

/** Work that a partner gives us, as a gateway reads it. */
export interface GivenHandoff {
  partnerId: string;
  via: GatewayKind;
  /** Their number for it: the same work comes in once. */
  externalRef: string;
  ask: string;
  mode: HandoffMode;
  priority: Priority;
  /** What they told of it. */
  document: Partial<HandoffDocument>;
  at: Date;
  byName?: string | null;
}

/** The one door for everything another company says. Whatever comes twice counts once; what comes too late is kept and changes nothing. */
@Injectable()
export class PartnerDoor {
  constructor(
    private readonly log: HandoffLog,
    private readonly moves: HandoffMoves,
    private readonly cases: GivenCases,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @param where `partnerId`: whose word it is, checked by whoever hands it in
   * @throws ZodError when it is no message · DomainError handoff.not_found (also: of another partner), handoff.not_yours_to_say
   */
  async take(
    tx: EntityManager,
    where: { handoffId: string; partnerId: string; via: GatewayKind },
    message: PartnerMessage,
  ): Promise<KnownEntry> {
    const { word, externalRef, at, by, attachmentIds } = PartnerMessage.parse(message);
    const handoff = await lockAnyHandoff(tx, where.handoffId);
    if (handoff.partnerId !== where.partnerId || handoff.state === 'draft') throw new DomainError('handoff.not_found');
    const known = await this.log.known(tx, handoff.id, externalRef);
    if (known) return known;
    const side = theirSide(handoff);
    if (word.kind === 'sent' || !isWordOf(word, side)) throw new DomainError('handoff.not_yours_to_say');
    const files = [...attachmentIds, ...(word.kind === 'file' ? word.attachmentIds : [])];
    await this.keepFiles(tx, handoff.caseId, files);
    const actor = actorAt(handoff.partnerName, by?.name);
    const said = { side, word, at: this.notLater(at), ref: externalRef };
    const folded = verdictOf(handoff, said);
    const because = folded.applied ? null : folded.because;
    const entryId = await this.log.append(tx, handoff, {
      ...{ side, ours: false, via: where.via, word, attachmentIds: files, externalRef },
      ...{ byName: actor.name, at: said.at, because },
    });
    await this.moves.apply(tx, handoff, { ...said, actor, entryId, ours: false });
    return { entryId, applied: folded.applied, because };
  }

  /**
   * They give us work: a case of ours, and a handoff the other way round.
   * @returns the handoff there is by their number already
   * @throws DomainError partner.not_found, partner.inactive
   */
  async open(tx: EntityManager, given: GivenHandoff): Promise<{ handoffId: string; isNew: boolean }> {
    await tx.query('select from partner where id = $1 for update', [given.partnerId]);
    const partner = await readPartner(tx, given.partnerId);
    if (!partner.active) throw new DomainError('partner.inactive', { partnerId: partner.id });
    const [known]: { handoffId: string }[] = await tx.query(
      `select h.id as "handoffId" from handoff h join handoff_entry e on e.handoff_id = h.id and e.kind = 'sent' and not e.ours
       where h.partner_id = $1 and h.direction = 'in' and e.external_ref = $2`,
      [partner.id, given.externalRef],
    );
    if (known) return { ...known, isNew: false };
    const handoff = await this.write(tx, partner, given);
    const actor = actorAt(partner.name, given.byName);
    const word: HandoffWord = { kind: 'sent' };
    await this.log.append(tx, handoff, {
      ...{ side: 'giver', ours: false, via: given.via, word, externalRef: given.externalRef },
      ...{ byName: actor.name, at: this.notLater(given.at.toISOString()) },
    });
    await record(tx, handoff.caseId, actor, 'partner', this.clock.now(), [
      { type: 'handoff.sent', data: { ...whichOf(handoff), ask: handoff.ask, targets: null, calendar: 'house' } },
    ]);
    return { handoffId: handoff.id, isNew: true };
  }

  private async write(tx: EntityManager, partner: PartnerRecord, given: GivenHandoff): Promise<HandoffRecord> {
    const customerName = given.document.customer?.name ?? NO_NAME[partner.language](partner.name);
    const arrival = await this.cases.open(tx, {
      externalId: `handoff:${partner.id}:${given.externalRef}`,
      ...{ customerName, fromName: partner.name, text: given.ask },
    });
    const [found]: { reference: string }[] = await tx.query('select reference from cases where id = $1', [
      arrival.caseId,
    ]);
    const [id, now] = [newId(), this.clock.now()];
    await tx.query('update cases set priority = $2 where id = $1', [arrival.caseId, given.priority]);
    await tx.query(
      `insert into handoff (id, reference, direction, case_id, partner_id, partner_version, mode, state, state_at, priority, ask, gateway, document,
         partner_ref, opened_at, sent_at, delivered_at)
       values ($1, $2, 'in', $3, $4, $5, $6, 'sent', $7, $8, $9, $10, $11, $12, $7, $7, $7)`,
      [
        ...[id, `${found?.reference}.1`, arrival.caseId, partner.id, partner.version, given.mode, now, given.priority],
        ...[given.ask, given.via, JSON.stringify(given.document), given.externalRef],
      ],
    );
    return lockAnyHandoff(tx, id);
  }

  /** What they send along is with the case, for whoever sees it. */
  private async keepFiles(tx: EntityManager, caseId: string, ids: readonly string[]): Promise<void> {
    await tx.query(
      `insert into case_file (attachment_id, case_id, at)
       select a.id, $2, $3 from attachment a where a.id = any($1) and a.interaction_id is null on conflict do nothing`,
      [ids, caseId, this.clock.now()],
    );
  }

  /** A clock that is ahead says nothing that counts more for it. */
  private notLater(at: string): Date {
    return new Date(Math.min(new Date(at).getTime(), this.clock.now().getTime()));
  }
}

const NO_NAME = {
  es: (partner: string) => `Cliente de ${partner}`,
  en: (partner: string) => `Customer of ${partner}`,
};

const actorAt = (partner: string, person: string | null | undefined): Actor => ({
  kind: 'system',
  id: null,
  name: person ? `${person} (${partner})` : partner,
});
