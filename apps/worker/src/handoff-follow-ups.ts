import { Injectable } from '@nestjs/common';
import { HandoffToldJob, QuoteAnswersJob } from '#handoffs';
import type { JobHandler } from '#platform';
import { RepairFollowJob } from '#repairs';

/** Those who follow up what is said between us and partners. */
@Injectable()
export class HandoffFollowUps {
  readonly handlers: JobHandler[];

  constructor(told: HandoffToldJob, answers: QuoteAnswersJob, repairs: RepairFollowJob) {
    this.handlers = [told, answers, repairs];
  }
}
