export { OUTBOUND_CHANNELS, type OutboundChannel, type OutgoingMessage, type SendOutcome } from './channel.js';
export { ChannelsModule } from './channels.module.js';
export { DeliveryJob, DeliverySweep } from './delivery/index.js';
export {
  EmailChannel,
  LetterWriter,
  ImapHouse,
  MailboxLocks,
  Mailboxes,
  MailboxTester,
  MailboxWatch,
  MailDrain,
  MailListener,
  MailReader,
  OwnAddresses,
  parseMail,
  sanitiseMailHtml,
  splitQuote,
} from './email/index.js';
export { ChannelHealth, type ChannelReport } from './health/index.js';
export { SanitiseJob } from './email/sanitise.job.js';
export {
  AccountClosed,
  AccountStore,
  ConnectService,
  MediaUpload,
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
