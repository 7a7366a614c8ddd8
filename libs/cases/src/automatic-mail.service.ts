import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AutomaticKind } from '#contracts';
import { CLOCK, type Clock } from '#platform';

/** A mail no person wrote, before it is written. */
export interface AutomaticMailWish {
  /** Normalised. */
  address: string;
  /** What it says: an acknowledgement, a notice of files that were too large. */
  kind: string;
  caseId: string | null;
  /** Of the mail it would answer, if it answers one: what no person wrote is never answered. */
  answers?: AutomaticKind | null;
}

/** Whether a program of ours may write a mail: the last thing that ends a conversation of two programs. */
@Injectable()
export class AutomaticMail {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Asks and takes the permission, in the transaction that writes the mail: one of a kind per address and case in 24 hours,
   * five of all kinds per address in an hour.
   * @returns false: do not write it
   */
  async permit(tx: EntityManager, { address, kind, caseId, answers }: AutomaticMailWish): Promise<boolean> {
    if (answers) return false;
    const rows: { permitted: boolean }[] = await tx.query('select permit_automatic_mail($1, $2, $3, $4) as permitted', [
      address,
      kind,
      caseId,
      this.clock.now(),
    ]);
    return rows[0]?.permitted ?? false;
  }
}
