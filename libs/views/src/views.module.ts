import { Module } from '@nestjs/common';
import { AnalysisView } from './metrics/analysis.view.js';
import { CallerView } from './caller.view.js';
import { CaseDetailView } from './case.view.js';
import { CustomerView } from './customer.view.js';
import { CustodyView } from './custody.view.js';
import { DeviceView } from './device.view.js';
import { DashboardView } from './dashboard/dashboard.view.js';
import { DashboardPanelsView } from './dashboard/panels.view.js';
import { WallView } from './dashboard/wall.view.js';
import { BenefitView } from './goodwill/benefit.view.js';
import { GoodwillLedgerView } from './goodwill/ledger.view.js';
import { GlassView } from './glass.view.js';
import { HealthView } from './health.view.js';
import { ImportView } from './import.view.js';
import { InboxView } from './inbox.view.js';
import { ReadLine } from './read-line.js';
import { IncidentView } from './incident.view.js';
import { MergeView } from './merge.view.js';
import { NotificationView } from './notification.view.js';
import { OwnershipView } from './ownership.view.js';
import { ClockView } from './clock.view.js';
import { PresenceView } from './presence.view.js';
import { NextView } from './next.view.js';
import { AwayView } from './away.view.js';
import { LoanerDemandView } from './loaners/demand.view.js';
import { HandoffView } from './handoffs/handoff.view.js';
import { ScorecardView } from './handoffs/scorecard.view.js';
import { WebhookView } from './handoffs/webhook.view.js';
import { LoanView } from './loaners/loan.view.js';
import { LoanerView } from './loaners/loaner.view.js';
import { QueueView } from './queue.view.js';
import { RejectView } from './reject.view.js';
import { RepairView } from './repairs/repair.view.js';
import { TrackedRepairView } from './repairs/tracked-repair.view.js';
import { SearchView } from './search.view.js';
import { StoreBoardView } from './store-board.view.js';
import { StoryView } from './story.view.js';
import { ReviewView } from './review.view.js';
import { SuggestionView } from './suggestion.view.js';
import { TimelineView } from './timeline.view.js';
import { TrackingView } from './tracking.view.js';

const views = [
  HealthView,
  ImportView,
  InboxView,
  IncidentView,
  CaseDetailView,
  TimelineView,
  CustomerView,
  CustodyView,
  DeviceView,
  NotificationView,
  OwnershipView,
  ClockView,
  PresenceView,
  NextView,
  AwayView,
  LoanerDemandView,
  HandoffView,
  ScorecardView,
  WebhookView,
  LoanView,
  LoanerView,
  QueueView,
  RejectView,
  MergeView,
  RepairView,
  TrackedRepairView,
  SearchView,
  ReviewView,
  SuggestionView,
  StoreBoardView,
  StoryView,
  CallerView,
  TrackingView,
  GlassView,
  DashboardView,
  DashboardPanelsView,
  WallView,
  AnalysisView,
  BenefitView,
  GoodwillLedgerView,
];

@Module({ providers: [...views, ReadLine], exports: views })
export class ViewsModule {}
