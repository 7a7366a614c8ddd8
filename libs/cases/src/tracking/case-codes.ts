import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { readCode, type CaseCodeAnswer, type ScanAnswer } from '#contracts';
import { CLOCK, CONFIG, DomainError, Secrets, type Clock, type Config } from '#platform';
import { visibleStore, type Principal } from '#identity';
import { findCase, visible } from '../case-access.js';
import { actorOf, record } from '../record.js';
import { letters } from '../threading.rules.js';
import { showToStore } from './presence.js';

const PURPOSE = 'case.code';
/** 80 bits: 16 letters. */
const PROOF_BYTES = 10;

interface Found {
  id: string;
  reference: string;
  customerId: string;
  seen: boolean;
}

/**
 * Case codes, as people say them and as cameras read them. A reference alone says nothing about who holds it: it is spoken
 * aloud at counters. The QR code of a receipt, a mail or a page carries a proof as well, which only the house can write; who shows
 * that was given it by us or by our customer.
 */
@Injectable()
export class CaseCodes {
  constructor(
    private readonly secrets: Secrets,
    @Inject(CONFIG) private readonly config: Pick<Config, 'http'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What the QR code of a case says. The proof stands behind the #, which browsers send to nobody. */
  url(reference: string): string {
    const address = new URL(`/c/${reference}`, this.config.http.baseUrl);
    address.hash = this.proofOf(reference);
    return address.href;
  }

  /** @throws DomainError case.not_found */
  async show(tx: EntityManager, principal: Principal, idOrReference: string): Promise<CaseCodeAnswer> {
    const rows: { reference: string }[] = await tx.query('select reference from cases where id = $1', [
      await findCase(tx, principal, idOrReference),
    ]);
    const reference = rows[0]?.reference ?? '';
    return { reference, url: this.url(reference) };
  }

  /**
   * A code was scanned or typed. With its proof it opens the case to the store it was shown at, until the end of the day; without,
   * only to those who see it anyway.
   * @throws DomainError case.not_found, also when it exists but is not theirs to see
   */
  async scan(tx: EntityManager, principal: Principal, typed: string): Promise<ScanAnswer> {
    const code = readCode(typed);
    const found = code && (await this.find(tx, principal, code.reference));
    if (!code || !found) throw new DomainError('case.not_found');
    const answer = { caseId: found.id, reference: found.reference, until: null };
    if (found.seen) return answer;
    if (code.proof === null || !this.isOurs(code.reference, code.proof) || principal.storeId === null)
      throw new DomainError('case.not_found');
    const until = await this.present(tx, principal, principal.storeId, found);
    return { ...answer, until: until.toISOString() };
  }

  private async present(tx: EntityManager, principal: Principal, storeId: string, found: Found): Promise<Date> {
    const now = this.clock.now();
    const until = await showToStore(tx, now, { storeId, customerId: found.customerId });
    const stores: { name: string }[] = await tx.query('select name from store where id = $1', [storeId]);
    if (!until || !stores[0]) throw new DomainError('store.not_found');
    await record(tx, found.id, actorOf(principal), 'api', now, [
      { type: 'code.presented', data: { storeId, storeName: stores[0].name, until: until.toISOString() } },
    ]);
    return until;
  }

  private async find(tx: EntityManager, principal: Principal, reference: string): Promise<Found | undefined> {
    const rows: Found[] = await tx.query(
      `select c.id, c.reference, c.customer_id as "customerId", ${visible('$2')} as seen
       from cases c where c.id = (select living_case(id) from cases where reference = $1)`,
      [reference, visibleStore(principal)],
    );
    return rows[0];
  }

  private proofOf(reference: string): string {
    return letters(this.secrets.sign(PURPOSE, reference, PROOF_BYTES));
  }

  private isOurs(reference: string, proof: string): boolean {
    const right = Buffer.from(this.proofOf(reference));
    const stated = Buffer.from(proof);
    return right.length === stated.length && timingSafeEqual(right, stated);
  }
}
