import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CasesModule } from '#cases';
import { ChannelsModule } from '#channels';
import { IdentityModule } from '#identity';
import { NotificationsModule } from '#notifications';
import { SlaModule } from '#sla';
import { ViewsModule } from '#views';
import { AuthGuard } from './http/auth.guard.js';
import { CaseDeeds } from './http/case-deeds.js';
import { LiveServer } from './live/live-server.js';
import { PresenceService } from './live/presence.service.js';
import { RingingService } from './live/ringing.service.js';
import { AnalysisController } from './routes/analysis.controller.js';
import { ArrivalsController } from './routes/arrivals.controller.js';
import { AwayController } from './routes/away.controller.js';
import { AttachmentsController } from './routes/attachments.controller.js';
import { CalendarDaysController, CalendarsController } from './routes/calendars.controller.js';
import { CallsController } from './routes/calls.controller.js';
import { CardsController } from './routes/cards.controller.js';
import { CaseEntriesController, CasesController } from './routes/cases.controller.js';
import { ChannelsController } from './routes/channels.controller.js';
import { ContactPointsController } from './routes/contact-points.controller.js';
import { CodeController } from './routes/code.controller.js';
import { CustomersController } from './routes/customers.controller.js';
import { DashboardController, WallController, WallLinksController } from './routes/dashboard.controller.js';
import { EntriesController } from './routes/entries.controller.js';
import { FilesController } from './routes/files.controller.js';
import { GlassController } from './routes/glass.controller.js';
import { IncidentsController, ManyCasesController, MassUpdatesController } from './routes/incidents.controller.js';
import { ImportsController } from './routes/imports.controller.js';
import { InteractionsController } from './routes/interactions.controller.js';
import { InvitationsController } from './routes/invitations.controller.js';
import { EscalationsController, LaddersController } from './routes/ladders.controller.js';
import { LinksController } from './routes/links.controller.js';
import { MailboxesController } from './routes/mailboxes.controller.js';
import { MergesController, SplitsController, UnmergesController } from './routes/merges.controller.js';
import { ClocksController } from './routes/clocks.controller.js';
import { NotificationPreferencesController, NotificationsController } from './routes/notifications.controller.js';
import { HandoversController, OwnershipController } from './routes/ownership.controller.js';
import { NextController } from './routes/next.controller.js';
import { PeopleController } from './routes/people.controller.js';
import { DraftsController, LocksController, PresenceController } from './routes/presence.controller.js';
import { QueuesController, WorkersController } from './routes/queues.controller.js';
import { PoliciesController, ReappliesController } from './routes/policies.controller.js';
import { ProofsController } from './routes/proofs.controller.js';
import { NearbyStoresController, RedirectsController } from './routes/redirects.controller.js';
import { RejectsController } from './routes/rejects.controller.js';
import { SearchController } from './routes/search.controller.js';
import { SessionController } from './routes/session.controller.js';
import { SuggestionsController } from './routes/suggestions.controller.js';
import { TrackingController } from './routes/tracking.controller.js';
import { FactsController, ProblemsController, StoryController } from './routes/story.controller.js';
import { TwitterAccountsController } from './routes/twitter-accounts.controller.js';
import { WebhooksController } from './routes/webhooks.controller.js';
import { TrackingDesk } from './tracking/desk.js';
import { TrackingDoor } from './tracking/door.js';
import { TrackingPages } from './tracking/pages.js';

/** HTTP and sockets in: validate, open the transaction, one service call, answer. */
@Module({
  imports: [IdentityModule, CasesModule, ViewsModule, ChannelsModule, NotificationsModule, SlaModule],
  controllers: [
    AnalysisController,
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
    DashboardController,
    WallController,
    WallLinksController,
    EntriesController,
    ImportsController,
    IncidentsController,
    MassUpdatesController,
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
    MailboxesController,
    MergesController,
    UnmergesController,
    SplitsController,
    SuggestionsController,
    NotificationsController,
    NotificationPreferencesController,
    PeopleController,
    QueuesController,
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
    RejectsController,
    TwitterAccountsController,
    WebhooksController,
    TrackingController,
    CodeController,
  ],
  providers: [
    CaseDeeds,
    TrackingDoor,
    TrackingDesk,
    TrackingPages,
    LiveServer,
    PresenceService,
    RingingService,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
})
export class ApiModule {}
