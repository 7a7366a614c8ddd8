import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RejectService } from '#cases';
import { CLOCK, CONFIG, STORAGE, Wake, type Clock, type Config, type Storage } from '#platform';

/** Where fetched mail goes, and what limits it. */
@Injectable()
export class ImapHouse {
  readonly limitBytes: number;
  /** How often a mailbox is asked, whether or not it says by itself. */
  readonly pollMs: number;

  constructor(
    @Inject(CONFIG) config: Pick<Config, 'mail'>,
    @Inject(STORAGE) readonly storage: Storage,
    readonly database: DataSource,
    readonly rejects: RejectService,
    @Inject(CLOCK) readonly clock: Clock,
    readonly wake: Wake,
  ) {
    this.limitBytes = config.mail.limitBytes;
    this.pollMs = config.mail.imap.pollSeconds * 1000;
  }
}
