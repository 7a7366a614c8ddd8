export { WebhookCalls } from './webhook-calls.js';
export { WebhookKeeper } from './webhook-keeper.js';
export { WebhookRegistry } from './webhook-registry.js';
