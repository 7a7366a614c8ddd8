export { TwitterChannel } from './twitter-channel.js';
export { TwitterClient } from './twitter-client.js';
export { TwitterIntake } from './twitter-intake.js';
export { TwitterMedia } from './twitter-media.js';
export { TwitterPoller } from './twitter-poller.js';
export { TwitterWebhook } from './twitter-webhook.js';
export { UnreadableEvents } from './unreadable-events.js';
export { claimEchoes } from './echoes.js';
