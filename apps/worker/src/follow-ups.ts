import { Injectable } from '@nestjs/common';
import { PromiseKeepJob } from '#cases';
import { ContributionJob, RestorationJob } from '#goodwill';
import { LoanFollowJob } from '#loaners';
import { NotifyJob } from '#notifications';
import type { JobHandler } from '#platform';
import { HandoffFollowUps } from './handoff-follow-ups.js';

/**
 * Those who do the jobs by which what happened is followed up: promises kept, people told, loans that move with their repair, benefits that
 * end when all works again, or are what a quote says.
 */
@Injectable()
export class FollowUps {
  readonly handlers: JobHandler[];

  constructor(
    promises: PromiseKeepJob,
    notify: NotifyJob,
    loans: LoanFollowJob,
    benefits: RestorationJob,
    contributions: ContributionJob,
    { handlers }: HandoffFollowUps,
  ) {
    this.handlers = [promises, notify, loans, benefits, contributions, ...handlers];
  }
}
