import { QuoteDecisions } from '../quotes/quote-decisions.service.js';
import { QuoteRounds } from '../quotes/quote-rounds.js';
import { Quotes } from '../quotes/quotes.service.js';
import { DataRecoveries } from './data-recoveries.service.js';
import { OrderMoves } from './order-moves.js';
import { PromisedReturns } from './promised-returns.service.js';
import { Relief } from './relief.service.js';
import { RepairGuards } from './repair-guards.js';
import { RepairFollowJob } from './repair-follow.job.js';
import { RepairOrders } from './repair-orders.service.js';
import { StageWordings } from './stage-wordings.service.js';
import { RepairWays } from './repair-ways.service.js';

/** What the room offers of orders and quotes. */
export const orderServices = [
  RepairFollowJob,
  RepairOrders,
  PromisedReturns,
  RepairWays,
  StageWordings,
  DataRecoveries,
  Relief,
  Quotes,
  QuoteDecisions,
  QuoteRounds,
];

/** What only they need. */
export const orderParts = [OrderMoves, RepairGuards];
