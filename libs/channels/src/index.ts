export {
  LeaseLost,
  OUTBOUND_CHANNELS,
  type Lease,
  type OutboundChannel,
  type OutgoingMessage,
  type SendOutcome,
} from './channel.js';
export { ChannelsModule } from './channels.module.js';
export { DeliveryJob, DeliverySweep } from './delivery/index.js';
export {
  AUTOMATIC_HEADERS,
  bounceAddress,
  BounceIntake,
  bounceToken,
  EmailChannel,
  ImapHouse,
  LetterWriter,
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
  parseMail,
  PartnerMailer,
  type PartnerLetter,
  SideDoors,
  type MailInPassing,
  type ReturnedMail,
  type SideDoor,
  sanitiseMailHtml,
  SenderCheck,
  splitQuote,
  StaffMailer,
} from './email/index.js';
export { Canary, ChannelHealth, type ChannelReport } from './health/index.js';
export { SanitiseJob } from './email/sanitise.job.js';
export * from './twitter/index.js';
