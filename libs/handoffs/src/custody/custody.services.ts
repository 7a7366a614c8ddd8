import { CustodyChain } from './chain.service.js';
import { LegLabels } from './leg-labels.service.js';
import { LegLosses } from './leg-losses.service.js';
import { LegPlans } from './leg-plans.service.js';
import { Legs } from './legs.service.js';
import { PartnerCustody } from './partner-custody.service.js';

/** What the room offers of who has a device and the ways it goes. */
export const custodyServices = [CustodyChain, LegLabels, LegPlans, Legs, LegLosses, PartnerCustody];
