import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CasesModule } from '#cases';
import { Agent, IdentityModule, StoreRecord } from '#identity';
import { PlatformModule, type Clock, type Config } from '#platform';
import { SlaModule } from '#sla';

/** The rooms the day is written through. Whoever opens them closes them. */
export function openRooms(config: Config, clock: Clock): Promise<INestApplicationContext> {
  @Module({
    imports: [
      PlatformModule.forRoot(config, { clock, entities: [Agent, StoreRecord] }),
      ...[IdentityModule, CasesModule, SlaModule],
    ],
  })
  class DemoModule {}
  return NestFactory.createApplicationContext(DemoModule, { logger: false });
}
