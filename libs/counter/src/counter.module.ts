import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { GoodwillModule } from '#goodwill';
import { HandoffsModule } from '#handoffs';
import { IdentityModule } from '#identity';
import { LoanersModule } from '#loaners';
import { RepairsModule } from '#repairs';
import { BroughtIn } from './finish/brought-in.deed.js';
import { ConfirmedDeed } from './finish/confirmed.deed.js';
import { DeviceDeed } from './finish/device.deed.js';
import { FetchedBack } from './finish/fetched-back.deed.js';
import { GiftDeed } from './finish/gift.deed.js';
import { Finish } from './finish/finish.service.js';
import { HandoffDeed } from './finish/handoff.deed.js';
import { HandoffLooks } from './finish/handoff-looks.service.js';
import { LoanDeed } from './finish/loan.deed.js';
import { VisitDeed } from './finish/visit.deed.js';
import { IntakePhotos } from './intake/photos.service.js';
import { Intakes } from './intake/intakes.service.js';
import { ReceiptPost } from './receipt/receipt.post.js';
import { Receipts } from './receipt/receipts.service.js';

const services = [Finish, HandoffLooks, Intakes, IntakePhotos, Receipts];

/** Where the rooms meet in one deed: a phone is brought to a counter, or fetched there. */
@Module({
  imports: [IdentityModule, CasesModule, GoodwillModule, HandoffsModule, LoanersModule, RepairsModule],
  providers: [
    ...services,
    BroughtIn,
    ConfirmedDeed,
    DeviceDeed,
    FetchedBack,
    GiftDeed,
    HandoffDeed,
    LoanDeed,
    ReceiptPost,
    VisitDeed,
  ],
  exports: services,
})
export class CounterModule {}
