import { Module, type Provider } from '@nestjs/common';
import { CasesModule } from '#cases';
import { Accruals } from './accrual/accrual.service.js';
import { Benefits } from './benefits/benefits.service.js';
import { BenefitDecisions } from './benefits/decisions.service.js';
import { Contributions } from './benefits/contributions.service.js';
import { ContributionJob } from './benefits/contribution.job.js';
import { Effects } from './benefits/effects.js';
import { Handout } from './benefits/handout.js';
import { Restorations } from './benefits/restorations.service.js';
import { RestorationJob } from './benefits/restoration.job.js';
import { GoodwillStanding } from './benefits/standing.js';
import { VoucherCodes } from './benefits/voucher-code.js';
import { Compensations } from './compensation/compensation.service.js';
import { Courier } from './outbox/courier.js';
import { Outbox } from './outbox/outbox.js';
import { Post } from './outbox/post.js';
import { Postbag } from './outbox/postbag.js';
import { GoodwillSettings } from './rules/limits.service.js';
import { RuleProposals } from './rules/proposals.service.js';
import { GoodwillRules } from './rules/rule.service.js';

const services: Provider[] = [
  Accruals,
  BenefitDecisions,
  Benefits,
  Compensations,
  ContributionJob,
  Contributions,
  Courier,
  GoodwillRules,
  GoodwillSettings,
  GoodwillStanding,
  Post,
  Postbag,
  RestorationJob,
  Restorations,
  RuleProposals,
];

/** What somebody is given for their trouble, and what the law says they are owed: two ledgers, never one against the other. */
@Module({ imports: [CasesModule], providers: [...services, Effects, Handout, Outbox, VoucherCodes], exports: services })
export class GoodwillModule {}
