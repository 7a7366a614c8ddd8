import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CasesModule } from '#cases';
import { ChannelsModule } from '#channels';
import { IdentityModule } from '#identity';
import { Wake } from '#platform';
import { NotificationsModule } from '#notifications';
import { SlaModule } from '#sla';
import { ClockRounds } from './clock-rounds.js';
import { ClockSweep } from './clock-sweep.js';
import { ClosingSweep } from './closing-sweep.js';
import { Crew } from './crew.js';
import { DashboardSweep } from './dashboard-sweep.js';
import { Doors } from './doors.js';
import { EscalationSweep } from './escalation-sweep.js';
import { ImportSweep } from './import-sweep.js';
import { Housekeeping } from './housekeeping.js';
import { PolicySweep } from './policy-sweep.js';
import { NotificationSweep } from './notification-sweep.js';
import { Reactions } from './reactions.js';
import { Relay } from './relay.js';
import { Rounds } from './rounds.js';
import { UpdateSweep } from './update-sweep.js';

/** Everything that runs by itself: started together; nothing new is taken in or on, what is in hand gets finished. */
@Module({
  imports: [CasesModule, ChannelsModule, IdentityModule, NotificationsModule, SlaModule],
  providers: [
    Reactions,
    Relay,
    Housekeeping,
    ClosingSweep,
    ClockRounds,
    ClockSweep,
    DashboardSweep,
    NotificationSweep,
    EscalationSweep,
    Rounds,
    ImportSweep,
    UpdateSweep,
    PolicySweep,
    Doors,
    Crew,
  ],
  exports: [Doors],
})
export class WorkerModule implements OnApplicationBootstrap, OnModuleDestroy {
  constructor(
    private readonly doors: Doors,
    private readonly crew: Crew,
    private readonly relay: Relay,
    private readonly rounds: Rounds,
    wake: Wake,
  ) {
    wake.on('relay', () => relay.poke());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.crew.start();
    this.relay.start();
    this.rounds.start();
    await this.doors.open();
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
    await Promise.all([this.doors.close(), this.crew.stop()]);
    await this.relay.stop();
  }
}
