export { HandoffsModule } from './handoffs.module.js';
export { CustodyChain } from './custody/chain.service.js';
export { LegLabels } from './custody/leg-labels.service.js';
export { LegLosses } from './custody/leg-losses.service.js';
export { LegPlans } from './custody/leg-plans.service.js';
export { Legs } from './custody/legs.service.js';
export { PartnerCustody, type SentBack } from './custody/partner-custody.service.js';
export { SENT, type Handed, type Parcel, type PartnerGateway } from './gateways/gateway.js';
export { Gateways } from './gateways/gateways.js';
export { AgreedTimes } from './handoff/agreed-times.js';
export { lockAnyHandoff, lockHandoff, readHandoff, type HandoffRecord } from './handoff/handoff-record.js';
export { partnerAt, readPartner, type PartnerRecord } from './partners/partner-record.js';
export {
  DeskLinks,
  withAction,
  type MadeDeskLink,
  type OpenDeskLink,
  type ShutDeskLink,
} from './gateways/desk/desk-links.js';
export { PartnerKeys, type KeyHolder } from './partners/partner-keys.service.js';
export { PartnerChecks } from './partners/partner.check.js';
export { PartnerSecrets } from './partners/partner.secrets.js';
export { Partners } from './partners/partners.service.js';
export { DocumentBuilder, type DocumentDraft } from './share/document-builder.js';
export { Forgetting } from './share/forgetting.js';
export { formSchema } from './share/form.rules.js';
export { previewOf, type BuiltDocument } from './share/share.rules.js';
export { DeadLetters, type Letter } from './handoff/dead-letters.service.js';
export { Deliveries } from './handoff/deliveries.service.js';
export { HandoffRounds } from './handoff/handoff-rounds.js';
export { HandoffToldJob } from './handoff/handoff-told.job.js';
export { Handoffs } from './handoff/handoffs.service.js';
export { PartnerDoor, type GivenHandoff } from './handoff/partner-door.service.js';
export { QuoteAnswersJob } from './handoff/quote-answers.job.js';
export {
  Listener,
  NewTicket,
  TicketPatch,
  TmfAccess,
  TmfDesk,
  TmfFiles,
  TmfHub,
  TmfLists,
  TmfLooks,
  TmfPeers,
  TmfRegistrations,
  type Ticket,
} from './gateways/tmf621/index.js';
export { EmailGateway } from './gateways/email/email.gateway.js';
export { PartnerMail } from './gateways/email/partner-mail.js';
export { PartnerMailbox, type ReturnedPost } from './gateways/email/partner-mailbox.service.js';
export { PostOffice, type PartnerPost, type PostCarrier } from './gateways/email/post-office.js';
export { offeredOf } from './gateways/desk/desk-actions.rules.js';
export {
  DeskViews,
  isOffered,
  type DeskEntry,
  type DeskFile,
  type DeskView,
  type StoredDeskFile,
} from './gateways/desk/desk-view.js';
export { QUOTE_ROWS, wordTyped, type Trouble, type Typed } from './gateways/desk/desk-words.rules.js';
export { DeskSayings, type DeskSaid, type DeskSaying } from './gateways/desk/desk-sayings.js';
export { WebhookFan } from './webhooks/webhook-fan.js';
export { WebhookPost } from './webhooks/webhook-post.js';
export { Webhooks } from './webhooks/webhooks.service.js';
