import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CasesModule } from '#cases';
import { ChannelsModule } from '#channels';
import { IdentityModule } from '#identity';
import { ViewsModule } from '#views';
import { AuthGuard } from './http/auth.guard.js';
import { LiveServer } from './live/live-server.js';
import { RingingService } from './live/ringing.service.js';
import { ArrivalsController } from './routes/arrivals.controller.js';
import { AttachmentsController } from './routes/attachments.controller.js';
import { CallsController } from './routes/calls.controller.js';
import { CaseEntriesController, CasesController } from './routes/cases.controller.js';
import { ChannelsController } from './routes/channels.controller.js';
import { CustomersController } from './routes/customers.controller.js';
import { EntriesController } from './routes/entries.controller.js';
import { FilesController } from './routes/files.controller.js';
import { InteractionsController } from './routes/interactions.controller.js';
import { InvitationsController } from './routes/invitations.controller.js';
import { MailboxesController } from './routes/mailboxes.controller.js';
import { PeopleController } from './routes/people.controller.js';
import { RejectsController } from './routes/rejects.controller.js';
import { SearchController } from './routes/search.controller.js';
import { SessionController } from './routes/session.controller.js';
import { TwitterAccountsController } from './routes/twitter-accounts.controller.js';
import { WebhooksController } from './routes/webhooks.controller.js';

/** HTTP and sockets in: validate, open the transaction, one service call, answer. */
@Module({
  imports: [IdentityModule, CasesModule, ViewsModule, ChannelsModule],
  controllers: [
    SessionController,
    CallsController,
    CasesController,
    CaseEntriesController,
    ChannelsController,
    EntriesController,
    InteractionsController,
    InvitationsController,
    ArrivalsController,
    CustomersController,
    SearchController,
    AttachmentsController,
    FilesController,
    MailboxesController,
    PeopleController,
    RejectsController,
    TwitterAccountsController,
    WebhooksController,
  ],
  providers: [LiveServer, RingingService, { provide: APP_GUARD, useClass: AuthGuard }],
})
export class ApiModule {}
