import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { OUTBOUND_CHANNELS, type OutboundChannel } from './channel.js';
import { DeliveryJob, DeliverySweep } from './delivery/index.js';
import {
  BounceIntake,
  EmailChannel,
  LetterWriter,
  ImapHouse,
  Mailboxes,
  MailboxTester,
  MailboxWatch,
  MailDrain,
  MailGate,
  MailListener,
  MailReader,
  MailSieve,
  OverLimitMail,
  OwnAddresses,
  PartnerMailer,
  SenderCheck,
  SideDoors,
  StaffMailer,
} from './email/index.js';
import { Canary, ChannelHealth } from './health/index.js';
import { SanitiseJob } from './email/sanitise.job.js';
import {
  ConnectService,
  LateFiles,
  TWITTER_PARTS,
  TwitterAccounts,
  TwitterPoller,
  TwitterWays,
  TwitterWebhook,
  WebhookKeeper,
} from './twitter/index.js';

/** What others start, stop and call of X. */
const twitterDoors = [TwitterWebhook, TwitterPoller, WebhookKeeper, TwitterAccounts, ConnectService, LateFiles];
const doors = [
  MailListener,
  MailDrain,
  MailboxWatch,
  Mailboxes,
  MailboxTester,
  DeliverySweep,
  DeliveryJob,
  SanitiseJob,
  ChannelHealth,
  Canary,
  StaffMailer,
  PartnerMailer,
  SideDoors,
];

@Module({
  imports: [CasesModule],
  providers: [
    ...doors,
    ...TWITTER_PARTS,
    MailReader,
    MailGate,
    MailSieve,
    OverLimitMail,
    BounceIntake,
    { provide: SenderCheck, useFactory: () => new SenderCheck() },
    ImapHouse,
    OwnAddresses,
    LetterWriter,
    EmailChannel,
    {
      provide: OUTBOUND_CHANNELS,
      useFactory: (twitter: TwitterWays, email: EmailChannel): OutboundChannel[] => [twitter, email],
      inject: [TwitterWays, EmailChannel],
    },
  ],
  exports: [...doors, ...twitterDoors],
})
export class ChannelsModule {}
