export { MediaUpload } from './media-upload.js';
export { PartSender } from './part-sender.js';
export { PartStore, type PartRow } from './part.store.js';
export { partsOf, type PartPlan } from './parts.rules.js';
export { SendSlots } from './send-slots.js';
export { Settling } from './settling.js';
