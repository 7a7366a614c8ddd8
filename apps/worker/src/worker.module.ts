import { Module, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { CasesModule } from '#cases';
import { ChannelsModule } from '#channels';
import { GoodwillModule } from '#goodwill';
import { IdentityModule } from '#identity';
import { Wake } from '#platform';
import { HandoffsModule } from '#handoffs';
import { LoanersModule } from '#loaners';
import { NotificationsModule } from '#notifications';
import { RepairsModule } from '#repairs';
import { SlaModule } from '#sla';
import { CaseRounds } from './case-rounds.js';
import { ClockRounds } from './clock-rounds.js';
import { ClockSweep } from './clock-sweep.js';
import { ClosingSweep } from './closing-sweep.js';
import { Crew } from './crew.js';
import { DashboardSweep } from './dashboard-sweep.js';
import { Doors } from './doors.js';
import { EscalationSweep } from './escalation-sweep.js';
import { ImportSweep } from './import-sweep.js';
import { FollowUps } from './follow-ups.js';
import { ForgettingSweep } from './forgetting-sweep.js';
import { GoodwillSweep } from './goodwill-sweep.js';
import { Housekeeping } from './housekeeping.js';
import { HandoffFollowUps } from './handoff-follow-ups.js';
import { HandingOn } from './handing-on.js';
import { HandoffSweep } from './handoff-sweep.js';
import { LoanSweep } from './loan-sweep.js';
import { PartnerCarrier } from './partner-carrier.js';
import { PartnerMailDoor } from './partner-mail-door.js';
import { PolicySweep } from './policy-sweep.js';
import { NotificationSweep } from './notification-sweep.js';
import { Reactions } from './reactions.js';
import { Relay } from './relay.js';
import { RepairSweep } from './repair-sweep.js';
import { Rounds } from './rounds.js';
import { TicketSweep } from './ticket-sweep.js';
import { UpdateSweep } from './update-sweep.js';

/** Everything that runs by itself: started together; nothing new is taken in or on, what is in hand gets finished. */
@Module({
  imports: [
    CasesModule,
    ChannelsModule,
    IdentityModule,
    NotificationsModule,
    SlaModule,
    GoodwillModule,
    RepairsModule,
    HandoffsModule,
    LoanersModule,
  ],
  providers: [
    Reactions,
    FollowUps,
    ForgettingSweep,
    GoodwillSweep,
    Relay,
    Housekeeping,
    CaseRounds,
    ClosingSweep,
    ClockRounds,
    ClockSweep,
    DashboardSweep,
    NotificationSweep,
    EscalationSweep,
    HandoffFollowUps,
    HandingOn,
    HandoffSweep,
    LoanSweep,
    RepairSweep,
    Rounds,
    ImportSweep,
    UpdateSweep,
    TicketSweep,
    PartnerCarrier,
    PartnerMailDoor,
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
