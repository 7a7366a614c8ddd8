import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { CaseBenefits, Role, Tier } from '#contracts';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';
import { localDay, wholeDays } from '../accrual/local-day.rules.js';
import { leftOf } from '../rules/limit.rules.js';
import { GoodwillSettings } from '../rules/limits.service.js';
import { impairmentOf, zoneOf } from './impairment.js';

/** How a case stands when somebody thinks of giving something. */
@Injectable()
export class GoodwillStanding {
  constructor(
    private readonly settings: GoodwillSettings,
    @Inject(CONFIG) private readonly config: Pick<Config, 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(
    tx: EntityManager,
    role: Role,
    { caseId, customerId, tier }: { caseId: string; customerId: string; tier: Tier },
  ): Promise<Pick<CaseBenefits, 'without' | 'timeZone' | 'left'>> {
    const timeZone = await zoneOf(tx, caseId, this.config.timeZone);
    const { since } = await impairmentOf(tx, caseId);
    const { content: limits } = await this.settings.limits(tx);
    const used = await this.settings.used(tx, customerId, limits);
    const days = since ? wholeDays(since, this.clock.now(), timeZone) : 0;
    return {
      without: since ? { since: since.toISOString(), days, from: localDay(since, timeZone) } : null,
      timeZone,
      left: {
        cents: leftOf(limits, role, tier, used),
        ...{ currency: limits.currency, windowDays: limits.windowDays },
      },
    };
  }
}
