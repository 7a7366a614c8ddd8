import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CasesModule } from '#cases';
import { Canary, ChannelsModule } from '#channels';
import { IdentityModule } from '#identity';
import { ClosingSweep } from './closing-sweep.js';
import { Crew } from './crew.js';
import { Doors } from './doors.js';
import { ImportSweep } from './import-sweep.js';
import { Housekeeping } from './housekeeping.js';
import { Reactions } from './reactions.js';
import { Relay } from './relay.js';

/** Everything that runs by itself: started together; nothing new is taken in or on, what is in hand gets finished. */
@Module({
  imports: [CasesModule, ChannelsModule, IdentityModule],
  providers: [Reactions, Relay, Housekeeping, ClosingSweep, ImportSweep, Doors, Crew],
  exports: [Doors],
})
export class WorkerModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly doors: Doors,
    private readonly crew: Crew,
    private readonly relay: Relay,
    private readonly housekeeping: Housekeeping,
    private readonly closing: ClosingSweep,
    private readonly canary: Canary,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.crew.start();
    this.relay.start();
    this.housekeeping.start();
    this.closing.start();
    await this.doors.open();
    this.canary.start();
  }

  async onModuleDestroy(): Promise<void> {
    await this.canary.stop();
    await Promise.all([this.doors.close(), this.crew.stop()]);
    await this.relay.stop();
    await Promise.all([this.housekeeping.stop(), this.closing.stop()]);
  }
}
