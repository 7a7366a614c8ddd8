export { CounterModule } from './counter.module.js';
export { HandoffLooks } from './finish/handoff-looks.service.js';
export { Finish } from './finish/finish.service.js';
export { IntakePhotos } from './intake/photos.service.js';
export { Intakes } from './intake/intakes.service.js';
export { Receipts } from './receipt/receipts.service.js';
