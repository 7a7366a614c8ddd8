import { Accountability } from './accountability.js';
import { AgreedTimes } from './agreed-times.js';
import { DeadLetters } from './dead-letters.service.js';
import { Deliveries } from './deliveries.service.js';
import { HandoffEffects } from './handoff-effects.js';
import { HandoffGuard } from './handoff-guard.js';
import { HandoffLog } from './handoff-log.js';
import { HandoffMoves } from './handoff-moves.js';
import { HandoffRounds } from './handoff-rounds.js';
import { HandoffToldJob } from './handoff-told.job.js';
import { Handoffs } from './handoffs.service.js';
import { OurVoice } from './our-voice.js';
import { PartnerDoor } from './partner-door.service.js';
import { QuoteAnswersJob } from './quote-answers.job.js';

/** What others call. */
export const HANDOFF_SERVICES = [
  AgreedTimes,
  DeadLetters,
  Deliveries,
  HandoffRounds,
  HandoffToldJob,
  Handoffs,
  PartnerDoor,
  QuoteAnswersJob,
];

/** What they are made of. */
export const HANDOFF_PARTS = [Accountability, HandoffEffects, HandoffGuard, HandoffLog, HandoffMoves, OurVoice];
