import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { OUTBOUND_CHANNELS, type OutboundChannel } from './channel.js';
import { DeliveryJob, DeliverySweep } from './delivery/index.js';
import {
  BounceIntake,
  EmailChannel,
  LetterWriter,
  ImapHouse,
  MailboxLocks,
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
  SenderCheck,
} from './email/index.js';
import { Canary, ChannelHealth } from './health/index.js';
import { SanitiseJob } from './email/sanitise.job.js';
import {
  AccountStore,
  ConnectService,
  MediaUpload,
  PartSender,
  PartStore,
  SendSlots,
  Settling,
  TwitterAccounts,
  TwitterChannel,
  TwitterClient,
  TwitterIntake,
  TwitterMedia,
  TwitterPoller,
  TwitterWebhook,
  UnreadableEvents,
} from './twitter/index.js';

const doors = [
  TwitterWebhook,
  TwitterPoller,
  TwitterAccounts,
  ConnectService,
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
];

@Module({
  imports: [CasesModule],
  providers: [
    ...doors,
    TwitterClient,
    AccountStore,
    SendSlots,
    PartStore,
    PartSender,
    MediaUpload,
    Settling,
    TwitterIntake,
    TwitterMedia,
    UnreadableEvents,
    MailReader,
    MailGate,
    MailSieve,
    OverLimitMail,
    BounceIntake,
    { provide: SenderCheck, useFactory: () => new SenderCheck() },
    ImapHouse,
    MailboxLocks,
    OwnAddresses,
    TwitterChannel,
    LetterWriter,
    EmailChannel,
    {
      provide: OUTBOUND_CHANNELS,
      useFactory: (twitter: TwitterChannel, email: EmailChannel): OutboundChannel[] => [twitter, email],
      inject: [TwitterChannel, EmailChannel],
    },
  ],
  exports: doors,
})
export class ChannelsModule {}
