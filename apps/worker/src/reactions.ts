import { Injectable } from '@nestjs/common';
import { CallAttachJob, MatchSuggestJob, PromiseKeepJob, RouteJob } from '#cases';
import { SanitiseJob } from '#channels';
import { NotifyJob } from '#notifications';
import type { JobHandler } from '#platform';

/** Those who do the jobs of the subscribers. */
@Injectable()
export class Reactions {
  readonly handlers: JobHandler[];

  constructor(
    readonly sanitise: SanitiseJob,
    readonly callAttach: CallAttachJob,
    match: MatchSuggestJob,
    route: RouteJob,
    promises: PromiseKeepJob,
    notify: NotifyJob,
  ) {
    this.handlers = [sanitise, callAttach, match, route, promises, notify];
  }
}
