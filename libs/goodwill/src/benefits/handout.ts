import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CustomerNews, record, SYSTEM } from '#cases';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';
import { Outbox } from '../outbox/outbox.js';
import { said, type BenefitRecord } from './benefit.store.js';
import { VoucherCodes } from './voucher-code.js';
import { VOUCHER_NEWS } from './voucher-words.js';

const DAY_MS = 86_400_000;

/** Hands out what is no discount: the systems it is for are told, and of a voucher the customer is. */
@Injectable()
export class Handout {
  constructor(
    private readonly codes: VoucherCodes,
    private readonly outbox: Outbox,
    private readonly news: CustomerNews,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The columns of a voucher that is issued. */
  voucher(benefit: BenefitRecord): Record<string, unknown> {
    const { hash, ends } = this.codes.make(benefit.id);
    benefit.codeHash = hash;
    benefit.expiresAt = new Date(this.clock.now().getTime() + (benefit.values.validDays ?? 1) * DAY_MS);
    return { code_hash: hash, code_ends: ends, expires_at: benefit.expiresAt };
  }

  /** In the transaction of the decision, each once. */
  async tell(tx: EntityManager, benefit: BenefitRecord): Promise<void> {
    const { kind, values, currency } = benefit;
    const amount = { cents: values.amountCents ?? 0, currency };
    if (kind === 'points') await this.outbox.tellOf(tx, 'points.granted', benefit, { points: values.points });
    if (kind === 'repair_contribution')
      await this.outbox.tellOf(tx, 'repair_contribution.granted', benefit, { amount });
    if (kind !== 'voucher') return;
    await this.outbox.tellOf(tx, 'voucher.issued', benefit, {
      ...{ amount, purpose: values.purpose, codeSha256: benefit.codeHash?.toString('hex') },
      expiresAt: benefit.expiresAt?.toISOString(),
    });
    await this.write(tx, benefit);
  }

  /** The code goes to the customer by the way they wrote by last. Without one somebody of us has to tell them. */
  private async write(tx: EntityManager, benefit: BenefitRecord): Promise<void> {
    const { id, caseId, values, expiresAt } = benefit;
    if (!expiresAt) throw new Error(`voucher ${id} never runs out`);
    const sent = await this.news.tell(tx, {
      ...{ cause: `voucher:${id}`, caseId, withLink: true },
      ...{ text: VOUCHER_NEWS(values, expiresAt, this.config.timeZone), secret: this.codes.make(id).code },
    });
    await record(tx, caseId, SYSTEM, 'goodwill', this.clock.now(), [
      { type: 'benefit.code_sent', data: { ...said(benefit), channel: sent?.channel ?? null } },
    ]);
  }
}
