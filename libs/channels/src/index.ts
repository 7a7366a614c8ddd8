export { ChannelsModule } from './channels.module.js';
export { DeliveryJob, DeliverySweep } from './delivery/index.js';
export { MailDrain, MailListener } from './email/index.js';
export { SanitiseJob } from './email/sanitise.job.js';
export { TwitterPoller, TwitterWebhook } from './twitter/index.js';
