import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { renderSVG } from 'uqr';
import { CaseCodes, type OpenLink } from '#cases';
import { Language } from '#contracts';
import { CLOCK, CONFIG, type Clock, type Config } from '#platform';
import { stagesToldIn } from '#repairs';
import { TrackedRepairView, TrackingView } from '#views';
import { trackingPage } from './page.js';
import type { PageState } from './scene.js';
import { fitting } from './talk.js';

/** Entries read for one page; those that do not fit come on the next. */
const ENTRIES = 60;
const CURSOR = /^[\w-]{20,120}$/u;

/** What the address of the page asks for. */
export interface Asked {
  lang?: string;
  sent?: string;
  before?: string;
}

/** Puts the page of a case together. */
@Injectable()
export class TrackingPages {
  constructor(
    private readonly database: DataSource,
    private readonly view: TrackingView,
    private readonly repairs: TrackedRepairView,
    private readonly codes: CaseCodes,
    @Inject(CONFIG) private readonly config: Pick<Config, 'mail' | 'timeZone'>,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(
    link: OpenLink,
    token: string,
    asked: Asked,
    became: Pick<PageState, 'outcome' | 'draft' | 'quote'>,
  ): Promise<string> {
    const { manager } = this.database;
    const before = typeof asked.before === 'string' && CURSOR.test(asked.before) ? asked.before : undefined;
    const [tracked, repairs, { entries, more }, stages] = await Promise.all([
      this.view.find(manager, link.caseId),
      this.repairs.of(manager, link.caseId),
      this.view.entries(manager, link.caseId, { limit: ENTRIES, before }),
      stagesToldIn(manager),
    ]);
    const shown = fitting(entries);
    const state: PageState = {
      ...became,
      path: `/t/${token}`,
      language: Language.safeParse(asked.lang).data ?? tracked.customer.language,
      brand: this.config.mail.name,
      timeZone: this.config.timeZone,
      now: this.clock.now(),
      expiresAt: link.expiresAt,
      code: renderSVG(this.codes.url(tracked.reference), { border: 0 }),
      nonce: randomBytes(16).toString('base64url'),
      paged: before !== undefined,
      older: more || shown.length < entries.length ? (shown.at(-1)?.cursor ?? null) : null,
    };
    return trackingPage(tracked, shown, state, repairs, stages);
  }
}
