export { ArrivalService, type StaffArrival } from './arrival.service.js';
export { AutomaticMail, type AutomaticMailWish } from './automatic-mail.service.js';
export { AttachmentService, type OpenAttachment } from './attachment.service.js';
export { findCase, lockCase, lockCaseOf, lockLiving, lockLivingCase, visible, type CaseRecord } from './case-access.js';
export { CallAttachJob } from './call-attach.job.js';
export { readCallList } from './call-list.js';
export { readCall, type ReadCall } from './call-log.rules.js';
export { CallLogService } from './call-log.service.js';
export { BulkDeeds } from './bulk/bulk-deeds.js';
export { CaseService } from './case.service.js';
export { CaseWaits } from './case-waits.service.js';
export { GivenCases, type GivenWork } from './given-case.service.js';
export { isOpen as isOpenCase } from './case.states.js';
export { CustomerCards } from './card/card.service.js';
export { readEntry, type ReadRow } from './card/import.cells.rules.js';
export { openTable, readFile, type ReadFile, type StagedRow } from './card/import-file.js';
export { CustomerImports, type ImportOrder } from './card/import.service.js';
export { Preferences } from './card/preferences.service.js';
export { CasesModule } from './cases.module.js';
export { CountedTime, type After, type MinuteCounter } from './counted-time.js';
export {
  CustomerNews,
  openNews,
  type NewsAddition,
  type NewsOrder,
  type NewsTopic,
  type NewsValues,
} from './customer-news.service.js';
export { DecisionLocks } from './drafts/decision-locks.js';
export { DraftService } from './drafts/draft.service.js';
export { EntryMoveService } from './entry-move.service.js';
export { normaliseEmail, normaliseHandle, normalisePhone } from './contact.rules.js';
export { FileLinks, LINK_DAYS } from './file-links.js';
export { CaseProofs } from './identity/case-proof.js';
export { ContactPoints, type Grant } from './identity/contact-points.js';
export {
  identifierOf,
  normaliseCustomerNumber,
  normaliseDocument,
  normaliseImei,
  type Identifier,
} from './identity/identifier.rules.js';
export { codeText } from './identity/one-time-code.message.js';
export { OneTimeCodes, openCode, type MatchedCode } from './identity/one-time-codes.js';
export { ProofService, type NewProof, type Proven } from './identity/proof.service.js';
export { IncidentCases } from './incident/incident-cases.service.js';
export { Incidents } from './incident/incidents.service.js';
export { MassUpdateRun } from './incident/mass-update.run.js';
export { MassUpdates } from './incident/mass-updates.service.js';
export { InvitationService } from './invitation.service.js';
export { readable } from './intake.rules.js';
export { IntakeService } from './intake.service.js';
export { MatchSuggestJob } from './matching/match-suggest.job.js';
export { MatchingService, type Pair } from './matching/matching.service.js';
export { SuggestionService } from './matching/suggestion.service.js';
export { MergeService, type Merged, type MergeOrder } from './merge/merge.service.js';
export { SplitService } from './merge/split.service.js';
export { UnmergeService } from './merge/unmerge.service.js';
export {
  CUSTOMER_COLUMNS as MERGED_COLUMNS,
  MOVES as MERGE_MOVES,
  type Move as MergeMove,
} from './merge/merge.moves.js';
export { NoteService } from './note.service.js';
export { ContinuityService } from './ownership/continuity.service.js';
export { HandoverService } from './ownership/handover.service.js';
export { moveMany, type CaseMove } from './ownership/move-many.js';
export { NearbyStoresService } from './ownership/nearby-stores.js';
export { NextActions, type Plan } from './ownership/next-actions.js';
export { RouteJob } from './ownership/route.job.js';
export { expectCaseAt, showCaseToStore } from './ownership/sight.js';
export { StoreFactsService, type StorePlace } from './ownership/store-facts.js';
export { WarmRedirectService } from './ownership/warm-redirect.service.js';
export { QueueService } from './queues/queue.service.js';
export { AwayService } from './queues/away.service.js';
export { TakeNextService } from './queues/take-next.service.js';
export { actorOf, record, SYSTEM, type Actor, type NewEvent } from './record.js';
export { recordMany, type CaseEvents } from './record-many.js';
export { parseReference } from './reference.rules.js';
export { RejectService, type RejectedArrival } from './reject.service.js';
export { ReplyService } from './reply.service.js';
export { ClosingGuards, type ClosingGuard } from './story/closing-guards.js';
export { ClosingService } from './story/closing.service.js';
export { entryOnCase } from './story/entry-on-case.js';
export { FactService, type NewFact } from './story/fact.service.js';
export { ImpactService } from './story/impact.service.js';
export { ProblemService } from './story/problem.service.js';
export { PromiseKeepJob } from './story/promise-keep.job.js';
export { PromiseService } from './story/promise.service.js';
export { QuietCheck } from './story/quiet-check.js';
export { ReExplanationService } from './story/re-explanation.service.js';
export { SystemMail, type SystemMailOrder } from './system-mail.service.js';
export {
  caseOfReplyToken,
  casesOfSubject,
  interactionOfMessageId,
  issuedMessageId,
  replyAddress,
  replyToken,
  taggedSubject,
  withoutTags,
  type Signer,
} from './threading.rules.js';
export { BreakGlass } from './tracking/break-glass.service.js';
export { CaseCodes } from './tracking/case-codes.js';
export { CaseLinks, type MadeLink, type OpenLink } from './tracking/case-links.js';
export { Doors, type Allowance, SENT_BY_LINK, SENT_FROM_NETWORK, WRONG_LINKS } from './tracking/doors.js';
export { NAMED_BY, PassingFiles } from './tracking/passing-files.js';
export { TellMore } from './tracking/tell-more.service.js';
export { TypedReferences } from './tracking/typed-references.js';
