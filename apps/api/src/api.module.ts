import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CasesModule } from '#cases';
import { ChannelsModule } from '#channels';
import { GoodwillModule } from '#goodwill';
import { CounterModule } from '#counter';
import { IdentityModule } from '#identity';
import { HandoffsModule } from '#handoffs';
import { LoanersModule } from '#loaners';
import { NotificationsModule } from '#notifications';
import { RepairsModule } from '#repairs';
import { SlaModule } from '#sla';
import { ViewsModule } from '#views';
import { WallDoor } from './http/wall-door.js';
import { AuthGuard } from './http/auth.guard.js';
import { BenefitPanels } from './http/benefit-panels.js';
import { CaseDeeds } from './http/case-deeds.js';
import { LegDeeds } from './http/leg-deeds.js';
import { RepairDeeds } from './http/repair-deeds.js';
import { HandoffDeeds } from './http/handoff-deeds.js';
import { LedgerPages } from './http/ledger-pages.js';
import { LoanDeeds } from './http/loan-deeds.js';
import { Offers } from './http/offers.js';
import { LiveServer } from './live/live-server.js';
import { PresenceService } from './live/presence.service.js';
import { RingingService } from './live/ringing.service.js';
import { AnalysisController } from './routes/analysis.controller.js';
import { ArrivalsController } from './routes/arrivals.controller.js';
import { AwayController } from './routes/away.controller.js';
import { AttachmentsController } from './routes/attachments.controller.js';
import { BenefitsController, CaseBenefitsController } from './routes/benefits.controller.js';
import { CalendarDaysController, CalendarsController } from './routes/calendars.controller.js';
import { CallsController } from './routes/calls.controller.js';
import { CardsController } from './routes/cards.controller.js';
import { CaseEntriesController, CasesController } from './routes/cases.controller.js';
import { ChannelsController } from './routes/channels.controller.js';
import { ContactPointsController } from './routes/contact-points.controller.js';
import { CodeController } from './routes/code.controller.js';
import { CaseCustodyController, LegsController, ParcelsController } from './routes/custody.controller.js';
import { CustomersController } from './routes/customers.controller.js';
import { DashboardController, WallController, WallLinksController } from './routes/dashboard.controller.js';
import { DeskController } from './routes/desk.controller.js';
import { DeskLinksController } from './routes/desk-links.controller.js';
import { DeviceModelsController } from './routes/device-models.controller.js';
import {
  CaseDeviceController,
  CaseDevicesController,
  DevicesController,
  DeviceTermsController,
} from './routes/devices.controller.js';
import { EntriesController } from './routes/entries.controller.js';
import { FilesController } from './routes/files.controller.js';
import { GlassController } from './routes/glass.controller.js';
import { IncidentsController, ManyCasesController, MassUpdatesController } from './routes/incidents.controller.js';
import { ImportsController } from './routes/imports.controller.js';
import { IntakeEndsController } from './routes/intake-ends.controller.js';
import { IntakesController } from './routes/intakes.controller.js';
import { InteractionsController } from './routes/interactions.controller.js';
import { InvitationsController } from './routes/invitations.controller.js';
import { EscalationsController, LaddersController } from './routes/ladders.controller.js';
import { LinksController } from './routes/links.controller.js';
import { LoanerDemandController } from './routes/loaner-demand.controller.js';
import { LoanerModelsController, LoanerSettingsController } from './routes/loaner-house.controller.js';
import { HandoffLettersController } from './routes/handoff-letters.controller.js';
import { HandoffsController } from './routes/handoffs.controller.js';
import { LoanersController, StoreLoanersController } from './routes/loaners.controller.js';
import { CaseLoansController, LoansController } from './routes/loans.controller.js';
import { MailboxesController } from './routes/mailboxes.controller.js';
import { MergesController, SplitsController, UnmergesController } from './routes/merges.controller.js';
import { ClocksController } from './routes/clocks.controller.js';
import { NotificationPreferencesController, NotificationsController } from './routes/notifications.controller.js';
import {
  CompensationsController,
  GoodwillLedgersController,
  GoodwillSettingsController,
} from './routes/goodwill.controller.js';
import { HandoversController, OwnershipController } from './routes/ownership.controller.js';
import { CustomerNewsController } from './routes/customer-news.controller.js';
import { RepairStagesController } from './routes/repair-stages.controller.js';
import { NextController } from './routes/next.controller.js';
import { CustomerSharesController, PartnerKeysController, PartnersController } from './routes/partners.controller.js';
import { PeopleController } from './routes/people.controller.js';
import { DraftsController, LocksController, PresenceController } from './routes/presence.controller.js';
import { QueuesController, WorkersController } from './routes/queues.controller.js';
import { PoliciesController, ReappliesController } from './routes/policies.controller.js';
import { ProofsController } from './routes/proofs.controller.js';
import { NearbyStoresController, RedirectsController } from './routes/redirects.controller.js';
import { CaseRepairsController, DataRecoveryController, RepairsController } from './routes/repairs.controller.js';
import { QuotesController } from './routes/quotes.controller.js';
import { RejectsController } from './routes/rejects.controller.js';
import { SearchController } from './routes/search.controller.js';
import { SessionController } from './routes/session.controller.js';
import { SuggestionsController } from './routes/suggestions.controller.js';
import { StoreBoardController } from './routes/store-board.controller.js';
import { TrackingController } from './routes/tracking.controller.js';
import { FactsController, ProblemsController, StoryController } from './routes/story.controller.js';
import { TwitterAccountsController } from './routes/twitter-accounts.controller.js';
import {
  CaseWarrantiesController,
  WarrantyDecisionsController,
  WarrantyParametersController,
} from './routes/warranties.controller.js';
import { WebhookEndpointsController } from './routes/webhook-endpoints.controller.js';
import { WebhooksController } from './routes/webhooks.controller.js';
import { TmfDoorController } from './tmf621/door.controller.js';
import { PartnerEntry } from './tmf621/entry.js';
import { HubController, TicketsController } from './tmf621/tickets.controller.js';
import { QuoteDesk } from './tracking/quote-desk.js';
import { TrackingDesk } from './tracking/desk.js';
import { Desk } from './desk/desk.js';
import { DeskPages } from './desk/pages.js';
import { TrackingDoor } from './tracking/door.js';
import { TrackingPages } from './tracking/pages.js';

/** HTTP and sockets in: validate, open the transaction, one service call, answer. */
@Module({
  imports: [
    IdentityModule,
    CasesModule,
    CounterModule,
    ViewsModule,
    ChannelsModule,
    NotificationsModule,
    SlaModule,
    GoodwillModule,
    RepairsModule,
    HandoffsModule,
    LoanersModule,
  ],
  controllers: [
    AnalysisController,
    CaseBenefitsController,
    BenefitsController,
    GoodwillSettingsController,
    GoodwillLedgersController,
    CompensationsController,
    SessionController,
    ProblemsController,
    FactsController,
    StoryController,
    CalendarsController,
    CalendarDaysController,
    CallsController,
    GlassController,
    LinksController,
    CardsController,
    ManyCasesController,
    CasesController,
    CaseEntriesController,
    ChannelsController,
    DevicesController,
    CaseDevicesController,
    CaseDeviceController,
    DeviceTermsController,
    DeskController,
    DeskLinksController,
    DeviceModelsController,
    CaseWarrantiesController,
    WarrantyDecisionsController,
    WarrantyParametersController,
    DashboardController,
    WallController,
    WallLinksController,
    EntriesController,
    ImportsController,
    IncidentsController,
    MassUpdatesController,
    IntakesController,
    IntakeEndsController,
    InteractionsController,
    InvitationsController,
    ArrivalsController,
    CustomersController,
    ContactPointsController,
    ProofsController,
    PresenceController,
    LocksController,
    DraftsController,
    SearchController,
    AttachmentsController,
    FilesController,
    LoanerDemandController,
    HandoffLettersController,
    HandoffsController,
    LoanersController,
    StoreLoanersController,
    LoanerModelsController,
    LoanerSettingsController,
    CaseLoansController,
    LoansController,
    MailboxesController,
    MergesController,
    UnmergesController,
    SplitsController,
    SuggestionsController,
    NotificationsController,
    NotificationPreferencesController,
    PartnersController,
    PartnerKeysController,
    CustomerSharesController,
    PeopleController,
    QueuesController,
    CustomerNewsController,
    RepairStagesController,
    NextController,
    AwayController,
    WorkersController,
    ClocksController,
    PoliciesController,
    ReappliesController,
    LaddersController,
    EscalationsController,
    OwnershipController,
    HandoversController,
    NearbyStoresController,
    RedirectsController,
    CaseCustodyController,
    LegsController,
    ParcelsController,
    CaseRepairsController,
    RepairsController,
    DataRecoveryController,
    QuotesController,
    RejectsController,
    TwitterAccountsController,
    WebhookEndpointsController,
    WebhooksController,
    TmfDoorController,
    TicketsController,
    HubController,
    StoreBoardController,
    TrackingController,
    CodeController,
  ],
  providers: [
    BenefitPanels,
    LedgerPages,
    CaseDeeds,
    LegDeeds,
    RepairDeeds,
    HandoffDeeds,
    LoanDeeds,
    Offers,
    Desk,
    DeskPages,
    TrackingDoor,
    TrackingDesk,
    QuoteDesk,
    PartnerEntry,
    TrackingPages,
    WallDoor,
    LiveServer,
    PresenceService,
    RingingService,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
})
export class ApiModule {}
