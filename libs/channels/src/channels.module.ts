import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { OUTBOUND_CHANNELS, type OutboundChannel } from './channel.js';
import { DeliveryJob, DeliverySweep } from './delivery/index.js';
import { EmailChannel, MailDrain, MailListener, MailReader } from './email/index.js';
import { ChannelHealth } from './health/index.js';
import { SanitiseJob } from './email/sanitise.job.js';
import {
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
  MailListener,
  MailDrain,
  DeliverySweep,
  DeliveryJob,
  SanitiseJob,
  ChannelHealth,
];

@Module({
  imports: [CasesModule],
  providers: [
    ...doors,
    TwitterClient,
    TwitterIntake,
    TwitterMedia,
    UnreadableEvents,
    MailReader,
    TwitterChannel,
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
