import { Module } from '@nestjs/common';
import { AnalysisView } from './metrics/analysis.view.js';
import { CallerView } from './caller.view.js';
import { CaseDetailView } from './case.view.js';
import { CustomerView } from './customer.view.js';
import { DashboardView } from './dashboard/dashboard.view.js';
import { DashboardPanelsView } from './dashboard/panels.view.js';
import { WallView } from './dashboard/wall.view.js';
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
import { QueueView } from './queue.view.js';
import { RejectView } from './reject.view.js';
import { SearchView } from './search.view.js';
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
  NotificationView,
  OwnershipView,
  ClockView,
  PresenceView,
  NextView,
  AwayView,
  QueueView,
  RejectView,
  MergeView,
  SearchView,
  ReviewView,
  SuggestionView,
  StoryView,
  CallerView,
  TrackingView,
  GlassView,
  DashboardView,
  DashboardPanelsView,
  WallView,
  AnalysisView,
];

@Module({ providers: [...views, ReadLine], exports: views })
export class ViewsModule {}
