import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { LoanerHouse } from './house/loaner-settings.service.js';
import { LoanDecisions } from './loan/loan-decisions.service.js';
import { LoanFollow, LoanFollowJob } from './loan/loan-follow.service.js';
import { LoanGuard } from './loan/loan-guard.js';
import { LoanLosses } from './loan/loan-losses.service.js';
import { LoanNews } from './loan/loan-news.js';
import { LoanRider } from './loan/loan-rider.js';
import { LoanRounds } from './loan/loan-rounds.service.js';
import { LoanSteps } from './loan/loan-steps.js';
import { LoanStory } from './loan/loan-story.js';
import { Loans } from './loan/loans.service.js';
import { Reservations } from './loan/reservations.service.js';
import { LoanerModels } from './pool/loaner-models.service.js';
import { LoanerImports } from './pool/loaner-import.service.js';
import { LoanerPool } from './pool/pool.service.js';

const services = [
  LoanDecisions,
  LoanerHouse,
  LoanerImports,
  LoanerModels,
  LoanerPool,
  LoanFollow,
  LoanFollowJob,
  LoanLosses,
  LoanRounds,
  Loans,
  Reservations,
];

/** Phones that customers have while theirs is away. */
@Module({
  imports: [CasesModule],
  providers: [...services, LoanGuard, LoanNews, LoanRider, LoanSteps, LoanStory],
  exports: services,
})
export class LoanersModule {}
