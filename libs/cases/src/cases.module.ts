import { Module } from '@nestjs/common';
import { IdentityModule } from '#identity';
import { ArrivalService } from './arrival.service.js';
import { AttachmentService } from './attachment.service.js';
import { AutomaticMail } from './automatic-mail.service.js';
import { CallAttachJob } from './call-attach.job.js';
import { CallLogService } from './call-log.service.js';
import { CustomerCards } from './card/card.service.js';
import { ImportPortion } from './card/import-portion.js';
import { CustomerImports } from './card/import.service.js';
import { Preferences } from './card/preferences.service.js';
import { BulkDeeds } from './bulk/bulk-deeds.js';
import { CaseService } from './case.service.js';
import { CaseWaits } from './case-waits.service.js';
import { GivenCases } from './given-case.service.js';
import { CountedTime } from './counted-time.js';
import { CustomerNews } from './customer-news.service.js';
import { DecisionLocks } from './drafts/decision-locks.js';
import { DraftService } from './drafts/draft.service.js';
import { EntryMoveService } from './entry-move.service.js';
import { FileLinks } from './file-links.js';
import { CaseProofs } from './identity/case-proof.js';
import { ContactPoints } from './identity/contact-points.js';
import { EndOfReplies } from './identity/end-of-replies.js';
import { OneTimeCodeMessage } from './identity/one-time-code.message.js';
import { OneTimeCodes } from './identity/one-time-codes.js';
import { ProofService } from './identity/proof.service.js';
import { EvidenceService } from './matching/evidence.service.js';
import { MatchSuggestJob } from './matching/match-suggest.job.js';
import { MatchingService } from './matching/matching.service.js';
import { SuggestionService } from './matching/suggestion.service.js';
import { IncidentCases } from './incident/incident-cases.service.js';
import { Incidents } from './incident/incidents.service.js';
import { MassUpdateRun } from './incident/mass-update.run.js';
import { MassUpdates } from './incident/mass-updates.service.js';
import { InvitationService } from './invitation.service.js';
import { IntakeService } from './intake.service.js';
import { MergeService } from './merge/merge.service.js';
import { SplitService } from './merge/split.service.js';
import { UnmergeService } from './merge/unmerge.service.js';
import { NoteService } from './note.service.js';
import { RecognitionService } from './recognition.service.js';
import { RejectService } from './reject.service.js';
import { ReplyService } from './reply.service.js';
import { ContinuityService } from './ownership/continuity.service.js';
import { HandoverService } from './ownership/handover.service.js';
import { NearbyStoresService } from './ownership/nearby-stores.js';
import { NextActions } from './ownership/next-actions.js';
import { RouteJob } from './ownership/route.job.js';
import { StoreFactsService } from './ownership/store-facts.js';
import { RedirectWay, WarmRedirectService } from './ownership/warm-redirect.service.js';
import { QueueService } from './queues/queue.service.js';
import { AwayService } from './queues/away.service.js';
import { TakeNextService } from './queues/take-next.service.js';
import { ClosingGuards } from './story/closing-guards.js';
import { ClosingService } from './story/closing.service.js';
import { FactService } from './story/fact.service.js';
import { ImpactService } from './story/impact.service.js';
import { ProblemService } from './story/problem.service.js';
import { PromiseKeepJob } from './story/promise-keep.job.js';
import { PromiseService } from './story/promise.service.js';
import { QuietCheck } from './story/quiet-check.js';
import { ReExplanationService } from './story/re-explanation.service.js';
import { SolvedQuestion } from './story/solved-question.js';
import { SystemMail } from './system-mail.service.js';
import { BreakGlass } from './tracking/break-glass.service.js';
import { CaseCodes } from './tracking/case-codes.js';
import { CaseLinks } from './tracking/case-links.js';
import { Doors } from './tracking/doors.js';
import { PassingFiles } from './tracking/passing-files.js';
import { TellMore } from './tracking/tell-more.service.js';
import { TypedReferences } from './tracking/typed-references.js';

const services = [
  CountedTime,
  CustomerCards,
  CustomerNews,
  CustomerImports,
  Preferences,
  DecisionLocks,
  DraftService,
  ContinuityService,
  HandoverService,
  NearbyStoresService,
  NextActions,
  RouteJob,
  QueueService,
  TakeNextService,
  AwayService,
  StoreFactsService,
  WarmRedirectService,
  FactService,
  ProblemService,
  ImpactService,
  PromiseService,
  PromiseKeepJob,
  ReExplanationService,
  ClosingGuards,
  ClosingService,
  QuietCheck,
  IntakeService,
  RejectService,
  AutomaticMail,
  CaseService,
  CaseWaits,
  GivenCases,
  NoteService,
  AttachmentService,
  ReplyService,
  ArrivalService,
  EntryMoveService,
  FileLinks,
  CallLogService,
  CallAttachJob,
  SystemMail,
  InvitationService,
  ContactPoints,
  OneTimeCodes,
  CaseProofs,
  ProofService,
  MergeService,
  UnmergeService,
  SplitService,
  MatchSuggestJob,
  MatchingService,
  SuggestionService,
  CaseLinks,
  CaseCodes,
  TellMore,
  TypedReferences,
  PassingFiles,
  Doors,
  BreakGlass,
  BulkDeeds,
  IncidentCases,
  Incidents,
  MassUpdates,
  MassUpdateRun,
];

@Module({
  imports: [IdentityModule],
  providers: [
    ...services,
    ImportPortion,
    RedirectWay,
    EndOfReplies,
    OneTimeCodeMessage,
    EvidenceService,
    RecognitionService,
    SolvedQuestion,
  ],
  exports: services,
})
export class CasesModule {}
