export { DeliveryJob } from './delivery.job.js';
export { DeliverySweep } from './delivery.sweep.js';
