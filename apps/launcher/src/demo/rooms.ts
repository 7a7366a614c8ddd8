import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GoodwillModule } from '#goodwill';
import { CasesModule } from '#cases';
import { HandoffsModule } from '#handoffs';
import { Agent, IdentityModule, StoreRecord } from '#identity';
import { LoanersModule } from '#loaners';
import { PlatformModule, type Clock, type Config } from '#platform';
import { RepairsModule } from '#repairs';
import { SlaModule } from '#sla';

/** The rooms the day is written through. Whoever opens them closes them. */
export function openRooms(config: Config, clock: Clock): Promise<INestApplicationContext> {
  @Module({
    imports: [
      PlatformModule.forRoot(config, { clock, entities: [Agent, StoreRecord] }),
      ...[IdentityModule, CasesModule, SlaModule, GoodwillModule, RepairsModule, LoanersModule, HandoffsModule],
    ],
  })
  class DemoModule {}
  return NestFactory.createApplicationContext(DemoModule, { logger: false });
}
