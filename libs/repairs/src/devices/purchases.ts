import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Purchase } from '#contracts';
import { AttachmentService, type NewEvent } from '#cases';
import type { Principal } from '#identity';
import { CLOCK, CONFIG, DomainError, type Clock, type Config } from '#platform';
import { dayIn } from '../warranty/days.rules.js';
import { ParameterShelf } from '../warranty/parameter-shelf.js';
import { parameterFor } from '../warranty/terms.rules.js';
import type { DeviceRecord } from './device.store.js';

/** When and where a phone was bought. */
@Injectable()
export class Purchases {
  constructor(
    private readonly shelf: ParameterShelf,
    private readonly attachments: AttachmentService,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A file that shows it is kept with the case it is brought to; whoever sees that case may open it.
   * @throws DomainError device.purchase_ahead, device.term_below_minimum, attachment.not_found
   */
  async set(
    tx: EntityManager,
    principal: Principal,
    caseId: string,
    device: Pick<DeviceRecord, 'id' | 'name' | 'purchase'>,
    purchase: Purchase,
  ): Promise<NewEvent> {
    const today = dayIn(this.config.timeZone, this.clock.now());
    const { boughtOn, deliveredOn, condition, agreedMonths } = purchase;
    if (boughtOn > today || (deliveredOn !== null && deliveredOn > today))
      throw new DomainError('device.purchase_ahead', { fields: [boughtOn > today ? 'boughtOn' : 'deliveredOn'] });
    const least = parameterFor(await this.shelf.all(tx), 'second_hand_minimum', purchase)?.months;
    if (condition === 'second_hand' && agreedMonths !== null && least && agreedMonths < least)
      throw new DomainError('device.term_below_minimum', { months: least });
    // What shows it already may be on another case of this phone.
    if (purchase.proofId && purchase.proofId !== device.purchase?.proofId)
      await this.attachments.keep(tx, principal, caseId, [purchase.proofId]);
    await tx.query('update device set purchase = $2 where id = $1', [device.id, JSON.stringify(purchase)]);
    return { type: 'device.purchase_set', data: { deviceId: device.id, name: device.name, boughtOn } };
  }
}
