import { Injectable } from '@nestjs/common';
import { CallAttachJob, MatchSuggestJob, RouteJob } from '#cases';
import { SanitiseJob } from '#channels';
import type { JobHandler } from '#platform';
import { FollowUps } from './follow-ups.js';

/** Those who do the jobs of the subscribers. */
@Injectable()
export class Reactions {
  readonly handlers: JobHandler[];

  constructor(
    readonly sanitise: SanitiseJob,
    readonly callAttach: CallAttachJob,
    match: MatchSuggestJob,
    route: RouteJob,
    followUps: FollowUps,
  ) {
    this.handlers = [sanitise, callAttach, match, route, ...followUps.handlers];
  }
}
